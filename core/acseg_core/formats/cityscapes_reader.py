"""Cityscapes read: folders of label maps by split and city, with its classes, their colours and what is ignored.

A map of instances says all that a map of classes does: a number from 1000 on is class * 1000 + instance, a smaller one
a class as a whole, or a group of things that nobody told apart. Where both are, the map of instances is read. Our own
exports have more classes than Cityscapes; they are in `classes.json`, and the photos of the maps in `images.jsonl`.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import numpy as np

from acseg_core.errors import LabelFileError
from acseg_core.formats.class_list import CLASS_FILE
from acseg_core.formats.class_names import read_class_names
from acseg_core.formats.image_index import IndexedImage, read_index, tell_missing
from acseg_core.formats.label_folder import check_folder, png_files
from acseg_core.formats.label_png import check_numbers, read_numbers
from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles, Unused
from acseg_core.shapes.masks import encode_label_map

_FILE = re.compile(r"(?P<photo>.+)_(?P<kind>gtFine|gtCoarse)_(?P<of>labelIds|instanceIds)\.png")
_KINDS = ("gtFine", "gtCoarse")
_PHOTOS = "leftImg8bit"
_PER_CLASS = 1000
_UNLABELED = 0
_FOLDER = "the folder that has gtFine or gtCoarse in it"


class CityscapesClass(NamedTuple):
    """A class of Cityscapes; its number is its place in `CITYSCAPES_CLASSES`."""

    name: str
    group: str
    color: str
    has_instances: bool
    is_ignored: bool


CITYSCAPES_CLASSES = (
    CityscapesClass("unlabeled", "void", "#000000", False, True),
    CityscapesClass("ego vehicle", "void", "#000000", False, True),
    CityscapesClass("rectification border", "void", "#000000", False, True),
    CityscapesClass("out of roi", "void", "#000000", False, True),
    CityscapesClass("static", "void", "#000000", False, True),
    CityscapesClass("dynamic", "void", "#6f4a00", False, True),
    CityscapesClass("ground", "void", "#510051", False, True),
    CityscapesClass("road", "flat", "#804080", False, False),
    CityscapesClass("sidewalk", "flat", "#f423e8", False, False),
    CityscapesClass("parking", "flat", "#faaaa0", False, True),
    CityscapesClass("rail track", "flat", "#e6968c", False, True),
    CityscapesClass("building", "construction", "#464646", False, False),
    CityscapesClass("wall", "construction", "#66669c", False, False),
    CityscapesClass("fence", "construction", "#be9999", False, False),
    CityscapesClass("guard rail", "construction", "#b4a5b4", False, True),
    CityscapesClass("bridge", "construction", "#966464", False, True),
    CityscapesClass("tunnel", "construction", "#96785a", False, True),
    CityscapesClass("pole", "object", "#999999", False, False),
    CityscapesClass("polegroup", "object", "#999999", False, True),
    CityscapesClass("traffic light", "object", "#faaa1e", False, False),
    CityscapesClass("traffic sign", "object", "#dcdc00", False, False),
    CityscapesClass("vegetation", "nature", "#6b8e23", False, False),
    CityscapesClass("terrain", "nature", "#98fb98", False, False),
    CityscapesClass("sky", "sky", "#4682b4", False, False),
    CityscapesClass("person", "human", "#dc143c", True, False),
    CityscapesClass("rider", "human", "#ff0000", True, False),
    CityscapesClass("car", "vehicle", "#00008e", True, False),
    CityscapesClass("truck", "vehicle", "#000046", True, False),
    CityscapesClass("bus", "vehicle", "#003c64", True, False),
    CityscapesClass("caravan", "vehicle", "#00005a", True, True),
    CityscapesClass("trailer", "vehicle", "#00006e", True, True),
    CityscapesClass("train", "vehicle", "#005064", True, False),
    CityscapesClass("motorcycle", "vehicle", "#0000e6", True, False),
    CityscapesClass("bicycle", "vehicle", "#770b20", True, False),
)
"""The classes of Cityscapes, by their number; what is ignored when results are scored is void."""


@dataclass(frozen=True, slots=True)
class _Map:
    """A map that is read.

    Attributes:
        name: Its path below the folder that is read.
        file: Where it is.
        size: (height, width).
        has_instances: Whether it is one of instances.
    """

    name: str
    file: Path
    size: tuple[int, int]
    has_instances: bool


@contextlib.contextmanager
def open_cityscapes(path: Path) -> Iterator[LabelledFiles]:
    """Read a folder of Cityscapes: the data set's, or one of its annotations, splits or cities.

    Raises:
        LabelFileError: It has no maps of Cityscapes, or one makes no sense.
        StorageError: One cannot be read.
    """
    check_folder(path, _FOLDER)
    left_out = Unused()
    maps = _maps(path, left_out)
    if not maps:
        raise LabelFileError(
            f"{path}: there is no map named like *_gtFine_labelIds.png or *_gtFine_instanceIds.png; choose {_FOLDER}"
        )

    labels = _labels(path)
    index = read_index(path)
    tell_missing(index, {each.name for each in maps.values()}, left_out)
    own = {each.name: index[each.name] for each in maps.values() if each.name in index}

    def images() -> Iterator[FileImage]:
        for photo, each in maps.items():
            shapes = list(_shapes(each, labels, left_out))
            image = own.get(each.name, IndexedImage(photo, is_done=False))
            is_empty = image.is_done and not shapes
            yield FileImage(image.name, shapes, each.size, is_negative=is_empty, remarks=image.remarks)

    names = tuple(own[each.name].name if each.name in own else photo for photo, each in maps.items())
    yield LabelledFiles(tuple(labels.values()), names, images, left_out)


def looks_like_cityscapes(path: Path) -> bool:
    """Whether it is a folder with a map named as those of Cityscapes."""
    return path.is_dir() and any(_FILE.fullmatch(file) for _, _, files in os.walk(path) for file in files)


def _labels(folder: Path) -> dict[int, FileLabel]:
    """The labels by their number: of our own exports those of the project, else those of Cityscapes."""
    given = read_class_names(folder) if (folder / CLASS_FILE).is_file() else None
    if given is not None and given.known:
        return dict(given.known)
    return {
        number: FileLabel(one.name, number, one.color, one.group, is_thing=one.has_instances, is_void=one.is_ignored)
        for number, one in enumerate(CITYSCAPES_CLASSES)
        if number != _UNLABELED
    }


def _maps(folder: Path, left_out: Unused) -> dict[str, _Map]:
    """The map of each photo, by the photo's path: fine before coarse, of instances before of classes."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for name in png_files(folder):
        place = PurePosixPath(name)
        matched = _FILE.fullmatch(place.name)
        if matched is not None:
            photo = str(_photo_folder(place.parent) / f"{matched['photo']}_{_PHOTOS}.png")
            found.setdefault(photo, {})[matched["kind"], matched["of"]] = name
    chosen: dict[str, _Map] = {}
    for photo, names in found.items():
        kind = next(kind for kind in _KINDS if any(kind == of for of, _ in names))
        for (other, _), name in names.items():
            if other != kind:
                left_out.add("coarse maps of photos that have fine ones", name)
        chosen[photo] = _checked(folder, names.get((kind, "instanceIds")), names.get((kind, "labelIds")))
    return chosen


