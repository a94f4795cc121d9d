"""Edits in the place of an earlier one, as all cuts of one movement of a slider are one undo step."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from acseg_core.store.edits.history import take_back
from acseg_core.store.edits.recorder import Edit, new_operation
from acseg_core.store.project import Project
from acseg_core.types import OpChanges
from acseg_core.verbs import Verb


@dataclass(frozen=True, slots=True)
class Replacement:
    """An edit, and what was taken back before it.

    Attributes:
        recording: The edit.
        taken_back: What taking the earlier one back changed; None when it was not taken back.
    """

    recording: Edit
    taken_back: OpChanges | None

    def result(self) -> OpChanges:
        """What both of them touched."""
        changes = self.recording.result() if self.recording.changed else OpChanges()
        if self.taken_back is None:
            return changes
        return replace(
            changes,
            images=changes.images or self.taken_back.images,
            image_ids=changes.image_ids | self.taken_back.image_ids,
        )


@contextlib.contextmanager
def edit_instead(project: Project, verb: Verb, *, of: int | None) -> Iterator[Replacement]:
    """A transaction that takes back the operation ``of``, if that is still the newest one, and makes a new one.

    Both or neither is committed, and nobody can edit in between. When the new one changes nothing, it leaves no trace.
    """
    with project.write() as connection:
        taken_back = None if of is None else take_back(connection, of)
        with connection.begin_nested() as attempt:
            recording = Edit(connection, new_operation(connection, verb), verb=verb)
            yield Replacement(recording, taken_back)
            if recording.changed:
                recording.end_reviews()
            else:
                attempt.rollback()
