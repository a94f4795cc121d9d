"""The table of formats: every kind of file or folder that labelled images come in or leave as.

`FORMATS` is the only place that lists them; the command line, the forms of the window and their help are made from it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from acseg_core.errors import LabelFileError
from acseg_core.formats.coco_reader import looks_like_coco, open_coco
from acseg_core.formats.labelled import LabelledFiles


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        key: What it is called on the command line.
        title: What it is called in the window.
        suffix: Of its files; "" for a folder.
        read: Opens a file or folder of it; the images are read while it is open.
        is_it: Whether a file or folder looks like it, judged by a piece of its content.
    """

    key: str
    title: str
    suffix: str
    read: Callable[[Path], AbstractContextManager[LabelledFiles]]
    is_it: Callable[[Path], bool]

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files."""
        return not self.suffix


FORMATS: tuple[Format, ...] = (Format("coco", "COCO instances", ".json", open_coco, looks_like_coco),)
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


def recognised(path: Path) -> Format:
    """The format of a file or folder, by its content.

    Raises:
        LabelFileError: It is not there, or of none that is read.
    """
    if not path.exists():
        raise LabelFileError(f"{path}: there is no such file or folder")
    for each in FORMATS:
        if each.is_folder == path.is_dir():
            with contextlib.suppress(OSError):
                if each.is_it(path):
                    return each
    known = ", ".join(each.title for each in FORMATS)
    raise LabelFileError(f"{path}: this is none of the formats that are read ({known}); say which with --format")
