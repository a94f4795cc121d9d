"""One writer: the lock file of a project."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

from acseg_core.errors import ProjectLockedError, ProjectReadOnlyError
from acseg_core.output.atomic_write import storage_error

if TYPE_CHECKING:
    from filelock import FileLock

LOCK = "project.lock"
_REFUSALS = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def acquire(folder: Path) -> FileLock:
    """Take the writer's lock of the project in ``folder``.

    The operating system holds it, not the file: when a program dies, however it dies, its lock is gone.

    Raises:
        ProjectLockedError: Another program has it.
        ProjectReadOnlyError: The folder cannot be written.
        StorageError: Any other refusal of the operating system.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise ProjectLockedError(
            f"{folder}: the project is open in another program; close it there to change it here"
        ) from error
    except OSError as error:
        if error.errno in _REFUSALS:
            raise ProjectReadOnlyError(
                f"{folder}: the folder cannot be written; change its permissions or copy the project"
            ) from error
        raise storage_error(folder / LOCK, error) from error
    return lock
