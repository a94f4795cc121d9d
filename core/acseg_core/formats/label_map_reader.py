"""Label maps read: PNG files whose pixels are numbers or colours of classes, alone or in the folders of Pascal VOC.

Names are in a file beside them: `classes.json`, `labelmap.txt` (as CVAT writes it, with colours) or `classes.txt`.
A palette is opened as what it is, numbers. A number or colour without a name is counted and listed, never guessed;
255 and the background are no shapes.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from acseg_core.errors import LabelFileError
from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles, Unused
from acseg_core.output.atomic_write import storage_error
from acseg_core.shapes.masks import encode_label_map

_MOST_PIXELS = 120_000_000
_IGNORED = 255
_BACKGROUND = frozenset({"background", "_background_", "__background__", "bg", "void", "__ignore__", "ignore"})
_NAME_FILES = ("classes.json", "labelmap.txt", "classes.txt", "class_names.txt")

VOC_CLASSES = (
    "background", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow",
    "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
)  # fmt: skip
"""The classes of Pascal VOC 2012, by their number."""


@dataclass(frozen=True, slots=True)
class _Classes:
    """Names of classes by number and, where they are known, by colour (red * 65536 + green * 256 + blue)."""

    by_number: Mapping[int, str]
    by_color: Mapping[int, str]

    def labels(self) -> tuple[FileLabel, ...]:
        colors = {name: f"#{value:06x}" for value, name in self.by_color.items()}
        names = dict.fromkeys(name for name in self.by_number.values() if name.casefold() not in _BACKGROUND)
        return tuple(FileLabel(name, color=colors.get(name)) for name in names)


@contextlib.contextmanager
def open_label_maps(path: Path) -> Iterator[LabelledFiles]:
    """Read a folder of label maps and the folders in it.

    Raises:
        LabelFileError: It has no names or no label maps, or one makes no sense.
        StorageError: One cannot be read.
    """
    classes = _read_classes(path)
    if classes is None:
        raise LabelFileError(f"{path}: the class names are missing; add them to {path / 'classes.txt'}")
    yield _files(path, classes, None)


@contextlib.contextmanager
def open_voc(path: Path) -> Iterator[LabelledFiles]:
    """Read a data set of Pascal VOC: its class maps, parted into objects where it has maps of those.

    Raises:
        LabelFileError: It has no class maps, or one makes no sense.
        StorageError: One cannot be read.
    """
    folder = path / "SegmentationClass"
    if not folder.is_dir():
        raise LabelFileError(f"{path}: there is no folder SegmentationClass in it; choose the folder of the data set")
    classes = _read_classes(path) or _Classes(dict(enumerate(VOC_CLASSES)), {})
    objects = path / "SegmentationObject"
    yield _files(folder, classes, objects if objects.is_dir() else None)


def looks_like_label_maps(path: Path) -> bool:
    """Whether it is a folder of PNG files with names of classes."""
    return path.is_dir() and any((path / name).is_file() for name in _NAME_FILES) and bool(_maps(path))


def looks_like_voc(path: Path) -> bool:
    """Whether it is a folder that has class maps where Pascal VOC has them."""
    return (path / "SegmentationClass").is_dir()


def _files(folder: Path, classes: _Classes, objects: Path | None) -> LabelledFiles:
    listed = _maps(folder)
    if not listed:
        raise LabelFileError(f"{folder}: there are no label maps (.png) in it; choose the folder that contains them")
    left_out = Unused()

    def images() -> Iterator[FileImage]:
        for name, file in listed.items():
            numbers, is_color = _pixels(file)
            known = classes.by_color if is_color else {k: v for k, v in classes.by_number.items() if k != _IGNORED}
            silent = {0} if is_color else {0, _IGNORED}
            parts = None if objects is None else _objects(objects / name, numbers.shape)
            yield FileImage(name, list(_shapes(numbers, parts, known, name, silent, left_out)), numbers.shape)

    return LabelledFiles(classes.labels(), tuple(listed), images, left_out)


def _maps(folder: Path) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for place, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            if file.lower().endswith(".png"):
                path = Path(place) / file
                found[path.relative_to(folder).as_posix()] = path
    return found


def _shapes(
    numbers: NDArray[np.int32],
    parts: NDArray[np.int32] | None,
    known: Mapping[int, str],
    name: str,
    silent: Collection[int],
    left_out: Unused,
) -> Iterator[FileShape]:
    stray = [int(value) for value in np.unique(numbers) if int(value) not in {*known, *silent}]
    for value in stray:
        left_out.add("areas with a number or colour that has no name", f"{name}: {value}")
    wanted = {value: text for value, text in known.items() if text.casefold() not in _BACKGROUND}
    classes = np.where(np.isin(numbers, list(wanted)), numbers, -1)
    if parts is None:
        for value, mask in encode_label_map(classes).items():
            yield FileShape(wanted[value], mask, f"{name}: {value}")
        return
    # Class and object together, as small numbers; an object's border has the number 255 in both maps.
    pairs, inverse = np.unique(np.stack((classes.ravel(), parts.ravel())), axis=1, return_inverse=True)
    joint = np.where(classes.ravel() >= 0, inverse.ravel(), -1).reshape(classes.shape).astype(np.int32)
    for pair, mask in encode_label_map(joint).items():
        value, part = (int(each) for each in pairs[:, pair])
        yield FileShape(wanted[value], mask, f"{name}: {value}, object {part}")


def _objects(file: Path, shape: tuple[int, ...]) -> NDArray[np.int32] | None:
    if not file.is_file():
        return None
    numbers, _ = _pixels(file)
    if numbers.shape != shape:
        raise LabelFileError(f"{file}: this object map does not have the size of its class map; export both again")
    return numbers


def _pixels(file: Path) -> tuple[NDArray[np.int32], bool]:
    """(H, W) numbers of a label map, and whether they are colours."""
    try:
        with Image.open(file, formats=["PNG"]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise LabelFileError(
                    f"{file}: the image has more than {_MOST_PIXELS // 10**6} megapixels; make it smaller"
                )
            if picture.mode in ("P", "L", "1", "I", "I;16", "I;16B"):
                return np.asarray(picture).astype(np.int32), False
            colors = np.asarray(picture.convert("RGB")).astype(np.int32)
    except (SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise LabelFileError(f"{file}: this is not a valid PNG; export it again") from error
    except OSError as error:
        if error.errno is None:
            raise LabelFileError(f"{file}: this is not a valid PNG; export it again") from error
        raise storage_error(file, error) from error
    return colors @ np.array([65536, 256, 1], np.int32), True


def _read_classes(folder: Path) -> _Classes | None:
    for name in _NAME_FILES:
        file = folder / name
        if file.is_file():
            try:
                text = file.read_text(encoding="utf-8")
            except OSError as error:
                raise storage_error(file, error) from error
            except UnicodeDecodeError as error:
                raise LabelFileError(f"{file}: this is not UTF-8 text; save it as UTF-8") from error
            return _from_json(file, text) if name.endswith(".json") else _from_lines(file, text)
    return None


def _from_lines(file: Path, text: str) -> _Classes:
    """One name a line; of CVAT's, with a colour and more after it: "car:250,50,83::"."""
    names: list[str] = []
    colors: dict[int, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, *rest = line.split(":") if file.name == "labelmap.txt" else [line]
        names.append(name.strip())
        if rest and rest[0].strip():
            try:
                red, green, blue = (int(value) for value in rest[0].split(","))
            except ValueError as error:
                raise LabelFileError(f"{file}:{number}: its colour is not three numbers; export it again") from error
            colors[red * 65536 + green * 256 + blue] = name.strip()
    if not names:
        raise LabelFileError(f"{file}: there are no names in it; write one per line")
    return _Classes(dict(enumerate(names)), colors)


def _from_json(file: Path, text: str) -> _Classes:
    """A list of names, or names by number."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LabelFileError(f"{file}: this is not valid JSON; write a list of names") from error
    if isinstance(content, list) and content and all(isinstance(name, str) for name in content):
        return _Classes(dict(enumerate(content)), {})
    if (
        isinstance(content, dict)
        and content
        and all(key.isdecimal() and len(key) < 10 and isinstance(name, str) for key, name in content.items())
    ):
        return _Classes({int(key): name for key, name in content.items()}, {})
    raise LabelFileError(f'{file}: write a list of names, or names by number: {{"1": "car"}}')
