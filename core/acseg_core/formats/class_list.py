"""`classes.json` as exports of label maps have it: every number of the maps, and all that is known of its label.

    {"classes": [
    {"number": 1, "name": "car", "id": 7, "color": "#0000ff", "supercategory": "vehicle", "isthing": 1},
    {"number": 255, "name": "do not look", "id": 9, "isvoid": 1}
    ]}

Beside it other tools may want files of names of their own; what those cannot say is here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from acseg_core.errors import LabelFileError
from acseg_core.formats.coco_lists import whole
from acseg_core.formats.dataset import Category, Dataset
from acseg_core.formats.label_colors import read_color
from acseg_core.formats.labelled import FileLabel
from acseg_core.output.folders import OutputFolder
from acseg_core.types import Label

CLASS_FILE = "classes.json"


def write_classes(
    dataset: Dataset, folder: OutputFolder, numbers: Mapping[int, int], void_number: int | None = None
) -> None:
    """Write the list.

    Args:
        dataset: That is written.
        folder: Of the export.
        numbers: In the maps, by `Category.number`.
        void_number: What is to be ignored has this number; None where the maps cannot say it.
    """
    entries = [_entry(category, numbers[category.number]) for category in dataset.in_order]
    void = dataset.void_labels
    if void_number is not None and void:
        entries.append(_void_entry(void[0], void_number))
        for label in void[1:]:
            dataset.notes.add(f'labels that are void leave as "{void[0].name}", which is void, too', label.name)
    with folder.open(CLASS_FILE) as file:
        file.write(b'{"classes": [\n')
        file.write(b",\n".join(json.dumps(entry).encode("ascii") for entry in entries))
        file.write(b"\n]}\n")


def _entry(category: Category, number: int) -> dict[str, Any]:
    entry: dict[str, Any] = {"number": number, "name": category.name, "id": category.id}
    if category.label_id is not None:
        entry["color"] = category.color
        entry["supercategory"] = category.supercategory
    if category.is_thing is not None:
        entry["isthing"] = int(category.is_thing)
    return entry


def _void_entry(label: Label, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "name": label.name,
        "id": label.category_id,
        "color": label.color,
        "supercategory": label.supercategory,
        "isthing": int(label.is_thing),
        "isvoid": 1,
    }


def read_classes(file: Path, entries: Any) -> dict[int, FileLabel] | None:
    """The labels by their number; None if it is no list of this form.

    Args:
        file: For messages.
        entries: What its key "classes" has.

    Raises:
        LabelFileError: An entry makes no sense.
    """
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        return None
    found: dict[int, FileLabel] = {}
    for place, entry in enumerate(entries, 1):
        number, name = whole(entry.get("number")), entry.get("name")
        if number is None or number < 0 or not isinstance(name, str) or not name.strip():
            raise LabelFileError(f"{file}: class {place} has no number and name; export it again")
        if number in found:
            raise LabelFileError(f"{file}: class {place} has the number {number}, which is used twice; export it again")
        above = entry.get("supercategory")
        found[number] = FileLabel(
            name,
            category_id=whole(entry.get("id")),
            color=read_color(entry.get("color")),
            supercategory=above if isinstance(above, str) else None,
            is_thing=_flag(entry.get("isthing")),
            is_void=_flag(entry.get("isvoid")),
        )
    return found


def _flag(value: object) -> bool | None:
    return None if value not in (0, 1) else bool(value)
