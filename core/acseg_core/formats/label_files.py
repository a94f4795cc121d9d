"""Lists of labels as files: our own, plain text, and those of COCO, CVAT and labelme.

The format of a file is found out by its content. Ours holds everything a label is, in the project's order:

    {"format": "acseg-labels", "version": 1,
     "labels": [{"name": "car", "color": "#e69f00", "key": "1", "supercategory": "vehicle", "kind": "thing",
                 "void": false}, ...]}

Only ``name`` is required; ``key`` is "1" to "9" or null, ``kind`` is "thing" or "stuff", and a label that is ``void``
stands for pixels to ignore. The other formats know less: what is lost on the way is said.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from acseg_core.atomic_write import storage_error
from acseg_core.errors import EditError, LabelListError
from acseg_core.outputs import write_output
from acseg_core.store.edits.known_labels import HOTKEYS
from acseg_core.store.edits.label_list import LabelEntry
from acseg_core.store.edits.labels import clean_color
from acseg_core.store.queries.label_queries import clean_name
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


SUFFIXES = {
    LabelFormat.ACSEG: ".json",
    LabelFormat.TEXT: ".txt",
    LabelFormat.COCO: ".json",
    LabelFormat.CVAT: ".json",
    LabelFormat.LABELME: ".txt",
}
"""How the names of such files end."""


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


def read_labels(path: Path) -> LabelList:
    """Read a file of labels.

    Raises:
        LabelListError: It is none, or something in it makes no sense.
        StorageError: It cannot be read.
    """
    text = _text(path)
    if path.suffix.lower() == ".json" or text.lstrip()[:1] in ("{", "["):
        return _read_json(path, text)
    return _read_lines(path, text)


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
            f"{path}:{line}: this is no text in UTF-8; choose a list of labels, or save it as UTF-8"
        ) from error


def _read_lines(path: Path, text: str) -> LabelList:
    entries = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            entries.append(_entry(f"{path}:{number}", {"name": line.strip()}))
    if not entries:
        raise LabelListError(f"{path}: there is no label in it; write one name on each line")
    names = {entry.name for entry in entries}
    if names.isdisjoint((IGNORE, BACKGROUND)):
        return _list(LabelFormat.TEXT, entries)
    told = {
        IGNORE: LabelEntry(IGNORE, is_thing=False, is_void=True),
        BACKGROUND: LabelEntry(BACKGROUND, is_thing=False),
    }
    return _list(LabelFormat.LABELME, [told.get(entry.name, entry) for entry in entries])


def _read_json(path: Path, text: str) -> LabelList:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise LabelListError(f"{path}:{error.lineno}: this is no JSON ({error.msg}); export the list anew") from error
    except RecursionError as error:
        raise LabelListError(f"{path}: this is nested too deeply for a list of labels; choose another file") from error
    if isinstance(content, dict) and content.get("format") == FORMAT:
        return _read_acseg(path, content)
    if isinstance(content, dict) and isinstance(content.get("categories"), list):
        return _list(LabelFormat.COCO, _entries(path, "category", content["categories"], _from_coco))
    labels = content.get("labels") if isinstance(content, dict) else content
    if isinstance(labels, list) and labels and all(isinstance(each, dict) and "name" in each for each in labels):
        return _read_cvat(path, labels)
    raise LabelListError(
        f"{path}: there are no labels in it; choose a list of ours or of CVAT's, a COCO file with categories, or text"
    )


def _read_acseg(path: Path, content: dict[str, Any]) -> LabelList:
    version = content.get("version", VERSION)
    if not isinstance(version, int) or version > VERSION:
        raise LabelListError(f"{path}: a newer version of ACSeg Desktop wrote this list (version {version}); update it")
    labels = content.get("labels")
    if not isinstance(labels, list):
        raise LabelListError(f'{path}: "labels" is no list; export the list anew')
    return _list(LabelFormat.ACSEG, _entries(path, "label", labels, _from_acseg))


def _from_acseg(fields: dict[str, Any]) -> dict[str, Any]:
    kind, key = fields.get("kind"), fields.get("key")
    if kind not in ("thing", "stuff", None):
        raise EditError(f'its kind is "{kind}"; write "thing" or "stuff"')
    if "key" in fields and key is not None and key not in HOTKEYS:
        raise EditError(f'its key is "{key}"; write "1" to "9", or null')
    return {
        "name": fields.get("name"),
        "color": fields.get("color"),
        "hotkey": (key or "") if "key" in fields else None,
        "supercategory": fields.get("supercategory"),
        "is_thing": None if kind is None else kind == "thing",
        "is_void": fields.get("void"),
    }


def _from_coco(fields: dict[str, Any]) -> dict[str, Any]:
    color, isthing = fields.get("color"), fields.get("isthing")
    if isinstance(color, list) and len(color) == 3 and all(isinstance(c, int) and 0 <= c < 256 for c in color):
        color = "#{:02x}{:02x}{:02x}".format(*color)
    return {
        "name": fields.get("name"),
        "color": color,
        "supercategory": fields.get("supercategory"),
        "is_thing": None if isthing is None else bool(isthing),
    }


def _read_cvat(path: Path, labels: list[Any]) -> LabelList:
    entries = _entries(path, "label", labels, lambda fields: {k: fields.get(k) or None for k in ("name", "color")})
    found = _list(LabelFormat.CVAT, entries)
    notes = []
    if any(fields.get("attributes") for fields in labels):
        notes.append("attributes of labels are not kept")
    if any(fields.get("sublabels") for fields in labels):
        notes.append("the parts of skeletons are not kept")
    return LabelList(found.format, found.entries, (*found.notes, *notes))


def _entries(path: Path, noun: str, labels: list[Any], read: Any) -> list[LabelEntry]:
    entries = []
    for number, fields in enumerate(labels, 1):
        place = f"{path}: {noun} {number}"
        if not isinstance(fields, dict):
            raise LabelListError(f'{place}: it is no object with a "name"; export the list anew')
        try:
            entries.append(_entry(place, read(fields)))
        except EditError as error:
            raise LabelListError(f"{place}: {error}") from error
    return entries


def _entry(place: str, fields: dict[str, Any]) -> LabelEntry:
    """A checked entry.

    Raises:
        LabelListError: A field makes no sense.
    """
    for field, kind in (("name", str), ("color", str), ("supercategory", str), ("is_void", bool)):
        if fields.get(field) is not None and not isinstance(fields[field], kind):
            raise LabelListError(f"{place}: its {field.removeprefix('is_')} makes no sense; export the list anew")
    try:
        color = fields.get("color")
        values = {**fields, "name": clean_name(fields.get("name") or ""), "color": color and clean_color(color)}
        return LabelEntry(**values)
    except EditError as error:
        raise LabelListError(f"{place}: {error}") from error


def _list(kind: LabelFormat, entries: Iterable[LabelEntry]) -> LabelList:
    """Take each name once; the first of a name counts."""
    by_name: dict[str, LabelEntry] = {}
    twice: dict[str, None] = {}
    for entry in entries:
        if by_name.setdefault(name_key(entry.name), entry) is not entry:
            twice[entry.name] = None
    named = ", ".join(f"“{name}”" for name in list(twice)[:5]) + (", …" if len(twice) > 5 else "")
    notes = (f"named more than once, taken once: {named}",) if twice else ()
    return LabelList(kind, tuple(by_name.values()), notes)


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


def _lost(labels: Sequence[Label], kind: LabelFormat) -> Iterator[str]:
    if kind is LabelFormat.ACSEG:
        return
    lost = []
    if kind in (LabelFormat.TEXT, LabelFormat.LABELME):
        lost.append("colours")
    if kind is not LabelFormat.COCO:
        lost += ["supercategories"] * any(label.supercategory for label in labels)
        lost += ["what is thing or stuff"] * any(not label.is_thing for label in labels)
    lost += ["what is void"] * any(label.is_void and label.name != IGNORE for label in labels)
    lost += ["keys"] * any(label.hotkey for label in labels)
    if lost and labels:
        head, last = ", ".join(lost[:-1]), lost[-1]
        yield f"this format has no room for {f'{head} and {last}' if head else last}"
