"""Brings the current image and its regions onto the canvas, off the GUI thread, dropping what came too late."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from acseg_core.errors import AcsegError, EditError
from acseg_core.images.files import load_added
from acseg_core.shapes.parts import count_parts
from acseg_core.store import Project, queries
from acseg_core.store.queries.image_list import images_by_id
from acseg_core.types import ImageRecord, OpChanges, Region
from acseg_core.types import Scene as RasterScene
from acseg_desktop.canvas.mosaic import Mosaic
from acseg_desktop.canvas.mosaic_loader import MosaicLoader, scene_around
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.region_map import RegionGrid
from acseg_desktop.canvas.region_map_building import lay_out
from acseg_desktop.canvas.scene_view import Beside
from acseg_desktop.canvas.view import ImageCanvas
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words
from acseg_desktop.session import Session

tr = Words("Canvas")

logger = logging.getLogger(__name__)

_CACHE_BYTES = 400_000_000
_BYTES_PER_PIXEL = 5
"""Bytes of a scene per pixel: the photo, its smaller levels and the grid."""
_DEBOUNCE_MS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything the canvas shows of one image.

    Attributes:
        record: The image.
        pyramid: The photo, or None when the file cannot be used.
        regions: Largest first.
        grid: Which region each pixel belongs to.
        parts: How many parts each region has, by its id.
        problem: Why there are no pixels, or "".
        around: The scene that it is a tile of, and the tiles of that; None of what is no tile.
    """

    record: ImageRecord
    pyramid: Pyramid | None
    regions: tuple[Region, ...]
    grid: RegionGrid
    parts: Mapping[int, int]
    problem: str = ""
    around: tuple[RasterScene, Sequence[ImageRecord]] | None = None

    @property
    def size(self) -> int:
        """Bytes held."""
        return self.grid.slots.nbytes + (0 if self.pyramid is None else self.pyramid.nbytes)


