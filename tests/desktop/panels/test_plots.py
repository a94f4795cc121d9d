"""Plots by mouse, by keys and for those who do not see them: which value is where."""

import pytest
from PySide6.QtCore import QPoint, Qt

from acseg_desktop.panels.plots import BarRows, Mark, SplitBar


@pytest.fixture
def rows(qtbot):
    """Three rows that lead somewhere."""
    plot = BarRows("Labels")
    qtbot.addWidget(plot)
    plot.show_marks([Mark("sky", 4, "four", key=10), Mark("car", 2, "two", key=20), Mark("sea", 0, "none", key=30)])
    plot.resize(300, plot.sizeHint().height())
    return plot


def test_every_row_has_its_height(rows):
    height = rows.height() // 3
    assert [rows.mark_at(QPoint(5, row * height + height // 2)).name for row in range(3)] == ["sky", "car", "sea"]
    assert rows.mark_at(QPoint(5, rows.height() + height)) is None


def test_values_are_said_in_words(rows):
    assert rows.accessibleName() == "Labels"
    assert rows.accessibleDescription() == "sky: four; car: two; sea: none"


def test_rows_are_walked_and_chosen_by_keys_and_by_double_click(rows, qtbot):
    chosen = []
    rows.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(rows, key)
    qtbot.keyClick(rows, Qt.Key.Key_Up)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert chosen == [10, 30, 20]
    qtbot.mouseDClick(rows, Qt.MouseButton.LeftButton, pos=QPoint(5, 2))
    assert chosen[-1] == 10


def test_rows_that_lead_nowhere_take_no_keys(rows):
    assert rows.focusPolicy() == Qt.FocusPolicy.StrongFocus
    rows.show_marks([Mark("sky", 4, "four")])
    assert rows.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_parts_of_the_split_bar_are_found_in_it_and_below(qtbot):
    bar = SplitBar("Images")
    qtbot.addWidget(bar)
    bar.show_marks([Mark("done", 3, "3"), Mark("new", 1, "1"), Mark("none", 0, "0")])
    bar.resize(400, bar.sizeHint().height())
    assert [bar.mark_at(QPoint(x, 5)).name for x in (10, 290, 310, 390)] == ["done", "done", "new", "new"]
    assert bar.mark_at(QPoint(10, bar.height() - 3)).name == "none"


def test_what_is_there_at_all_can_be_found(qtbot):
    bar = SplitBar("Images")
    qtbot.addWidget(bar)
    bar.show_marks([Mark("few", 1, "1"), Mark("many", 100_000, "100,000")])
    bar.resize(400, bar.sizeHint().height())
    assert bar.mark_at(QPoint(0, 5)).name == "few"
    bar.show_marks([])
    assert bar.mark_at(QPoint(0, 5)) is None
