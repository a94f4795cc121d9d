"""Images whose files have another name or place now: the same image, with all its work, gets a new path.

Not undoable, for the folder is what it is: to take the new path away would only make the image a missing one. What can
be undone in the image can be undone after it, and what could be redone can be redone.

Where the file was added a second time under its new name, that second image is dropped, provided that nobody worked on
it: time spent on it counts for the first one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, literal, or_, select, update

from acseg_core.errors import EditError
from acseg_core.store.database import among, folded
from acseg_core.store.edits.ingest import worked_on
from acseg_core.store.project import Project
from acseg_core.store.records import image_sort_key
from acseg_core.store.schema import CHANGE, IMAGE, OPERATION, REGION, REMOVED, TREE, SkippedRow, TimingRow
from acseg_core.types import ImageInfo, OpChanges
from acseg_core.verbs import Verb

_MACHINE_MADE = [verb.value for verb in Verb if verb.is_machine_made]
_REGIONS = (REGION, REMOVED["region"])
_ON_THE_WAY = "/moving/"
"""Beginning of the paths images have for a moment, so that two can change places; no image's begins like that."""


def move_images(project: Project, moves: Mapping[str, ImageInfo]) -> OpChanges:
    """Give images new paths, all at once: they may change places.

    Args:
        project: Open for writing.
        moves: What the file with the image's bytes is like now, by the path the image had.

    Raises:
        EditError: There is no such image, a file has other bytes than its image, or another image has that path and
            somebody worked on it.
    """
    if not moves:
        return OpChanges()
    with project.write() as connection:
        ids = _ids(connection, moves)
        taken = {info.path for info in moves.values()}
        in_the_way = select(IMAGE.c.id, IMAGE.c.path).where(
            IMAGE.c.path.in_(among(taken)), IMAGE.c.id.not_in(among(ids.values()))
        )
        leaving = {row.path: row.id for row in connection.execute(in_the_way)}
        _require_unworked(project, connection, leaving)
        heirs = {leaving[info.path]: ids[path] for path, info in moves.items() if info.path in leaving}
        _drop(connection, heirs)
        mine = IMAGE.c.id.in_(among(ids.values()))
        connection.execute(update(IMAGE).where(mine).values(path=literal(_ON_THE_WAY) + IMAGE.c.id))
        connection.execute(
            update(IMAGE).where(IMAGE.c.id == bindparam("moved_id")),
            [{"moved_id": ids[path], **_values(info)} for path, info in moves.items()],
        )
        connection.execute(delete(SkippedRow).where(SkippedRow.path.in_(among(taken))))
    return OpChanges(verb=Verb.MOVE_IMAGES, images=True, image_ids=frozenset(ids.values()))


def unworked_images(project: Project, paths: Iterable[str]) -> set[str]:
    """Which of these images hold nothing but what a machine proposed; none while a run is going on."""
    if project.running:
        return set()
    with project.read() as connection:
        theirs = select(IMAGE.c.path).where(IMAGE.c.path.in_(among(paths)), ~_holds_work())
        return set(connection.execute(theirs).scalars())


def bare_images(project: Project, paths: Iterable[str]) -> set[str]:
    """Which of these images have no regions, not even such that undo or redo would bring back."""
    with project.read() as connection:
        bare = (IMAGE.c.id.not_in(select(table.c.image_id).distinct()) for table in _REGIONS)
        return set(connection.execute(select(IMAGE.c.path).where(IMAGE.c.path.in_(among(paths)), *bare)).scalars())


def _ids(connection: Connection, moves: Mapping[str, ImageInfo]) -> dict[str, int]:
    statement = select(IMAGE.c.id, IMAGE.c.path, IMAGE.c.sha256).where(IMAGE.c.path.in_(among(moves)))
    rows = {row.path: row for row in connection.execute(statement)}
    for path, info in moves.items():
        if path not in rows:
            raise EditError(f"{path} is not in the project")
        if rows[path].sha256 != info.sha256:
            raise EditError(f"{info.path} is not the same picture as {path}; choose another file")
    return {path: row.id for path, row in rows.items()}


