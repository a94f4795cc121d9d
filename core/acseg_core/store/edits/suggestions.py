"""Names that the machine suggests: written outside the history, taken or declined by undoable edits.

A suggestion lives in ``region.suggestion_id`` and ``region.confidence``; a region that is proposed and unnamed and has
one counts as suggested. Suggestions are made anew all the time, so writing them is no operation. What a person decided
is never touched: regions that are named, accepted, rejected, or whose suggestion was declined (``region.verdict``)
until their label or their pixels change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, and_, bindparam, case, func, not_, select, update

from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.store.database import among
from acseg_core.store.edits.recorder import Edit, edit
from acseg_core.store.edits.reshaping import begin_review, descriptor_bytes, shape_values
from acseg_core.store.edits.stored_regions import sound_masks
from acseg_core.store.edits.void import void_pixels
from acseg_core.store.project import Project
from acseg_core.store.queries.cluster_queries import descriptor_table
from acseg_core.store.queries.label_queries import require_labels
from acseg_core.store.queries.region_queries import require_regions
from acseg_core.store.schema import IMAGE, LABEL, REGION
from acseg_core.store.statuses import (
    AS_DECLINED,
    FROM_FILE,
    IN_USABLE,
    NAMED,
    NO_SUGGESTION,
    OPEN,
    REPLACEABLE,
    SUGGESTED,
    UNDECIDED,
    UNJUDGED,
    USABLE,
)
from acseg_core.types import (
    DescriptorTable,
    ImageStatus,
    OpChanges,
    PredictedRegion,
    RegionOrigin,
    RegionStatus,
    Rle,
)
from acseg_core.verbs import Verb

NO_LABEL = -1
"""Label id that means that there is nothing to suggest."""

_DONE = select(IMAGE.c.id).where(IMAGE.c.status == ImageStatus.DONE.value)

_UNSURE = case((REGION.c.suggestion_id.is_not(None), 1 - func.coalesce(REGION.c.confidence, 0.0)), else_=1.0)
"""Uncertainty of a region's name, 0..1. A confidence alone, of a label that undo took away, does not count."""


class _Suggestion(NamedTuple):
    """What is suggested for a region now; the fields are columns."""

    id: int
    image_id: int
    suggestion_id: int | None
    confidence: float | None


def save_suggestions(
    project: Project,
    region_ids: Iterable[int],
    label_ids: Iterable[int],
    confidences: Iterable[float],
) -> OpChanges:
    """Suggest labels for regions, in place of earlier suggestions; not undoable.

    Regions that are gone, that a person decided about or that have a name from a file are passed by, and so are labels
    that are gone.

    Args:
        project: Open for writing.
        region_ids: The regions.
        label_ids: For each, the label or `NO_LABEL`.
        confidences: For each, the probability, 0..1.

    Raises:
        ValueError: They are not equally many, or a confidence is outside its range.
    """
    wanted = {
        int(id_): (int(label), float(confidence)) if label != NO_LABEL else (None, None)
        for id_, label, confidence in zip(region_ids, label_ids, confidences, strict=True)
    }
    if not all(confidence is None or 0 <= confidence <= 1 for _, confidence in wanted.values()):
        raise ValueError("confidences must be between 0 and 1")
    columns = [REGION.c[name] for name in _Suggestion._fields]
    with project.write() as connection:
        labels = {None, *connection.execute(select(LABEL.c.id)).scalars()}
        rows = connection.execute(select(*columns).where(OPEN, not_(FROM_FILE), REGION.c.id.in_(among(wanted))))
        there = [_Suggestion._make(row) for row in rows]
        changed = [
            now
            for now in there
            if wanted[now.id][0] in labels and wanted[now.id] != (now.suggestion_id, now.confidence)
        ]
        if not changed:
            connection.rollback()
            return OpChanges()
        statement = update(REGION).where(REGION.c.id == bindparam("region"))
        connection.execute(
            statement.values(suggestion_id=bindparam("label"), confidence=bindparam("certainty")),
            [{"region": now.id, "label": wanted[now.id][0], "certainty": wanted[now.id][1]} for now in changed],
        )
    return OpChanges(verb=Verb.SUGGEST_NAMES, image_ids=frozenset(now.image_id for now in changed))


