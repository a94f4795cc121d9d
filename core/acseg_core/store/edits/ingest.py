"""What comes into a project from outside: image files, their changes, and the proposals of models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, not_, or_, select, update
from sqlalchemy.dialects import sqlite

from acseg_core.errors import EditError, ImagesNotFoundError
from acseg_core.images.files import CHANGED
from acseg_core.store.database import absolute_path, among, folded, is_folder
from acseg_core.store.edits.recorder import edit
from acseg_core.store.edits.removal import removed_paths
from acseg_core.store.image_root import relative_root
from acseg_core.store.project import Project
from acseg_core.store.records import image_records, image_sort_key, image_values, select_images
from acseg_core.store.schema import IMAGE, REGION, REMOVED, ProjectRow, SkippedRow, now
from acseg_core.store.statuses import BY_HAND, UNDECIDED
from acseg_core.types import ImageInfo, ImageRecord, ImageStatus, OpChanges, SkippedFile
from acseg_core.verbs import Verb


def known_files(project: Project) -> dict[str, ImageInfo]:
    """What every image file was like when it was added, by path."""
    with project.read() as connection:
        records = image_records(connection.execute(select_images()))
        return {record.path: record.info for record in records}


def add_images(project: Project, infos: Iterable[ImageInfo], *, skipped: Iterable[SkippedFile] = ()) -> OpChanges:
    """Add image files; not undoable, for the folder is what it is. Those that were removed from the project stay so.

    A file known already with the same bytes is only brought up to date, and shown as before. One with other bytes takes
    their place if the image never had regions; otherwise it keeps its data and gets the problem `CHANGED`, so that no
    region ever lands on another picture.

    Args:
        project: Open for writing.
        infos: Files that can be used.
        skipped: Files that cannot, and why; added to those listed so far.
    """
    unusable, usable = list(skipped), []
    for info in infos:
        if _is_text(info.path):
            usable.append(info)
        else:
            unusable.append(SkippedFile(info.path, "the file's name is not valid Unicode; rename it"))
    with project.write() as connection:
        removed = removed_paths(connection)
        usable = [info for info in usable if info.path not in removed]
        known = _records(connection, (info.path for info in usable))
        fresh = {info.path: info for info in usable if info.path not in known}
        seen_before = [(known[info.path], info) for info in usable if info.path in known]
        if fresh:
            connection.execute(insert(IMAGE), [_new_image(info) for info in fresh.values()])
        changed = _update_known(connection, seen_before)
        connection.execute(delete(SkippedRow).where(SkippedRow.path.in_(among(info.path for info in usable))))
        skipped_anew = _skip(connection, unusable)
        added = connection.execute(select(IMAGE.c.id).where(IMAGE.c.path.in_(among(fresh)))).scalars().all()
    if not added and not changed and not skipped_anew:
        return OpChanges()
    return OpChanges(verb=Verb.ADD_IMAGES, images=True, image_ids=frozenset([*added, *changed]))


def replace_skipped(project: Project, skipped: Iterable[SkippedFile]) -> None:
    """Replace the list of files that cannot be used."""
    listed = list(skipped)
    with project.write() as connection:
        gone = SkippedRow.path.not_in(among(_as_text(file.path) for file in listed))
        connection.execute(delete(SkippedRow).where(gone))
        _skip(connection, listed)


def mark_problems(project: Project, problems: Mapping[str, str]) -> OpChanges:
    """Note why images cannot be used just now, by path; "" takes a note away. Not undoable."""
    with project.write() as connection:
        known = _records(connection, problems)
        changed = {record.id: problems[path] for path, record in known.items() if record.problem != problems[path]}
        for problem in set(changed.values()):
            ids = [id_ for id_, theirs in changed.items() if theirs == problem]
            connection.execute(update(IMAGE).where(IMAGE.c.id.in_(among(ids))).values(problem=problem))
        if not changed:
            connection.rollback()
            return OpChanges()
    return OpChanges(verb=Verb.CHECK_IMAGES, images=True, image_ids=frozenset(changed))


def adopt_changed(project: Project, image_ids: Sequence[int], infos: Sequence[ImageInfo]) -> OpChanges:
    """Accept the new content of image files that changed: their regions go, and the images are new again.

    One undoable operation; undone, the images have their regions back, and count as changed.

    Args:
        project: Open for writing.
        image_ids: The images.
        infos: What their files are like now, in the same order.

    Raises:
        EditError: There is no such image.
    """
    with edit(project, Verb.ACCEPT_CHANGED_IMAGES) as recording:
        by_id = dict(zip(image_ids, infos, strict=True))
        statement = select(IMAGE.c.id, IMAGE.c.path).where(IMAGE.c.id.in_(among(by_id)))
        paths = {row.id: row.path for row in recording.connection.execute(statement)}
        for image_id, info in by_id.items():
            if paths.get(image_id) != info.path:
                raise EditError(f"image {image_id} is not {info.path} in the project")
            fresh = {"status": ImageStatus.NEW.value, "problem": "", "tree_id": None, "granularity": None}
            values = image_values(info) | fresh
            recording.update(IMAGE, IMAGE.c.id == image_id, values)
        recording.delete(REGION, REGION.c.image_id.in_(among(by_id)))
        return recording.result() if recording.changed else OpChanges()


def relocate(project: Project, new_root: Path) -> OpChanges:
    """Look for the images in another folder from now on; whether they are the same is for the caller to check.

    Raises:
        ImagesNotFoundError: There is no such folder.
    """
    new_root = absolute_path(new_root)
    if not is_folder(new_root):
        raise ImagesNotFoundError(f"{new_root}: no such folder; give the folder that contains the images now")
    with project.write() as connection:
        values = {"image_root": str(new_root), "relative_root": relative_root(project.folder, new_root)}
        connection.execute(update(ProjectRow).values(**values))
    project.refresh()
    return OpChanges(verb=Verb.RELOCATE_IMAGES, images=True)


def has_user_work(project: Project, image_id: int) -> bool:
    """Whether somebody worked on the image: looked at it, named, rejected or merged a region."""
    with project.read() as connection:
        statement = select(IMAGE.c.id).where(IMAGE.c.id == image_id, worked_on())
        return connection.execute(statement).first() is not None


def images_with_user_work(project: Project) -> set[int]:
    """All images `has_user_work` is true of."""
    with project.read() as connection:
        return set(connection.execute(select(IMAGE.c.id).where(worked_on())).scalars())


def worked_on() -> ColumnElement[bool]:
    """Of an image: somebody looked at it, or decided about one of its regions."""
    touched = exists().where(REGION.c.image_id == IMAGE.c.id, or_(not_(UNDECIDED), BY_HAND))
    return or_(IMAGE.c.status.in_([ImageStatus.IN_REVIEW.value, ImageStatus.DONE.value]), touched)


def _records(connection: Connection, paths: Iterable[str]) -> dict[str, ImageRecord]:
    rows = connection.execute(select_images().where(IMAGE.c.path.in_(among(paths))))
    return {record.path: record for record in image_records(rows)}


def _update_known(connection: Connection, pairs: Iterable[tuple[ImageRecord, ImageInfo]]) -> list[int]:
    """Bring known images up to date with their files; returns those that look different now."""
    changed = []
    for record, found in pairs:
        is_same = record.info.sha256 == found.sha256
        info = replace(found, mode=record.info.mode, rendering=record.info.rendering) if is_same else found
        if record.info == info and not record.problem:
            continue
        values: dict[str, Any] = image_values(info) | {"problem": ""}
        if not is_same and not _is_blank(connection, record):
            values = {"problem": CHANGED}
        connection.execute(update(IMAGE).where(IMAGE.c.id == record.id).values(**values))
        changed.append(record.id)
    return changed


def _is_blank(connection: Connection, record: ImageRecord) -> bool:
    """Whether no region depends on the image's file, not even one that undo or redo could bring back."""
    statements = (select(t.c.id).where(t.c.image_id == record.id).limit(1) for t in (REGION, REMOVED["region"]))
    has_regions = any(connection.execute(statement).first() for statement in statements)
    return record.status is ImageStatus.NEW and not has_regions


def _new_image(info: ImageInfo) -> dict[str, Any]:
    return image_values(info) | {
        "path": info.path,
        "sort_key": image_sort_key(info),
        "search_key": folded(info.path),
        "status": ImageStatus.NEW.value,
        "problem": "",
        "added_at": now(),
    }


def _skip(connection: Connection, skipped: Iterable[SkippedFile]) -> bool:
    """Add to the list of files that cannot be used; whether that changed it."""
    wanted = {_as_text(file.path): file.reason for file in skipped}
    listed = select(SkippedRow.path, SkippedRow.reason).where(SkippedRow.path.in_(among(wanted)))
    known = {row.path: row.reason for row in connection.execute(listed)}
    rows = [{"path": path, "reason": reason} for path, reason in wanted.items() if known.get(path) != reason]
    if rows:
        statement = sqlite.insert(SkippedRow)
        connection.execute(
            statement.on_conflict_do_update(index_elements=["path"], set_={"reason": statement.excluded.reason}), rows
        )
    return bool(rows)


def _is_text(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _as_text(path: str) -> str:
    """The path with what is not Unicode in it (file names may be any bytes) written out."""
    return path.encode("utf-8", "backslashreplace").decode()
