"""The lists that COCO's files of instances and of panoptic segments share: categories and images.

Labels are known by name: the numbers of categories start at 0 in some files, and have gaps in others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from acseg_core.errors import LabelFileError
from acseg_core.formats.json_stream import check_depth, items
from acseg_core.formats.label_colors import read_color
from acseg_core.formats.label_folder import check_unpacked
from acseg_core.formats.labelled import FileLabel, Unused
from acseg_core.formats.remarks import NO_REMARKS, Remarks, read_remarks

ImageId: TypeAlias = int | str

_MOST_PIXELS = 2**31 - 1


@dataclass(frozen=True, slots=True)
class ListedImage:
    """An image as the list of images has it.

    Attributes:
        name: Its file_name.
        size: (height, width); None when the file does not say.
        is_done: Whether somebody said that all of it is labelled; our own files say it.
        remarks: What else people said of it; our own files have it.
    """

    name: str
    size: tuple[int, int] | None
    is_done: bool = False
    remarks: Remarks = NO_REMARKS


class CocoLists:
    """The lists of one file, read one after the other.

    Args:
        path: The file.
        kind: What it should hold, for messages: "instances".

    Raises:
        LabelFileError: It is an archive, or has too many brackets inside of each other.
        StorageError: It cannot be read.
    """

    def __init__(self, path: Path, kind: str) -> None:
        check_unpacked(path)
        check_depth(path)
        self._path = path
        self._kind = kind

    def items(self, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The objects of one of the lists, with their places.

        Raises:
            LabelFileError: One is not an object, or it is no sound JSON.
        """
        for number, item in enumerate(items(self._path, key), 1):
            place = f"{_SINGULAR[key]} {number}"
            if not isinstance(item, dict):
                raise self.wrong(f"{place} is not an object")
            yield place, item

    def categories(self) -> dict[int, FileLabel]:
        """The labels by the number of their category.

        Raises:
            LabelFileError: There is none, or one lacks what it needs.
        """
        found: dict[int, FileLabel] = {}
        for place, item in self.items("categories"):
            id_, name = whole(item.get("id")), item.get("name")
            if id_ is None or not isinstance(name, str | int) or isinstance(name, bool) or not str(name).strip():
                raise self.wrong(f"{place} has no id and name")
            if id_ in found:
                raise self.wrong(f"{place} has the id {id_}, which is used twice")
            above = item.get("supercategory")
            is_thing = item.get("isthing")
            found[id_] = FileLabel(
                name=str(name),
                category_id=id_,
                color=read_color(item.get("color")),
                supercategory=above if isinstance(above, str) else None,
                is_thing=None if is_thing not in (0, 1) else bool(is_thing),
            )
        if not found:
            raise self.wrong(f"it has no categories; choose a COCO file of {self._kind}")
        return found

    def images(self) -> dict[ImageId, ListedImage]:
        """The images by their id.

        Raises:
            LabelFileError: There is none, or one lacks what it needs.
        """
        found: dict[ImageId, ListedImage] = {}
        for place, item in self.items("images"):
            id_, name = item.get("id"), item.get("file_name")
            if not isinstance(id_, int | str) or not isinstance(name, str) or not name.strip():
                raise self.wrong(f"{place} has no id and file_name")
            if id_ in found:
                raise self.wrong(f"{place} has the id {id_}, which is used twice")
            height, width = whole(item.get("height")), whole(item.get("width"))
            is_size = height and width and min(height, width) > 0 and height * width <= _MOST_PIXELS
            size = (height, width) if height and width and is_size else None
            found[id_] = ListedImage(name, size, item.get("done") is True, read_remarks(item))
        if not found:
            raise self.wrong(f"it has no images; choose a COCO file of {self._kind}")
        return found

    def wrong(self, what: str) -> LabelFileError:
        """What to raise of something in the file that makes no sense."""
        remedy = "" if ";" in what else "; export it again"
        return LabelFileError(f"{self._path}: {what}{remedy}")


_SINGULAR = {"categories": "category", "images": "image", "annotations": "annotation"}


def whole(value: Any) -> int | None:
    """A whole number, also where it is written as 3.0 or "3"; None of anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 19:
        return int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value if isinstance(value, int) and abs(value) < 2**63 else None


def image_id(item: dict[str, Any]) -> ImageId | None:
    """The id of the image that an annotation belongs to; None if it is nothing that can be one."""
    given = item.get("image_id")
    if isinstance(given, float) and given.is_integer():
        return int(given)
    return given if isinstance(given, int | str) else None


def told_crowds(crowds: Unused) -> tuple[str, ...]:
    """What is said of groups that nobody took apart (``iscrowd``): regions here know no such thing."""
    return tuple(_told_crowd(part.count, part.places_text) for part in crowds.parts())


def _told_crowd(count: int, places: str) -> str:
    return (
        f"1 crowd annotation comes in as an ordinary region: {places}"
        if count == 1
        else f"{count} crowd annotations come in as ordinary regions: {places}"
    )
