"""What people did in a part of a project, put into the project as part of one edit.

Each image is compared with what project and part agreed on last: the state at the split, or of the last merge. What
only the part changed is taken; what both changed is a conflict, and settled by a rule. To remove an image is work, too.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, exists, or_, select

from acseg_core.errors import EditError
from acseg_core.store.edits.part_labels import PartLabels
from acseg_core.store.edits.part_records import (
    Agreed,
    PartRecord,
    agreed_so_far,
    bring_timings,
    forget_dead_notes,
    images_noted,
    note,
)
from acseg_core.store.edits.part_rows import PartRows
from acseg_core.store.edits.recorder import Edit, new_operation
from acseg_core.store.project import Project
from acseg_core.store.queries.image_state import Standing, edited_since, last_edits, standings, state_digests
from acseg_core.store.queries.part_origin import PartOrigin
from acseg_core.store.records import label_records, name_key, select_labels
from acseg_core.store.schema import IMAGE, LABEL, REGION, REMOVED
from acseg_core.types import ImageStatus, OpChanges, Progress, SkippedFile
from acseg_core.verbs import Verb

_GONE = "gone"
"""In the place of the digest of an image that was removed."""

_TOGETHER = 100


class Prefer(StrEnum):
    """Whose work stays where both changed something."""

    FURTHER = "further"
    """Of the image that has come further: by status, then by the number of named regions; else the project's."""
    NEWER = "newer"
    """Of the one that was edited last, by the clocks of the machines; else the project's."""
    PART = "part"
    """The part's."""
    PROJECT = "project"
    """The project's."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that was changed in a part and in the project.

    Attributes:
        part: The part's name.
        kind: "image" or "label".
        name: Path of the image; name of the label and what of it.
        in_part: What the part has.
        in_project: What the project had.
        taken: "part" or "project".
    """

    part: str
    kind: str
    name: str
    in_part: str
    in_project: str
    taken: str


@dataclass(slots=True)
class PartOutcome:
    """What came of one part.

    Attributes:
        name: The part's.
        images: Paths of images that the project took over.
        removed: Of those that it removed.
        unchanged: How many images of the part nobody has changed there since the project last got them.
        created: Labels that it got.
        changed: Labels of which it took something over.
        deleted: Labels that it deleted.
        kept: Labels that were deleted in the part, but are used or changed here.
        conflicts: What both had changed.
        left_out: Images of the part that could not be compared, and why.
    """

    name: str
    images: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    left_out: list[SkippedFile] = field(default_factory=list)


class Merge:
    """One merge in the making.

    Attributes:
        recording: The edit.
        names_before: Keys of the names that labels had before it.
        removed: Images that it removed.
        changes: What changed, when it is over.
    """

    def __init__(self, recording: Edit) -> None:
        self.recording = recording
        names = recording.connection.execute(select(LABEL.c.name)).scalars()
        self.names_before = frozenset(map(name_key, names))
        self.removed: set[int] = set()
        self.changes = OpChanges()
        self.notes: list[tuple[PartOrigin, PartRecord]] = []
        self.parts: list[Project] = []


@contextlib.contextmanager
def one_merge(project: Project) -> Iterator[Merge]:
    """A transaction that is one operation for all parts, or none where there is nothing to change.

    What was agreed on and the time that people spent are noted in it, too.
    """
    with project.write() as connection:
        forget_dead_notes(connection)
        with connection.begin_nested() as attempt:
            recording = Edit(connection, new_operation(connection, Verb.MERGE_PARTS), verb=Verb.MERGE_PARTS)
            merge = Merge(recording)
            yield merge
            merge.changes = recording.result()
            if recording.changed:
                recording.end_reviews()
            else:
                attempt.rollback()
        for origin, agreed in merge.notes:
            note(connection, origin, recording.operation_id if recording.changed else None, agreed)
        for part in merge.parts:
            bring_timings(connection, part)


def merge_part(
    merge: Merge, part: Project, origin: PartOrigin, *, prefer: Prefer
) -> Generator[Progress, None, PartOutcome]:
    """Put the work that was done in a part into the project.

    Args:
        merge: The edit.
        part: Open; nothing is changed in it.
        origin: Where it came from.
        prefer: Whose work stays where both changed something.

    Yields:
        A tick for each image that somebody edited in the part.

    Raises:
        EditError: Its labels make no sense.
        ProjectDamagedError: Something in the part is damaged.
    """
    outcome = PartOutcome(part.name)
    with part.read() as reading:
        one = _OnePart(merge, part, reading, origin, prefer, outcome)
        yield from one.compare()
        one.end()
    merge.notes.append((origin, one.agreed))
    merge.parts.append(part)
    return outcome


