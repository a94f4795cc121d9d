"""Pascal VOC: maps of classes and of objects, and the lists of images for training, validation and tests.

Both maps have the palette of VOC. 0 is whatever has no name, classes count from 1 in the order of their ids, and 255 is
what is to be ignored. VOC draws a border of 255 around every object, since its outlines were drawn by hand to a few
pixels; ours are exact to the pixel, and there is none. Objects count from 1 in each image; the map of an image with
more than 254 of them has 16 bits and no palette.

`labelmap.txt` has the classes with the colours of the palette, as CVAT reads them; `classes.json` says the rest.
Readers take the names of a list with ".jpg" after them for the photos. A data set that is not split is listed as train
and trainval; there is no val, as a score on what was trained with would deceive.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from acseg_core.errors import ExportError
from acseg_core.formats.class_list import write_classes
from acseg_core.formats.dataset import Dataset, ExportedImage
from acseg_core.formats.file_names import stem_of
from acseg_core.formats.image_index import INDEX_FILE, add_to_index
from acseg_core.formats.label_map_reader import voc_color
from acseg_core.formats.painted_maps import Palette, paint, palette_of, save_deep_numbers, save_numbers
from acseg_core.output.folders import OutputFolder

MOST_CLASSES = 254
_IGNORED, _IGNORED_DEEP = 255, 65535
_WHOLE = ("train", "trainval")
"""The lists of a data set that is not split."""


def write_voc(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write a folder of Pascal VOC."""
    palette = palette_of({number: f"#{voc_color(number):06x}" for number in range(256)})
    numbers = {category.number: category.number + 1 for category in dataset.categories}
    write_classes(dataset, folder, numbers, _IGNORED)
    _write_label_map(dataset, folder)
    with contextlib.ExitStack() as stack:
        index = stack.enter_context(folder.open(INDEX_FILE))
        named = {name for split in dataset.splits for name in _lists_of(split)}
        lists = {name: stack.enter_context(folder.open(_list_name(name))) for name in sorted(named)}
        for split in dataset.splits:
            for image in dataset.images(split):
                name = f"SegmentationClass/{stem_of(image.name)}.png"
                _write_maps(folder, image, name, palette)
                add_to_index(index, image, name)
                for each in _lists_of(split):
                    lists[each].write(f"{stem_of(image.name)}\n".encode())
                if PurePosixPath(image.name).suffix != ".jpg":
                    dataset.notes.add("images are not called .jpg, as readers of Pascal VOC expect", image.record.path)
                yield image


def image_name(image: ExportedImage) -> str:
    """Where in the folder the file of an image is."""
    return f"JPEGImages/{image.name}"


def _write_maps(folder: OutputFolder, image: ExportedImage, name: str, palette: Palette) -> None:
    save_numbers(folder, name, paint(image, [shape.category.number + 1 for shape in image.shapes], _IGNORED), palette)
    objects = range(1, len(image.shapes) + 1)
    place = f"SegmentationObject/{stem_of(image.name)}.png"
    if len(objects) < _IGNORED:
        save_numbers(folder, place, paint(image, objects, _IGNORED), palette)
    elif len(objects) < _IGNORED_DEEP:
        save_deep_numbers(folder, place, paint(image, objects, _IGNORED_DEEP))
    else:
        raise ExportError(
            f"{image.record.path}: this has {len(objects)} objects, and Pascal VOC has room for {_IGNORED_DEEP - 1}; "
            "export regions, not their parts"
        )


def _lists_of(split: str | None) -> tuple[str, ...]:
    """The lists that the images of a split are in."""
    if split is None:
        return _WHOLE
    return (split, "trainval") if split in ("train", "val") else (split,)


def _list_name(name: str) -> str:
    return f"ImageSets/Segmentation/{name}.txt"


def _write_label_map(dataset: Dataset, folder: OutputFolder) -> None:
    names = {0: "background"} | {category.number + 1: category.name for category in dataset.in_order}
    if dataset.void_labels:
        names[_IGNORED] = dataset.void_labels[0].name
    lines = ["# label:color_rgb:parts:actions"]
    for number, name in names.items():
        color = voc_color(number)
        written = _in_label_map(name)
        lines.append(f"{written}:{color >> 16},{color >> 8 & 255},{color & 255}::")
        if written != name:
            dataset.notes.add(
                "labels whose name is written differently in labelmap.txt, where : and # have a meaning", name
            )
    with folder.open("labelmap.txt") as file:
        file.write("".join(f"{line}\n" for line in lines).encode())


def _in_label_map(name: str) -> str:
    """A name without what its readers take for something else: datumaro reads no line at all if there is a colon more.

    The names as they are stand in `classes.json`.
    """
    plain = name.replace(":", "_")
    return f"_{plain[1:]}" if plain.startswith("#") else plain
