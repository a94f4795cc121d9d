"""The project's notes: one text of people's own, outside the history, as an editor has an undo of its own."""

from __future__ import annotations

from sqlalchemy import Table, select, update

from acseg_core.store.project import Project
from acseg_core.store.schema import ProjectRow

_PROJECT: Table = ProjectRow.metadata.tables["project"]


def read_notes(project: Project) -> str:
    """The notes; "" where there are none."""
    with project.read() as connection:
        return str(connection.execute(select(_PROJECT.c.notes)).scalar_one())


def write_notes(project: Project, text: str) -> None:
    r"""Replace the notes; every end of a line is kept as "\n".

    Raises:
        ProjectReadOnlyError: The project is read-only.
        StorageError: The disk is full or failed.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    with project.write() as connection:
        connection.execute(update(_PROJECT).values(notes=lines))