def _require_unworked(project: Project, connection: Connection, leaving: Mapping[str, int]) -> None:
    if not leaving:
        return
    statement = select(IMAGE.c.path).where(IMAGE.c.id.in_(among(leaving.values())), _holds_work())
    if project.running:
        raise EditError(
            "images cannot be joined while regions are being proposed; wait until that is done, then try again"
        )
    worked = connection.execute(statement.limit(1)).scalar()
    if worked is not None:
        raise EditError(f"{worked} has been worked on already; nothing was moved")


def _holds_work() -> ColumnElement[bool]:
    """Of an image: somebody worked on it, or would have if they redid or undid something."""
    by_hand = OPERATION.c.run_id.is_(None) & OPERATION.c.verb.not_in(_MACHINE_MADE)
    changed = select(CHANGE.c.row_id).join(OPERATION, OPERATION.c.id == CHANGE.c.operation_id).where(by_hand)
    regions = changed.where(CHANGE.c.entity == REGION.name)
    return or_(
        worked_on(),
        IMAGE.c.id.in_(changed.where(CHANGE.c.entity == IMAGE.name)),
        *(IMAGE.c.id.in_(select(table.c.image_id).where(table.c.id.in_(regions))) for table in _REGIONS),
    )


def _drop(connection: Connection, heirs: Mapping[int, int]) -> None:
    """Take images away for good, with their proposals and what undo knows of these; the heirs get the time spent."""
    if not heirs:
        return
    connection.execute(
        update(TimingRow.__table__).where(TimingRow.image_id == bindparam("leaving")),  # type: ignore[arg-type]
        [{"leaving": leaving, "image_id": heir} for leaving, heir in heirs.items()],
    )
    theirs = among(heirs)
    images = (CHANGE.c.entity == IMAGE.name) & CHANGE.c.row_id.in_(theirs)
    regions = (select(table.c.id).where(table.c.image_id.in_(theirs)) for table in _REGIONS)
    about = or_(images, *((CHANGE.c.entity == REGION.name) & CHANGE.c.row_id.in_(ids) for ids in regions))
    trees = _trees(connection, theirs, images)
    operations = set(connection.execute(select(CHANGE.c.operation_id).where(about).distinct()).scalars())
    connection.execute(delete(CHANGE).where(about))
    for table in _REGIONS:
        connection.execute(delete(table).where(table.c.image_id.in_(theirs)))
    connection.execute(delete(IMAGE).where(IMAGE.c.id.in_(theirs)))
    connection.execute(delete(TREE).where(TREE.c.id.in_(among(trees))))
    _forget_empty(connection, operations)


def _trees(connection: Connection, image_ids: Select[tuple[Any]], changes: ColumnElement[bool]) -> set[int]:
    """The trees of images, and those that undo could bring back."""
    recorded = changes & (CHANGE.c.field == IMAGE.c.tree_id.name)
    statements = (
        select(IMAGE.c.tree_id).where(IMAGE.c.id.in_(image_ids)),
        select(CHANGE.c.before).where(recorded),
        select(CHANGE.c.after).where(recorded),
    )
    found = {tree for statement in statements for tree in connection.execute(statement).scalars()}
    return found - {None}


def _forget_empty(connection: Connection, operations: Collection[int]) -> None:
    """Operations of which nothing is left: to undo one would do nothing."""
    nothing_left = OPERATION.c.id.not_in(select(CHANGE.c.operation_id).distinct())
    connection.execute(delete(OPERATION).where(OPERATION.c.id.in_(among(operations)), nothing_left))


def _values(info: ImageInfo) -> dict[str, object]:
    """What is another now; size, orientation and range of values stay as noted, for the bytes are the same.

    What lies beside the file may be another, and says where on a map the image is.
    """
    return {
        "path": info.path,
        "georeference": info.georeference,
        "sort_key": image_sort_key(info),
        "search_key": folded(info.path),
        "file_size": info.file_size,
        "mtime_ns": info.mtime_ns,
        "problem": "",
    }
