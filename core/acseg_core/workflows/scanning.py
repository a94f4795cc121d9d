"""Scanning a project's image folder: new, changed, missing and moved files; and relocating it to another folder.

Every function is a generator: each ``yield`` is a progress tick and a place to stop; what was finished by then is
committed.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Generator, Iterable
from pathlib import Path

from acseg_core.errors import ImageError, ImagesNotFoundError
from acseg_core.images.files import CHANGED, MISSING, find_images, inspect_image
from acseg_core.images.label_maps import LABEL_MAP, LabelMaps
from acseg_core.images.left_out import OTHER_FOLDER, OTHER_KIND, is_about_pages, is_in_other_folder, pages_left_out
from acseg_core.images.pages import located, page_path, with_pages
from acseg_core.reports import ImageCount, ScanReport
from acseg_core.store import Project, queries
from acseg_core.store.edits import ingest
from acseg_core.store.edits.removal import removed_images
from acseg_core.types import ImageInfo, Progress, SkippedFile

logger = logging.getLogger(__name__)

_ADDED_AT_ONCE = 200

_COUNTED_A_TICK = 32


def count_images(root: Path) -> Generator[Progress, None, ImageCount]:
    """Count photos and label maps below a folder, as a scan tells them apart; no file is checked otherwise.

    Yields:
        A tick every few files.

    Raises:
        ImagesNotFoundError: The folder is missing, is not a folder, or may not be read.
    """
    listed = find_images(root)
    paths = listed.paths
    maps, found = LabelMaps(root, paths), 0
    for number, path in enumerate(paths):
        found += path in maps
        if number % _COUNTED_A_TICK == 0:
            yield Progress(number, len(paths), path)
    reasons = Counter(file.reason for file in listed.skipped)
    return ImageCount(len(paths) - found, found, reasons[OTHER_KIND], reasons[OTHER_FOLDER])


def scan_images(
    project: Project,
    *,
    label_maps: bool | None = None,
    all_folders: bool | None = None,
    all_pages: bool = False,
) -> Generator[Progress, None, ScanReport]:
    """Bring the project's list of images up to date with its folder.

    New files are added; files with the recorded size and time are taken as unchanged; files with other content keep
    their regions but are marked as changed, files that are gone as missing. A folder whose files are all back loses
    its marks. New label maps of photos (`acseg_core.images.label_maps`) are left out, and reported as skipped, and so
    are images that were removed from the project, folders that hold no photos, and all pages of a file but the first
    (`acseg_core.images.left_out`).

    Args:
        project: Open for writing.
        label_maps: Take new label maps, too, as if they were photos; if left out, where the project has some already.
        all_folders: Search all folders; if left out, where the project has images of such a folder already.
        all_pages: Take all pages of a file (`acseg_core.images.pages`), not only where the project has some already.

    Raises:
        ImagesNotFoundError: The folder is missing, or a new project's folder holds no image that can be read.
    """
    root = project.image_root
    known = ingest.known_files(project)
    if all_folders is None:
        all_folders = any(map(is_in_other_folder, known))
    found = find_images(root, all_folders=all_folders)
    paths = with_pages(root, found.paths, known=known, everywhere=all_pages)
    named = frozenset(paths)
    removed = {image.path for image in removed_images(project)}
    paths = [path for path in paths if path not in removed]
    told = {file.path: file for file in queries.summary(project).skipped if is_about_pages(file.reason)}
    left_out = LabelMaps(root, found.paths)
    if label_maps is None:
        label_maps = any(path in left_out for path in known)
    skipped = list(found.skipped)
    problems = dict.fromkeys(known.keys() - named, MISSING)
    inspected: list[ImageInfo] = []
    added = unchanged = 0
    try:
        for number, path in enumerate(paths):
            before = known.get(path)
            try:
                if before is not None and _untouched(located(root, path)[0], before):
                    problems[path] = ""
                    unchanged += 1
                    skipped += [told[path]] if path in told and page_path(path, 2) not in named else []
                elif before is None and not label_maps and path in left_out:
                    skipped.append(SkippedFile(path, LABEL_MAP))
                else:
                    info = inspect_image(root, path, thumbnails=project.thumbnails_dir)
                    inspected.append(info)
                    skipped += _pages_not_taken(root, info, named)
                    added += before is None
                    unchanged += before is not None and before.sha256 == info.sha256
            except ImageError as error:
                if before is None:
                    skipped.append(SkippedFile(path, error.reason))
                else:
                    problems[path] = error.reason
            if len(inspected) >= _ADDED_AT_ONCE:
                ingest.add_images(project, inspected)
                inspected.clear()
            yield Progress(number + 1, len(paths), path)
    except GeneratorExit:
        ingest.add_images(project, inspected)
        raise
    ingest.add_images(project, inspected)
    ingest.replace_skipped(project, skipped)
    ingest.mark_problems(project, problems)
    if not known and not added and not removed:
        reason = f" (first: {skipped[0].path}: {skipped[0].reason})" if skipped else ""
        raise ImagesNotFoundError(f"{root}: no image in it can be read{reason}; choose a folder of photos")
    return _report(project, added=added, unchanged=unchanged, skipped=skipped, removed=len(named & removed))


def relocate_images(project: Project, new_root: Path) -> Generator[Progress, None, ScanReport]:
    """Tell the project that its images are now below ``new_root``.

    Every file is compared by hash with the one that was added, so that no label lands on another image; those that
    are missing or differ are marked.

    Raises:
        ImagesNotFoundError: The folder is missing, or not one of the project's images is there.
    """
    new_root = new_root.resolve()
    if not new_root.is_dir():
        raise ImagesNotFoundError(f"{new_root}: no such folder; choose the folder the images are in now")
    known = ingest.known_files(project)
    problems: dict[str, str] = {}
    unchanged = 0
    for number, (path, before) in enumerate(known.items()):
        try:
            same = inspect_image(new_root, path).sha256 == before.sha256
            problems[path] = "" if same else CHANGED
            unchanged += same
        except ImageError as error:
            problems[path] = error.reason
        yield Progress(number + 1, len(known), path)
    if known and not unchanged:
        raise ImagesNotFoundError(
            f"{new_root}: none of the project's images is there; choose the folder that holds {next(iter(known))}"
        )
    ingest.relocate(project, new_root)
    ingest.mark_problems(project, problems)
    return _report(project, added=0, unchanged=unchanged, skipped=())


def _report(
    project: Project, *, added: int, unchanged: int, skipped: Iterable[SkippedFile], removed: int = 0
) -> ScanReport:
    problems = {record.path: record.problem for record in queries.images(project) if record.problem}
    return ScanReport(
        added=added,
        unchanged=unchanged,
        changed=tuple(path for path, problem in problems.items() if problem == CHANGED),
        missing=tuple(path for path, problem in problems.items() if problem == MISSING),
        unreadable=tuple(
            SkippedFile(path, problem) for path, problem in problems.items() if problem not in (CHANGED, MISSING)
        ),
        skipped=tuple(skipped),
        removed=removed,
    )


def _pages_not_taken(root: Path, info: ImageInfo, named: Collection[str]) -> list[SkippedFile]:
    """What is to be told of a file whose other pages are no images of the project."""
    is_file = located(root, info.path)[1] == 1
    if info.pages > 1 and is_file and page_path(info.path, 2) not in named:
        return [SkippedFile(info.path, pages_left_out(info.pages))]
    return []


def _untouched(path: Path, before: ImageInfo) -> bool:
    """True when size and time of the file are those recorded."""
    try:
        stat = path.stat()
    except OSError as error:
        raise ImageError(path, error.strerror or "cannot be read") from error
    return stat.st_size == before.file_size and stat.st_mtime_ns == before.mtime_ns
