"""Which leaf of its concept tree every pixel of an image belongs to, and how that is stored.

Of cells, the borders are stored, a bit for every two neighbours, in the size that cells were found in; these are
numbered in the order of their first pixels, so their numbers take no room. For an image larger than that, borders are
enlarged: a pixel belongs to the leaf that has most of the four samples around it, in whole numbers, so that it looks
the same on every machine. Other maps, and those of older versions, are a PNG with a number for every pixel.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.cell_runs import CellRuns
from acseg_core.proposals.cells import nearest_known, parts_between
from acseg_core.shapes import masks
from acseg_core.shapes.run_lengths import rle_of_text
from acseg_core.types import MAX_PIXELS, Rle

OUTSIDE = 0xFFFF
"""Value in a map of a pixel of no leaf or region."""

_PNG = (cv2.IMWRITE_PNG_COMPRESSION, 2, cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE)
"""Options of a PNG: its filters, made for photographs, would only cost a map of leaves time, both ways, and bytes."""

_PNG_OUTSIDE = {np.dtype(np.uint8): 0xFF, np.dtype(np.uint16): OUTSIDE}
"""Value of a pixel of no leaf, in a PNG of 8 or 16 bits."""

_PNG_HEAD = struct.Struct(">8s4x4sIIBB")
"""Of a PNG: its signature, and the first chunk's name, width, height, bits per sample and kind of colour."""

_CELLS_HEAD = struct.Struct("<8sIIIIIIII")
"""Of a map of cells: its signature, image height and width, rows and columns, cells, and the bytes of its sections."""

_MOST_CELL_PIXELS = 1 << 23
"""Pixels of the picture that cells were found in, at most; `cells` takes far fewer but of images a pixel wide."""

_PIXELS_AT_ONCE = 1 << 20
"""Pixels of which it is told at once which leaf has most of the samples around them."""

_CELLS_SIGNATURE = b"ACSEGCM1"
_ZLIB_LEVEL = 3


