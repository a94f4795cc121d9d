"""Scanning the scenes of a project: new, changed, missing and moved ones, each with all of its tiles.

A scene whose file has the size and time recorded is not opened. One with another time is known by its fingerprint, and
by the hash of the whole file if there was time to make it; one that was renamed or moved, likewise.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Collection, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from acseg_core.errors import ExtraMissingError, ImageError
from acseg_core.images import georef
from acseg_core.images.files import CHANGED, MISSING
from acseg_core.images.finding import find_images
from acseg_core.images.image_paths import OUTSIDE, file_of_tile, is_inside, path_below
from acseg_core.images.scenes.fingerprint import tile_hash
from acseg_core.images.scenes.raster import read_header
from acseg_core.images.scenes.tile_reader import NOTHING_TO_SEE
from acseg_core.images.scenes.tiling import TILE_SIDE
from acseg_core.images.world_files import Companions
from acseg_core.store import Project
from acseg_core.store.edits import scenes as edits
from acseg_core.store.edits.ingest import mark_problems
from acseg_core.store.edits.removal import removed_images
from acseg_core.store.edits.renderings import choice_for_new_images
from acseg_core.store.queries import scene_queries
from acseg_core.types import ImageInfo, Progress, Scene, SkippedFile
from acseg_core.workflows.moved_images import match
from acseg_core.workflows.scenes import identity, is_same_file, is_untouched, read_scene, tiles_of

TILE_NAME_TAKEN = "an image is named like one of its tiles; rename one of the two files"
"""Reason given for a scene that is left out, as paths of images are unique."""


@dataclass(slots=True)
class SceneReport:
    """What a scan found out about scenes.

    Attributes:
        added: Tiles that are new.
        unchanged: Tiles that are as they were.
        removed: Tiles that stay out as they were removed from the project.
        moved: The new path of each tile that moved, by its old one.
        moved_files: The same of the scenes themselves.
        skipped: Files that cannot be used, and why.
        notes: What else there is to be told, a line each.
        scenes: Scenes whose files are there.
    """

    added: int = 0
    unchanged: int = 0
    removed: int = 0
    moved: dict[str, str] = field(default_factory=dict)
    moved_files: dict[str, str] = field(default_factory=dict)
    skipped: list[SkippedFile] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    scenes: int = 0


def scan_scenes(
    project: Project,
    paths: Collection[str],
    *,
    side: int = TILE_SIDE,
    taken: Collection[str] = (),
    candidates: Collection[str] = (),
) -> Generator[Progress, None, SceneReport]:
    """Bring the scenes of a project up to date with the files there are.

    Args:
        project: Open for writing.
        paths: Of rasters below the image folder that are scenes.
        side: Pixels of the side of the tiles of new scenes, about.
        taken: Paths of images that are no tiles.
        candidates: Of more files, which may be scenes that moved, and are of no account otherwise.

    Yields:
        A tick for each file, and more of those that take long; what is finished by then is saved.
    """
    scan = _SceneScan(project, paths, side=side, taken=taken, candidates=candidates)
    yield from scan.compare()
    yield from scan.move()
    yield from scan.add()
    return scan.finish()


class _SceneScan:
    """One scan: known scenes are compared with their files, then moved ones are found, then new ones are added."""

    def __init__(
        self,
        project: Project,
        paths: Collection[str],
        *,
        side: int,
        taken: Collection[str],
        candidates: Collection[str],
    ) -> None:
        self._candidates = frozenset(candidates) - frozenset(paths)
        self._project, self._root, self._side = project, project.image_root, side
        self._taken, self._paths = frozenset(taken), list(paths)
        self._known = {scene.path: scene for scene in scene_queries.scenes(project)}
        self._removed = {image.path for image in removed_images(project)}
        self._choice = choice_for_new_images(project)
        there = frozenset(paths)
        self._lost = {path: scene for path, scene in self._known.items() if path not in there}
        self._changed: dict[str, Scene] = {}
        self._companions = Companions()
        self._report = SceneReport()

    def compare(self) -> Generator[Progress, None, None]:
        """Find out which known scenes are as they were."""
        there = [path for path in self._paths if path in self._known]
        for number, path in enumerate(there):
            scene = self._known[path]
            yield Progress(number, len(there), path)
            try:
                file = path_below(self._root, path)
                if is_untouched(file, scene):
                    self._look_around(file, scene)
                elif (yield from is_same_file(file, scene)):
                    self._refresh(scene, file)
                else:
                    self._changed[path] = scene
            except ImageError as error:
                self._mark_all(scene, error.reason)
            except OSError:
                self._lost[path] = scene

    def move(self) -> Generator[Progress, None, None]:
        """Let scenes that moved have their new paths; those that are gone, and those that changed, are told."""
        lost = self._lost | self._changed
        moves: dict[str, Scene] = {}
        if lost:
            moves = yield from self._moves(lost)
        before = {path: scene_queries.tiles_of(self._project, lost[path].id) for path in moves}
        edits.move_scenes(self._project, {lost[path].id: scene for path, scene in moves.items()})
        for path, scene in moves.items():
            after = {record.id: record.path for record in scene_queries.tiles_of(self._project, lost[path].id)}
            self._report.moved |= {each.path: after[each.id] for each in before[path] if after[each.id] != each.path}
            self._report.moved_files[path] = scene.path
            self._mark(scene)
        for path, scene in lost.items():
            if path not in moves and path not in self._changed:
                self._mark_all(scene, MISSING if is_inside(path) else OUTSIDE)
        arrived = {scene.path for scene in moves.values()}
        self._paths = [path for path in self._paths if path not in arrived]
        for path, scene in self._changed.items():
            if path not in moves:
                yield from self._take_changed(scene)

    def add(self) -> Generator[Progress, None, None]:
        """Add the files that are no known scene's."""
        fresh = [path for path in self._paths if path not in self._known]
        for number, path in enumerate(fresh):
            yield Progress(number, len(fresh), path)
            try:
                scene, tiles = yield from read_scene(self._root, path, side=self._side, choice=self._choice)
            except (ImageError, ExtraMissingError) as error:
                self._skip(path, error)
                continue
            if any(info.path in self._taken for info in tiles):
                self._report.skipped.append(SkippedFile(path, TILE_NAME_TAKEN))
                continue
            edits.add_scene(self._project, scene, tiles)
            self._report.added += sum(info.path not in self._removed for info in tiles)

    def finish(self) -> SceneReport:
        """What was found out."""
        there = {scene.path for scene in scene_queries.scenes(self._project)} - self._lost.keys()
        self._report.scenes = len(there)
        gone = (file_of_tile(image.path) for image in removed_images(self._project))
        self._report.removed = sum(path in there for path in gone)
        return self._report

    def _moves(self, lost: Mapping[str, Scene]) -> Generator[Progress, None, dict[str, Scene]]:
        """What each scene that moved is like now, by the path it had. Files with the same bytes are all the same."""
        sizes = {scene.file_size for scene in lost.values()}
        free: dict[str, tuple[int, int, str]] = {}
        for path in (*self._paths, *self._candidates):
            if path in self._known and path not in lost:
                continue
            with contextlib.suppress(ImageError, OSError):  # whatever it is, it is none of them
                file = path_below(self._root, path)
                if file.stat().st_size in sizes:
                    free[path] = identity(file)
            yield Progress(0, 0, path)
        prints = {path: scene.fingerprint for path, scene in lost.items()}
        pairs, unsure = match(prints, {path: each[2] for path, each in free.items()})
        for move in unsure:
            left = [path for path in move.candidates if path not in pairs.values()]
            pairs |= {move.path: left[0]} if left else {}
        found = {}
        for path, now in pairs.items():
            scene, (size, mtime, _) = lost[path], free[now]
            if mtime == scene.mtime_ns or (yield from is_same_file(path_below(self._root, now), scene)):
                found[path] = dataclasses.replace(scene, path=now, file_size=size, mtime_ns=mtime)
        return _possible(found, self._known.keys())

    def _take_changed(self, scene: Scene) -> Generator[Progress, None, None]:
        """Tiles without work take the new content, those with work count as changed, and so do those that are gone."""
        try:
            now, tiles = yield from read_scene(self._root, scene.path, side=scene.tile_side, shown=scene.rendering)
        except (ImageError, ExtraMissingError) as error:
            self._mark_all(scene, error.reason if isinstance(error, ImageError) else str(error))
            return
        known = {record.path: record for record in scene_queries.tiles_of(self._project, scene.id)}
        wanted = {info.path for info in tiles} | known.keys()
        grid = {info.path: info for info in tiles_of(now)}
        edits.drop_tiles(self._project, [each.id for path, each in known.items() if path not in grid], CHANGED)
        shown = {path: each.info.rendering for path, each in known.items()}
        usual = next(iter(shown.values()), now.rendering)  # of all tiles of a scene, however it was shown at first
        taken = [
            dataclasses.replace(info, rendering=shown.get(path, usual)) for path, info in grid.items() if path in wanted
        ]
        edits.add_scene(self._project, now, taken)
        self._mark(dataclasses.replace(now, id=scene.id))
        self._report.added += sum(info.path not in known and info.path not in self._removed for info in taken)
        if (now.width, now.height) != (scene.width, scene.height):
            self._report.notes.append(
                f"{scene.path}: {now.width} x {now.height} pixels now, {scene.width} x {scene.height} when it was added"
            )

    def _look_around(self, file: Path, scene: Scene) -> None:
        """A scene as it was may have got another world file."""
        known = georef.from_text(scene.georeference)
        if (known is not None and known.is_beside) or self._companions.of(file):
            self._refresh(scene, file)
        else:
            self._mark(scene)

    def _refresh(self, scene: Scene, file: Path) -> None:
        """The same bytes: size and time are noted, and where it lies, if that can be read just now."""
        status = file.stat()
        now = dataclasses.replace(scene, file_size=status.st_size, mtime_ns=status.st_mtime_ns)
        with contextlib.suppress(ExtraMissingError):  # it stays as noted
            now = dataclasses.replace(now, georeference=georef.to_text(read_header(file).reference))
        if now != scene:
            edits.refresh_scene(self._project, now, tiles_of(now))
        self._mark(now)

    def _mark(self, scene: Scene) -> None:
        """Note which tiles are still of what the file holds; of those without data that stays noted."""
        problems = {}
        for record in scene_queries.tiles_of(self._project, scene.id):
            if not _is_of(record.info, scene):
                problems[record.path] = CHANGED
            elif record.problem != NOTHING_TO_SEE:
                problems[record.path] = ""
        mark_problems(self._project, problems)
        self._report.unchanged += sum(not problem for problem in problems.values())

    def _mark_all(self, scene: Scene, problem: str) -> None:
        tiles = scene_queries.tiles_of(self._project, scene.id)
        mark_problems(self._project, {record.path: problem for record in tiles})

    def _skip(self, path: str, error: ImageError | ExtraMissingError) -> None:
        reason = error.reason if isinstance(error, ImageError) else str(error)
        self._report.skipped.append(SkippedFile(path, reason))


