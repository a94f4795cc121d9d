"""Images that are removed from a project, with their regions, and taken back: the files themselves stay where they are.

A removed image lives in ``removed_image`` until undo or `take_back_images` brings it back; a scan passes its file by.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, func, select

from acseg_core.errors import EditError
from acseg_core.store.database import among
from acseg_core.store.edits.recorder import REMOVING, Edit, edit, is_trimmed, removals
from acseg_core.store.project import Project
from acseg_core.store.schema import IMAGE, LABEL, OPERATION, REGION, REMOVED
from acseg_core.store.statuses import UNJUDGED
from acseg_core.types import ImageStatus, OpChanges, RegionStatus, RemovedImage
from acseg_core.verbs import Verb

_REMOVED = REMOVED[IMAGE.name]
_REMOVED_REGION = REMOVED[REGION.name]


def remove_images(project: Project, image_ids: Collection[int]) -> OpChanges:
    """Take images out of the project, and their regions with them: one operation.

    Raises:
        EditError: None is given, or one is not in the project.
    """
    if not image_ids:
        raise EditError("select at least one image")
    with edit(project, Verb.REMOVE_IMAGES) as recording:
        chosen = among(image_ids)
        there = recording.connection.execute(select(IMAGE.c.id).where(IMAGE.c.id.in_(chosen))).scalars()
        gone = set(image_ids) - set(there)
        if gone:
            raise EditError(f"image {min(gone)} is not in the project")
        recording.delete(REGION, REGION.c.image_id.in_(chosen))
        recording.delete(IMAGE, IMAGE.c.id.in_(chosen))
        return recording.result()


def take_back_images(project: Project, image_ids: Collection[int]) -> OpChanges:
    """Put removed images back, with the regions they had: one operation, whatever was done since.

    Where the history that removed them was dropped, they come back without regions, as new images. A region whose label
    is gone by now has no name.

    Raises:
        EditError: An image is not removed.
    """
    with edit(project, Verb.TAKE_BACK_IMAGES) as recording:
        connection = recording.connection
        operations = _removals(connection, image_ids)
        gone = set(image_ids) - operations.keys()
        if gone:
            raise EditError(f"image {min(gone)} is not among the removed ones")
        recording.restore(IMAGE, _REMOVED.c.id.in_(among(image_ids)))
        for operation_id in {each for each in operations.values() if each is not None}:
            mine = among(id_ for id_, each in operations.items() if each == operation_id)
            recording.restore(
                REGION,
                _REMOVED_REGION.c.image_id.in_(mine)
                & _REMOVED_REGION.c.id.in_(removals(REGION.name, OPERATION.c.id == operation_id)),
            )
        _without_lost_labels(recording, image_ids)
        _as_new(recording, [id_ for id_, operation_id in operations.items() if operation_id is None])
        return recording.result()


def removed_images(project: Project) -> list[RemovedImage]:
    """The images that were removed, in display order."""
    regions = (
        select(_REMOVED_REGION.c.image_id, func.count().label("regions"))
        .where(_REMOVED_REGION.c.id.in_(removals(REGION.name, ~OPERATION.c.undone)))
        .group_by(_REMOVED_REGION.c.image_id)
        .subquery()
    )
    statement = (
        select(_REMOVED.c.id, _REMOVED.c.path, func.coalesce(regions.c.regions, 0))
        .outerjoin(regions, regions.c.image_id == _REMOVED.c.id)
        .order_by(_REMOVED.c.sort_key, _REMOVED.c.id)
    )
    with project.read() as connection:
        return [RemovedImage(*row) for row in connection.execute(statement)]


def removed_paths(connection: Connection) -> set[str]:
    """Paths of the images that were removed."""
    return set(connection.execute(select(_REMOVED.c.path)).scalars())


def _removals(connection: Connection, image_ids: Collection[int]) -> dict[int, int | None]:
    """For each of some images that is removed, the operation that did it; None where its history was dropped."""
    there = connection.execute(select(_REMOVED.c.id).where(_REMOVED.c.id.in_(among(image_ids)))).scalars()
    found: dict[int, int | None] = dict.fromkeys(there)
    removing = select(OPERATION.c.id).where(OPERATION.c.verb.in_(REMOVING), ~OPERATION.c.undone, ~is_trimmed())
    for operation_id in connection.execute(removing.order_by(OPERATION.c.id)).scalars():
        mine = removals(IMAGE.name, OPERATION.c.id == operation_id)
        found |= {id_: operation_id for id_ in connection.execute(mine).scalars() if id_ in found}
    return found


def _without_lost_labels(recording: Edit, image_ids: Collection[int]) -> None:
    """Labels that were deleted or merged while the image was away name nothing any more."""
    mine = REGION.c.image_id.in_(among(image_ids))
    lost = mine & REGION.c.label_id.is_not(None) & REGION.c.label_id.not_in(select(LABEL.c.id))
    recording.update(REGION, lost, {"status": RegionStatus.PROPOSED.value, **UNJUDGED})
    recording.update(REGION, lost, {"label_id": None})


def _as_new(recording: Edit, image_ids: Collection[int]) -> None:
    """Nothing is left of the work on these images."""
    values = {"status": ImageStatus.NEW.value, "tree_id": None, "granularity": None, "is_reviewed": False}
    recording.update(IMAGE, IMAGE.c.id.in_(among(image_ids)), values)
