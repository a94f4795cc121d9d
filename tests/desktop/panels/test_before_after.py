"""The divider between before and after: dragged, moved by keys, told to those who do not see it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage

from acseg_desktop.panels.before_after import BeforeAfter


def plain(color, width=200, height=100):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return image


@pytest.fixture
def pair(qtbot):
    made = BeforeAfter()
    qtbot.addWidget(made)
    made.resize(200, 100)
    made.show_pictures("cat.jpg", plain("red"), plain("blue"))
    made.show()
    return made


def at(widget, x, y=75):
    return QColor(widget.grab().toImage().pixel(x, y)).name()


def test_before_is_left_of_the_divider_and_after_right_of_it(pair):
    assert (at(pair, 20), at(pair, 180)) == ("#ff0000", "#0000ff")
    pair.set_share(0.95)
    assert at(pair, 180) == "#ff0000"


def test_the_divider_is_dragged_with_the_mouse(qtbot, pair):
    told = []
    pair.moved.connect(told.append)
    qtbot.mousePress(pair, Qt.MouseButton.LeftButton, pos=QPoint(100, 50))
    qtbot.mouseMove(pair, QPoint(40, 50))
    qtbot.mouseRelease(pair, Qt.MouseButton.LeftButton, pos=QPoint(40, 50))
    qtbot.mouseClick(pair, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert pair.share == pytest.approx(0.25, abs=0.02)
    assert told[-1] == pair.share
    assert (at(pair, 30), at(pair, 80)) == ("#ff0000", "#0000ff")


def test_keys_move_the_divider_and_it_stays_in_the_picture(qtbot, pair):
    pair.setFocus()
    qtbot.keyClick(pair, Qt.Key.Key_Left)
    assert pair.share == pytest.approx(0.45)
    qtbot.keyClick(pair, Qt.Key.Key_Right)
    qtbot.keyClick(pair, Qt.Key.Key_PageUp)
    assert pair.share == pytest.approx(0.75)
    qtbot.keyClick(pair, Qt.Key.Key_End)
    qtbot.keyClick(pair, Qt.Key.Key_Right)
    assert pair.share == 1.0
    qtbot.keyClick(pair, Qt.Key.Key_Home)
    qtbot.keyClick(pair, Qt.Key.Key_Left)
    assert pair.share == 0.0


def test_it_is_told_what_is_shown_and_where_the_divider_is(qtbot, pair):
    assert pair.accessibleName() == "cat.jpg: before and after"
    assert pair.accessibleDescription().startswith("Divider at 50%: before on the left")
    pair.setFocus()
    qtbot.keyClick(pair, Qt.Key.Key_Right)
    assert pair.accessibleDescription().startswith("Divider at 55%")


def test_without_a_picture_after_nothing_can_be_dragged(qtbot, pair):
    pair.show_pictures("cat.jpg", plain("red"), QImage())
    qtbot.mouseClick(pair, Qt.MouseButton.LeftButton, pos=QPoint(20, 50))
    assert pair.share == 0.5
    assert at(pair, 180) == "#ff0000"
    assert pair.accessibleDescription() == "The picture after training is not there yet."


def test_a_tall_picture_keeps_its_shape_in_a_wide_place(pair):
    pair.show_pictures("tower.jpg", plain("red", 50, 100), plain("blue", 50, 100))
    assert pair.picture_rect.size().toTuple() == (50, 100)
    assert pair.picture_rect.left() == 75
