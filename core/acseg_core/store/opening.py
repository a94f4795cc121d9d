"""Making projects and opening them."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert

from acseg_core.errors import (
    ImagesNotFoundError,
    ProjectExistsError,
    ProjectNotFoundError,
    ProjectReadOnlyError,
    ProjectTooNewError,
    StorageError,
)
from acseg_core.output.atomic_write import storage_error
from acseg_core.store import backups, handover, integrity, lock, open_mark
from acseg_core.store.database import (
    DATABASE,
    WRITING,
    DamageFoundError,
    absolute_path,
    connect,
    is_folder,
    make_engine,
    translated,
    uri,
)
from acseg_core.store.image_root import relative_root
from acseg_core.store.migrations import SchemaState, create_schema, schema_state, upgrade
from acseg_core.store.opened_file import OpenedFile
from acseg_core.store.project import Project, damaged
from acseg_core.store.readable import has_log, mend_log, readable_name
from acseg_core.store.schema import ProjectRow, now
from acseg_core.version import __version__

if TYPE_CHECKING:
    from filelock import FileLock

logger = logging.getLogger(__name__)


def create_project(folder: Path, *, image_root: Path, name: str | None = None) -> Project:
    """Make a project in ``folder``, which may exist, and open it for writing.

    The database appears whole or not at all: after a crash half-way, the same call makes the project.

    Args:
        folder: Where the project goes; parents are made. Other files in it are left alone.
        image_root: The folder with the images; nothing is read from it here.
        name: Shown to the user; the folder's name by default.

    Raises:
        ProjectExistsError: ``folder`` is a file, or holds a project or the backups of one.
        ImagesNotFoundError: There is no such image folder.
        ProjectLockedError: Another program is making a project there.
        ProjectReadOnlyError: The folder cannot be written.
        StorageError: The disk is full or refused.
    """
    folder = absolute_path(folder)
    image_root = absolute_path(image_root)
    _refuse_to_overwrite(folder)
    if not is_folder(image_root):
        raise ImagesNotFoundError(f"{image_root}: no such folder; give the folder with the images")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise ProjectExistsError(f"{folder}: a file is in the way; choose another folder") from error
    except OSError as error:
        raise storage_error(folder, error) from error
    held = lock.acquire(folder)
    try:
        _refuse_to_overwrite(folder)
        _write_database(folder, image_root=image_root, name=name or folder.name or "project")
        return _open_for_writing(folder, held)
    except BaseException:
        held.release()
        raise


def open_project(folder: Path, *, read_only: bool = False) -> Project:
    """Open the project in ``folder``.

    Args:
        folder: The project's folder.
        read_only: Take no lock and change nothing; works beside a writer, and in folders that cannot be written.

    Raises:
        ProjectNotFoundError: There is no project.
        ProjectTooNewError: A newer version made it.
        ProjectDamagedError: The database does not read; the error carries the newest good backup.
        ProjectLockedError: Another program has it open for writing.
        ProjectReadOnlyError: The folder cannot be written, or an older project is to be opened read-only.
        StorageError: The disk is full or refused.
    """
    folder = absolute_path(folder)
    _require_project(folder)
    if read_only:
        return _open_for_reading(folder)
    if not os.access(folder / DATABASE, os.W_OK):
        raise ProjectReadOnlyError(f"{folder / DATABASE} cannot be written; change its permissions or copy the project")
    held = lock.acquire(folder)
    try:
        project = _open_for_writing(folder, held)
    except BaseException:
        held.release()
        raise
    try:
        handover.settle(project)
        if backups.is_due(folder) and backups.is_outdated(folder):
            project.back_up()
    except BaseException:
        project.close()
        raise
    return project


def is_project(folder: Path) -> bool:
    """Whether there is a project in ``folder``, sound or not, or at least the backup of one."""
    try:
        return (folder / DATABASE).is_file() or backups.latest_backup(folder) is not None
    except OSError:
        return False


def _refuse_to_overwrite(folder: Path) -> None:
    try:
        in_the_way = folder.exists() and not folder.is_dir()
        is_there = (folder / DATABASE).exists()
    except OSError as error:
        raise storage_error(folder, error) from error
    if in_the_way:
        raise ProjectExistsError(f"{folder} is a file; give a folder for the project")
    if is_there:
        raise ProjectExistsError(f"{folder} is already a project; open it, or choose another folder")
    if backups.latest_backup(folder) is not None:
        raise ProjectExistsError(
            f"{folder} holds the backups of a project whose {DATABASE} is missing; restore the last one, "
            "or choose another folder"
        )


def _require_project(folder: Path) -> None:
    database = folder / DATABASE
    try:
        is_there, in_the_way, found = folder.exists(), not folder.is_dir(), database.is_file()
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(
            f"{folder}: the folder cannot be read ({reason}); check the path and its permissions"
        ) from error
    if found:
        return
    if not is_there:
        raise ProjectNotFoundError(f"{folder}: no such folder; create the project first")
    if in_the_way:
        raise ProjectNotFoundError(f"{folder} is a file; give the project folder")
    if backups.latest_backup(folder) is not None:
        raise damaged(folder, f"{DATABASE} is missing")
    raise ProjectNotFoundError(f"{folder} is not a project, as it contains no {DATABASE}; create the project first")


def _write_database(folder: Path, *, image_root: Path, name: str) -> None:
    """Build the database aside, then give it its name."""
    aside = folder / f"{DATABASE}.creating"
    database = folder / DATABASE
    row = {
        "id": 1,
        "name": name,
        "image_root": str(image_root),
        "relative_root": relative_root(folder, image_root),
        "created_at": now(),
        "created_with": __version__,
    }
    try:
        _sweep(aside)
        backups.set_aside(folder)
        engine = make_engine(uri(aside, mode="rwc"))
        try:
            with translated(database), engine.connect().execution_options(**WRITING) as connection:
                create_schema(connection)
                connection.execute(insert(ProjectRow), row)
                connection.commit()
        finally:
            engine.dispose()
        aside.replace(database)
    except OSError as error:
        raise storage_error(database, error) from error
    finally:
        with contextlib.suppress(OSError):
            _sweep(aside)


def _sweep(aside: Path) -> None:
    """Take away what is left of a database that was to be built aside, and SQLite's files of it."""
    for leftover in aside.parent.glob(f"{aside.name}*"):
        leftover.unlink()


