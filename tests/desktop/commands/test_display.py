"""What is seen and how, by keys and switches of the window."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from acseg_core.store.edits.palette import PALETTE
from acseg_desktop.canvas.tints import STRONG, TINTS
from acseg_desktop.operations import labels
from acseg_desktop.panels.filter_box import FilterBox

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


def test_the_sliders_change_the_tone_and_reset(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    assert not window.tone_bar.isVisible()
    hands.press(Key.Key_T, SHIFT)
    assert window.tone_bar.isVisible()
    window.tone_bar.brightness.setValue(40)
    window.tone_bar.gamma.setValue(50)
    assert (window.canvas.tone.brightness, window.canvas.tone.gamma) == (0.4, 2.0)
    window.tone_bar.show_tone(window.canvas.tone)
    assert window.tone_bar.gamma.value() == 50
    hands.click(window.tone_bar.close_button)
    assert not window.tone_bar.isVisible()
    assert window.canvas.tone.brightness == 0.4
    hands.press(Key.Key_T, SHIFT)
    hands.click(window.tone_bar.reset)
    assert window.canvas.tone.is_plain
    assert not window.tone_bar.reset.isEnabled()
    window.tone_bar.contrast.setValue(10)
    window.commands.project.close()
    hands.wait(lambda: not window.session.is_open)
    assert window.canvas.tone.is_plain


def test_the_status_line_tells_the_pixel_s_values(hands, project_folder):
    hands.open(project_folder)
    canvas = hands.window.canvas
    QTest.mouseMove(canvas, hands.at(10, 12))
    x, y = (int(value) for value in canvas.image_point(hands.at(10, 12).toPointF()))
    red, green, blue = hands.window.viewer.photo[y, x]
    assert hands.window.status.cursor_text.text() == f"{x}, {y}   RGB {red} {green} {blue}"


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


def test_the_name_of_an_image_is_read_in_large_text_too(hands, project_folder):
    """What stands beside it gives way; the badge tells the status."""
    hands.open(project_folder)
    window = hands.window
    window.resize(1280, 820)
    header = window.header
    header.show_time((61.0, 3))
    hands.rest()
    assert header.status.isVisible()
    assert header.time.isVisible()
    window.theme.set_text_size(200)
    try:
        window.resize(1024, 700)
        hands.rest()
        assert header.name.width() >= header.name.fontMetrics().horizontalAdvance("a1.png")
        assert not header.time.isVisible()
        assert header.badge.toolTip() == header.status.text() == "Proposed"
    finally:
        window.theme.set_text_size(100)
    window.resize(1280, 820)
    hands.rest()
    assert header.status.isVisible()
    assert header.time.isVisible()


def test_small_buttons_grow_with_the_text(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    button = window.strip.findChild(QToolButton)
    tool = window.tools.widgetForAction(window.tools.actions()[0])
    header = window.header.findChild(QToolButton)
    before = [each.iconSize().width() for each in (button, tool, header)]
    window.theme.set_text_size(200)
    try:
        assert [each.iconSize().width() for each in (button, tool, header)] == [2 * size for size in before]
    finally:
        window.theme.set_text_size(100)
    assert before == [16, 20, 20] == [each.iconSize().width() for each in (button, tool, header)]


def test_a_filter_without_room_for_its_text_says_so(qtbot, hands):
    box = FilterBox()
    qtbot.addWidget(box)
    box.addItems(["Foreground and background", "Any"])
    box.resize(400, 32)
    box.show()
    assert box.shown_text == "Foreground and background"
    box.resize(110, 32)
    assert box.shown_text.endswith("…")
    assert box.shown_text.startswith("Fo")
    assert box.fontMetrics().horizontalAdvance(box.shown_text) < 110 - 20
    box.setCurrentIndex(1)
    assert box.shown_text == "Any"
