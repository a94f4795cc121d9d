"""What a project reads is not written over: its photos, wherever they are and whatever leads there."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from acseg_core.errors import AcsegError, StorageError
from acseg_core.images.image_paths import is_inside
from acseg_core.output.protected import is_one_of, projects_above
from acseg_core.store.opening import open_project
from acseg_core.store.project import Project
from acseg_core.store.schema import ImageRow


def refuse_inputs(out: Path, project: Project | None = None) -> None:
    """Refuse a file to be written that is a photo of the project, or of one in whose folder it lies.

    Raises:
        StorageError: It is.
    """
    if project is not None and is_one_of(out, _photos(project)):
        raise StorageError(f"{out}: this is a photo of the project; choose another file")
    for folder in projects_above(out) if out.is_file() else ():
        if is_one_of(out, _photos_of(folder)):
            raise StorageError(f"{out}: this is a photo of the project in {folder}; choose another file")


def _photos(project: Project) -> list[Path]:
    with project.read() as connection:
        paths = connection.execute(select(ImageRow.path)).scalars().all()
    return [project.image_root / path for path in paths if is_inside(path)]


def _photos_of(folder: Path) -> list[Path]:
    """Those of a project that nobody asked for; none where it does not read."""
    try:
        with open_project(folder, read_only=True) as project:
            return _photos(project)
    except AcsegError:
        return []
