"""The shapes of one annotation of Label Studio: polygons, brush masks, rectangles and ellipses.

Coordinates are in percent of the picture as it is stored after its EXIF orientation. `image_rotation` says how it was
turned on the screen while somebody worked, which moves no coordinate. A rectangle is turned around its first corner,
an ellipse around its middle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import LabelFileError
from acseg_core.formats.label_studio_brush import brush_mask
from acseg_core.formats.labelled import FileShape, Geometry, Outline, Unused
from acseg_core.formats.rings import FARTHEST, ellipse, rectangle, ring_of, turned_ring

_LABELLED = ("polygonlabels", "brushlabels", "rectanglelabels", "ellipselabels", "labels")
"""Kinds of results that are a shape with its labels."""

_UNLABELLED = ("polygon", "brush", "rectangle", "ellipse")
"""Kinds that are a shape alone; its label is in another result with the same id, which has the shape once more."""

_NO_PIXELS = ("keypoint", "keypointlabels", "vector", "vectorlabels")
_NOT_READ = ("bitmask", "bitmasklabels", "magicwand")
_MOST_PIXELS = 2**31 - 1


class WrongResultError(Exception):
    """A result makes no sense; the text says why, without the place."""


def labels_of(result: Any) -> list[str]:
    """The labels of a shape; none of what is no labelled shape."""
    kind, value = _kind_and_value(result)
    if kind not in _LABELLED:
        return []
    given = value.get(kind)
    if not isinstance(given, list):
        return []
    return [label for label in given if isinstance(label, str) and label.strip()]


def size_of(result: Any) -> tuple[int, int] | None:
    """(height, width) of the picture that a result is of; None where it does not say."""
    if not isinstance(result, dict):
        return None
    height, width = (result.get(key) for key in ("original_height", "original_width"))
    if not (_is_number(height) and _is_number(width) and 0 < height < 2**31 and 0 < width < 2**31):
        return None
    size = int(height), int(width)
    return size if size == (height, width) and size[0] * size[1] <= _MOST_PIXELS else None


def shapes_of(results: list[Any], place: str, wrong: str, left_out: Unused) -> Iterator[FileShape]:
    """The shapes of an annotation, in its order.

    Args:
        results: What it says.
        place: Where it stands, for the report.
        wrong: The same with the file, for errors.
        left_out: Gets what cannot be used.

    Raises:
        LabelFileError: One makes no sense.
    """
    with_label = {str(result.get("id")) for result in results if labels_of(result)}
    for number, result in enumerate(results, 1):
        here = f"{place}, result {number}"
        kind, value = _kind_and_value(result)
        names = labels_of(result)
        if not names:
            if kind in _UNLABELLED and str(result.get("id")) in with_label:
                continue
            left_out.add(_reason(kind), here)
            continue
        if len(names) > 1:
            left_out.add("with several labels, of which the first one counts", here)
        try:
            geometry = _geometry(value, size_of(result), here, left_out)
        except WrongResultError as error:
            raise LabelFileError(f"{wrong}, result {number} {error}; export it again") from error
        if geometry is not None:
            yield FileShape(names[0], geometry, here)


def _reason(kind: str) -> str:
    if kind in (*_LABELLED, *_UNLABELLED):
        return "shapes without a label"
    if kind in _NO_PIXELS:
        return "lines and points, which have no pixels"
    return "masks of a kind that is not read" if kind in _NOT_READ else "answers that are no shapes"


def _kind_and_value(result: Any) -> tuple[str, Mapping[str, Any]]:
    """What kind of a result it is, in lower case, and its value; nothing of what is no result."""
    kind = result.get("type") if isinstance(result, dict) else None
    value = result.get("value") if isinstance(result, dict) else None
    if not isinstance(kind, str) or not isinstance(value, dict):
        return "", {}
    return kind.lower(), value


def _geometry(value: Mapping[str, Any], size: tuple[int, int] | None, place: str, left_out: Unused) -> Geometry | None:
    if "rle" in value:
        return _brush(value["rle"], size)
    if "points" in value:
        return _polygon(value, place, left_out)
    x, y, turn = (_number(value, key) for key in ("x", "y", "rotation"))
    if turn % 360 and size is None:
        left_out.add("turned shapes in images whose size is not known", place)
        return None
    if "radiusX" in value:
        radius_x, radius_y = (_number(value, key) for key in ("radiusX", "radiusY"))
        return _turned(ellipse(x, y, radius_x=radius_x, radius_y=radius_y), turn, x, y, size)
    if "width" in value:
        left_out.add("that are only boxes, taken as rectangles", place)
        box = rectangle(x, y, x + _number(value, "width"), y + _number(value, "height"))
        return _turned(box, turn, x, y, size)
    left_out.add("of a kind that is not read", place)
    return None


def _brush(given: Any, size: tuple[int, int] | None) -> Geometry:
    try:
        packed = bytes(given) if isinstance(given, list) else b""
    except (TypeError, ValueError):
        packed = b""
    if not size or not packed:
        raise WrongResultError("has a brush mask that cannot be read, or no size of its picture")
    mask = brush_mask(packed, height=size[0], width=size[1])
    if mask is None:
        raise WrongResultError(f"has a brush mask that is damaged, or not of {size[1]} x {size[0]} pixels")
    return mask


def _polygon(value: Mapping[str, Any], place: str, left_out: Unused) -> Outline | None:
    points = value["points"]
    ring = ring_of(points) if isinstance(points, list) else None
    if ring is None:
        raise WrongResultError("has a point that is not a position in an image")
    if len(ring) < 3:
        left_out.add("with polygons of less than three points", place)
        return None
    return _in_shares(ring)


def _turned(ring: NDArray[np.float64], degrees: float, x: float, y: float, size: tuple[int, int] | None) -> Outline:
    """A ring in percent, turned as it is seen: in pixels, as percents of height and width are not of one length."""
    if size is None or not degrees % 360:
        return _in_shares(ring)
    scale = np.array([size[1], size[0]], np.float64) / 100
    return _in_shares(turned_ring(ring * scale, degrees, x=x * scale[0], y=y * scale[1]) / scale)


def _in_shares(ring: NDArray[np.float64]) -> Outline:
    return Outline(((ring / 100,),), in_shares=True)


def _number(value: Mapping[str, Any], key: str) -> float:
    """A number; 0 where it is not there."""
    given = value.get(key, 0)
    if not _is_number(given) or not abs(given) <= FARTHEST:
        raise WrongResultError(f'has a "{key}" that is not a position in an image')
    return float(given)


def _is_number(value: Any) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
