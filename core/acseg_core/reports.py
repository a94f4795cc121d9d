"""Reports: outcomes of counting, scanning, proposing, suggesting and exporting."""

from __future__ import annotations

from dataclasses import dataclass, field
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
class ScanReport:
    """Outcome of scanning the image folder.

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
class ExportReport:
    """Outcome of an export."""

    path: Path
    images: int
    annotations: int
    categories: int
    shapes: ShapeReport = field(default_factory=ShapeReport)
