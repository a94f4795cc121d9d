"""What leaves a project, image by image: the one thing that all writers of formats read.

A writer knows its format and nothing of a project. Which images and regions leave, under which categories with which
numbers, as which instances, in which frame and split, is decided here, once for all formats; and what leaves is counted
here, so that what a format cannot say is told whatever its writer does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.instances import ShapeOptions, ShapeWriter
from acseg_core.formats.labelled import Unused
from acseg_core.formats.mosaics import Mosaic, mosaics_of
from acseg_core.images.files import load_added
from acseg_core.images.photos import turned_back
from acseg_core.shapes import masks
from acseg_core.shapes.parts import count_parts
from acseg_core.store import Project, queries
from acseg_core.store.records import name_key
from acseg_core.types import ImageRecord, Label, Region, RegionStatus, Rle

UNNAMED = "region"
"""Category of regions without a name when all regions are exported."""


class Kept(StrEnum):
    """What a format may keep or lose, beside the pixels and the names, which all of them keep."""

    INSTANCES = "instances"
    """Which pixels of one label are one thing and which another."""
    PARTS = "parts"
    """That several parts are one shape."""
    NEGATIVES = "negatives"
    """That an image was looked at and has nothing in it."""
    VOID = "void"
    """Which pixels are to be ignored."""
    THINGS = "things"
    """Which labels are countable things, and which stuff."""
    IDS = "ids"
    """The numbers of the labels that stay with them."""
    COLORS = "colors"
    SUPERCATEGORIES = "supercategories"
    REMARKS = "remarks"
    """Comments of images, and that a second person found them right."""


class Frame(StrEnum):
    """Which way up coordinates and masks are, where a photo's EXIF data says that it is to be turned."""

    DISPLAYED = "displayed"
    STORED = "stored"


@dataclass(frozen=True, slots=True)
class Category:
    """What shapes are exported as: a label, or that of the unnamed.

    Attributes:
        id: The number that stays with the label for ever.
        number: Its place among the categories in the order of their ids, from 0; for formats that count so.
        name: Of the label.
        color: "#rrggbb".
        supercategory: May be "".
        is_thing: Countable thing or stuff; None where nobody knows.
        label_id: None for regions without a name.
    """

    id: int
    number: int
    name: str
    color: str
    supercategory: str = ""
    is_thing: bool | None = None
    label_id: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ExportedShape:
    """A region, or a part of one.

    Attributes:
        category: What it is.
        mask: In the frame of its image; the shapes of an image do not overlap.
        region: That it is of; its own mask is that of the photo as displayed.
    """

    category: Category
    mask: Rle
    region: Region


@dataclass(frozen=True, slots=True, eq=False)
class ExportedImage:
    """An image with its shapes.

    Attributes:
        record: What the project knows of it.
        name: What it is called in the data set: its path, unless another image has the same but for its ending, and
            the format tells them apart by nothing else.
        source: Its file.
        size: (height, width) of the frame.
        shapes: The largest region first.
        void: Pixels to be ignored; None where there are none.
        split: The part of the data set that it is in, or None.
        pixels: Reads (H, W, 3) uint8 of what has no file of its own, as it is shown; None of what has one.
    """

    record: ImageRecord
    name: str
    source: Path
    size: tuple[int, int]
    shapes: tuple[ExportedShape, ...]
    void: Rle | None = None
    split: str | None = None
    pixels: Callable[[], NDArray[np.uint8]] | None = None


@dataclass(frozen=True, slots=True)
class DatasetSettings:
    """What of a project leaves, and how.

    Attributes:
        all_regions: Take every region; those that have no name to leave under get category "region".
        status: "accepted" takes regions whose name was accepted; "any" every named region that is not rejected.
        shapes: How regions become shapes.
        frame: Which way up.
        links: Of each region of a tile, an id that all those have that are one thing with it; regions that are not in
            it are alone. None where nobody knows: what touches over a border of tiles is one.
        degrees: Longitude and latitude, not the coordinates of the image's own system.
        simplify: Pixels by about which borders between polygons of a coverage may move.
        splits: The split of each image by its id; None where the data set is not split.
        split_names: In the order in which they are written.
        divide: Makes images of a scene for a split, that leave in the place of its tiles; None leaves it as tiles.
        names: What images are called in the data set, where that is not their path; where scenes leave whole, all tiles
            of one are called as that.
        image_files: Whether image files come along.
    """

    all_regions: bool = False
    status: Literal["accepted", "any"] = "accepted"
    shapes: ShapeOptions = field(default_factory=ShapeOptions)
    frame: Frame = Frame.DISPLAYED
    links: Mapping[int, int] | None = None
    degrees: bool = False
    simplify: float = 0
    splits: Mapping[int, str] | None = None
    split_names: tuple[str, ...] = ()
    divide: Callable[[Dataset, Mosaic, str | None], Iterator[ExportedImage]] | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    image_files: ImageFiles = ImageFiles.NONE


