"""CVAT for images 1.1 read: polygons, masks, boxes and ellipses out of `annotations.xml`, however large it is.

Shapes lie on each other by their `z_order`; those of one group and one label are one object; a label "background" cuts
holes, as CVAT's manual has people do. All images of a task are in the file, also those that nobody has looked at, so an
image without shapes is not labelled yet. CVAT's form for videos is another one, and is refused.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import LabelFileError, quoted
from acseg_core.formats.label_colors import read_color
from acseg_core.formats.labelled import FileImage, FileLabel, Geometry, LabelledFiles, Outline, Unused
from acseg_core.formats.layers import Layer, is_background, objects_of
from acseg_core.formats.rings import FARTHEST, ellipse, rectangle, ring_of, turned_ring
from acseg_core.formats.xml_stream import Element, elements, first_tags
from acseg_core.shapes import masks
from acseg_core.shapes.run_lengths import patch_rle
from acseg_core.types import MAX_PIXELS, PixelPatch

_FILE = "annotations.xml"
_MOST_PIXELS = 2**31 - 1
_NUMBER_CHARACTERS = 40
_NO_PIXELS = {
    "polyline": "lines and points, which have no pixels",
    "points": "lines and points, which have no pixels",
    "skeleton": "skeletons, which have no pixels",
    "tag": "tags of whole images",
    "cuboid": "cuboids, which are not read",
}


@contextlib.contextmanager
def open_cvat(path: Path) -> Iterator[LabelledFiles]:
    """Read an export of CVAT: its `annotations.xml`, or the folder with it.

    Raises:
        LabelFileError: It is none, or damaged; the message names the line.
        StorageError: It cannot be read.
    """
    file = path / _FILE if path.is_dir() else path
    if path.is_dir() and not file.is_file():
        raise LabelFileError(f"{path}: there is no {_FILE} in it; choose the folder that CVAT exported")
    yield _Reading(file).files()


def looks_like_cvat(path: Path) -> bool:
    """Whether it is an export of CVAT, or a folder with one, judged by the first tags."""
    tags = first_tags(path / _FILE if path.is_dir() else path)
    return len(tags) == 2 and tags[0] == "annotations" and tags[1] in ("version", "meta", "image", "track")


class _Reading:
    """One file that is being read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._left_out = Unused()
        self._labels: dict[str, FileLabel] = {}
        self._names: dict[str, None] = {}
        tracks = 0
        if first_tags(path, 1) not in ((), ("annotations",)):
            raise LabelFileError(f"{path}: this is not an export of CVAT; choose the {_FILE} of CVAT for images 1.1")
        for element in elements(path, ("label", "image", "track")):
            if element.tag == "label":
                self._add_label(element)
            elif element.tag == "image":
                self._add_image(element)
            else:
                tracks += 1
                self._left_out.add("tracks of videos, which are not read", f"line {element.line}")
        if not self._names:
            what = "this is CVAT's form for videos" if tracks else "there is no image in it"
            raise LabelFileError(f'{path}: {what}; export it again as "CVAT for images 1.1"')

    def files(self) -> LabelledFiles:
        return LabelledFiles(tuple(self._labels.values()), tuple(self._names), self._images, self._left_out)

    def _add_label(self, element: Element) -> None:
        """Take a label of the description; parts of skeletons are none."""
        name = element.child_text("name")
        if name and not element.child_text("parent") and not is_background(name):
            self._labels[name] = FileLabel(name, color=read_color(element.child_text("color")))

    def _add_image(self, element: Element) -> None:
        name = self._name(element)
        if name in self._names:
            self._left_out.add("images that come twice, of which the first one counts", f"line {element.line}")
            return
        self._names[name] = None
        for shape in element.children:
            label = shape.attributes.get("label", "").strip()
            if label and shape.tag not in _NO_PIXELS and not is_background(label):
                self._labels.setdefault(label, FileLabel(label))

    def _images(self) -> Iterator[FileImage]:
        read = set()
        for element in elements(self._path, ("image",)):
            name = self._name(element)
            if name not in read:
                read.add(name)
                size = self._size(element)
                yield FileImage(name, objects_of(self._layers(element, size), size, self._left_out), size)

    def _name(self, element: Element) -> str:
        name = element.attributes.get("name", "").strip()
        if not name:
            raise self._wrong(element, "this image has no name")
        return name.replace("\\", "/")

    def _size(self, element: Element) -> tuple[int, int] | None:
        height, width = (element.attributes.get(key, "").strip() for key in ("height", "width"))
        if not all(text.isdecimal() and len(text) < 10 for text in (height, width)):
            return None
        return (int(height), int(width)) if 0 < int(height) * int(width) <= _MOST_PIXELS else None

    def _layers(self, image: Element, size: tuple[int, int] | None) -> Iterator[Layer]:
        for shape in image.children:
            place = f"line {shape.line}"
            if shape.tag in _NO_PIXELS:
                self._left_out.add(_NO_PIXELS[shape.tag], place)
                continue
            geometry = self._geometry(shape, size)
            if geometry is None:
                continue
            label = shape.attributes.get("label", "").strip()
            if not label:
                raise self._wrong(shape, f"this {quoted(shape.tag)} has no label")
            group = shape.attributes.get("group_id", "0").strip()
            depth = self._number(shape, "z_order", 0)
            yield Layer(label, geometry, place, None if group in ("", "0") else group, depth)

    def _geometry(self, shape: Element, size: tuple[int, int] | None) -> Geometry | None:
        if shape.tag == "mask":
            return self._mask(shape, size)
        if shape.tag == "box":
            left, top, right, bottom = (self._number(shape, key) for key in ("xtl", "ytl", "xbr", "ybr"))
            self._left_out.add("that are only boxes, taken as rectangles", f"line {shape.line}")
            ring = rectangle(left, top, right, bottom)
            return self._turned(shape, ring, (left + right) / 2, (top + bottom) / 2)
        if shape.tag == "ellipse":
            x, y, radius_x, radius_y = (self._number(shape, key) for key in ("cx", "cy", "rx", "ry"))
            return self._turned(shape, ellipse(x, y, radius_x=radius_x, radius_y=radius_y), x, y)
        if shape.tag == "polygon":
            return self._polygon(shape)
        self._left_out.add("of a kind that is not read", f"line {shape.line}")
        return None

    def _turned(self, shape: Element, ring: NDArray[np.float64], x: float, y: float) -> Outline:
        """A ring turned clockwise around its middle, as CVAT says it."""
        return Outline(((turned_ring(ring, self._number(shape, "rotation", 0), x=x, y=y),),))

    def _polygon(self, shape: Element) -> Outline | None:
        pairs = [pair.split(",") for pair in shape.attributes.get("points", "").split(";") if pair.strip()]
        ring = ring_of(pairs)
        if ring is None:
            raise self._wrong(shape, "this polygon has a point that is not a position in an image")
        if len(ring) < 3:
            self._left_out.add("with polygons of less than three points", f"line {shape.line}")
            return None
        return Outline(((ring,),))

    def _mask(self, shape: Element, size: tuple[int, int] | None) -> Geometry | None:
        """Runs along the rows of a box, one outside first."""
        left, top, width, height = (self._whole(shape, key) for key in ("left", "top", "width", "height"))
        if size is None or size[0] * size[1] > MAX_PIXELS:
            self._left_out.add("masks in images whose size is not known, or too large", f"line {shape.line}")
            return None
        if not (0 < height <= size[0] and 0 < width <= size[1]):
            raise self._wrong(shape, "this mask is larger than its image")
        runs = _run_lengths(shape.attributes.get("rle", ""))
        if runs is None or runs.sum() != height * width:
            raise self._wrong(shape, f"this mask has run lengths that do not add up to {height} x {width} pixels")
        inside = np.repeat(np.arange(len(runs)) % 2 == 1, runs).reshape(height, width)
        mask = patch_rle(PixelPatch(left, top, inside), height=size[0], width=size[1])
        return mask or masks.empty(height=size[0], width=size[1])

    def _number(self, shape: Element, key: str, otherwise: float | None = None) -> float:
        text = shape.attributes.get(key)
        if text is None and otherwise is not None:
            return otherwise
        with contextlib.suppress(ValueError):
            value = float(text) if text and len(text) <= _NUMBER_CHARACTERS else math.nan
            if abs(value) <= FARTHEST:
                return value
        raise self._wrong(shape, f'this {quoted(shape.tag)} has a "{key}" that is not a position in an image')

    def _whole(self, shape: Element, key: str) -> int:
        value = self._number(shape, key)
        if not value.is_integer():
            raise self._wrong(shape, f'this mask has a "{key}" that is no whole number')
        return int(value)

    def _wrong(self, element: Element, what: str) -> LabelFileError:
        return LabelFileError(f"{self._path}:{element.line}: {what}; export it again")


def _run_lengths(text: str) -> NDArray[np.int64] | None:
    """The numbers of a list with commas; None where it is none."""
    digits = text.encode("ascii", "replace").translate(None, b" \t\r\n")
    if digits.translate(None, b"0123456789,") or b",," in digits or digits[:1] in (b"", b",") or digits[-1:] == b",":
        return None
    runs = np.fromstring(digits.decode(), np.int64, sep=",")
    return runs if runs.max() <= _MOST_PIXELS else None
