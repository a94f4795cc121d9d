"""ADE20K read: the 150 classes of the scene parsing challenge, or the full data set with its objects.

The challenge has a map of numbers for each photo in `annotations`, 0 being whatever else there is; `objectInfo150.txt`
beside that folder has the names, and of our own exports `classes.json` and `images.jsonl` more than that. The full data
set has a file X_seg.png beside each photo: red and green are the class, blue tells its objects apart; X.json has the
names. Its index is a pickle, which may hold any program, and is not read.
Names are kept in full, with all their synonyms: the first one alone may be that of several classes.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import LabelFileError
from acseg_core.formats.class_list import CLASS_FILE
from acseg_core.formats.class_names import is_background, read_class_names, read_text
from acseg_core.formats.coco_lists import whole
from acseg_core.formats.image_index import IndexedImage, read_index, tell_missing
from acseg_core.formats.json_stream import check_depth
from acseg_core.formats.label_folder import check_folder, png_files
from acseg_core.formats.label_png import check_colors, check_numbers, read_colors, read_numbers
from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles, Unused
from acseg_core.output.atomic_write import storage_error
from acseg_core.shapes.masks import encode_label_map

_INFO = "objectInfo150.txt"
_ANNOTATIONS = "annotations"
_ENDING = "_seg.png"
_OTHER = 0
_FOLDER = "the folder of the data set"
_STRAY = "areas of a number or colour without a name"


@contextlib.contextmanager
def open_ade20k(path: Path) -> Iterator[LabelledFiles]:
    """Read a folder of ADE20K, in either of its forms.

    Raises:
        LabelFileError: It has no maps of ADE20K or no names, or one makes no sense; the message names the file.
        StorageError: It cannot be read.
    """
    check_folder(path, _FOLDER)
    root = path.parent if path.name == _ANNOTATIONS else path
    if (root / _ANNOTATIONS).is_dir():
        yield _challenge(root)
        return
    maps = {name: file for name, file in png_files(path).items() if name.endswith(_ENDING)}
    if not maps:
        raise LabelFileError(f"{path}: there is no folder annotations and no map *{_ENDING} in it; choose {_FOLDER}")
    yield _full(path, maps)


def looks_like_ade20k(path: Path) -> bool:
    """Whether it is a folder with annotations and their names, or with maps that have their names beside them."""
    root = path.parent if path.name == _ANNOTATIONS else path
    if (root / _ANNOTATIONS).is_dir() and (root / _INFO).is_file():
        return True
    for _, _, files in os.walk(path):
        if any(file.endswith(_ENDING) and f"{file.removesuffix(_ENDING)}.json" in files for file in files):
            return True
    return False


def _challenge(root: Path) -> LabelledFiles:
    labels = _challenge_labels(root)
    folder = root / _ANNOTATIONS
    maps = png_files(folder)
    if not maps:
        raise LabelFileError(f"{folder}: there is no map (.png) in it; choose {_FOLDER}")
    remedy = "choose the annotations of the scene parsing challenge"
    sizes = {name: check_numbers(file, remedy).size for name, file in maps.items()}
    names = {number: label.name for number, label in labels.items()}
    index = read_index(root)
    own = {name: index[f"{_ANNOTATIONS}/{name}"] for name in maps if f"{_ANNOTATIONS}/{name}" in index}
    photos = {name: own[name].name if name in own else _photo(name, ".png") for name in maps}
    left_out = Unused()
    tell_missing(index, {f"{_ANNOTATIONS}/{name}" for name in maps}, left_out)

    def images() -> Iterator[FileImage]:
        for name, file in maps.items():
            shapes = list(_shapes(read_numbers(file), names, name, left_out))
            image = own.get(name, IndexedImage(photos[name], is_done=False))
            is_empty = image.is_done and not shapes
            yield FileImage(image.name, shapes, sizes[name], is_negative=is_empty, remarks=image.remarks)

    return LabelledFiles(tuple(labels.values()), tuple(photos.values()), images, left_out)


def _photo(name: str, ending: str) -> str:
    """The photo of a map: of the challenge in another folder, of the full data set beside it."""
    stem = name[: -len(ending)]
    return f"images/{stem}.jpg" if ending == ".png" else f"{stem}.jpg"


def _challenge_labels(root: Path) -> dict[int, FileLabel]:
    """The labels of the challenge by their number, from 1."""
    own = read_class_names(root) if (root / CLASS_FILE).is_file() else None
    if own is not None and own.known:
        return dict(own.known)
    info = root / _INFO
    if info.is_file():
        return _read_info(info)
    names = read_class_names(root)
    if names is None:
        raise LabelFileError(f"{root}: the names of the classes are missing; put {_INFO} beside the annotations")
    first = names.by_number.get(_OTHER)
    if first is not None and not is_background(first) and first.casefold() not in ("other", "others", "unlabeled"):
        raise LabelFileError(
            f'{root}: the names give 0 the class "{first}", but 0 is whatever else there is; '
            'put "background" before the first name'
        )
    return {number: FileLabel(name, number) for number, name in names.by_number.items() if number != _OTHER}


def _read_info(file: Path) -> dict[int, FileLabel]:
    """The table of classes: columns between tabs, named by its first line, of which Idx and Name are needed."""
    lines = read_text(file).splitlines()
    titles = [title.strip().casefold() for title in lines[0].split("\t")] if lines else []
    if "idx" not in titles or "name" not in titles:
        raise LabelFileError(f"{file}:1: there are no columns Idx and Name; get the file again")
    found: dict[int, FileLabel] = {}
    for place, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        fields = dict(zip(titles, (field.strip() for field in line.split("\t")), strict=False))
        number, name = whole(fields.get("idx")), fields.get("name", "")
        if not number or not name:
            raise LabelFileError(f"{file}:{place}: this has no number and name; get the file again")
        if number in found:
            raise LabelFileError(f"{file}:{place}: {number} is there twice; get the file again")
        is_stuff = whole(fields.get("stuff"))
        found[number] = FileLabel(name, number, is_thing=None if is_stuff is None else not is_stuff)
    if not found:
        raise LabelFileError(f"{file}: there is no class in it; get the file again")
    return found


def _full(root: Path, maps: Mapping[str, Path]) -> LabelledFiles:
    given = read_class_names(root)
    by_number = {} if given is None else dict(given.by_number)
    labels: dict[str, FileLabel] = {}
    sizes: dict[str, tuple[int, int]] = {}
    for name, file in maps.items():
        sizes[name] = check_colors(file, "get the file again").size
        for number, text in _names_of(file, by_number, sizes[name]).items():
            labels.setdefault(text, FileLabel(text, number))
    left_out = Unused()

    def images() -> Iterator[FileImage]:
        for name, file in maps.items():
            red, green, blue = (channel.astype(np.int32) for channel in np.moveaxis(read_colors(file), 2, 0))
            names = _names_of(file, by_number, sizes[name])
            shapes = list(_shapes(red // 10 * 256 + green, names, name, left_out, blue))
            yield FileImage(_photo(name, _ENDING), shapes, sizes[name])

    return LabelledFiles(tuple(labels.values()), tuple(_photo(name, _ENDING) for name in maps), images, left_out)


def _names_of(file: Path, by_number: Mapping[int, str], size: tuple[int, int]) -> dict[int, str]:
    """The names of the classes of one map: of the file beside it, or of the whole folder."""
    beside = file.with_name(f"{file.name.removesuffix(_ENDING)}.json")
    if not beside.is_file():
        if not by_number:
            raise LabelFileError(f"{beside}: this file with the names is missing; put it beside {file.name}")
        return {number: name for number, name in by_number.items() if number != _OTHER}
    annotation = _annotation(beside)
    stated = annotation.get("imsize")
    if isinstance(stated, list) and len(stated) >= 2 and [whole(side) for side in stated[:2]] != list(size):
        raise LabelFileError(
            f"{beside}: it is of a photo of {stated[1]} x {stated[0]} pixels, but {file.name} has "
            f"{size[1]} x {size[0]}; get both files again"
        )
    found: dict[int, str] = {}
    for place, each in enumerate(_objects(annotation, beside), 1):
        number, name = whole(each.get("name_ndx")), each.get("name")
        if number is None or not isinstance(name, str) or not name.strip():
            continue  # if it has pixels, they are told as without a name
        if found.setdefault(number, name.strip()) != name.strip():
            raise LabelFileError(f"{beside}: object {place} gives class {number} a second name; get the file again")
    return found


def _annotation(file: Path) -> dict[str, Any]:
    check_depth(file)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise storage_error(file, error) from error
    try:
        # What people typed into the names of objects is not always UTF-8.
        found = json.loads(content.decode("utf-8", errors="replace"))
    except (ValueError, RecursionError) as error:
        raise LabelFileError(f"{file}: this is not valid JSON; get the file again") from error
    annotation = found.get("annotation") if isinstance(found, dict) else None
    if not isinstance(annotation, dict):
        raise LabelFileError(f"{file}: there is no annotation in it; get the file again")
    return annotation


def _objects(annotation: Mapping[str, Any], file: Path) -> list[dict[str, Any]]:
    given = annotation.get("object", [])
    objects = [given] if isinstance(given, dict) else given  # MATLAB writes a list of one as its only element
    if not isinstance(objects, list) or not all(isinstance(each, dict) for each in objects):
        raise LabelFileError(f"{file}: its objects are no list; get the file again")
    return objects


def _shapes(
    classes: NDArray[np.int32],
    names: Mapping[int, str],
    place: str,
    left_out: Unused,
    objects: NDArray[np.int32] | None = None,
) -> Iterator[FileShape]:
    """The shapes of one map, one for each class, or each object of it where (H, W) numbers of these are given."""
    for number in np.unique(classes).tolist():
        if number != _OTHER and number not in names:
            left_out.add(_STRAY, f"{place}: {number}")
    known = [number for number in names if number != _OTHER]
    joint = classes if objects is None else classes * 256 + objects
    for value, mask in encode_label_map(np.where(np.isin(classes, known), joint, -1)).items():
        number, part = (value, None) if objects is None else divmod(value, 256)
        told = f"{place}: {number}" + ("" if part is None else f", object {part}")
        yield FileShape(names[number], mask, told, is_object=part is not None)
