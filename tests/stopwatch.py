"""What work takes: time on the clock; of the processor, which does not depend on who else is there; and memory."""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


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


def forget_memory() -> None:
    """What this process needed until now does not count: `memory` begins with what it has."""
    if CLEAR.exists():
        CLEAR.write_text("5")


def memory() -> float:
    """Megabytes this process had at most since then, on Linux; else not a number.

    ``ru_maxrss`` begins with what the parent had, and never forgets.
    """
    if not STATUS.exists():
        return float("nan")
    (line,) = (line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def most_held(steps: Iterable[Any]) -> int:
    """Bytes that Python objects took at most while steps were gone through; what they yield is not kept.

    Garbage in cycles is collected after each step: else the peak tells when the interpreter last looked for it.
    """
    gc.collect()
    gc.freeze()  # only what the steps make is looked at: all that a whole run of tests holds would take a minute
    tracemalloc.start()
    try:
        for _ in steps:
            gc.collect()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
