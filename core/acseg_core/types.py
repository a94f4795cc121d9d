"""Frozen values that pass between the stages, and the vocabulary of statuses.

Boxes are ``(x, y, width, height)`` in pixels of the displayed image (after EXIF orientation); masks are
``(H, W)`` row-major. COCO's column order lives in `acseg_core.shapes.masks` and `acseg_core.shapes.run_lengths` only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    pass

Box = tuple[float, float, float, float]
"""x, y, width, height in displayed pixels."""


PREDICTED_NODE = -1
"""In place of a tree node: the region belongs to a suggested partition, made from names rather than from a tree."""


class ImageStatus(StrEnum):
    """How far one image has come."""

    NEW = "new"
    PROPOSED = "proposed"
    IN_REVIEW = "in_review"
    DONE = "done"


class RegionStatus(StrEnum):
    """Who vouches for a region's label."""

    PROPOSED = "proposed"
    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Progress:
    """One tick of long work: ``done`` of ``total`` items, and what is going on.

    ``total`` is 0 while it is not known yet.
    """

    done: int
    total: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that was found but cannot be used, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What was read from one image file.

    Attributes:
        path: Relative to the image root, with forward slashes.
        sha256: Hex digest of the file's bytes.
        file_size: In bytes.
        mtime_ns: Modification time of the file, nanoseconds since the epoch.
        stored_width: Pixels per row as stored in the file.
        stored_height: Rows as stored in the file.
        width: Pixels per row as displayed (after EXIF orientation).
        height: Rows as displayed.
        orientation: EXIF orientation, 1..8 (1 = as stored).
        mode: Pillow's mode of the stored file, such as "RGB"; of deep images with the values that are shown black and
            white, such as "I;16 112..2048".
        pages: Pictures in the file, of which this is one; told when it is read, and not kept.
    """

    path: str
    sha256: str
    file_size: int
    mtime_ns: int
    stored_width: int
    stored_height: int
    width: int
    height: int
    orientation: int = 1
    mode: str = "RGB"
    pages: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """One image of a project.

    Attributes:
        id: Row id in the project, from 1.
        info: What was read from the file when it was added.
        status: How far it has come.
        problem: Why the file cannot be used just now ("missing", "changed since it was added"), or "".
        granularity: Where its concept tree is cut, 0 (coarse) to 1 (fine); None when no tree is stored.
    """

    id: int
    info: ImageInfo
    status: ImageStatus
    problem: str = ""
    granularity: float | None = None

    @property
    def path(self) -> str:
        """Relative path with forward slashes."""
        return self.info.path

    @property
    def width(self) -> int:
        """Displayed width in pixels."""
        return self.info.width

    @property
    def height(self) -> int:
        """Displayed height in pixels."""
        return self.info.height


@dataclass(frozen=True, slots=True)
class Rle:
    """A binary mask in COCO's compressed run-length encoding.

    Attributes:
        counts: The compressed counts as pycocotools writes them (ASCII bytes, column-major runs).
        height: Rows.
        width: Pixels per row.
    """

    counts: bytes
    height: int
    width: int


@dataclass(frozen=True, slots=True, eq=False)
class PixelPatch:
    """Pixels of an image: a box, and which pixels in it. What reaches beyond the image counts for nothing.

    Attributes:
        left: x of the box's first column, may be negative.
        top: y of its first row, may be negative.
        mask: (h, w) bool, the pixels meant.
    """

    left: int
    top: int
    mask: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class RegionProposal:
    """A region as a model proposes it, before it is stored.

    Attributes:
        node: The node of the concept tree, from 0.
        mask: At full displayed image resolution.
        bbox: Tight box of the mask.
        area: Pixels in the mask.
        descriptor: (D,) float16, L2-normalised mean of the region's patch tokens.
    """

    node: int
    mask: Rle
    bbox: Box
    area: int
    descriptor: NDArray[np.float16]


@dataclass(frozen=True, slots=True, eq=False)
class PredictedRegion:
    """A region of a suggested partition: pixels that look like one label, before they are stored.

    Attributes:
        mask: At full displayed image resolution.
        descriptor: (D,) float16, L2-normalised mean of the region's patch tokens.
        label_id: The label suggested.
        confidence: Of the suggestion, 0..1.
    """

    mask: Rle
    descriptor: NDArray[np.float16]
    label_id: int
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class DescriptorTable:
    """The descriptors of many regions, row by row.

    Attributes:
        region_ids: (n,) int64.
        descriptors: (n, D) float16, L2-normalised.
    """

    region_ids: NDArray[np.int64]
    descriptors: NDArray[np.float16]

    def __len__(self) -> int:
        """How many regions there are."""
        return len(self.region_ids)


@dataclass(frozen=True, slots=True)
class DoubtfulName:
    """A region's name that the names of all regions speak against.

    Attributes:
        region_id: The region.
        label_id: The name it has.
        other_id: The name it might have instead.
        confidence: How likely that one is, 0..1.
    """

    region_id: int
    label_id: int
    other_id: int
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class NamedRegions:
    """What named regions look like, row by row: what names are doubted from.

    Attributes:
        table: The regions, and their descriptors.
        labels: (n,) int64, their labels.
        areas: (n,) int64, pixels.
        images: (n,) int64, the image of each.
        vouched: (n,) bool, whether a person named or confirmed that very region.
    """

    table: DescriptorTable
    labels: NDArray[np.int64]
    areas: NDArray[np.int64]
    images: NDArray[np.int64]
    vouched: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Region:
    """A stored region: pixels of one image that share one fate.

    Attributes:
        id: Row id in the project, from 1; kept across undo and redo.
        image_id: The image it belongs to.
        run_id: The run that proposed it, or None if a person drew it.
        node: The node of the image's concept tree it shows (all of it, or what a person's regions left of it); None
            for pixels that a person made: merged, split or drawn. A new cut keeps those. `PREDICTED_NODE` for a
            region of a suggested partition: a new cut replaces it.
        mask: At full displayed image resolution.
        bbox: Tight box of the mask.
        area: Pixels in the mask.
        status: Who vouches for its label; "suggested" where only the machine does.
        label_id: Its label, or None.
        suggestion_id: The label the machine suggests, or None.
        confidence: Of the suggestion, 0..1, or None. Zero without a suggestion: a person declined it.
        cluster_id: Cluster over the data set, or None.
    """

    id: int
    image_id: int
    run_id: int | None
    node: int | None
    mask: Rle
    bbox: Box
    area: int
    status: RegionStatus
    label_id: int | None = None
    suggestion_id: int | None = None
    confidence: float | None = None
    cluster_id: int | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What the user names; in a COCO file, a category.

    Attributes:
        id: Row id in the project, from 1.
        name: Unique in the project, case-insensitively.
        color: "#rrggbb".
        hotkey: One of "1".."9", or None.
        supercategory: COCO supercategory, may be "".
        is_thing: True for countable things, False for stuff.
        is_void: True for pixels to ignore: no training and no score shall count them.
    """

    id: int
    name: str
    color: str
    hotkey: str | None = None
    supercategory: str = ""
    is_thing: bool = True
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class LabelUsage:
    """How often a label is used."""

    regions: int
    images: int
    pixels: int


