"""Old history is dropped in the window and on the command line: told first, and only what is old."""

import io

import pytest
from PySide6.QtCore import Qt
from shell import acseg

from acseg_core.store import Project, open_project, queries
from acseg_core.store.edits import history, review
from acseg_core.store.upkeep.trimming import HistorySize, Kept
from acseg_desktop.dialogs.trim_form import TrimHistoryForm
from acseg_desktop.operations.history import trim

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def worked(project_folder):
    """A closed project with seven edits: a run and six names."""
    with open_project(project_folder) as project:
        ids = [region.id for region in queries.regions(project, queries.image_ids(project)[0])]
        for name in ("sky", "road", "car", "tree", "pole", "sign"):
            review.name_regions_as(project, [ids[0]], name)
    return project_folder


def edits(folder):
    with open_project(folder, read_only=True) as project:
        return len(history.operations(project, 99))


def test_the_form_tells_what_goes_and_the_rest_can_be_undone(hands, worked):
    hands.open(worked)
    window = hands.window
    window.actions_["project.trim"].trigger()
    form = hands.dialog(TrimHistoryForm)
    hands.wait(lambda: form.effect.text() == "Nothing is older than that.")
    assert not form.confirm.isEnabled()
    form.unit.setFocus()
    hands.qtbot.keyClick(form.unit, Qt.Key.Key_Down)
    form.number.setFocus()
    form.number.selectAll()
    hands.qtbot.keyClicks(form.number, "2")
    hands.wait(form.confirm.isEnabled)
    assert form.effect.text().startswith("5 edits are dropped, which frees about ")
    hands.click(form.confirm)
    hands.rest()
    assert window.status.currentMessage().startswith("5 edits dropped from the history, ")
    shown = [window.session.labels[region.label_id].name for region in window.viewer.regions if region.label_id]
    assert shown == ["sign"]
    for _ in range(4):
        hands.press(Qt.Key.Key_Z, CTRL)
        hands.rest()
    shown = [window.session.labels[region.label_id].name for region in window.viewer.regions if region.label_id]
    assert shown == ["tree"]
    assert not window.actions_["edit.undo"].isEnabled()
    hands.press(Qt.Key.Key_Y, CTRL)
    hands.rest()
    assert window.actions_["edit.undo"].isEnabled()
    window.actions_["project.trim"].trigger()
    form = hands.dialog(TrimHistoryForm)
    assert (form.number.value(), form.unit.currentText()) == (2, "edits")
    form.reject()


def test_what_is_told_as_freed_is_what_the_file_lost(hands, worked, monkeypatch):
    hands.open(worked)
    monkeypatch.setattr(Project, "compact", lambda _project: 3_500_000)
    job = trim(hands.window.session, Kept(edits=2))
    size = []
    job.succeeded.connect(size.append)
    hands.rest()
    assert size == [HistorySize(edits=5, bytes=3_500_000)]


def test_the_command_line_asks_and_drops(worked, monkeypatch):
    assert "history  7 edits can be undone, about 0.0 MB" in acseg("status", worked)[0]
    assert acseg("status", worked, "--trim-history", "30d")[0] == "nothing is older than that\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    out, err = acseg("status", worked, "--trim-history", "3")
    assert "drop 4 edits from the history, about 0.0 MB? They can no longer be undone." in err
    assert out.strip() == "nothing was dropped"
    assert edits(worked) == 7
    out, _ = acseg("status", worked, "--trim-history", "3", "--yes")
    assert out.startswith("4 edits dropped from the history; the file is ")
    assert edits(worked) == 3
    assert sorted((worked / "backups").glob("*.db"))


def test_what_makes_no_sense_is_refused(worked):
    assert "30d (days)" in acseg("status", worked, "--trim-history", "much", code=2)[1]
    assert "--yes goes with --trim-history" in acseg("status", worked, "--yes", code=2)[1]
