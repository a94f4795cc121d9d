"""Curves that grow: what is drawn, what keys and mouse tell of it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from acseg_desktop.appearance.theme import Theme, current_tones
from acseg_desktop.panels.curve_plot import CurvePlot, Curves


@pytest.fixture
def plot(qtbot, qapp):
    Theme(qapp)
    made = CurvePlot("Loss")
    made.resize(300, made.sizeHint().height())
    qtbot.addWidget(made)
    made.show()
    return made


def inked(widget, color):
    image = widget.grab().toImage()
    wanted = QColor(color).rgb()
    return [(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) == wanted]


def test_a_falling_curve_is_drawn_from_top_left_to_bottom_right(plot):
    plot.add([(step, 100.0 - step) for step in range(100)])
    found = inked(plot, current_tones().accent)
    assert found, "nothing is drawn"
    left = min(found)
    right = max(found)
    assert left[1] < right[1] - 30


def test_keys_walk_from_point_to_point_and_tell_the_value(qtbot, plot):
    plot.add([(0, 3.0), (10, 2.0), (20, 1.25)])
    plot.setFocus()
    assert plot.accessibleDescription() == "Loss: 1.25 at step 20"
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.accessibleDescription() == "Loss: 2 at step 10"
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.accessibleDescription() == "Loss: 3 at step 0"
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert plot.accessibleDescription() == "Loss: 1.25 at step 20"


def test_the_mouse_finds_the_nearest_point(plot):
    plot.add([(0, 3.0), (10, 2.0), (20, 1.0)])
    middle = plot.height() // 2
    assert plot.place_at(QPoint(4, middle)) == 0
    assert plot.place_at(QPoint(plot.width() // 2 + 9, middle)) == 1
    assert plot.place_at(QPoint(plot.width() - 4, middle)) == 2
    assert plot.place_at(QPoint(4, 0)) is None, "above the curve is its name"


def test_after_a_resume_a_step_has_one_value_and_the_order_stays(plot):
    plot.add([(0, 3.0), (20, 1.0)])
    plot.add([(10, 2.0), (20, 1.5)])
    assert plot.points == [(0, 3.0), (10, 2.0), (20, 1.5)]


def test_ten_thousand_points_are_drawn_with_the_last_one_among_them(plot):
    plot.add([(step, float(step % 7)) for step in range(9_999)])
    plot.add([(9_999, 50.0)])
    assert max(inked(plot, current_tones().accent))[0] > plot.width() - 12


def test_each_curve_has_a_plot_of_its_own_in_the_order_they_came(qtbot):
    curves = Curves()
    qtbot.addWidget(curves)
    curves.add("loss", "Loss", [(0, 1.0)])
    curves.add("validation loss", "Loss kept aside", [(0, 2.0)])
    curves.add("loss", "Loss", [(1, 0.5)])
    assert [plot.title for plot in curves.plots.values()] == ["Loss", "Loss kept aside"]
    assert curves.plots["loss"].points == [(0, 1.0), (1, 0.5)]
    curves.clear()
    assert curves.plots == {}
