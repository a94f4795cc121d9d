"""Scanning a project's image folder: new, changed, missing and moved files; and relocating it to another folder.

Every function is a generator: each ``yield`` is a progress tick and a place to stop; what was finished by then is
committed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
from collections import Counter
from collections.abc import Collection, Generator, Iterable, Mapping
from pathlib import Path

from acseg_core.errors import ImageError, ImagesNotFoundError
from acseg_core.images.files import CHANGED, MISSING, inspect_image, look_up_georeference
from acseg_core.images.finding import find_images
from acseg_core.images.georef import from_text
from acseg_core.images.image_paths import OUTSIDE, is_inside, page_path
from acseg_core.images.label_maps import LABEL_MAP, LabelMaps
from acseg_core.images.left_out import OTHER_FOLDER, OTHER_KIND, is_about_pages, is_in_other_folder, pages_left_out
from acseg_core.images.pages import located, with_pages
from acseg_core.images.world_files import Companions
from acseg_core.reports import ImageCount, ScanReport
from acseg_core.store import Project, queries
from acseg_core.store.edits import ingest
from acseg_core.store.edits.moving import move_images
from acseg_core.store.edits.removal import removed_images
from acseg_core.store.queries.scene_queries import scenes as all_scenes
from acseg_core.store.settings import TILE_SIDE, read_setting
from acseg_core.types import ImageInfo, Progress, SkippedFile
from acseg_core.workflows.image_folder import beside_lost, files_of, follow_moves, sort_out
from acseg_core.workflows.moved_images import MovePlan, plan_moves
from acseg_core.workflows.scene_scan import SceneReport, find_scenes, scan_scenes

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
    their regions but are marked as changed, files that are gone as missing. Files that were renamed or moved are known
    again by their bytes (`acseg_core.workflows.moved_images`). A folder whose files are all back loses its marks. New
    label maps of photos (`acseg_core.images.label_maps`) are left out, and reported as skipped, and so are images that
    were removed from the project, folders that hold no photos, and all pages of a file but the first
    (`acseg_core.images.left_out`).

    Args:
        project: Open for writing.
        label_maps: Take new label maps, too, as if they were photos; if left out, where the project has some already.
        all_folders: Search all folders; if left out, where the project has images of such a folder already.
        all_pages: Take all pages of a file (`acseg_core.images.pages`), not only where the project has some already.

    Raises:
        ImagesNotFoundError: The folder is missing, or a new project's folder holds no image that can be read.
    """
    everything_known = ingest.known_files(project)
    known = {path: info for path, info in everything_known.items() if info.tile is None}
    if all_folders is None:
        all_folders = any(map(is_in_other_folder, everything_known))
    found = files_of(project, all_folders=all_folders)
    sorted_out = sort_out(project, found, known)
    scenes = yield from scan_scenes(
        project,
        sorted_out.scenes,
        side=read_setting(project, TILE_SIDE),
        taken={*known, *sorted_out.images},
        candidates=beside_lost(project),
    )
    follow_moves(project, scenes.moved_files)
    everything = with_pages(project.image_root, sorted_out.images, known=known, everywhere=all_pages)
    gone = {image.path for image in removed_images(project)}
    paths = [path for path in everything if path not in gone]
    left_out = LabelMaps(project.image_root, sorted_out.images)
    if label_maps is None:
        label_maps = any(path in left_out for path in known)
    skipped = (*found.skipped, *sorted_out.skipped, *scenes.skipped)
    scan = _Scan(project, known, frozenset(paths), skipped=skipped, left_out=None if label_maps else left_out)
    try:
        for number, path in enumerate(paths):
            scan.look_at(path)
            yield Progress(number + 1, len(paths), path)
    except GeneratorExit:
        scan.save()
        raise
    return scan.finish(removed=len(everything) - len(paths), scenes=scenes)


