"""Lists of labels as files: our own, plain text, and those of COCO, CVAT, labelme and YOLO (data.yaml).

The format of a file is found out by its content, unless it is said. Ours holds everything a label is, in the project's
order:

    {"format": "acseg-labels", "version": 1,
     "labels": [{"name": "car", "color": "#e69f00", "key": "1", "supercategory": "vehicle", "kind": "thing",
                 "void": false}, ...]}

Only ``name`` is required; ``key`` is "1" to "9" or null, ``kind`` is "thing" or "stuff", and a label that is ``void``
stands for pixels to ignore. The other formats know less: what is lost on the way is said.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from acseg_core.errors import EditError, LabelListError, quoted
from acseg_core.formats.label_colors import read_color
from acseg_core.formats.label_sources import Source, read_json, read_yaml, source_of
from acseg_core.output.atomic_write import storage_error
from acseg_core.output.protected import write_output
from acseg_core.store.edits.known_labels import HOTKEYS
from acseg_core.store.edits.label_list import LabelEntry
from acseg_core.store.queries.label_queries import clean_name, clean_supercategory
from acseg_core.store.records import name_key
from acseg_core.types import Label

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

FORMAT, VERSION = "acseg-labels", 1
IGNORE, BACKGROUND = "__ignore__", "_background_"
"""The first two lines of labelme's labels.txt."""


class LabelFormat(StrEnum):
    """Kinds of files that hold labels."""

    ACSEG = "acseg"
    TEXT = "text"
    COCO = "coco"
    CVAT = "cvat"
    LABELME = "labelme"
    YOLO = "yolo"


SUFFIXES = {
    LabelFormat.ACSEG: ".json",
    LabelFormat.TEXT: ".txt",
    LabelFormat.COCO: ".json",
    LabelFormat.CVAT: ".json",
    LabelFormat.LABELME: ".txt",
    LabelFormat.YOLO: ".yaml",
}
"""Suffixes of such files."""

_SOURCES = {
    LabelFormat.ACSEG: Source.JSON,
    LabelFormat.TEXT: Source.LINES,
    LabelFormat.COCO: Source.JSON,
    LabelFormat.CVAT: Source.JSON,
    LabelFormat.LABELME: Source.LINES,
    LabelFormat.YOLO: Source.YAML,
}

_TEXTS = ("name", "supercategory")
"""Fields of an entry that are texts; numbers become one."""


@dataclass(frozen=True, slots=True)
class LabelList:
    """What a file holds.

    Attributes:
        format: What it was found to be.
        entries: In its order, each name once.
        notes: What of it cannot be kept, one line each.
    """

    format: LabelFormat
    entries: tuple[LabelEntry, ...]
    notes: tuple[str, ...] = ()


def read_labels(path: Path, kind: LabelFormat | None = None) -> LabelList:
    """Read a file of labels.

    Args:
        path: The file.
        kind: What it is, if its content does not say; the name does not matter then.

    Raises:
        LabelListError: It is none, or something in it makes no sense.
        StorageError: It cannot be read.
    """
    text = _text(path)
    source = source_of(path, text) if kind is None else _SOURCES[kind]
    if source is Source.LINES:
        return _read_lines(path, text, kind)
    if source is Source.YAML:
        return _read_yolo(path, read_yaml(path, text))
    return _read_json(path, read_json(path, text), kind)


