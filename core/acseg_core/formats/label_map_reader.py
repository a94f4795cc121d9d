"""Label maps read: PNG files whose pixels are numbers or colours of classes, alone or in the folders of Pascal VOC.

Names are in a file beside them, see `class_names`. A palette only shows numbers, unless its colours are those of the
names. A number or colour without a name is counted and listed, never guessed; 255 and the background are no shapes.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import LabelFileError
from acseg_core.formats.class_names import ClassNames, has_class_names, is_background, read_class_names
from acseg_core.formats.image_index import IndexedImage, read_index, tell_missing
from acseg_core.formats.label_folder import check_folder, png_files
from acseg_core.formats.label_png import PngHead, packed, read_colors, read_head, read_numbers, read_palette
from acseg_core.formats.labelled import FileImage, FileShape, LabelledFiles, Unused
from acseg_core.shapes.masks import encode_label_map

_IGNORED, _IGNORED_DEEP = 255, 65535
_FOLDER = "the folder of the label maps"

VOC_CLASSES = (
    "background", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow",
    "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
)  # fmt: skip
"""The classes of Pascal VOC 2012, by their number."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What the values of one map mean.

    Attributes:
        known: Names by value.
        silent: Values that are no shapes, and not worth telling.
        are_colors: Whether the values are colours.
        doubtful: Values that are not used although somebody might miss them, and why.
    """

    known: Mapping[int, str]
    silent: Collection[int]
    are_colors: bool
    doubtful: Mapping[int, str]


@contextlib.contextmanager
def open_label_maps(path: Path) -> Iterator[LabelledFiles]:
    """Read a folder of label maps and the folders in it.

    Raises:
        LabelFileError: It has no names or no label maps, or one makes no sense.
        StorageError: One cannot be read.
    """
    check_folder(path, _FOLDER)
    names = read_class_names(path)
    if names is None:
        raise LabelFileError(f"{path}: the names of the classes are missing; write them into {path / 'classes.txt'}")
    yield _Maps(path, path, names, None).files()


@contextlib.contextmanager
def open_voc(path: Path) -> Iterator[LabelledFiles]:
    """Read a data set of Pascal VOC: its class maps, parted into objects where it has maps of those.

    Raises:
        LabelFileError: It has no class maps, or one makes no sense.
        StorageError: One cannot be read.
    """
    check_folder(path, "the folder of the data set")
    folder = path / "SegmentationClass"
    if not folder.is_dir():
        raise LabelFileError(f"{path}: there is no folder SegmentationClass; choose the folder of the data set")
    names = read_class_names(path) or _voc_names()
    objects = path / "SegmentationObject"
    yield _Maps(path, folder, names, objects if objects.is_dir() else None).files()


def looks_like_label_maps(path: Path) -> bool:
    """Whether it is a folder of PNG files with names of classes."""
    return path.is_dir() and has_class_names(path) and bool(png_files(path))


def looks_like_voc(path: Path) -> bool:
    """Whether it is a folder that has class maps where Pascal VOC has them."""
    return (path / "SegmentationClass").is_dir()


class _Maps:
    """A folder of label maps whose heads have been looked at."""

    def __init__(self, root: Path, folder: Path, names: ClassNames, objects: Path | None) -> None:
        self._folder = folder
        self._names = names
        self._objects = objects
        self._left_out = Unused()
        self._index = read_index(root)
        self._start = "" if folder == root else f"{folder.name}/"
        files = png_files(folder)
        heads = {name: read_head(folder / name) for name in files if self._is_map(name, files)}
        self._heads = self._without_photos(heads)
        if not self._heads:
            raise LabelFileError(f"{folder}: there is no label map (.png) in it; choose the folder with them")
        for name, head in self._heads.items():
            self._check(name, head)
        tell_missing(self._index, {self._start + name for name in self._heads}, self._left_out)

    def files(self) -> LabelledFiles:
        names = tuple(self._image_of(name).name for name in self._heads)
        return LabelledFiles(self._names.labels(), names, self._images, self._left_out)

    def _is_map(self, name: str, files: Collection[str]) -> bool:
        return self._start + name in self._index or not _is_photo(name, files)

    def _image_of(self, name: str) -> IndexedImage:
        """The image of a map; without an index it is called like the map."""
        return self._index.get(self._start + name, IndexedImage(name, is_done=False))

    def _without_photos(self, heads: Mapping[str, PngHead]) -> dict[str, PngHead]:
        """Leave out colour pictures that a map of numbers is named after: they are the photos."""
        if self._names.by_color:
            return dict(heads)
        maps = {PurePosixPath(name).stem for name, head in heads.items() if not head.is_color}
        return {name: head for name, head in heads.items() if not (head.is_color and PurePosixPath(name).stem in maps)}

    def _check(self, name: str, head: PngHead) -> None:
        file = self._folder / name
        if head.is_color and not self._names.by_color:
            raise LabelFileError(
                f"{file}: its pixels are colours, but only numbers have names; write the colours into labelmap.txt, "
                "or export a map of numbers"
            )
        objects = self._objects_of(name)
        if objects is not None and read_head(objects).size != head.size:
            raise LabelFileError(
                f"{objects}: this map of objects is not of the size of its map of classes; export both again"
            )

    def _objects_of(self, name: str) -> Path | None:
        file = None if self._objects is None else self._objects / name
        return file if file is not None and file.is_file() else None

    def _images(self) -> Iterator[FileImage]:
        for name, head in self._heads.items():
            values, meaning = self._values(self._folder / name, head)
            objects = self._objects_of(name)
            parts = None if objects is None else _whichever(objects)
            shapes = list(self._shapes(values, parts, meaning, name))
            image = self._image_of(name)
            is_empty = image.is_done and not shapes
            yield FileImage(image.name, shapes, head.size, is_negative=is_empty, remarks=image.remarks)

    def _values(self, file: Path, head: PngHead) -> tuple[NDArray[np.int32], _Meaning]:
        """(H, W) numbers or colours of a map, and what they mean."""
        if head.is_color:
            return packed(read_colors(file)), self._colors()
        numbers = read_numbers(file)
        if head.has_palette and self._names.by_color:
            table = packed(read_palette(file))
            if self._is_made_of(table, numbers):
                return table[numbers], self._colors()
        return numbers, self._numbers(is_deep=head.is_deep)

    def _is_made_of(self, table: NDArray[np.int32], numbers: NDArray[np.int32]) -> bool:
        """Whether a palette was made of the names' colours: it has all of these, or those of all its pixels are."""
        used = table[np.unique(numbers)].tolist()
        if len(set(used)) < len(used):
            return False
        return self._names.by_color.keys() <= set(table.tolist()) or set(used) <= self._names.by_color.keys()

    def _colors(self) -> _Meaning:
        doubtful = dict.fromkeys(self._names.shared_colors, "areas of a colour that two names have")
        silent = {0, _VOC_BORDER} if self._names.by_color is _VOC_COLORS else {0}
        return _Meaning(self._names.by_color, silent, True, doubtful)

    def _numbers(self, *, is_deep: bool) -> _Meaning:
        known = {number: name for number, name in self._names.by_number.items() if number not in self._names.void}
        silent = {0, *self._names.void, _IGNORED_DEEP if is_deep else _IGNORED}
        doubtful = {}
        if not is_deep and not self._names.are_numbered and not is_background(known.pop(_IGNORED, "void")):
            doubtful[_IGNORED] = "areas of the number 255, which is to be ignored, although the list has a name for it"
        elif is_deep and _IGNORED not in known:
            silent.add(_IGNORED)
        return _Meaning(known, silent, False, doubtful)

    def _shapes(
        self, values: NDArray[np.int32], parts: NDArray[np.int32] | None, meaning: _Meaning, name: str
    ) -> Iterator[FileShape]:
        present = np.unique(values).tolist()
        self._tell_unused(present, meaning, name)
        wanted = {value: text for value, text in meaning.known.items() if self._names.is_label(text)}
        classes = np.where(np.isin(values, list(wanted)), values, -1)
        if parts is None:
            for value, mask in encode_label_map(classes).items():
                yield FileShape(wanted[value], mask, f"{name}: {_told(value, meaning)}", is_object=False)
            return
        # Class and object together, as small numbers; an object's border has the number 255 in both maps.
        numbers, places = np.unique(parts, return_inverse=True)
        ranks = {value: rank for rank, value in enumerate(wanted)}
        joint = np.full(values.shape, -1, np.int64)
        for value in ranks.keys() & set(present):
            here = classes == value
            joint[here] = places.reshape(values.shape)[here] * len(ranks) + ranks[value]
        of_rank = list(wanted)
        for pair, mask in encode_label_map(joint).items():
            part, rank = divmod(pair, len(ranks))
            value = of_rank[rank]
            yield FileShape(wanted[value], mask, f"{name}: {_told(value, meaning)}, object {numbers[part]}")

    def _tell_unused(self, present: Collection[int], meaning: _Meaning, name: str) -> None:
        for value in present:
            place = f"{name}: {_told(value, meaning)}"
            if value in meaning.doubtful:
                self._left_out.add(meaning.doubtful[value], place)
            elif value not in meaning.known and value not in meaning.silent:
                self._left_out.add("areas of a number or colour without a name", place)
        if set(present) in ({_IGNORED}, {0, _IGNORED}) and not meaning.are_colors and _is_ignored(meaning):
            self._left_out.add(
                "maps of nothing but 0 and 255, which is to be ignored; write 1 for the first class", name
            )


