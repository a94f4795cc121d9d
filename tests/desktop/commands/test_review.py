"""A person reviews regions by keys and mouse."""

from desktop.commands.reviewing import name_of, regions
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from acseg_core.store import open_project, queries
from acseg_core.store.edits import history
from acseg_core.types import OpChanges, RegionStatus
from acseg_core.verbs import Verb

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_merge_undo_redo_and_undo_after_reopening(desk, project_folder, make_window):
    before = [(region.id, region.area) for region in regions(desk)]
    desk.click_region(10, 10)
    desk.click_region(80, 10, CTRL)
    assert len(desk.window.canvas.selection) == 2
    desk.press(Qt.Key.Key_M)
    desk.rest()
    assert len(regions(desk)) == 3
    assert desk.window.canvas.selection == {before[0][0]}
    assert "merge" in desk.window.actions_["edit.undo"].text().lower()
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert [(region.id, region.area) for region in regions(desk)] == before
    desk.press(Qt.Key.Key_Y, CTRL)
    desk.rest()
    assert len(regions(desk)) == 3
    desk.close()
    again = make_window()
    again.open(project_folder)
    again.press(Qt.Key.Key_Z, CTRL)
    again.rest()
    assert [(region.id, region.area) for region in regions(again)] == before
    again.press(Qt.Key.Key_Z, CTRL | SHIFT)
    again.rest()
    assert len(regions(again)) == 2 or len(regions(again)) == 3


def test_reject_and_unname(desk):
    desk.click_region(10, 10)
    region_id = next(iter(desk.window.canvas.selection))
    desk.press(Qt.Key.Key_Slash)
    desk.type("tree")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    desk.press(Qt.Key.Key_Backspace)
    desk.rest()
    assert desk.window.viewer.region(region_id).label_id is None
    desk.press(Qt.Key.Key_Delete)
    desk.rest()
    assert desk.window.viewer.region(region_id).status is RegionStatus.REJECTED


def test_select_all_invert_clear(desk):
    canvas = desk.window.canvas
    desk.press(Qt.Key.Key_A, CTRL)
    assert len(canvas.selection) == 4
    desk.press(Qt.Key.Key_Escape)
    assert not canvas.selection
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_I, CTRL)
    assert len(canvas.selection) == 3


def test_keys_without_selection_say_what_to_do(desk):
    desk.press(Qt.Key.Key_M)
    assert "two or more" in desk.window.status.currentMessage()
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_7)
    assert "No label has the key 7" in desk.window.status.currentMessage()


def test_undo_goes_to_the_image_it_changes(desk):
    window = desk.window
    desk.press(Qt.Key.Key_A, CTRL)
    desk.press(Qt.Key.Key_M)
    desk.rest()
    first = window.viewer.image_id
    desk.press(Qt.Key.Key_D)
    desk.rest()
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert window.viewer.image_id == first
    assert len(window.viewer.regions) == 4


def test_edits_are_committed_at_once(desk, project_folder):
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Slash)
    desk.type("sea")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    with open_project(project_folder, read_only=True) as other:
        assert [label.name for label in queries.labels(other)] == ["sea"]
        assert history.state(other).undo is not None


def test_closing_right_after_an_edit_keeps_it(desk, project_folder):
    desk.press(Qt.Key.Key_A, CTRL)
    desk.press(Qt.Key.Key_M)
    desk.close()
    with open_project(project_folder) as project:
        assert len(queries.regions(project, 1)) == 1


def test_many_quick_keys_are_all_done_in_order(desk):
    desk.press(Qt.Key.Key_A, CTRL)
    desk.press(Qt.Key.Key_Slash)
    desk.type("one")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    for _ in range(10):
        desk.press(Qt.Key.Key_Backspace)
        desk.press(Qt.Key.Key_1)
    desk.rest()
    assert all(region.label_id == 1 for region in desk.window.viewer.regions)
    for _ in range(20):
        desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert all(region.label_id == 1 for region in desk.window.viewer.regions)


def test_keys_pressed_before_a_merge_is_shown_mean_the_merged_region(desk):
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Slash)
    desk.type("tree")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    desk.press(Qt.Key.Key_Backspace)
    desk.rest()
    desk.click_region(80, 10, CTRL)
    desk.press(Qt.Key.Key_M)
    desk.press(Qt.Key.Key_M)
    desk.press(Qt.Key.Key_1)
    desk.rest()
    assert QApplication.activeModalWidget() is None
    (merged,) = desk.window.canvas.selection
    assert len(regions(desk)) == 3
    assert name_of(desk, merged) == "tree"
    for _ in range(2):
        desk.press(Qt.Key.Key_Z, CTRL)
    desk.press(Qt.Key.Key_A, CTRL)
    desk.rest()
    assert len(regions(desk)) == 4
    desk.click_region(80, 10)
    (other,) = desk.window.canvas.selection
    desk.press(Qt.Key.Key_1)
    desk.rest()
    assert other != merged
    assert (name_of(desk, other), name_of(desk, merged)) == ("tree", None)


def test_undo_follows_its_own_changes_only(desk):
    window = desk.window
    desk.press(Qt.Key.Key_A, CTRL)
    desk.press(Qt.Key.Key_M)
    desk.rest()
    first, other = window.viewer.image_id, window.images.image_id(3)
    desk.press(Qt.Key.Key_Z, CTRL)
    elsewhere = OpChanges(Verb.PROPOSE, images=True, image_ids=frozenset({other}))
    window.session.note_changes(window.session.project, elsewhere)
    desk.rest()
    assert window.viewer.image_id == first
