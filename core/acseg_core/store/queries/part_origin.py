"""Where a part of a project came from: of which project, and what every image and label was like when it was made.

A part knows that itself, in rows of its settings: so it can be renamed, moved and sent. The project it is of is known
by a random number, which a copy of the project has, too; a part has none of its own until it is split in its turn.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from acseg_core.store.database import DamageFoundError, among
from acseg_core.store.project import Project
from acseg_core.store.schema import SettingRow

IDENTITY = "identity"
"""Setting: the number that a project is known by."""

PART = "part"
"""Setting: what a part is a part of. Those of its images have this and their number as keys."""

MERGED = "merged"
"""Beginning of the keys of a project's settings that say what came back from parts."""

SETTING: Table = SettingRow.metadata.tables["setting"]


@dataclass(frozen=True, slots=True)
class PartOrigin:
    """Where a part came from.

    Attributes:
        project: Identity of the project.
        split: Of the split that made it and its siblings.
        number: Which of them it is, from 1.
        of: How many there are.
        made_at: When, as times are stored.
        last_operation: The newest operation then; what is newer was done in the part.
        last_region: The newest region then; ids up to that mean the same region in project and part.
        labels: The labels then: `AGREED_FIELDS` by id.
    """

    project: str
    split: str
    number: int
    of: int
    made_at: str
    last_operation: int
    last_region: int
    labels: Mapping[int, Mapping[str, Any]]

    @property
    def key(self) -> str:
        """Tells it from all other parts."""
        return f"{self.split}-{self.number}"


AGREED_FIELDS = ("name", "color", "hotkey", "supercategory", "is_thing", "is_void")
"""Of a label: what project and part may both change."""


def identity(connection: Connection) -> str:
    """The number that a project is known by; "" as long as it was never split."""
    stored = connection.execute(select(SETTING.c.value).where(SETTING.c.key == IDENTITY)).scalar()
    return "" if stored is None else str(json.loads(stored))


def part_origin(project: Project) -> PartOrigin | None:
    """Where a project came from that is a part; None of any other.

    Raises:
        ProjectDamagedError: What it says of that makes no sense.
    """
    with project.read() as connection:
        stored = connection.execute(select(SETTING.c.value).where(SETTING.c.key == PART)).scalar()
        return None if stored is None else _read(stored)


def write_origin(connection: Connection, origin: PartOrigin, digests: Mapping[int, str]) -> None:
    """Note where a part comes from, with the digest of the state of each of its images."""
    rows = [{"key": PART, "value": json.dumps(asdict(origin))}]
    rows += [{"key": f"{PART} {image_id}", "value": json.dumps(digest)} for image_id, digest in digests.items()]
    connection.execute(insert(SETTING), rows)


def first_digests(connection: Connection, image_ids: Collection[int]) -> dict[int, str]:
    """The digests of images of a part when it was made; those that came later have none."""
    keys = among(f"{PART} {image_id}" for image_id in image_ids)
    rows = connection.execute(select(SETTING.c.key, SETTING.c.value).where(SETTING.c.key.in_(keys)))
    return {int(key.removeprefix(PART)): str(json.loads(value)) for key, value in rows}


def _read(stored: str) -> PartOrigin:
    try:
        values = json.loads(stored)
        labels = {int(id_): {name: label[name] for name in AGREED_FIELDS} for id_, label in values["labels"].items()}
        origin = PartOrigin(**{**values, "labels": labels})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise DamageFoundError("what it says of the project that it is a part of makes no sense") from None
    kinds = {name: type(value) for name, value in asdict(origin).items()}
    numbers, texts = ("number", "of", "last_operation", "last_region"), ("project", "split", "made_at")
    if any(kinds[name] is not int for name in numbers) or any(kinds[name] is not str for name in texts):
        raise DamageFoundError("what it says of the project that it is a part of makes no sense")
    return origin
