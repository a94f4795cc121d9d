"""Edits of clusters (regions of the whole data set that look alike): each call is one undoable operation.

A region's cluster is undoable like its label. Rows of ``cluster`` are only ever added, as undo may need any of them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, func, insert, select, update

from acseg_core.errors import EditError
from acseg_core.names import clustering
from acseg_core.store.database import among
from acseg_core.store.edits.labels import add_label
from acseg_core.store.edits.recorder import Edit, edit
from acseg_core.store.edits.replacing import edit_instead
from acseg_core.store.edits.reshaping import begin_review, descriptor_bytes
from acseg_core.store.project import Project
from acseg_core.store.queries.cluster_queries import (
    CLUSTER,
    descriptor_table,
    descriptors,
)
from acseg_core.store.queries.label_queries import find_label
from acseg_core.store.queries.region_queries import require_regions
from acseg_core.store.schema import REGION, now
from acseg_core.store.statuses import IN_USABLE, NAMELESS, UNJUDGED
from acseg_core.types import DescriptorTable, OpChanges, RegionStatus
from acseg_core.verbs import Verb

_ROWS = 4096
"""Descriptors compared at once."""


def save_clusters(
    project: Project,
    region_ids: NDArray[np.int64],
    clusters: NDArray[np.int32],
    centroids: NDArray[np.float32],
    *,
    instead_of: int | None = None,
) -> OpChanges:
    """Replace the clusters of the data set; regions that are not given belong to none.

    A cluster that was there before, with as many members and the same centroid, keeps its id.

    Args:
        project: Open for writing.
        region_ids: (n,) int64; those that are gone are passed by.
        clusters: (n,) int32, 0..k - 1.
        centroids: (k, D) float32, L2-normalised.
        instead_of: An operation that is taken back before, unless another came after it.

    Raises:
        ValueError: The parts do not belong together.
    """
    sizes, blobs = _described(project, region_ids, clusters, centroids)
    with edit_instead(project, Verb.CLUSTER_REGIONS, of=instead_of) as replacement:
        recording = replacement.recording
        ids = np.array(_rows_of(recording.connection, sizes, blobs), np.int64)
        _move(recording, region_ids, ids[clusters])
        return replacement.result()


def save_quietly(
    project: Project, region_ids: NDArray[np.int64], clusters: NDArray[np.int32], centroids: NDArray[np.float32]
) -> OpChanges:
    """Replace the clusters like `save_clusters`, without a step of the history: nobody asked for these."""
    sizes, blobs = _described(project, region_ids, clusters, centroids)
    with project.write() as connection:
        _move_quietly(connection, region_ids, np.array(_rows_of(connection, sizes, blobs), np.int64)[clusters])
    return OpChanges(Verb.CLUSTER_REGIONS)


def regroup(
    project: Project,
    recording: Edit,
    region_ids: NDArray[np.int64],
    clusters: NDArray[np.int32],
    centroids: NDArray[np.float32],
    *,
    quietly: bool = False,
) -> None:
    """Replace the clusters like `save_clusters`, within an edit that does more than that.

    Args:
        project: Open for writing.
        recording: The edit.
        region_ids: (n,) int64; those that are gone are passed by.
        clusters: (n,) int32, 0..k - 1.
        centroids: (k, D) float32, L2-normalised.
        quietly: Without a record, as an edit must have none of what a later one changed.
    """
    sizes, blobs = _described(project, region_ids, clusters, centroids)
    connection = recording.connection
    ids = np.array(_rows_of(connection, sizes, blobs), np.int64)
    if quietly:
        _move_quietly(connection, region_ids, ids[clusters])
    else:
        _move(recording, region_ids, ids[clusters])


def name_cluster(
    project: Project, cluster_id: int, name: str, *, rename: bool = False, is_thing: bool | None = None
) -> OpChanges:
    """Give the members of a cluster the label of that name, which is made if there is none: one operation.

    Members that are rejected are left alone, and so are those whose image is missing or has changed: nobody saw them.

    Args:
        project: Open for writing.
        cluster_id: The cluster.
        name: Of the label.
        rename: Members that have another name, too.
        is_thing: What a label that is made is; by its name if left out.

    Raises:
        EditError: The cluster has no members, or the name is empty.
    """
    chosen = REGION.c.cluster_id == cluster_id
    with edit(project, Verb.NAME_CLUSTER) as recording:
        _require_clusters(recording.connection, [cluster_id])
        wanted = and_(chosen, IN_USABLE, REGION.c.status != RegionStatus.REJECTED.value if rename else NAMELESS)
        label = find_label(recording.connection, name)
        if recording.connection.execute(select(REGION.c.id).where(wanted).limit(1)).first() is None:
            return OpChanges()
        label = label or add_label(recording, name, is_thing=is_thing)
        begin_review(recording, wanted)
        values = {"label_id": label.id, "status": RegionStatus.ACCEPTED.value}
        recording.update(REGION, wanted, {**values, **UNJUDGED})
        return _result(recording)


def merge_clusters(project: Project, cluster_ids: Collection[int]) -> OpChanges:
    """Make one cluster of several; it is a new one.

    Raises:
        EditError: Fewer than two clusters, or one without members.
    """
    unique = sorted(set(cluster_ids))
    if len(unique) < 2:
        raise EditError("select at least two clusters to merge")
    with edit(project, Verb.MERGE_CLUSTERS) as recording:
        _require_clusters(recording.connection, unique)
        chosen = REGION.c.cluster_id.in_(among(unique))
        table = descriptor_table(recording.connection, chosen)
        recording.update(REGION, chosen, {"cluster_id": _add_cluster(recording.connection, table.descriptors)})
        return _result(recording)


def split_cluster(project: Project, cluster_id: int, *, parts: int = 2) -> OpChanges:
    """Divide a cluster by what its members look like; all parts are new clusters.

    Raises:
        EditError: The cluster has no members, or they all look the same.
    """
    chosen = REGION.c.cluster_id == cluster_id
    with project.read() as connection:
        _require_clusters(connection, [cluster_id])
        table = descriptor_table(connection, chosen)
    part = clustering.divide(table.descriptors, parts=parts) if len(table) else np.zeros(0, np.int32)
    if len(table) == 1:
        raise EditError("a cluster of a single region cannot be split")
    if not part.any():
        raise EditError("the regions of this cluster all look the same: it cannot be split")
    with edit(project, Verb.SPLIT_CLUSTER) as recording:
        for number in range(int(part.max()), -1, -1):
            mine = REGION.c.id.in_(among(table.region_ids[part == number].tolist()))
            new_id = _add_cluster(recording.connection, table.descriptors[part == number])
            # whoever is left, without a descriptor, goes with the largest part
            recording.update(REGION, and_(chosen, mine) if number else chosen, {"cluster_id": new_id})
        return _result(recording)


def drop_members(project: Project, region_ids: Collection[int]) -> OpChanges:
    """Take regions out of their clusters, until the data set is clustered again.

    Raises:
        EditError: A region is gone.
    """
    with edit(project, Verb.DROP_FROM_CLUSTER) as recording:
        require_regions(recording.connection, region_ids)
        recording.update(REGION, REGION.c.id.in_(among(region_ids)), {"cluster_id": None})
        return recording.result(region_ids=region_ids) if recording.changed else OpChanges()


def _result(recording: Edit) -> OpChanges:
    return recording.result() if recording.changed else OpChanges()


def _likeness(
    table: DescriptorTable,
    region_ids: NDArray[np.int64],
    clusters: NDArray[np.int32],
    centroids: NDArray[np.float32],
) -> NDArray[np.float32]:
    """(k,) float32, mean cosine of the members to their centroid, 0..1; 1 where no member has a descriptor."""
    order = np.argsort(region_ids, kind="stable")
    belongs = clusters[order[np.searchsorted(region_ids, table.region_ids, sorter=order)]]
    total = np.zeros(len(centroids))
    for start in range(0, len(table), _ROWS):
        rows = slice(start, start + _ROWS)
        points = table.descriptors[rows].astype(np.float32)
        cosines = np.einsum("nd,nd->n", points, centroids[belongs[rows]])
        total += np.bincount(belongs[rows], weights=cosines, minlength=len(total))
    counts = np.bincount(belongs, minlength=len(total))
    return np.where(counts > 0, np.clip(total / np.maximum(counts, 1), 1e-3, 1), 1).astype(np.float32)


def _described(
    project: Project, region_ids: NDArray[np.int64], clusters: NDArray[np.int32], centroids: NDArray[np.float32]
) -> tuple[list[int], list[bytes]]:
    """Size of each cluster, and its centroid as it is stored.

    Raises:
        ValueError: The parts do not belong together.
    """
    sizes = np.bincount(clusters, minlength=len(centroids))
    if len(region_ids) != len(clusters) or len(sizes) != len(centroids):
        raise ValueError(f"{len(region_ids)} regions, {len(clusters)} of them in {len(sizes)} of {len(centroids)}")
    likeness = _likeness(descriptors(project, region_ids.tolist()), region_ids, clusters, centroids)
    blobs = [descriptor_bytes(row) for row in (centroids * likeness[:, None]).astype(np.float16)]
    return sizes.tolist(), blobs


def _move(recording: Edit, region_ids: NDArray[np.int64], cluster_ids: NDArray[np.int64]) -> None:
    """Put regions into clusters, (n,) int64 each, and all others into none; those that stay cost nothing."""
    for cluster_id, chosen in _moving(recording.connection, region_ids, cluster_ids).items():
        recording.update(REGION, REGION.c.id.in_(among(chosen)), {"cluster_id": cluster_id})


def _move_quietly(connection: Connection, region_ids: NDArray[np.int64], cluster_ids: NDArray[np.int64]) -> None:
    """The same without a record."""
    for cluster_id, chosen in _moving(connection, region_ids, cluster_ids).items():
        connection.execute(update(REGION).where(REGION.c.id.in_(among(chosen))).values(cluster_id=cluster_id))


def _moving(
    connection: Connection, region_ids: NDArray[np.int64], cluster_ids: NDArray[np.int64]
) -> dict[int | None, list[int]]:
    """Which regions go where; None is out of their clusters."""
    known = connection.execute(select(REGION.c.id, REGION.c.cluster_id).where(REGION.c.cluster_id.is_not(None)))
    before = {row[0]: row[1] for row in known}
    moving: dict[int | None, list[int]] = {}
    for region_id, cluster_id in zip(region_ids.tolist(), cluster_ids.tolist(), strict=True):
        if before.pop(region_id, None) != cluster_id:
            moving.setdefault(cluster_id, []).append(region_id)
    moving[None] = list(before)
    return moving


def _rows_of(connection: Connection, sizes: list[int], blobs: list[bytes]) -> list[int]:
    """Ids of rows with these sizes and centroids: those that are there, and new ones."""
    there: dict[tuple[int, bytes | None], list[int]] = {}
    columns = (CLUSTER.c.size, CLUSTER.c.centroid, CLUSTER.c.id)
    for size, blob, id_ in connection.execute(select(*columns).order_by(CLUSTER.c.id.desc())):
        there.setdefault((size, blob), []).append(id_)
    free = _next_id(connection)
    ids: list[int] = []
    fresh: list[dict[str, Any]] = []
    for rank, key in enumerate(zip(sizes, blobs, strict=True)):
        if there.get(key):
            ids.append(there[key].pop())
        else:
            ids.append(free + len(fresh))
            fresh.append({"id": ids[-1], "rank": rank, "size": key[0], "centroid": key[1], "created_at": now()})
    if fresh:
        connection.execute(insert(CLUSTER), fresh)
    return ids


def _add_cluster(connection: Connection, vectors: NDArray[np.float16]) -> int:
    """A new row for members with these (n, D) descriptors; returns its id."""
    mean = vectors.astype(np.float32).mean(axis=0) if vectors.size else np.zeros(0, np.float32)
    blob = descriptor_bytes(mean.astype(np.float16)) if vectors.size else None
    new_id = _next_id(connection)
    values = {"id": new_id, "rank": 0, "size": len(vectors), "centroid": blob, "created_at": now()}
    connection.execute(insert(CLUSTER), values)
    return new_id


def _next_id(connection: Connection) -> int:
    return 1 + (connection.execute(select(func.max(CLUSTER.c.id))).scalar() or 0)


def _require_clusters(connection: Connection, cluster_ids: Collection[int]) -> None:
    """Check that clusters have members.

    Raises:
        EditError: One has none.
    """
    statement = select(REGION.c.cluster_id).where(REGION.c.cluster_id.in_(among(cluster_ids))).distinct()
    empty = set(cluster_ids) - set(connection.execute(statement).scalars())
    if empty:
        raise EditError(f"there is no cluster {min(empty)}, or it no longer has regions; group the regions again")
