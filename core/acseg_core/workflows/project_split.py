"""A project is split into parts that people take with them; `acseg_core.workflows.project_merge` brings them back.

A part is a project as any other, with some of the images and everything known about them, and all labels, clusters and
models; its history begins empty. It knows what it is a part of. The project itself stays as it is: it only gets a
number by which its parts know it.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import uuid
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from acseg_core.errors import ProjectError, ProjectExistsError
from acseg_core.images.image_paths import is_inside
from acseg_core.images.world_files import names_beside, system_names_beside
from acseg_core.output.atomic_write import storage_error
from acseg_core.output.leftovers import folder_aside, sweep_folders
from acseg_core.store import Project, queries
from acseg_core.store.database import DATABASE, absolute_path, is_file
from acseg_core.store.edits.removal import removed_images
from acseg_core.store.queries.model_queries import MODELS
from acseg_core.store.queries.part_origin import IDENTITY, SETTING, identity
from acseg_core.store.upkeep.part_copy import PartPlace, write_part
from acseg_core.types import ImageRecord, Progress
from acseg_core.workflows.part_choice import ShareBy, choose_parts, file_of

IMAGES = "images"
"""Folder of a part with the images that were copied into it."""

_BESIDE = (".aux.xml", ".ovr")
"""Endings of files beside a raster that belong to it."""


@dataclass(frozen=True, slots=True)
class SplitPart:
    """A part that was made.

    Attributes:
        folder: Of it.
        images: In it.
        regions: In them.
        missing: Paths of images whose files were to be copied and are not there.
    """

    folder: Path
    images: int
    regions: int
    missing: tuple[str, ...] = ()


def split_project(
    project: Project, *, by: ShareBy, into: int, out: Path | None = None, copy_images: bool = False
) -> Generator[Progress, None, list[SplitPart]]:
    """Make parts of a project, each with some of its images: all of them, or none.

    Args:
        project: Open for writing.
        by: What images of one part have in common.
        into: How many parts.
        out: Where their folders go; beside the project if left out.
        copy_images: Copy the images into the parts, so that these can be carried away.

    Yields:
        Ticks with the number of images copied, of all parts.

    Raises:
        EditError: There are too few images or folders, or no clusters.
        ProjectExistsError: A part would take the place of something.
        ProjectError: Regions are being proposed.
        StorageError: The disk is full or refused; no part was made.
    """
    if project.running:
        raise ProjectError(f"{project.folder}: regions are being proposed; wait until that is done, then split it")
    out = absolute_path(project.folder.parent if out is None else out)
    targets = [out / f"{project.folder.name}-part-{number}" for number in range(1, into + 1)]
    for target in targets:
        _require_free(target)
    parts = choose_parts(project, by, into)
    total, split = sum(map(len, parts)), uuid.uuid4().hex
    source = _known(project)
    made: list[SplitPart] = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as stack:
            ready: list[tuple[Path, Path]] = []
            for number, (target, image_ids) in enumerate(zip(targets, parts, strict=True), 1):
                sweep_folders(target)
                aside = stack.enter_context(folder_aside(target))
                ready.append((aside, target))
                done = sum(part.images for part in made)
                for tick in (
                    part := _Part(project, aside, target, image_ids, copies=copy_images, number=number, of=into)
                ).make(source, split):
                    yield Progress(done + tick.done, total, tick.message)
                made.append(part.result())
            for aside, target in ready:
                _require_free(target)
                aside.rename(target)
    except OSError as error:
        raise storage_error(out, error) from error
    return made


class _Part:
    """One part in the making."""

    def __init__(
        self,
        project: Project,
        aside: Path,
        target: Path,
        image_ids: Sequence[int],
        *,
        copies: bool,
        number: int,
        of: int,
    ) -> None:
        self._project, self._aside, self._target = project, aside, target
        self._image_ids, self._copies, self._number, self._of = image_ids, copies, number, of
        self._regions = 0
        self._missing: list[str] = []

    def make(self, source: str, split: str) -> Generator[Progress, None, None]:
        """Write everything of it into the folder aside."""
        place = PartPlace(
            name=f"{self._project.name} ({self._number} of {self._of})",
            folder=self._target,
            image_root=self._target / IMAGES if self._copies else self._project.image_root,
            knows_others=self._others(),
        )
        self._regions = yield from write_part(
            self._project.folder / DATABASE,
            self._aside / DATABASE,
            self._image_ids,
            place,
            identity=source,
            split=split,
            number=self._number,
            of=self._of,
        )
        self._copy_models()
        if self._copies:
            yield from self._copy_images()

    def result(self) -> SplitPart:
        """What it is."""
        return SplitPart(self._target, len(self._image_ids), self._regions, tuple(self._missing))

    def _records(self) -> tuple[list[ImageRecord], list[ImageRecord]]:
        """The images of the part, and the others."""
        mine = set(self._image_ids)
        records = queries.images(self._project)
        return [each for each in records if each.id in mine], [each for each in records if each.id not in mine]

    def _others(self) -> list[int]:
        """Images that are not to be found again by looking for new ones, as their files are in the image folder."""
        mine, others = self._records()
        removed = removed_images(self._project)
        if not self._copies:
            return [*(each.id for each in others), *(each.id for each in removed)]
        files = {_file(each) for each in mine}
        return [each.id for each in others if _file(each) in files] + [
            each.id for each in removed if {file_of(each.path, is_tile=is_tile) for is_tile in (True, False)} & files
        ]

    def _copy_models(self) -> None:
        source = self._project.folder / MODELS
        if source.is_dir():
            shutil.copytree(source, self._aside / MODELS)

    def _copy_images(self) -> Generator[Progress, None, None]:
        root, target = self._project.image_root, self._aside / IMAGES
        target.mkdir()
        mine, _ = self._records()
        for path in dict.fromkeys(_file(each) for each in mine if is_inside(each.path)):
            yield Progress(len(mine), len(mine), path)
            if not is_file(root / path):
                self._missing.append(path)
                continue
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            for name in (path, *_names_beside(path)):
                if name == path or is_file(root / name):
                    shutil.copyfile(root / name, target / name)
                    shutil.copystat(root / name, target / name)


def _known(project: Project) -> str:
    """The number that the project is known by; it gets one with its first split."""
    with project.write() as connection:
        known = identity(connection)
        if known:
            connection.rollback()
            return known
        made = uuid.uuid4().hex
        connection.execute(insert(SETTING).values(key=IDENTITY, value=json.dumps(made)))
        return made


def _require_free(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise ProjectExistsError(f"{target}: there is something in that place; move it away, or choose another folder")


def _file(record: ImageRecord) -> str:
    return file_of(record.path, is_tile=record.info.tile is not None)


def _names_beside(path: str) -> list[str]:
    """Paths of files that may belong to an image."""
    folder, slash, name = path.rpartition("/")
    names = [*names_beside(name), *system_names_beside(name), *(f"{name}{ending}" for ending in _BESIDE)]
    return [f"{folder}{slash}{each}" for each in dict.fromkeys(names)]
