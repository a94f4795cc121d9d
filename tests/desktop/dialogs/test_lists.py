"""Dialogs that only show: the list of shortcuts follows changed keys, and holds every action once.

Covers: dialogs.shortcut_tree.
"""

from PySide6.QtCore import Qt

from acseg_desktop.dialogs.lists import ShortcutList
from acseg_desktop.dialogs.shortcut_editor import ShortcutEditor
from acseg_desktop.menus.table import ACTIONS

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_the_list_follows_changed_keys_and_greys_out_what_is_not_possible(hands, project_folder):
    hands.open(project_folder)
    hands.window.keymap.give("image.next", "K")
    hands.press(Qt.Key.Key_F1)
    shown = hands.dialog(ShortcutList)
    assert shown.list.item("image.next").text(1) == "D   K"
    grey = shown.list.item("region.merge").foreground(0).color()
    assert grey.isValid()
    assert shown.list.item("region.merge").toolTip(0) == "Not available now"
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
