"""Merging regions: one of several in an image, the largest survives. Each call is one undoable operation."""

from __future__ import annotations

from collections.abc import Collection
from types import EllipsisType

from sqlalchemy import Connection

from acseg_core.errors import EditError
from acseg_core.store.database import among
from acseg_core.store.edits.labels import add_label
from acseg_core.store.edits.recorder import Edit, edit
from acseg_core.store.edits.reshaping import begin_review, merged_values
from acseg_core.store.edits.stored_regions import StoredRegion, largest_first
from acseg_core.store.project import Project
from acseg_core.store.queries.label_queries import find_label, require_labels
from acseg_core.store.queries.region_queries import require_all
from acseg_core.store.schema import REGION
from acseg_core.types import OpChanges
from acseg_core.verbs import Verb


def merge_regions(
    project: Project, region_ids: Collection[int], *, label_id: int | EllipsisType | None = ...
) -> OpChanges:
    """Make one region of several in an image; the largest survives.

    Args:
        project: Open for writing.
        region_ids: Two or more.
        label_id: The label it gets, or None for none. If left out, it keeps its label, or takes the one label there is
            among the others; with several, it stays unnamed.

    Raises:
        EditError: Fewer than two regions, regions of different images, one that is gone, or a label that is.
    """
    with edit(project, Verb.MERGE_REGIONS) as recording:
        if isinstance(label_id, int):
            require_labels(recording.connection, [label_id])
        return _merge(recording, region_ids, label_id)


def merge_regions_as(
    project: Project, region_ids: Collection[int], name: str, *, is_thing: bool | None = None
) -> OpChanges:
    """Make one region of several, and give it the label of that name, which is made if there is none.

    ``is_thing`` is what a label that is made is; by its name if left out.

    Raises:
        EditError: Fewer than two regions, regions of different images, one that is gone, or the name is empty.
    """
    with edit(project, Verb.MERGE_REGIONS) as recording:
        label = find_label(recording.connection, name) or add_label(recording, name, is_thing=is_thing)
        return _merge(recording, region_ids, label.id)


def _merge(recording: Edit, region_ids: Collection[int], label_id: int | EllipsisType | None) -> OpChanges:
    unique = set(region_ids)
    if len(unique) < 2:
        raise EditError("select at least two regions to merge")
    members = _members(recording.connection, unique)
    survivor, *others = (member.id for member in members)
    recording.delete(REGION, REGION.c.id.in_(among(others)))
    recording.update(REGION, REGION.c.id == survivor, merged_values(members, label_id=label_id))
    begin_review(recording, REGION.c.id == survivor)
    return recording.result(region_ids=[survivor])


def _members(connection: Connection, region_ids: Collection[int]) -> list[StoredRegion]:
    """The regions to merge, largest first."""
    members = largest_first(connection, REGION.c.id.in_(among(region_ids)))
    require_all(region_ids, [member.id for member in members])
    if len({member.image_id for member in members}) > 1:
        raise EditError("only regions of the same image can be merged")
    return members
