"""A session without a window."""

import contextlib
import threading

import pytest

from acseg_core.store import Project
from acseg_desktop.jobs import Jobs
from acseg_desktop.session import Session


@pytest.fixture
def open_session(qtbot):
    """Opens a project in a session without a window; closed in order at the end."""
    jobs = Jobs()
    session = Session(jobs)

    def open_folder(folder):
        session.open(folder)
        qtbot.waitUntil(lambda: session.is_open)
        return session

    yield open_folder
    session.close()
    qtbot.waitUntil(lambda: not jobs.running())
    assert jobs.shut_down(timeout=10)
    session.deleteLater()
    jobs.deleteLater()


@pytest.fixture
def session(open_session, tree_project):
    """Three images with trees, of four regions each, and a fourth without."""
    return open_session(tree_project)


@pytest.fixture
def edit_before_writing(monkeypatch):
    """Lets another lane commit an edit between what the next job reads and its first transaction that writes."""
    write = Project.write

    def arrange(edit) -> None:
        waiting = [edit]

        @contextlib.contextmanager
        def write_after_another(project):
            if waiting:
                other = threading.Thread(target=waiting.pop(), args=(project,))
                other.start()
                other.join()
            with write(project) as connection:
                yield connection

        monkeypatch.setattr(Project, "write", write_after_another)

    return arrange
