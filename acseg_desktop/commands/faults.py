"""Error messages: every error becomes a clear line with its remedy, or, for our bugs, details to copy."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from acseg_core.errors import (
    AcsegError,
    EditError,
    ExtraMissingError,
    ImagesNotFoundError,
    ModelError,
    ProjectDamagedError,
    ProjectExistsError,
    ProjectLockedError,
    ProjectNotFoundError,
    ProjectReadOnlyError,
    ProjectReplacedError,
    ProjectTooNewError,
    StorageError,
    UnknownBackboneError,
    WeightsMismatchError,
    WeightsMissingError,
)
from acseg_desktop.dialogs.message import Message, Remedy
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words

tr = Words("Errors")

logger = logging.getLogger(__name__)

_BUG = tr.mark("Something went wrong")
_TITLES: tuple[tuple[type[Exception], str], ...] = (
    (ProjectDamagedError, tr.mark("The project is damaged")),
    (ProjectLockedError, tr.mark("The project is open in another program")),
    (ProjectReadOnlyError, tr.mark("Cannot write to the project")),
    (ProjectReplacedError, tr.mark("The project's file was replaced")),
    (ProjectTooNewError, tr.mark("Made by a newer version")),
    (ProjectNotFoundError, tr.mark("No project found")),
    (ProjectExistsError, tr.mark("Cannot create the project")),
    (ImagesNotFoundError, tr.mark("No images found")),
    (ExtraMissingError, tr.mark("A component is not installed")),
    (UnknownBackboneError, tr.mark("Unknown backbone")),
    (WeightsMissingError, tr.mark("Weights not found")),
    (WeightsMismatchError, tr.mark("These weights do not match")),
    (ModelError, tr.mark("Cannot load the model")),
    (StorageError, tr.mark("Cannot read or write")),
    (EditError, tr.mark("That does not work here")),
    (AcsegError, tr.mark("That did not work")),
)


def sentence(error: Exception) -> str:
    """An error as a passing message."""
    text = translated(error)
    return text[:1].upper() + text[1:]


def title_of(error: Exception) -> str:
    """A heading for an error."""
    return tr(next((title for kind, title in _TITLES if isinstance(error, kind)), _BUG))


def show_error(parent: QWidget | None, error: BaseException, *, remedies: tuple[Remedy, ...] = ()) -> Message:
    """Open the message of an error; one that is not ours to expect is logged and shown with its traceback."""
    if isinstance(error, AcsegError):
        logger.info("told the user: %s", error)
        text = translated(error)
        same = [open_ for open_ in _open_messages(parent) if open_.text.text() == text]
        if same:
            return same[0]  # one fault may stop many jobs
        message = Message(parent, title=title_of(error), text=text, remedies=remedies)
    else:
        details = "".join(traceback.format_exception(error))
        logger.error("unexpected error\n%s", details)
        bugs = [open_ for open_ in _open_messages(parent) if open_.windowTitle() == tr(_BUG)]
        if bugs:
            return bugs[0]  # the first is the cause more often than not; all are in the log
        message = Message(
            parent,
            title=tr(_BUG),
            text=tr(
                "This is a bug in ACSeg Desktop, not your fault. Everything you did before is saved. "
                "Please report it with the details below."
            ),
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
    restore: Callable[[Path, Path | None], None],
    open_read_only: Callable[[Path], None],
) -> Message:
    """Open the message of a project that did not open, with what can be done about it."""
    remedies: tuple[Remedy, ...] = ()
    if isinstance(error, ProjectDamagedError) and error.backup is not None:
        remedies = (Remedy(tr("Restore the last backup"), lambda: restore(folder, None), primary=True),)
    elif isinstance(error, ProjectReplacedError) and error.kept is not None:
        kept = error.kept
        remedies = (Remedy(tr("Continue with what was open"), lambda: restore(folder, kept), primary=True),)
    elif isinstance(error, ProjectLockedError | ProjectReadOnlyError | StorageError):
        remedies = (Remedy(tr("Open read-only"), lambda: open_read_only(folder), primary=True),)
    return show_error(parent, error, remedies=remedies)
