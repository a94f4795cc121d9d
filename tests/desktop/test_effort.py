"""Time and actions: a clock that runs while somebody is at it, driven by real keys and a time of our own."""

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from acseg_core.errors import StorageError
from acseg_core.store import open_project
from acseg_core.store.upkeep import timings
from acseg_desktop.effort import WorkClock

CTRL = Qt.KeyboardModifier.ControlModifier


class Time:
    """A time that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def desk(hands, project_folder, time):
    """A window on the project, its clock driven by `time`."""
    hands.window.effort.clock = WorkClock(now=time)
    hands.open(project_folder)
    return hands


def rows(desk):
    """What is committed by now, as another program sees it: (path, activity, seconds, actions), summed."""
    database = desk.window.session.project.folder / "project.db"
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute(
            "SELECT path, activity, sum(seconds), sum(actions) FROM timing LEFT JOIN image ON image.id = image_id "
            "GROUP BY 1, 2 ORDER BY 2 DESC, 1"
        ).fetchall()
    return [(path, activity, round(seconds, 3), actions) for path, activity, seconds, actions in found]


def work(desk, time, seconds, key=Qt.Key.Key_Shift):
    """Press a key that does nothing, and let time go by."""
    desk.press(key)
    time.now += seconds


def test_a_clock_runs_from_input_to_input(time):
    clock = WorkClock(now=time, idle=60)
    assert (clock.is_running, clock.take()) == (False, 0)
    clock.touch()
    time.now += 10
    assert (clock.is_running, clock.take(), clock.take()) == (True, 10, 0)
    time.now += 5
    clock.touch()
    time.now += 50
    assert clock.take() == 55


def test_a_clock_stops_a_minute_after_the_last_input(time):
    clock = WorkClock(now=time, idle=60)
    clock.touch()
    time.now += 600
    assert not clock.is_running
    clock.touch()  # the minute before the pause counts, the pause does not
    time.now += 3
    assert clock.take() == 63
    time.now += 600
    assert (clock.take(), clock.take()) == (57, 0)


def test_a_clock_that_is_stopped_counts_nothing_until_the_next_input(time):
    clock = WorkClock(now=time, idle=60)
    clock.touch()
    time.now += 4
    clock.stop()
    time.now += 20
    assert (clock.is_running, clock.take()) == (False, 4)
    clock.touch()
    time.now += 1
    assert clock.take() == 1


def test_images_and_browser_have_their_own_time_and_actions(desk, time):
    work(desk, time, 3)
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Slash)
    desk.type("sky")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    time.now += 4
    desk.press(Qt.Key.Key_D)
    desk.wait(lambda: desk.window.viewer.record.path == "a2.png")
    desk.rest()
    assert rows(desk) == [("a1.png", "review", 7, 1)]
    work(desk, time, 5)
    desk.press(Qt.Key.Key_G)
    desk.rest()
    work(desk, time, 20)
    desk.press(Qt.Key.Key_G)
    desk.rest()
    assert rows(desk) == [("a1.png", "review", 7, 1), ("a2.png", "review", 5, 0), (None, "browse", 20, 0)]


def test_undo_is_an_action_and_takes_no_effort_back(desk, time):
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Delete)
    desk.rest()
    time.now += 2
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    time.now += 2
    desk.window.effort.save()
    desk.rest()
    assert rows(desk) == [("a1.png", "review", 4, 2)]


def test_accepting_counts_for_the_image_that_was_accepted(desk, time):
    desk.accept_unasked()
    work(desk, time, 6)
    desk.press(Qt.Key.Key_Return)
    desk.wait(lambda: desk.window.viewer.record.path == "a2.png")
    desk.rest()
    assert rows(desk) == [("a1.png", "review", 6, 1)]
    effort = desk.window.effort.summary
    assert (effort.images_done, effort.seconds_per_image, effort.seconds_left) == (1, 6, 18)
    assert desk.window.status.effort.text() == "6 s of work · 600 images per hour · 3 images left: about 18 s"
    assert "on images" in desk.window.status.effort.toolTip()


def test_a_movement_of_the_slider_is_one_action(hands, tree_project, time):
    window = hands.window
    window.effort.clock = WorkClock(now=time)
    hands.open(tree_project)
    slider = window.granularity.slider
    seen = []
    window.session.changed.connect(lambda changes: seen.append(changes.verb))
    hands.qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    for step in range(1, 5):
        hands.qtbot.mouseMove(slider, slider.rect().center() + QPoint(step * slider.width() // 10, 0))
        hands.wait(lambda step=step: len(seen) >= step)
    hands.qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    hands.rest()
    assert seen.count("Change granularity") > 1
    time.now += 1
    window.effort.save()
    hands.rest()
    with closing(sqlite3.connect(tree_project / "project.db")) as connection:
        assert connection.execute("SELECT sum(actions) FROM timing").fetchone() == (1,)


def test_it_is_saved_now_and_then_without_leaving_the_image(desk, time):
    """What is committed is what a kill leaves."""
    work(desk, time, 16)
    desk.qtbot.waitUntil(lambda: rows(desk) == [("a1.png", "review", 16, 0)], timeout=5000)
    assert desk.window.effort._ticks.isActive()


def test_a_pause_stops_the_clock_and_the_timer(desk, time):
    work(desk, time, 500)
    desk.qtbot.waitUntil(lambda: rows(desk) == [("a1.png", "review", 60, 0)], timeout=5000)
    assert not desk.window.effort._ticks.isActive()
    work(desk, time, 2)
    desk.window.effort.save()
    desk.rest()
    assert rows(desk) == [("a1.png", "review", 62, 0)]


def test_without_the_focus_nobody_works(desk, time):
    work(desk, time, 3)
    QGuiApplication.instance().focusWindowChanged.emit(None)
    time.now += 30
    desk.window.effort.save()
    desk.rest()
    assert rows(desk) == [("a1.png", "review", 3, 0)]


def test_another_window_of_the_program_is_work_too(desk, time, qtbot):
    """As a dialog is: its keys count, although they are not the main window's."""
    dialog = QWidget(desk.window, Qt.WindowType.Dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitActive(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Shift)
    time.now += 9
    dialog.close()
    desk.window.effort.save()
    desk.rest()
    assert rows(desk) == [("a1.png", "review", 9, 0)]


def test_closing_the_window_saves_the_rest(desk, time, project_folder):
    work(desk, time, 8)
    desk.close()
    with open_project(project_folder, read_only=True) as project:
        assert timings.effort_summary(project).seconds == 8


def test_closing_the_project_saves_the_rest_and_the_next_one_starts_anew(desk, time, project_folder):
    work(desk, time, 8)
    desk.window.session.close()
    desk.wait(lambda: not desk.window.session.is_open)
    assert desk.window.status.effort.text() == ""
    work(desk, time, 100)
    desk.open(project_folder)
    desk.rest()
    assert rows(desk) == [("a1.png", "review", 8, 0)]
    assert desk.window.status.effort.text() == "8 s of work"
    assert desk.window.status.effort.toolTip().startswith("8 s on this image, 0 actions")


def test_the_one_clock_tells_of_the_image_in_its_tip(desk, time):
    """On the code of before there was a second clock in the header."""
    status = desk.window.status
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Delete)
    desk.rest()
    time.now += 65
    desk.window.effort._on_tick()
    desk.rest()
    # A minute after the last key nobody is at it.
    assert status.effort.toolTip().startswith("1 min on this image, 1 action; ")
    desk.press(Qt.Key.Key_D)
    desk.wait(lambda: desk.window.viewer.record.path == "a2.png")
    desk.rest()
    assert "on this image" not in status.effort.toolTip()
    desk.press(Qt.Key.Key_A)
    desk.wait(lambda: desk.window.viewer.record.path == "a1.png")
    desk.rest()
    assert "1 min on this image" in status.effort.toolTip()


def test_read_only_nothing_is_timed(hands, project_folder, time):
    hands.window.effort.clock = WorkClock(now=time)
    hands.window.session.open(project_folder, read_only=True)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    work(hands, time, 8)
    hands.press(Qt.Key.Key_D)
    hands.rest()
    assert rows(hands) == []
    assert hands.window.status.effort.toolTip() == ""


def test_what_could_not_be_saved_is_saved_later(desk, time, monkeypatch):
    saved, record = [], timings.record_work

    def fail_once(project, spans):
        saved.append(spans)
        if len(saved) == 1:
            raise StorageError("the disk is full")
        record(project, spans)

    monkeypatch.setattr(timings, "record_work", fail_once)
    work(desk, time, 5)
    desk.window.effort.save()
    desk.rest()
    assert rows(desk) == []
    work(desk, time, 2)
    desk.window.effort.save()
    desk.rest()
    assert rows(desk) == [("a1.png", "review", 7, 0)]