class ImageViewer(QObject):
    """The current image.

    Attributes:
        keeps_view: Zoom and place stay as they are when another image is shown.

    Signals:
        image_shown(ImageRecord): Another image is on the canvas, or could not be.
        regions_shown(): The regions of the current image were read anew.
        cleared(): There is no current image any more.
        lost(int): The current image was removed from the project; another one is to be shown.
    """

    image_shown = Signal(object)
    regions_shown = Signal()
    cleared = Signal()
    lost = Signal(int)

    def __init__(self, session: Session, canvas: ImageCanvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._canvas = canvas
        self.keeps_view = False
        self.mosaic_loader = MosaicLoader(session, canvas, self)
        self._stays = False
        self._stale: set[int] = set()
        self._changes = 0
        self._wanted: int | None = None
        self._request = 0
        self._scene: Scene | None = None
        self._cache: OrderedDict[int, Scene] = OrderedDict()
        self._select_next: frozenset[int] | None = None
        self._selected_then: frozenset[int] = frozenset()
        self._debounce = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self._debounce.timeout.connect(self._load_soon)
        session.closing.connect(self.clear)
        session.changed.connect(self._on_changed)
        canvas.tile_wanted.connect(self._on_tile_wanted)
        canvas.tile_hovered.connect(lambda image_id: self.prefetch(image_id, priority=3))

    @property
    def image_id(self) -> int | None:
        """The image that is shown or about to be."""
        return self._wanted

    @property
    def record(self) -> ImageRecord | None:
        """The image on the canvas."""
        return self._scene.record if self._scene is not None else None

    @property
    def photo(self) -> NDArray[np.uint8] | None:
        """(H, W, 3) uint8 RGB, the image on the canvas; None where there is none."""
        return None if self._scene is None or self._scene.pyramid is None else self._scene.pyramid.pixels

    @property
    def is_waiting(self) -> bool:
        """Whether regions are read anew as soon as the mouse is still."""
        return self._debounce.isActive() or self.mosaic_loader.is_waiting

    @property
    def is_settled(self) -> bool:
        """Whether the image on the canvas is the one that is wanted."""
        return self._scene is not None and self._scene.record.id == self._wanted

    @property
    def regions(self) -> Sequence[Region]:
        """Regions of the image on the canvas, largest first."""
        return self._scene.regions if self._scene is not None else ()

    @property
    def parts(self) -> Mapping[int, int]:
        """How many parts each region of the image on the canvas has, by its id."""
        return self._scene.parts if self._scene is not None else {}

    def region(self, region_id: int) -> Region | None:
        """A region of the image on the canvas."""
        return next((region for region in self.regions if region.id == region_id), None)

    def show(self, image_id: int, *, select: frozenset[int] | None = None) -> None:
        """Make an image the current one; ``select`` there unless the user selects something before it is read.

        An empty selection is selected, too; of None, and of regions that are all gone, the selection stays.
        """
        self._stays = False
        self._wanted = image_id
        self._select_next = select
        self._selected_then = self._canvas.selection
        self._load()

    def reload(self) -> None:
        """Read the current image and its regions anew."""
        if self._wanted is not None:
            self._cache.pop(self._wanted, None)
            self._load()

    def clear(self) -> None:
        """Show nothing."""
        self._request += 1
        self._debounce.stop()
        self._wanted = None
        self._scene = None
        self._cache.clear()
        self._stale.clear()
        self.mosaic_loader.leave()
        self._canvas.clear()
        self.cleared.emit()

    def prefetch(self, image_id: int, *, priority: int = 7) -> None:
        """Read an image that will probably be wanted next, unless it is so large that two do not fit."""
        known = self._cache.get(image_id)
        if (known is not None and image_id not in self._stale) or not self._session.is_open:
            return
        changes = self._changes

        def work(project: Project) -> Scene | None:
            record = queries.image(project, image_id)
            is_large = 2 * _BYTES_PER_PIXEL * record.width * record.height > _CACHE_BYTES
            return None if is_large else load_scene(project, image_id, known)

        job = self._session.read(work, priority=priority)
        job.on_error(lambda error: logger.info("not read ahead: %s", error), of=AcsegError)
        job.succeeded.connect(lambda scene: self._keep(scene) if changes == self._changes else None)

    def _on_tile_wanted(self, image_id: int) -> None:
        """Make another tile the current one where it is; at once if it was read ahead."""
        self.show(image_id)
        self._stays = True
        ready = self._cache.get(image_id)
        if ready is not None and image_id not in self._stale:
            self._on_loaded(self._request, ready)

    def _load(self) -> None:
        image_id = self._wanted
        if image_id is None or not self._session.is_open:
            return
        self._debounce.stop()
        self._request += 1
        request = self._request
        cached = self._cache.get(image_id)

        def work(project: Project) -> Scene | int | None:
            if request != self._request:
                return None
            return load_scene(project, image_id, cached) if images_by_id(project, [image_id]) else image_id

        job = self._session.read(work, priority=0)
        job.on_error(lambda _error: self._on_loaded(request, image_id), of=EditError)  # removed just now
        job.succeeded.connect(lambda scene: self._on_loaded(request, scene))

    def _on_loaded(self, request: int, scene: Scene | int | None) -> None:
        if request != self._request or scene is None or self._session.project is None:
            return
        if isinstance(scene, int):
            self._cache.pop(scene, None)
            self.lost.emit(scene)
            return
        before, self._scene = self._scene, scene
        self._keep(scene)
        same_image = before is not None and before.record.id == scene.record.id
        if same_image and self._canvas.selection != self._selected_then:
            self._select_next = None
        if scene.pyramid is None:
            self.mosaic_loader.leave()
            self._canvas.clear(scene.problem)
        else:
            if not same_image or before is None or before.pyramid is not scene.pyramid:
                self._show_picture(scene, scene.pyramid, before)
            self._canvas.show_regions(scene.grid, scene.regions, self._session.labels)
        if not same_image:
            self._canvas.set_hidden(frozenset())
        if not same_image or before is None or before.record != scene.record:
            self.image_shown.emit(scene.record)
        self.regions_shown.emit()
        self._select_wanted(scene)
        self._canvas.go_on(scene.record.id)

    def _show_picture(self, scene: Scene, pyramid: Pyramid, before: Scene | None) -> None:
        """Show the photo; a tile where it is in its scene."""
        same_image = before is not None and before.record.id == scene.record.id
        was_fitted = self._canvas.viewport.fitted
        mosaic, beside = self._around(scene, before)
        keeps = same_image or self.keeps_view
        self._canvas.show_image(pyramid, keep_view=keeps, mosaic=mosaic, beside=beside)
        if beside is not None and not self._stays:
            if was_fitted and not keeps:
                self._canvas.fit()
            else:
                self._canvas.reveal_picture()

    def _around(self, scene: Scene, before: Scene | None) -> tuple[Mosaic | None, Beside]:
        """The tiles around an image, and where it is from the one before, if both are of one scene."""
        if scene.around is None:
            self.mosaic_loader.leave()
            return None, None
        last = self._canvas.mosaic
        is_near = before is not None and last is not None and before.record.id == last.current
        if before is not None and last is not None and is_near and before.record.id != scene.record.id:
            last.put(self._canvas.view_of(before.record))
        mosaic = self.mosaic_loader.enter(*scene.around, scene.record.id)
        if mosaic is not last or before is None or not is_near:
            return mosaic, None
        was = before.record.info.tile
        now = scene.record.info.tile
        if was is None or now is None or before.record.id == scene.record.id:
            return mosaic, None
        return mosaic, (now.left - was.left, now.top - was.top)

    def _select_wanted(self, scene: Scene) -> None:
        wanted, self._select_next = self._select_next, None
        here = {region.id for region in scene.regions}
        if wanted is not None and (wanted & here or not wanted) and scene.pyramid is not None:
            self._canvas.select(wanted & here)

    def _keep(self, scene: Scene | None) -> None:
        if self._session.project is None or scene is None:
            return
        self._stale.discard(scene.record.id)
        self._cache[scene.record.id] = scene
        self._cache.move_to_end(scene.record.id)
        while len(self._cache) > 1 and sum(kept.size for kept in self._cache.values()) > _CACHE_BYTES:
            self._cache.popitem(last=False)

    def _on_changed(self, changes: OpChanges) -> None:
        all_images = changes.images and not changes.image_ids
        self._changes += 1
        self._stale |= self._cache.keys() if all_images or changes.labels else changes.image_ids
        if self._wanted is None:
            return
        new_labels = changes.labels and self._scene is not None
        if self._wanted in changes.image_ids or all_images or new_labels:
            self._load_soon()

    def _load_soon(self) -> None:
        """Read the image anew, but not while a stroke is painted: it shows already what it does, and must be smooth."""
        if self._canvas.tool.is_painting:
            self._request += 1  # what is being read now is too old for the canvas
            self._debounce.start()
        else:
            self._load()


def load_scene(project: Project, image_id: int, cached: Scene | None) -> Scene:
    """Read an image and its regions; photo and grid are taken from ``cached`` where they are the same."""
    record = queries.image(project, image_id)
    regions = tuple(queries.regions(project, image_id))
    pyramid, problem = None, ""
    if (
        cached is not None
        and cached.pyramid is not None
        and not record.problem
        and cached.record.info.shown_as == record.info.shown_as
    ):
        pyramid = cached.pyramid
    elif record.problem == "missing":
        problem = tr("{path} is missing").format(path=record.path)
    else:
        try:
            pixels = load_added(project.image_root, record.info).rgb
            pyramid = Pyramid(pixels)
            pyramid.prepare()
        except AcsegError as error:
            problem = translated(getattr(error, "reason", error))
            problem = f"{record.path}: {problem}"
    before = None if cached is None else (cached.regions, cached.grid)
    grid = lay_out(regions, height=record.height, width=record.width, before=before)
    around = scene_around(project, record) if cached is None or pyramid is not cached.pyramid else cached.around
    return Scene(record, pyramid, regions, grid, _count_parts(regions, cached), problem, around)


def _count_parts(regions: Sequence[Region], cached: Scene | None) -> dict[int, int]:
    """How many parts regions have; those whose pixels are the same are not counted again."""
    before = {} if cached is None else {region.id: region for region in cached.regions}
    found: dict[int, int] = {}
    for region in regions:
        same = before.get(region.id)
        if cached is not None and same is not None and same.mask == region.mask:
            found[region.id] = cached.parts[region.id]
        else:
            found[region.id] = count_parts(region.mask)
    return found