def clear_suggestions(project: Project) -> OpChanges:
    """Take all suggestions of models back; not undoable. What was declined stays so, and what a file suggests."""
    own = and_(SUGGESTED, not_(FROM_FILE))
    with project.write() as connection:
        images = connection.execute(select(REGION.c.image_id).where(own).distinct()).scalars().all()
        if not images:
            connection.rollback()
            return OpChanges()
        connection.execute(update(REGION).where(own).values(NO_SUGGESTION))
    return OpChanges(verb=Verb.CLEAR_SUGGESTIONS, image_ids=frozenset(images))


def accept_suggestions(
    project: Project,
    *,
    region_ids: Collection[int] | None = None,
    image_id: int | None = None,
    image_ids: Collection[int] | None = None,
    at_least: float = 0.0,
) -> OpChanges:
    """Give regions the labels suggested for them: one operation, however many.

    Args:
        project: Open for writing.
        region_ids: Which regions; those without a suggestion are left alone. If left out, all, and unless images are
            given, all of images that are not done and can be used: no new suggestions are made in the others.
        image_id: Only regions of this image.
        image_ids: Only regions of these images.
        at_least: Only suggestions of at least this confidence.

    Returns:
        What changed; ``region_ids`` are those that were named.

    Raises:
        EditError: A region is gone.
    """
    chosen = and_(SUGGESTED, REGION.c.confidence >= at_least)
    if image_id is not None:
        chosen = and_(chosen, REGION.c.image_id == image_id)
    if image_ids is not None:
        chosen = and_(chosen, REGION.c.image_id.in_(among(image_ids)))
    if region_ids is None and image_id is None and image_ids is None:
        chosen = and_(chosen, REGION.c.image_id.not_in(_DONE), IN_USABLE)
    with edit(project, Verb.ACCEPT_SUGGESTIONS) as recording:
        if region_ids is not None:
            require_regions(recording.connection, region_ids)
            chosen = and_(chosen, REGION.c.id.in_(among(region_ids)))
        by_label: dict[int, list[int]] = {}
        for id_, label_id in recording.connection.execute(select(REGION.c.id, REGION.c.suggestion_id).where(chosen)):
            by_label.setdefault(label_id, []).append(id_)
        begin_review(recording, chosen)
        for label_id, ids in by_label.items():
            values = {"label_id": label_id, "status": RegionStatus.ACCEPTED.value}
            recording.update(REGION, REGION.c.id.in_(among(ids)), {**values, **UNJUDGED})
        accepted = [id_ for ids in by_label.values() for id_ in ids]
        return recording.result(region_ids=accepted) if recording.changed else OpChanges()


def decline_suggestions(project: Project, region_ids: Collection[int]) -> OpChanges:
    """Say that suggestions are wrong; these regions get none until their label or their pixels change.

    Raises:
        EditError: A region is gone.
    """
    with edit(project, Verb.DECLINE_SUGGESTIONS) as recording:
        require_regions(recording.connection, region_ids)
        chosen = and_(SUGGESTED, REGION.c.id.in_(among(region_ids)))
        begin_review(recording, chosen)
        recording.update(REGION, chosen, AS_DECLINED)
        return recording.result(region_ids=region_ids) if recording.changed else OpChanges()