def _photo_folder(place: PurePosixPath) -> PurePosixPath:
    """The folder of the photos whose maps are in a folder: the same, but below leftImg8bit."""
    parts = list(place.parts)
    for number in range(len(parts) - 1, -1, -1):
        if parts[number] in _KINDS:
            parts[number] = _PHOTOS
            break
    return PurePosixPath(*parts)


def _checked(folder: Path, instances: str | None, classes: str | None) -> _Map:
    sizes = {}
    for name in (instances, classes):
        if name is not None:
            sizes[name] = check_numbers(folder / name, "choose the map whose name ends in Ids.png").size
    if len(set(sizes.values())) > 1:
        raise LabelFileError(f"{folder / str(instances)}: this is not of the size of {classes}; get both files again")
    name = instances or str(classes)
    return _Map(name, folder / name, sizes[name], instances is not None)


def _shapes(each: _Map, labels: Mapping[int, FileLabel], left_out: Unused) -> Iterator[FileShape]:
    values = read_numbers(each.file)
    known: dict[int, str] = {}
    for value in np.unique(values).tolist():
        number = value // _PER_CLASS if each.has_instances and value >= _PER_CLASS else value
        if number in labels:
            known[value] = labels[number].name
        elif value != _UNLABELED:
            left_out.add("areas of a number or colour without a name", f"{each.name}: {value}")
    for value, mask in encode_label_map(np.where(np.isin(values, list(known)), values, -1)).items():
        yield FileShape(known[value], mask, f"{each.name}: {value}", is_object=value >= _PER_CLASS)
