"""COCO panoptic read: a JSON file, and a PNG file for each image whose colours are the numbers of its segments.

The PNG files are in the folder that is named like the JSON file, or beside it. A segment's number is red + 256 * green
+ 65536 * blue, 0 is void. Numbers that the JSON file does not list are told, never guessed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import LabelFileError, quoted
from acseg_core.formats.coco_lists import CocoLists, ImageId, image_id, told_crowds, whole
from acseg_core.formats.json_stream import check_depth, items
from acseg_core.formats.label_folder import check_folder, inside
from acseg_core.formats.label_png import check_colors, packed, read_colors
from acseg_core.formats.labelled import FileImage, FileShape, LabelledFiles, Unused
from acseg_core.shapes.masks import encode_label_map
from acseg_core.types import Rle

_VOID = 0
_TRIED = 20
"""JSON files of a folder that are looked at, to find the one of panoptic segments."""


@contextlib.contextmanager
def open_panoptic(path: Path, masks: Path | None = None) -> Iterator[LabelledFiles]:
    """Read a COCO file of panoptic segments.

    Args:
        path: The JSON file, or the folder that it or its PNG files are in.
        masks: The folder of its PNG files; if left out, the one named like it, or its own.

    Raises:
        LabelFileError: It is none, or damaged, or a PNG file is missing or does not fit; the message names the place.
        StorageError: It cannot be read.
    """
    file = _json_of(path) if path.is_dir() else path
    if masks is not None:
        check_folder(masks, "the folder of the PNG files")
    yield _Reading(file, masks).files()


def looks_like_panoptic(path: Path) -> bool:
    """Whether the first annotation of a file, or of the only such one in or beside a folder, lists segments."""
    if path.is_dir():
        return len([file for file in _candidates(path) if looks_like_panoptic(file)]) == 1
    try:
        check_depth(path)
        first = next(items(path, "annotations"), None)
    except LabelFileError:
        return False
    return isinstance(first, dict) and "segments_info" in first


def _candidates(folder: Path) -> Iterator[Path]:
    """JSON files that may belong to a folder: the one named like it, or some of those in it."""
    beside = Path(f"{folder.resolve()}.json")
    if beside.is_file():
        yield beside
    yield from [file for file in sorted(folder.glob("*.json")) if file.is_file()][:_TRIED]


def _json_of(folder: Path) -> Path:
    found = [file for file in _candidates(folder) if looks_like_panoptic(file)]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(file.name for file in found)
        raise LabelFileError(f"{folder}: there are several files of COCO panoptic, {names}; choose one of them")
    raise LabelFileError(f"{folder}: there is no file of COCO panoptic in it; choose its JSON file")


@dataclass(frozen=True, slots=True)
class _Segment:
    """A segment as the JSON file lists it.

    Attributes:
        number: That its pixels have.
        category: Number of its category.
        place: Where it stands.
    """

    number: int
    category: int | None
    place: str


class _Reading:
    """One file that is being read; the annotations are read anew for each walk, so that memory stays flat."""

    def __init__(self, path: Path, masks: Path | None) -> None:
        self._path = path
        self._folders = [path.with_suffix(""), path.parent] if masks is None else [masks]
        self._left_out = Unused()
        self._lists = CocoLists(path, "panoptic segments")
        self._categories = self._lists.categories()
        self._images = self._lists.images()
        self._crowds = Unused()
        self._check_names()
        self._check()

    def files(self) -> LabelledFiles:
        return LabelledFiles(
            labels=tuple(self._categories.values()),
            names=tuple(image.name for image in self._images.values()),
            images=self._walk,
            left_out=self._left_out,
            notes=told_crowds(self._crowds),
        )

    def _check_names(self) -> None:
        seen: set[str] = set()
        for number, name in enumerate((image.name for image in self._images.values()), 1):
            if name in seen:
                raise self._lists.wrong(f'image {number} has the file_name "{quoted(name)}", which is used twice')
            seen.add(name)

    def _check(self) -> None:
        """See that all annotations make sense and their PNG files are there, before anything is done with one."""
        images: dict[ImageId, str] = {}
        files: dict[Path, str] = {}
        for place, item in self._lists.items("annotations"):
            self._segments(place, item)
            image = image_id(item)
            if image is None or image not in self._images:
                continue
            if image in images:
                raise self._lists.wrong(f"{place} is of the image of {images[image]}")
            file = self._file(place, item)
            if file in files:
                raise self._lists.wrong(f"{place} has the PNG file of {files[file]}")
            images[image] = files[file] = place
            for count, each in enumerate(item["segments_info"], 1):
                if each.get("iscrowd"):
                    self._crowds.add("", f"{place}, segment {count}")
            self._check_size(place, file, self._images[image].size)
        if not images:
            raise self._lists.wrong("it has no annotations of its images; choose a COCO file of panoptic segments")

    def _check_size(self, place: str, file: Path, wanted: tuple[int, int] | None) -> None:
        size = check_colors(file, "choose the PNG files of COCO panoptic").size
        if wanted is not None and size != wanted:
            raise LabelFileError(
                f"{file}: this has {size[1]} x {size[0]} pixels, but {place} of {self._path.name} is of an image of "
                f"{wanted[1]} x {wanted[0]}; export both again"
            )

    def _file(self, place: str, item: dict[str, Any]) -> Path:
        """The PNG file of an annotation; some tools write the photo's suffix."""
        name = item.get("file_name")
        if not isinstance(name, str) or not name.strip():
            raise self._lists.wrong(f"{place} has no file_name")
        for folder in self._folders:
            file = inside(folder, name)
            if file is None:
                raise self._lists.wrong(f'{place} has the file_name "{quoted(name)}", which is outside of its folder')
            with contextlib.suppress(OSError, ValueError):  # no file can have such a name
                for each in (file, file.with_suffix(".png")):
                    if each.suffix.lower() == ".png" and each.is_file():
                        return each
        folder = self._folders[0]
        archive = Path(f"{folder}.zip")
        remedy = f"unpack {archive.name}" if archive.is_file() else f"put the PNG files into {folder}"
        raise self._lists.wrong(f'the PNG file "{quoted(name)}" of {place} is missing; {remedy}')

    def _segments(self, place: str, item: dict[str, Any]) -> list[_Segment]:
        given = item.get("segments_info")
        if not isinstance(given, list):
            raise self._lists.wrong(f"{place} has no segments_info; choose a COCO file of panoptic segments")
        found: dict[int, _Segment] = {}
        for count, each in enumerate(given, 1):
            where = f"{place}, segment {count}"
            number = whole(each.get("id")) if isinstance(each, dict) else None
            if number is None or number < 0:
                raise self._lists.wrong(f"{where} has no id")
            if number in found:
                raise self._lists.wrong(f"{where} has the id {number}, which is used twice")
            found[number] = _Segment(number, whole(each.get("category_id")), where)
        return list(found.values())

    def _walk(self) -> Iterator[FileImage]:
        told: set[ImageId] = set()
        for place, item in self._lists.items("annotations"):
            image = image_id(item)
            if image is None or image not in self._images:
                self._left_out.add("in images that the file does not list", place)
                continue
            told.add(image)
            listed = self._images[image]
            file = self._file(place, item)
            numbers = _numbers(file)
            shapes = list(self._shapes(numbers, self._segments(place, item), file.name))
            size = listed.size or (numbers.shape[0], numbers.shape[1])
            is_empty = listed.is_done and not shapes
            yield FileImage(listed.name, shapes, size, is_negative=is_empty, remarks=listed.remarks)
        for image, listed in self._images.items():
            if image not in told:
                yield FileImage(listed.name, (), listed.size, is_negative=listed.is_done, remarks=listed.remarks)

    def _shapes(self, numbers: NDArray[np.int32], segments: list[_Segment], name: str) -> Iterator[FileShape]:
        listed = [segment.number for segment in segments]
        for stray in np.setdiff1d(numbers, [_VOID, *listed]).tolist():
            self._left_out.add("segments of a PNG file that the JSON file does not list", f"{name}: {stray}")
        masks = encode_label_map(np.where(np.isin(numbers, listed), numbers, -1))
        for segment in segments:
            mask = self._usable(segment, masks)
            if mask is not None and segment.category is not None:
                yield FileShape(self._categories[segment.category].name, mask, segment.place)

    def _usable(self, segment: _Segment, masks: dict[int, Rle]) -> Rle | None:
        """The mask of a segment; what is wrong with one that cannot be used is counted."""
        if segment.number == _VOID:
            self._left_out.add("segments of the number 0, which is void", segment.place)
        elif segment.category not in self._categories:
            self._left_out.add("in categories that the file does not list", segment.place)
        elif segment.number not in masks:
            self._left_out.add("segments without a pixel", segment.place)
        else:
            return masks[segment.number]
        return None


def _numbers(file: Path) -> NDArray[np.int32]:
    """(H, W) int32 numbers of the segments."""
    return packed(read_colors(file)[..., ::-1])  # blue counts most, not red