@dataclass(frozen=True, eq=False)
class LeafMap:
    """The leaves of an image's pixels.

    Attributes:
        numbers: (h, w) int32; for a map of cells the number of the cell, else that of the leaf, or `OUTSIDE`.
        leaf_of_cell: (k,) uint16, leaf of each cell; None for a map that is not one of cells.
        height: Of the image.
        width: Of the image.
        void: Pixels that are of no leaf, in a map of cells; None where there are none.
    """

    numbers: NDArray[np.int32]
    leaf_of_cell: NDArray[np.uint16] | None
    height: int
    width: int
    void: Rle | None = None

    @classmethod
    def of(cls, pixels: NDArray[np.integer]) -> LeafMap:
        """From the leaf of every pixel, (H, W), or `OUTSIDE`."""
        return cls(pixels.astype(np.int32), None, *pixels.shape)

    @classmethod
    def of_cells(
        cls,
        numbers: NDArray[np.int32],
        size: tuple[int, int],
        *,
        valid: NDArray[np.bool_] | None = None,
        whole: bool = True,
    ) -> tuple[LeafMap, NDArray[np.intp]]:
        """From the cells of an image, each 4-connected and numbered in the order of its first pixels.

        Args:
            numbers: (h, w) 0..k - 1, or -1 where the image is void.
            size: (H, W) of the image, at least (h, w).
            valid: (H, W), pixels that are not void; all are if left out.
            whole: Cells are connected, and in that order; not so where they are what is left of larger ones.

        Returns:
            The map, whose leaves are the cells that have pixels, and their numbers, ascending.
        """
        void = None if valid is None or valid.all() else masks.encode(~valid)
        count = int(numbers.max()) + 1
        if whole and void is None and numbers.shape == size:
            return cls(numbers, np.arange(count, dtype=np.uint16), *size), np.arange(count)
        kept = np.arange(count)
        while True:
            known = np.isin(numbers, kept) if len(kept) < count or numbers.min() < 0 else None
            filled = numbers if known is None else numbers.ravel()[nearest_known(known)]
            leaf_of_number = np.zeros(count, np.uint16)
            leaf_of_number[kept] = np.arange(len(kept), dtype=np.uint16)
            parts = parts_between(filled[:, 1:] == filled[:, :-1], filled[1:] == filled[:-1])
            leaf_of_part = np.zeros(int(parts.max()) + 1, np.uint16)
            leaf_of_part[parts] = leaf_of_number[filled]
            found = cls(parts, leaf_of_part, *size, void)
            there = found.areas > 0
            if there.all():
                return found, kept
            kept = kept[there]

    @cached_property
    def pixels(self) -> NDArray[np.uint16]:
        """(H, W) uint16 leaf of every pixel, or `OUTSIDE`."""
        if self.leaf_of_cell is None:
            return self.numbers.astype(np.uint16)
        leaves = self.numbers.astype(np.uint16) if self._is_plain else self.leaf_of_cell[self.numbers]
        found = _enlarged(leaves, (self.height, self.width))
        if self.void is not None:
            found[masks.decode(self.void)] = OUTSIDE
        return found

    @property
    def _is_plain(self) -> bool:
        """Whether each cell is the leaf of its own number."""
        leaves = self.leaf_of_cell
        return leaves is not None and np.array_equal(leaves, np.arange(len(leaves)))

    @cached_property
    def areas(self) -> NDArray[np.int64]:
        """(n,) pixels of each leaf up to the last one that has some."""
        if self._is_plain and self.void is None and self.numbers.shape == (self.height, self.width):
            return CellRuns.of(self.numbers).counts(self.last_leaf + 1)
        return np.bincount(self.pixels.ravel(), minlength=self.last_leaf + 1)[: self.last_leaf + 1].astype(np.int64)

    @property
    def void_area(self) -> int:
        """Pixels of no leaf."""
        if self.leaf_of_cell is None:
            return int(np.count_nonzero(self.numbers == OUTSIDE))
        return 0 if self.void is None else masks.area(self.void)

    @property
    def last_leaf(self) -> int:
        """The greatest number of a leaf, -1 where there is none."""
        if self.leaf_of_cell is None:
            return int(np.max(self.numbers, where=self.numbers != OUTSIDE, initial=-1))
        return int(self.leaf_of_cell.max())

    def to_bytes(self) -> bytes:
        """Encode for the store, without loss."""
        if self.leaf_of_cell is None:
            return self._as_png()
        across, down = self.numbers[:, 1:] == self.numbers[:, :-1], self.numbers[1:] == self.numbers[:-1]
        sections = (
            np.packbits(across).tobytes() + np.packbits(down).tobytes(),
            b"" if self._is_plain else self.leaf_of_cell.astype("<u2").tobytes(),
            b"" if self.void is None else self.void.counts,
        )
        packed = [
            _packed(section, strategy) if section else b""
            for section, strategy in zip(sections, (zlib.Z_HUFFMAN_ONLY, *[zlib.Z_DEFAULT_STRATEGY] * 2), strict=True)
        ]
        sizes = (self.height, self.width, *self.numbers.shape, len(self.leaf_of_cell))
        return _CELLS_HEAD.pack(_CELLS_SIGNATURE, *sizes, *map(len, packed)) + b"".join(packed)

    def _as_png(self) -> bytes:
        leaves = self.numbers != OUTSIDE
        kind = np.uint8 if int(self.numbers[leaves].max(initial=0)) < _PNG_OUTSIDE[np.dtype(np.uint8)] else np.uint16
        values = np.where(leaves, self.numbers, _PNG_OUTSIDE[np.dtype(kind)]).astype(kind)
        return bytes(cv2.imencode(".png", values, _PNG)[1].tobytes())

    @classmethod
    def from_bytes(cls, stored: bytes) -> LeafMap:
        """Decode what `to_bytes` made; sizes are looked at before there is room made for them.

        Raises:
            ValueError: It is damaged.
        """
        if stored[: len(_CELLS_SIGNATURE)] == _CELLS_SIGNATURE:
            return _read_cells(stored)
        return cls.of(_read_png(stored))