class _Place(NamedTuple):
    """An image as a row of a project or a part, there or removed."""

    id: int
    path: str
    sha256: str
    is_removed: bool


class _OnePart:
    """The comparison of one part with the project."""

    def __init__(
        self,
        merge: Merge,
        part: Project,
        reading: Connection,
        origin: PartOrigin,
        prefer: Prefer,
        outcome: PartOutcome,
    ) -> None:
        self._merge, self._part, self._reading, self._prefer, self._outcome = merge, part, reading, prefer, outcome
        self._writing = merge.recording.connection
        # Of what was merged before, the part may have undone everything: then no edit is left that tells of it.
        edited = edited_since(reading, origin.last_operation) | images_noted(self._writing, origin)
        self._theirs = {place.id: place for place in _places(reading) if place.id in edited}
        self._record = agreed_so_far(self._writing, part, origin, self._theirs.keys())
        self.agreed = PartRecord()
        self._ours = _counterparts(self._writing, self._theirs.values(), known=self._record.images)
        self._times: tuple[Mapping[int, str], Mapping[int, str]] | None = None
        self._labels = PartLabels(
            merge.recording,
            label_records(reading.execute(select_labels())),
            self._record,
            names_before=merge.names_before,
            takes_part=prefer is Prefer.PART,
            tell=self._tell_label,
        )
        self._rows = PartRows(merge.recording, reading, self._labels, last_region=origin.last_region)
        count = len([place for place in _places(reading) if not place.is_removed])
        outcome.unchanged = count - len([place for place in self._theirs.values() if not place.is_removed])

    def compare(self) -> Generator[Progress, None, None]:
        """Go through the images that were edited in the part."""
        ordered = list(self._theirs.values())
        for start in range(0, len(ordered), _TOGETHER):
            some = ordered[start : start + _TOGETHER]
            digests = state_digests(self._reading, [place.id for place in some])
            alike = state_digests(self._reading, [place.id for place in some], self._labels.ids)
            ours = [self._ours[place.id].id for place in some if place.id in self._ours]
            in_project = state_digests(self._writing, ours)
            for number, place in enumerate(some, start + 1):
                mine = self._ours.get(place.id)
                self._compare_one(
                    place,
                    mine,
                    Agreed(digests.get(place.id, _GONE), in_project.get(mine.id, _GONE) if mine else None),
                    alike.get(place.id, _GONE),
                )
                yield Progress(number, len(ordered), place.path)

    def end(self) -> None:
        """Finish the labels, and say what came of them."""
        self._labels.end()
        outcome, labels = self._outcome, self._labels
        outcome.created, outcome.changed = labels.created, list(labels.changed)
        outcome.deleted, outcome.kept = labels.deleted, labels.kept
        self.agreed.labels = {
            id_: label for id_, label in labels.agreed.items() if label != self._record.labels.get(id_)
        }
        self.agreed.label_ids = {
            id_: label_id for id_, label_id in labels.ids.items() if label_id != self._record.label_ids.get(id_)
        }

    def _compare_one(self, theirs: _Place, ours: _Place | None, now: Agreed, alike: str) -> None:
        """Decide about one image, edited in the part.

        Args:
            theirs: In the part.
            ours: In the project, if it is known there.
            now: What it is like in both.
            alike: What the part's is like with the project's labels.
        """
        before = self._record.images.get(theirs.id, Agreed(None, None))
        if now.in_part == before.in_part or (before.in_part is None and _is_blank(self._reading, theirs)):
            self._outcome.unchanged += not theirs.is_removed
            return
        if ours is None or theirs.sha256 != ours.sha256:
            gone = "it is not in the project; add it there and merge again"
            other = "the image file is another one in the project"
            self._outcome.left_out.append(SkippedFile(theirs.path, gone if ours is None else other))
        elif alike == now.in_project:
            self.agreed.images[theirs.id] = now
        elif now.in_project == before.in_project or (before.in_project is None and _is_blank(self._writing, ours)):
            self._take(theirs, ours, now)
        else:
            self._settle(theirs, ours, now)

    def _settle(self, theirs: _Place, ours: _Place, now: Agreed) -> None:
        """Both have changed: one of them stays, and it is told."""
        sides = _shown(self._standing(self._reading, theirs)), _shown(self._standing(self._writing, ours))
        takes_part = self._takes_part(theirs, ours)
        if takes_part and not self._take(theirs, ours, now):
            return
        taken = "part" if takes_part else "project"
        self._outcome.conflicts.append(Conflict(self._part.name, "image", theirs.path, *sides, taken))

    def _takes_part(self, theirs: _Place, ours: _Place) -> bool:
        match self._prefer:
            case Prefer.PART:
                return True
            case Prefer.PROJECT:
                return False
            case Prefer.NEWER:
                if self._times is None:
                    self._times = last_edits(self._reading), last_edits(self._writing)
                return self._times[0].get(theirs.id, "") > self._times[1].get(ours.id, "")
            case Prefer.FURTHER:
                return self._standing(self._reading, theirs) > self._standing(self._writing, ours)

    def _take(self, theirs: _Place, ours: _Place, now: Agreed) -> bool:
        """Take over what the part has; False, and told, where that cannot be."""
        if ours.id in self._merge.removed:
            reason = "another part removed it; merge this part by itself to bring it back"
            self._outcome.left_out.append(SkippedFile(theirs.path, reason))
            return False
        try:
            if theirs.is_removed:
                self._rows.remove(ours.id)
                self._merge.removed.add(ours.id)
            else:
                self._rows.take(theirs.id, ours.id)
        except EditError as error:
            self._outcome.left_out.append(SkippedFile(theirs.path, str(error)))
            return False
        (self._outcome.removed if theirs.is_removed else self._outcome.images).append(ours.path)
        in_project = state_digests(self._writing, [ours.id]).get(ours.id, _GONE)
        self.agreed.images[theirs.id] = Agreed(now.in_part, in_project)
        return True

    def _standing(self, connection: Connection, place: _Place) -> Standing:
        """How far an image has come; a removed one is behind all others."""
        return standings(connection, [place.id]).get(place.id, _REMOVED_STANDING)

    def _tell_label(self, name: str, in_part: str, in_project: str, takes_part: bool) -> None:
        taken = "part" if takes_part else "project"
        self._outcome.conflicts.append(Conflict(self._part.name, "label", name, in_part, in_project, taken))