def named_descriptors(project: Project) -> tuple[DescriptorTable, NDArray[np.int64]]:
    """What named regions look like, with their labels: what suggestions are made from.

    Regions whose image is missing or has changed teach nothing: nobody can see whether their names are right.

    Returns:
        The regions, and (m,) int64 ids of their labels.
    """
    with project.read() as connection:
        named = and_(NAMED, IN_USABLE, _of_commonest_length(connection))
        table = descriptor_table(connection, named)
        rows = connection.execute(select(REGION.c.id, REGION.c.label_id).where(named))
        label_of = {row[0]: row[1] for row in rows}
    return table, np.array([label_of[id_] for id_ in table.region_ids.tolist()], np.int64)


def unnamed_descriptors(project: Project) -> DescriptorTable:
    """What the regions look like that may be suggested to: not of images that are done, or missing or changed."""
    with project.read() as connection:
        wanted = and_(OPEN, REGION.c.image_id.not_in(_DONE), IN_USABLE, _of_commonest_length(connection))
        return descriptor_table(connection, wanted)


def labelled_images(project: Project) -> dict[int, list[int]]:
    """For each label in use the images that show it, those with most of its pixels first; the rarest label first."""
    pixels = func.sum(REGION.c.area)
    named = select(REGION.c.label_id, REGION.c.image_id).where(NAMED)
    statement = named.group_by(REGION.c.label_id, REGION.c.image_id).order_by(pixels.desc(), REGION.c.image_id)
    found: dict[int, list[int]] = {}
    with project.read() as connection:
        for label_id, image_id in connection.execute(statement):
            found.setdefault(label_id, []).append(image_id)
    return dict(sorted(found.items(), key=lambda each: (len(each[1]), each[0])))


def open_regions(project: Project) -> dict[int, list[tuple[int | None, float]]]:
    """Clusters of the regions that wait for a name, by image, and how unsure the machine is of each (1: knows none).

    All images that are not done and can be used are in it, in display order.
    """
    usable = and_(IMAGE.c.status != ImageStatus.DONE.value, USABLE)
    images = select(IMAGE.c.id).where(usable).order_by(IMAGE.c.sort_key, IMAGE.c.id)
    waiting = select(REGION.c.image_id, REGION.c.cluster_id, _UNSURE).where(UNDECIDED)
    with project.read() as connection:
        found: dict[int, list[tuple[int | None, float]]] = {id_: [] for id_ in connection.execute(images).scalars()}
        for image_id, cluster_id, doubt in connection.execute(waiting):
            if image_id in found:
                found[image_id].append((cluster_id, doubt))
    return found


def waiting_regions(project: Project) -> list[tuple[int, int | None, float]]:
    """The regions that wait for a name in images that are not done and can be used: id, cluster, how unsure it is."""
    usable = select(IMAGE.c.id).where(IMAGE.c.status != ImageStatus.DONE.value, USABLE)
    statement = select(REGION.c.id, REGION.c.cluster_id, _UNSURE).where(UNDECIDED, REGION.c.image_id.in_(usable))
    with project.read() as connection:
        return [(id_, cluster_id, doubt) for id_, cluster_id, doubt in connection.execute(statement)]


def free_pixels(project: Project, image_id: int) -> NDArray[np.bool_]:
    """(H, W), the pixels of an image that no person has decided about: what a suggested partition may divide.

    Those that are void in its concept tree are not among them.

    Raises:
        EditError: There is no such image.
    """
    with project.read() as connection:
        return _free_pixels(connection, image_id)