def is_of_cells(stored: bytes) -> bool:
    """Whether a stored map is one of cells."""
    return stored[: len(_CELLS_SIGNATURE)] == _CELLS_SIGNATURE


def _enlarged(leaves: NDArray[np.uint16], size: tuple[int, int]) -> NDArray[np.uint16]:
    """(H, W) of a map (h, w): the leaf with most of the four samples around each pixel, the first one of equals."""
    if leaves.shape == size:
        return leaves
    (top, bottom, down), (left, right, across) = (_between(*each) for each in zip(leaves.shape, size, strict=True))
    before, after = leaves.take(left, axis=1), leaves.take(right, axis=1)  # (h, W)
    below = np.minimum(np.arange(len(leaves)) + 1, len(leaves) - 1)
    mixed = (before != after) | (before != before[below]) | (before != after[below])
    found = np.empty(size, np.uint16)
    step = max(1, _PIXELS_AT_ONCE // size[1])
    for start in range(0, size[0], step):
        rows = slice(start, start + step)
        block = before[top[rows]]
        y, x = np.nonzero(mixed[top[rows]])
        upper, lower = top[rows][y] * size[1] + x, bottom[rows][y] * size[1] + x
        around = [samples.ravel()[at] for at in (upper, lower) for samples in (before, after)]
        block[y, x] = _most_around(around, (down[rows][y], 2 * size[0]), (across[x], 2 * size[1]))
        found[rows] = block
    return found


def _most_around(
    around: Sequence[NDArray[np.uint16]],
    down: tuple[NDArray[np.integer], int],
    across: tuple[NDArray[np.integer], int],
) -> NDArray[np.uint16]:
    """Whichever of four samples has most weight, (m,): those above before and after, those below likewise.

    Args:
        around: Four times (m,).
        down: Weight (m,) of those below, and that of both rows together.
        across: The same of those after.
    """
    (lower, rows), (after, columns) = ((weight.astype(np.int64), total) for weight, total in (down, across))
    both = lower * after
    lower, after = lower * columns, after * rows  # each row and each column as a whole
    weights = (rows * columns - lower - after + both, after - both, lower - both, both)
    totals = [weight.copy() for weight in weights]
    for one, other in combinations(range(4), 2):
        alike = around[one] == around[other]
        totals[one] += alike * weights[other]
        totals[other] += alike * weights[one]
    found, most = around[0].copy(), totals[0]
    for sample, total in zip(around[1:], totals[1:], strict=True):
        more = total > most
        np.copyto(found, sample, where=more)
        most = np.maximum(most, total)
    return found


def _between(count: int, pixels: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """For the pixels of an axis: the samples before and after each, and the latter's weight of ``2 * pixels``."""
    place = np.clip((2 * np.arange(pixels) + 1) * count - pixels, 0, 2 * pixels * (count - 1))
    before, weight = np.divmod(place, 2 * pixels)
    return before, np.minimum(before + 1, count - 1), weight


def _read_cells(stored: bytes) -> LeafMap:
    if len(stored) < _CELLS_HEAD.size:
        raise ValueError("the leaf map is cut off")
    _, height, width, rows, columns, count, *lengths = _CELLS_HEAD.unpack_from(stored)
    fits = 0 < height * width <= MAX_PIXELS and 0 < rows <= height and 0 < columns <= width
    if not fits or rows * columns > _MOST_CELL_PIXELS:
        raise ValueError(f"the leaf map would have {width} x {height} pixels, from {columns} x {rows}")
    if not 0 < count <= min(OUTSIDE, rows * columns) or len(stored) != _CELLS_HEAD.size + sum(lengths):
        raise ValueError("the leaf map is cut off")
    ends = _CELLS_HEAD.size + np.cumsum(lengths)
    bits, leaves, void = (stored[end - length : end] for end, length in zip(ends, lengths, strict=True))
    wide, high = (rows, columns - 1), (rows - 1, columns)
    sizes = [-(-shape[0] * shape[1] // 8) for shape in (wide, high)]
    packed = np.frombuffer(_unpacked(bits, sum(sizes)) if bits or sum(sizes) else b"", np.uint8)
    across, down = (
        np.unpackbits(part, count=shape[0] * shape[1]).reshape(shape).astype(bool)
        for part, shape in zip(np.split(packed, [sizes[0]]), (wide, high), strict=True)
    )
    numbers = parts_between(across, down)
    if int(numbers.max()) + 1 != count:
        raise ValueError(f"the leaf map has {int(numbers.max()) + 1} cells instead of {count}")
    identity = np.arange(count, dtype=np.uint16)
    leaf_of_cell = np.frombuffer(_unpacked(leaves, 2 * count), "<u2").astype(np.uint16) if leaves else identity
    return LeafMap(numbers, leaf_of_cell, height, width, _read_void(void, height, width) if void else None)


def _read_void(stored: bytes, height: int, width: int) -> Rle:
    text = _unpacked(stored, None, at_most=height * width + 16)  # a run takes no more bytes than pixels, on average
    rle = rle_of_text(text.decode("ascii", "replace"), height=height, width=width)
    if rle is None:
        raise ValueError("the void pixels of the leaf map do not read")
    return rle


def _packed(section: bytes, strategy: int) -> bytes:
    """Compress a section; bits of borders by how often each byte occurs, as they hardly repeat each other."""
    packer = zlib.compressobj(_ZLIB_LEVEL, strategy=strategy)
    return packer.compress(section) + packer.flush()


def _unpacked(stored: bytes, size: int | None, *, at_most: int = 0) -> bytes:
    """Decompress a section of so many bytes, or at most so many.

    Raises:
        ValueError: It is damaged, or of another size.
    """
    reader = zlib.decompressobj()
    try:
        found = reader.decompress(stored, (at_most if size is None else size) + 1)
    except zlib.error as error:
        raise ValueError(f"the leaf map does not read: {error}") from error
    if not reader.eof or (size is not None and len(found) != size):
        raise ValueError("the leaf map is of another size")
    return found


def _read_png(stored: bytes) -> NDArray[np.int32]:
    head = stored[: _PNG_HEAD.size]
    if len(head) < _PNG_HEAD.size:
        raise ValueError("the leaf map is no PNG")
    signature, chunk, width, height, depth, color = _PNG_HEAD.unpack(head)
    if (signature, chunk, color) != (b"\x89PNG\r\n\x1a\n", b"IHDR", 0) or depth not in (8, 16):
        raise ValueError("the leaf map is no grey PNG")
    if not 0 < width * height <= MAX_PIXELS:
        raise ValueError(f"the leaf map would have {width} x {height} pixels")
    _require_chunks(stored)
    try:
        decoded = cv2.imdecode(np.frombuffer(stored, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        decoded = None
    if decoded is None or decoded.shape != (height, width) or decoded.dtype not in _PNG_OUTSIDE:
        raise ValueError("the leaf map does not read")
    found = decoded.astype(np.int32)
    found[decoded == _PNG_OUTSIDE[decoded.dtype]] = OUTSIDE
    return np.asarray(found, np.int32)


def _require_chunks(png: bytes) -> None:
    """Check the sums in a PNG, as libpng would tell of a wrong one on the terminal."""
    place = 8
    while place < len(png):
        (length,) = struct.unpack_from(">I", png.ljust(place + 4, b"\0"), place)
        body, check = png[place + 4 : place + 8 + length], png[place + 8 + length : place + 12 + length]
        if len(check) < 4 or zlib.crc32(body).to_bytes(4) != check:
            raise ValueError("the leaf map does not read")
        place += 12 + length
        if body[:4] == b"IEND":
            return
    raise ValueError("the leaf map is cut off")
