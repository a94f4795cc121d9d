"""Old history is dropped, and what that freed is told."""

from acseg_core.store import Project
from acseg_core.store.upkeep.trimming import HistorySize, Kept
from acseg_desktop.operations.history import trim


def test_what_is_told_as_freed_is_what_the_file_lost(hands, worked, monkeypatch):
    hands.open(worked)
    monkeypatch.setattr(Project, "compact", lambda _project: 3_500_000)
    job = trim(hands.window.session, Kept(edits=2))
    size = []
    job.succeeded.connect(size.append)
    hands.rest()
    assert size == [HistorySize(edits=5, bytes=3_500_000)]
