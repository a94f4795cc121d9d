"""Reads the tiles of a scene that are in sight, and its overview, off the GUI thread."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer

from acseg_core.errors import AcsegError, EditError
from acseg_core.store import Project, queries
from acseg_core.store.queries import scene_queries
from acseg_core.types import ImageRecord, Label, OpChanges, Scene
from acseg_core.workflows import links
from acseg_desktop.canvas.miniatures import paint_regions
from acseg_desktop.canvas.mosaic import Mosaic
from acseg_desktop.canvas.overview_reader import OverviewReader
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.tile_view import TileView, load_tile_view
from acseg_desktop.canvas.view import ImageCanvas
from acseg_desktop.jobs import Job
from acseg_desktop.session import Session

logger = logging.getLogger(__name__)

_AT_ONCE = 2
"""Tiles that are read at a time: what is wanted next is decided as late as possible."""
_PULL_MS = 15
_RECORDS_MS = 300
_PRIORITY = 4
_FAR_BATCH = 24
"""Tiles whose regions are drawn over the overview in one go."""


class MosaicLoader(QObject):
    """Keeps the mosaic on the canvas filled."""

    def __init__(self, session: Session, canvas: ImageCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._canvas = session, canvas
        self._mosaic: Mosaic | None = None
        self._running: dict[int, Job] = {}
        self._stale: set[int] = set()
        self._uncolored: set[int] = set()
        self._coloring: Job | None = None
        self._overview: Job | None = None
        self._pull_timer = QTimer(self, singleShot=True, interval=_PULL_MS)
        self._pull_timer.timeout.connect(self._pull)
        self._records_timer = QTimer(self, singleShot=True, interval=_RECORDS_MS)
        self._records_timer.timeout.connect(self._read_records)
        canvas.view_moved.connect(self._on_moved)
        canvas.looks_changed.connect(self._on_looks)
        session.changed.connect(self._on_changed)
        session.closing.connect(self.leave)

    @property
    def mosaic(self) -> Mosaic | None:
        """The tiles of the scene whose tile is shown, or None."""
        return self._mosaic

    @property
    def is_waiting(self) -> bool:
        """Whether something is read as soon as the mouse is still."""
        return self._pull_timer.isActive() or self._records_timer.isActive()

    def enter(self, scene: Scene, records: Sequence[ImageRecord], image_id: int) -> Mosaic:
        """The mosaic of a scene with that tile in the middle; what is there of it already stays."""
        there = self._mosaic
        if there is None or _looks(there.scene) != _looks(scene) or image_id not in there.records:
            self.leave()
            self._mosaic = Mosaic(scene, records, image_id)
            self._uncolored = set(self._mosaic.records)
            self._read_overview(self._mosaic)
            self._records_timer.start()
        else:
            there.move_to(image_id)
        self._pull_timer.start()
        assert self._mosaic is not None
        return self._mosaic

    def leave(self) -> None:
        """No tile is shown any more."""
        for job in [*self._running.values(), self._coloring, self._overview]:
            if job is not None:
                job.cancel()
        self._running.clear()
        self._stale.clear()
        self._coloring = self._overview = self._mosaic = None
        self._pull_timer.stop()
        self._records_timer.stop()

    def _on_moved(self) -> None:
        if self._mosaic is not None and not self._pull_timer.isActive():
            self._pull_timer.start()

    def _on_looks(self) -> None:
        if self._mosaic is not None:
            self._stale |= set(self._mosaic.records)
            self._on_moved()

    def _on_changed(self, changes: OpChanges) -> None:
        mosaic = self._mosaic
        if mosaic is None:
            return
        everywhere = changes.labels or (changes.images and not changes.image_ids)
        changed = set(mosaic.records) if everywhere else changes.image_ids & mosaic.records.keys()
        self._stale |= changed
        mosaic.awaited |= changed
        self._uncolored |= changed
        for image_id in changed & self._running.keys():
            self._running.pop(image_id).cancel()
        if changed:
            self._pull_timer.start()
        if changes.images or changed:
            self._records_timer.start()

    # Tiles

    def _pull(self) -> None:
        """Ask for what is in sight and not there; what is not in sight any more is not read."""
        mosaic = self._mosaic
        if mosaic is None or not self._session.is_open:
            return
        wanted = mosaic.missing(self._canvas.viewport, self._stale)
        ids = {image_id for image_id, _ in wanted}
        for image_id in self._running.keys() - ids:
            self._running.pop(image_id).cancel()
        for image_id, level in wanted:
            if len(self._running) >= _AT_ONCE:
                break
            if image_id not in self._running:
                self._read(mosaic, image_id, level)
        if mosaic.is_far(self._canvas.viewport):
            self._color(mosaic)

    def _read(self, mosaic: Mosaic, image_id: int, level: int) -> None:
        record, before, labels = mosaic.records[image_id], mosaic.view(image_id), self._session.labels
        tints = self._canvas.tint_palette
        self._stale.discard(image_id)

        def work(project: Project) -> TileView:
            return load_tile_view(project, record, level=level, labels=labels, tints=tints, before=before)

        job = self._session.read(work, priority=_PRIORITY)
        self._running[image_id] = job
        job.on_error(lambda error: logger.info("%s is not shown: %s", record.path, error), of=AcsegError)
        job.succeeded.connect(lambda view: self._on_read(job, view))
        job.finished.connect(lambda: self._on_finished(job, image_id))

    def _on_read(self, job: Job, view: TileView) -> None:
        if self._mosaic is not None and self._running.get(view.record.id) is job:
            self._mosaic.put(view)
            self._canvas.refresh_mosaic()

    def _on_finished(self, job: Job, image_id: int) -> None:
        if self._running.get(image_id) is job:
            del self._running[image_id]
        self._on_moved()

    # The whole scene

    def _read_overview(self, mosaic: Mosaic) -> None:
        reader = OverviewReader(mosaic.scene)
        self._read_strip(mosaic, reader, priority=_PRIORITY - 1)

    def _read_strip(self, mosaic: Mosaic, reader: OverviewReader, *, priority: int) -> None:
        """Read a part of the overview; in between others have their turn."""
        job = self._session.read(reader.step, priority=priority)
        path = mosaic.scene.path
        job.on_error(lambda error: logger.info("no overview of %s: %s", path, error), of=AcsegError)
        job.succeeded.connect(lambda picture: self._on_overview(mosaic, reader, picture))
        self._overview = job

    def _on_overview(self, mosaic: Mosaic, reader: OverviewReader, picture: Pyramid) -> None:
        if mosaic is not self._mosaic:
            return
        mosaic.take_overview(picture)
        self._canvas.refresh_mosaic(overview=True)
        if not reader.is_done:
            self._read_strip(mosaic, reader, priority=_PRIORITY + 2)

    def _color(self, mosaic: Mosaic) -> None:
        """Draw the regions of tiles over the overview, of some at a time."""
        if self._coloring is not None or not self._uncolored:
            return
        batch = sorted(self._uncolored, key=lambda each: each not in mosaic.records)[:_FAR_BATCH]
        self._uncolored.difference_update(batch)
        labels = self._session.labels
        places = {each: mosaic.place_in_overview(each) for each in batch if each in mosaic.records}

        def work(project: Project) -> dict[int, NDArray[np.uint32]]:
            sizes = {each: (rect.height, rect.width) for each, rect in places.items()}
            return _colors(project, sizes, dict(labels))

        job = self._session.read(work, priority=_PRIORITY + 2)
        job.on_error(lambda error: logger.info("regions not shown over the overview: %s", error), of=AcsegError)
        job.succeeded.connect(lambda colors: self._on_colors(mosaic, colors))
        job.finished.connect(lambda: self._on_colored(job))
        self._coloring = job

    def _on_colors(self, mosaic: Mosaic, colors: dict[int, NDArray[np.uint32]]) -> None:
        if mosaic is self._mosaic:
            mosaic.take_colors(colors)
            self._canvas.refresh_mosaic()

    def _on_colored(self, job: Job) -> None:
        if self._coloring is job:
            self._coloring = None
            self._on_moved()

    def _read_records(self) -> None:
        """What is done of the scene is told by the overview in the corner; what goes on over seams is lit together."""
        mosaic = self._mosaic
        if mosaic is None or not self._session.is_open:
            return
        scene_id = mosaic.scene.id

        def work(project: Project) -> tuple[list[ImageRecord], dict[int, int]]:
            return scene_queries.tiles_of(project, scene_id), links.links_of(project, scene_id)

        job = self._session.read(work, priority=8)
        job.succeeded.connect(lambda found: self._on_records(mosaic, *found))

    def _on_records(self, mosaic: Mosaic, records: Sequence[ImageRecord], component: Mapping[int, int]) -> None:
        if mosaic is self._mosaic and any(record.id == mosaic.current for record in records):
            mosaic.take_records(records)
            mosaic.link(component)
            self._canvas.refresh_mosaic(overview=True)


def scene_around(project: Project, record: ImageRecord) -> tuple[Scene, list[ImageRecord]] | None:
    """The scene that an image is a tile of, and its tiles; None of all other images."""
    scene = scene_queries.scene_of(project, record)
    return None if scene is None else (scene, scene_queries.tiles_of(project, scene.id))


def _colors(
    project: Project, sizes: dict[int, tuple[int, int]], labels: dict[int, Label]
) -> dict[int, NDArray[np.uint32]]:
    found = {}
    try:
        for record, regions in queries.image_regions(project, list(sizes)):
            height, width = sizes[record.id]
            found[record.id] = (
                paint_regions(regions, labels, height=height, width=width)
                if regions
                else np.zeros((height, width), np.uint32)
            )
    except EditError as error:
        logger.info("regions not shown over the overview: %s", error)
    return found


def _looks(scene: Scene) -> Scene:
    """All that decides what is seen of a scene: not that its file was read whole, or written again as it was."""
    return replace(scene, sha256="", mtime_ns=0)
