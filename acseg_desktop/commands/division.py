"""The division of a region by clicks: found off the GUI thread after each of them, and split when the user says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from acseg_core.errors import EditError
from acseg_core.types import OpChanges, PixelPatch
from acseg_desktop.canvas.preview import Preview
from acseg_desktop.canvas.raster import Point
from acseg_desktop.canvas.tools.clicks import ClicksTool
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.faults import sentence
from acseg_desktop.jobs import Job
from acseg_desktop.operations import strokes


class Division(QObject):
    """What the clicks of the tool divide.

    Args:
        context: The window's parts.
        tool: Whose clicks they are.
        split: Called with the job that splits.
    """

    def __init__(self, context: CommandContext, tool: ClicksTool, split: Callable[[Job], None]) -> None:
        super().__init__(tool)
        self._context, self._tool, self._split = context, tool, split
        self._request = 0
        self._found: PixelPatch | None = None
        self._is_wanted = False
        tool.asked.connect(self._on_asked)
        tool.applied.connect(self._on_applied)
        tool.changed.connect(self._on_changed)

    def _on_asked(self, region_id: int, this: list[Point], other: list[Point]) -> None:
        photo = self._context.viewer.photo
        if photo is None:
            return
        self._request += 1
        self._found, self._is_wanted = None, False
        request = self._request
        job = strokes.find_part(self._context.session, region_id, this, other, photo=photo)
        job.on_error(lambda error: self._on_failed(request, error))
        job.succeeded.connect(lambda part: self._on_found(request, region_id, part))

    def _on_found(self, request: int, region_id: int, part: PixelPatch) -> None:
        if request != self._request:
            return
        self._found = part
        if self._is_wanted:
            self._apply(region_id)
        else:
            self._tool.show_division(part)

    def _on_failed(self, request: int, error: Exception) -> None:
        if request != self._request:
            return
        self._is_wanted = False
        self._tool.show_division(None)
        if isinstance(error, EditError):
            self._context.say(sentence(error))
        else:
            self._context.jobs.failed.emit(error)

    def _on_applied(self, region_id: int, _this: list[Point], _other: list[Point]) -> None:
        """Split as it is shown; if the last click's division is still being found, when it is."""
        self._is_wanted = True
        if self._found is not None:
            self._apply(region_id)

    def _apply(self, region_id: int) -> None:
        part, self._found, self._is_wanted = self._found, None, False
        if part is None or not self._context.session.can_edit:
            return
        self._request += 1
        preview = self._tool.keep_division()
        job = strokes.split_part(self._context.session, region_id, part)
        if preview is not None:
            job.succeeded.connect(lambda outcome: self._on_split(preview, outcome))
            job.failed.connect(lambda _error: self._context.canvas.drop_preview(preview))
        self._split(job)

    def _on_split(self, preview: Preview, outcome: tuple[Any, OpChanges, Any]) -> None:
        preview.is_stored = True
        if not outcome[1].verb:
            self._context.canvas.drop_preview(preview)

    def _on_changed(self) -> None:
        """Called off: what is still being found is not wanted any more."""
        if not self._tool.is_drawing and not self._is_wanted:
            self._request += 1
            self._found = None
