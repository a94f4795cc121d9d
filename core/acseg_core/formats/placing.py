"""Shapes of files as masks of the project's images: sizes, turned photos, and which shape is on top.

A file may have been made for the photo as it is displayed, or as it is stored, before its EXIF orientation; which of
the two follows from the size it states. Outlines made for the same picture in another size are scaled; masks are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from acseg_core.formats.labelled import FileImage, FileShape, Geometry, Outline
from acseg_core.images.photos import turned
from acseg_core.shapes import masks
from acseg_core.shapes.filling import fill
from acseg_core.shapes.run_lengths import is_empty, patch_rle
from acseg_core.types import ImageInfo, Rle

_SAME_ASPECT = 0.01
"""Share by which width over height may differ in a picture that was only made smaller or larger."""


class Overlaps(StrEnum):
    """Which shape has the pixels that several have."""

    LATER = "later"
    """The one that comes later in the file."""
    SMALLER = "smaller"
    """The one that has fewer pixels."""


class SizeMismatchError(Exception):
    """An image of a file has another size than the one it would be for; the text says both sizes."""


def masks_of(image: FileImage, info: ImageInfo) -> list[Rle]:
    """The shapes of an image of a file as masks of the photo as displayed; they may overlap or be empty.

    Raises:
        SizeMismatchError: The file was made for a picture of another size.
    """
    size = image.size or (info.height, info.width)
    if size == (info.height, info.width):
        return [mask_of(shape.geometry, size) for shape in image.shapes]
    if size == (info.stored_height, info.stored_width):
        return [_turned(mask_of(shape.geometry, size), info.orientation) for shape in image.shapes]
    scaled = [_scaled(shape, size, info) for shape in image.shapes]
    return [mask_of(geometry, (info.height, info.width)) for geometry in scaled]


def check_sizes(image: FileImage, info: ImageInfo) -> None:
    """Find out whether `masks_of` would refuse an image, without making a mask.

    Raises:
        SizeMismatchError: The file was made for a picture of another size.
    """
    size = image.size or (info.height, info.width)
    is_same = size in ((info.height, info.width), (info.stored_height, info.stored_width))
    for shape in image.shapes:
        if not is_same:
            _scaled(shape, size, info)
        elif isinstance(shape.geometry, Rle):
            _check_mask(shape.geometry, size)


def without_overlaps(shapes: Sequence[Rle], overlaps: Overlaps) -> list[Rle]:
    """Leave every pixel to one shape; those that get none are empty.

    Returns:
        Masks in the order of ``shapes``.
    """
    if len(shapes) < 2 or masks.area(masks.union(shapes)) == sum(map(masks.area, shapes)):
        return list(shapes)
    order = list(range(len(shapes)))
    if overlaps is Overlaps.SMALLER:
        order.sort(key=lambda number: -masks.area(shapes[number]))
    height, width = shapes[0].height, shapes[0].width
    painted = masks.paint_label_map([shapes[number] for number in order], height=height, width=width)
    kept = masks.encode_label_map(painted)
    shown = {number: kept[place] for place, number in enumerate(order) if place in kept}
    return [shown.get(number) or masks.empty(height=height, width=width) for number in range(len(shapes))]


def covered(shapes: Sequence[Rle], kept: Sequence[Rle]) -> int:
    """How many shapes lie wholly under others.

    Args:
        shapes: Masks of the shapes.
        kept: What `without_overlaps` left of each.
    """
    return sum(is_empty(mask) and not is_empty(shape) for shape, mask in zip(shapes, kept, strict=True))


def mask_of(geometry: Geometry, size: tuple[int, int]) -> Rle:
    """A shape as a mask of an image of that size, (height, width).

    Raises:
        SizeMismatchError: It is a mask of another size.
    """
    height, width = size
    if isinstance(geometry, Rle):
        _check_mask(geometry, size)
        return geometry
    if isinstance(geometry, Outline):
        scale = np.array([width, height], np.float64) if geometry.in_shares else np.ones(2)
        scaled = [[ring * scale for ring in part] for part in geometry.parts]
        if geometry.as_coco and scaled:
            return masks.fill_as_coco([ring for part in scaled for ring in part], height=height, width=width)
        parts = [fill(part, height=height, width=width) for part in scaled]
        return parts[0] if len(parts) == 1 else masks.union(parts or [masks.empty(height=height, width=width)])
    return patch_rle(geometry, height=height, width=width) or masks.empty(height=height, width=width)


def _check_mask(mask: Rle, size: tuple[int, int]) -> None:
    height, width = size
    if (mask.height, mask.width) != size:
        raise SizeMismatchError(f"a mask of {mask.width} x {mask.height} pixels in {width} x {height}")


def _turned(mask: Rle, orientation: int) -> Rle:
    upright: NDArray[np.uint8] = turned(masks.decode(mask).view(np.uint8), orientation)
    return masks.encode(upright)


def _scaled(shape: FileShape, size: tuple[int, int], info: ImageInfo) -> Outline:
    height, width = size
    geometry = shape.geometry
    is_outline = isinstance(geometry, Outline) and height and width
    if not is_outline or abs(width / height / (info.width / info.height) - 1) > _SAME_ASPECT:
        raise SizeMismatchError(f"made for {width} x {height} pixels, but the photo has {info.width} x {info.height}")
    assert isinstance(geometry, Outline)
    if geometry.in_shares:
        return geometry
    scale = np.array([info.width / width, info.height / height])
    return replace(geometry, parts=tuple(tuple(ring * scale for ring in part) for part in geometry.parts))
