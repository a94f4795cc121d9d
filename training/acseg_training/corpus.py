"""The images a generator is trained on: files in folders, no labels."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from acseg_core.errors import ImagesNotFoundError
from acseg_core.images import find_images


@dataclass(frozen=True, slots=True)
class Corpus:
    """Image files, in a fixed order.

    Attributes:
        paths: Absolute paths.
    """

    paths: tuple[Path, ...]

    @classmethod
    def from_folders(cls, folders: Sequence[Path], *, most: int | None = None, seed: int = 0) -> Corpus:
        """Take all images below the folders, or a random sample of ``most`` of them.

        Raises:
            ImagesNotFoundError: A folder is missing, or none holds an image.
            ValueError: ``most`` is below 1.
        """
        if most is not None and most < 1:
            raise ValueError(f"number of images to train on out of range: {most}; give 1 or more")
        paths = [folder.resolve() / name for folder in folders for name in find_images(folder).paths]
        if not paths:
            named = ", ".join(str(folder) for folder in folders)
            raise ImagesNotFoundError(f"{named}: no images to train on; give a folder of photos")
        if most is not None and len(paths) > most:
            paths = sorted(random.Random(seed).sample(paths, most))
        return cls(tuple(paths))
