"""Reports: outcomes of counting, scanning, proposing, suggesting and exporting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from acseg_core.types import OpChanges, SkippedFile


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
class UnsureMove:
    """An image whose file is gone, and several files that hold the same picture; or fewer files than such images.

    Attributes:
        path: Of the image.
        candidates: Paths of the files, one of which may be the image's under a new name.
    """

    path: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScanReport:
    """Outcome of scanning the image folder.

    Attributes:
        added: Images that are new.
        unchanged: Images that are as they were.
        changed: Paths of images whose files are others now.
        missing: Paths of images whose files are gone.
        unreadable: Images whose files do not read any more, and why.
        skipped: Files that are no images of the project, and why.
        moved: Images whose files had another name or place before: the new path by the old one.
        unsure: Images that are missing or changed and whose files may have moved, but where to is for a person to say.
        removed: Files left out as their images were removed from the project.
        notes: What else there is to tell, a line each.
    """

    added: int = 0
    unchanged: int = 0
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unreadable: tuple[SkippedFile, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    unsure: tuple[UnsureMove, ...] = ()
    removed: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposeReport:
    """Outcome of one pass of proposals over images.

    Attributes:
        images: Images that were proposed.
        regions: Regions in them.
        kept: Images left as they are, as a person has worked on them.
        skipped: Files that cannot be used.
        seconds: It took.
        notes: What else there is to tell.
        done: How many of those kept are done.
        filled: How many of the images had labels before, and got proposals around them.
    """

    images: int = 0
    regions: int = 0
    kept: int = 0
    skipped: tuple[SkippedFile, ...] = ()
    seconds: float = 0.0
    notes: tuple[str, ...] = field(default=())
    done: int = 0
    filled: int = 0


@dataclass(frozen=True, slots=True)
class CarriedName:
    """A name that new regions got because the pixels under them had it, in one of the new clusters.

    Attributes:
        label_id: The name.
        old_cluster: The cluster that most of these pixels were in; None where they were in none.
        new_cluster: The cluster that the regions are in now; None for none.
        regions: How many regions got it.
        agreement: How far the new regions agree with those that had the name, 0..1: share of their pixels times
            likeness of what they look like, on average over their pixels.
        region_ids: The regions.
    """

    label_id: int
    old_cluster: int | None
    new_cluster: int | None
    regions: int
    agreement: float
    region_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AdoptReport:
    """Outcome of adopting a model.

    Attributes:
        model_id: Of the model that the project proposes with from now on.
        operation_id: The one step that all of it is.
        images: Images that were proposed anew.
        regions: Regions in them.
        kept: Images with proposals left as they are, as a person has worked on them.
        skipped: Files that cannot be used.
        clusters: That the regions are in now.
        names: That were carried over, those of most regions first.
        lost: Regions that had a name, most of whose pixels have none now.
        seconds: It took.
    """

    model_id: int
    operation_id: int
    images: int = 0
    regions: int = 0
    kept: int = 0
    skipped: tuple[SkippedFile, ...] = ()
    clusters: int = 0
    names: tuple[CarriedName, ...] = ()
    lost: int = 0
    seconds: float = 0.0


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


class LeftOut(StrEnum):
    """Why an image does not leave with an export."""

    NOT_DONE = "not done"
    """Done images were asked for."""
    NOT_NAMED = "nothing named"
    """Images with names were asked for."""
    MISSING = "missing"
    """Its file is gone."""
    CHANGED = "changed on disk"
    """Its file is not the one that its regions were made on."""
    UNREADABLE = "not readable"
    """Its file has another problem."""
    NOT_ON_MAP = "no map coordinates"
    """The format is one of map coordinates, and the image has none."""

    @property
    def is_problem(self) -> bool:
        """Whether it is about the file, and not about what was asked for."""
        return self in (LeftOut.MISSING, LeftOut.CHANGED, LeftOut.UNREADABLE)


@dataclass(frozen=True, slots=True)
class InexactShape:
    """A polygon that is not exactly its mask.

    Attributes:
        path: Of the image.
        region_id: The region it is of.
        changed: Pixels that are filled otherwise.
    """

    path: str
    region_id: int
    changed: int


@dataclass(frozen=True, slots=True)
class ShapeReport:
    """In which form an export wrote shapes, and what that could not say.

    Attributes:
        divided: Regions that are several annotations, one a part.
        polygons: Annotations written as polygons.
        points: Corner points of all polygons.
        inexact: Polygons that are filled otherwise than their masks.
        changed: Pixels that are, all told.
        pixels: Pixels of the masks written as polygons.
        worst: The inexact polygons with the most pixels changed, most first.
    """

    divided: int = 0
    polygons: int = 0
    points: int = 0
    inexact: int = 0
    changed: int = 0
    pixels: int = 0
    worst: tuple[InexactShape, ...] = ()


@dataclass(frozen=True, slots=True)
class UnusedPart:
    """What of a file, or of what is written, cannot be used as it is meant, for one reason.

    Attributes:
        reason: Such as "without an outline".
        count: How many.
        places: Where the first few are.
    """

    reason: str
    count: int
    places: tuple[str, ...]

    @property
    def line(self) -> str:
        """All of it in a line."""
        return f"{self.count} {self.reason}: {self.places_text}"

    @property
    def places_text(self) -> str:
        """The first few places."""
        return f"{', '.join(self.places)}{', …' if self.count > len(self.places) else ''}"


@dataclass(frozen=True, slots=True)
class ExportReport:
    """Outcome of an export.

    Attributes:
        path: What was written.
        images: In it.
        annotations: In it; of a region there may be several.
        categories: In it.
        regions: That the annotations are of.
        negatives: Images in it without annotation.
        left_out: Images that are not in it, by reason.
        shapes: In which form shapes were written.
        format: The key of the format that was written.
        files: How many were written.
        lost: What the format cannot say, and how often there was such a thing, by `acseg_core.formats.dataset.Kept`.
        splits: Images of each split.
        split_notes: What stays together in the splits and how that was judged, one line each.
        cautions: What the readers of the format will not take as it is meant.
    """

    path: Path
    images: int
    annotations: int
    categories: int
    regions: int = 0
    negatives: int = 0
    left_out: Mapping[LeftOut, tuple[int, ...]] = field(default_factory=dict)
    shapes: ShapeReport = field(default_factory=ShapeReport)
    format: str = ""
    files: int = 1
    lost: Mapping[str, int] = field(default_factory=dict)
    splits: Mapping[str, int] = field(default_factory=dict)
    split_notes: tuple[str, ...] = ()
    cautions: tuple[UnusedPart, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What else is to be known, one line each."""
        return (*self.split_notes, *(part.line for part in self.cautions))


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Outcome of an import of labelled images.

    Attributes:
        images: Images that got something.
        regions: Regions that were made.
        unchanged: Images that had everything already, or in which a person's work leaves no room.
        labels: Names of the labels that were made.
        unmatched: Images of the file that are none of the project.
        left_out: Images that were found but left alone, and why.
        empty: Shapes of which no pixel is in their image, or which others cover.
        covered: Of these, shapes that others cover wholly.
        comments: Comments that images got.
        unused: What of the file could not be used.
        notes: What else of the file is not kept, one line each.
        changed: Names of labels that were there and became as a list of labels says.
        is_list: It was a list of labels, without images.
    """

    images: int = 0
    regions: int = 0
    unchanged: int = 0
    labels: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    left_out: tuple[SkippedFile, ...] = ()
    empty: int = 0
    covered: int = 0
    comments: int = 0
    unused: tuple[UnusedPart, ...] = ()
    notes: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    is_list: bool = False
