"""The pace of proposals on this computer: measured while they run, remembered, and what it means for many images."""

from __future__ import annotations

import time
from collections.abc import Callable

from acseg_core.config import SegmenterConfig
from acseg_core.types import Progress
from acseg_desktop.preferences import Preferences

_FEWEST = 3
"""Images before a pace counts as measured: the first ones wait for what is loaded once."""


class PaceMeter:
    """Watches the ticks of one run."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._first: tuple[int, float] | None = None
        self._last: tuple[int, float] | None = None

    def note(self, tick: Progress) -> None:
        """So many images are done now."""
        if tick.done and (self._last is None or tick.done != self._last[0]):
            self._last = tick.done, self._clock()
            self._first = self._first or self._last

    @property
    def seconds(self) -> float | None:
        """For an image; None where there were too few."""
        if self._first is None or self._last is None or self._last[0] - self._first[0] < _FEWEST:
            return None
        return (self._last[1] - self._first[1]) / (self._last[0] - self._first[0])


def remembered_pace(preferences: Preferences, config: SegmenterConfig) -> float | None:
    """Seconds for an image with this model and detail on this device, as measured last; None if it never was."""
    try:
        seconds = float(preferences.text(_key(config), ""))
    except ValueError:
        return None
    return seconds if 0 < seconds < 1e6 else None


def remember_pace(preferences: Preferences, config: SegmenterConfig, seconds: float) -> None:
    """Keep a pace for the next time."""
    preferences.store(_key(config), f"{seconds:.4g}")


def _key(config: SegmenterConfig) -> str:
    backbone = config.backbone
    name = "".join(letter if letter.isalnum() else "_" for letter in backbone.name)
    way = config.tree.fine if config.method == "tree" else config.method
    return f"pace/{name}-{backbone.input_size}-{backbone.device}-{way}"
