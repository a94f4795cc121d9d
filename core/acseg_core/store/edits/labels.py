"""Edits of the list of labels."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from types import EllipsisType
from typing import Any

from acseg_core.errors import EditError
from acseg_core.names.stuff import is_stuff_name
from acseg_core.store.database import among
from acseg_core.store.edits.known_labels import HOTKEYS, KnownLabels
from acseg_core.store.edits.palette import PALETTE
from acseg_core.store.edits.recorder import Edit, edit
from acseg_core.store.project import Project
from acseg_core.store.queries.label_queries import clean_name, clean_supercategory, find_label, require_labels
from acseg_core.store.records import name_key
from acseg_core.store.schema import LABEL, REGION
from acseg_core.types import Label, OpChanges
from acseg_core.verbs import Verb


@dataclass(frozen=True, slots=True)
class NewLabel:
    """A label that is to be made, unless there is one of that name.

    Attributes:
        name: Its name.
        is_thing: Countable thing, or stuff; by its name if None.
    """

    name: str
    is_thing: bool | None = None


_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def create_label(
    project: Project,
    name: str,
    *,
    color: str | None = None,
    hotkey: str | None = None,
    supercategory: str = "",
    is_thing: bool | None = None,
    is_void: bool = False,
    palette: Sequence[str] = PALETTE,
) -> tuple[Label, OpChanges]:
    """Make a label.

    Args:
        project: Open for writing.
        name: Spaces around it are dropped.
        color: "#rrggbb"; by default the next of the palette that is not in use.
        hotkey: "1".."9", taken from the label that has it; by default the next free one, if any.
        supercategory: COCO supercategory.
        is_thing: Countable thing, or stuff; by its name if left out (`acseg_core.names.stuff`).
        is_void: Its pixels are to be ignored.
        palette: Colours to choose from.

    Raises:
        EditError: The name is empty or in use, or the colour or the hotkey makes no sense.
    """
    with edit(project, Verb.CREATE_LABEL) as recording:
        if find_label(recording.connection, name) is not None:
            raise EditError(f'there is already a label "{clean_name(name)}"; choose another name')
        if hotkey is not None:
            _take_hotkey(recording, hotkey)
        label = add_label(
            recording,
            name,
            color=color,
            hotkey=hotkey,
            supercategory=supercategory,
            is_thing=is_thing,
            is_void=is_void,
            palette=palette,
        )
        return label, recording.result()


def create_labels(project: Project, names: Sequence[str]) -> tuple[list[Label], OpChanges]:
    """Find the labels of these names, in that order; those that are missing are made, all as one operation.

    Raises:
        EditError: A name is empty, or holds what cannot be written.
    """
    with edit(project, Verb.CREATE_LABELS) as recording:
        known = KnownLabels(recording)
        for name in names:
            if known.find(name) is None:
                make_label(known, name)
        known.save()
        found = [label for name in names if (label := known.find(name)) is not None]
        return found, recording.result() if recording.changed else OpChanges()


def update_label(
    project: Project,
    label_id: int,
    *,
    name: str | None = None,
    color: str | None = None,
    hotkey: str | EllipsisType | None = ...,
    supercategory: str | None = None,
    is_thing: bool | None = None,
    is_void: bool | None = None,
) -> OpChanges:
    """Change what is given of a label; ``hotkey=None`` takes its hotkey away, a hotkey in use changes hands.

    Raises:
        EditError: The label is gone, the name is empty or in use, or the colour or the hotkey makes no sense.
    """
    with edit(project, Verb.CHANGE_LABEL) as recording:
        require_labels(recording.connection, [label_id])
        values: dict[str, Any] = {}
        if name is not None:
            other = find_label(recording.connection, name)
            if other is not None and other.id != label_id:
                raise EditError(f'there is already a label "{other.name}"; merge the two, or choose another name')
            values |= {"name": clean_name(name), "name_key": name_key(clean_name(name))}
        if color is not None:
            values["color"] = clean_color(color)
        if not isinstance(hotkey, EllipsisType):
            if hotkey is not None:
                _take_hotkey(recording, hotkey, by=label_id)
            values["hotkey"] = hotkey
        if supercategory is not None:
            values["supercategory"] = clean_supercategory(supercategory)
        if is_thing is not None:
            values["is_thing"] = is_thing
        if is_void is not None:
            values["is_void"] = is_void
        if values:
            recording.update(LABEL, LABEL.c.id == label_id, values)
        return recording.result() if recording.changed else OpChanges()


def merge_labels(project: Project, source_ids: Collection[int], *, target_id: int) -> OpChanges:
    """Give all regions of the source labels the target label, and delete the sources.

    Raises:
        EditError: A label is gone, or there is nothing to merge.
    """
    sources = set(source_ids) - {target_id}
    if not sources:
        raise EditError("choose at least two labels to merge")
    with edit(project, Verb.MERGE_LABELS) as recording:
        require_labels(recording.connection, [*sources, target_id])
        recording.update(REGION, REGION.c.label_id.in_(among(sources)), {"label_id": target_id})
        recording.update(REGION, REGION.c.suggestion_id.in_(among(sources)), {"suggestion_id": target_id})
        recording.delete(LABEL, LABEL.c.id.in_(among(sources)))
        return recording.result()


def add_label(
    recording: Edit,
    name: str,
    *,
    color: str | None = None,
    hotkey: str | None = None,
    supercategory: str = "",
    is_thing: bool | None = None,
    is_void: bool = False,
    palette: Sequence[str] = PALETTE,
    find_hotkey: bool = True,
) -> Label:
    """Insert a label as part of an edit; colour and hotkey are found if not given (the hotkey only where wanted)."""
    known = KnownLabels(recording, palette=palette)
    make_label(
        known,
        name,
        color=color,
        hotkey=hotkey,
        supercategory=supercategory,
        is_thing=is_thing,
        is_void=is_void,
        find_hotkey=find_hotkey,
    )
    known.save()
    label = known.find(name)
    assert label is not None
    return label


def make_label(
    known: KnownLabels,
    name: str,
    *,
    color: str | None = None,
    hotkey: str | None = None,
    supercategory: str = "",
    is_thing: bool | None = None,
    is_void: bool = False,
    find_hotkey: bool = True,
    category_id: int | None = None,
) -> Label:
    """Make a label among those known; what is not given is found (the hotkey only where wanted).

    It gets the category id asked for, if no label has or had that.
    """
    return known.put(
        Label(
            id=0,
            name=clean_name(name),
            color=known.next_color() if color is None else clean_color(color),
            hotkey=known.free_hotkey() if hotkey is None and find_hotkey else hotkey,
            supercategory=clean_supercategory(supercategory),
            is_thing=not is_stuff_name(name) if is_thing is None else is_thing,
            is_void=is_void,
            category_id=category_id,
        )
    )


def clean_color(color: str) -> str:
    """A colour in small letters.

    Raises:
        EditError: It is none.
    """
    if not _COLOR.fullmatch(color):
        raise EditError(f'"{color}" is not a colour; write it like #1f77b4')
    return color.lower()


def _take_hotkey(recording: Edit, hotkey: str, *, by: int | None = None) -> None:
    if hotkey not in HOTKEYS:
        raise EditError(f'"{hotkey}" is not a hotkey; choose one of 1 to 9')
    others = LABEL.c.hotkey == hotkey
    recording.update(LABEL, others if by is None else others & (LABEL.c.id != by), {"hotkey": None})