_REMOVED_STANDING = Standing(-1, 0)


def _places(connection: Connection) -> list[_Place]:
    """All images of a project, in display order, then those that were removed."""
    found: list[_Place] = []
    for table, is_removed in ((IMAGE, False), (REMOVED[IMAGE.name], True)):
        statement = select(table.c.id, table.c.path, table.c.sha256).order_by(table.c.sort_key, table.c.id)
        found += [_Place(*row, is_removed) for row in connection.execute(statement)]
    return found


def _counterparts(connection: Connection, theirs: Collection[_Place], *, known: Collection[int]) -> dict[int, _Place]:
    """The project's images for some of a part, by the part's numbers: by number, or by path where they came later."""
    places = _places(connection)
    by_id = {place.id: place for place in places}
    by_path = {place.path: place for place in places if not place.is_removed}
    found = {place.id: by_id.get(place.id) if place.id in known else by_path.get(place.path) for place in theirs}
    return {id_: place for id_, place in found.items() if place is not None}


def _is_blank(connection: Connection, place: _Place) -> bool:
    """Whether nobody has done anything on an image that could be lost."""
    has_regions = exists().where(REGION.c.image_id == IMAGE.c.id)
    is_worked = or_(IMAGE.c.status != ImageStatus.NEW.value, IMAGE.c.comment != "", has_regions)
    return connection.execute(select(IMAGE.c.id).where(IMAGE.c.id == place.id, is_worked)).first() is None


def _shown(standing: Standing) -> str:
    """How far an image has come, in words."""
    if standing == _REMOVED_STANDING:
        return "removed"
    words = {ImageStatus.IN_REVIEW: "in review"}
    regions = f"{standing.named} named region{'' if standing.named == 1 else 's'}"
    return f"{words.get(standing.status, standing.status.value)}, {regions}"
