"""Reads of images: pages of them in display order, one by id or path, and the next one to work on."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Select, select, tuple_

from acseg_core.errors import EditError
from acseg_core.store.database import among, folded
from acseg_core.store.project import Project
from acseg_core.store.records import (
    image_record,
    image_records,
    select_images,
)
from acseg_core.store.schema import IMAGE
from acseg_core.store.statuses import USABLE
from acseg_core.types import (
    ImageRecord,
    ImageStatus,
)


def images(
    project: Project,
    *,
    offset: int = 0,
    limit: int | None = None,
    status: ImageStatus | None = None,
    search: str = "",
) -> list[ImageRecord]:
    """A page of the images in display order, narrowed down by status and by a part of the path (case ignored)."""
    statement = in_order(_narrowed(select_images(), status=status, search=search))
    statement = statement.limit(-1 if limit is None else limit).offset(offset)
    with project.read() as connection:
        return image_records(connection.execute(statement))


def image(project: Project, image_id: int) -> ImageRecord:
    """One image.

    Raises:
        EditError: There is no such image.
    """
    with project.read() as connection:
        row = connection.execute(select_images().where(IMAGE.c.id == image_id)).one_or_none()
        if row is None:
            raise EditError(f"image {image_id} is not in the project")
        return image_record(row)


def require_images(connection: Connection, image_ids: Collection[int]) -> None:
    """Check that images are there.

    Raises:
        EditError: One is not.
    """
    found = set(connection.execute(select(IMAGE.c.id).where(IMAGE.c.id.in_(among(image_ids)))).scalars())
    missing = set(image_ids) - found
    if missing:
        raise EditError(f"image {min(missing)} is not in the project")


def image_by_path(project: Project, path: str) -> ImageRecord | None:
    """The image of that path relative to the image root, or None."""
    with project.read() as connection:
        row = connection.execute(select_images().where(IMAGE.c.path == path)).one_or_none()
        return None if row is None else image_record(row)


def image_ids(project: Project, *, status: ImageStatus | None = None, search: str = "") -> list[int]:
    """Images in display order, narrowed down like `images`."""
    with project.read() as connection:
        statement = in_order(_narrowed(select(IMAGE.c.id), status=status, search=search))
        return list(connection.execute(statement).scalars())


def unproposed_images(project: Project) -> list[int]:
    """Images without proposals whose files can be used, in display order."""
    statement = select(IMAGE.c.id).where(IMAGE.c.status == ImageStatus.NEW.value, USABLE)
    with project.read() as connection:
        return list(connection.execute(in_order(statement)).scalars())


def next_image(project: Project, after_id: int, *, not_done: bool, backwards: bool = False) -> int | None:
    """The image after (or before) another in display order, or None at the end.

    Args:
        project: Open.
        after_id: Where to start.
        not_done: Pass by images that are done, and those whose files cannot be used.
        backwards: Go to the previous one.
    """
    place = tuple_(IMAGE.c.sort_key, IMAGE.c.id)
    here = select(IMAGE.c.sort_key, IMAGE.c.id).where(IMAGE.c.id == after_id)
    with project.read() as connection:
        start = connection.execute(here).one_or_none()
        if start is None:
            return None
        border = tuple_(start.sort_key, start.id)
        statement = select(IMAGE.c.id).where(place < border if backwards else place > border)
        if not_done:
            statement = statement.where(IMAGE.c.status != ImageStatus.DONE.value, USABLE)
        return connection.execute(in_order(statement, backwards=backwards).limit(1)).scalar()


def _narrowed(
    statement: Select[*tuple[Any, ...]], *, status: ImageStatus | None, search: str
) -> Select[*tuple[Any, ...]]:
    if status is not None:
        statement = statement.where(IMAGE.c.status == ImageStatus(status).value)
    if search:
        statement = statement.where(IMAGE.c.search_key.contains(folded(search), autoescape=True))
    return statement


def in_order(statement: Select[*tuple[Any, ...]], *, backwards: bool = False) -> Select[*tuple[Any, ...]]:
    """A statement about images in display order, which is that of `records.sort_key`."""
    if backwards:
        return statement.order_by(IMAGE.c.sort_key.desc(), IMAGE.c.id.desc())
    return statement.order_by(IMAGE.c.sort_key, IMAGE.c.id)
