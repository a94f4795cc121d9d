"""Edits of many labels at once: their order, what they have in common, and lists of labels from elsewhere.

Each call is one undoable operation, or nothing at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, select

from acseg_core.store.database import among
from acseg_core.store.edits.known_labels import KnownLabels
from acseg_core.store.edits.labels import clean_color, make_label
from acseg_core.store.edits.palette import next_color
from acseg_core.store.edits.recorder import edit
from acseg_core.store.project import Project
from acseg_core.store.queries.label_queries import clean_supercategory, require_labels
from acseg_core.store.schema import LABEL, REGION
from acseg_core.store.statuses import NO_SUGGESTION, UNJUDGED
from acseg_core.types import Label, OpChanges, RegionStatus
from acseg_core.verbs import Verb


@dataclass(frozen=True, slots=True)
class LabelEntry:
    """One label as a file describes it; what the file does not say is None.

    Attributes:
        name: As `labels.clean_name` leaves it.
        color: "#rrggbb".
        hotkey: "1".."9", or "" where the file says that it has none.
        supercategory: COCO supercategory.
        is_thing: Countable thing, or stuff; a new label is what its name sounds like where the file does not say.
        is_void: Its pixels are to be ignored.
    """

    name: str
    color: str | None = None
    hotkey: str | None = None
    supercategory: str | None = None
    is_thing: bool | None = None
    is_void: bool | None = None


@dataclass(frozen=True, slots=True)
class LabelImport:
    """Outcome of an import of labels: the names of those that are new, and of those that are not as they were."""

    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def move_labels(
    project: Project, label_ids: Sequence[int], *, before: int | None, supercategory: str | None = None
) -> OpChanges:
    """Put labels together in the list, in the order given.

    Args:
        project: Open for writing.
        label_ids: The labels that move.
        before: The label they come to stand before; None is the end.
        supercategory: They get this one, too, if given.

    Raises:
        EditError: A label is gone.
    """
    moved = list(dict.fromkeys(label_ids))
    with edit(project, Verb.MOVE_LABELS if len(moved) > 1 else Verb.MOVE_LABEL) as recording:
        require_labels(recording.connection, moved if before is None else [*moved, before])
        listed = list(recording.connection.execute(_in_order()).scalars())
        if before in moved:  # they stay, and those between them make room
            rest = listed[listed.index(before) :]
            before = next((label_id for label_id in rest if label_id not in moved), None)
        staying = [label_id for label_id in listed if label_id not in moved]
        place = staying.index(before) if before is not None else len(staying)
        order = [*staying[:place], *moved, *staying[place:]]
        if order != listed:
            recording.update_each(LABEL, "position", {label_id: place for place, label_id in enumerate(order, 1)})
        if supercategory is not None:
            recording.update(LABEL, LABEL.c.id.in_(among(moved)), {"supercategory": clean_supercategory(supercategory)})
        return recording.result() if recording.changed else OpChanges()


def change_labels(
    project: Project,
    label_ids: Collection[int],
    *,
    supercategory: str | None = None,
    is_thing: bool | None = None,
    is_void: bool | None = None,
) -> OpChanges:
    """Change what is given of several labels.

    Raises:
        EditError: A label is gone.
    """
    given = {"supercategory": supercategory, "is_thing": is_thing, "is_void": is_void}
    values: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if supercategory is not None:
        values["supercategory"] = clean_supercategory(supercategory)
    with edit(project, Verb.CHANGE_LABELS if len(label_ids) > 1 else Verb.CHANGE_LABEL) as recording:
        require_labels(recording.connection, label_ids)
        if values:
            recording.update(LABEL, LABEL.c.id.in_(among(label_ids)), values)
        return recording.result() if recording.changed else OpChanges()


def recolor_labels(project: Project) -> OpChanges:
    """Give all labels the colours of the palette in the order of the list: the first differ for everybody."""
    with edit(project, Verb.RECOLOUR_LABELS) as recording:
        colors: dict[str, int] = {}
        for label_id in recording.connection.execute(_in_order()).scalars():
            colors[next_color(colors.keys())] = label_id
        recording.update_each(LABEL, "color", {label_id: color for color, label_id in colors.items()})
        return recording.result() if recording.changed else OpChanges()


def delete_label(project: Project, label_id: int) -> OpChanges:
    """Delete a label; its regions become unnamed, suggestions of it are dropped.

    Raises:
        EditError: The label is gone.
    """
    return delete_labels(project, [label_id])


def delete_labels(project: Project, label_ids: Collection[int]) -> OpChanges:
    """Delete labels; their regions become unnamed, suggestions of them are dropped.

    Raises:
        EditError: A label is gone.
    """
    with edit(project, Verb.DELETE_LABELS if len(label_ids) > 1 else Verb.DELETE_LABEL) as recording:
        require_labels(recording.connection, label_ids)
        gone = among(label_ids)
        suggested = REGION.c.suggestion_id.in_(gone)
        is_suggested = REGION.c.status == RegionStatus.SUGGESTED.value
        recording.update(REGION, suggested & is_suggested, {"status": RegionStatus.PROPOSED.value})
        recording.update(REGION, suggested, NO_SUGGESTION)
        unnamed = {"label_id": None, "status": RegionStatus.PROPOSED.value, **UNJUDGED}
        recording.update(REGION, REGION.c.label_id.in_(gone), unnamed)
        recording.delete(LABEL, LABEL.c.id.in_(gone))
        return recording.result() if recording.changed else OpChanges()


def import_labels(project: Project, entries: Iterable[LabelEntry]) -> tuple[LabelImport, OpChanges]:
    """Take over labels from elsewhere: those of the same name (case ignored) become as the list says, others are added.

    No label goes, none loses a name, and a key that another label has stays there.

    Raises:
        EditError: A name or a colour makes no sense.
    """
    created: list[str] = []
    changed: dict[str, None] = {}
    with edit(project, Verb.IMPORT_LABELS) as recording:
        known = KnownLabels(recording)
        for entry in entries:
            present = known.find(entry.name)
            if present is None:
                created.append(_add(known, entry).name)
            elif _adapt(known, present, entry) and present.id:
                changed[present.name] = None
        known.save()
        changes = recording.result() if recording.changed else OpChanges()
        return LabelImport(tuple(created), tuple(changed)), changes


def _in_order() -> Select[int]:
    return select(LABEL.c.id).order_by(LABEL.c.position, LABEL.c.id)


def _add(known: KnownLabels, entry: LabelEntry) -> Label:
    return make_label(
        known,
        entry.name,
        color=entry.color,
        hotkey=entry.hotkey if entry.hotkey and known.is_free(entry.hotkey) else None,
        supercategory=entry.supercategory or "",
        is_thing=entry.is_thing,
        is_void=bool(entry.is_void),
        find_hotkey=entry.hotkey is None,
    )


def _adapt(known: KnownLabels, label: Label, entry: LabelEntry) -> bool:
    """Make a label as the entry says; whether that changed it."""
    values: dict[str, Any] = {
        "color": None if entry.color is None else clean_color(entry.color),
        "supercategory": None if entry.supercategory is None else clean_supercategory(entry.supercategory),
        "is_thing": entry.is_thing,
        "is_void": entry.is_void,
    }
    if entry.hotkey and known.is_free(entry.hotkey) and label.hotkey is None:
        values["hotkey"] = entry.hotkey
    changed = known.put(replace(label, **{name: value for name, value in values.items() if value is not None}))
    return changed != label
