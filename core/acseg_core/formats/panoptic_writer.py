"""COCO panoptic: a JSON file, and beside it a folder of PNG files whose colours are the numbers of the segments.

A segment's number is red + 256 * green + 65536 * blue; they count from 1 in each image. 0 is what is void and what has
no name: the format has one number for both. Shapes of a thing are a segment each, and stuff is one for each label and
image, as COCO's own rules want it. ``segments_info`` has every segment, with the box and area of its pixels, and
``iscrowd`` 0. Images have their entry, annotation and PNG file also if nothing is in them; what people remarked is in
the extra keys that `coco_writer` has. Image files, if they come along, are in "images".
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import ExportError
from acseg_core.formats.coco_writer import category_keys, image_keys
from acseg_core.formats.dataset import Category, Dataset, ExportedImage
from acseg_core.formats.file_names import stem_of
from acseg_core.formats.painted_maps import paint, save_colors
from acseg_core.output.folders import OutputFolder
from acseg_core.shapes import masks
from acseg_core.types import Rle
from acseg_core.version import __version__

_MOST = 256**3 - 1
_SPOOL_BYTES = 16 * 1024**2


def write_panoptic(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write a folder of COCO panoptic: ``annotations/panoptic_train.json`` and so on, or ``panoptic.json``."""
    for split in dataset.splits:
        yield from _write_split(dataset, folder, split)


def _write_split(dataset: Dataset, folder: OutputFolder, split: str | None) -> Iterator[ExportedImage]:
    start = "panoptic" if split is None else f"annotations/panoptic_{split}"
    head = {"description": dataset.title, "version": __version__, "contributor": "ACSeg Desktop"}
    with folder.open(f"{start}.json") as file, tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as image_lines:
        file.write(b'{"info": ' + _line(head) + b',\n"licenses": [],\n"categories": [')
        file.write(b",".join(b"\n" + _line(_category(category)) for category in dataset.categories))
        file.write(b'],\n"annotations": [')
        between = b"\n"
        for image in dataset.images(split):
            file.write(between + _line(_write_image(folder, start, image)))
            image_lines.write(between + _line(image_keys(image)))
            between = b",\n"
            yield image
        file.write(b'],\n"images": [')
        image_lines.seek(0)
        for chunk in image_lines:
            file.write(chunk)
        file.write(b"]}\n")


def _category(category: Category) -> dict[str, Any]:
    """An entry of ``categories``; regions without a name are things, as each is a segment."""
    keys = category_keys(category)
    return keys | {"isthing": keys.get("isthing", 1), "color": list(bytes.fromhex(category.color[1:]))}


def _write_image(folder: OutputFolder, start: str, image: ExportedImage) -> dict[str, Any]:
    """Write the PNG file of an image; returns its entry of ``annotations``."""
    name = f"{stem_of(image.name)}.png"
    numbers = _segment_numbers(image)
    save_colors(folder, f"{start}/{name}", _colors(paint(image, numbers)))
    found: dict[int, tuple[Category, list[Rle]]] = {}
    for number, shape in zip(numbers, image.shapes, strict=True):
        found.setdefault(number, (shape.category, []))[1].append(shape.mask)
    segments = [_segment(number, category, parts) for number, (category, parts) in found.items()]
    return {"image_id": image.record.id, "file_name": name, "segments_info": segments}


def _segment_numbers(image: ExportedImage) -> list[int]:
    """The number of each shape's segment: those of stuff share one."""
    stuff: dict[int, int] = {}
    numbers: list[int] = []
    last = 0
    for shape in image.shapes:
        category = shape.category
        number = stuff.get(category.number) if category.is_thing is False else None
        if number is None:
            last = number = last + 1
            if category.is_thing is False:
                stuff[category.number] = number
        numbers.append(number)
    if last > _MOST:
        raise ExportError(
            f"{image.record.path}: this has {last} segments, and COCO panoptic has room for {_MOST}; "
            "export regions, not their parts"
        )
    return numbers


def _segment(number: int, category: Category, parts: list[Rle]) -> dict[str, Any]:
    mask = parts[0] if len(parts) == 1 else masks.union(parts)
    return {
        "id": number,
        "category_id": category.id,
        "area": masks.area(mask),
        "bbox": [int(value) for value in masks.bounding_box(mask)],
        "iscrowd": 0,
    }


def _colors(numbers: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """(H, W, 3) red, green and blue of (H, W) numbers of segments."""
    colors = np.empty((*numbers.shape, 3), np.uint8)
    for channel in range(3):
        colors[..., channel] = numbers >> np.uint32(8 * channel) & np.uint32(255)
    return colors


def _line(value: dict[str, Any]) -> bytes:
    """One line of JSON; plain ASCII, as `coco_writer` writes it."""
    return json.dumps(value).encode("ascii")
