"""Reads of labels: all of them, one by name, and how often each is used."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from sqlalchemy import Connection, func, select

from acseg_core.errors import EditError, quoted
from acseg_core.store.database import among
from acseg_core.store.project import Project
from acseg_core.store.records import (
    label_record,
    label_records,
    name_key,
    select_labels,
)
from acseg_core.store.schema import LABEL, REGION
from acseg_core.store.statuses import IN_USABLE
from acseg_core.types import (
    Label,
    LabelUsage,
)

_UNWRITABLE = frozenset({"Cc", "Cs"})
"""Unicode's control characters, and halves of characters."""


def labels(project: Project) -> list[Label]:
    """All labels, in their order."""
    with project.read() as connection:
        return label_records(connection.execute(select_labels()))


def label_called(project: Project, name: str) -> Label | None:
    """The label of that name; case, ways to write an accent and marks that nobody sees are ignored.

    Raises:
        EditError: The name is empty, or holds what cannot be written.
    """
    with project.read() as connection:
        return find_label(connection, name)


def label_usage(project: Project, *, usable_only: bool = False) -> dict[int, LabelUsage]:
    """How often each label is used; every label is in it.

    Args:
        project: Open.
        usable_only: Leave out images that are missing or have changed. Whoever deletes a label needs them counted.
    """
    counted = select(REGION.c.label_id, func.count(), func.count(REGION.c.image_id.distinct()), func.sum(REGION.c.area))
    if usable_only:
        counted = counted.where(IN_USABLE)
    with project.read() as connection:
        usage = {id_: LabelUsage(0, 0, 0) for id_ in connection.execute(select(LABEL.c.id)).scalars()}
        rows = connection.execute(counted.where(REGION.c.label_id.is_not(None)).group_by(REGION.c.label_id))
        return usage | {id_: LabelUsage(*numbers) for id_, *numbers in rows}


def find_label(connection: Connection, name: str) -> Label | None:
    """The label of that name, case ignored."""
    row = connection.execute(select_labels().where(LABEL.c.name_key == name_key(clean_name(name)))).one_or_none()
    return None if row is None else label_record(row)


def require_labels(connection: Connection, label_ids: Collection[int]) -> None:
    """Make sure the labels exist.

    Raises:
        EditError: One is gone.
    """
    found = set(connection.execute(select(LABEL.c.id).where(LABEL.c.id.in_(among(label_ids)))).scalars())
    missing = set(label_ids) - found
    if missing:
        raise EditError(f"label {min(missing)} is no longer in the project")


def clean_name(name: str) -> str:
    """A label's name with single spaces and none around.

    Raises:
        EditError: Nothing is left, or it holds what cannot be written.
    """
    cleaned = " ".join(name.split())
    if not name_key(cleaned):
        raise EditError("a label needs a name")
    if not _is_writable(cleaned):
        shown = f"'{quoted(cleaned)}'"
        raise EditError(f"the label name {shown} contains characters that cannot be shown; remove them")
    return cleaned


def clean_supercategory(text: str) -> str:
    """A label's supercategory with single spaces and none around; "" is none.

    Raises:
        EditError: It holds what cannot be written.
    """
    cleaned = " ".join(text.split())
    if not _is_writable(cleaned):
        shown = f"'{quoted(cleaned)}'"
        raise EditError(f"the supercategory {shown} contains characters that cannot be shown; remove them")
    return cleaned


def _is_writable(text: str) -> bool:
    return not any(unicodedata.category(char) in _UNWRITABLE for char in text)
