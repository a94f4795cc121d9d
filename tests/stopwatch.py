"""How long work takes: on the clock, and in processor time, which does not depend on who else uses the machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Taken:
    """What work took.

    Attributes:
        wall: Seconds on the clock.
        processor: Seconds of all processors together.
        result: What the work returned.
    """

    wall: float
    processor: float
    result: Any = None

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.processor:.2f} s of processor time)"


def take(work: Callable[[], Any]) -> Taken:
    """Time one call."""
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return Taken(time.perf_counter() - wall, time.process_time() - processor, result)


def median(taken: list[Taken]) -> Taken:
    """Median of both times; the result is the last one's."""
    wall, processor = (
        statistics.median(values) for values in zip(*((t.wall, t.processor) for t in taken), strict=True)
    )
    return Taken(wall, processor, taken[-1].result)
