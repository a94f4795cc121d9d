"""Reads of a scene's regions for what links them over the seams of its tiles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import case, func, select

from acseg_core.store.project import Project
from acseg_core.store.records import image_records, region_records, select_images, select_regions
from acseg_core.store.schema import IMAGE, OPERATION, REGION, SceneRow
from acseg_core.store.statuses import USABLE
from acseg_core.types import ImageRecord, Region


@dataclass(frozen=True, slots=True, eq=False)
class TileRegions:
    """A tile and its regions.

    Attributes:
        record: The tile.
        regions: Its regions, in the order of their ids.
        descriptors: (D,) float16 of each region, or None where nobody knows what it looks like.
    """

    record: ImageRecord
    regions: tuple[Region, ...]
    descriptors: tuple[NDArray[np.float16] | None, ...]


def state_of_regions(project: Project) -> tuple[Any, ...]:
    """Equal as long as no region of any scene has changed in what links depend on: pixels, name, status, being there.

    It tells steps of the history, what grows within one, and what is no step of it, as descriptors that come later.
    """
    done = select(func.max(OPERATION.c.id)).where(~OPERATION.c.undone)
    in_tiles = REGION.c.image_id.in_(select(IMAGE.c.id).where(IMAGE.c.scene_id.is_not(None)))
    columns = (func.count(), func.sum(REGION.c.id), func.sum(REGION.c.area), func.count(REGION.c.label_id))
    regions = select(*columns, func.count(REGION.c.descriptor), func.max(REGION.c.id)).where(in_tiles)
    usable = func.sum(case((USABLE, IMAGE.c.id), else_=0))
    tiles = select(func.count(), usable).where(IMAGE.c.scene_id.is_not(None))
    with project.read() as connection:
        newest = connection.execute(select(func.max(OPERATION.c.id))).scalar()
        last = connection.execute(done).scalar()
        return (newest, last, *connection.execute(regions).one(), *connection.execute(tiles).one())


def scene_ids(project: Project) -> list[int]:
    """Ids of all scenes."""
    with project.read() as connection:
        return list(connection.execute(select(SceneRow.id).order_by(SceneRow.id)).scalars())


def tile_regions(project: Project, scene_id: int) -> Iterator[TileRegions]:
    """All tiles of a scene that are in the project with their regions, read as you go from one state of the database.

    Tiles whose pixels are not there any more have none.
    """
    mine = IMAGE.c.scene_id == scene_id
    with project.read() as connection:
        records = image_records(connection.execute(select_images().where(mine).order_by(IMAGE.c.id)))
        for record in records:
            of_tile = REGION.c.image_id == record.id
            if record.problem:
                continue
            rows = connection.execute(select_regions().where(of_tile).order_by(REGION.c.id))
            regions = region_records(rows)
            known = connection.execute(select(REGION.c.id, REGION.c.descriptor).where(of_tile))
            described = {id_: None if blob is None else np.frombuffer(blob, "<f2") for id_, blob in known}
            yield TileRegions(record, tuple(regions), tuple(described[region.id] for region in regions))
