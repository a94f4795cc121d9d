"""Settings of a project: choices that belong to it and not to the person who works on it; outside the history.

One is declared once, with its default; its type is that of the default, for whoever reads and writes it.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import sqlite

from acseg_core.store.project import Project
from acseg_core.store.schema import SettingRow

logger = logging.getLogger(__name__)

_SETTING: Table = SettingRow.metadata.tables["setting"]

Value = TypeVar("Value", bool, int, float, str)


@dataclass(frozen=True, slots=True)
class Setting(Generic[Value]):
    """One choice.

    Attributes:
        key: Unique; stored in project files, so it stays as it is.
        default: Its value where nobody chose; values of other types are none of it.
    """

    key: str
    default: Value


EMPTY_IS_DONE = Setting("accept_empty_images", default=False)
"""Whether images in which nothing is named are accepted without asking, as images without objects."""

UNFINISHED_IMPORT = Setting("unfinished_import", default="")
"""Of an import that was stopped: its operation, and what tells the same import from others. Done again, it goes on."""

UNFINISHED_ADOPTION = Setting("unfinished_adoption", default=0)
"""The run of an adoption that was stopped, or 0: its names are not carried over yet. Done again, it goes on."""

CALIBRATED_GRANULARITY = Setting("calibrated_granularity", default=0.5)
"""What the trees of the project's images say is right for them."""

CALIBRATED_IMAGES = Setting("calibrated_images", default=0)
"""On how many of them that was told; 0 where it was not yet."""

USES_CALIBRATION = Setting("uses_calibration", default=True)
"""Whether the project's trees are cut by it at first."""

USED_GRANULARITIES = Setting("default_granularities", default="0.5")
"""Default granularities that images were cut at, with blanks between: at others, somebody wanted them so."""

CHOICES_AFTER = Setting("granularity_choices_after", default=0)
"""The last operation whose choice of a granularity says nothing of later images, as somebody reset what they say."""

TILES = Setting("tiles", default="auto")
"""Which files become scenes, as in `acseg_core.images.scenes.choosing`."""

TILE_SIDE = Setting("tile_side", default=896)
"""Pixels of the side of tiles of new scenes, about."""

TAKEN_FILES = Setting("taken_files", default="")
"""JSON list of the only files of the image folder that are taken; "" where all are."""


def read_setting(project: Project, setting: Setting[Value]) -> Value:
    """What was chosen, or the default; a value that another version stored and this one cannot read is the default."""
    statement = select(_SETTING.c.value).where(_SETTING.c.key == setting.key)
    with project.read() as connection:
        stored = connection.execute(statement).scalar_one_or_none()
    if stored is None:
        return setting.default
    try:
        value = json.loads(stored)
    except ValueError:
        value = None
    if type(value) is not type(setting.default):
        logger.warning("setting %s holds %.80r: it is left at %r", setting.key, stored, setting.default)
        return setting.default
    chosen: Value = value
    return chosen


def write_setting(project: Project, setting: Setting[Value], value: Value) -> None:
    """Keep a choice.

    Raises:
        ProjectReadOnlyError: The project is read-only.
        StorageError: The disk is full or failed.
        ValueError: The value is of another type than the default.
    """
    if type(value) is not type(setting.default):
        raise ValueError(f"{setting.key} is a {type(setting.default).__name__}, not {value!r}")
    with project.write() as connection:
        put_setting(connection, setting, value)


def put_setting(connection: Connection, setting: Setting[Value], value: Value) -> None:
    """Keep a choice as part of a transaction."""
    kept = sqlite.insert(_SETTING).values(key=setting.key, value=json.dumps(value))
    connection.execute(kept.on_conflict_do_update(index_elements=["key"], set_={"value": kept.excluded.value}))
