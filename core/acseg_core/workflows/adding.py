"""Adding photos from elsewhere to a project: they are copied into its folder of photos, and the originals stay.

A project has one folder of photos, so that it can be moved with them and found again. What lies in it already is not
copied; a photo whose copy is there already is not copied twice.
"""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from acseg_core.errors import ImagesNotFoundError, StorageError
from acseg_core.images.finding import FoundImages, find_images, os_reason
from acseg_core.output.protected import check_output, write_output
from acseg_core.reports import ScanReport
from acseg_core.store import Project
from acseg_core.types import Progress, SkippedFile
from acseg_core.workflows.scanning import scan_images

SINGLE = "added"
"""Folder, in that of the project's photos, of photos that were added one by one."""

_NO_PHOTO = "not a JPEG, PNG, TIFF, BMP or WebP image"
_NO_PHOTOS = "a folder without photos"


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """What adding would copy.

    Attributes:
        copies: From where to where.
        bytes: How much that is.
        there: Photos that are in the folder of photos already.
        skipped: Files and folders that hold no photo, and why.
    """

    copies: tuple[tuple[Path, Path], ...] = ()
    bytes: int = 0
    there: int = 0
    skipped: tuple[SkippedFile, ...] = ()


def plan_copies(root: Path, sources: Sequence[Path]) -> CopyPlan:
    """Find the photos in files and folders, and where in the folder of photos they go; nothing is copied yet.

    Raises:
        ImagesNotFoundError: A file or folder is missing, or none of them holds a photo.
    """
    copies: list[tuple[Path, Path]] = []
    taken: set[Path] = set()
    there = total = 0
    inside = root.resolve()
    found = _Sources()
    for path, relative in found.photos(sources):
        if path.resolve().is_relative_to(inside):
            there += 1
            continue
        target = _free_place(root / relative, path, taken)
        if target is None:
            there += 1
            continue
        taken.add(target)
        copies.append((path, target))
        total += path.stat().st_size
    if not copies and not there:
        raise ImagesNotFoundError(f"{sources[0]}: there are no photos; choose photos, or a folder that contains some")
    return CopyPlan(tuple(copies), total, there, tuple(found.skipped))


def add_images(project: Project, plan: CopyPlan) -> Generator[Progress, None, ScanReport]:
    """Copy photos as planned, then bring the project's list of images up to date.

    Raises:
        StorageError: A file cannot be read or written, or the disk has no room; nothing is copied in that case, or
            what was copied so far is kept.
    """
    root = project.image_root
    free = shutil.disk_usage(root).free
    if plan.bytes > free:
        missing = (plan.bytes - free) / 1e6
        raise StorageError(
            f"{root}: the copies need {missing:,.0f} MB more than is free; free some space, or add fewer photos"
        )
    for number, (source, target) in enumerate(plan.copies):
        yield Progress(number, len(plan.copies), source.name)
        _copy(source, target)
    return (yield from scan_images(project))


class _Sources:
    """Files and folders that a person named, and what of them is no photo."""

    def __init__(self) -> None:
        self.skipped: list[SkippedFile] = []
        self._folders: dict[Path, FoundImages] = {}

    def photos(self, sources: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
        """Each photo, and its place below the folder of photos."""
        for source in sources:
            if source.is_dir():
                found = self._found(source)
                self.skipped += [SkippedFile(str(source / file.path), file.reason) for file in found.skipped]
                if not found.paths:
                    self.skipped.append(SkippedFile(str(source), _NO_PHOTOS))
                for relative in found.paths:
                    yield source / relative, Path(source.resolve().name or SINGLE) / relative
            elif source.is_file():
                found = self._found(source.parent)
                if source.name in found.paths:
                    yield source, Path(SINGLE) / source.name
                else:
                    reasons = {file.path: file.reason for file in found.skipped}
                    self.skipped.append(SkippedFile(str(source), reasons.get(source.name, _NO_PHOTO)))
            else:
                raise ImagesNotFoundError(f"{source}: no such file; check the path, or connect the drive it is on")

    def _found(self, folder: Path) -> FoundImages:
        """What is in a folder, searched once however many of its files are named."""
        if folder not in self._folders:
            self._folders[folder] = find_images(folder)
        return self._folders[folder]


def _free_place(target: Path, source: Path, taken: set[Path]) -> Path | None:
    """A name nobody has; None where the same photo is there."""
    number, place = 2, target
    while place.exists() or place in taken:
        if place.exists() and filecmp.cmp(source, place, shallow=False):
            return None
        place = target.with_name(f"{target.stem}-{number}{target.suffix}")
        number += 1
    return place


def _copy(source: Path, target: Path) -> None:
    check_output(target, picture=True, makes_folders=True)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as original, write_output(target, picture=True) as copy:
            shutil.copyfileobj(original, copy, 1 << 20)
        shutil.copystat(source, target)
    except OSError as error:
        raise StorageError(f"{source}: cannot be copied to {target}: {os_reason(error)}") from error
