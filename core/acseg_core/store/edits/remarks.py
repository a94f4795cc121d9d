"""Remarks of people about images: a comment, and that a second person looked and found all of it right.

A review ends by itself when names, outlines or the status of its image change (`Edit.end_reviews`); undo brings it back
with the rest.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from acseg_core.errors import EditError
from acseg_core.store.database import among
from acseg_core.store.edits.recorder import Edit, edit
from acseg_core.store.project import Project
from acseg_core.store.queries.image_queries import require_images
from acseg_core.store.schema import IMAGE
from acseg_core.types import ImageStatus, OpChanges
from acseg_core.verbs import Verb


def write_comment(project: Project, image_id: int, text: str) -> OpChanges:
    r"""Note something about an image, in place of what was noted before; "" takes the comment away.

    Spaces around it are dropped, and every end of a line is kept as "\n".

    Raises:
        EditError: There is no such image.
    """
    comment = _stripped(text)
    with edit(project, Verb.COMMENT_ON_IMAGE) as recording:
        require_images(recording.connection, [image_id])
        recording.update(IMAGE, IMAGE.c.id == image_id, {"comment": comment})
        return recording.result() if recording.changed else OpChanges()


def bring_remarks(recording: Edit, image_id: int, *, comment: str, is_reviewed: bool) -> bool:
    """Take over, as part of an edit, what a file says that people remarked about an image.

    A comment that is there stays.

    Args:
        recording: The edit.
        image_id: The image, done if ``is_reviewed``.
        comment: "" where there is none.
        is_reviewed: That a second person found right what is there now.

    Returns:
        Whether the image has another comment, so that this one was not taken.
    """
    image = IMAGE.c.id == image_id
    there = recording.connection.execute(select(IMAGE.c.comment).where(image)).scalar_one()
    wanted = _stripped(comment)
    if wanted and not there:
        recording.update(IMAGE, image, {"comment": wanted})
    if is_reviewed:
        recording.update(IMAGE, image, {"is_reviewed": True})
        recording.kept_reviews.add(image_id)
    return bool(wanted and there and there != wanted)


def _stripped(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def set_reviewed(project: Project, image_ids: Collection[int], *, is_reviewed: bool) -> OpChanges:
    """Say that a second person found images right, or take that back: one operation.

    Raises:
        EditError: An image is not in the project, or is not done: there is nothing finished to look at.
    """
    with edit(project, Verb.MARK_AS_REVIEWED if is_reviewed else Verb.REVOKE_REVIEW) as recording:
        require_images(recording.connection, image_ids)
        chosen = IMAGE.c.id.in_(among(image_ids))
        if is_reviewed:
            unfinished = select(IMAGE.c.path).where(chosen, IMAGE.c.status != ImageStatus.DONE.value)
            path = recording.connection.execute(unfinished.order_by(IMAGE.c.sort_key).limit(1)).scalar()
            if path is not None:
                raise EditError(f"{path} is not done: accept its names first, then mark it as reviewed")
        recording.update(IMAGE, chosen, {"is_reviewed": is_reviewed})
        return recording.result() if recording.changed else OpChanges()