def write_labels(path: Path, labels: Sequence[Label], kind: LabelFormat) -> tuple[str, ...]:
    """Write labels in their order; returns what the format cannot keep, one line each.

    Raises:
        StorageError: The file cannot be written.
    """
    writers = {
        LabelFormat.ACSEG: _acseg,
        LabelFormat.TEXT: _lines,
        LabelFormat.COCO: _coco,
        LabelFormat.CVAT: _cvat,
        LabelFormat.LABELME: _labelme,
        LabelFormat.YOLO: _yolo,
    }
    content = writers[kind](labels)
    with write_output(path) as file:
        file.write(content.encode())
    return tuple(_lost(labels, kind))


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise storage_error(path, error) from error
    encoding = next((name for mark, name in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise LabelListError(
            f"{path}:{line}: this is not UTF-8 text; choose a list of labels, or save it as UTF-8"
        ) from error


def _read_lines(path: Path, text: str, kind: LabelFormat | None) -> LabelList:
    reading = _Reading(path)
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            reading.add(f"{path}:{number}", {"name": line.strip()})
    if not reading.entries:
        raise LabelListError(f"{path}: there is no label in it; write one name per line")
    has_marks = not {entry.name for entry in reading.entries}.isdisjoint((IGNORE, BACKGROUND))
    if kind is LabelFormat.TEXT or (kind is None and not has_marks):
        return reading.result(LabelFormat.TEXT)
    told = {
        IGNORE: LabelEntry(IGNORE, is_thing=False, is_void=True),
        BACKGROUND: LabelEntry(BACKGROUND, is_thing=False),
    }
    reading.entries = [told.get(entry.name, entry) for entry in reading.entries]
    return reading.result(LabelFormat.LABELME)


def _read_yolo(path: Path, content: Any) -> LabelList:
    names = content.get("names") if isinstance(content, dict) else None
    if isinstance(names, dict):
        numbered = all(isinstance(key, str) and key.isdecimal() for key in names)
        names = [names[key] for key in (sorted(names, key=int) if numbered else names)]
    if not isinstance(names, list) or not names:
        raise LabelListError(f"{path}: there are no names in it; choose the data.yaml of a YOLO data set")
    reading = _Reading(path)
    for number, name in enumerate(names, 1):
        reading.add(f"{path}: name {number}", {"name": name})
    return reading.result(LabelFormat.YOLO)


def _read_json(path: Path, content: Any, kind: LabelFormat | None) -> LabelList:
    fields = content if isinstance(content, dict) else {}
    if fields.get("format") == FORMAT and kind in (None, LabelFormat.ACSEG):
        return _read_acseg(path, fields)
    if isinstance(fields.get("categories"), list) and kind in (None, LabelFormat.COCO):
        return _Reading(path).all("category", fields["categories"], _from_coco).result(LabelFormat.COCO)
    labels = fields.get("labels") if isinstance(content, dict) else content
    if isinstance(labels, list) and labels:
        if all(isinstance(each, dict) and "name" in each for each in labels) and kind in (None, LabelFormat.CVAT):
            return _read_cvat(path, labels)
        if labels is content and all(isinstance(each, str) for each in labels) and kind is None:
            return _Reading(path).all("name", [{"name": each} for each in labels], dict).result(LabelFormat.TEXT)
    if kind is not None:
        raise LabelListError(f"{path}: this is not a list of labels in the format {kind}; leave the format out")
    raise LabelListError(
        f"{path}: there are no labels in it; choose a list from ACSeg or CVAT, a COCO file with categories, or a "
        "text file"
    )


def _read_acseg(path: Path, content: dict[str, Any]) -> LabelList:
    version = content.get("version", VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise LabelListError(
            f"{path}: this list was written by a newer version of ACSeg Desktop ({quoted(version)}); update the program"
        )
    labels = content.get("labels")
    if not isinstance(labels, list):
        raise LabelListError(f'{path}: "labels" is not a list; export the list again')
    return _Reading(path).all("label", labels, _from_acseg).result(LabelFormat.ACSEG)


def _from_acseg(fields: dict[str, Any]) -> dict[str, Any]:
    kind, key = fields.get("kind"), fields.get("key")
    if kind not in ("thing", "stuff", None):
        raise EditError(f'its kind is "{quoted(kind)}"; write "thing" or "stuff"')
    if "key" in fields and key is not None and key not in HOTKEYS:
        raise EditError(f'its key is "{quoted(key)}"; write "1" to "9", or null')
    return {
        "name": fields.get("name"),
        "color": fields.get("color"),
        "hotkey": (key or "") if "key" in fields else None,
        "supercategory": fields.get("supercategory"),
        "is_thing": None if kind is None else kind == "thing",
        "is_void": fields.get("void"),
    }


def _from_coco(fields: dict[str, Any]) -> dict[str, Any]:
    isthing = fields.get("isthing")
    return {
        "name": fields.get("name"),
        "color": fields.get("color"),
        "supercategory": fields.get("supercategory"),
        "is_thing": None if isthing is None else bool(isthing),
    }


def _read_cvat(path: Path, labels: list[Any]) -> LabelList:
    reading = _Reading(path).all("label", labels, lambda fields: {k: fields.get(k) for k in ("name", "color")})
    if any(fields.get("attributes") for fields in labels):
        reading.notes.append("attributes of labels are not imported")
    if any(fields.get("sublabels") for fields in labels):
        reading.notes.append("the parts of skeletons are not imported")
    return reading.result(LabelFormat.CVAT)


class _Reading:
    """Entries of a file as they are read, checked, and what is to be said of them.

    Attributes:
        entries: In the order of the file; names may come more than once.
        notes: What of them cannot be kept, one line each.
    """

    def __init__(self, path: Path) -> None:
        self.entries: list[LabelEntry] = []
        self.notes: list[str] = []
        self._path = path
        self._odd_colors: list[str] = []

    def all(self, noun: str, labels: list[Any], read: Callable[[dict[str, Any]], dict[str, Any]]) -> _Reading:
        """Take all labels of a list; ``read`` makes fields of an entry of what the file says of one."""
        for number, fields in enumerate(labels, 1):
            place = f"{self._path}: {noun} {number}"
            if not isinstance(fields, dict):
                raise LabelListError(f'{place}: this is not an object with a "name"; export the list again')
            try:
                self.add(place, read(fields))
            except EditError as error:
                raise LabelListError(f"{place}: {error}") from error
        return self

    def add(self, place: str, fields: dict[str, Any]) -> None:
        """Take one label; a colour that is none is left out, and noted.

        Raises:
            LabelListError: Another field makes no sense.
        """
        fields = {name: _as_text(value) if name in _TEXTS else value for name, value in fields.items()}
        for field, kind in (*((name, str) for name in _TEXTS), ("is_void", bool)):
            if fields.get(field) is not None and not isinstance(fields[field], kind):
                raise LabelListError(f"{place}: its {field.removeprefix('is_')} is not valid; export the list again")
        try:
            name = clean_name(fields.get("name") or "")
            if fields.get("supercategory") is not None:
                fields["supercategory"] = clean_supercategory(fields["supercategory"])
        except EditError as error:
            raise LabelListError(f"{place}: {error}") from error
        color = fields.get("color")
        read = None if color in (None, "") else read_color(color)
        if read is None and color not in (None, ""):
            self._odd_colors.append(f"“{quoted(name)}” ({quoted(color, most=20)})")
        self.entries.append(LabelEntry(**{**fields, "name": name, "color": read}))

    def result(self, kind: LabelFormat) -> LabelList:
        """Take each name once; the first of a name counts."""
        by_name: dict[str, LabelEntry] = {}
        twice: dict[str, None] = {}
        for entry in self.entries:
            if by_name.setdefault(name_key(entry.name), entry) is not entry:
                twice[f"“{quoted(entry.name)}”"] = None
        notes: list[str] = []
        if twice:
            notes.append(f"named more than once, imported once: {_some(list(twice))}")
        if self._odd_colors:
            notes.append(f"not a valid colour, so another one is chosen: {_some(self._odd_colors)}")
        return LabelList(kind, tuple(by_name.values()), (*notes, *self.notes))


def _as_text(value: object) -> object:
    """A number is a name as well."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _some(texts: Sequence[str]) -> str:
    return ", ".join(texts[:5]) + (", …" if len(texts) > 5 else "")


def _acseg(labels: Sequence[Label]) -> str:
    rows = [
        {
            "name": label.name,
            "color": label.color,
            "key": label.hotkey,
            "supercategory": label.supercategory,
            "kind": "thing" if label.is_thing else "stuff",
            "void": label.is_void,
        }
        for label in labels
    ]
    lines = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in rows)
    body = f"\n{lines}\n  " if lines else ""
    return f'{{\n  "format": "{FORMAT}",\n  "version": {VERSION},\n  "labels": [{body}]\n}}\n'


def _lines(labels: Sequence[Label]) -> str:
    return "".join(f"{label.name}\n" for label in labels)


def _coco(labels: Sequence[Label]) -> str:
    categories = [
        {
            "id": number,
            "name": label.name,
            "supercategory": label.supercategory,
            "isthing": int(label.is_thing),
            "color": [int(label.color[i : i + 2], 16) for i in (1, 3, 5)],
        }
        for number, label in enumerate(labels, 1)
    ]
    return json.dumps({"images": [], "annotations": [], "categories": categories}, ensure_ascii=False, indent=1) + "\n"


def _cvat(labels: Sequence[Label]) -> str:
    rows = [{"name": label.name, "color": label.color, "type": "any", "attributes": []} for label in labels]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _labelme(labels: Sequence[Label]) -> str:
    others = [label.name for label in labels if label.name not in (IGNORE, BACKGROUND)]
    return "".join(f"{name}\n" for name in (IGNORE, BACKGROUND, *others))


def _yolo(labels: Sequence[Label]) -> str:
    names = "".join(
        f"  {number}: {json.dumps(label.name, ensure_ascii=False)}\n" for number, label in enumerate(labels)
    )
    return f"names:\n{names}" if names else "names: []\n"


def _lost(labels: Sequence[Label], kind: LabelFormat) -> Iterator[str]:
    if kind is LabelFormat.ACSEG:
        return
    lost = []
    if kind in (LabelFormat.TEXT, LabelFormat.LABELME, LabelFormat.YOLO):
        lost.append("colours")
    if kind is not LabelFormat.COCO:
        lost += ["supercategories"] * any(label.supercategory for label in labels)
        lost += ["what is thing or stuff"] * any(not label.is_thing for label in labels)
    lost += ["what is void"] * any(label.is_void and label.name != IGNORE for label in labels)
    lost += ["keys"] * any(label.hotkey for label in labels)
    if lost and labels:
        head, last = ", ".join(lost[:-1]), lost[-1]
        yield f"this format has no room for {f'{head} and {last}' if head else last}"
