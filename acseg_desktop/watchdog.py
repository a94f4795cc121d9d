"""The watchdog: logs where the GUI thread was when it did not answer for more than a fifth of a second."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback

from PySide6.QtCore import QObject, QTimer

logger = logging.getLogger(__name__)

_BEAT_MS = 50
_LIMIT_S = 0.2


class Watchdog(QObject):
    """A heartbeat on the GUI thread and a thread that listens to it."""

    def __init__(self, parent: QObject | None = None, *, limit: float = _LIMIT_S) -> None:
        super().__init__(parent)
        self._limit = limit
        self._last = time.monotonic()
        self._gui_thread = threading.get_ident()
        self._stop = threading.Event()
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start()
        self._thread = threading.Thread(target=self._listen, name="watchdog", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._timer.stop()
        self._stop.set()
        self._thread.join(1.0)

    def _on_beat(self) -> None:
        now = time.monotonic()
        if now - self._last > self._limit + _BEAT_MS / 1000:
            logger.warning("the window did not answer for %.2f s", now - self._last)
        self._last = now

    def _listen(self) -> None:
        reported = 0.0
        while not self._stop.wait(_BEAT_MS / 1000):
            last = self._last
            if time.monotonic() - last > self._limit and last != reported:
                reported = last
                frame = sys._current_frames().get(self._gui_thread)
                if frame is not None:
                    logger.warning("the window is blocked in:\n%s", "".join(traceback.format_stack(frame)[-6:]))
