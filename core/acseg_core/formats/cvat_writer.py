"""CVAT for images 1.1: one XML file with labels, their colours, and each image with its shapes.

Shapes are masks, which are run lengths along the rows of a box, the first of pixels outside; or polygons, those of
several parts one for each, held together by their group. CVAT has all images of a task in the file, looked at or not,
so that an image without shapes says nothing. It is written as it goes, so that memory stays flat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import IO
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from acseg_core.errors import ExportError, quoted
from acseg_core.formats.dataset import Dataset, ExportedImage, ExportedShape
from acseg_core.formats.layers import is_background
from acseg_core.output.folders import OutputFolder
from acseg_core.shapes.masks import bounding_box
from acseg_core.shapes.run_lengths import decode_box
from acseg_core.types import Rle

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_cvat(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write a folder with `annotations.xml`, as CVAT exports it."""
    with folder.open("annotations.xml") as file:
        yield from write_cvat_file(dataset, file)


def write_cvat_file(dataset: Dataset, file: IO[bytes]) -> Iterator[ExportedImage]:
    """Write the XML file; yields each image when it is written.

    Raises:
        ExportError: A name has a character that XML cannot hold.
    """
    for line in _head(dataset):
        file.write(line.encode())
    for number, image in enumerate(dataset.images()):
        for line in _image(dataset, image, number):
            file.write(line.encode())
        yield image
    file.write(b"</annotations>\n")


def _head(dataset: Dataset) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n<meta>\n<task>\n'
    yield f"<name>{escape(_NO_XML.sub('?', dataset.title))}</name>\n"
    yield f"<size>{len(dataset.ids())}</size>\n<mode>annotation</mode>\n<labels>\n"
    for category in dataset.categories:
        if is_background(category.name):
            dataset.notes.add("labels that CVAT takes for holes in others", category.name)
        name = escape(_writable(category.name, f'the label "{quoted(category.name)}"'))
        yield f"<label><name>{name}</name><color>{category.color}</color><type>any</type><attributes/></label>\n"
    yield "</labels>\n</task>\n</meta>\n"


def _image(dataset: Dataset, image: ExportedImage, number: int) -> Iterator[str]:
    height, width = image.size
    name = _writable(image.name, f'the image "{quoted(image.name)}"')
    subset = {} if image.split is None else {"subset": image.split}
    yield _tag("image", {"id": str(number), "name": name, **subset, "width": str(width), "height": str(height)})
    groups = 0
    for shape in image.shapes:
        common = {"label": shape.category.name, "source": "manual", "occluded": "0"}
        if not dataset.shapes.options.polygons:
            yield _tag("mask", {**common, **_mask(shape.mask), "z_order": "0"}, closed=True)
            continue
        rings = _rings(dataset, image, shape)
        groups += len(rings) > 1
        group = {"group_id": str(groups)} if len(rings) > 1 else {}
        for points in rings:
            yield _tag("polygon", {**common, "points": points, "z_order": "0", **group}, closed=True)
    yield "</image>\n"


def _rings(dataset: Dataset, image: ExportedImage, shape: ExportedShape) -> list[str]:
    found = dataset.shapes.polygons(shape.mask, region_id=shape.region.id, path=image.record.path)
    return [";".join(f"{x},{y}" for x, y in zip(ring[::2], ring[1::2], strict=True)) for ring in found.rings]


def _mask(mask: Rle) -> Mapping[str, str]:
    left, top, width, height = (int(value) for value in bounding_box(mask))
    inside = decode_box(mask, (left, top, width, height)).ravel()
    ends = np.append(np.flatnonzero(inside[1:] != inside[:-1]) + 1, inside.size)
    runs = np.diff(ends, prepend=0).tolist()
    if inside[0]:
        runs.insert(0, 0)
    box = {"left": str(left), "top": str(top), "width": str(width), "height": str(height)}
    return {"rle": ", ".join(map(str, runs)), **box}


def _tag(name: str, attributes: Mapping[str, str], *, closed: bool = False) -> str:
    said = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name} {said}{'/' if closed else ''}>\n"


def _writable(text: str, what: str) -> str:
    if _NO_XML.search(text):
        raise ExportError(f"{what} has a character that XML cannot hold; rename it, or choose another format")
    return text
