"""YOLO segmentation read: `data.yaml` with the names, and a text file of polygons for each image.

A line is a class and the corners of one ring, as shares of the displayed size. Holes come bridged to their ring. An
empty file says that there is nothing to see in its image; an image without a file is not labelled.
"""

from __future__ import annotations

import contextlib
import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import numpy as np

from acseg_core.errors import LabelFileError
from acseg_core.formats.label_files import LabelFormat, read_labels
from acseg_core.formats.label_folder import check_unpacked
from acseg_core.formats.label_sources import read_yaml
from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles, Outline, Unused
from acseg_core.output.atomic_write import storage_error

_CLASSES = ("classes.txt", "obj.names", "_darknet.labels")
_BEYOND = 0.5
"""Share of the image by which a corner may lie outside; what is farther is no share of it."""

_BOX_VALUES = 4
_LEAST_VALUES = 6
_MOST_BYTES = 50_000_000


@contextlib.contextmanager
def open_yolo(path: Path) -> Iterator[LabelledFiles]:
    """Read a data set of YOLO: its folder, or its `data.yaml`.

    Raises:
        LabelFileError: It is none; the message names file and line.
        StorageError: It cannot be read.
    """
    check_unpacked(path)
    root = path if path.is_dir() else path.parent
    names = _names(path)
    listed = _label_files(root)
    if not listed:
        raise LabelFileError(f'{path}: there are no label files (.txt) in a folder "labels"; choose YOLO\'s data.yaml')
    left_out = Unused()

    def images() -> Iterator[FileImage]:
        for name, file in listed.items():
            shapes = list(_shapes(file, root, names, left_out))
            yield FileImage(name, shapes, is_negative=not shapes and not file.stat().st_size)

    yield LabelledFiles(tuple(FileLabel(name) for name in names.values()), tuple(listed), images, left_out)


def looks_like_yolo(path: Path) -> bool:
    """Whether it is a folder with names and label files, or a `data.yaml` with names."""
    if path.is_dir():
        has_names = (path / "data.yaml").is_file() or any((path / name).is_file() for name in _CLASSES)
        return has_names and bool(_label_files(path))
    return path.suffix.lower() in (".yaml", ".yml") and bool(_label_files(path.parent))


def _names(path: Path) -> dict[int, str]:
    """The names of the classes, by their number."""
    folder = path if path.is_dir() else path.parent
    given = (
        path
        if path.is_file()
        else next(
            (
                folder / name
                for name in ("data.yaml", "data.yml", "dataset.yaml", *_CLASSES)
                if (folder / name).is_file()
            ),
            None,
        )
    )
    if given is None:
        raise LabelFileError(f"{path}: there is no data.yaml with the class names; put one beside the labels")
    if given.suffix.lower() not in (".yaml", ".yml"):
        return dict(enumerate(entry.name for entry in read_labels(given, LabelFormat.TEXT).entries))
    try:
        content = read_yaml(given, given.read_text(encoding="utf-8"))
    except OSError as error:
        raise storage_error(given, error) from error
    except UnicodeDecodeError as error:
        raise LabelFileError(f"{given}: this is not UTF-8 text; save it as UTF-8") from error
    names = content.get("names") if isinstance(content, Mapping) else None
    if isinstance(names, list) and names:
        return {number: str(name) for number, name in enumerate(names)}
    if isinstance(names, Mapping) and names and all(str(key).isdecimal() for key in names):
        return {int(key): str(name) for key, name in sorted(names.items(), key=lambda item: int(item[0]))}
    raise LabelFileError(f"{given}: there are no names in it; choose the data.yaml of a YOLO data set")


def _label_files(root: Path) -> dict[str, Path]:
    """The label files below a folder by the image that each belongs to, as a path below that folder."""
    found: dict[str, Path] = {}
    for folder, folders, files in os.walk(root):
        folders.sort()
        place = PurePosixPath(Path(folder).relative_to(root).as_posix())
        if "labels" not in place.parts:
            continue
        images = _images_of(root, place)
        beside = _images_in(root / images)
        for file in sorted(files):
            stem = file.removesuffix(".txt")
            if stem != file and (stem in beside or file not in _CLASSES):
                found[str(images / beside.get(stem, file))] = Path(folder) / file
    return found


def _images_of(root: Path, labels: PurePosixPath) -> PurePosixPath:
    """The folder of images that a folder of labels belongs to: one "labels" of its path is "images" there.

    Which one, the folders say that are there; otherwise the first, for the others may be of the images' own path.
    """
    places = [number for number, part in enumerate(labels.parts) if part == "labels"]
    found = [PurePosixPath(*labels.parts[:place], "images", *labels.parts[place + 1 :]) for place in places]
    return next((folder for folder in reversed(found) if (root / folder).is_dir()), found[0])


def _images_in(folder: Path) -> dict[str, str]:
    with contextlib.suppress(OSError):
        names = sorted(file.name for file in folder.iterdir())
        return {PurePosixPath(name).stem: name for name in names if not name.endswith(".txt")}
    return {}


def _shapes(file: Path, root: Path, names: Mapping[int, str], left_out: Unused) -> Iterator[FileShape]:
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise LabelFileError(f"{file}: this file is too large for the labels of one image; export the labels again")
        content = file.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise storage_error(file, error) from error
    for number, line in enumerate(content.splitlines(), 1):
        place = f"{file.relative_to(root).as_posix()}:{number}"
        if not line.strip():
            continue
        label, values = _read(line, f"{file}:{number}", names)
        if len(values) == _BOX_VALUES:
            left_out.add("with a box but no outline", place)
        elif len(values) < _LEAST_VALUES:
            left_out.add("with polygons of fewer than three points", place)
        else:
            ring = np.array(values, np.float64).reshape(-1, 2)
            yield FileShape(label, Outline(((ring,),), in_shares=True), place)


def _read(line: str, place: str, names: Mapping[int, str]) -> tuple[str, list[float]]:
    words = line.split()
    try:
        number, values = int(words[0]), [float(word) for word in words[1:]]
    except ValueError as error:
        raise LabelFileError(
            f"{place}: this line is not a class followed by numbers; export the labels again"
        ) from error
    if number not in names:
        raise LabelFileError(f"{place}: class {number} has no name; add it to data.yaml")
    if not all(math.isfinite(value) and -_BEYOND <= value <= 1 + _BEYOND for value in values):
        raise LabelFileError(
            f"{place}: coordinates must be from 0 to 1, as shares of the image size; export the labels again"
        )
    if len(values) % 2:
        raise LabelFileError(f"{place}: a point has only one coordinate; export the labels again")
    return names[number], values
