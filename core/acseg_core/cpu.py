"""Number of CPU cores and threads to use on this machine, and BLAS kept to one thread for a while."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any


def usable_cores() -> int:
    """Cores that this process may use, at least 1: fewer than the machine has where it was bound to some of them."""
    if hasattr(os, "process_cpu_count"):  # since Python 3.13, and heeds its own settings
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def half_the_cores(*, least: int, most: int) -> int:
    """Threads for work that runs beside something that needs cores, too."""
    return min(most, max(least, usable_cores() // 2))


class _BlasLimit:
    """Who wants BLAS on one thread. Its libraries know one number for the whole process, whichever thread sets it.

    threadpoolctl lets only the thread that took a limit restore it, so one thread does both, and waits in between.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holders = 0
        self._over = threading.Event()
        self._keeper: threading.Thread | None = None

    def hold(self) -> None:
        with self._lock:
            if self._holders == 0:
                begun, self._over = threading.Event(), threading.Event()
                self._keeper = threading.Thread(target=_keep, args=(begun, self._over), name="blas", daemon=True)
                self._keeper.start()
                begun.wait()
            self._holders += 1

    def let_go(self) -> None:
        with self._lock:
            self._holders -= 1
            if self._holders == 0 and self._keeper is not None:
                self._over.set()
                self._keeper.join()
                self._keeper = None


def _keep(begun: threading.Event, over: threading.Event) -> None:
    from threadpoolctl import threadpool_limits

    try:
        with threadpool_limits(limits=1, user_api="blas"):
            begun.set()
            over.wait()
    finally:
        begun.set()


_BLAS = _BlasLimit()


def hold_blas() -> Callable[[], None]:
    """Keep BLAS to one thread until the function returned is called, from whatever thread; more calls do nothing.

    Several may hold it at a time, in any order: the number of before is back when the last one lets go. Taking and
    restoring it takes some milliseconds together.
    """
    _BLAS.hold()
    once = threading.Lock()

    def let_go() -> None:
        if once.acquire(blocking=False):
            _BLAS.let_go()

    return let_go


def when_all_end(futures: Sequence[Future[Any]], callback: Callable[[], None]) -> None:
    """Call back once, when none of them waits or runs any more; they may have failed or been cancelled."""
    ended = itertools.count(1)

    def on_end(_future: Future[Any]) -> None:
        if next(ended) == len(futures):
            callback()

    if not futures:
        callback()
    for future in futures:
        future.add_done_callback(on_end)
