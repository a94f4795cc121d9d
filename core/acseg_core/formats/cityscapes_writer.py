"""Cityscapes: maps of classes and instances by split and city, and the photos as PNG files beside them.

A label with the name of one of Cityscapes' classes has the number of that; the others count on from 34 in the order of
their ids, up to 64: the map of instances has class * 1000 + instance in 16 bits, for every shape of a thing. Stuff has
the number of its class alone, and so do the things of an image after the first thousand of their class, which is how
Cityscapes writes a group that nobody told apart. 0 is what is void and what has no name.

`classes.json` has all labels and `images.jsonl` all images, since neither Cityscapes' names nor the names of its files
say them. The city of a photo is its folder; folders inside of others are joined by "+", as readers look for cities
right below a split. Whoever trains by train ids finds those of Cityscapes, and other labels from 19 on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import numpy as np

from acseg_core.formats.cityscapes_reader import CITYSCAPES_CLASSES
from acseg_core.formats.class_list import write_classes
from acseg_core.formats.dataset import Dataset, ExportedImage
from acseg_core.formats.file_names import stem_of
from acseg_core.formats.image_index import INDEX_FILE, add_to_index
from acseg_core.formats.painted_maps import paint, palette_of, save_colors, save_deep_numbers, save_numbers
from acseg_core.output.folders import OutputFolder

OWN_NAMES = frozenset(each.name for each in CITYSCAPES_CLASSES[1:])
"""Names that have a number already; case makes no difference."""
MOST_OTHERS = 64 - len(CITYSCAPES_CLASSES) + 1
"""Labels that have none."""

_PER_CLASS = 1000
_WHOLE = "train"
"""The split of a data set that is not split."""
_NO_CITY = "images"
"""The city of photos that are in no folder."""
_PHOTO = "_leftImg8bit"
_NOT_TRAINED = 255


def write_cityscapes(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write a folder of Cityscapes."""
    numbers = class_numbers(dataset)
    write_classes(dataset, folder, numbers)
    palette = palette_of({numbers[each.number]: each.color for each in dataset.categories})
    trained = _train_ids(numbers)
    with folder.open(INDEX_FILE) as index:
        for image in dataset.images():
            start = f"gtFine/{_place(image)}_gtFine"
            classes = paint(image, [numbers[shape.category.number] for shape in image.shapes])
            save_numbers(folder, f"{start}_labelIds.png", classes)
            save_numbers(folder, f"{start}_labelTrainIds.png", trained[classes])
            save_colors(folder, f"{start}_color.png", palette[classes])
            name = f"{start}_instanceIds.png"
            save_deep_numbers(folder, name, paint(image, _instances(dataset, image, numbers)))
            add_to_index(index, image, name)
            yield image


def image_name(image: ExportedImage) -> str:
    """Where in the folder the file of an image is."""
    return f"leftImg8bit/{_place(image)}{_PHOTO}.png"


def class_numbers(dataset: Dataset) -> dict[int, int]:
    """The numbers in the maps, by `Category.number`."""
    own = {each.name: number for number, each in enumerate(CITYSCAPES_CLASSES) if number}
    others = iter(range(len(CITYSCAPES_CLASSES), len(CITYSCAPES_CLASSES) + len(dataset.categories)))
    return {each.number: own.get(each.name.casefold()) or next(others) for each in dataset.in_order}


def _place(image: ExportedImage) -> str:
    """The path of an image without its ending below the folders of maps or photos."""
    path = PurePosixPath(stem_of(image.name))
    city = "+".join(path.parent.parts) or _NO_CITY
    return f"{image.split or _WHOLE}/{city}/{path.name.removesuffix(_PHOTO)}"


def _train_ids(numbers: Mapping[int, int]) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """(256,) uint32 train ids by number: those of Cityscapes for the classes that it scores, others after them."""
    table = np.full(256, _NOT_TRAINED, np.uint32)
    scored = [number for number, each in enumerate(CITYSCAPES_CLASSES) if not each.is_ignored]
    others = sorted(number for number in numbers.values() if number >= len(CITYSCAPES_CLASSES))
    for train_id, number in enumerate((*scored, *others)):
        table[number] = train_id
    return table


def _instances(dataset: Dataset, image: ExportedImage, numbers: Mapping[int, int]) -> list[int]:
    """The number of each shape in the map of instances."""
    counts: Counter[int] = Counter()
    values = []
    for shape in image.shapes:
        number, place = numbers[shape.category.number], counts[numbers[shape.category.number]]
        is_thing = shape.category.is_thing is not False
        values.append(number * _PER_CLASS + place if is_thing and place < _PER_CLASS else number)
        counts[number] += is_thing
        if place == _PER_CLASS:
            dataset.notes.add(
                f"labels with more than {_PER_CLASS} things in an image, of which the others are one group",
                f"{image.record.path}: {shape.category.name}",
            )
    return values
