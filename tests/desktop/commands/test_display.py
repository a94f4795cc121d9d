"""What is seen and how, by keys and switches of the window."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from acseg_core.store.edits.palette import PALETTE
from acseg_desktop.canvas.tints import STRONG, TINTS
from acseg_desktop.operations import labels

Key, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def test_peek_shows_the_bare_photo_while_the_key_is_down(hands, project_folder):
    hands.open(project_folder)
    canvas = hands.window.canvas
    hands.activate()
    QTest.keyPress(canvas, Key.Key_Q)
    assert canvas._is_bare
    QApplication.sendEvent(canvas, QKeyEvent(QEvent.Type.KeyRelease, Key.Key_Q, NONE, "q", True))
    assert canvas._is_bare  # the key repeats
    QTest.keyRelease(canvas, Key.Key_Q)
    assert not canvas._is_bare


def test_peek_ends_with_the_window_s_focus(hands, project_folder):
    hands.open(project_folder)
    canvas = hands.window.canvas
    QTest.keyPress(canvas, Key.Key_Q)
    QApplication.sendEvent(hands.window, QEvent(QEvent.Type.WindowDeactivate))
    assert not canvas._is_bare


def test_isolate_and_hide(hands, project_folder):
    hands.open(project_folder)
    canvas = hands.window.canvas
    ids = {region.id for region in hands.window.viewer.regions}
    first = min(ids)
    canvas.select([first])
    hands.press(Key.Key_H, SHIFT)
    assert canvas.hidden == ids - {first}
    assert canvas.selection == {first}
    hands.press(Key.Key_H, SHIFT)
    assert canvas.hidden == frozenset()
    hands.press(Key.Key_H)
    assert canvas.hidden == {first}
    hands.press(Key.Key_H)
    assert canvas.hidden == frozenset()


def test_the_zoom_is_kept_for_the_next_image_on_request(hands, project_folder):
    hands.open(project_folder)
    window, canvas = hands.window, hands.window.canvas
    fitted = canvas.zoom
    canvas.zoom_by(3)
    hands.press(Key.Key_D)
    hands.rest()
    assert canvas.zoom == fitted
    window.actions_["looks.keep_view"].trigger()
    assert window.actions_["looks.keep_view"].isChecked()
    canvas.zoom_by(3)
    place = canvas._viewport.left, canvas._viewport.top
    hands.press(Key.Key_A)
    hands.rest()
    assert canvas.zoom == fitted * 3
    assert (canvas._viewport.left, canvas._viewport.top) == place


def test_strong_colours_are_used_and_remembered(hands, project_folder, make_window):
    hands.open(project_folder)
    window = hands.window
    assert set(window.canvas.colors.values()) <= set(TINTS)
    window.actions_["looks.strong"].trigger()
    assert set(window.canvas.colors.values()) <= set(STRONG)
    assert window.actions_["looks.strong"].isChecked()
    assert not window.actions_["looks.soft"].isChecked()
    second = make_window()
    assert second.window.actions_["looks.strong"].isChecked()
    second.window.actions_["looks.soft"].trigger()


def test_the_overview_can_be_switched_off_for_good(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    window.canvas.zoom_by(6)
    assert window.canvas.minimap.isVisible()
    window.actions_["looks.minimap"].trigger()
    assert not window.canvas.minimap.isVisible()
    assert not window.preferences.flag("minimap", True)


def test_labels_are_recoloured_as_one_step(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    first = min(region.id for region in window.viewer.regions)
    window.canvas.select([first])
    window.commands.review.give_name("road")
    hands.rest()
    (road,) = window.session.labels.values()
    labels.recolor(window.session, road.id, "#102030")
    hands.rest()
    assert window.canvas.colors[first] == "#102030"
    window.actions_["looks.recolor"].trigger()
    hands.rest()
    assert window.canvas.colors[first] == PALETTE[0]
    hands.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hands.rest()
    assert window.canvas.colors[first] == "#102030"
