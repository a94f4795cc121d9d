"""Data types shared by all packages: images, regions, labels, masks, statuses, progress, provenance.

One module, although it is long: these values know nothing but each other, and most modules need several of them.
Boxes are ``(x, y, width, height)`` in pixels of the displayed image (after EXIF orientation); masks are
``(H, W)`` row-major. COCO's column order lives in `acseg_core.shapes.masks` and `acseg_core.shapes.run_lengths` only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from acseg_core.verbs import Verb

Box = tuple[float, float, float, float]
"""x, y, width, height in displayed pixels."""

MAX_PIXELS = 120_000_000
"""Larger images are refused before they are decoded."""


class ImageStatus(StrEnum):
    """How far one image has come."""

    NEW = "new"
    PROPOSED = "proposed"
    IN_REVIEW = "in_review"
    DONE = "done"


class RegionStatus(StrEnum):
    """How far one region has come."""

    PROPOSED = "proposed"
    """Made by a model, or left without a name."""
    SUGGESTED = "suggested"
    """The same, and the machine suggests a name."""
    ACCEPTED = "accepted"
    """A person named it."""
    REJECTED = "rejected"
    """A person said that there is nothing to label."""


class RegionOrigin(StrEnum):
    """Where the pixels of a region come from, which says what may replace it."""

    CUT = "cut"
    """A cut of the image's concept tree, or what a person's regions left of it; the next cut may replace it."""
    DRAWN = "drawn"
    """A person made it: merged, split, painted or outlined. No cut and no prediction changes it."""
    PREDICTED = "predicted"
    """A partition that was suggested from names; the next cut or prediction may replace it."""
    IMPORTED = "imported"
    """A file from elsewhere. No cut and no prediction changes it."""


class Verdict(StrEnum):
    """What a person said about a region's name, looking at that very region; ends when name or pixels change."""

    NONE = "none"
    """Nothing."""
    DECLINED = "declined"
    """The suggested name is wrong: the region, which has no name, gets no other suggestion."""
    CONFIRMED = "confirmed"
    """The name it has is right: it is not doubted."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One tick of long work: ``done`` of ``total`` items, and what is going on.

    ``total`` is 0 while it is not known yet.
    """

    done: int
    total: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class RemovedImage:
    """An image that was removed from the project.

    Attributes:
        id: Row id in the project, from 1.
        path: Of the file, relative to the image folder.
        regions: That come back with it.
    """

    id: int
    path: str
    regions: int


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that was found but cannot be used, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tile:
    """Which part of a scene an image is. A scene is one raster, mostly of the ground from above, as many tiles.

    Attributes:
        row: Of the grid of tiles, from 1.
        column: Likewise.
        left: First column of the scene's pixels that it has, from 0.
        top: First row.
        halo: Pixels of the scene around it that the backbone sees, too, where there are any.
    """

    row: int
    column: int
    left: int
    top: int
    halo: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """One raster that the project has as tiles, each of them an image.

    Attributes:
        id: Row id in the project, from 1.
        path: Relative to the image root, with forward slashes.
        fingerprint: Hex digest of its file's size and of samples of its bytes.
        sha256: Hex digest of all of them; "" until somebody had the time.
        file_size: In bytes.
        mtime_ns: Modification time of the file, nanoseconds since the epoch.
        width: Pixels per row.
        height: Rows.
        rows: Of tiles.
        columns: Of tiles.
        tile_side: Pixels of the side of a tile that were asked for; tiles are about as large.
        halo: Pixels around a tile that the backbone sees, too.
        georeference: Where on a map it lies, as of an image.
        rendering: Which bands are shown and how, as of an image.
    """

    id: int
    path: str
    fingerprint: str
    sha256: str
    file_size: int
    mtime_ns: int
    width: int
    height: int
    rows: int
    columns: int
    tile_side: int
    halo: int
    georeference: str
    rendering: str


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What was read from one image file, or from the part of a scene that a tile is.

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
        georeference: Where on a map it lies, as `acseg_core.images.georef` writes and reads it; "" for nowhere, None
            where nobody has looked yet.
        rendering: Which bands are shown red, green and blue, and which of their values black and white, as
            `acseg_core.images.rendering` writes and reads it; "" for what the file's kind says.
        tile: Which part of a scene it is; None of a file of its own. Hash, size and time of a tile are those of the
            scene's fingerprint and the tile's place, and of the scene's file.
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
    georeference: str | None = field(default=None, kw_only=True)
    rendering: str = field(default="", kw_only=True)
    tile: Tile | None = field(default=None, kw_only=True)

    @property
    def shown_as(self) -> str:
        """Hex digest that no picture has that looks otherwise: what caches of pictures and tokens go by."""
        return shown_as(self.sha256, self.rendering)


def shown_as(sha256: str, rendering: str) -> str:
    """What `ImageInfo.shown_as` is for this hash of a file, or of a tile, and this rendering."""
    return hashlib.sha256(f"{sha256} {rendering}".encode()).hexdigest() if rendering else sha256


