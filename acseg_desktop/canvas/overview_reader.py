"""Reads the picture of a whole scene a strip at a time, or takes the one that the project's cache has."""

from __future__ import annotations

import logging

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import StorageError
from acseg_core.images import rendering
from acseg_core.images.image_paths import path_below
from acseg_core.images.scenes import overview
from acseg_core.store import Project
from acseg_core.types import Scene
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.tile_view import AS_STORED

logger = logging.getLogger(__name__)

_UNREAD = 110


class OverviewReader:
    """The picture of one scene on its way; steps are taken one after another, off the GUI thread.

    Attributes:
        is_done: All of it is read.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._picture: NDArray[np.uint8] | None = None
        self._strips = overview.overview_strips(scene.width, scene.height)
        self.is_done = False

    def step(self, project: Project) -> Pyramid:
        """Read some more; the picture as far as it is read.

        Raises:
            ImageError: The file cannot be read.
            ExtraMissingError: What reads scenes is not installed.
        """
        scene = self._scene
        kept_at = overview.overview_path(project.thumbnails_dir, scene.fingerprint, scene.rendering)
        if self._picture is None:
            kept = overview.kept_overview(kept_at)
            across, down = overview.overview_size(scene.width, scene.height)
            if kept is not None and kept.shape[:2] == (down, across):
                self.is_done = True
                return _prepared(kept)
            self._picture = np.full((down, across, 3), _UNREAD, np.uint8)
        top, bottom = self._strips.pop(0)
        shown = rendering.from_text(scene.rendering) or AS_STORED
        path, size = path_below(project.image_root, scene.path), (scene.width, scene.height)
        self._picture[top:bottom] = overview.read_strip(path, size, (top, bottom), shown)
        if not self._strips:
            self.is_done = True
            try:
                overview.keep_overview(self._picture, kept_at)
            except StorageError as error:
                logger.info("the overview of %s is not kept: %s", scene.path, error)
        return _prepared(self._picture.copy())


def _prepared(picture: NDArray[np.uint8]) -> Pyramid:
    pyramid = Pyramid(picture)
    pyramid.prepare()
    return pyramid