def save_prediction(
    project: Project, image_id: int, regions: Sequence[PredictedRegion], *, valid: NDArray[np.bool_] | None = None
) -> OpChanges:
    """Divide what is free in an image into predicted regions, each with its suggestion: one undoable operation.

    Regions that come out as they are stay the same row. Where a predicted region reaches into what a person has made
    or decided, it is clipped.

    Args:
        project: Open for writing.
        image_id: The image.
        regions: They do not overlap, and cover at least the free pixels.
        valid: (H, W), False for pixels that need not be covered, as they are void; none is, if left out.

    Raises:
        EditError: There is no such image or label, or a person has freed more pixels meanwhile.
        ValueError: The regions overlap or are of another size than the image.
    """
    with edit(project, Verb.SUGGEST_PARTITION) as recording:
        connection = recording.connection
        require_labels(connection, {region.label_id for region in regions})
        free = _free_pixels(connection, image_id)
        fresh = _clipped(regions, free if valid is None else free & valid)
        mine = and_(REGION.c.image_id == image_id, REPLACEABLE)
        predicted = and_(mine, REGION.c.origin == RegionOrigin.PREDICTED.value)
        rows = connection.execute(select(REGION.c.counts, REGION.c.id).where(predicted))
        there = {row[0]: row[1] for row in rows}
        stay = {there[mask.counts]: region for mask, region in fresh if mask.counts in there}
        recording.delete(REGION, and_(mine, REGION.c.id.not_in(among(stay))))
        _insert(recording, image_id, [(mask, region) for mask, region in fresh if mask.counts not in there])
        changes = recording.result() if recording.changed else OpChanges()
    renewed = save_suggestions(
        project, stay, [each.label_id for each in stay.values()], [each.confidence for each in stay.values()]
    )
    return changes if changes.verb else renewed


def _of_commonest_length(connection: Connection) -> Any:
    """Regions whose descriptors can be compared with most others."""
    length = func.length(REGION.c.descriptor)
    counted = select(length).where(REGION.c.descriptor.is_not(None)).group_by(length)
    return length == connection.execute(counted.order_by(func.count().desc(), length.desc()).limit(1)).scalar()


def _free_pixels(connection: Connection, image_id: int) -> NDArray[np.bool_]:
    size = connection.execute(select(IMAGE.c.height, IMAGE.c.width).where(IMAGE.c.id == image_id)).one_or_none()
    if size is None:
        raise EditError(f"image {image_id} is not in the project")
    kept = and_(REGION.c.image_id == image_id, not_(REPLACEABLE))
    taken = sound_masks(connection, kept)
    free = np.ones((size.height, size.width), bool)
    if taken:
        free = ~masks.decode(masks.union(list(taken.values())))
    void = void_pixels(connection, image_id)
    return free if void is None or void.shape != free.shape else free & ~void


def _clipped(regions: Sequence[PredictedRegion], free: NDArray[np.bool_]) -> list[tuple[Rle, PredictedRegion]]:
    """What of every region is free, without those of which nothing is."""
    clipped = np.full(free.shape, -1, np.int32)
    for number, region in enumerate(regions):
        if (region.mask.height, region.mask.width) != free.shape:
            raise ValueError(f"a mask of {region.mask.height} x {region.mask.width} for an image of {free.shape}")
        inside = masks.decode(region.mask)
        if np.any(clipped[inside] >= 0):
            raise ValueError("predicted regions overlap")
        clipped[inside] = number
    if np.any(clipped[free] < 0):
        raise EditError("the image was edited meanwhile; suggest names for it again")
    clipped[~free] = -1
    return [(mask, regions[number]) for number, mask in masks.encode_label_map(clipped).items()]


def _insert(recording: Edit, image_id: int, fresh: list[tuple[Rle, PredictedRegion]]) -> None:
    """Add the regions; an image that had none is proposed now."""
    run_id = recording.connection.execute(
        select(func.max(REGION.c.run_id)).where(REGION.c.image_id == image_id)
    ).scalar()
    rows = [
        {
            "image_id": image_id,
            "run_id": run_id,
            "node": None,
            "origin": RegionOrigin.PREDICTED.value,
            "status": RegionStatus.PROPOSED.value,
            **shape_values(mask, descriptor_bytes(region.descriptor)),
            "suggestion_id": region.label_id,
            "confidence": float(region.confidence),
        }
        for mask, region in fresh
    ]
    recording.insert(REGION, rows)
    is_new = and_(IMAGE.c.id == image_id, IMAGE.c.status == ImageStatus.NEW.value)
    recording.update(IMAGE, is_new, {"status": ImageStatus.PROPOSED.value})