def _open_for_writing(folder: Path, held: FileLock) -> Project:
    database = folder / DATABASE
    with _finding_damage(folder):
        with translated(database):
            notice = mend_log(folder)
            # A connection that may write plays the log into the database when it closes; only a sound one is to be.
            state = _checked(folder, uri(database, mode="ro" if has_log(folder) else "rw"))
            if state is SchemaState.OLDER:
                _migrate(folder)
            _use_write_ahead_log(database)
            opened = OpenedFile(database)
        engine = make_engine(uri(database, mode="rw"), guard=opened.require_in_place)
        try:
            open_mark.set_mark(folder)
            project = Project(folder, engine, lock=held, opened=opened, notice=notice)
        except BaseException:
            engine.dispose()
            opened.close()
            open_mark.clear_mark(folder)
            raise
    try:
        project.thumbnails_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        logger.warning("no folder for thumbnails: %s", error)
    return project


def _open_for_reading(folder: Path) -> Project:
    with _finding_damage(folder):
        try:
            with translated(folder / DATABASE):
                readable = readable_name(folder)
        except OSError as error:
            raise storage_error(folder / DATABASE, error) from error
        engine = make_engine(readable.name)
        try:
            with translated(folder / DATABASE), engine.connect() as connection:
                state = _check(folder, connection)
            if state is SchemaState.OLDER:
                raise ProjectReadOnlyError(
                    f"{folder}: this project was made by an older version; open it once for writing to update it"
                )
            return Project(folder, engine, lock=None, copy=readable.copy, notice=readable.notice)
        except BaseException:
            engine.dispose()
            if readable.copy is not None:
                shutil.rmtree(readable.copy, ignore_errors=True)
            raise


def _checked(folder: Path, name: str) -> SchemaState:
    """Check the database of a project by a connection of its own."""
    engine = make_engine(name)
    try:
        with engine.connect() as connection:
            return _check(folder, connection)
    finally:
        engine.dispose()


def _check(folder: Path, connection: Connection) -> SchemaState:
    """Make sure the file is a sound project of a version we know."""
    size = (folder / DATABASE).stat().st_size
    if size == 0:
        raise DamageFoundError("the file is empty")
    state = schema_state(connection)
    if state is SchemaState.FOREIGN:
        if backups.latest_backup(folder) is not None:
            raise DamageFoundError("its tables are missing")
        raise ProjectNotFoundError(f"{folder / DATABASE} belongs to another program; choose another folder")
    if state is SchemaState.NEWER:
        raise ProjectTooNewError(
            f"{folder}: this project was made by a newer version of ACSeg Desktop; update the program"
        )
    finding = integrity.foreign_object(connection.exec_driver_sql)
    if finding is None and size <= backups.SMALL_BYTES:
        finding = integrity.fault(connection.exec_driver_sql)
    if finding is not None:
        raise DamageFoundError(finding)
    return state


def _migrate(folder: Path) -> None:
    """Bring an older schema up to date: a backup first, then all steps in one transaction."""
    if backups.make_backup(folder, prefix="before_migration") is None:
        raise StorageError(
            f"{folder}: no backup could be made before updating the project; free some space and try again"
        )
    engine = make_engine(uri(folder / DATABASE, mode="rw"), foreign_keys=False)
    try:
        with engine.connect().execution_options(**WRITING) as connection:
            upgrade(connection)
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if dangling is not None:
                raise DamageFoundError(f"after migration, a row of {dangling[0]} refers to nothing")
            connection.commit()
    finally:
        engine.dispose()
    logger.info("%s: brought up to date", folder)


def _use_write_ahead_log(database: Path) -> None:
    with contextlib.closing(connect(uri(database, mode="rw"))) as connection:
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != ("wal",):
        logger.warning("%s: this file system has no shared memory; readers wait for writers", database)


@contextlib.contextmanager
def _finding_damage(folder: Path) -> Iterator[None]:
    try:
        yield
    except DamageFoundError as error:
        raise damaged(folder, str(error)) from error
