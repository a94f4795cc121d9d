"""The images a generator is trained on: files in folders, no labels."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from acseg_core.errors import ImagesNotFoundError, StorageError
from acseg_core.images.files import find_images
from acseg_core.images.label_maps import LabelMaps
from acseg_core.output.protected import check_output, is_one_of
from acseg_core.types import SkippedFile


@dataclass(frozen=True, slots=True)
class Corpus:
    """Image files, in a fixed order.

    Attributes:
        paths: Absolute paths.
        left_out: Label maps that were left out.
    """

    paths: tuple[Path, ...]
    left_out: tuple[Path, ...] = ()

    @classmethod
    def from_folders(
        cls, folders: Sequence[Path], *, most: int | None = None, seed: int = 0, label_maps: bool = False
    ) -> Corpus:
        """Take all images below the folders, or a random sample of ``most`` of them.

        Args:
            folders: Where they are.
            most: At most so many.
            seed: Of the sample.
            label_maps: Take label maps of photos (`acseg_core.images.label_maps`), too.

        Raises:
            ImagesNotFoundError: A folder is missing, or none holds an image.
            ValueError: ``most`` is below 1.
        """
        if most is not None and most < 1:
            raise ValueError(f"the number of images to train on must be 1 or more, got {most}")
        paths: list[Path] = []
        left_out: list[Path] = []
        for folder in folders:
            found = find_images(folder).paths
            maps = LabelMaps(folder, () if label_maps else found)
            for name in found:
                (left_out if name in maps else paths).append(folder.resolve() / name)
        if not paths:
            named = ", ".join(str(folder) for folder in folders)
            raise ImagesNotFoundError(f"{named}: there are no images to train on; give a folder with photos")
        whole = cls(tuple(paths), tuple(left_out))
        return whole if most is None else whole.sample(most, seed=seed)

    def check_output(self, out: Path, *, weights: Path | None) -> None:
        """Find out before the work whether its result can be written.

        Args:
            out: The file that is going to be written.
            weights: Those that are read, if not the bundled ones.

        Raises:
            StorageError: It cannot, or it would replace one of the images or the weights.
        """
        check_output(out)
        if is_one_of(out, [*self.paths, *self.left_out, *filter(None, [weights])]):
            raise StorageError(f"{out}: the training reads this file; choose another one")

    def sample(self, most: int, *, seed: int) -> Corpus:
        """All of them, or a random sample of ``most``."""
        if len(self.paths) <= most:
            return self
        return replace(self, paths=tuple(sorted(random.Random(seed).sample(self.paths, most))))

    def without(self, skipped: Iterable[SkippedFile]) -> Corpus:
        """Those that could be read."""
        unreadable = {each.path for each in skipped}
        return replace(self, paths=tuple(path for path in self.paths if str(path) not in unreadable))
