"""Chips: pictures of one size cut from scenes for training, wherever the borders of tiles are.

A chip has the labels of all tiles that it reaches into; what belongs together over their borders is one shape there.
Of a data set that is split, a chip that reaches into tiles of another split is left out, so that no pixel is on both
sides; so is one of which too little is labelled or has data.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import ExportError, ImageError
from acseg_core.formats.blocks import Place, place_of
from acseg_core.formats.dataset import Category, Dataset, ExportedImage, ExportedShape
from acseg_core.formats.file_names import stem_of
from acseg_core.formats.mosaics import Mosaic
from acseg_core.formats.painted_maps import paint
from acseg_core.formats.scene_bands import bands
from acseg_core.formats.scene_features import is_one
from acseg_core.images.files import load_added
from acseg_core.images.image_paths import tile_path
from acseg_core.images.photos import Photo
from acseg_core.images.scenes.fingerprint import tile_hash
from acseg_core.images.scenes.tile_reader import NOTHING_TO_SEE
from acseg_core.images.scenes.tiling import Grid, column_borders, row_borders
from acseg_core.shapes import masks
from acseg_core.types import ImageInfo, ImageRecord, ImageStatus, Region, Tile

TOO_LITTLE = "chips of which too little is labelled or has data"
STRADDLES = "chips that reach into another split"
LEAST_SIDE = 16
_OUTSIDE, _VOID, _NOTHING = -1, -2, 0


@dataclass(frozen=True, slots=True)
class Chips:
    """Which chips.

    Attributes:
        size: Pixels of a side.
        stride: Pixels from one to the next; None for as many as a side has, so that they do not overlap.
        least_valid: The share of a chip that has data and is in tiles that leave, at least.

    Raises:
        ExportError: There are no such chips.
    """

    size: int
    stride: int | None = None
    least_valid: float = 0.5

    def __post_init__(self) -> None:
        """Check that chips can be cut so."""
        if self.size < LEAST_SIDE:
            raise ExportError(f"chips of {self.size} pixels are too small; take {LEAST_SIDE} at least")
        if self.stride is not None and self.stride < 1:
            raise ExportError(f"chips cannot be {self.stride} pixels apart; take 1 at least")
        if not 0 <= self.least_valid <= 1:
            raise ExportError(f"no share of a chip is {self.least_valid:g}; take one from 0 to 1")

    def places(self, length: int) -> list[int]:
        """Where chips begin along a side of a scene; the last one ends where the scene does."""
        step = self.stride or self.size
        found = list(range(0, max(1, length - self.size + 1), step))
        return found if found[-1] + self.size >= length else [*found, length - self.size]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a number of the painted scene is."""

    category: Category
    region: Region
    image_id: int


class ChipCutter:
    """Cuts the chips of scenes, one after another.

    Args:
        chips: Which.
        root: The image folder.
        first_id: Of the chips as images; no image of the project has it or a higher one.
        block_side: Tiles of the side of a block that stays together.
        splits: The split of each block; none where the data set is not split.
    """

    def __init__(
        self, chips: Chips, root: Path, *, first_id: int, block_side: int = 1, splits: Mapping[Place, str] | None = None
    ) -> None:
        self._chips, self._root = chips, root
        self._ids = itertools.count(first_id)
        self._side, self._splits = block_side, splits

    def __call__(self, dataset: Dataset, mosaic: Mosaic, split: str | None) -> Iterator[ExportedImage]:
        """The chips of a scene that are in a split, or all."""
        scene = mosaic.scene
        assert scene is not None, "it is no scene"
        rows = _Rows(dataset, mosaic)
        for number, top in enumerate(self._chips.places(scene.height), 1):
            height = min(self._chips.size, scene.height)
            numbers = rows.between(top, top + height)
            for place, left in enumerate(self._chips.places(scene.width), 1):
                width = min(self._chips.size, scene.width)
                tile = Tile(number, place, left, top)
                window = numbers[:, left : left + width]
                reached = self._splits_of(mosaic, tile, (height, width))
                if split is not None and split != min(filter(None, reached), default=dataset.splits[0]):
                    continue  # another split's, which tells of it, too
                if len(reached) > 1:
                    dataset.notes.add(STRADDLES, _name(mosaic, tile))
                    continue
                photo = self._photo(mosaic, tile, window) if reached else None
                if photo is None:
                    dataset.notes.add(TOO_LITTLE, _name(mosaic, tile))
                else:
                    yield self._chip(dataset, mosaic, tile, photo, window, rows, *reached)

    def _splits_of(self, mosaic: Mosaic, tile: Tile, size: tuple[int, int]) -> set[str | None]:
        """The splits that a chip reaches into; None alone where the data set is not split."""
        if self._splits is None:
            return {None}
        return {self._splits[place] for place in _blocks(mosaic, tile, size, self._side) if place in self._splits}

    def _photo(self, mosaic: Mosaic, tile: Tile, window: NDArray[np.int32]) -> Photo | None:
        """What is seen in a chip; None where too little is."""
        covered = window != _OUTSIDE
        if covered.mean() < self._chips.least_valid or not covered.any():
            return None
        try:
            photo = load_added(self._root, _info(mosaic, tile, window.shape))
        except ImageError as error:
            if error.reason == NOTHING_TO_SEE:
                return None
            raise
        valid = covered if photo.valid is None else covered & photo.valid
        return photo if valid.mean() >= self._chips.least_valid and valid.any() else None

    def _chip(
        self,
        dataset: Dataset,
        mosaic: Mosaic,
        tile: Tile,
        photo: Photo,
        window: NDArray[np.int32],
        rows: _Rows,
        split: str | None,
    ) -> ExportedImage:
        name = _name(mosaic, tile)
        info = replace(_info(mosaic, tile, window.shape), path=name, tile=None)
        status = ImageStatus.DONE if mosaic.is_done else ImageStatus.IN_REVIEW
        void = window < _NOTHING
        return ExportedImage(
            ImageRecord(next(self._ids), info, status),
            name,
            self._root / name,
            (info.height, info.width),
            tuple(_shapes(dataset, window, rows.shapes)),
            masks.encode(void) if void.any() else None,
            split,
            lambda: photo.rgb,
        )


