"""Starting cuts: images that nobody has touched follow the default granularity of their project.

Such an image shows what a run proposed. Cut anew, it shows what the run would have proposed with the granularity of
now: so the change becomes part of that run's operation, and is no step of its own that undo would stop at. History
stays sound, as every region there is was made by that operation, and none since has touched the image.
"""

from __future__ import annotations

from collections.abc import Collection, Generator

from sqlalchemy import ColumnElement, Connection, and_, func, not_, select

from acseg_core.store.database import among
from acseg_core.store.edits.cuts import recut_free, stored_tree
from acseg_core.store.edits.ingest import worked_on
from acseg_core.store.edits.recorder import Edit, is_trimmed
from acseg_core.store.project import Project
from acseg_core.store.queries.default_granularity import default_granularity
from acseg_core.store.schema import CHANGE, EXISTS, IMAGE, OPERATION, REGION
from acseg_core.store.settings import (
    CHOICES_AFTER,
    USED_GRANULARITIES,
    USES_CALIBRATION,
    put_setting,
    read_setting,
    write_setting,
)
from acseg_core.store.statuses import USABLE
from acseg_core.types import GranularitySource, ImageStatus, OpChanges, Progress
from acseg_core.verbs import Verb

_OWN_FIELDS = (EXISTS, *(column.name for column in (IMAGE.c.status, IMAGE.c.granularity, IMAGE.c.tree_id)))
"""What of an image no operation may have changed since its proposals."""


def follow_default(project: Project, image_ids: Collection[int] | None = None) -> Generator[Progress, None, OpChanges]:
    """Cut images that nobody has touched at the project's default granularity, one transaction an image.

    Those that were proposed with a granularity that somebody gave stay as well.

    Args:
        project: Open for writing.
        image_ids: Which images; all if left out.

    Yields:
        One tick per image that may be cut, named by its path; it is committed by then.

    Raises:
        ProjectDamagedError: A tree cannot be read.
        StorageError: The disk is full; the images before are kept.
    """
    granularity = default_granularity(project).granularity
    used = note_use(project, granularity) - {granularity}
    with project.read() as connection:
        wanted = _untouched(used)
        if image_ids is not None:
            wanted &= IMAGE.c.id.in_(among(image_ids))
        statement = select(IMAGE.c.id, IMAGE.c.path).where(wanted).order_by(IMAGE.c.sort_key, IMAGE.c.id)
        images = [(row.id, row.path) for row in connection.execute(statement)]
    cut = set()
    for number, (image_id, path) in enumerate(images):
        cut |= {image_id} if _follow(project, image_id, granularity, used=used) else set()
        yield Progress(number + 1, len(images), path)
    return OpChanges(verb=Verb.CHANGE_GRANULARITY, images=True, image_ids=frozenset(cut)) if cut else OpChanges()


def reset_default(project: Project) -> None:
    """Drop what the default granularity comes from: first people's choices, then the calibration, which comes back.

    No step of the history: what was cut stays as it is, and images that nobody has touched follow.
    """
    source = default_granularity(project).source
    if source is not GranularitySource.PEOPLE:
        write_setting(project, USES_CALIBRATION, source is GranularitySource.STANDARD)
        return
    with project.write() as connection:
        newest = connection.execute(select(func.max(OPERATION.c.id))).scalar() or 0
        put_setting(connection, CHOICES_AFTER, newest)


def note_use(project: Project, granularity: float) -> set[float]:
    """Images are about to be cut at what is the default granularity now; returns all there were, this one included.

    Raises:
        ProjectReadOnlyError: The project is read-only.
        StorageError: The disk is full or failed.
    """
    stored = read_setting(project, USED_GRANULARITIES)
    used = {float(word) for word in stored.split() if word.replace(".", "", 1).isdecimal()}
    if granularity not in used:
        used.add(granularity)
        write_setting(project, USED_GRANULARITIES, " ".join(str(each) for each in sorted(used)))
    return used


def _untouched(used: Collection[float]) -> ColumnElement[bool]:
    """Of an image: it is as proposed, for all its own row says, and cut at one of these granularities."""
    as_proposed = and_(IMAGE.c.status == ImageStatus.PROPOSED.value, IMAGE.c.tree_id.is_not(None), USABLE)
    return and_(as_proposed, IMAGE.c.granularity.in_(used), not_(worked_on()))


def _follow(project: Project, image_id: int, granularity: float, *, used: Collection[float]) -> bool:
    """Cut one image within the operation of its proposals; False, and nothing is changed, if it was touched since."""
    with project.write() as connection:
        mine = and_(IMAGE.c.id == image_id, _untouched(used))
        if connection.execute(select(IMAGE.c.id).where(mine)).first() is not None:
            operation_id = _operation_of(connection, image_id)
            if operation_id is not None and not _touched_since(connection, operation_id, image_id):
                recording = Edit(connection, operation_id, verb=Verb.PROPOSE)
                recut_free(recording, stored_tree(project, connection, image_id), granularity)
                return True
        connection.rollback()
    return False


def _operation_of(connection: Connection, image_id: int) -> int | None:
    """The operation that made every region of an image; None where there is no such, or it cannot be undone."""
    run_id = select(func.max(REGION.c.run_id)).where(REGION.c.image_id == image_id).scalar_subquery()
    statement = select(OPERATION.c.id).where(OPERATION.c.run_id == run_id, ~OPERATION.c.undone, ~is_trimmed())
    operation_id = connection.execute(statement.order_by(OPERATION.c.id.desc()).limit(1)).scalar()
    if operation_id is None:
        return None
    made = select(CHANGE.c.row_id).where(
        CHANGE.c.operation_id == operation_id,
        CHANGE.c.entity == REGION.name,
        CHANGE.c.row_id == REGION.c.id,
        CHANGE.c.field == EXISTS,
    )
    others = select(REGION.c.id).where(REGION.c.image_id == image_id, ~made.exists())
    return None if connection.execute(others.limit(1)).first() is not None else int(operation_id)


def _touched_since(connection: Connection, operation_id: int, image_id: int) -> bool:
    """Whether an operation since changed what there is in the image, or one that was undone would again."""
    newer = OPERATION.c.id > operation_id
    image = and_(CHANGE.c.operation_id == OPERATION.c.id, CHANGE.c.entity == IMAGE.name, CHANGE.c.row_id == image_id)
    of_image = select(OPERATION.c.id).join(CHANGE, image).where(newer, CHANGE.c.field.in_(_OWN_FIELDS))
    region = and_(CHANGE.c.operation_id == OPERATION.c.id, CHANGE.c.entity == REGION.name)
    of_regions = (
        select(OPERATION.c.id)
        .join(CHANGE, region)
        .join(REGION, REGION.c.id == CHANGE.c.row_id)
        .where(newer, OPERATION.c.undone, REGION.c.image_id == image_id)
    )
    return any(connection.execute(each.limit(1)).first() is not None for each in (of_image, of_regions))
