"""Where the images of a project are: the folder it names, or the one beside it after both were moved."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from acseg_core.store.database import absolute_path, is_folder, is_same_place


def find_root(folder: Path, *, absolute: str, relative: str | None, holds_images: Callable[[Path], bool]) -> Path:
    """The image folder: the absolute one, unless the project moved and its images with it.

    Then the relative one leads to another folder, that of the copied or moved images. It goes first if it holds images
    of the project: the absolute one may still exist, and be the original's.

    Args:
        folder: The project's.
        absolute: The image folder as it is stored.
        relative: How it was to be reached from the project then.
        holds_images: Whether images of the project are in a folder.
    """
    stored = Path(absolute)
    if relative is None:
        return stored
    beside = absolute_path(folder / relative)
    if not is_folder(beside) or is_same_place(beside, stored):
        return stored
    return beside if not is_folder(stored) or holds_images(beside) else stored


def relative_root(folder: Path, image_root: Path) -> str | None:
    """How to get from the project to its images, or None where that cannot be said (another Windows drive)."""
    try:
        return Path(os.path.relpath(image_root, folder)).as_posix()
    except ValueError:
        return None
