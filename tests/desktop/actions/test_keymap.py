"""Keys can be changed: at once, with conflicts shown, kept; the list of them; the way from panel to panel."""

import json

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from acseg_core.store import queries
from acseg_core.types import ImageStatus, RegionStatus
from acseg_desktop.actions.key_filter import captured_key
from acseg_desktop.actions.keymap import Keymap
from acseg_desktop.dialogs.lists import ShortcutList
from acseg_desktop.dialogs.shortcut_editor import ShortcutEditor
from acseg_desktop.menus.table import ACTIONS
from acseg_desktop.preferences import Preferences

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def edit(hands, action_id):
    """The editor, with an action chosen by typing its name."""
    hands.window.commands.keyboard.edit_shortcuts()
    editor = hands.dialog(ShortcutEditor)
    editor.activateWindow()
    hands.wait(editor.isActiveWindow)
    text = hands.window.actions_.specs[action_id].plain_text
    editor.list.search.setFocus()
    hands.qtbot.keyClicks(editor.list.search, text)
    for _ in editor.list.shown_ids():
        hands.qtbot.keyClick(editor.list.search, Qt.Key.Key_Up)
    while editor.list.current_id != action_id:
        before = editor.list.current_id
        hands.qtbot.keyClick(editor.list.search, Qt.Key.Key_Down)
        assert editor.list.current_id != before, f"{action_id} is not among {editor.list.shown_ids()}"
    return editor


def capture(hands, editor, key, modifier=NONE):
    hands.click(editor.add)
    assert editor.add.is_waiting
    hands.qtbot.keyClick(editor.add, key, modifier)
    assert not editor.add.is_waiting


def chips(editor):
    return [chip.text().partition(" ")[0] for chip in editor.chips]


def test_a_second_key_counts_at_once_and_after_a_restart(hands, make_window, project_folder):
    hands.open(project_folder)
    editor = edit(hands, "image.next")
    assert chips(editor) == ["D"]
    capture(hands, editor, Qt.Key.Key_K)
    assert not editor.conflict.isVisible()
    assert chips(editor) == ["D", "K"]
    editor.reject()
    hands.press(Qt.Key.Key_K)
    hands.rest()
    assert hands.window.viewer.record.path == "a2.png"
    assert hands.window.actions_["image.next"].toolTip() == "Next image (D, K)"
    hands.close()
    again = make_window()
    again.open(project_folder)
    again.press(Qt.Key.Key_K)
    again.rest()
    assert again.window.viewer.record.path == "a2.png"
    again.press(Qt.Key.Key_D)
    again.rest()
    assert again.window.viewer.record.path == "a10.jpg"


def test_a_conflict_is_shown_before_it_happens_and_can_be_left(hands, project_folder):
    hands.open(project_folder)
    editor = edit(hands, "region.split")
    capture(hands, editor, Qt.Key.Key_M)
    assert editor.conflict.isVisible()
    assert "“Merge”, which would have none" in editor.conflict_text.text()
    assert chips(editor) == ["X"], "nothing has changed yet"
    hands.click(editor.keep)
    assert not editor.conflict.isVisible()
    assert hands.window.keymap.keys("region.merge") == ("M",)
    capture(hands, editor, Qt.Key.Key_M)
    hands.click(editor.take_over)
    assert chips(editor) == ["X", "M"]
    assert hands.window.keymap.keys("region.merge") == ()
    assert hands.window.actions_["region.merge"].toolTip() == "Merge"
    editor.reject()
    assert hands.window.key_of("region.merge") == "Region ▸ Merge"


def test_who_keeps_other_keys_is_told_so(hands):
    editor = edit(hands, "region.split")
    capture(hands, editor, Qt.Key.Key_Y, CTRL)
    assert "“Redo”, which would keep Ctrl+Shift+Z" in editor.conflict_text.text()
    editor.reject()


def test_canvas_browser_and_tools_may_share_a_bare_key_but_not_others(hands):
    keymap = hands.window.keymap
    assert keymap.conflicts("clusters.merge", "T") == []
    assert keymap.conflicts("region.merge", "T") == ["view.overlay"]
    assert keymap.conflicts("tool.finish", "T") == []
    assert keymap.conflicts("clusters.merge", "Ctrl+A") == ["select.all"]
    assert keymap.conflicts("region.merge", "M") == []


def test_a_shared_key_means_the_browsers_action_in_the_browser(hands, tree_project):
    hands.window.keymap.give("clusters.back", "T")
    hands.open(tree_project)
    assert hands.window.commands.view.overlay_shown
    hands.press(Qt.Key.Key_T)
    assert not hands.window.commands.view.overlay_shown
    hands.press(Qt.Key.Key_G)
    hands.rest()
    hands.press(Qt.Key.Key_T)
    assert not hands.window.commands.clusters.is_open
    assert not hands.window.commands.view.overlay_shown, "T was the browser's"


