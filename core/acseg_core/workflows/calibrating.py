"""Calibrating a project: its default granularity from the stored trees of some of its images, without any label."""

from __future__ import annotations

from sqlalchemy import func, select

from acseg_core.proposals.calibration import calibrated_granularity
from acseg_core.proposals.tree_bytes import read_heights
from acseg_core.store import Project
from acseg_core.store.database import among
from acseg_core.store.schema import IMAGE, TREE
from acseg_core.store.settings import CALIBRATED_GRANULARITY, CALIBRATED_IMAGES, put_setting, read_setting
from acseg_core.store.statuses import USABLE

MOST_IMAGES = 200
"""Images that a project is calibrated on, evenly spread over it."""

FEWEST_IMAGES = 8
"""Images below which there is no data set yet."""


def wants_calibration(project: Project) -> bool:
    """Whether a project was not calibrated yet, or on less than half of the images that it could be on now."""
    known = read_setting(project, CALIBRATED_IMAGES)
    there = min(_count(project), MOST_IMAGES)
    return there >= FEWEST_IMAGES and there >= 2 * known


def calibrate(project: Project) -> float | None:
    """Calibrate a project on the trees that are stored; not undoable, as nothing that a person made changes.

    Returns:
        The granularity that suits its images; None, and nothing is kept, where there are too few.

    Raises:
        StorageError: The disk is full or failed.
    """
    with project.read() as connection:
        with_tree = select(IMAGE.c.tree_id).where(IMAGE.c.tree_id.is_not(None), USABLE)
        ids = connection.execute(with_tree.order_by(IMAGE.c.sort_key, IMAGE.c.id)).scalars().all()
        if len(ids) < FEWEST_IMAGES:
            return None
        count = min(len(ids), MOST_IMAGES)
        chosen = [ids[number * len(ids) // count] for number in range(count)]
        head = func.substr(TREE.c.leaf_map, 1, 8)
        rows = connection.execute(select(head, TREE.c.heights).where(TREE.c.id.in_(among(chosen)))).all()
    granularity = calibrated_granularity([read_heights(bytes(kind), heights) for kind, heights in rows])
    with project.write() as connection:
        put_setting(connection, CALIBRATED_GRANULARITY, float(granularity))
        put_setting(connection, CALIBRATED_IMAGES, count)
    return granularity


def _count(project: Project) -> int:
    """Images whose trees can tell something."""
    statement = select(func.count()).select_from(IMAGE).where(IMAGE.c.tree_id.is_not(None), USABLE)
    with project.read() as connection:
        return int(connection.execute(statement).scalar_one())
