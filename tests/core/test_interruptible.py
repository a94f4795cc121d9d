"""Long work in a shell: to its end, or until a signal."""

import signal

import pytest

from acseg_core.errors import CancelledError, ImagesNotFoundError
from acseg_core.interruptible import run_to_end
from acseg_core.types import Progress


@pytest.fixture(autouse=True)
def handlers_as_before():
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    yield
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def counting(closed, *, to=5):
    try:
        for number in range(to):
            yield Progress(number, to, "")
    finally:
        closed.append(True)
    return "result"


def test_work_runs_to_its_end_and_returns_its_result():
    ticks, closed = [], []
    assert run_to_end(counting(closed), ticks.append) == "result"
    assert [tick.done for tick in ticks] == [0, 1, 2, 3, 4]
    assert closed == [True]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_lets_the_running_step_finish_and_closes_the_work(number):
    ticks, closed = [], []

    def on_tick(tick):
        ticks.append(tick.done)
        if tick.done == 2:
            signal.raise_signal(number)
            ticks.append("step done")

    with pytest.raises(CancelledError, match="what was finished is kept"):
        run_to_end(counting(closed), on_tick)
    assert ticks == [0, 1, 2, "step done"]
    assert closed == [True]


def test_a_second_signal_interrupts_the_step():
    reached, closed = [], []

    def stubborn():
        try:
            signal.raise_signal(signal.SIGINT)
            reached.append("after the first")
            signal.raise_signal(signal.SIGINT)
            reached.append("after the second")
            yield Progress(0, 1, "")
        finally:
            closed.append(True)

    with pytest.raises(CancelledError):
        run_to_end(stubborn(), lambda tick: None)
    assert reached == ["after the first"]
    assert closed == [True]


def test_errors_of_the_work_pass_through():
    def failing():
        yield Progress(0, 1, "")
        raise ImagesNotFoundError("no such folder")

    with pytest.raises(ImagesNotFoundError, match="no such folder"):
        run_to_end(failing(), lambda tick: None)