@dataclass(frozen=True, slots=True)
class OpChanges:
    """What an edit touched, so that views refresh what they show and nothing else.

    Attributes:
        verb: What was done, for "Undo Merge regions"; "" when nothing was.
        images: The list of images or its statuses changed.
        labels: The list of labels or their looks changed.
        image_ids: Images whose regions or status changed.
        region_ids: Regions that exist after the edit and are worth selecting (the merged one, the restored ones).
    """

    verb: str = ""
    images: bool = False
    labels: bool = False
    image_ids: frozenset[int] = frozenset()
    region_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class HistoryState:
    """What undo and redo would do next: their verbs, or None."""

    undo: str | None = None
    redo: str | None = None


@dataclass(frozen=True, slots=True)
class RunInfo:
    """Provenance of one pass of a model over images.

    Attributes:
        backbone: timm name.
        backbone_sha256: Of the weights file.
        generator: File name of the generator.
        generator_sha256: Of the generator file.
        config_json: Every setting of the run, and the hash of its projection, as JSON.
        version: Of ACSeg Desktop.
    """

    backbone: str
    backbone_sha256: str
    generator: str
    generator_sha256: str
    config_json: str
    version: str


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """Counts shown by `acseg status` and the status bar."""

    name: str
    image_root: str
    images: int
    images_by_status: dict[str, int]
    images_with_problem: int
    regions: int
    regions_by_status: dict[str, int]
    regions_named: int
    labels: int
    skipped: tuple[SkippedFile, ...] = ()
    last_run: RunInfo | None = None


@dataclass(frozen=True, slots=True)
class ImageCount:
    """What a folder of images holds.

    Attributes:
        photos: Image files that are no label maps.
        label_maps: The other ones; see `acseg_core.images.label_maps`.
        unread: Files beside them of a kind that is not read, such as GIF.
        other_folders: Folders that were not searched; see `acseg_core.images.left_out`.
    """

    photos: int
    label_maps: int
    unread: int = 0
    other_folders: int = 0


@dataclass(frozen=True, slots=True)
class ScanReport:
    """Outcome of looking through the image folder.

    Attributes:
        added: Images that are new.
        unchanged: Images that are as they were.
        changed: Paths of images whose files are others now.
        missing: Paths of images whose files are gone.
        unreadable: Images whose files do not read any more, and why.
        skipped: Files that are no images of the project, and why.
    """

    added: int = 0
    unchanged: int = 0
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unreadable: tuple[SkippedFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposeReport:
    """Outcome of one pass of proposals over images."""

    images: int = 0
    regions: int = 0
    kept: int = 0
    skipped: tuple[SkippedFile, ...] = ()
    seconds: float = 0.0
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class SuggestReport:
    """Outcome of suggesting names.

    Attributes:
        regions: Regions that have a suggestion now.
        images: Images they are in.
        kept: Images left alone, as a person edited them meanwhile or nothing in them is undecided.
        skipped: Files that cannot be used.
        seconds: It took.
        changes: What changed, all told.
        learned: Whether there was anything to learn names from.
        forgotten: Names of labels that were deleted or merged into others meanwhile: images after that were suggested
            without them, or left alone if no other label was learned.
    """

    regions: int = 0
    images: int = 0
    kept: int = 0
    skipped: tuple[SkippedFile, ...] = ()
    seconds: float = 0.0
    changes: OpChanges = field(default_factory=OpChanges)
    learned: bool = True
    forgotten: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportReport:
    """Outcome of an export."""

    path: Path
    images: int
    annotations: int
    categories: int
