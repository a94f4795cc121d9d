"""Starts the window: `acseg-desktop [PROJECT]`, or `acseg gui` through `run`."""

from __future__ import annotations

import argparse
import functools
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import PySide6
from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from acseg_core import __version__
from acseg_desktop.appearance.icons import application_icon
from acseg_desktop.appearance.theme import Theme
from acseg_desktop.commands.faults import show_error
from acseg_desktop.jobs import SWITCH_S
from acseg_desktop.language import words
from acseg_desktop.logs import catch_everything, start_logging
from acseg_desktop.main_window import MainWindow
from acseg_desktop.preferences import APPLICATION, ORGANISATION, Preferences
from acseg_desktop.watchdog import Watchdog

logger = logging.getLogger(__name__)

_LAST_MS = 30_000
"""Time for a window to end in where nobody can be asked whether to go on waiting: the system ends the session."""


def main(argv: Sequence[str] | None = None) -> int:
    """Read the command line and run the window."""
    parser = argparse.ArgumentParser(prog="acseg-desktop", description="Segmentation labels for photos that have none.")
    parser.add_argument("project", nargs="?", type=Path, help="project folder to open, or a folder of photos")
    parser.add_argument("--version", action="version", version=f"ACSeg Desktop {__version__}")
    return run(parser.parse_args(argv).project)


def run(project: Path | None) -> int:
    """Show the window until it is closed; returns the exit code."""
    start_logging()
    sys.setswitchinterval(SWITCH_S)
    application = make_application()
    application.setQuitOnLastWindowClosed(False)  # a window that is hidden has not ended yet
    preferences = Preferences()
    words.use(application, preferences.language)
    theme = Theme(application)
    theme.choose(preferences.theme)
    theme.set_text_size(preferences.text_size)
    shown = _Shown(project)
    while True:
        code, again = _show(application, theme, preferences, shown)
        if again is None:
            break
        shown = again
        words.use(application, preferences.language)
    sys.excepthook = sys.__excepthook__
    theme.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return code


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a window is opened with: a project, and an image of it if it is not the first."""

    project: Path | None
    image_id: int | None = None


def _show(
    application: QApplication, theme: Theme, preferences: Preferences, shown: _Shown
) -> tuple[int, _Shown | None]:
    """Show a window until it is closed; returns the exit code, and what the next window shows, if there is one."""
    again: list[_Shown] = []
    window = MainWindow(theme, preferences)
    window.closed_to_open_again.connect(lambda folder, image_id: again.append(_Shown(folder, image_id)))
    catch_everything(lambda error: show_error(window, error))
    watchdog = Watchdog(window)
    window.show()
    if shown.project is not None:
        window.open(shown.project)
    if shown.image_id is not None:
        image_id = shown.image_id
        window.viewer.image_shown.connect(
            lambda _record: window.commands.browse.show(image_id), Qt.ConnectionType.SingleShotConnection
        )
    ending = functools.partial(finish, window)
    application.commitDataRequest.connect(ending)
    application.aboutToQuit.connect(ending)
    window.ended.connect(lambda: application.exit(0))
    code = application.exec()
    finish(window)
    watchdog.stop()
    if not window.session.has_ended:
        _leave(code)
    application.commitDataRequest.disconnect(ending)
    application.aboutToQuit.disconnect(ending)
    # Destroyed here, while there is an event loop to stop timers in, and not by the interpreter at its end.
    window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return code, again[0] if again else None


def finish(window: MainWindow, *_: object) -> None:
    """Let a window end in order where the event loop is left before it has, as when the system ends the session."""
    if window.end.is_over:
        return
    loop = QEventLoop()
    window.ended.connect(loop.quit)
    QTimer.singleShot(_LAST_MS, loop, loop.quit)
    window.close()
    if not window.end.is_over:
        loop.exec()


def _leave(code: int) -> NoReturn:
    """End the process, although a thread does not: what it has committed is in the file, and stays.

    Taking window and interpreter apart under a thread that still uses them would be a crash.
    """
    logger.warning("leaving with work unfinished")
    logging.shutdown()
    os._exit(code)


def qt_platform() -> str:
    """Qt's version and the window system it will use, without starting it."""
    platform = os.environ.get("QT_QPA_PLATFORM") or {"win32": "windows", "darwin": "cocoa"}.get(sys.platform)
    if platform is None:
        platform = (
            "wayland" if os.environ.get("WAYLAND_DISPLAY") else "xcb" if os.environ.get("DISPLAY") else "no display"
        )
    return f"PySide6 {PySide6.__version__}, {platform}"


def make_application() -> QApplication:
    """The Qt application with its names and icon; the one there is, if there is one."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setOrganizationName(ORGANISATION)
    application.setApplicationName(APPLICATION)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("acseg-desktop")
    application.setWindowIcon(application_icon())
    return application


if __name__ == "__main__":
    sys.exit(main())
