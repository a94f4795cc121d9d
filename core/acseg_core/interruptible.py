"""Interruptible long work in a shell: run a generator to its end, or until Ctrl+C or SIGTERM."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from typing import TypeVar

from acseg_core.errors import CancelledError
from acseg_core.types import Progress

Result = TypeVar("Result")


def run_to_end(work: Generator[Progress, None, Result], on_tick: Callable[[Progress], object]) -> Result:
    """Run work on the calling (main) thread, and call ``on_tick`` at every tick.

    A first signal lets the step that is running finish; a second one interrupts it.

    Raises:
        CancelledError: A signal stopped it; what was finished is kept.
    """
    stop = threading.Event()
    try:
        with _signals_setting(stop), closing(work):
            while not stop.is_set():
                try:
                    tick = next(work)
                except StopIteration as end:
                    result: Result = end.value
                    return result
                on_tick(tick)
    except KeyboardInterrupt:
        pass
    raise CancelledError("stopped; what was finished is kept")


@contextmanager
def _signals_setting(stop: threading.Event) -> Iterator[None]:
    def on_signal(_signal: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
