"""`acseg status --trim-history` as a shell sees it: it asks, and drops only what is old."""

import io

from shell import acseg

from acseg_core.store import open_project
from acseg_core.store.edits import history


def edits(folder):
    with open_project(folder, read_only=True) as project:
        return len(history.operations(project, 99))


def test_the_command_line_asks_and_drops(worked, monkeypatch):
    assert "history  7 edits can be undone, about 0.0 MB" in acseg("status", worked)[0]
    assert acseg("status", worked, "--trim-history", "30d")[0] == "there are no older edits, so nothing was dropped\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    out, err = acseg("status", worked, "--trim-history", "3")
    assert "Drop 4 edits from the history, about 0.0 MB? They can no longer be undone." in err
    assert out.strip() == "nothing was dropped"
    assert edits(worked) == 7
    out, _ = acseg("status", worked, "--trim-history", "3", "--yes")
    assert out.startswith("4 edits dropped from the history; the file is ")
    assert edits(worked) == 3
    assert sorted((worked / "backups").glob("*.db"))


def test_what_makes_no_sense_is_refused(worked):
    assert "30d (days)" in acseg("status", worked, "--trim-history", "much", code=2)[1]
    assert "--yes needs --trim-history" in acseg("status", worked, "--yes", code=2)[1]
