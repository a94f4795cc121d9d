"""The bundled sample photos and the sample scene, for a first look without images of one's own."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterable
from pathlib import Path

from acseg_core.output.atomic_write import storage_error, write_aside
from acseg_core.store import Project
from acseg_core.workflows import scenes
from acseg_resources import resource_path


def sample_photos() -> list[Path]:
    """Paths of the bundled photos, in order."""
    return sorted(path for path in resource_path("samples").iterdir() if path.suffix == ".jpg")


SAMPLE_SCENE = "village.tif"
"""What the file of the sample scene is called."""


def scenes_are_read() -> bool:
    """Whether what reads scenes is installed, without loading it."""
    return importlib.util.find_spec("rasterio") is not None


def copy_samples(folder: Path) -> None:
    """Copy the photos and their licences into ``folder``, each whole or not at all; files that are there stay.

    Raises:
        StorageError: The folder cannot be written.
    """
    _copy([*sample_photos(), resource_path("samples", "LICENSES.md")], folder)


def copy_scene(folder: Path) -> None:
    """Copy the sample scene and where it comes from into ``folder``, as `copy_samples` does.

    Raises:
        StorageError: The folder cannot be written.
    """
    _copy([resource_path("scenes", SAMPLE_SCENE), resource_path("scenes", "SOURCES.md")], folder)


def add_scene(project: Project) -> None:
    """Make the copy of the sample scene, in the image folder of a project, a scene of it.

    Raises:
        ImageError: It is not there, or something else is.
        ExtraMissingError: What reads scenes is not installed.
    """
    scenes.add_scene(project, SAMPLE_SCENE)


def _copy(sources: Iterable[Path], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in sources:
            if not (folder / source.name).exists():
                with source.open("rb") as file, write_aside(folder / source.name) as out:
                    shutil.copyfileobj(file, out)
    except OSError as error:
        raise storage_error(folder, error) from error
