"""Label maps: one PNG file for each photo, whose pixels are numbers of labels, and what those mean beside it.

0 is whatever has no name, 1, 2 and so on are the labels in the order of their ids, and the highest number, 255, is what
is to be ignored. Up to 254 labels are saved in 8 bits with a palette of their colours; for more, every map has 16 bits,
65535 is ignored and there is no palette. `classes.json` has the labels (`class_list`), `images.jsonl` the images
(`image_index`).

If image files come along, "images" and "masks" are filled side by side, in a folder for each split, with the
`metadata.jsonl` from which `load_dataset("imagefolder", data_dir=...)` of Hugging Face makes columns "image" and
"mask". Things of one label that touch are one area: a map of labels does not tell them apart.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from acseg_core.errors import ExportError
from acseg_core.formats.class_list import write_classes
from acseg_core.formats.dataset import Dataset, ExportedImage
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.image_index import INDEX_FILE, add_to_index
from acseg_core.formats.painted_maps import Palette, paint, palette_of, save_deep_numbers, save_numbers
from acseg_core.output.folders import OutputFolder

METADATA_FILE = "metadata.jsonl"
_IGNORED, _IGNORED_DEEP = 255, 65535


def write_label_maps(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write a folder of label maps.

    Raises:
        ExportError: There are more labels than 16 bits have numbers.
    """
    count = len(dataset.categories)
    if count >= _IGNORED_DEEP:
        raise ExportError(f"label maps have room for {_IGNORED_DEEP - 1} labels, and there are {count}; write COCO")
    ignored = _IGNORED if count < _IGNORED else _IGNORED_DEEP
    palette = _palette(dataset) if ignored == _IGNORED else None
    write_classes(dataset, folder, {each.number: each.number + 1 for each in dataset.categories}, ignored)
    with folder.open(INDEX_FILE) as index:
        for split in dataset.splits:
            with _metadata(dataset, folder, split) as metadata:
                for image in dataset.images(split):
                    numbers = paint(image, [shape.category.number + 1 for shape in image.shapes], ignored)
                    name = map_name(image)
                    if palette is None:
                        save_deep_numbers(folder, name, numbers)
                    else:
                        save_numbers(folder, name, numbers, palette)
                    add_to_index(index, image, name)
                    if metadata is not None:
                        metadata.write(_metadata_line(image))
                    yield image


def image_name(image: ExportedImage) -> str:
    """Where in the folder the file of an image is."""
    return "/".join(filter(None, (image.split, "images", image.name)))


def map_name(image: ExportedImage) -> str:
    """Where in the folder the map of an image is."""
    return "/".join(filter(None, (image.split, "masks", str(PurePosixPath(image.name).with_suffix(".png")))))


def _palette(dataset: Dataset) -> Palette:
    colors = {each.number + 1: each.color for each in dataset.categories}
    if dataset.void_labels:
        colors[_IGNORED] = dataset.void_labels[0].color
    return palette_of(colors)


@contextlib.contextmanager
def _metadata(dataset: Dataset, folder: OutputFolder, split: str | None) -> Iterator[IO[bytes] | None]:
    """The file for Hugging Face; none without images, nor for a split that has none, as an empty one is not read."""
    if dataset.settings.image_files is ImageFiles.NONE or not dataset.ids(split):
        yield None
        return
    with folder.open("/".join(filter(None, (split, METADATA_FILE)))) as file:
        yield file


def _metadata_line(image: ExportedImage) -> bytes:
    """Names relative to the file; every line has the same keys, as its reader makes columns of them."""
    start = 0 if image.split is None else len(image.split) + 1
    line = {"file_name": image_name(image)[start:], "mask_file_name": map_name(image)[start:]}
    return json.dumps(line).encode("ascii") + b"\n"
