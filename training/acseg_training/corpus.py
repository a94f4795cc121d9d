"""The images that are trained on: of a project or of folders, some kept back to judge by; no labels."""

from __future__ import annotations

import fnmatch
import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import ImagesNotFoundError, StorageError
from acseg_core.images.files import load_added, load_image
from acseg_core.images.finding import find_images
from acseg_core.images.image_paths import file_of_tile, is_inside, path_below
from acseg_core.images.label_maps import LabelMaps
from acseg_core.images.pages import located
from acseg_core.output.protected import check_output, is_one_of
from acseg_core.store import Project, queries
from acseg_core.types import ImageInfo, ImageRecord, SkippedFile

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class CorpusImage:
    """One image that is trained on.

    Attributes:
        path: Of its file, absolute; of a tile, as if it had one.
        sha256: Hex digest of the file; "" where it could not be read.
        image_id: Its id in the project, or None.
        page: Of a file with several, from 1.
        tile: What was noted of it, if it is a tile of a scene; training sees no more than the tile.
    """

    path: Path
    sha256: str
    image_id: int | None = None
    page: int = 1
    tile: ImageInfo | None = None

    @classmethod
    def of_file(cls, path: Path) -> CorpusImage:
        """An image in a folder."""
        try:
            with path.open("rb") as file:
                return cls(path, hashlib.file_digest(file, "sha256").hexdigest())
        except (OSError, ValueError):
            return cls(path, "")

    def load(self) -> NDArray[np.uint8]:
        """Read it: (H, W, 3) uint8 RGB.

        Raises:
            ImageError: It cannot be read, or is not the file that it was.
        """
        if self.tile is not None:
            return load_added(self._root, self.tile).rgb
        return load_image(self.path, expected_sha256=self.sha256 or None, page=self.page)

    @property
    def file(self) -> Path:
        """The file that it is read from."""
        return self.path if self.tile is None else self._root / file_of_tile(self.tile.path)

    @property
    def _root(self) -> Path:
        """The image folder of the project that the tile is of."""
        assert self.tile is not None
        return self.path.parents[self.tile.path.count("/")]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Image files, in a fixed order.

    Attributes:
        images: The images.
        left_out: Label maps that were left out.
        project: That they are images of, or None; what people accepted in them is found there.
    """

    images: tuple[CorpusImage, ...]
    left_out: tuple[Path, ...] = ()
    project: Project | None = field(default=None, compare=False)

    def __len__(self) -> int:
        """How many images there are."""
        return len(self.images)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Absolute paths of the images."""
        return tuple(image.path for image in self.images)

    @property
    def data_sha256(self) -> str:
        """Fingerprint of the data: over the sorted hashes of the images, so that no path and no order matters."""
        return hashlib.sha256("\n".join(sorted(image.sha256 for image in self.images)).encode()).hexdigest()

    @classmethod
    def from_folders(
        cls,
        folders: Sequence[Path],
        *,
        most: int | None = None,
        seed: int = 0,
        label_maps: bool = False,
        exclude: Sequence[str] = (),
    ) -> Corpus:
        """Take all images below the folders, or a random sample of ``most`` of them.

        Args:
            folders: Where they are.
            most: At most so many.
            seed: Of the sample.
            label_maps: Take label maps of photos (`acseg_core.images.label_maps`), too.
            exclude: Patterns of paths below the folders that are left out, as in ``*/masks/*``.

        Raises:
            ImagesNotFoundError: A folder is missing, or none holds an image.
            ValueError: ``most`` is below 1.
        """
        _check_most(most)
        paths: list[Path] = []
        left_out: list[Path] = []
        for folder in folders:
            found = find_images(folder).paths
            maps = LabelMaps(folder, () if label_maps else found)
            for name in found:
                if not _is_excluded(name, exclude):
                    (left_out if name in maps else paths).append(folder.resolve() / name)
        if not paths:
            named = ", ".join(str(folder) for folder in folders)
            raise ImagesNotFoundError(f"{named}: there are no images to train on; give a folder with photos")
        chosen = sampled(paths, most, seed)  # before anything is hashed
        return cls(tuple(CorpusImage.of_file(path) for path in chosen), tuple(left_out))

    @classmethod
    def from_project(
        cls,
        project: Project,
        image_ids: Sequence[int] | None = None,
        *,
        most: int | None = None,
        seed: int = 0,
        exclude: Sequence[str] = (),
    ) -> Corpus:
        """Take the images of a project that can be used, or some of them, or a random sample.

        Args:
            project: May be read-only; it stays open while there is training.
            image_ids: Of the images; all if left out.
            most: At most so many.
            seed: Of the sample.
            exclude: Patterns of paths below the image folder that are left out.

        Raises:
            ImagesNotFoundError: None is left.
            ValueError: ``most`` is below 1.
        """
        _check_most(most)
        wanted = None if image_ids is None else set(image_ids)
        images = []
        for record in queries.images(project):
            outside = wanted is not None and record.id not in wanted
            if outside or record.problem or not is_inside(record.path) or _is_excluded(record.path, exclude):
                continue
            images.append(_of_record(project, record))
        if not images:
            raise ImagesNotFoundError(f"{project.folder}: no image is left to train on; add images to the project")
        return cls(tuple(sampled(images, most, seed)), project=project)

    def check_output(self, out: Path, *, weights: Path | None) -> None:
        """Find out before the work whether its result can be written.

        Args:
            out: The file that is going to be written.
            weights: Those that are read, if not the bundled ones.

        Raises:
            StorageError: It cannot, or it would replace one of the images or the weights.
        """
        check_output(out)
        if is_one_of(out, [*(image.file for image in self.images), *self.left_out, *filter(None, [weights])]):
            raise StorageError(f"{out}: the training reads this file; choose another one")

    def sample(self, most: int, *, seed: int) -> Corpus:
        """All of them, or a random sample of ``most``."""
        return replace(self, images=tuple(sampled(self.images, most, seed)))

    def without(self, skipped: Iterable[SkippedFile]) -> Corpus:
        """Those that could be read."""
        unreadable = {each.path for each in skipped}
        return replace(self, images=tuple(image for image in self.images if str(image.path) not in unreadable))


def _of_record(project: Project, record: ImageRecord) -> CorpusImage:
    if record.info.tile is not None:
        return CorpusImage(
            path_below(project.image_root, record.path), record.info.shown_as, record.id, tile=record.info
        )
    path, page = located(project.image_root, record.path)
    return CorpusImage(path, record.info.sha256, record.id, page)


def _check_most(most: int | None) -> None:
    if most is not None and most < 1:
        raise ValueError(f"the number of images to train on must be 1 or more, got {most}")


def sampled(items: Sequence[Item], most: int | None, seed: int) -> list[Item]:
    """All, or a random sample, in their order."""
    if most is None or len(items) <= most:
        return list(items)
    return [items[place] for place in sorted(random.Random(seed).sample(range(len(items)), most))]


def _is_excluded(path: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatch(path, pattern) for pattern in patterns)
