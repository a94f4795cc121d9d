"""labelme read: a JSON file for each image, with polygons, rectangles, circles and masks.

Shapes of one label and one group are one object. Lines and points have no pixels. The picture that a file may hold
itself is not looked at.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import io
import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import LabelFileError
from acseg_core.formats.json_files import json_files, read_whole
from acseg_core.formats.label_folder import check_unpacked
from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, Geometry, LabelledFiles, Outline, Unused
from acseg_core.types import PixelPatch

_FARTHEST = 1e7
_CIRCLE_CORNERS = 72
_MOST_MASK_PIXELS = 120_000_000
_NO_AREA = frozenset({"line", "linestrip", "point", "points"})


@contextlib.contextmanager
def open_labelme(path: Path) -> Iterator[LabelledFiles]:
    """Read a JSON file of labelme, or all those in a folder and the folders in it.

    Raises:
        LabelFileError: There is none, or one makes no sense; the message names the file.
        StorageError: One cannot be read.
    """
    check_unpacked(path)
    files = [path] if path.is_file() else list(json_files(path))
    root = path.parent if path.is_file() else path
    left_out = Unused()
    listed: dict[Path, str] = {}
    labels: dict[str, FileLabel] = {}
    for file in files:
        content = _content(file)
        if content is None:
            if path.is_file():
                raise LabelFileError(f"{file}: this is not a labelme file, as it has no shapes; choose another file")
            left_out.add("files that are not labelme files", file.relative_to(root).as_posix())
            continue
        listed[file] = _image_name(content, file, root)
        for shape in content["shapes"]:
            if isinstance(shape, dict) and isinstance(shape.get("label"), str):
                labels.setdefault(shape["label"], FileLabel(shape["label"]))
    if not listed:
        raise LabelFileError(f"{path}: there is no labelme file in it; choose the folder with the JSON files")

    def images() -> Iterator[FileImage]:
        for file, name in listed.items():
            content = _content(file)
            if content is not None:
                shapes = list(_shapes(content, file, left_out))
                yield FileImage(name, shapes, _size(content), is_negative=not content["shapes"])

    yield LabelledFiles(tuple(labels.values()), tuple(listed.values()), images, left_out)


def looks_like_labelme(path: Path) -> bool:
    """Whether a file, or one of the first JSON files of a folder, has labelme's shapes."""
    files = [path] if path.is_file() else [file for _, file in zip(range(_TRIED), json_files(path), strict=False)]
    for file in files:
        with contextlib.suppress(Exception):
            if _content(file) is not None:
                return True
    return False


_TRIED = 20


def _content(file: Path) -> dict[str, Any] | None:
    """The content of a file of labelme; None of other JSON."""
    content = read_whole(file, "labelme")
    is_it = isinstance(content, dict) and isinstance(content.get("shapes"), list) and "imagePath" in content
    return content if is_it else None


def _image_name(content: dict[str, Any], file: Path, root: Path) -> str:
    """The image's path below the folder that is read, as the file says where it is from itself."""
    said = content.get("imagePath")
    if not isinstance(said, str) or not said.strip():
        return file.relative_to(root).as_posix()
    said = said.replace("\\", "/")
    folder = file.parent.relative_to(root).as_posix()
    return os.path.normpath(f"{folder}/{said}").replace("\\", "/") if not said.startswith("/") else said


def _size(content: dict[str, Any]) -> tuple[int, int] | None:
    height, width = content.get("imageHeight"), content.get("imageWidth")
    if not isinstance(height, int) or not isinstance(width, int) or min(height, width) <= 0 or height * width >= 2**31:
        return None
    return int(height), int(width)


def _shapes(content: dict[str, Any], file: Path, left_out: Unused) -> Iterator[FileShape]:
    groups: dict[tuple[str, int], list[tuple[NDArray[np.float64], ...]]] = {}
    for number, shape in enumerate(content["shapes"], 1):
        place = f"{file.name}: shape {number}"
        label = shape.get("label") if isinstance(shape, dict) else None
        if not isinstance(label, str) or not label.strip():
            raise LabelFileError(f"{file}: shape {number} has no label; correct it in labelme")
        geometry = _geometry(shape, file, number, left_out, place)
        group = shape.get("group_id")
        if geometry is None:
            continue
        if isinstance(geometry, Outline) and isinstance(group, int) and not isinstance(group, bool):
            groups.setdefault((label, group), []).extend(geometry.parts)
            continue
        yield FileShape(label, geometry, place)
    for (label, group), parts in groups.items():
        yield FileShape(label, Outline(tuple(parts)), f"{file.name}: group {group}")


def _geometry(shape: dict[str, Any], file: Path, number: int, left_out: Unused, place: str) -> Geometry | None:
    kind = shape.get("shape_type") or "polygon"
    points = _points(shape.get("points"), file, number)
    if isinstance(kind, str) and kind in _NO_AREA:
        left_out.add("lines and points, which have no pixels", place)
        return None
    if kind == "mask":
        return _mask(shape.get("mask"), points, file, number)
    if kind == "rectangle" and len(points) == 2:
        (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
        return _outline(np.array([(left, top), (right, top), (right, bottom), (left, bottom)]))
    if kind == "circle" and len(points) == 2:
        radius = float(np.hypot(*(points[1] - points[0])))
        turns = np.linspace(0, 2 * math.pi, _CIRCLE_CORNERS, endpoint=False)
        return _outline(points[0] + radius * np.stack((np.cos(turns), np.sin(turns)), axis=1))
    if kind in ("polygon", "rectangle", "oriented_rectangle") and len(points) >= 3:
        return _outline(points)
    if kind == "polygon":
        left_out.add("with polygons of fewer than three points", place)
    else:
        left_out.add("of an unsupported kind", place)
    return None


def _outline(ring: NDArray[np.float64]) -> Outline:
    return Outline(((ring,),))


def _points(given: Any, file: Path, number: int) -> NDArray[np.float64]:
    try:
        points = np.array(given, np.float64).reshape(-1, 2)
    except (TypeError, ValueError, OverflowError) as error:
        raise LabelFileError(
            f"{file}: shape {number} has points that are not numbers; correct it in labelme"
        ) from error
    if not np.isfinite(points).all() or np.abs(points).max(initial=0) > _FARTHEST:
        raise LabelFileError(f"{file}: shape {number} has a point that cannot lie in an image; correct it in labelme")
    return points


def _mask(given: Any, points: NDArray[np.float64], file: Path, number: int) -> PixelPatch:
    """A PNG of the pixels in the box between two points, both of whose pixels are in it."""
    from PIL import Image

    wrong = LabelFileError(f"{file}: the mask of shape {number} cannot be read; correct it in labelme")
    if not isinstance(given, str) or len(points) != 2:
        raise wrong
    try:
        with Image.open(io.BytesIO(base64.b64decode(given, validate=True)), formats=["PNG"]) as picture:
            if picture.width * picture.height > _MOST_MASK_PIXELS:
                raise wrong
            mask = np.asarray(picture.convert("L")) > 0
    except (binascii.Error, ValueError, OSError, SyntaxError) as error:
        raise wrong from error
    left, top = (round(value) for value in points.min(axis=0))
    right, bottom = (round(value) for value in points.max(axis=0))
    if mask.shape != (bottom - top + 1, right - left + 1):
        raise wrong
    return PixelPatch(left, top, mask)