def _is_of(info: ImageInfo, scene: Scene) -> bool:
    return info.tile is not None and info.sha256 == tile_hash(scene.fingerprint, info.tile, info.width, info.height)


def _possible(moves: Mapping[str, Scene], known: Iterable[str]) -> dict[str, Scene]:
    """Without those to the place of a scene that stays there, or whose own file is nowhere."""
    possible, taken = dict(moves), set(known)
    while blocked := [path for path, scene in possible.items() if scene.path in taken and scene.path not in possible]:
        for path in blocked:
            del possible[path]
    return possible


def find_scenes(project: Project, root: Path, *, all_folders: bool = False) -> tuple[list[str], bool]:
    """Files in another folder that may be a project's scenes: by their paths there, or by their size.

    Args:
        project: The project.
        root: The folder.
        all_folders: As of `find_images`.

    Returns:
        Their paths, and whether one of them surely is.
    """
    known = {scene.path: scene for scene in scene_queries.scenes(project) if is_inside(scene.path)}
    if not known:
        return [], False
    found = find_images(root, all_folders=all_folders, rasters=True)
    sizes, prints = {each.file_size for each in known.values()}, {each.fingerprint for each in known.values()}
    places, is_there = [], False
    for path in {*found.paths, *found.rasters, *known}:
        with contextlib.suppress(ImageError, OSError):
            if path in known or (root / path).stat().st_size in sizes:
                is_there = identity(root / path)[2] in prints or is_there
                places.append(path)
    return sorted(places), is_there
