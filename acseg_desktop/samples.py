"""The bundled sample photos, for a first look without photos of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

from acseg_core.output.atomic_write import storage_error, write_aside
from acseg_resources import resource_path


def sample_photos() -> list[Path]:
    """Paths of the bundled photos, in order."""
    return sorted(path for path in resource_path("samples").iterdir() if path.suffix == ".jpg")


def copy_samples(folder: Path) -> None:
    """Copy the photos and their licences into ``folder``, each whole or not at all; files that are there stay.

    Raises:
        StorageError: The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in [*sample_photos(), resource_path("samples", "LICENSES.md")]:
            if not (folder / source.name).exists():
                with source.open("rb") as photo, write_aside(folder / source.name) as out:
                    shutil.copyfileobj(photo, out)
    except OSError as error:
        raise storage_error(folder, error) from error
