"""Runs work off the GUI thread in lanes, and brings progress, results and errors back to it.

The core's long work is a generator: every ``yield`` is a progress tick and a place to cancel. Short work is a plain
function. A lane is a queue with its own threads, so a proposal that takes minutes never delays an edit.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
import time
from collections.abc import Callable, Generator
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from acseg_core.errors import CancelledError
from acseg_core.types import Progress

logger = logging.getLogger(__name__)

SWITCH_S = 0.0005
"""Seconds that a thread of a lane may keep the interpreter when the window wants it; Python's own 5 ms, several times
in a frame, are more than a frame."""

Work = Callable[[], Any]
"""Function that returns the result, or a generator that yields `Progress` and returns the result."""


class JobCrashedError(Exception):
    """Work ended by what is no `Exception` (`SystemExit`, a panic of a library written in Rust): that is its cause."""


class Lane(Enum):
    """Where work runs: (name, threads)."""

    STORE = ("store", 1)
    """Edits, strictly one after another; never cancelled, drained before the program ends."""
    READ = ("read", 2)
    """Pixels, label maps, thumbnails and pages of lists for what is on the screen."""
    DISK = ("disk", 1)
    """Long reading and writing: opening, scanning, relocating, exporting."""
    COMPUTE = ("compute", 1)
    """Models."""


class Job(QObject):
    """One piece of work; lives on the GUI thread.

    Signals:
        progressed(Progress): At most one is waiting at any time; ticks in between are dropped.
        succeeded(object): The result.
        failed(Exception): What went wrong; without a receiver, `Jobs.failed` reports it.
        cancelled(): It was stopped; what was finished is kept.
        finished(): After one of the three above.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, lane: Lane, work: Work, *, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.lane = lane
        self.title = title
        self.progress = Progress(0, 0)
        self._handled: type[Exception] | None = None
        self._work = work
        self._stop = threading.Event()
        self._tick: Progress | None = None
        self._tick_lock = threading.Lock()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask it to stop at its next tick; a job still in the queue never starts."""
        self._stop.set()

    def on_error(self, handler: Callable[[Exception], None], *, of: type[Exception] = Exception) -> Job:
        """Take over the reporting of errors; with ``of``, only of those of one kind: others are most likely bugs."""
        self._handled = of

        def handle(error: Exception) -> None:
            if isinstance(error, of):
                handler(error)

        self.failed.connect(handler if of is Exception else handle)
        return self

    def handles(self, error: Exception) -> bool:
        """Whether somebody took over the reporting of such an error."""
        return self._handled is not None and isinstance(error, self._handled)

    def run(self, note: Callable[[], None]) -> Any:
        """Do the work on the calling thread; ``note`` is called when a tick waits to be shown.

        Raises:
            CancelledError: It was cancelled before the end.
        """
        if self.is_cancelled:
            raise CancelledError(f"{self.title}: cancelled")
        outcome = self._work()
        if not isinstance(outcome, Generator):
            return outcome
        try:
            while True:
                tick = next(outcome)
                with self._tick_lock:
                    waiting = self._tick is not None
                    self._tick = tick
                if not waiting:
                    note()
                if self._stop.is_set():
                    raise CancelledError(f"{self.title}: cancelled")
        except StopIteration as stop:
            return stop.value
        finally:
            outcome.close()

    def take_tick(self) -> Progress | None:
        """The newest tick that was not shown yet."""
        with self._tick_lock:
            tick, self._tick = self._tick, None
        return tick


class Jobs(QObject):
    """The lanes.

    Signals:
        started(Job): A titled job was queued.
        failed(Exception): A job failed and nobody else handles its errors.
        idle(): No job is queued or running any more.
    """

    started = Signal(object)
    failed = Signal(object)
    idle = Signal()
    _delivered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queues: dict[Lane, queue.PriorityQueue[tuple[int, int, Job | None]]] = {}
        self.threads: list[threading.Thread] = []
        self._order = itertools.count()
        self._open: set[Job] = set()
        self._is_draining = self._closed = False
        self._delivered.connect(self._on_delivered, Qt.ConnectionType.QueuedConnection)

    def submit(self, lane: Lane, work: Work, *, title: str = "", priority: int = 5) -> Job:
        """Queue work; lower ``priority`` goes first. Titled jobs are shown with their progress."""
        job = Job(lane, work, title=title, parent=self)
        self._open.add(job)
        if self._closed or (self._is_draining and lane is not Lane.STORE):
            job.cancel()
            self._delivered.emit(lambda: self._finish(job, None, CancelledError("the program is closing")))
            return job
        self._lane_queue(lane).put((priority, next(self._order), job))
        if title:
            self.started.emit(job)
        return job

    def running(self, lane: Lane | None = None) -> list[Job]:
        """Jobs queued or running, of one lane or of all."""
        return [job for job in self._open if lane in (None, job.lane)]

    def cancel_all(self) -> None:
        """Ask everything to stop except edits."""
        for job in self._open:
            if job.lane is not Lane.STORE:
                job.cancel()

    def when_idle(self, callback: Callable[[], None]) -> None:
        """Call back once, as soon as nothing is queued or running."""
        if not self._open:
            callback()
            return

        def once() -> None:
            self.idle.disconnect(once)
            callback()

        self.idle.connect(once)

    def drain(self) -> None:
        """Ask everything to stop except edits, and take nothing but edits from now on."""
        self._is_draining = True
        self.cancel_all()

    def shut_down(self, *, timeout: float = 60.0) -> bool:
        """Cancel what can be cancelled, finish the edits, and end the threads.

        It blocks: a window comes here when nothing is queued or running any more, see `Session.shut_down`.

        Args:
            timeout: Seconds, for all threads together.

        Returns:
            Whether all ended in time.
        """
        deadline = time.monotonic() + timeout
        self._closed = True
        self.cancel_all()
        for lane, waiting in self._queues.items():
            for _ in range(lane.value[1]):
                waiting.put((99, next(self._order), None))
        for thread in self.threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in self.threads)

    def _lane_queue(self, lane: Lane) -> queue.PriorityQueue[tuple[int, int, Job | None]]:
        if lane not in self._queues:
            self._queues[lane] = queue.PriorityQueue()
            name, count = lane.value
            for number in range(count):
                thread = threading.Thread(target=self._serve, args=(lane,), name=f"{name}-{number}", daemon=True)
                self.threads.append(thread)
                thread.start()
        return self._queues[lane]

    def _serve(self, lane: Lane) -> None:
        waiting = self._queues[lane]
        while True:
            _, _, job = waiting.get()
            if job is None:
                return
            result, error = None, None
            try:
                result = job.run(lambda job=job: self._deliver(lambda: self._show_tick(job)))  # type: ignore[misc]
            except BaseException as caught:  # else the lane ends with it, and nothing of it is ever run again
                error = _as_exception(caught)
            self._deliver(lambda job=job, result=result, error=error: self._finish(job, result, error))  # type: ignore[misc]
            del job, result, error

    def _deliver(self, callback: Callable[[], None]) -> None:
        try:
            self._delivered.emit(callback)
        except RuntimeError:
            logger.debug("a job ended after the window was gone")

    def _on_delivered(self, callback: Callable[[], None]) -> None:
        callback()

    def _show_tick(self, job: Job) -> None:
        tick = job.take_tick()
        if tick is not None and job in self._open:
            job.progress = tick
            job.progressed.emit(tick)

    def _finish(self, job: Job, result: Any, error: Exception | None) -> None:
        self._show_tick(job)
        self._open.discard(job)
        try:
            if error is None:
                job.succeeded.emit(result)
            elif isinstance(error, CancelledError):
                job.cancelled.emit()
            else:
                job.failed.emit(error)
                if not job.handles(error):
                    self.failed.emit(error)
        finally:
            job.finished.emit()
            job.deleteLater()
            if not self._open:
                self.idle.emit()


def _as_exception(caught: BaseException) -> Exception:
    if isinstance(caught, Exception):
        return caught
    crashed = JobCrashedError(f"{type(caught).__name__}: {caught}")
    crashed.__cause__ = caught
    return crashed