def _is_photo(name: str, files: Collection[str]) -> bool:
    """Whether a file is the photo of a map: "images" in its path is "masks" in that of the map."""
    parts = name.split("/")
    places = [place for place, part in enumerate(parts[:-1]) if part == "images"]
    return any("/".join([*parts[:place], "masks", *parts[place + 1 :]]) in files for place in places)


def _is_ignored(meaning: _Meaning) -> bool:
    return _IGNORED in meaning.silent and _IGNORED not in meaning.known


def _told(value: int, meaning: _Meaning) -> str:
    return f"#{value:06x}" if meaning.are_colors else str(value)


def _whichever(file: Path) -> NDArray[np.int32]:
    """(H, W) numbers or colours that tell objects apart."""
    return packed(read_colors(file)) if read_head(file).is_color else read_numbers(file)


def voc_color(number: int) -> int:
    """The colour that Pascal VOC shows a number in: its bits, in turn, become the channels' bits from the highest."""
    channels = [0, 0, 0]
    for place in range(8):
        for channel in range(3):
            channels[channel] |= (number >> (3 * place + channel) & 1) << (7 - place)
    return channels[0] * 65536 + channels[1] * 256 + channels[2]


_VOC_COLORS = {voc_color(number): name for number, name in enumerate(VOC_CLASSES)}
_VOC_BORDER = voc_color(_IGNORED)


def _voc_names() -> ClassNames:
    return ClassNames(dict(enumerate(VOC_CLASSES)), _VOC_COLORS, are_numbered=True)
