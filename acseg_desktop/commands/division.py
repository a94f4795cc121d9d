"""What clicks cut out: found off the GUI thread after each of them, and made a region when the user says so."""

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
    """What the clicks of the tool cut out.

    Args:
        context: The window's parts.
        tool: Whose clicks they are.
        keep: Called with the job that makes a region of it.
    """

    def __init__(self, context: CommandContext, tool: ClicksTool, keep: Callable[[Job], None]) -> None:
        super().__init__(tool)
        self._context, self._tool, self._keep = context, tool, keep
        self._image_id: int | None = None
        self._request = 0
        self._found: PixelPatch | None = None
        self._is_wanted = False
        tool.asked.connect(self._on_asked)
        tool.applied.connect(self._on_applied)
        tool.changed.connect(self._on_changed)

    def _on_asked(self, this: list[Point], other: list[Point]) -> None:
        photo, image_id = self._context.viewer.photo, self._context.viewer.image_id
        if photo is None or image_id is None:
            return
        self._image_id = image_id
        self._request += 1
        self._found, self._is_wanted = None, False
        request = self._request
        job = strokes.find_thing(self._context.session, image_id, this, other, photo=photo)
        job.on_error(lambda error: self._on_failed(request, error))
        job.succeeded.connect(lambda part: self._on_found(request, part))

    def _on_found(self, request: int, part: PixelPatch) -> None:
        if request != self._request:
            return
        self._found = part
        if self._is_wanted:
            self._apply()
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

    def _on_applied(self) -> None:
        """Keep what is shown; if what the last click found is still on its way, when it is there."""
        self._is_wanted = True
        if self._found is not None:
            self._apply()

    def _apply(self) -> None:
        part, self._found, self._is_wanted = self._found, None, False
        if part is None or self._image_id is None or not self._context.session.can_edit:
            return
        self._request += 1
        preview = self._tool.keep_division()
        job = strokes.take_out(self._context.session, self._image_id, part)
        if preview is not None:
            job.succeeded.connect(lambda outcome: self._on_kept(preview, outcome))
            job.failed.connect(lambda _error: self._context.canvas.drop_preview(preview))
        self._keep(job)

    def _on_kept(self, preview: Preview, outcome: tuple[int | None, OpChanges, Any]) -> None:
        preview.is_stored, preview.stored_id = True, outcome[0]
        if not outcome[1].verb:
            self._context.canvas.drop_preview(preview)

    def _on_changed(self) -> None:
        """Called off: what is still being found is not wanted any more."""
        if not self._tool.is_drawing and not self._is_wanted:
            self._request += 1
            self._found = None