def test_keys_are_removed_and_restored_one_by_one_and_all(hands):
    editor = edit(hands, "edit.redo")
    assert not editor.restore.isEnabled()
    hands.click(editor.chips[0])
    hands.click(editor.chips[0])
    assert chips(editor) == []
    assert hands.window.actions_["edit.redo"].shortcuts() == []
    assert editor.restore_all.isEnabled()
    hands.click(editor.restore)
    assert chips(editor) == ["Ctrl+Shift+Z", "Ctrl+Y"]
    assert not editor.restore_all.isEnabled()
    capture(hands, editor, Qt.Key.Key_E, CTRL)
    hands.click(editor.take_over)
    assert hands.window.keymap.keys("project.export") == ()
    hands.click(editor.restore_all)
    assert all(hands.window.keymap.keys(spec.id) == spec.keys for spec in ACTIONS)
    assert Preferences().text("shortcuts", "") == ""
    editor.reject()


def test_restoring_asks_when_another_has_the_key_now(hands):
    keymap = hands.window.keymap
    keymap.give("region.split", "M")
    editor = edit(hands, "region.merge")
    while editor.list.current_id != "region.merge":
        hands.qtbot.keyClick(editor.list.search, Qt.Key.Key_Down)
    hands.click(editor.restore)
    assert "M is the key of “Split by concept tree”, which would keep X" in editor.conflict_text.text()
    hands.click(editor.take_over)
    assert keymap.keys("region.merge") == ("M",)
    assert keymap.keys("region.split") == ("X",)
    editor.reject()


def test_escape_calls_the_capture_off_and_tab_is_refused(hands):
    editor = edit(hands, "image.next")
    capture(hands, editor, Qt.Key.Key_Escape)
    assert editor.isVisible(), "Esc is for the capture, not for the dialog"
    assert chips(editor) == ["D"]
    capture(hands, editor, Qt.Key.Key_Tab)
    assert "cannot be a shortcut" in editor.conflict_text.text()
    assert not editor.take_over.isVisible()
    hands.click(editor.keep)
    capture(hands, editor, Qt.Key.Key_Return)
    assert "Accept image and go on" in editor.conflict_text.text(), "Enter is a key like others"
    editor.reject()


def test_the_editor_is_used_without_a_mouse(hands):
    editor = edit(hands, "view.outlines")
    hands.qtbot.keyClick(editor.list.search, Qt.Key.Key_Tab)
    hands.qtbot.keyClick(editor.list.tree, Qt.Key.Key_Return)
    assert editor.add.is_waiting
    assert editor.add.hasFocus()
    hands.qtbot.keyClick(editor.add, Qt.Key.Key_K)
    assert hands.window.keymap.keys("view.outlines") == ("K",)
    editor.reject()


@pytest.mark.parametrize(
    ("key", "scan", "text", "modifiers", "expected"),
    [
        (Qt.Key.Key_M, 58, "m", NONE, "M"),
        (Qt.Key.Key_M, 58, "M", SHIFT, "Shift+M"),
        (0x0414, 46, "д", NONE, "L"),  # Cyrillic De, on the key of L
        (0x0412, 40, "в", CTRL, "Ctrl+D"),
        (0x0412, 40, "В", CTRL | SHIFT, "Ctrl+Shift+D"),
        (Qt.Key.Key_Question, 61, "?", SHIFT, "?"),
        (Qt.Key.Key_Ampersand, 10, "&", CTRL, "Ctrl+1"),  # French
        (Qt.Key.Key_F7, 73, "", NONE, "F7"),
        (Qt.Key.Key_F7, 73, "", SHIFT, "Shift+F7"),
        (Qt.Key.Key_Delete, 119, "", ALT, "Alt+Del"),
        (Qt.Key.Key_Space, 65, " ", NONE, None),
        (Qt.Key.Key_Left, 113, "", NONE, None),
        (Qt.Key.Key_Tab, 23, "\t", NONE, None),
    ],
)
def test_captured_keys_are_those_of_the_table(key, scan, text, modifiers, expected, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert captured_key(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, 0, 0, text)) == expected


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        "[]",
        "7",
        json.dumps({"no.action": ["K"]}),
        json.dumps({"image.next": "K"}),
        json.dumps({"image.next": [7]}),
    ],
)
def test_broken_settings_are_the_tables_keys(stored, qapp):
    preferences = Preferences()
    preferences.store("shortcuts", stored)
    keymap = Keymap(ACTIONS, preferences)
    assert keymap.keys("image.next") == ("D",)
    assert not keymap.has_changes


