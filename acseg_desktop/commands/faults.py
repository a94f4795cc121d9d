"""Every error becomes one message: a clear line with its remedy, or, for our bugs, details to copy."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from acseg_core.errors import (
    AcsegError,
    EditError,
    ImagesNotFoundError,
    ModelError,
    ProjectDamagedError,
    ProjectExistsError,
    ProjectLockedError,
    ProjectNotFoundError,
    ProjectReadOnlyError,
    ProjectTooNewError,
    StorageError,
    UnknownBackboneError,
    WeightsMismatchError,
    WeightsMissingError,
)
from acseg_desktop.dialogs.message import Message, Remedy

logger = logging.getLogger(__name__)

_BUG = "Something went wrong"
_TITLES: tuple[tuple[type[Exception], str], ...] = (
    (ProjectDamagedError, "The project is damaged"),
    (ProjectLockedError, "The project is open in another program"),
    (ProjectReadOnlyError, "The project cannot be written"),
    (ProjectTooNewError, "Made by a newer version"),
    (ProjectNotFoundError, "No project there"),
    (ProjectExistsError, "Something is there already"),
    (ImagesNotFoundError, "No images found"),
    (UnknownBackboneError, "Unknown backbone"),
    (WeightsMissingError, "The weights are missing"),
    (WeightsMismatchError, "The weights do not fit"),
    (ModelError, "The model cannot be loaded"),
    (StorageError, "Reading or writing failed"),
    (EditError, "That does not work here"),
    (AcsegError, "That did not work"),
)


def title_of(error: Exception) -> str:
    """A heading for an error."""
    return next((title for kind, title in _TITLES if isinstance(error, kind)), _BUG)


def show_error(parent: QWidget | None, error: BaseException, *, remedies: tuple[Remedy, ...] = ()) -> Message:
    """Open the message of an error; one that is not ours to expect is logged and shown with its traceback."""
    if isinstance(error, AcsegError):
        logger.info("told the user: %s", error)
        same = [open_ for open_ in _open_messages(parent) if open_.text.text() == str(error)]
        if same:
            return same[0]  # one fault may stop many jobs
        message = Message(parent, title=title_of(error), text=str(error), remedies=remedies)
    else:
        details = "".join(traceback.format_exception(error))
        logger.error("unexpected error\n%s", details)
        bugs = [open_ for open_ in _open_messages(parent) if open_.windowTitle() == _BUG]
        if bugs:
            return bugs[0]  # the first is the cause more often than not; all are in the log
        message = Message(
            parent,
            title=_BUG,
            text="This is a bug in ACSeg Desktop, not your fault. Everything you did before is saved. "
            "Please report it with the details below.",
            details=details,
            image="bug-outline",
        )
    message.open()
    return message


def _open_messages(parent: QWidget | None) -> list[Message]:
    return [message for message in parent.findChildren(Message) if message.isVisible()] if parent is not None else []


def show_open_error(
    parent: QWidget,
    error: Exception,
    folder: Path,
    *,
    restore: Callable[[Path], None],
    open_read_only: Callable[[Path], None],
) -> Message:
    """Open the message of a project that did not open, with what can be done about it."""
    remedies: tuple[Remedy, ...] = ()
    if isinstance(error, ProjectDamagedError) and error.backup is not None:
        remedies = (Remedy("Restore the last backup", lambda: restore(folder), primary=True),)
    elif isinstance(error, ProjectLockedError | ProjectReadOnlyError):
        remedies = (Remedy("Open read-only", lambda: open_read_only(folder), primary=True),)
    return show_error(parent, error, remedies=remedies)
