"""The images a generator is trained on: files in folders, no labels."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from acseg_core.errors import ImagesNotFoundError
from acseg_core.images import find_images
from acseg_core.types import SkippedFile


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
        whole = cls(tuple(paths))
        return whole if most is None else whole.sample(most, seed=seed)

    def sample(self, most: int, *, seed: int) -> Corpus:
        """All of them, or a random sample of ``most``."""
        if len(self.paths) <= most:
            return self
        return Corpus(tuple(sorted(random.Random(seed).sample(self.paths, most))))

    def without(self, skipped: Iterable[SkippedFile]) -> Corpus:
        """Those that could be read."""
        unreadable = {each.path for each in skipped}
        return Corpus(tuple(path for path in self.paths if str(path) not in unreadable))