class _Scan:
    """One scan of the image folder: what is found is saved as it comes, but for files that may have moved.

    Those are kept until the end, when it is known which images have lost their files.
    """

    def __init__(
        self,
        project: Project,
        known: Mapping[str, ImageInfo],
        paths: frozenset[str],
        *,
        skipped: Iterable[SkippedFile],
        left_out: LabelMaps | None,
    ) -> None:
        self._project, self._root = project, project.image_root
        self._known, self._paths, self._left_out = known, paths, left_out
        self._skipped = list(skipped)
        self._told = {file.path: file for file in queries.summary(project).skipped if is_about_pages(file.reason)}
        self._problems = {path: MISSING if is_inside(path) else OUTSIDE for path in known.keys() - paths}
        self._hashes = frozenset(info.sha256 for info in known.values())
        self._companions = Companions()
        self._inspected: list[ImageInfo] = []
        self._kept: dict[str, ImageInfo] = {}
        self._added = self._unchanged = 0

    def look_at(self, path: str) -> None:
        """Find out what a file is like, if it is not as it was."""
        before = self._known.get(path)
        try:
            if before is not None and _untouched(located(self._root, path)[0], before):
                self._problems[path] = ""
                self._unchanged += 1
                self._look_around(path, before)
                if path in self._told and not self._has_pages(path):
                    self._skipped.append(self._told[path])
            elif before is None and self._left_out is not None and path in self._left_out:
                self._skipped.append(SkippedFile(path, LABEL_MAP))
            else:
                self._take(inspect_image(self._root, path, thumbnails=self._project.thumbnails_dir), before)
        except ImageError as error:
            if before is None:
                self._skipped.append(SkippedFile(path, error.reason))
            else:
                self._problems[path] = error.reason
        if len(self._inspected) >= _ADDED_AT_ONCE:
            self.save()

    def save(self) -> None:
        """Add what was found so far."""
        ingest.add_images(self._project, self._inspected)
        self._inspected.clear()

    def finish(self, *, removed: int, scenes: SceneReport) -> ScanReport:
        """Let moved images have their new paths, and save the rest.

        Args:
            removed: Files that were left out as their images were removed from the project.
            scenes: What was found out about these.

        Raises:
            ImagesNotFoundError: The project has no image.
        """
        self.save()
        changed = self._kept.keys() & self._known.keys()
        lost = [path for path, problem in self._problems.items() if problem in (MISSING, OUTSIDE)] + list(changed)
        plan = plan_moves(self._project, self._known, lost=lost, free=self._kept)
        move_images(self._project, plan.certain)
        there = {info.path for info in plan.certain.values()}
        rest = [info for path, info in self._kept.items() if path not in there]
        ingest.add_images(self._project, rest)
        self._added += sum(info.path not in self._known or info.path in plan.certain for info in rest)
        self._unchanged -= len(there & (self._known.keys() - lost))
        for path in there:
            self._problems.pop(path, None)
        skipped = [file for file in self._skipped if not (file.path in there and page_path(file.path, 2) in there)]
        ingest.replace_skipped(self._project, skipped)
        ingest.mark_problems(self._project, self._problems)
        if not self._known and not self._added and not removed and not scenes.scenes:
            reason = f" (first: {skipped[0].path}: {skipped[0].reason})" if skipped else ""
            raise ImagesNotFoundError(
                f"{self._root}: none of its images can be read{reason}; choose a folder with photos"
            )
        counts = {"added": self._added, "unchanged": self._unchanged, "removed": removed}
        return _report(self._project, **counts, skipped=skipped, plan=plan, scenes=scenes)

    def _look_around(self, path: str, before: ImageInfo) -> None:
        """Find out where on a map an image lies that is as it was, if nobody has yet, or by what is beside it."""
        known = from_text(before.georeference or "")
        is_beside = known is not None and known.is_beside
        if before.georeference is None or is_beside or self._companions.of(located(self._root, path)[0]):
            with contextlib.suppress(ImageError):  # it may not be opened just now: a later scan looks again
                found = look_up_georeference(self._root, path)
                if found != before.georeference:
                    self._inspected.append(dataclasses.replace(before, georeference=found))

    def _take(self, info: ImageInfo, before: ImageInfo | None) -> None:
        self._skipped += self._pages_not_taken(info)
        if before is None:
            if info.sha256 in self._hashes:
                self._kept[info.path] = info
                return
            self._added += 1
        elif before.sha256 != info.sha256:
            self._kept[info.path] = info
            return
        else:
            self._unchanged += 1
        self._inspected.append(info)

    def _has_pages(self, path: str) -> bool:
        return page_path(path, 2) in self._paths

    def _pages_not_taken(self, info: ImageInfo) -> list[SkippedFile]:
        """What is to be told of a file whose other pages are no images of the project."""
        is_file = located(self._root, info.path)[1] == 1
        if info.pages > 1 and is_file and not self._has_pages(info.path):
            return [SkippedFile(info.path, pages_left_out(info.pages))]
        return []


