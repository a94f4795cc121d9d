"""Models that come into a project, get another name there, and go again; outside the history, as files are.

A model's file is copied into the project's folder, whole or not at all, under a name made of its content. The row comes
after the file and goes before it: killed in between, a file is left over that says nothing and may be added again.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import sqlite

from acseg_core.errors import EditError, StorageError, quoted
from acseg_core.output.atomic_write import storage_error
from acseg_core.output.protected import write_output
from acseg_core.proposals.model_card import ModelFile, read_model
from acseg_core.store.database import folded
from acseg_core.store.project import Project
from acseg_core.store.queries.model_queries import BUNDLED_ID, BUNDLED_NAME, ModelRecord, model, model_path
from acseg_core.store.schema import MODEL, MODEL_KIND, ModelRow, now

_log = logging.getLogger(__name__)

_LONGEST_NAME = 100

_MODELS = select(MODEL.c.id, MODEL.c.name, MODEL.c.sha256, MODEL.c.added_at).where(MODEL.c.kind == MODEL_KIND)


def add_model(project: Project, path: Path, name: str = "") -> ModelRecord:
    """Take a model into a project; one that it has already stays as it is.

    A file that lies in the project's folder of models moves to the name that it has there; others are copied.

    Args:
        project: Open for writing.
        path: The file.
        name: What it is called; if left out, as its card says, with a number behind it where that is taken.

    Raises:
        ModelError: It is no model, is damaged, or was made by a newer version.
        EditError: The name is taken, or no name.
        ProjectReadOnlyError: The project is read-only.
        StorageError: The disk is full or refused; nothing was added.
    """
    found = read_model(path)
    with project.write() as connection:
        chosen = _free_name(connection, name, found)
    target = model_path(project, found.sha256)
    _copy(found, target)
    with project.write() as connection:
        row = connection.execute(_MODELS.where(MODEL.c.sha256 == found.sha256)).one_or_none()
        card = None if found.card is None else found.card.to_json()
        if row is None:
            chosen = _free_name(connection, name, found)
            values = {"kind": MODEL_KIND, "name": chosen, "sha256": found.sha256, "card": card, "added_at": now()}
            connection.execute(sqlite.insert(ModelRow).values(**values))
        elif row.added_at is None:  # it was deleted, or used without being added
            chosen = _free_name(connection, name, found)
            values = {"name": chosen, "card": card, "added_at": now()}
            connection.execute(update(MODEL).where(MODEL.c.id == row.id).values(**values))
        else:
            connection.rollback()
        model_id = connection.execute(_MODELS.where(MODEL.c.sha256 == found.sha256)).one().id
    if os.path.realpath(path.parent) == os.path.realpath(target.parent) and path.name != target.name:
        with contextlib.suppress(OSError):
            path.unlink()
    added = model(project, model_id)
    assert added is not None
    return added


def rename_model(project: Project, model_id: int, name: str) -> None:
    """Call a model otherwise in this project.

    Raises:
        EditError: It is not in the project or the bundled one, or the name is taken or none.
    """
    with project.write() as connection:
        _require(connection, model_id)
        chosen = _clean(name)
        _require_free(connection, chosen, but=model_id)
        connection.execute(update(MODEL).where(MODEL.c.id == model_id).values(name=chosen))


def delete_model(project: Project, model_id: int, *, force: bool = False) -> None:
    """Delete a model's file from the project; what it made stays, but it cannot be adopted again.

    Args:
        project: Open for writing.
        model_id: The model.
        force: Also the adopted one: the project proposes with the bundled model then.

    Raises:
        EditError: It is not in the project, the bundled one, or adopted, and it was not said that this does not matter.
    """
    with project.write() as connection:
        _require(connection, model_id)
        record = model(project, model_id)
        assert record is not None
        if record.adopted and not force:
            raise EditError(
                f'the project proposes with "{quoted(record.name)}"; adopt another model first, the bundled one if '
                "there is no other"
            )
        connection.execute(update(MODEL).where(MODEL.c.id == model_id).values(added_at=None))
    try:
        record.path.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("%s: the file of a deleted model is left over: %s", record.path, error)


def _copy(model: ModelFile, target: Path) -> None:
    """Copy a model's file, unless it is there.

    Raises:
        ModelError: It cannot be read, or is another file by now.
        StorageError: It cannot be written.
    """
    if target.is_file() and read_model(target).sha256 == model.sha256:
        return
    try:
        target.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise storage_error(target.parent, error) from error
    with _reading(model.path) as source, write_output(target) as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        copy.seek(0)
        if hashlib.sha256(copy.read()).hexdigest() != model.sha256:
            raise StorageError(f"{model.path}: it changed while it was read; try again")


@contextlib.contextmanager
def _reading(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise storage_error(path, error) from error


def _free_name(connection: Connection, wanted: str, model: ModelFile) -> str:
    """The name asked for, or one made of the model's own.

    Raises:
        EditError: The name asked for is taken, or no name.
    """
    if wanted.strip():
        chosen = _clean(wanted)
        if _taken(connection, chosen) not in (None, model.sha256):
            raise _name_taken(chosen)
        return chosen
    base = " ".join(model.name.split())[: _LONGEST_NAME - 5] or "model"
    names = [base, *(f"{base} {number}" for number in range(2, 10_000))]
    return next(each for each in names if _taken(connection, each) in (None, model.sha256))


def _clean(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned or len(cleaned) > _LONGEST_NAME or not cleaned.isprintable():
        raise EditError(f"a model's name has 1 to {_LONGEST_NAME} characters, not {quoted(cleaned)!r}; choose another")
    return cleaned


def _require_free(connection: Connection, name: str, *, but: int) -> None:
    row = connection.execute(select(MODEL.c.sha256).where(MODEL.c.id == but)).one()
    if _taken(connection, name) not in (None, row.sha256):
        raise _name_taken(name)


def _taken(connection: Connection, name: str) -> str | None:
    """The content of the model that has this name, upper or lower case; "" for the bundled one, None for none."""
    key = folded(name)
    if key == folded(BUNDLED_NAME):
        return ""
    added = connection.execute(_MODELS.where(MODEL.c.added_at.is_not(None)))
    return next((row.sha256 for row in added if folded(row.name) == key), None)


def _name_taken(name: str) -> EditError:
    return EditError(f'there is a model called "{quoted(name)}" already; choose another name')


def _require(connection: Connection, model_id: int) -> None:
    """Make sure that a model is in the project, and no part of the program.

    Raises:
        EditError: It is not.
    """
    if model_id == BUNDLED_ID:
        raise EditError("the bundled model came with the program: it keeps its name and cannot be deleted")
    there = _MODELS.where(MODEL.c.id == model_id, MODEL.c.added_at.is_not(None))
    if connection.execute(there).first() is None:
        raise EditError(f"model {model_id} is not in the project; choose another one")
