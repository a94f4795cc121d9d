"""The list of images: those that a search finds, in one of several orders, by one statement each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, not_, or_, select, union_all

from acseg_core.images.files import CHANGED, MISSING
from acseg_core.store.database import among, folded
from acseg_core.store.project import Project
from acseg_core.store.queries.image_search import (
    ImageSearch,
    Mark,
    NameKey,
    NameTerm,
    NumberKey,
    NumberTerm,
    PathTerm,
    Queue,
    Term,
    check_labels,
)
from acseg_core.store.records import image_records, name_key, select_images
from acseg_core.store.schema import CHANGE, IMAGE, LABEL, OPERATION, REGION, REMOVED
from acseg_core.store.statuses import NAMELESS_OF_ALL, OFFERED, SUGGESTED, UNNAMED, USABLE
from acseg_core.types import ImageRecord, ImageStatus, RegionStatus

_CHUNK = 512
"""Images that are checked at once when the next one is sought that is not done."""

_NOT_DONE = and_(IMAGE.c.status != ImageStatus.DONE.value, USABLE)

_COUNTED: Mapping[NumberKey, tuple[ColumnElement[int], ColumnElement[bool] | None]] = {
    NumberKey.REGIONS: (func.count(), None),
    NumberKey.UNNAMED: (func.count(), NAMELESS_OF_ALL),
    NumberKey.NAMED: (func.count(), ~UNNAMED),
    NumberKey.SUGGESTED: (func.count(), OFFERED),
    NumberKey.REJECTED: (func.count(), REGION.c.status == RegionStatus.REJECTED.value),
    NumberKey.LABELS: (func.count(REGION.c.label_id.distinct()), None),
}
"""What is counted of an image's regions, and of which of them."""

_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
}


class ImageOrder(StrEnum):
    """What a list of images is sorted by; what is equal stays in the order of the paths."""

    PATH = "path"
    STATUS = "status"
    REGIONS = "regions"
    CONFIDENCE = "confidence"
    CHANGED = "changed"


def search_images(
    project: Project,
    search: ImageSearch,
    *,
    order: ImageOrder = ImageOrder.PATH,
    descending: bool = False,
) -> list[int]:
    """Ids of the images that a search finds.

    Args:
        project: Open.
        search: From `image_search.parse`.
        order: What they are sorted by. By confidence, images without suggestions come last whichever way; by the last
            change, so do those that nobody changed yet.
        descending: The greatest first.

    Raises:
        SearchError: It asks for a label that there is not.
    """
    with project.read() as connection:
        check_labels(search, connection.execute(select(LABEL.c.name)).scalars().all())
        statement = _sorted(select(IMAGE.c.id).where(*map(_condition, search.terms)), order, descending)
        return list(connection.execute(statement).scalars())


def images_by_id(project: Project, image_ids: Collection[int]) -> dict[int, ImageRecord]:
    """Images by id; those that are gone are left out."""
    with project.read() as connection:
        rows = connection.execute(select_images().where(IMAGE.c.id.in_(among(image_ids))))
        return {record.id: record for record in image_records(rows)}


def first_not_done(project: Project, image_ids: Sequence[int]) -> int | None:
    """The first of some images, in their order, that is not done and whose file can be used."""
    with project.read() as connection:
        for chunk in _chunks(image_ids):
            statement = select(IMAGE.c.id).where(_NOT_DONE, IMAGE.c.id.in_(among(chunk)))
            found = set(connection.execute(statement).scalars())
            if found:
                return next(image_id for image_id in chunk if image_id in found)
    return None


def first_there(project: Project, image_ids: Sequence[int]) -> int | None:
    """The first of some images, in their order, that is in the project still."""
    with project.read() as connection:
        for chunk in _chunks(image_ids):
            found = set(connection.execute(select(IMAGE.c.id).where(IMAGE.c.id.in_(among(chunk)))).scalars())
            if found:
                return next(image_id for image_id in chunk if image_id in found)
    return None


def _chunks(image_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(image_ids), _CHUNK):
        yield image_ids[start : start + _CHUNK]


def _condition(term: Term) -> ColumnElement[bool]:
    match term:
        case PathTerm():
            holds: ColumnElement[bool] = IMAGE.c.search_key.contains(folded(term.text), autoescape=True)
        case NameTerm():
            holds = _named(term.key, term.names)
        case NumberTerm():
            holds = _compared(term)
    return not_(holds) if term.negated else holds


def _named(key: NameKey, names: Sequence[str]) -> ColumnElement[bool]:
    labels = select(LABEL.c.id).where(LABEL.c.name_key.in_([name_key(name) for name in names]))
    match key:
        case NameKey.LABEL:
            return IMAGE.c.id.in_(select(REGION.c.image_id).where(REGION.c.label_id.in_(labels)))
        case NameKey.SUGGESTED:
            return IMAGE.c.id.in_(select(REGION.c.image_id).where(SUGGESTED, REGION.c.suggestion_id.in_(labels)))
        case NameKey.STATUS:
            return IMAGE.c.status.in_(names)
        case NameKey.QUEUE:
            return or_(false(), *(_queued(Queue(name)) for name in names))
        case NameKey.IS:
            return or_(false(), *(_marked(Mark(name)) for name in names))
        case NameKey.COMMENT:
            comment = func.acseg_folded(IMAGE.c.comment)
            held = (comment.contains(folded(name), autoescape=True) for name in names)
            return and_(IMAGE.c.comment != "", or_(false(), *held))


