"""Closing the window: nothing is lost, the event loop runs, and what takes long is told.

Covers: dialogs.finishing.
"""

import itertools
import subprocess
import sys
import threading
import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from acseg_core.errors import ProjectLockedError, StorageError
from acseg_core.store import backups, lock, open_project, queries
from acseg_core.store.edits.labels import create_label
from acseg_core.types import Progress
from acseg_desktop import session as session_module
from acseg_desktop.dialogs.finishing import FinishingWindow
from acseg_desktop.dialogs.message import Message
from acseg_desktop.jobs import Lane
from acseg_desktop.operations import project as project_operations


@pytest.fixture
def gate():
    """Holds work back until it is set; open at the end in any case."""
    event = threading.Event()
    yield event
    event.set()


def is_free(folder) -> bool:
    """Whether nobody has the project open for writing."""
    try:
        lock.acquire(folder).release()
    except ProjectLockedError:
        return False
    return True


def is_in_order(folder) -> bool:
    """Closed, with a backup as new as the database and no write-ahead log left."""
    log = folder / "project.db-wal"
    return is_free(folder) and not backups.is_outdated(folder) and (not log.exists() or log.stat().st_size == 0)


def finishing_windows() -> list[FinishingWindow]:
    widgets = QApplication.topLevelWidgets()
    return [each for each in widgets if isinstance(each, FinishingWindow) and each.isVisible()]


def finishing(qtbot) -> FinishingWindow:
    """The window that tells what is waited for."""
    qtbot.waitUntil(lambda: len(finishing_windows()) == 1)
    return finishing_windows()[0]


def hold_up(hands, gate, name="late"):
    """Ask for an edit that waits for the gate."""

    def work(project):
        gate.wait()
        return create_label(project, name)[1]

    return hands.window.session.edit(work)


def label_names(folder):
    with open_project(folder, read_only=True) as project:
        return {label.name for label in queries.labels(project)}


def test_the_event_loop_runs_while_the_last_edits_are_finished(hands, project_folder, gate):
    hands.open(project_folder)
    hold_up(hands, gate)
    ticks = []
    beat = QTimer(hands.window, interval=10)
    beat.timeout.connect(lambda: ticks.append(time.monotonic()))
    beat.start()
    release = threading.Timer(1.0, gate.set)
    release.start()
    started = time.monotonic()
    hands.window.close()
    assert time.monotonic() - started < 0.5, "closing waits in the event handler"
    assert not hands.window.isVisible()
    told = finishing(hands.qtbot)
    assert told.waits_for.text() == "Saving your last changes"
    assert not told.quit.isVisible()
    told.close()
    assert told.isVisible(), "it goes by itself"
    hands.wait(lambda: is_in_order(project_folder))
    hands.wait(lambda: hands.window.session.has_ended)
    assert not finishing_windows()
    assert max(later - earlier for earlier, later in itertools.pairwise(ticks)) < 0.5
    assert "late" in label_names(project_folder)


def test_what_ends_at_once_needs_no_window(hands, project_folder, qtbot):
    hands.open(project_folder)
    shown = []
    hands.window.end._quiet.timeout.connect(lambda: shown.append(True))
    hands.close()
    assert not hands.window.end._quiet.isActive()
    assert hands.window.end.finishing is None
    assert is_in_order(project_folder)


@pytest.fixture
def slow_opening(monkeypatch, gate):
    """Opening takes until the gate is set; tells when it has begun."""
    begun = threading.Event()

    def open_slowly(folder, *, read_only=False):
        project = open_project(folder, read_only=read_only)
        begun.set()
        gate.wait()
        return project

    monkeypatch.setattr(session_module, "open_project", open_slowly)
    return begun


def test_a_project_that_is_being_opened_is_closed_again(hands, project_folder, gate, slow_opening):
    hands.window.open(project_folder)
    assert slow_opening.wait(10)
    release = threading.Timer(0.2, gate.set)
    release.start()
    hands.window.close()
    hands.wait(lambda: is_free(project_folder))


def test_a_project_that_is_being_made_is_closed_again(hands, photos, tmp_path, monkeypatch, gate):
    begun = threading.Event()

    def scan_slowly(_project, *, label_maps):
        begun.set()
        gate.wait()
        while True:
            yield Progress(0, 0)

    monkeypatch.setattr(project_operations.scanning, "scan_images", scan_slowly)
    folder = tmp_path / "made"
    project_operations.create(hands.window.session, folder, image_root=photos, name="Made")
    assert begun.wait(10)
    release = threading.Timer(0.2, gate.set)
    release.start()
    hands.window.close()
    hands.wait(lambda: is_free(folder))
    with open_project(folder) as project:
        assert project.name == "Made"


