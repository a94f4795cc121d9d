"""Parts of a project come back: what people did in them goes into the project, as one step that can be undone.

The parts are only read. All of it is one transaction: stopped or killed, the project is as before.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from acseg_core.errors import EditError, ProjectError
from acseg_core.store import Project, open_project
from acseg_core.store.database import absolute_path
from acseg_core.store.edits.part_merge import Conflict, PartOutcome, Prefer, merge_part, one_merge
from acseg_core.store.queries.part_origin import PartOrigin, identity, part_origin
from acseg_core.types import OpChanges, Progress


@dataclass(frozen=True, slots=True)
class MergeReport:
    """Outcome of a merge.

    Attributes:
        parts: What came of each part, in the order given.
        changes: What changed in the project; nothing where the parts brought nothing new.
        seconds: It took.
    """

    parts: tuple[PartOutcome, ...]
    changes: OpChanges
    seconds: float

    @property
    def conflicts(self) -> list[Conflict]:
        """Of all parts."""
        return [conflict for part in self.parts for conflict in part.conflicts]


def merge_parts(
    project: Project, folders: Sequence[Path], *, prefer: Prefer = Prefer.FURTHER
) -> Generator[Progress, None, MergeReport]:
    """Put the work that was done in parts of a project into it: one undo step.

    Args:
        project: Open for writing.
        folders: The parts, of one split.
        prefer: Whose work stays where part and project both changed something.

    Yields:
        A tick for each image that was edited in a part.

    Raises:
        ProjectError: A folder is no part of this project, or cannot be read; the message names it.
        EditError: Parts of several splits, or one part twice; or a label that makes no sense.
        StorageError: The disk is full; nothing was changed.
    """
    started = time.perf_counter()
    if project.running:
        raise ProjectError(f"{project.folder}: regions are being proposed; wait until that is done, then merge")
    with contextlib.ExitStack() as stack:
        parts = [(stack.enter_context(open_project(absolute_path(folder), read_only=True))) for folder in folders]
        origins = [_require_part(project, part) for part in parts]
        _require_siblings(parts, origins)
        outcomes = []
        with one_merge(project) as merge:
            for part, origin in zip(parts, origins, strict=True):
                outcomes.append((yield from merge_part(merge, part, origin, prefer=prefer)))
        return MergeReport(tuple(outcomes), merge.changes, time.perf_counter() - started)


def _require_part(project: Project, part: Project) -> PartOrigin:
    origin = part_origin(part)
    if origin is None:
        raise ProjectError(f"{part.folder}: it is a project of its own, and no part that was split from one")
    with project.read() as connection:
        mine = identity(connection)
    if origin.project != mine:
        raise ProjectError(f"{part.folder}: it is a part of another project, not of {project.folder}")
    return origin


def _require_siblings(parts: Sequence[Project], origins: Sequence[PartOrigin]) -> None:
    if len({origin.split for origin in origins}) > 1:
        folders = ", ".join(part.folder.name for part in parts)
        raise EditError(f"{folders}: these parts were not made together; merge those of one split at a time")
    seen: dict[int, Project] = {}
    for part, origin in zip(parts, origins, strict=True):
        other = seen.setdefault(origin.number, part)
        if other is not part:
            raise EditError(f"{part.folder}: it is the same part as {other.folder}; merge one, then the other")
