"""Exceptions, as a tree: every fault that is not our bug is an `AcsegError` with a one-line message.

The message names the file and the remedy; shells print it as it is. Anything else that escapes is a bug in
ACSeg Desktop and deserves a traceback.

    AcsegError
    ├── ImageError                one image cannot be used (reason attached)
    ├── ImagesNotFoundError       the folder is missing or holds no images
    ├── BandsError                an image cannot be shown by such bands or values
    ├── ProjectError
    │   ├── ProjectNotFoundError  no project there
    │   ├── ProjectExistsError    something is already there
    │   ├── ProjectTooNewError    made by a newer version
    │   ├── ProjectDamagedError   the database does not read (last good backup attached)
    │   ├── ProjectLockedError    open in another program
    │   ├── ProjectReadOnlyError  opened read-only, or the folder does not let us write
    │   ├── ProjectReplacedError  another file was put in its place (where the open state is kept, attached)
    │   └── EditError             the edit makes no sense for the project as it is now
    ├── ModelError
    │   ├── UnknownBackboneError  timm knows no such ViT
    │   ├── ExtraMissingError     an optional dependency is not installed
    │   ├── WeightsMissingError   weights neither here nor to be downloaded
    │   └── WeightsMismatchError  weights do not fit the network
    ├── EngineError               the cluster that is to find regions is not there, or gone
    ├── LabelListError            a file of labels that cannot be read
    ├── LabelFileError            a file of labelled images that cannot be read, or fits no image
    │   ├── UnknownFormatError    of no format that is known
    │   └── UnclearFieldError     several attributes could say the labels (those attached)
    ├── SearchError               a search that makes no sense (its place attached)
    ├── StorageError              disk full, no permission, input/output error
    ├── ExportError               a format cannot hold it, or is not written
    │   └── NothingToExportError  no image is left for an export
    └── CancelledError            the user stopped it
"""

from __future__ import annotations

from pathlib import Path
from unicodedata import category

_QUOTED = 60
"""Characters of what a message quotes, at most."""

_NOT_SHOWN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode's control characters, halves of characters, and ends of lines and paragraphs."""


def quoted(value: object, *, most: int = _QUOTED) -> str:
    """Something that a file or a person said, as a message may repeat it: in one line, and not too long."""
    text = str(value)
    shown = "".join("\N{REPLACEMENT CHARACTER}" if category(char) in _NOT_SHOWN else char for char in text[:most])
    return shown if len(text) <= most else f"{shown[:-1]}…"


class AcsegError(Exception):
    """Base of all errors a user can cause or mend; ``str(error)`` is one clear line."""


class ImageError(AcsegError):
    """One image cannot be used.

    Attributes:
        path: The file.
        reason: Why, in a few words ("truncated", "empty file", "the file has changed since it was added").
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ImagesNotFoundError(AcsegError):
    """The image folder is missing, or holds no image that can be read."""


class BandsError(AcsegError):
    """An image has no such band, or cannot be shown by such values; the message says which can be chosen."""


class ProjectError(AcsegError):
    """A project cannot be made, opened or changed."""


class ProjectNotFoundError(ProjectError):
    """There is no project in that place."""


class ProjectExistsError(ProjectError):
    """A file or another project is already in that place."""


class ProjectTooNewError(ProjectError):
    """The project was made by a newer version of ACSeg Desktop."""


class ProjectDamagedError(ProjectError):
    """The project's database does not read.

    Attributes:
        backup: The newest backup that reads, or None.
    """

    def __init__(self, message: str, *, backup: Path | None = None) -> None:
        super().__init__(message)
        self.backup = backup


class ProjectLockedError(ProjectError):
    """Another program has the project open for writing."""


class ProjectReadOnlyError(ProjectError):
    """The project was opened read-only, or its folder is not writable."""


class ProjectReplacedError(ProjectError):
    """The project's file was replaced, moved or deleted while it was open.

    Attributes:
        kept: Where all that was open is kept, or None when it could not be written anywhere.
    """

    def __init__(self, message: str, *, kept: Path | None = None) -> None:
        super().__init__(message)
        self.kept = kept


class EditError(ProjectError):
    """The edit does not fit the project as it is now (a region that is gone, a label name in use)."""


class ModelError(AcsegError):
    """A backbone or generator cannot be had."""


class UnknownBackboneError(ModelError):
    """No such vision transformer in timm."""


class ExtraMissingError(ModelError):
    """An optional dependency is not installed."""


class WeightsMissingError(ModelError):
    """The weights are not on this machine and cannot be downloaded."""


class WeightsMismatchError(ModelError):
    """The weights do not fit the network they were given for."""


class EngineError(AcsegError):
    """A cluster cannot be used, or is gone; what it had found by then is kept."""


class LabelListError(AcsegError):
    """A file is no list of labels; the message names the file, the line or the entry, and the remedy."""


class LabelFileError(AcsegError):
    """A file of labelled images cannot be used; the message names the file, the place in it, and the remedy."""


class UnknownFormatError(LabelFileError):
    """A file or folder is not in a known format."""


class UnclearFieldError(LabelFileError):
    """Several attributes of what lies on a map could say its labels.

    Attributes:
        fields: Their names.
    """

    def __init__(self, message: str, *, fields: tuple[str, ...]) -> None:
        super().__init__(message)
        self.fields = fields


class SearchError(AcsegError):
    """What was typed to search for makes no sense.

    Attributes:
        start: Where in the text the word at fault begins.
        end: Where it ends.
    """

    def __init__(self, message: str, *, start: int = 0, end: int = 0) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class ExportError(AcsegError):
    """Labels cannot leave as they were asked for; the message says why, and what to choose instead."""


class NothingToExportError(ExportError):
    """No image is left to write; the message says why, and what to do."""


class StorageError(AcsegError):
    """The disk is full, or the operating system refused to read or write."""


class CancelledError(AcsegError):
    """The user stopped the work; what was finished is kept."""