@dataclass(frozen=True, slots=True)
class ImageRecord:
    """One image of a project.

    Attributes:
        id: Row id in the project, from 1.
        info: What was read from the file when it was added.
        status: How far it has come.
        problem: Why the file cannot be used just now ("missing", "the file has changed since it was added"), or "".
        granularity: Where its concept tree is cut, 0 (coarse) to 1 (fine); None when no tree is stored.
        comment: What people noted about it, or "".
        is_reviewed: Whether a second person looked at it and found it right.
    """

    id: int
    info: ImageInfo
    status: ImageStatus
    problem: str = ""
    granularity: float | None = None
    comment: str = ""
    is_reviewed: bool = False

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
    """A region of a suggested partition: pixels predicted to have one label, before they are stored.

    Attributes:
        mask: At full displayed image resolution.
        descriptor: (D,) float16, L2-normalised mean of the region's patch tokens.
        label_id: The label suggested.
        confidence: Probability of the suggestion, 0..1.
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
    """Descriptors of named regions, row by row: what doubtful names are found from.

    Attributes:
        table: The regions, and their descriptors.
        labels: (n,) int64, their labels.
        areas: (n,) int64, pixels.
        images: (n,) int64, the image of each.
        confirmed: (n,) bool, whether a person gave or confirmed the name looking at that very region.
    """

    table: DescriptorTable
    labels: NDArray[np.int64]
    areas: NDArray[np.int64]
    images: NDArray[np.int64]
    confirmed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Region:
    """A stored region: pixels of one image that share one fate.

    Attributes:
        id: Row id in the project, from 1; kept across undo and redo.
        image_id: The image it belongs to.
        run_id: The run that proposed it or what it was made of, or None if a person drew it.
        node: The node of the image's concept tree it shows; None where its origin is no cut.
        origin: Where its pixels come from.
        mask: At full displayed image resolution.
        bbox: Tight box of the mask.
        area: Pixels in the mask.
        status: How far it has come.
        label_id: Its label, or None.
        suggestion_id: The label the machine suggests, or None.
        confidence: Probability of the suggestion, 0..1; None without one.
        verdict: What a person said about its name.
        cluster_id: Cluster over the data set, or None.
        is_together: A person said that its parts are one thing: exports write one annotation.
    """

    id: int
    image_id: int
    run_id: int | None
    node: int | None
    origin: RegionOrigin = field(kw_only=True)
    mask: Rle
    bbox: Box
    area: int
    status: RegionStatus
    label_id: int | None = None
    suggestion_id: int | None = None
    confidence: float | None = None
    verdict: Verdict = field(default=Verdict.NONE, kw_only=True)
    cluster_id: int | None = None
    is_together: bool = False

    @property
    def is_undecided(self) -> bool:
        """Whether no person has named, accepted or rejected it."""
        return self.label_id is None and self.status in (RegionStatus.PROPOSED, RegionStatus.SUGGESTED)

    @property
    def is_open(self) -> bool:
        """Whether a name may be suggested for it: nobody has decided about it or declined a suggestion."""
        return self.is_undecided and self.verdict is not Verdict.DECLINED


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
        category_id: Its number in COCO files, from 0, which stays with it for ever; None until it is stored.
    """

    id: int
    name: str
    color: str
    hotkey: str | None = None
    supercategory: str = ""
    is_thing: bool = True
    is_void: bool = False
    category_id: int | None = None


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
        verb: What was done, for "Undo Merge regions".
        images: The list of images or its statuses changed.
        labels: The list of labels or their colours and keys changed.
        image_ids: Images whose regions or status changed.
        region_ids: Regions that exist after the edit and are worth selecting (the merged one, the restored ones).
        operation_id: The operation it is recorded as, where it is one.
    """

    verb: Verb = Verb.NOTHING
    images: bool = False
    labels: bool = False
    image_ids: frozenset[int] = frozenset()
    region_ids: frozenset[int] = frozenset()
    operation_id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class HistoryState:
    """What undo and redo would do next: their verbs, or None."""

    undo: Verb | None = None
    redo: Verb | None = None


@dataclass(frozen=True, slots=True)
class RunInfo:
    """Provenance of one pass of a model over images.

    Attributes:
        backbone: timm name.
        backbone_sha256: Of the weights file.
        generator: File name of the generator; "" where none was needed and none fits.
        generator_sha256: Of the generator file.
        config_json: Every setting of the run, and the hash of its projection, as JSON.
        version: Of ACSeg Desktop.
        model: What the model is called that was used; "" for the bundled one.
        model_sha256: Of its file, likewise.
    """

    backbone: str
    backbone_sha256: str
    generator: str
    generator_sha256: str
    config_json: str
    version: str
    model: str = ""
    model_sha256: str = ""


class GranularitySource(StrEnum):
    """What the default granularity of a project comes from."""

    STANDARD = "standard"
    """That of any project."""
    IMAGES = "images"
    """Calibrated on the trees of its images, without labels."""
    PEOPLE = "people"
    """The granularities that people left images with."""


@dataclass(frozen=True, slots=True)
class DefaultGranularity:
    """Where the trees of a project are cut at first.

    Attributes:
        granularity: 0 (coarse) to 1 (fine).
        source: What it comes from.
        images: How many images it comes from; of the standard, how many a calibration comes from that was put aside.
    """

    granularity: float
    source: GranularitySource
    images: int = 0


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """Counts shown by `acseg status` and the status bar, and where its trees are cut at first."""

    name: str
    image_root: str
    images: int
    images_by_status: dict[str, int]
    images_with_problem: int
    regions: int
    regions_by_status: dict[str, int]
    regions_named: int
    labels: int
    default_granularity: DefaultGranularity
    skipped: tuple[SkippedFile, ...] = ()
    last_run: RunInfo | None = None
