"""What a project reads is not written over: its photos, wherever they are and whatever leads there, and its models."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from acseg_core.errors import AcsegError, StorageError
from acseg_core.images.image_paths import is_inside
from acseg_core.output.protected import is_one_of, projects_above
from acseg_core.store.opening import open_project
from acseg_core.store.project import Project
from acseg_core.store.queries.model_queries import models
from acseg_core.store.schema import ImageRow


def refuse_inputs(out: Path, project: Project | None = None) -> None:
    """Refuse a file to be written that is a photo or a model of the project, or of one in whose folder it lies.

    Raises:
        StorageError: It is.
    """
    if project is not None and is_one_of(out, _photos(project)):
        raise StorageError(f"{out}: this is a photo of the project; choose another file")
    if project is not None and is_one_of(out, _models(project)):
        raise StorageError(f"{out}: this is a model of the project; choose another file")
    for folder in projects_above(out) if out.is_file() else ():
        photos, models = _inputs_of(folder)
        if is_one_of(out, photos):
            raise StorageError(f"{out}: this is a photo of the project in {folder}; choose another file")
        if is_one_of(out, models):
            raise StorageError(f"{out}: this is a model of the project in {folder}; choose another file")


def _photos(project: Project) -> list[Path]:
    with project.read() as connection:
        paths = connection.execute(select(ImageRow.path)).scalars().all()
    return [project.image_root / path for path in paths if is_inside(path)]


def _models(project: Project) -> list[Path]:
    return [record.path for record in models(project) if not record.is_bundled]


def _inputs_of(folder: Path) -> tuple[list[Path], list[Path]]:
    """Photos and models of a project that nobody asked for; none where it does not read."""
    try:
        with open_project(folder, read_only=True) as project:
            return _photos(project), _models(project)
    except AcsegError:
        return [], []
