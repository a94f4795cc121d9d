"""The table of formats: every kind of file or folder that labelled images come in or leave as.

`FORMATS` is the only place that lists them; the command line, the forms of the window and their help are made from it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from acseg_core.errors import LabelFileError, UnknownFormatError
from acseg_core.formats.coco_reader import looks_like_coco, open_coco
from acseg_core.formats.label_files import LabelFormat
from acseg_core.formats.label_list_reader import check_meant_as_list, list_reader
from acseg_core.formats.label_map_reader import looks_like_label_maps, looks_like_voc, open_label_maps, open_voc
from acseg_core.formats.labelled import LabelledFiles
from acseg_core.formats.labelme_reader import looks_like_labelme, open_labelme
from acseg_core.formats.yolo_reader import looks_like_yolo, open_yolo


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        key: What it is called on the command line.
        title: What it is called in the window.
        suffixes: Of its files.
        read: Opens a file or folder of it; the images are read while it is open.
        is_it: Whether a file or folder looks like it, judged by a piece of its content.
        is_folder: Whether a folder can be given, too.
        labels_only: Whether it is a list of labels, without images.
    """

    key: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], AbstractContextManager[LabelledFiles]]
    is_it: Callable[[Path], bool]
    is_folder: bool = False
    labels_only: bool = False


FORMATS: tuple[Format, ...] = (
    Format("coco", "COCO instances", (".json",), open_coco, looks_like_coco),
    Format("yolo", "YOLO segmentation", (".yaml", ".yml"), open_yolo, looks_like_yolo, is_folder=True),
    Format("labelme", "labelme", (".json",), open_labelme, looks_like_labelme, is_folder=True),
    Format("voc", "Pascal VOC", (), open_voc, looks_like_voc, is_folder=True),
    Format("png", "Label maps (PNG)", (), open_label_maps, looks_like_label_maps, is_folder=True),
    Format("labels-acseg", "ACSeg labels", (".json",), **list_reader(LabelFormat.ACSEG), labels_only=True),
    Format("labels-coco", "COCO categories", (".json",), **list_reader(LabelFormat.COCO), labels_only=True),
    Format("labels-cvat", "CVAT labels", (".json",), **list_reader(LabelFormat.CVAT), labels_only=True),
    Format("labels-yolo", "YOLO names", (".yaml", ".yml"), **list_reader(LabelFormat.YOLO), labels_only=True),
    Format("labels-labelme", "labelme label list", (".txt",), **list_reader(LabelFormat.LABELME), labels_only=True),
    Format("labels-text", "Plain text list", (".txt", ".csv"), **list_reader(LabelFormat.TEXT), labels_only=True),
)
"""All formats, in the order in which they are shown and tried."""


def format_called(key: str) -> Format:
    """The format of that key.

    Raises:
        LabelFileError: There is none.
    """
    for each in FORMATS:
        if each.key == key:
            return each
    raise LabelFileError(f'"{key}" is no format; choose one of {", ".join(each.key for each in FORMATS)}')


def guessed(path: Path) -> Format | None:
    """The format of a file or folder, by its content; None if it is not there, or of none that is read."""
    for each in FORMATS:
        if each.is_folder or not path.is_dir():
            with contextlib.suppress(OSError):
                if path.exists() and each.is_it(path):
                    return each
    return None


def recognised(path: Path) -> Format:
    """The format of a file or folder, by its content.

    Raises:
        LabelFileError: It is not there.
        LabelListError: It was meant as a list of labels, and something in it makes no sense.
        UnknownFormatError: It is of none that is read.
    """
    if not path.exists():
        raise LabelFileError(f"{path}: there is no such file or folder")
    found = guessed(path)
    if found is not None:
        return found
    known = ", ".join(each.title for each in FORMATS)
    check_meant_as_list(path)
    raise UnknownFormatError(f"{path}: this is none of the formats that are read ({known}); say which with --format")
