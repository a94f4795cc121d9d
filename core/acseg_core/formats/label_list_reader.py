"""Lists of labels read as the other formats are: names and what they are, without images."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypedDict

from acseg_core.errors import AcsegError, LabelListError
from acseg_core.formats.label_files import LabelFormat, read_labels
from acseg_core.formats.labelled import FileImage, FileLabel, LabelledFiles

_MOST_BYTES = 16_000_000
"""A file that is larger is looked at as a list only where somebody says that it is one."""

_LINES = frozenset({"", ".csv", ".json", ".labels", ".list", ".lst", ".names", ".tsv", ".txt"})
"""Suffixes of files whose lines are taken for names unasked: any text at all could be a list of them."""

_TEXTS = frozenset({".csv", ".tsv", ".txt"})
"""Suffixes of files that are meant as lists, whatever is in them."""


class ListReader(TypedDict):
    """How a kind of list is read, and known."""

    opener: Callable[[Path], contextlib.AbstractContextManager[LabelledFiles]]
    is_it: Callable[[Path], bool]


def list_reader(kind: LabelFormat) -> ListReader:
    """What the table of formats says of a kind of list."""
    return {"opener": partial(open_label_list, kind=kind), "is_it": partial(looks_like_label_list, kind=kind)}


@contextlib.contextmanager
def open_label_list(path: Path, kind: LabelFormat) -> Iterator[LabelledFiles]:
    """Read a list of labels.

    Raises:
        LabelListError: It is none, or something in it makes no sense.
        StorageError: It cannot be read.
    """
    found = read_labels(path, kind)
    labels = tuple(
        FileLabel(
            entry.name,
            color=entry.color,
            supercategory=entry.supercategory,
            is_thing=entry.is_thing,
            is_void=entry.is_void,
            hotkey=entry.hotkey,
        )
        for entry in found.entries
    )
    yield LabelledFiles(labels, (), _no_images, notes=found.notes, is_list=True)


def looks_like_label_list(path: Path, kind: LabelFormat) -> bool:
    """Whether the content of a file is a list of that kind."""
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return False
        if kind in (LabelFormat.TEXT, LabelFormat.LABELME) and path.suffix.lower() not in _LINES:
            return False
        return read_labels(path).format is kind
    except (AcsegError, OSError):
        return False


def check_meant_as_list(path: Path) -> None:
    """Say what is wrong with a file that is of no format, where it was meant as text or JSON with labels.

    Raises:
        LabelListError: It was.
    """
    suffix = path.suffix.lower()
    if suffix not in _LINES | {".yaml", ".yml"} or not path.is_file() or path.stat().st_size > _MOST_BYTES:
        return
    try:
        read_labels(path)
    except LabelListError as error:
        if error.__cause__ is not None or suffix in _TEXTS:
            raise


def _no_images() -> Iterator[FileImage]:
    return iter(())
