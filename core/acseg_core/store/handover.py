"""What a project that was copied or handed over needs, once, when it is opened for writing.

Copied together with its images, it names the copies from then on. Images whose paths lead out of the image folder
(`acseg_core.images.image_paths`) are marked, so that nothing takes them for usable.
"""

from __future__ import annotations

import logging

from sqlalchemy import or_, select, update

from acseg_core.images.image_paths import OUTSIDE, is_inside
from acseg_core.store.database import among, is_folder
from acseg_core.store.image_root import relative_root
from acseg_core.store.project import Project
from acseg_core.store.schema import IMAGE, ProjectRow

logger = logging.getLogger(__name__)


def settle(project: Project) -> None:
    """Bring a project that was opened for writing up to date with where it is; most need nothing."""
    _name_copied_images(project)
    _mark_outside(project)


def _name_copied_images(project: Project) -> None:
    """Store the image folder beside a copied project, so that what is at the old place makes no difference any more.

    Where only the project and its images were moved, nothing is stored: both places are not there at the same time.
    """
    before, root = project.stored_root, project.image_root
    if root == before or not is_folder(before):
        return
    with project.write() as connection:
        values = {"image_root": str(root), "relative_root": relative_root(project.folder, root)}
        connection.execute(update(ProjectRow).values(**values))
    project.refresh()
    project.left_root = before
    logger.info("%s: its images are read from %s, no longer from %s", project.folder, root, before)


def _mark_outside(project: Project) -> None:
    path = IMAGE.c.path
    leads_out = or_(path == "", path.like("/%"), *(path.contains(part, autoescape=True) for part in ("..", "\\", ":")))
    with project.read() as connection:
        rows = connection.execute(select(IMAGE.c.id, path).where(leads_out, IMAGE.c.problem != OUTSIDE)).all()
    outside = [row.id for row in rows if not is_inside(row.path)]
    if outside:
        with project.write() as connection:
            connection.execute(update(IMAGE).where(IMAGE.c.id.in_(among(outside))).values(problem=OUTSIDE))
