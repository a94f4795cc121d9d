"""What is on a map: shapes of a scene's tiles, joined where they are one, with their outlines.

Neighbours of one label that is stuff are one feature, in a tile and over its borders. A thing that goes on in the next
tile is one feature if its two regions are linked; where nobody knows of links, if they touch. Regions without a name
are joined by links alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import ExportError
from acseg_core.formats.coverage_simplifying import simplified_together
from acseg_core.formats.dataset import Category, Dataset, ExportedImage
from acseg_core.formats.mosaics import Mosaic
from acseg_core.formats.painted_maps import paint
from acseg_core.formats.scene_bands import mosaic_bands
from acseg_core.shapes.coverage import OUTSIDE, BorderTracer
from acseg_core.shapes.masks import area
from acseg_core.shapes.polygon_parts import PolygonPart
from acseg_core.types import RegionStatus

_ORDER = (RegionStatus.PROPOSED, RegionStatus.REJECTED, RegionStatus.SUGGESTED, RegionStatus.ACCEPTED)


@dataclass(slots=True)
class Feature:
    """One thing, or a part of the ground of one label.

    Attributes:
        category: What it is.
        pixels: It has.
        regions: The ids of the regions that it is of.
        status: Of these, the one that has come least far.
        bottom: Below this row of pixels there is nothing of it.
    """

    category: Category
    pixels: int = 0
    regions: set[int] = field(default_factory=set)
    status: RegionStatus = RegionStatus.ACCEPTED
    bottom: int = 0


Outlined = tuple[Feature, list[PolygonPart]]
"""With its outline in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """The shapes of a mosaic, and what they become.

    Attributes:
        features: All of them.
        numbers: (shapes,) int32, of each shape in the order in which they are read, the place of its feature, from 1.
        region_ids: Of each image, the regions of its shapes.
    """

    features: tuple[Feature, ...]
    numbers: NDArray[np.int32]
    region_ids: Mapping[int, list[int]]


@dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """What is known once another band was read.

    Attributes:
        images: That were read.
        features: That nothing more will come to, with their outlines in pixels.
    """

    images: tuple[ExportedImage, ...]
    features: tuple[Outlined, ...] = ()


@dataclass(slots=True)
class _Shape:
    """Of the first look: everything but its pixels."""

    category: Category
    region_id: int
    image_id: int
    pixels: int
    status: RegionStatus
    bottom: int


def outlined(dataset: Dataset, mosaic: Mosaic) -> Iterator[ExportedImage | list[Outlined]]:
    """The features of a mosaic, some at a time, and the images as they are read."""
    joiner = Joiner(dataset, mosaic)
    for image in joiner.read():
        if mosaic.scene is not None:
            yield image
    whole: list[Outlined] = []
    for part in traced(dataset, mosaic, joiner.joined()):
        if dataset.settings.simplify:
            whole += part.features
        else:
            yield list(part.features)
        yield from part.images
    if whole:
        outlines = simplified_together([outline for _, outline in whole], dataset.settings.simplify)
        yield [(feature, outline) for (feature, _), outline in zip(whole, outlines, strict=True)]


def is_one(
    first: Category,
    second: Category,
    region_ids: tuple[int, int],
    *,
    same_image: bool,
    links: Mapping[int, int] | None,
) -> bool:
    """Whether two shapes that touch are one feature.

    Args:
        first: What the one is.
        second: What the other is.
        region_ids: The regions that they are of.
        same_image: Whether these are in one tile.
        links: Of each region what it is linked with, as `DatasetSettings.links`.
    """
    if first is not second or first.is_thing is False:
        return first is second
    if same_image:
        return False
    one, other = region_ids
    return bool(first.is_thing) if links is None else links.get(one, one) == links.get(other, other)