@dataclass(slots=True)
class Counts:
    """What left so far.

    Attributes:
        images: How many.
        regions: That have a shape.
        shapes: Of these; a region may have several.
        negatives: Images without a shape.
        features: How often there was something that formats may lose.
        splits: Images of each split.
    """

    images: int = 0
    regions: int = 0
    shapes: int = 0
    negatives: int = 0
    features: dict[Kept, int] = field(default_factory=dict)
    splits: Counter[str] = field(default_factory=Counter)

    def add(self, feature: Kept, count: int) -> None:
        """Count something that formats may lose."""
        if count:
            self.features[feature] = self.features.get(feature, 0) + count


class Dataset:
    """The images of a project that leave; memory stays flat however many there are."""

    def __init__(
        self,
        project: Project,
        image_ids: Collection[int],
        settings: DatasetSettings,
        *,
        kept: Collection[Kept] = tuple(Kept),
    ) -> None:
        """Begin.

        Args:
            project: May be read-only.
            image_ids: In display order.
            settings: What of them leaves.
            kept: What the format keeps; what it keeps is not counted as lost, which would take time.
        """
        self.title = project.name
        self.settings = settings
        self.shapes = ShapeWriter(settings.shapes)
        self.counts = Counts()
        self.notes = Unused()
        self._project = project
        self._image_ids = tuple(image_ids)
        self._kept = frozenset(kept)
        self._lost = frozenset(Kept) - self._kept
        labels = queries.labels(project)
        self.categories = _categories(labels, all_regions=settings.all_regions)
        self._by_label = {each.label_id: each for each in self.categories}
        self._by_label |= {label.id: each for label in labels for each in self.categories if _is(each, label)}
        self.void_labels = tuple(label for label in labels if label.is_void)
        self._count_categories()

    def again(self) -> Dataset:
        """The same, to be read beforehand; what is counted in it is not counted here."""
        return Dataset(self._project, self._image_ids, self.settings, kept=self._kept)

    @property
    def in_order(self) -> tuple[Category, ...]:
        """The categories in the order of their numbers, which are 0, 1, 2 and so on."""
        return tuple(sorted(self.categories, key=lambda each: each.number))

    @property
    def splits(self) -> tuple[str | None, ...]:
        """The names of the splits, or None alone where the data set is not split."""
        return self.settings.split_names or (None,)

    def ids(self, split: str | None = None) -> tuple[int, ...]:
        """The ids of the images of a split, or of all."""
        if split is None:
            return self._image_ids
        splits = self.settings.splits or {}
        return tuple(id_ for id_ in self._image_ids if splits.get(id_) == split)

    def images(self, split: str | None = None) -> Iterator[ExportedImage]:
        """The images of a split, or all, in display order, read as you go; each is to be read once in all."""
        divide = self.settings.divide
        if divide is None:
            yield from self.read(self.ids(split))
            return
        for mosaic in self.mosaics(split):
            if mosaic.scene is None:
                yield from self.read(mosaic.image_ids)
                continue
            for image in divide(self, mosaic, split):
                self.counts.regions += len(image.shapes)
                self._count(image)
                yield image

    def read(self, image_ids: Collection[int]) -> Iterator[ExportedImage]:
        """Some images, likewise."""
        for record, regions in queries.image_regions(self._project, image_ids):
            yield self._image(record, regions)

    def mosaics(self, split: str | None = None) -> tuple[Mosaic, ...]:
        """The images of a split, or all, the tiles of each scene together."""
        return mosaics_of(self._project, self.ids(split), self.settings.names)

    def _image(self, record: ImageRecord, regions: Collection[Region]) -> ExportedImage:
        settings, info = self.settings, record.info
        is_stored = settings.frame is Frame.STORED and info.orientation > 1
        orientation = info.orientation if is_stored else 1
        shapes: list[ExportedShape] = []
        for region in regions:
            category = self._category(region)
            if category is None:
                continue
            self.counts.regions += 1
            for mask in self.shapes.divided(region, is_thing=bool(category.is_thing)):
                shapes.append(ExportedShape(category, _as_stored(mask, orientation), region))
        void_ids = {label.id for label in self.void_labels}
        void = [region.mask for region in regions if region.label_id in void_ids and self._is_exported(region)]
        image = ExportedImage(
            record,
            settings.names.get(record.id, record.path),
            self._project.image_root / record.path,
            (info.stored_height, info.stored_width) if is_stored else (info.height, info.width),
            tuple(shapes),
            _as_stored(masks.union(void), orientation) if void else None,
            (settings.splits or {}).get(record.id),
            None if info.tile is None else lambda: load_added(self._project.image_root, info).rgb,
        )
        self._count(image)
        return image

    def _category(self, region: Region) -> Category | None:
        named = region.label_id is not None and region.label_id in self._by_label and self._is_exported(region)
        return self._by_label.get(region.label_id if named else None)

    def _is_exported(self, region: Region) -> bool:
        if region.label_id is None or region.status is RegionStatus.REJECTED:
            return False
        return self.settings.status == "any" or region.status is RegionStatus.ACCEPTED

    def _count(self, image: ExportedImage) -> None:
        counts, lost = self.counts, self._lost
        counts.images += 1
        counts.splits.update(filter(None, (image.split,)))
        counts.shapes += len(image.shapes)
        counts.negatives += not image.shapes
        if Kept.NEGATIVES in lost:
            counts.add(Kept.NEGATIVES, not image.shapes)
        if Kept.INSTANCES in lost:
            counts.add(Kept.INSTANCES, len(image.shapes) - len({shape.category.id for shape in image.shapes}))
        if Kept.PARTS in lost:
            counts.add(Kept.PARTS, sum(count_parts(shape.mask) > 1 for shape in image.shapes))
        if Kept.VOID in lost:
            counts.add(Kept.VOID, image.void is not None)
        if Kept.REMARKS in lost:
            counts.add(Kept.REMARKS, bool(image.record.comment) or image.record.is_reviewed)

    def _count_categories(self) -> None:
        found = {
            Kept.THINGS: sum(each.is_thing is False for each in self.categories),
            Kept.IDS: len(self.categories),
            Kept.COLORS: sum(each.label_id is not None for each in self.categories),
            Kept.SUPERCATEGORIES: sum(bool(each.supercategory) for each in self.categories),
        }
        for feature, count in found.items():
            if feature in self._lost:
                self.counts.add(feature, count)


