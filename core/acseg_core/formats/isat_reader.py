"""ISAT read: a JSON file for each image, with polygons that lie on each other by their layer.

Polygons of one group and one category are one object; group 0 is none. Holes are polygons of the category
`__background__` on top of others. A file is there once a person has saved an image, so one without objects says that
there is nothing to see in it.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from acseg_core.errors import LabelFileError
from acseg_core.formats.json_files import json_files, read_whole
from acseg_core.formats.label_colors import read_color
from acseg_core.formats.label_sources import read_yaml
from acseg_core.formats.labelled import FileImage, FileLabel, LabelledFiles, Outline, Unused
from acseg_core.formats.layers import Layer, is_background, objects_of
from acseg_core.formats.rings import ring_of
from acseg_core.output.atomic_write import storage_error

_NAMES = "isat.yaml"
_USUAL_LAYER = 2.0
_TRIED = 20
_MOST_PIXELS = 2**31 - 1


@contextlib.contextmanager
def open_isat(path: Path) -> Iterator[LabelledFiles]:
    """Read a JSON file of ISAT, or all those in a folder and the folders in it.

    Raises:
        LabelFileError: There is none, or one makes no sense; the message names the file.
        StorageError: One cannot be read.
    """
    root = path.parent if path.is_file() else path
    left_out = Unused()
    listed: dict[str, Path] = {}
    labels = _named_labels(root / _NAMES)
    for file in [path] if path.is_file() else json_files(path):
        content = _content(file)
        if content is None:
            left_out.add("files that are not of ISAT", file.relative_to(root).as_posix())
            continue
        name = _image_name(content, file, root)
        if name in listed:
            left_out.add("files of an image that has one already", file.relative_to(root).as_posix())
            continue
        listed[name] = file
        for layer in _layers(content, file, Unused()):
            if not is_background(layer.label):
                labels.setdefault(layer.label, FileLabel(layer.label))
    if not listed:
        what = "this is no file of ISAT: it has no objects" if path.is_file() else "there is no file of ISAT in it"
        raise LabelFileError(f"{path}: {what}; choose a JSON file that ISAT saved, or the folder with them")

    def images() -> Iterator[FileImage]:
        for name, file in listed.items():
            content = _content(file)
            if content is not None:
                size = _size(content["info"])
                shapes = objects_of(_layers(content, file, left_out), size, left_out)
                yield FileImage(name, shapes, size, is_negative=not content["objects"])

    yield LabelledFiles(tuple(labels.values()), tuple(listed), images, left_out)


def looks_like_isat(path: Path) -> bool:
    """Whether a file, or one of the first JSON files of a folder, is of ISAT."""
    files = [path] if path.is_file() else [file for _, file in zip(range(_TRIED), json_files(path), strict=False)]
    for file in files:
        with contextlib.suppress(Exception):
            if _content(file) is not None:
                return True
    return False


def _content(file: Path) -> dict[str, Any] | None:
    """The content of a file of ISAT; None of other JSON."""
    content = read_whole(file, "ISAT")
    info = content.get("info") if isinstance(content, dict) else None
    is_it = isinstance(info, dict) and info.get("description") == "ISAT" and isinstance(content.get("objects"), list)
    return content if is_it else None


def _named_labels(file: Path) -> dict[str, FileLabel]:
    """The categories with their colours that ISAT keeps beside the files; none where it does not."""
    if not file.is_file():
        return {}
    try:
        content = read_yaml(file, file.read_text(encoding="utf-8"))
    except OSError as error:
        raise storage_error(file, error) from error
    except UnicodeDecodeError as error:
        raise LabelFileError(f"{file}: this is not UTF-8 text; save it as UTF-8") from error
    given = content.get("label") if isinstance(content, dict) else None
    labels: dict[str, FileLabel] = {}
    for entry in given if isinstance(given, list) else ():
        name = entry.get("name") if isinstance(entry, dict) else None
        if isinstance(name, str) and name.strip() and not is_background(name):
            labels.setdefault(name, FileLabel(name, color=read_color(entry.get("color"))))
    return labels


def _image_name(content: dict[str, Any], file: Path, root: Path) -> str:
    """The image's path: in the folder that the file names, else beside the file."""
    name, folder = content["info"].get("name"), content["info"].get("folder")
    if not isinstance(name, str) or not name.strip():
        return file.relative_to(root).as_posix()
    if not isinstance(folder, str) or not folder.strip():
        folder = file.parent.relative_to(root).as_posix()
    return f"{folder}/{name}".replace("\\", "/").removeprefix("./")


def _size(info: dict[str, Any]) -> tuple[int, int] | None:
    height, width = info.get("height"), info.get("width")
    if not isinstance(height, int) or not isinstance(width, int) or min(height, width) <= 0:
        return None
    return (int(height), int(width)) if height * width <= _MOST_PIXELS else None


def _layers(content: dict[str, Any], file: Path, left_out: Unused) -> Iterator[Layer]:
    for number, given in enumerate(content["objects"], 1):
        place = f"{file.name}: object {number}"
        wrong = f"{file}: object {number}"
        label = given.get("category") if isinstance(given, dict) else None
        if not isinstance(label, str) or not label.strip():
            raise LabelFileError(f"{wrong} has no category; fix it in ISAT")
        points = given.get("segmentation")
        ring = ring_of(points) if isinstance(points, list) else None
        if ring is None:
            raise LabelFileError(f"{wrong} has a point that is not a position in an image; fix it in ISAT")
        if given.get("shape_type", "polygon") != "polygon":
            left_out.add("of a kind that is not read", place)
        elif len(ring) < 3:
            left_out.add("with polygons of less than three points", place)
        else:
            depth = _depth(given.get("layer", _USUAL_LAYER))
            if depth is None:
                raise LabelFileError(f"{wrong} has a layer that is not a number; fix it in ISAT")
            yield Layer(label, Outline(((ring,),)), place, _group(given), depth)


def _depth(layer: Any) -> float | None:
    """The place among the layers; None of what is no number."""
    if layer is None:
        return _USUAL_LAYER
    if isinstance(layer, bool) or not isinstance(layer, int | float) or abs(layer) > 2**53 or math.isnan(layer):
        return None
    return float(layer)


def _group(given: dict[str, Any]) -> tuple[int, bool] | None:
    """What tells the object from others of its category; crowds are apart, as ISAT's own exports have them."""
    group = given.get("group")
    if not isinstance(group, int) or isinstance(group, bool) or not group:
        return None
    return group, bool(given.get("iscrowd"))
