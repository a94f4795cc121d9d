"""Lanes: results, errors, progress and cancelling arrive on the GUI thread; nothing gets lost."""

import threading
import time

import pytest

from acseg_core.errors import EditError
from acseg_core.types import Progress
from acseg_desktop.jobs import JobCrashedError, Jobs, Lane


@pytest.fixture
def jobs(qtbot):
    jobs = Jobs()
    yield jobs
    assert jobs.shut_down(timeout=10)
    jobs.deleteLater()


def test_result_arrives_on_the_gui_thread(jobs, qtbot):
    seen = []
    job = jobs.submit(Lane.READ, lambda: threading.current_thread().name)
    job.succeeded.connect(lambda name: seen.append((name, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    name, receiver = seen[0]
    assert name.startswith("read")
    assert receiver == threading.get_ident()
    assert not jobs.running()


def test_generator_gives_progress_and_result(jobs, qtbot):
    def work():
        for number in range(5):
            yield Progress(number + 1, 5, str(number))
            time.sleep(0.01)
        return "done"

    ticks, results = [], []
    job = jobs.submit(Lane.DISK, work, title="Counting")
    job.progressed.connect(ticks.append)
    job.succeeded.connect(results.append)
    qtbot.waitUntil(lambda: bool(results))
    assert results == ["done"]
    assert ticks[-1].done == 5
    assert [tick.done for tick in ticks] == sorted(tick.done for tick in ticks)


def test_fast_ticks_do_not_flood_the_window(jobs, qtbot):
    def work():
        for number in range(100_000):
            yield Progress(number + 1, 100_000)

    ticks, ended = [], []
    job = jobs.submit(Lane.DISK, work)
    job.progressed.connect(ticks.append)
    job.finished.connect(lambda: ended.append(True))
    qtbot.waitUntil(lambda: bool(ended), timeout=20_000)
    assert ticks[-1].done == 100_000
    assert len(ticks) < 50_000


def test_cancel_stops_between_ticks_and_closes_the_generator(jobs, qtbot):
    closed, ended = threading.Event(), []

    def work():
        try:
            while True:
                yield Progress(1, 0)
                time.sleep(0.005)
        finally:
            closed.set()

    job = jobs.submit(Lane.COMPUTE, work)
    job.cancelled.connect(lambda: ended.append("cancelled"))
    job.succeeded.connect(lambda _result: ended.append("succeeded"))
    with qtbot.waitSignal(job.progressed):
        pass
    job.cancel()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == ["cancelled"]
    assert closed.is_set()


def test_queued_job_that_is_cancelled_never_starts(jobs, qtbot):
    gate, started, ended = threading.Event(), [], []
    jobs.submit(Lane.COMPUTE, gate.wait)
    job = jobs.submit(Lane.COMPUTE, lambda: started.append(True))
    job.cancelled.connect(lambda: ended.append(True))
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert not started


def test_error_without_a_receiver_is_reported_once(jobs, qtbot):
    reported = []
    jobs.failed.connect(reported.append)

    def work():
        raise EditError("no")

    jobs.submit(Lane.STORE, work)
    qtbot.waitUntil(lambda: bool(reported))
    handled = []
    jobs.submit(Lane.STORE, work).on_error(handled.append)
    qtbot.waitUntil(lambda: bool(handled))
    assert len(reported) == 1
    assert isinstance(handled[0], EditError)


class PanicError(BaseException):
    """As pyo3 raises it for a panic in Rust."""


def _crash(how: BaseException):
    raise how


def _crash_between_ticks(how: BaseException):
    yield Progress(0, 1)
    raise how


def _crash_when_closed(how: BaseException):
    try:
        while True:
            yield Progress(0, 0)
    finally:
        raise how


@pytest.mark.parametrize(
    "how", [SystemExit(3), KeyboardInterrupt(), PanicError("index out of bounds"), GeneratorExit()]
)
@pytest.mark.parametrize("work", [_crash, _crash_between_ticks])
def test_nothing_that_work_raises_ends_its_lane(jobs, qtbot, work, how):
    failures, seen = [], []
    jobs.failed.connect(failures.append)
    for _ in range(2):
        jobs.submit(Lane.STORE, lambda: work(how))
    jobs.submit(Lane.STORE, lambda: "edit").succeeded.connect(seen.append)
    qtbot.waitUntil(lambda: seen == ["edit"])
    assert len(failures) == 2
    for error in failures:
        assert isinstance(error, JobCrashedError)
        assert error.__cause__ is how
        assert type(how).__name__ in str(error)


def test_work_that_crashes_while_it_is_cancelled_fails_and_its_lane_goes_on(jobs, qtbot):
    failures, seen = [], []
    job = jobs.submit(Lane.COMPUTE, lambda: _crash_when_closed(SystemExit(1)))
    job.on_error(failures.append)
    with qtbot.waitSignal(job.progressed):
        pass
    job.cancel()
    jobs.submit(Lane.COMPUTE, lambda: "next").succeeded.connect(seen.append)
    qtbot.waitUntil(lambda: seen == ["next"])
    assert [type(error) for error in failures] == [JobCrashedError]


def test_errors_of_another_kind_than_those_handled_are_reported(jobs, qtbot):
    handled, reported, ended = [], [], []
    jobs.failed.connect(reported.append)
    for error in (EditError("gone"), KeyError("a bug")):
        job = jobs.submit(Lane.READ, lambda error=error: _crash(error)).on_error(handled.append, of=EditError)
        job.finished.connect(lambda: ended.append(True))
    qtbot.waitUntil(lambda: len(ended) == 2)
    assert [type(error) for error in handled] == [EditError]
    assert [type(error) for error in reported] == [KeyError]


def test_lanes_do_not_wait_for_each_other(jobs, qtbot):
    gate, seen = threading.Event(), []
    jobs.submit(Lane.COMPUTE, gate.wait)
    jobs.submit(Lane.STORE, lambda: "edit").succeeded.connect(seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    gate.set()


def test_store_lane_keeps_the_order(jobs, qtbot):
    seen = []
    for number in range(200):
        jobs.submit(Lane.STORE, lambda number=number: number).succeeded.connect(seen.append)
    qtbot.waitUntil(lambda: len(seen) == 200)
    assert seen == list(range(200))


def test_urgent_reads_go_first(jobs, qtbot):
    gate, begun, order = threading.Event(), threading.Semaphore(0), []

    def hold() -> None:
        begun.release()
        gate.wait()

    for _ in range(2):
        jobs.submit(Lane.READ, hold, priority=0)
    for _ in range(2):
        assert begun.acquire(timeout=10), "both threads of the lane are busy from here on"
    last = jobs.submit(Lane.READ, lambda: order.append("late"), priority=9)
    jobs.submit(Lane.READ, lambda: order.append("soon"), priority=1)
    gate.set()
    qtbot.waitUntil(lambda: last not in jobs.running())
    assert order == ["soon", "late"]


def test_shut_down_finishes_edits_and_cancels_the_rest(qtbot):
    jobs, edits = Jobs(), []

    def endless():
        while True:
            yield Progress(0, 0)
            time.sleep(0.002)

    jobs.submit(Lane.COMPUTE, endless)
    for number in range(50):
        jobs.submit(Lane.STORE, lambda number=number: edits.append(number))
    assert jobs.shut_down(timeout=10)
    assert edits == list(range(50))
    late = []
    with qtbot.waitSignal(jobs.submit(Lane.READ, lambda: late.append(True)).cancelled):
        pass
    assert not late


def test_when_idle(jobs, qtbot):
    called = []
    jobs.when_idle(lambda: called.append("now"))
    assert called == ["now"]
    gate = threading.Event()
    jobs.submit(Lane.READ, gate.wait)
    jobs.when_idle(lambda: called.append("later"))
    assert called == ["now"]
    gate.set()
    qtbot.waitUntil(lambda: called == ["now", "later"])
    jobs.submit(Lane.READ, int)
    qtbot.waitUntil(lambda: not jobs.running())
    assert called == ["now", "later"]
