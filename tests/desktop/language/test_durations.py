"""Times and paces as people say them."""

import pytest

from acseg_desktop.language.durations import clock_text, duration_text, pace_text


@pytest.mark.parametrize(
    ("seconds", "clock", "duration"),
    [
        (0, "0:00", "0 s"),
        (59.9, "0:59", "1 min"),
        (60, "1:00", "1 min"),
        (200.4, "3:20", "3 min 20 s"),
        (600, "10:00", "10 min"),
        (3595, "59:55", "1 h"),
        (3900, "1:05:00", "1 h 05 min"),
        (36_100, "10:01:40", "10 h"),
        (4_000_000, "1111:06:40", "1,111 h"),
    ],
)
def test_times_are_said_as_people_do(seconds, clock, duration):
    assert (clock_text(seconds), duration_text(seconds)) == (clock, duration)


@pytest.mark.parametrize(
    ("pace", "text"),
    [(0.25, "0.2 images/h"), (1, "1 image/h"), (2.04, "2 images/h"), (34.4, "34 images/h"), (1234, "1,234 images/h")],
)
def test_paces_are_said_as_people_do(pace, text):
    assert pace_text(pace) == text
