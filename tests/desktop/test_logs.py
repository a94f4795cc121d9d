"""Errors that nobody caught: shown, or written down where even that fails."""

import logging
import os
import subprocess
import sys
import textwrap
import threading

import pytest

from acseg_desktop.logs import catch_everything, log_folder, start_logging


@pytest.fixture
def hooks(monkeypatch):
    """The hooks of the interpreter, put back at the end."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)


def raise_to_hook(error):
    try:
        raise error
    except BaseException as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


def test_an_error_is_shown_with_its_trace(hooks):
    shown = []
    catch_everything(shown.append)
    raise_to_hook(ValueError("oh"))
    (error,) = shown
    assert str(error) == "oh"
    assert error.__traceback__ is not None


def test_an_error_that_cannot_be_shown_is_logged(hooks, caplog, capsys):
    def fail(_error):
        raise RuntimeError("no window")

    catch_everything(fail)
    raise_to_hook(ValueError("oh"))
    assert "could not show an error" in caplog.text
    assert "ValueError: oh" in capsys.readouterr().err


def test_a_person_who_interrupts_sees_no_dialog(hooks, capsys):
    shown = []
    catch_everything(shown.append)
    raise_to_hook(KeyboardInterrupt())
    assert shown == []


def test_a_thread_that_dies_is_logged(hooks, caplog):
    catch_everything(lambda _error: None)

    def die():
        raise ValueError("in a thread")

    thread = threading.Thread(target=die)
    thread.start()
    thread.join()
    assert "a thread died" in caplog.text
    assert "in a thread" in caplog.text


def test_the_log_is_written_into_its_folder(monkeypatch, tmp_path):
    monkeypatch.setattr("acseg_desktop.logs.platformdirs.user_log_dir", lambda *_names, **_more: str(tmp_path / "log"))
    monkeypatch.setattr("acseg_desktop.logs.faulthandler.enable", lambda _file: None)
    monkeypatch.setattr("acseg_desktop.logs._fault_files", files := [])
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        start_logging()
        logging.getLogger("acseg_desktop.test").warning("something happened")
    finally:
        for handler in set(root.handlers) - set(before):
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)
        for file in files:
            file.close()
    assert log_folder() == tmp_path / "log"
    assert "something happened" in (tmp_path / "log" / "acseg-desktop.log").read_text(encoding="utf-8")


def test_without_a_place_for_the_log_the_program_goes_on(monkeypatch, tmp_path, capsys):
    (tmp_path / "file").touch()
    monkeypatch.setattr("acseg_desktop.logs.platformdirs.user_log_dir", lambda *_names, **_more: str(tmp_path / "file"))
    start_logging()
    assert "no log file" in capsys.readouterr().err


STALL = """
import time
import acseg_desktop.app
from PySide6.QtCore import QCoreApplication, QTimer
from acseg_desktop.cli.main import app
from acseg_desktop.logs import start_logging
from acseg_desktop.watchdog import Watchdog

def run(project):
    start_logging()
    application = QCoreApplication([])
    watchdog = Watchdog(limit=0.1)
    QTimer.singleShot(150, lambda: time.sleep(0.5))
    QTimer.singleShot(900, application.quit)
    application.exec()
    watchdog.stop()
    return 0

acseg_desktop.app.run = run
app([*{arguments}, "gui"], prog_name="acseg")
"""


def stalled(home, *arguments):
    """What the terminal shows of a window that stalls, started as `acseg gui`."""
    environment = os.environ | {"HOME": str(home), "XDG_STATE_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    code = textwrap.dedent(STALL).replace("{arguments}", repr(arguments))
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, env=environment, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_a_window_that_stalls_says_so_in_the_log_file_and_not_in_the_terminal(tmp_path):
    assert stalled(tmp_path) == ""
    (log,) = tmp_path.rglob("acseg-desktop.log")
    assert "the window is blocked in" in log.read_text()
    assert "the window is blocked in" in stalled(tmp_path, "--verbose")


def test_where_there_can_be_no_log_file_the_terminal_stays_quiet_too(tmp_path):
    (tmp_path / "file").write_text("no folder")
    said = stalled(tmp_path / "file")
    assert said.startswith("no log file")
    assert "blocked" not in said