def _marked(mark: Mark) -> ColumnElement[bool]:
    match mark:
        case Mark.REVIEWED:
            return IMAGE.c.is_reviewed.is_(True)
        case Mark.COMMENTED:
            return IMAGE.c.comment != ""


def _queued(queue: Queue) -> ColumnElement[bool]:
    match queue:
        case Queue.OPEN:
            return _NOT_DONE
        case Queue.REVIEW:
            return IMAGE.c.status.in_([ImageStatus.PROPOSED.value, ImageStatus.IN_REVIEW.value])
        case Queue.SUGGESTED:
            return select(REGION.c.id).where(REGION.c.image_id == IMAGE.c.id, OFFERED).exists()
        case Queue.UNNAMED:
            return select(REGION.c.id).where(REGION.c.image_id == IMAGE.c.id, NAMELESS_OF_ALL).exists()
        case Queue.PROBLEM:
            return ~USABLE
        case Queue.MISSING:
            return IMAGE.c.problem == MISSING
        case Queue.CHANGED:
            return IMAGE.c.problem == CHANGED
        case Queue.UNREADABLE:
            return IMAGE.c.problem.not_in(["", MISSING, CHANGED])


def _compared(term: NumberTerm) -> ColumnElement[bool]:
    compare = _COMPARED[term.operator]
    if term.key in (NumberKey.WIDTH, NumberKey.HEIGHT):
        holds: ColumnElement[bool] = compare(IMAGE.c[term.key.value], int(term.value))
        return holds
    if term.key is NumberKey.CONFIDENCE:
        least = select(REGION.c.image_id).where(OFFERED).group_by(REGION.c.image_id)
        return IMAGE.c.id.in_(least.having(compare(func.min(REGION.c.confidence), term.value)))
    number, chosen = _COUNTED[term.key]
    counted = select(REGION.c.image_id).group_by(REGION.c.image_id)
    if chosen is not None:
        counted = counted.where(chosen)
    holds = compare(number, int(term.value))
    if compare(0, term.value):  # so do images that have none to be counted: all but those where it does not hold
        return IMAGE.c.id.not_in(counted.having(not_(holds)))
    return IMAGE.c.id.in_(counted.having(holds))


def _sorted(statement: Select[int], order: ImageOrder, descending: bool) -> Select[int]:
    keys: list[ColumnElement[Any]] = []
    match order:
        case ImageOrder.PATH:
            if descending:
                return statement.order_by(IMAGE.c.sort_key.desc(), IMAGE.c.id.desc())
        case ImageOrder.STATUS:
            ranks = {status.value: rank for rank, status in enumerate(ImageStatus)}
            keys = [_directed(case(ranks, value=IMAGE.c.status), descending)]
        case ImageOrder.REGIONS:
            counted = select(REGION.c.image_id, func.count().label("value")).group_by(REGION.c.image_id).subquery()
            statement = statement.outerjoin(counted, counted.c.image_id == IMAGE.c.id)
            keys = [_directed(func.coalesce(counted.c.value, 0), descending)]
        case ImageOrder.CONFIDENCE:
            least = select(REGION.c.image_id, func.min(REGION.c.confidence).label("value")).where(OFFERED)
            values = least.group_by(REGION.c.image_id).subquery()
            statement = statement.outerjoin(values, values.c.image_id == IMAGE.c.id)
            keys = [values.c.value.is_(None), _directed(values.c.value, descending)]
        case ImageOrder.CHANGED:
            values = _last_changes().subquery()
            statement = statement.outerjoin(values, values.c.image_id == IMAGE.c.id)
            keys = [values.c.value.is_(None), _directed(values.c.value, descending)]
    return statement.order_by(*keys, IMAGE.c.sort_key, IMAGE.c.id)


def _directed(value: ColumnElement[Any], descending: bool) -> ColumnElement[Any]:
    return value.desc() if descending else value.asc()


def _last_changes() -> Select[int, int]:
    """The newest operation that is not undone, by image.

    A run changes the image itself whenever it proposes regions: only what people changed is looked up by region.
    """
    done = ~OPERATION.c.undone
    here = CHANGE.join(OPERATION, OPERATION.c.id == CHANGE.c.operation_id)
    through_image = select(CHANGE.c.row_id.label("image_id"), CHANGE.c.operation_id.label("value"))
    parts = [through_image.select_from(here).where(done, CHANGE.c.entity == "image")]
    for table in (REGION, REMOVED["region"]):
        joined = here.join(table, table.c.id == CHANGE.c.row_id)
        through_region = select(table.c.image_id.label("image_id"), CHANGE.c.operation_id.label("value"))
        by_hand = and_(done, OPERATION.c.run_id.is_(None), CHANGE.c.entity == "region")
        parts.append(through_region.select_from(joined).where(by_hand))
    changes = union_all(*parts).subquery()
    return select(changes.c.image_id, func.max(changes.c.value).label("value")).group_by(changes.c.image_id)
