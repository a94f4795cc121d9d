"""ADE20K as its scene parsing challenge has it: a map of numbers for each photo, and a table of the classes.

0 is what is void and what has no name; classes count from 1 in the order of their ids, with no more than 254 of them:
trainers take 1 away from every number, and 255 means nothing to them then. `objectInfo150.txt` has the columns of the
challenge's own table, with this data set's numbers. Photos are in "images", maps in "annotations", in "training" and
"validation" of each; a data set that is not split is for training. `classes.json` and `images.jsonl` say the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from acseg_core.formats.class_list import write_classes
from acseg_core.formats.dataset import Dataset, ExportedImage
from acseg_core.formats.file_names import stem_of
from acseg_core.formats.image_index import INDEX_FILE, add_to_index
from acseg_core.formats.painted_maps import paint, palette_of, save_numbers
from acseg_core.output.folders import OutputFolder

MOST_CLASSES = 254
INFO_FILE = "objectInfo150.txt"
_FOLDERS = {None: "training", "train": "training", "val": "validation"}
"""What the folders of splits are called, where that is not their name."""


def write_ade20k(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write a folder of ADE20K."""
    count = len(dataset.categories)
    write_classes(dataset, folder, {each.number: each.number + 1 for each in dataset.categories})
    palette = palette_of({each.number + 1: each.color for each in dataset.categories})
    pixels = np.zeros(count + 1, np.int64)
    images: dict[str, NDArray[np.int64]] = {}
    with folder.open(INDEX_FILE) as index:
        for image in dataset.images():
            numbers = paint(image, [shape.category.number + 1 for shape in image.shapes])
            name = f"annotations/{_place(image)}.png"
            save_numbers(folder, name, numbers, palette)
            add_to_index(index, image, name)
            found = np.bincount(numbers.ravel(), minlength=count + 1)
            pixels += found
            images.setdefault(_folder(image), np.zeros(count + 1, np.int64))[:] += found > 0
            yield image
    with folder.open(INFO_FILE) as file:
        file.write(_info(dataset, pixels, images).encode())


def image_name(image: ExportedImage) -> str:
    """Where in the folder the file of an image is."""
    ending = image.name[len(stem_of(image.name)) :]
    return f"images/{_place(image)}{ending}"


def _place(image: ExportedImage) -> str:
    return f"{_folder(image)}/{stem_of(image.name)}"


def _folder(image: ExportedImage) -> str:
    return _FOLDERS.get(image.split, image.split or "")


def _info(dataset: Dataset, pixels: NDArray[np.int64], images: dict[str, NDArray[np.int64]]) -> str:
    """The table: number, share of the pixels, images of training and validation that have it, stuff or not, name."""
    none = np.zeros_like(pixels)
    training, validation = (images.get(name, none) for name in ("training", "validation"))
    total = max(int(pixels.sum()), 1)
    lines = ["Idx\tRatio\tTrain\tVal\tStuff\tName"]
    for category in dataset.in_order:
        number = category.number + 1
        share = f"{pixels[number] / total:.4f}"
        stuff = int(category.is_thing is False)
        lines.append(f"{number}\t{share}\t{training[number]}\t{validation[number]}\t{stuff}\t{category.name}")
    return "".join(f"{line}\n" for line in lines)
