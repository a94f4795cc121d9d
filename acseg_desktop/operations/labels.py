"""User verbs on the list of labels; each is one undo step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from acseg_core.formats.label_files import LabelFormat, write_labels
from acseg_core.store import Project, queries
from acseg_core.store.edits import label_list
from acseg_core.store.edits.label_list import change_labels, delete_labels, move_labels
from acseg_core.store.edits.labels import create_label, merge_labels, update_label
from acseg_core.store.inputs import refuse_inputs
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.session import Session


def create(
    session: Session,
    *,
    name: str,
    color: str | None,
    hotkey: str | None,
    supercategory: str,
    is_thing: bool,
    is_void: bool,
) -> Job:
    """Add a label; the colour and the key are chosen when None."""
    return session.edit(
        lambda project: create_label(
            project,
            name,
            color=color,
            hotkey=hotkey,
            supercategory=supercategory,
            is_thing=is_thing,
            is_void=is_void,
        )
    )


def recolor_all(session: Session) -> Job:
    """Give all labels the colours of the palette, which are told apart best."""
    return session.edit(label_list.recolor_labels)


def update(
    session: Session,
    label_id: int,
    *,
    name: str,
    color: str,
    hotkey: str | None,
    supercategory: str,
    is_thing: bool,
    is_void: bool,
) -> Job:
    """Change what a label is."""
    return session.edit(
        lambda project: update_label(
            project,
            label_id,
            name=name,
            color=color,
            hotkey=hotkey,
            supercategory=supercategory,
            is_thing=is_thing,
            is_void=is_void,
        )
    )


def rename(session: Session, label_id: int, name: str) -> Job:
    """Change a label's name."""
    return session.edit(lambda project: update_label(project, label_id, name=name))


def recolor(session: Session, label_id: int, color: str) -> Job:
    """Change a label's colour."""
    return session.edit(lambda project: update_label(project, label_id, color=color))


def change(
    session: Session,
    label_ids: Collection[int],
    *,
    supercategory: str | None = None,
    is_thing: bool | None = None,
    is_void: bool | None = None,
) -> Job:
    """Change what is given of several labels."""
    return session.edit(
        lambda project: change_labels(
            project, label_ids, supercategory=supercategory, is_thing=is_thing, is_void=is_void
        )
    )


def move(session: Session, label_ids: Sequence[int], *, before: int | None, supercategory: str | None = None) -> Job:
    """Put labels elsewhere in the list."""
    return session.edit(lambda project: move_labels(project, label_ids, before=before, supercategory=supercategory))


def merge(session: Session, source_ids: Sequence[int], *, target_id: int) -> Job:
    """Make one label of several."""
    return session.edit(lambda project: merge_labels(project, list(source_ids), target_id=target_id))


def delete(session: Session, label_ids: Collection[int]) -> Job:
    """Delete labels; their regions are unnamed again."""
    return session.edit(lambda project: delete_labels(project, label_ids))


def write_file(session: Session, path: Path, kind: LabelFormat) -> Job:
    """Write the labels to a file; the job's result is what was lost on the way."""

    def work(project: Project) -> tuple[str, ...]:
        refuse_inputs(path, project)
        return write_labels(path, queries.labels(project), kind)

    return session.read(work, lane=Lane.DISK)
