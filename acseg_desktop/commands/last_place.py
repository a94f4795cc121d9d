"""The last place: which image of a project one left, and where in it, so that opening it again leads back there."""

from __future__ import annotations

import json
import math
from typing import Any

from PySide6.QtCore import QObject

from acseg_core.store import Project, queries
from acseg_core.types import ImageRecord
from acseg_desktop.commands.context import CommandContext

_PREFERENCE = "places"
_MOST = 100
"""Projects that are remembered."""


class LastPlace(QObject):
    """Keeps the places in the preferences, by the folder of the project: they are this person's, not the project's."""

    def __init__(self, context: CommandContext) -> None:
        super().__init__(context.window)
        self._context = context
        self._wanted: tuple[int, tuple[float, float, float] | None] | None = None
        context.session.opened.connect(self._on_opened)
        context.session.leaving.connect(self._remember)
        context.viewer.image_shown.connect(self._on_shown)

    def _remember(self) -> None:
        viewer, project = self._context.viewer, self._context.session.project
        if project is None or viewer.record is None:
            return
        key = str(project.folder.absolute())
        places = {folder: place for folder, place in self._read().items() if folder != key}
        places[key] = {"image": viewer.record.path, "view": self._context.canvas.place}
        newest = dict(list(places.items())[-_MOST:])
        self._context.preferences.store(_PREFERENCE, json.dumps(newest))

    def _on_opened(self) -> None:
        self._wanted = None
        project = self._context.session.require()
        place = self._read().get(str(project.folder.absolute()))
        if not isinstance(place, dict) or not isinstance(path := place.get("image"), str):
            return
        view = _numbers(place.get("view"))

        def find(project: Project) -> ImageRecord | None:
            return queries.image_by_path(project, path)

        job = self._context.session.read(find, priority=0)
        job.succeeded.connect(lambda record: self._go(record, view))

    def _go(self, record: ImageRecord | None, view: tuple[float, float, float] | None) -> None:
        if record is not None and self._context.session.is_open:
            self._wanted = record.id, view
            self._context.viewer.show(record.id)

    def _on_shown(self, record: ImageRecord) -> None:
        if self._wanted is None:
            return
        (image_id, view), self._wanted = self._wanted, None
        if record.id == image_id and view is not None:
            self._context.canvas.go_to(*view)

    def _read(self) -> dict[str, Any]:
        try:
            stored = json.loads(self._context.preferences.text(_PREFERENCE, "{}"))
        except ValueError:
            return {}
        return stored if isinstance(stored, dict) else {}


def _numbers(value: object) -> tuple[float, float, float] | None:
    """Three numbers, or None for anything else: the file may have been written by hand."""
    if not isinstance(value, list) or len(value) != 3:
        return None
    if not all(isinstance(each, int | float) and math.isfinite(each) for each in value):
        return None
    return float(value[0]), float(value[1]), float(value[2])