class _Rows:
    """Rows of a scene with the numbers of the shapes in them; they are read once, from top to bottom."""

    def __init__(self, dataset: Dataset, mosaic: Mosaic) -> None:
        scene = mosaic.scene
        assert scene is not None, "it is no scene"
        self.shapes: dict[int, _Shape] = {}
        self._count = 0
        self._top = 0
        self._held = np.zeros((0, scene.width), np.int32)
        tiles = dataset.again().read(mosaic.image_ids)
        self._bands = bands(scene, tiles, self._painted, _OUTSIDE, np.int32)

    def between(self, top: int, bottom: int) -> NDArray[np.int32]:
        """(h, W) int32 numbers of these rows; none above them is asked for any more."""
        while self._top + len(self._held) < bottom:
            band = next(self._bands)
            kept = self._held[max(0, top - self._top) :]
            self._top += len(self._held) - len(kept)
            self._held = np.concatenate((kept, band.numbers))
            self._forget(int(self._held.min(initial=self._count, where=self._held > _NOTHING)))
        return self._held[top - self._top : bottom - self._top]

    def _painted(self, image: ExportedImage) -> NDArray[np.int32]:
        first, self._count = self._count, self._count + len(image.shapes)
        nothing = masks.empty(height=1, width=1)  # of the region, only what it is counts here
        for number, shape in enumerate(image.shapes, first + 1):
            self.shapes[number] = _Shape(shape.category, replace(shape.region, mask=nothing), image.record.id)
        numbers = paint(image, range(first + 1, self._count + 1), _DEEP_VOID).astype(np.int64)
        return np.where(numbers == _DEEP_VOID, _VOID, numbers).astype(np.int32)

    def _forget(self, first: int) -> None:
        """Shapes with lower numbers are in no row any more."""
        for number in [number for number in self.shapes if number < first]:
            del self.shapes[number]


_DEEP_VOID = 0xFFFFFFFF
"""A number that no shape has."""


def _blocks(mosaic: Mosaic, chip: Tile, size: tuple[int, int], side: int) -> set[Place]:
    """The blocks of tiles that a chip reaches into."""
    scene = mosaic.scene
    assert scene is not None, "it is no scene"
    grid = Grid(scene.width, scene.height, scene.tile_side)
    rows, columns = row_borders(grid), column_borders(grid)
    first, last = bisect_right(rows, chip.top), bisect_left(rows, chip.top + size[0])
    left, right = bisect_right(columns, chip.left), bisect_left(columns, chip.left + size[1])
    return {
        place_of(scene.path, Tile(row, column, 0, 0), side)
        for row in range(first, last + 1)
        for column in range(left, right + 1)
    }


def _info(mosaic: Mosaic, tile: Tile, size: tuple[int, ...]) -> ImageInfo:
    """A chip as if it were a tile of its scene."""
    scene = mosaic.scene
    assert scene is not None, "it is no scene"
    height, width = size
    return replace(
        mosaic.first.info,
        path=tile_path(scene.path, tile.row, tile.column),
        sha256=tile_hash(scene.fingerprint, tile, width, height),
        stored_width=width,
        stored_height=height,
        width=width,
        height=height,
        georeference="",
        tile=tile,
    )


def _name(mosaic: Mosaic, tile: Tile) -> str:
    return f"{stem_of(mosaic.name)}_x{tile.left}_y{tile.top}.png"


def _shapes(dataset: Dataset, window: NDArray[np.int32], shapes: Mapping[int, _Shape]) -> Iterator[ExportedShape]:
    """What is in a chip, the largest first."""
    there = [number for number in np.unique(window).tolist() if number > _NOTHING]
    firsts = _firsts(dataset, window, shapes, there)
    table = np.full(max(there, default=0) + 1, -1, np.int32)
    for number in there:
        table[number] = firsts[number]
    found = masks.encode_label_map(table[np.maximum(window, 0)])
    for number, mask in sorted(found.items(), key=lambda each: -masks.area(each[1])):
        yield ExportedShape(shapes[number].category, mask, shapes[number].region)


def _firsts(
    dataset: Dataset, window: NDArray[np.int32], shapes: Mapping[int, _Shape], there: list[int]
) -> dict[int, int]:
    """Of each number the lowest of those that it is one with in the chip."""
    above = {number: number for number in there}

    def root(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    for one, other in ((window[:, :-1], window[:, 1:]), (window[:-1], window[1:])):
        touches = (one != other) & (one > _NOTHING) & (other > _NOTHING)
        pairs = np.unique((one[touches].astype(np.int64) << 32) + other[touches])
        for first, second in zip((pairs >> 32).tolist(), (pairs & 0xFFFFFFFF).tolist(), strict=True):
            a, b = shapes[first], shapes[second]
            same_image = a.image_id == b.image_id
            ids = a.region.id, b.region.id
            if is_one(a.category, b.category, ids, same_image=same_image, links=dataset.settings.links):
                low, high = sorted((root(first), root(second)))
                above[high] = low
    return {number: root(number) for number in there}