def test_a_project_that_is_being_closed_is_closed_in_order(hands, project_folder, gate):
    hands.open(project_folder)
    hold_up(hands, gate)
    hands.window.session.close()
    release = threading.Timer(0.2, gate.set)
    release.start()
    hands.window.close()
    hands.window.close()
    hands.window.open(project_folder)
    hands.wait(lambda: hands.window.session.has_ended)
    assert hands.window.session.project is None, "nothing is opened any more"
    assert is_in_order(project_folder)
    assert "late" in label_names(project_folder)


def test_other_work_is_stopped_and_none_begins(hands, project_folder):
    hands.open(project_folder)
    closed, begun, late = threading.Event(), threading.Event(), []

    def endless():
        try:
            while True:
                begun.set()
                yield Progress(0, 0)
        finally:
            closed.set()

    hands.window.jobs.submit(Lane.COMPUTE, endless, title="Thinking")
    assert begun.wait(10)
    hands.window.close()
    hands.window.jobs.submit(Lane.DISK, lambda: late.append(True))
    hands.wait(lambda: hands.window.session.has_ended)
    assert closed.is_set()
    assert not late


def test_one_deadline_then_a_choice(hands, project_folder, gate, qtbot):
    hands.open(project_folder)
    hands.window.end._deadline.setInterval(600)
    hold_up(hands, gate, name="never")
    hands.window.close()
    told = finishing(qtbot)
    qtbot.waitUntil(told.quit.isVisible)
    assert told.late.isVisible()
    assert told.wait.isDefault()
    hands.click(told.wait)
    assert not told.quit.isVisible()
    assert not hands.window.end.is_over
    told.offer_to_quit(True)
    with qtbot.waitSignal(hands.window.ended):
        hands.click(told.quit)
    assert not hands.window.session.has_ended, "a thread goes on, which the program has to know"
    assert "never" not in label_names(project_folder)
    gate.set()
    hands.wait(lambda: hands.window.session.has_ended)


def test_whoever_is_told_that_something_was_not_saved_can_read_it(hands, project_folder):
    hands.open(project_folder)

    def refuse(_project):
        raise StorageError("the disk is full")

    hands.window.session.edit(refuse)
    hands.window.close()
    hands.wait(lambda: hands.window.session.has_ended)
    message = hands.dialog(Message)
    assert message.text.text() == "the disk is full"
    assert not hands.window.end.is_over
    message.reject()
    hands.wait(lambda: hands.window.end.is_over)


def test_opening_the_window_again_waits_for_the_end(hands, project_folder, gate):
    hands.open(project_folder)
    hold_up(hands, gate)
    asked = []

    def on_again(folder, image_id):
        asked.append((folder, image_id, is_in_order(project_folder)))

    hands.window.closed_to_open_again.connect(on_again)
    image_id = hands.window.viewer.image_id
    hands.window.open_again()
    assert not asked
    gate.set()
    hands.wait(lambda: asked)
    assert asked == [(project_folder, image_id, True)]


PROGRAM = """
import sys, threading, time
from pathlib import Path
from PySide6.QtCore import QTimer
from acseg_core.store.edits.labels import create_label
from acseg_desktop import app
from acseg_desktop.dialogs.finishing import FinishingWindow
from acseg_desktop.main_window import MainWindow
application = app.make_application()
def windows(kind):
    return [each for each in application.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
def when(condition, then):
    QTimer.singleShot(20, lambda: then() if condition() else when(condition, then))
def slowly(seconds):
    def work(project):
        create_label(project, "before")
        time.sleep(seconds)
        return create_label(project, "after")[1]
    windows(MainWindow)[0].session.edit(work)
def opened():
    return windows(MainWindow) and windows(MainWindow)[0].viewer.record is not None
"""
WAYS = {
    "closed": "slowly(0.6); windows(MainWindow)[0].close()",
    "quit": "slowly(0.6); application.quit()",
    "left": "slowly(0.6); application.exit(3)",
    "session ends": "slowly(0.6); app.finish(windows(MainWindow)[0], None)",
    "not waited for": "windows(MainWindow)[0].end._deadline.setInterval(400); slowly(100);"
    " windows(MainWindow)[0].close(); when(lambda: windows(FinishingWindow) and windows(FinishingWindow)[0].quit"
    ".isVisible(), lambda: windows(FinishingWindow)[0].quit.click())",
}


@pytest.mark.parametrize("way", WAYS)
def test_however_the_program_ends_what_was_done_is_there(project_folder, way):
    steps = f"def end():\n    {WAYS[way]}\nwhen(opened, end)\nsys.exit(app.run(Path(sys.argv[1])))\n"
    command = [sys.executable, "-c", PROGRAM + steps, str(project_folder)]
    outcome = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert outcome.returncode == (3 if way == "left" else 0), outcome.stderr
    assert "Traceback" not in outcome.stderr
    in_order = way != "not waited for"
    assert is_free(project_folder)
    assert is_in_order(project_folder) == in_order
    assert label_names(project_folder) == ({"before", "after"} if in_order else {"before"})
