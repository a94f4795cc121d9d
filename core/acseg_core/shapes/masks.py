"""Binary masks as COCO run lengths: the only place, with `run_lengths`, that knows COCO's column order.

Everywhere else a mask is (H, W) row-major. Here pixels are read down the columns, left to right, as COCO's
run lengths do. pycocotools compresses and combines; what it would do one full-size mask at a time (a label map into
masks and back) is done here on the runs of all masks at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray
from pycocotools import mask as coco

from acseg_core.shapes.filling import fill
from acseg_core.shapes.run_lengths import edges_of, rle_of, sound_areas
from acseg_core.types import Box, Rle

_BLOCK_PIXELS = 4_000_000
"""Pixels of a block of columns of a label map that is encoded at once, about, so that extra memory stays flat."""

_NEAR = 8
"""Sizes of the image that an outline may lie beyond its edge for pycocotools."""

_ScalarT = TypeVar("_ScalarT", bound=np.generic)
_CV2_TRANSPOSES = frozenset({"uint8", "int8", "uint16", "int16", "int32"})


def encode(mask: NDArray[np.bool_] | NDArray[np.uint8]) -> Rle:
    """Encode one (H, W) mask; what is not zero is inside.

    Raises:
        ValueError: The mask is not two-dimensional or has no pixel.
    """
    height, width = _shape(mask)
    inside = np.ascontiguousarray(mask, dtype=bool).view(np.uint8)
    counts = coco.encode(np.asfortranarray(inside))["counts"]
    return Rle(counts=bytes(counts), height=height, width=width)


def decode(rle: Rle) -> NDArray[np.bool_]:
    """Decode to a C-contiguous (H, W) bool array."""
    # pycocotools' own decoder is no slower, but warns of its use of NumPy each time.
    starts, ends = _run_bounds(rle)
    values = np.zeros(2 * len(starts) + 1, np.uint8)
    values[1::2] = 1
    columns = np.repeat(values, _gaps_and_runs(starts, ends, rle.height * rle.width))
    return _transpose(columns.reshape(rle.width, rle.height)).view(np.bool_)


def fill_as_coco(rings: Sequence[NDArray[np.float64]], *, height: int, width: int) -> Rle:
    """The pixels of polygons exactly as COCO's own tools fill them: all rings together, none a hole.

    Their rule is not that of the pixels' centres (`acseg_core.shapes.filling`): outlines are drawn five times as large,
    with half a pixel's shift, and so the two differ by single pixels along slanting edges. Rings that go far beyond the
    image are filled by the other rule, as COCO's tools take memory for every pixel of an outline's length, or crash.

    Args:
        rings: At least one, each (n, 2) finite points x, y, three or more.
        height: Of the image.
        width: Of the image.
    """
    if any(np.abs(ring).max() > _NEAR * max(height, width) for ring in rings):
        return union([fill([ring], height=height, width=width) for ring in rings])
    flat = [ring.ravel().tolist() for ring in rings]
    parts = coco.frPyObjects(flat, height, width)
    return Rle(counts=bytes(coco.merge(parts)["counts"]), height=height, width=width)


def whole(*, height: int, width: int) -> Rle:
    """Every pixel of an image of that size."""
    return rle_of(np.array([0, height * width]), height=height, width=width)


def empty(*, height: int, width: int) -> Rle:
    """No pixel of an image of that size."""
    return rle_of(np.empty(0, np.int64), height=height, width=width)


def area(rle: Rle) -> int:
    """Count the pixels inside."""
    return int(coco.area(_native(rle)))


def bounding_box(rle: Rle) -> Box:
    """Tight box around the mask; (0, 0, 0, 0) when the mask is empty."""
    x, y, width, height = (float(value) for value in coco.toBbox(_native(rle)))
    return x, y, width, height


def union(rles: Sequence[Rle]) -> Rle:
    """Pixels inside at least one of the masks.

    Raises:
        ValueError: No mask was given, their sizes differ, or one is damaged.
    """
    size = _common_size(rles)
    _require_sound(rles)
    counts = coco.merge([_native(rle) for rle in rles], intersect=False)["counts"]
    return Rle(counts=bytes(counts), height=size[0], width=size[1])


def intersection_area(first: Rle, second: Rle) -> int:
    """Count the pixels inside both masks.

    Raises:
        ValueError: The sizes differ, or one is damaged.
    """
    _common_size((first, second))
    _require_sound((first, second))
    return int(coco.area(coco.merge([_native(first), _native(second)], intersect=True)))


def encode_label_map(label_map: NDArray[np.integer[Any]]) -> dict[int, Rle]:
    """Encode every label of a label map at once.

    All runs are found in one pass over blocks of columns; no mask is ever laid out. Beside the runs themselves (about
    20 bytes each) it needs some 10 bytes for each of 4 million pixels, whatever the image.

    Args:
        label_map: (H, W) integers. Negative ones mean "nothing here" and are left out.

    Returns:
        One mask for each label that occurs, by ascending label.

    Raises:
        ValueError: The map is not two-dimensional or has no pixel.
    """
    height, width = _shape(label_map)
    starts, values = runs_of_map(label_map)
    lengths = np.diff(starts, append=np.int32(height * width))
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    edges = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    groups = np.split(order, edges)
    return {
        int(values[group[0]]): _from_runs(starts[group], lengths[group], height=height, width=width)
        for group in groups
        if values[group[0]] >= 0
    }


def paint_label_map(masks: Sequence[Rle], *, height: int, width: int) -> NDArray[np.int32]:
    """Lay masks out in one image: the way back from `encode_label_map`.

    Returns:
        (H, W) int32, index into ``masks`` for every pixel and -1 where there is none. Where masks overlap, the later
        one is on top.

    Raises:
        ValueError: A mask has another size.
    """
    if not masks:
        return np.full((height, width), -1, np.int32)
    if _common_size(masks) != (height, width):
        raise ValueError(f"masks are {masks[0].height} x {masks[0].width}, not {height} x {width}")
    bounds = [_run_bounds(mask) for mask in masks]
    starts = np.concatenate([start for start, _ in bounds])
    ends = np.concatenate([end for _, end in bounds])
    owners = np.repeat(np.arange(len(masks), dtype=np.int32), [len(start) for start, _ in bounds])
    order = np.argsort(starts, kind="stable")
    starts, ends, owners = starts[order], ends[order], owners[order]
    if np.any(starts[1:] < ends[:-1]):
        return _paint_overlapping(masks, height=height, width=width)
    values = np.full(2 * len(starts) + 1, -1, np.min_scalar_type(-len(masks)))  # small integers move five times faster
    values[1::2] = owners
    columns = np.repeat(values, _gaps_and_runs(starts, ends, height * width))
    return _transpose(columns.reshape(width, height)).astype(np.int32, copy=False)


def rle_to_coco(rle: Rle) -> dict[str, Any]:
    """The mask as a COCO file holds it: ``{"size": [height, width], "counts": "..."}``."""
    return {"size": [rle.height, rle.width], "counts": rle.counts.decode("ascii")}


def _require_sound(rles: Sequence[Rle]) -> None:
    """Let nothing through with which pycocotools would never end."""
    if (sound_areas([rle.counts for rle in rles], [rle.height * rle.width for rle in rles]) < 0).any():
        raise ValueError("the runs of a mask do not add up to its image")


def _native(rle: Rle) -> dict[str, Any]:
    return {"size": [rle.height, rle.width], "counts": rle.counts}


def _shape(array: NDArray[Any]) -> tuple[int, int]:
    if array.ndim != 2 or not array.size:
        raise ValueError(f"a mask or label map is (H, W) with at least one pixel, got shape {array.shape}")
    return int(array.shape[0]), int(array.shape[1])


def _common_size(rles: Sequence[Rle]) -> tuple[int, int]:
    sizes = {(rle.height, rle.width) for rle in rles}
    if len(sizes) != 1:
        raise ValueError(f"masks of one size are needed, got sizes {sorted(sizes)}")
    return sizes.pop()


def _transpose(array: NDArray[_ScalarT]) -> NDArray[_ScalarT]:
    """A C-contiguous copy with rows and columns exchanged; OpenCV does it four times faster than NumPy."""
    if array.dtype.name in _CV2_TRANSPOSES and array.strides[1] == array.itemsize:
        transposed: NDArray[_ScalarT] = cv2.transpose(array).reshape(array.shape[::-1])
        return transposed
    return np.ascontiguousarray(array.T)


def runs_of_map(label_map: NDArray[_ScalarT]) -> tuple[NDArray[np.int32], NDArray[_ScalarT]]:
    """Starts (in column order) and labels of all runs of equal labels."""
    height, width = label_map.shape
    step = max(1, _BLOCK_PIXELS // height)
    starts, values = [], []
    previous = None
    for left in range(0, width, step):
        flat = _transpose(label_map[:, left : left + step]).ravel()
        local = np.flatnonzero(flat[1:] != flat[:-1]) + 1
        if previous is None or flat[0] != previous:
            local = np.concatenate(([0], local))
        previous = flat[-1]
        starts.append((local + left * height).astype(np.int32))
        values.append(flat[local])
    return np.concatenate(starts), np.concatenate(values)


def _from_runs(starts: NDArray[np.int32], lengths: NDArray[np.int32], *, height: int, width: int) -> Rle:
    """Compress the mask whose inside is these runs, in column order."""
    return rle_of(np.stack((starts, starts + lengths), axis=1).ravel(), height=height, width=width)


def _run_bounds(rle: Rle) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Starts and ends (exclusive), in column order, of the runs inside."""
    edges = edges_of(rle)
    return edges[0::2], edges[1::2]


def _gaps_and_runs(starts: NDArray[np.int64], ends: NDArray[np.int64], pixels: int) -> NDArray[np.int64]:
    """Lengths of gap, run, gap, run, ..., gap over ``pixels`` pixels, for runs in order that do not overlap."""
    lengths = np.empty(2 * len(starts) + 1, np.int64)
    lengths[0::2] = np.append(starts, pixels) - np.concatenate(([0], ends))
    lengths[1::2] = ends - starts
    return lengths


def _paint_overlapping(masks: Sequence[Rle], *, height: int, width: int) -> NDArray[np.int32]:
    painted = np.full((height, width), -1, np.int32)
    for index, mask in enumerate(masks):
        painted[decode(mask)] = index
    return painted
