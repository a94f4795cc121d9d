"""Hands: a person at a window, with real keys, real clicks, and patience."""

import math
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from acseg_core.store.settings import EMPTY_IS_DONE, write_setting
from acseg_desktop.jobs import Lane


class Hands:
    """Drives a window as a person does: real keys, real clicks, and patience."""

    def __init__(self, window, qtbot) -> None:
        self.window, self.qtbot = window, qtbot

    def wait(self, condition: Callable[[], object], *, timeout: int = 15_000) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)

    def rest(self) -> None:
        """Until nothing is queued, running or waiting for a timer."""
        quiet = 0
        deadline = time.monotonic() + 20
        while quiet < 3:
            assert time.monotonic() < deadline, "the jobs never end"
            self.qtbot.wait(30)
            window = self.window
            sliders = window.cut_slider.is_moving or window.commands.clusters.slider.is_moving
            panels = window.commands.statistics.is_busy or window.notes.is_busy or window.refresher.is_busy
            panels = panels or window.commands.models.is_busy
            panels = panels or window.cut_slider.starting.is_busy
            is_busy = (
                window.viewer.is_waiting or window.jobs.running() or window.session.is_counting or sliders or panels
            )
            quiet = 0 if is_busy else quiet + 1

    def round_trip(self, lane: Lane) -> None:
        """Until all that was asked of a lane before is done and shown; what is missing then does not come."""
        jobs = self.window.jobs
        jobs.submit(lane, int, priority=98)
        asked = set(jobs.running(lane))
        self.wait(lambda: asked.isdisjoint(jobs.running(lane)))

    def open(self, folder: Path) -> None:
        self.window.open(folder)
        self.wait(lambda: self.window.session.is_open)
        self.wait(lambda: self.window.viewer.record is not None)
        self.rest()

    def close(self) -> None:
        """Close the window, and wait until all is in order."""
        self.window.close()
        self.wait(lambda: self.window.session.has_ended)

    def accept_unasked(self) -> None:
        """From now on Enter asks nothing: neither about unsure names, nor where nothing is named."""
        self.window.preferences.store("sure_enough", 0)
        write_setting(self.window.session.project, EMPTY_IS_DONE, True)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        self.activate()
        target = QApplication.focusWidget() or self.window.canvas
        self.qtbot.keyClick(target, key, modifier)

    def activate(self) -> None:
        """Come back to the window after a dialog, as the window manager sees to."""
        if QApplication.activeModalWidget() is None and not self.window.isActiveWindow():
            self.window.activateWindow()
            self.qtbot.waitActive(self.window)
            self.wait(self.window.isActiveWindow)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), text)

    def click_region(self, x: float, y: float, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        """Click an image pixel on the canvas."""
        self.qtbot.mouseClick(self.window.canvas, Qt.MouseButton.LeftButton, modifier, self.at(x, y))

    def at(self, x: float, y: float):
        """Where an image pixel is on the canvas, wherever bars, zooming and panning put the picture."""
        canvas, record = self.window.canvas, self.window.viewer.record
        middle = canvas.widget_point(record.width / 2, record.height / 2)
        zoom = canvas.zoom / canvas.devicePixelRatioF()
        offset_x, offset_y = (x - record.width / 2) * zoom, (y - record.height / 2) * zoom
        return QPoint(round(math.floor(middle.x() - 0.5) + offset_x), round(math.floor(middle.y() - 0.5) + offset_y))

    def dialog(self, kind, *, timeout: int = 15_000):
        """The open dialog of a class."""
        self.wait(lambda: any(dialog.isVisible() for dialog in self.window.findChildren(kind)), timeout=timeout)
        return next(dialog for dialog in self.window.findChildren(kind) if dialog.isVisible())

    def button(self, parent, text: str):
        """A visible button by its text."""
        from PySide6.QtWidgets import QPushButton

        found = [button for button in parent.findChildren(QPushButton) if button.text().strip() == text]
        assert found, f"no button {text!r} in {[b.text() for b in parent.findChildren(QPushButton)]}"
        return found[0]

    def click(self, widget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
