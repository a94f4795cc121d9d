"""Commands of zoom and overlay, and of what is hidden; the log folder and what the program is."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from acseg_desktop.commands.context import CommandContext
from acseg_desktop.dialogs.lists import About
from acseg_desktop.language.words import Words
from acseg_desktop.logs import log_folder

tr = Words("View")

_ZOOM_STEP = 1.25
DEFAULT_OPACITY = 50


class ViewCommands:
    """Zoom, overlay, help."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context
        self._overlay = True
        self._outlines = context.preferences.flag("outlines", True)
        context.canvas.set_outlines(self._outlines)

    @property
    def overlay_shown(self) -> bool:
        """Whether the regions' colours are shown."""
        return self._overlay

    @property
    def outlines_shown(self) -> bool:
        """Whether the regions' outlines are shown."""
        return self._outlines

    @property
    def checked(self) -> dict[str, bool]:
        """Which of the switches are on, by action."""
        return {"view.overlay": self._overlay, "view.outlines": self._outlines}

    def fit(self) -> None:
        """Fit the image into the window; of a tile that is fitted already, all of its scene."""
        canvas = self._context.canvas
        if canvas.mosaic is not None and canvas.viewport.fitted:
            canvas.fit_scene()
        else:
            canvas.fit()

    def actual_size(self) -> None:
        """One image pixel on one pixel."""
        self._context.canvas.actual_size()

    def zoom_in(self) -> None:
        """Come nearer."""
        self._context.canvas.zoom_by(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """Go away."""
        self._context.canvas.zoom_by(1 / _ZOOM_STEP)

    def toggle_overlay(self) -> None:
        """Show the colours, or the bare photo."""
        self._overlay = not self._overlay
        self._context.canvas.set_overlay_visible(self._overlay)
        self._context.refresh()

    def toggle_outlines(self) -> None:
        """Show the outlines, or not."""
        self._outlines = not self._outlines
        self._context.preferences.store("outlines", self._outlines)
        self._context.canvas.set_outlines(self._outlines)
        self._context.refresh()

    def hide_selected(self) -> None:
        """Hide the selection; without one, show what is hidden."""
        canvas = self._context.canvas
        if canvas.selection:
            hidden = frozenset(canvas.hidden) | canvas.selection
            canvas.set_hidden(hidden)
            canvas.select(frozenset())
            key = self._context.key_of("view.hide")
            self._context.say(tr("%Ln hidden; press {key} again to show (it,them)", len(hidden)).format(key=key))
        else:
            canvas.set_hidden(frozenset())

    def set_opacity(self, opacity: float) -> None:
        """Make the overlay stronger or weaker, 0..1."""
        self._context.preferences.store("opacity", round(opacity * 100))
        self._context.canvas.set_overlay_opacity(opacity)

    def open_log_folder(self) -> None:
        """Show where the log is."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))

    def show_about(self) -> None:
        """Show what this is."""
        About(self._context.window).open()

    def quit(self) -> None:
        """Close the window."""
        self._context.window.close()