class Joiner:
    """Finds out which shapes of a mosaic are one feature.

    Args:
        dataset: That is written; it is read once more.
        mosaic: Of it.
    """

    def __init__(self, dataset: Dataset, mosaic: Mosaic) -> None:
        self._dataset, self._mosaic = dataset.again(), mosaic
        self._links = dataset.settings.links
        self._shapes: list[_Shape] = []
        self._above: list[int] = []
        self._region_ids: dict[int, list[int]] = {}

    def read(self) -> Iterator[ExportedImage]:
        """Read all of it; yields the images, that somebody may see how far it is."""
        above: NDArray[np.int32] | None = None
        for band in mosaic_bands(self._dataset, self._mosaic, self._painted, OUTSIDE, np.int32):
            numbers = band.numbers
            self._join(numbers[:, :-1], numbers[:, 1:])
            self._join(numbers[:-1], numbers[1:])
            if above is not None:
                self._join(above, numbers[0])
            above = numbers[-1].copy()
            yield from band.images

    def joined(self) -> Joined:
        """What was found."""
        features: list[Feature] = []
        places: dict[int, int] = {}
        numbers = np.zeros(len(self._shapes), np.int32)
        for number, shape in enumerate(self._shapes):
            place = places.setdefault(self._root(number), len(features))
            if place == len(features):
                features.append(Feature(shape.category))
            _add(features[place], shape)
            numbers[number] = place + 1
        return Joined(tuple(features), numbers, self._region_ids)

    def _painted(self, image: ExportedImage) -> NDArray[np.int32]:
        """Numbers of shapes from 1, as they come."""
        first, tile = len(self._shapes), image.record.info.tile
        bottom = image.size[0] + (0 if tile is None else tile.top)
        for each in image.shapes:
            region = each.region
            shape = _Shape(each.category, region.id, image.record.id, area(each.mask), region.status, bottom)
            self._shapes.append(shape)
        self._above.extend(range(first, len(self._shapes)))
        self._region_ids[image.record.id] = [each.region.id for each in image.shapes]
        return _painted(image, range(first + 1, len(self._shapes) + 1))

    def _join(self, first: NDArray[np.int32], second: NDArray[np.int32]) -> None:
        """Join what touches in two maps that lie beside each other, where it is one."""
        touches = (first != second) & (first != OUTSIDE) & (second != OUTSIDE)
        pairs = np.unique((first[touches].astype(np.int64) << 32) + second[touches])
        for one, other in zip((pairs >> 32).tolist(), (pairs & 0xFFFFFFFF).tolist(), strict=True):
            a, b = self._shapes[one - 1], self._shapes[other - 1]
            ids, same_image = (a.region_id, b.region_id), a.image_id == b.image_id
            if is_one(a.category, b.category, ids, same_image=same_image, links=self._links):
                self._above[self._root(one - 1)] = self._root(other - 1)

    def _root(self, shape: int) -> int:
        while self._above[shape] != shape:
            self._above[shape] = shape = self._above[self._above[shape]]
        return shape


def traced(dataset: Dataset, mosaic: Mosaic, joined: Joined) -> Iterator[Traced]:
    """Read a mosaic from top to bottom; each feature comes with its outline as soon as all of it was read.

    Raises:
        ExportError: Somebody changed it since it was looked at.
    """
    place = 0
    tracer: BorderTracer | None = None
    waiting: dict[int, list[int]] = {}
    for number, feature in enumerate(joined.features):
        waiting.setdefault(feature.bottom, []).append(number)

    def painted(image: ExportedImage) -> NDArray[np.int32]:
        nonlocal place
        first, place = place, place + len(image.shapes)
        if joined.region_ids.get(image.record.id) != [shape.region.id for shape in image.shapes]:
            raise ExportError(f"{image.record.path}: its labels were changed while they were exported; export again")
        return _painted(image, joined.numbers[first:place].tolist())

    def done(bottom: float) -> Iterator[Outlined]:
        assert tracer is not None
        for row in sorted(row for row in waiting if row < bottom):
            for number in waiting.pop(row):
                yield joined.features[number], tracer.take(number + 1)

    for band in mosaic_bands(dataset, mosaic, painted, OUTSIDE, np.int32):
        tracer = tracer or BorderTracer(band.numbers.shape[1])
        tracer.add(band.numbers)
        yield Traced(band.images, tuple(done(band.top + 1)))
    if tracer is not None:
        tracer.finish()
        yield Traced((), tuple(done(np.inf)))


def _painted(image: ExportedImage, numbers: Sequence[int]) -> NDArray[np.int32]:
    """(H, W) int32 numbers of its shapes; what is void is a shape, or nothing."""
    return paint(replace(image, void=None), numbers).astype(np.int32)


def _add(feature: Feature, shape: _Shape) -> None:
    feature.pixels += shape.pixels
    feature.regions.add(shape.region_id)
    feature.status = min(feature.status, shape.status, key=_ORDER.index)
    feature.bottom = max(feature.bottom, shape.bottom)