def _categories(labels: Collection[Label], *, all_regions: bool) -> tuple[Category, ...]:
    """The categories in the order of the list, that of the unnamed first."""
    named = {label.category_id: label for label in labels if not label.is_void and label.category_id is not None}
    ids = list(named)
    if all_regions:
        namesakes = [id_ for id_, label in named.items() if name_key(label.name) == UNNAMED]
        highest = max((label.category_id or 0 for label in labels), default=0)
        unnamed = namesakes[0] if namesakes else highest + 1
        named.pop(unnamed, None)
        ids = [unnamed, *named]
    numbers = {id_: number for number, id_ in enumerate(sorted(ids))}
    return tuple(
        Category(id_, numbers[id_], each.name, each.color, each.supercategory, each.is_thing, each.id)
        if (each := named.get(id_)) is not None
        else Category(id_, numbers[id_], UNNAMED, _UNNAMED_COLOR)
        for id_ in ids
    )


_UNNAMED_COLOR = "#808080"


def _is(category: Category, label: Label) -> bool:
    """Whether shapes with a label leave under a category; a label called "region" is that of the unnamed."""
    return not label.is_void and category.id == label.category_id


def _as_stored(mask: Rle, orientation: int) -> Rle:
    if orientation == 1:
        return mask
    back: NDArray[np.uint8] = turned_back(masks.decode(mask).view(np.uint8), orientation)
    return masks.encode(back)
