"""Names of the classes of label maps, from the file that is beside them: by number, and by colour where it has those.

`classes.json` is a list of names, names by number, ``{"classes": ["sky", ...], "void": 11}``, or what our own exports
write (`class_list`); `labelmap.txt` is what CVAT writes, with colours; `classes.txt` has one name a line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from acseg_core.errors import LabelFileError
from acseg_core.formats.class_list import CLASS_FILE, read_classes
from acseg_core.formats.labelled import FileLabel
from acseg_core.output.atomic_write import storage_error

NAME_FILES = (CLASS_FILE, "labelmap.txt", "classes.txt", "class_names.txt")
"""Files that names are looked for in, the first one first."""

_BACKGROUND = frozenset({"background", "_background_", "__background__", "bg", "void", "__ignore__", "ignore"})
_COLORED = re.compile(r"(?P<name>.*?):\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?::|$)", re.ASCII)
_MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class ClassNames:
    """Names of classes.

    Attributes:
        by_number: Names by number.
        by_color: Names by colour, red * 65536 + green * 256 + blue; empty where only numbers have names.
        shared_colors: Colours that two names have, which therefore mean none.
        void: Numbers whose pixels are to be ignored.
        are_numbered: Whether the file itself gives the numbers, so that even 255 is a class where it has a name.
        known: All that is known of the labels, by number, where the file is of our own; then every name is a label's.
    """

    by_number: Mapping[int, str]
    by_color: Mapping[int, str] = field(default_factory=dict)
    shared_colors: frozenset[int] = frozenset()
    void: frozenset[int] = frozenset()
    are_numbered: bool = False
    known: Mapping[int, FileLabel] = field(default_factory=dict)

    def is_label(self, name: str) -> bool:
        """Whether a name is a label's, not that of the background."""
        return bool(self.known) or not is_background(name)

    def labels(self) -> tuple[FileLabel, ...]:
        """The labels, without background; numbers are kept where they are what tells classes apart."""
        if self.known:
            return tuple({label.name: label for label in self.known.values()}.values())
        colors = {name: f"#{value:06x}" for value, name in self.by_color.items()}
        found: dict[str, FileLabel] = {}
        for number, name in self.by_number.items():
            if not is_background(name) and number not in self.void:
                kept = number if self.are_numbered or not self.by_color else None
                found.setdefault(name, FileLabel(name, category_id=kept, color=colors.get(name)))
        return tuple(found.values())


def is_background(name: str) -> bool:
    """Whether a name means that there is nothing, or nothing to look at."""
    return name.casefold() in _BACKGROUND


def has_class_names(folder: Path) -> bool:
    """Whether a folder has a file of names."""
    return any((folder / name).is_file() for name in NAME_FILES)


def read_class_names(folder: Path) -> ClassNames | None:
    """Read the names that are in a folder; None if it has no file of them.

    Raises:
        LabelFileError: The file makes no sense; the message names the line.
        StorageError: It cannot be read.
    """
    for name in NAME_FILES:
        file = folder / name
        if file.is_file():
            text = read_text(file)
            return _from_json(file, text) if name.endswith(".json") else _from_lines(file, text)
    return None


def read_text(file: Path) -> str:
    """The content of a file of names.

    Raises:
        LabelFileError: It is no text.
        StorageError: It cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise storage_error(file, error) from error
    except UnicodeDecodeError as error:
        raise LabelFileError(f"{file}: this is not UTF-8 text; save it as UTF-8") from error


def _from_lines(file: Path, text: str) -> ClassNames:
    """One name a line; of CVAT's, with a colour and more after it: "car:250,50,83::"."""
    names: list[str] = []
    colors: dict[int, str] = {}
    shared: set[int] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, color = (line, None) if file.name != "labelmap.txt" else _with_color(line, f"{file}:{number}")
        names.append(name.strip())
        if color is not None and colors.setdefault(color, name.strip()) != name.strip():
            shared.add(color)
    if not names:
        raise LabelFileError(f"{file}: there is no name in it; write one on each line")
    by_color = {color: name for color, name in colors.items() if color not in shared}
    return ClassNames(dict(enumerate(names)), by_color, frozenset(shared))


def _with_color(line: str, place: str) -> tuple[str, int | None]:
    found = _COLORED.match(line)
    if found is None:
        name, _, rest = line.partition(":")
        if rest.strip(": \t"):
            raise LabelFileError(f"{place}: its colour is not three numbers; export it again")
        return name, None
    red, green, blue = (int(value) for value in found.groups()[1:])
    if max(red, green, blue) > 255:
        raise LabelFileError(f"{place}: its colour has a number over 255; export it again")
    return found["name"], red * 65536 + green * 256 + blue


def _from_json(file: Path, text: str) -> ClassNames:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LabelFileError(f"{file}: this is not valid JSON; write a list of names") from error
    if _is_names(content):
        return ClassNames(dict(enumerate(content)))
    known = read_classes(file, content.get("classes")) if isinstance(content, dict) else None
    if known is not None:
        by_number = {number: label.name for number, label in known.items()}
        return ClassNames(by_number, are_numbered=True, known=known)
    if isinstance(content, dict) and _is_names(content.get("classes")):
        void = content.get("void", [])
        numbers = void if isinstance(void, list) else [void]
        if not all(isinstance(number, int) for number in numbers):
            raise LabelFileError(f'{file}: "void" is not the number of a class; write it like "void": 255')
        return ClassNames(dict(enumerate(content["classes"])), void=frozenset(numbers))
    if isinstance(content, dict) and content and all(map(_is_number, content)) and _is_names([*content.values()]):
        by_number = {int(key): name for key, name in content.items()}
        if len(by_number) == len(content):
            return ClassNames(by_number, are_numbered=True)
    raise LabelFileError(f'{file}: write a list of names, or names by number: {{"1": "car"}}')


def _is_names(content: Any) -> bool:
    return isinstance(content, list) and bool(content) and all(isinstance(name, str) for name in content)


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdecimal() and len(key) <= _MOST_DIGITS