def test_the_list_follows_changed_keys_and_greys_out_what_is_not_possible(hands, project_folder):
    hands.open(project_folder)
    hands.window.keymap.give("image.next", "K")
    hands.press(Qt.Key.Key_F1)
    shown = hands.dialog(ShortcutList)
    assert shown.list.item("image.next").text(1) == "D   K"
    grey = shown.list.item("region.merge").foreground(0).color()
    assert grey.isValid()
    assert shown.list.item("region.merge").toolTip(0) == "Not possible now"
    assert shown.list.item("image.next").toolTip(0) == ""
    hands.qtbot.keyClicks(shown.list.search, "merge")
    assert "region.merge" in shown.list.shown_ids()
    assert "image.next" not in shown.list.shown_ids()
    shown.list.search.clear()
    hands.qtbot.keyClicks(shown.list.search, "k")
    assert shown.list.shown_ids() == ["image.next"]
    hands.click(hands.button(shown, "Change…"))
    hands.dialog(ShortcutEditor).reject()
    hands.click_region(10, 10)
    hands.click_region(80, 10, CTRL)
    hands.press(Qt.Key.Key_F1)
    assert hands.dialog(ShortcutList).list.item("region.merge").toolTip(0) == ""
    hands.dialog(ShortcutList).reject()


def test_every_action_is_in_the_list_once(hands):
    hands.window.commands.keyboard.show_shortcuts()
    shown = hands.dialog(ShortcutList)
    assert sorted(shown.list.shown_ids()) == sorted(spec.id for spec in ACTIONS)
    shown.reject()


def test_hints_in_the_window_follow_changed_keys(hands, project_folder):
    hands.open(project_folder)
    keymap = hands.window.keymap
    keymap.give("region.name", "K")
    keymap.take("region.name", "/")
    assert "press K to name it" in hands.window.labels.empty.text()
    hands.click_region(10, 10)
    hands.press(Qt.Key.Key_7)
    assert hands.window.status.currentMessage() == "No label has the key 7; press K to name the selection"


def titles(hands, key, modifier, count):
    found = []
    for _ in range(count):
        hands.press(key, modifier)
        found.append(hands.window.status.currentMessage())
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible()
    return found


def test_f6_reaches_every_panel_and_comes_round(hands, tree_project):
    hands.open(tree_project)
    forward = titles(hands, Qt.Key.Key_F6, NONE, 5)
    assert forward == ["Labels", "Regions", "Images", "Tools", "Image"]
    assert titles(hands, Qt.Key.Key_F6, SHIFT, 5) == ["Tools", "Images", "Regions", "Labels", "Image"]
    hands.press(Qt.Key.Key_G)
    hands.rest()
    assert set(titles(hands, Qt.Key.Key_F6, NONE, 3)) == {"Labels", "Tools", "Concept browser"}


def test_the_focus_is_seen_on_every_panel(hands, tree_project):
    """A picture of each panel with the focus differs from one without it."""
    hands.open(tree_project)
    window = hands.window
    for title in ("Labels", "Regions", "Images", "Tools", "Image"):
        before = {
            stop.title: stop.panel.grab().toImage() for stop in window.commands.keyboard.stops if stop.panel.isVisible()
        }
        hands.press(Qt.Key.Key_F6)
        assert window.status.currentMessage() == title
        panel = next(stop.panel for stop in window.commands.keyboard.stops if stop.title == title)
        assert panel.grab().toImage() != before[title], title


def test_a_whole_review_without_a_mouse(hands, project_folder, monkeypatch):
    """Select, name, merge, reject, accept and export by keys only; any mouse event fails the test."""
    hands.open(project_folder)
    window = hands.window
    hands.qtbot.mouseClick = hands.qtbot.mousePress = hands.qtbot.mouseMove = None
    hands.press(Qt.Key.Key_Tab)  # the largest region
    hands.press(Qt.Key.Key_Slash)
    hands.type("sky")
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert [label.name for label in window.session.labels.values()] == ["sky"]
    hands.press(Qt.Key.Key_F6)
    assert window.labels.isAncestorOf(QApplication.focusWidget())
    hands.press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is window.regions.view
    hands.press(Qt.Key.Key_Home)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down, SHIFT)
    assert len(window.canvas.selection) == 2
    hands.press(Qt.Key.Key_M)
    hands.rest()
    assert len(window.viewer.regions) == 3
    hands.press(Qt.Key.Key_1)
    hands.rest()
    hands.press(Qt.Key.Key_End)
    hands.press(Qt.Key.Key_Delete)
    hands.rest()
    statuses = [region.status for region in window.viewer.regions]
    assert statuses.count(RegionStatus.REJECTED) == 1
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    hands.press(Qt.Key.Key_Return)
    hands.rest()
    assert queries.image(window.session.project, 1).status is ImageStatus.DONE
    assert window.viewer.record.path == "a2.png"
    hands.press(Qt.Key.Key_F6)
    hands.press(Qt.Key.Key_F6)
    hands.press(Qt.Key.Key_F6)
    while QApplication.focusWidget() is not window.strip.view:
        hands.press(Qt.Key.Key_F6)
    hands.press(Qt.Key.Key_Left)
    hands.rest()
    assert window.viewer.record.path == "a1.png"


def test_the_mouse_is_not_at_the_canvas_after_f6(hands, project_folder):
    hands.open(project_folder)
    hands.qtbot.mouseMove(hands.window.canvas, QPoint(5, 5))
    hands.press(Qt.Key.Key_F6)
    assert not hands.window.canvas.hasFocus()
