"""What a project remembers of the parts that came back: how far each of its images and labels has been agreed on.

An image is agreed on when the project took the part's state of it, or both were alike; a label's field likewise. What
was decided against the part is not: it is a conflict again at the next merge. Each note belongs to the operation that
it was made in, and counts as long as that is not undone; one of no operation counts always.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select

from acseg_core.store.database import among
from acseg_core.store.project import Project
from acseg_core.store.queries.part_origin import MERGED, SETTING, PartOrigin, first_digests
from acseg_core.store.schema import IMAGE, OPERATION, TimingRow

_TIMING = TimingRow.metadata.tables["timing"]


class Agreed(NamedTuple):
    """Digests of the state of an image, as project and part agreed on it last; None where they never did.

    Attributes:
        in_part: With the part's labels.
        in_project: With the project's.
    """

    in_part: str | None
    in_project: str | None


@dataclass(slots=True)
class PartRecord:
    """What was agreed on with one part.

    Attributes:
        images: By the part's ids of images.
        labels: Fields of labels by the part's ids.
        label_ids: The project's ids of labels by the part's.
    """

    images: dict[int, Agreed] = field(default_factory=dict)
    labels: dict[int, dict[str, Any]] = field(default_factory=dict)
    label_ids: dict[int, int] = field(default_factory=dict)


def agreed_so_far(connection: Connection, part: Project, origin: PartOrigin, image_ids: Collection[int]) -> PartRecord:
    """What was agreed on when the part was made, and at each merge since that is not undone.

    Args:
        connection: To the project.
        part: The part.
        origin: Where it came from.
        image_ids: Of the part: those that matter.
    """
    with part.read() as reading:
        images = {id_: Agreed(digest, digest) for id_, digest in first_digests(reading, image_ids).items()}
    found = PartRecord(
        images, {id_: dict(label) for id_, label in origin.labels.items()}, {id_: id_ for id_ in origin.labels}
    )
    for noted in _valid_notes(connection, origin):
        for id_, (in_part, in_project) in noted["images"]:
            if id_ in image_ids:
                found.images[id_] = Agreed(in_part, in_project)
        found.labels |= {int(id_): label for id_, label in noted["labels"].items()}
        found.label_ids |= {int(id_): label_id for id_, label_id in noted["label_ids"].items()}
    return found


def images_noted(connection: Connection, origin: PartOrigin) -> set[int]:
    """The part's ids of images that were agreed on in a merge that is not undone."""
    return {int(id_) for noted in _valid_notes(connection, origin) for id_, _ in noted["images"]}


def note(connection: Connection, origin: PartOrigin, operation_id: int | None, agreed: PartRecord) -> None:
    """Remember what was agreed on.

    Args:
        connection: To the project, in the transaction of the operation.
        origin: Of the part.
        operation_id: The operation; None where nothing had to be changed.
        agreed: What was agreed on anew.
    """
    if not (agreed.images or agreed.labels or agreed.label_ids):
        return
    value = {
        "images": [[id_, list(digests)] for id_, digests in agreed.images.items()],
        "labels": agreed.labels,
        "label_ids": agreed.label_ids,
    }
    turn = 1 + max((each.turn for each in _notes(connection, origin)), default=0)
    key = f"{MERGED} {origin.key} {turn} {operation_id or 0}"
    connection.execute(insert(SETTING).values(key=key, value=json.dumps(value)))


def forget_dead_notes(connection: Connection) -> None:
    """Drop what belongs to operations that are gone for good."""
    keys = connection.execute(select(SETTING.c.key).where(SETTING.c.key.like(f"{MERGED} %"))).scalars().all()
    known = set(connection.execute(select(OPERATION.c.id)).scalars())
    dead = [key for key in keys if int(key.rpartition(" ")[2]) not in known | {0}]
    connection.execute(delete(SETTING).where(SETTING.c.key.in_(among(dead))))


def bring_timings(connection: Connection, part: Project) -> None:
    """Add the time that people spent in a part, unless it is there already: what was done was done, undone or not."""
    columns = [column for column in _TIMING.c if column.name != "id"]
    with part.read() as reading:
        theirs = [dict(row._mapping) for row in reading.execute(select(*columns))]
    if not theirs:
        return
    began = among(row["started_at"] for row in theirs)
    rows = connection.execute(select(*columns).where(_TIMING.c.started_at.in_(began)))
    known = {(row.started_at, row.activity, row.seconds) for row in rows}
    images = set(connection.execute(select(IMAGE.c.id)).scalars())
    fresh = [row for row in theirs if (row["started_at"], row["activity"], row["seconds"]) not in known]
    for row in fresh:
        row["image_id"] = row["image_id"] if row["image_id"] in images else None
    if fresh:
        connection.execute(insert(_TIMING), fresh)


class _Note(NamedTuple):
    """Where a note is: which in turn it is, from 1, and the operation it belongs to, 0 for none."""

    turn: int
    operation_id: int
    key: str


def _notes(connection: Connection, origin: PartOrigin) -> list[_Note]:
    """Oldest first."""
    begin = f"{MERGED} {origin.key} "
    keys = connection.execute(select(SETTING.c.key).where(SETTING.c.key.startswith(begin, autoescape=True))).scalars()
    parts = ((key, key.removeprefix(begin).split(" ")) for key in keys)
    return sorted(_Note(int(turn), int(operation_id), key) for key, (turn, operation_id) in parts)


def _valid_notes(connection: Connection, origin: PartOrigin) -> Iterator[Mapping[str, Any]]:
    """What notes say whose operations are not undone, oldest first."""
    done = set(connection.execute(select(OPERATION.c.id).where(~OPERATION.c.undone)).scalars())
    for each in _notes(connection, origin):
        if each.operation_id in done | {0}:
            value = connection.execute(select(SETTING.c.value).where(SETTING.c.key == each.key)).scalar_one()
            yield json.loads(value)
