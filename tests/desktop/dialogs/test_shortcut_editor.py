"""Keys are changed: at once, with conflicts shown, kept, and restored."""

from PySide6.QtCore import Qt

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
    again.rest()
    assert again.window.viewer.record.path == "a2.png", "where it was left"
    again.press(Qt.Key.Key_K)
    again.rest()
    assert again.window.viewer.record.path == "a10.jpg"
    again.press(Qt.Key.Key_D)
    again.rest()
    assert again.window.viewer.record.path == "sub/b.png"


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
    assert hands.window.actions_["region.merge"].toolTip() == "Merge the selected regions into one"
    editor.reject()
    assert hands.window.key_of("region.merge") == "Region ▸ Merge"


def test_who_keeps_other_keys_is_told_so(hands):
    editor = edit(hands, "region.split")
    capture(hands, editor, Qt.Key.Key_Y, CTRL)
    assert "“Redo”, which would keep Ctrl+Shift+Z" in editor.conflict_text.text()
    editor.reject()


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
    assert "M belongs to “Split automatically”, which would keep X" in editor.conflict_text.text()
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
    assert "Accept & next" in editor.conflict_text.text(), "Enter is a key like others"
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
