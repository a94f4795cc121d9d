"""Time left: from rates known before, then more and more from what is measured."""

import pytest

from acseg_training.progress import Clock, spelled_out


class Watch:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_nothing_is_said_while_a_phase_is_unknown() -> None:
    clock = Clock({"features": 10, "generator": 100}, {"features": 1.0})
    assert clock.seconds_left() is None


def test_known_rates_tell_from_the_first_minute_and_measured_ones_take_over() -> None:
    watch = Watch()
    clock = Clock({"features": 10, "generator": 100}, {"features": 1.0, "generator": 0.5}, now=watch)
    assert clock.seconds_left() == 60
    clock.enter("features")
    for _ in range(10):
        watch.time += 3
        clock.advance()
    assert clock.seconds_left() == 50, "features are done, whatever they took"
    clock.enter("generator")
    for _ in range(50):
        watch.time += 2
        clock.advance()
    assert clock.seconds_left() == pytest.approx(100, rel=0.1), "two seconds a step, not half of one"
    assert clock.rates() == {"features": 3.0, "generator": 2.0}


def test_a_pause_does_not_count() -> None:
    watch = Watch()
    clock = Clock({"generator": 10}, {}, now=watch)
    clock.enter("generator")
    for _ in range(2):
        watch.time += 1
        clock.advance()
        watch.time += 3600
        clock.go_on()
    assert clock.seconds_left() == 8


def test_what_was_done_before_takes_no_time_and_says_nothing_about_the_rate() -> None:
    watch = Watch()
    clock = Clock({"projection": 8}, {"projection": 2.0}, done={"projection": 6}, now=watch)
    assert clock.seconds_left() == 4, "before the phase begins"
    clock.enter("projection", units=8, done=6)
    assert clock.seconds_left() == 4
    watch.time += 0.1
    clock.advance(measured=False)
    assert clock.seconds_left() == 2


@pytest.mark.parametrize(("seconds", "told"), [(7, "7 s"), (700, "12 min"), (5300, "88 min"), (9000, "2.5 h")])
def test_times_are_spelled_out(seconds: float, told: str) -> None:
    assert spelled_out(seconds) == told