def relocate_images(project: Project, new_root: Path) -> Generator[Progress, None, ScanReport]:
    """Tell the project that its images are now below ``new_root``.

    Every file is compared by hash with the one that was added, so that no label lands on another image; those that
    have another name or place there are known by it, too. Those that are missing or differ are marked.

    Raises:
        ImagesNotFoundError: The folder is missing, or not one of the project's images is there.
    """
    new_root = new_root.resolve()
    if not new_root.is_dir():
        raise ImagesNotFoundError(f"{new_root}: no such folder; choose the folder the images are in now")
    known = {path: info for path, info in ingest.known_files(project).items() if info.tile is None}
    problems: dict[str, str] = {}
    changed: dict[str, ImageInfo] = {}
    for number, (path, before) in enumerate(known.items()):
        try:
            info = inspect_image(new_root, path)
            problems[path] = "" if info.sha256 == before.sha256 else CHANGED
            if problems[path]:
                changed[path] = info
        except ImageError as error:
            problems[path] = error.reason
        yield Progress(number + 1, len(known), path)
    lost = [path for path, problem in problems.items() if problem in (MISSING, OUTSIDE, CHANGED)]
    removed = {image.path for image in removed_images(project)}
    others = yield from _others(new_root, known, lost, removed)
    plan = plan_moves(project, known, lost=lost, free=changed | others)
    unchanged = sum(not problem for problem in problems.values())
    files, is_scene_there = find_scenes(project, new_root, all_folders=any(map(is_in_other_folder, known)))
    wanted = [*known, *(scene.path for scene in all_scenes(project))]
    if wanted and not unchanged and not plan.certain and not is_scene_there:
        raise ImagesNotFoundError(
            f"{new_root}: none of the project's images are there; choose the folder that contains {wanted[0]}"
        )
    ingest.relocate(project, new_root)
    places = {scene.path for scene in all_scenes(project)} & set(files)
    scenes = yield from scan_scenes(project, sorted(places), candidates=files)
    follow_moves(project, scenes.moved_files)
    move_images(project, plan.certain)
    for info in plan.certain.values():
        unchanged -= problems.pop(info.path, None) == ""  # that image has given way
    ingest.mark_problems(project, problems)
    return _report(project, added=0, unchanged=unchanged, skipped=(), plan=plan, scenes=scenes)


def _others(
    root: Path, known: Mapping[str, ImageInfo], lost: Collection[str], removed: Collection[str]
) -> Generator[Progress, None, dict[str, ImageInfo]]:
    """Files that are at no known place, nor at that of a removed image, and are as large as one of those lost."""
    if not lost:
        return {}
    found = find_images(root, all_folders=any(map(is_in_other_folder, known)))
    sizes = {known[path].file_size for path in lost}
    others: dict[str, ImageInfo] = {}
    for number, path in enumerate(found.paths):
        with contextlib.suppress(ImageError, OSError):  # whatever it is, it is none of them
            if path not in known and path not in removed and (root / path).stat().st_size in sizes:
                others[path] = inspect_image(root, path)
        yield Progress(number + 1, len(found.paths), path)
    return others


def _report(
    project: Project,
    *,
    added: int,
    unchanged: int,
    skipped: Iterable[SkippedFile],
    plan: MovePlan,
    scenes: SceneReport,
    removed: int = 0,
) -> ScanReport:
    problems = {record.path: record.problem for record in queries.images(project) if record.problem}
    return ScanReport(
        added=added + scenes.added,
        unchanged=unchanged + scenes.unchanged,
        changed=tuple(path for path, problem in problems.items() if problem == CHANGED),
        missing=tuple(path for path, problem in problems.items() if problem == MISSING),
        unreadable=tuple(
            SkippedFile(path, problem) for path, problem in problems.items() if problem not in (CHANGED, MISSING)
        ),
        skipped=tuple(skipped),
        moved={**plan.new_paths, **scenes.moved},
        unsure=plan.unsure,
        removed=removed + scenes.removed,
        notes=tuple(scenes.notes),
    )


def _untouched(path: Path, before: ImageInfo) -> bool:
    """True when size and time of the file are those recorded."""
    try:
        stat = path.stat()
    except OSError as error:
        raise ImageError(path, error.strerror or "cannot be read") from error
    return stat.st_size == before.file_size and stat.st_mtime_ns == before.mtime_ns
