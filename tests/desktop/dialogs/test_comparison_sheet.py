"""What a comparison found: verdict, figures, pictures, and what to do about it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from acseg_desktop.dialogs.comparison_sheet import ComparisonSheet
from acseg_desktop.operations.comparisons import ComparedRow


def plain(color):
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return image


ROWS = (
    ComparedRow("a.jpg", (7, 4), (0.71, 0.78), (0.8, 0.81), 1, plain("red"), plain("blue")),
    ComparedRow("b.jpg", (9, 8), None, (0.8, 0.7), -1, plain("green"), plain("white")),
    ComparedRow("c.jpg", (5, 5), None, (0.5, 0.5), 0, plain("red"), plain("blue")),
)


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def make(window):
    def open_sheet(**changes):
        given = {
            "name": "Polyps",
            "verdict": "Better.",
            "is_better": True,
            "by_labels": False,
            "rows": ROWS,
            "can_edit": True,
        }
        sheet = ComparisonSheet(window, **{**given, **changes})
        sheet.show()
        return sheet

    return open_sheet


def texts(sheet, row):
    return [sheet.table.item(row, column).text() for column in range(4)]


def test_the_table_begins_with_the_means_and_marks_each_image(make):
    sheet = make()
    assert texts(sheet, 0) == ["Mean", "7 → 6", "71% → 78%", "70% → 67%"]
    assert texts(sheet, 1) == ["a.jpg", "7 → 4", "71% → 78%", "80% → 81%"]
    assert texts(sheet, 2) == ["b.jpg", "9 → 8", "–", "80% → 70%"]
    told = [sheet.table.item(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (1, 2, 3)]
    assert told == ["a.jpg, better", "b.jpg, worse", "c.jpg, about the same"]


def test_keys_go_from_picture_to_picture(qtbot, make):
    sheet = make()
    assert sheet.picture.name == "a.jpg"
    sheet.table.setFocus()
    qtbot.keyClick(sheet.table, Qt.Key.Key_Down)
    assert sheet.picture.name == "b.jpg"


def test_a_better_model_is_what_enter_takes_and_one_without_gain_is_not(make):
    better, level = make(), make(is_better=False)
    assert better.adopt.isDefault()
    assert level.keep.isDefault()
    assert (better.adopt.property("primary"), level.adopt.property("primary")) == (True, None)


@pytest.mark.parametrize(("button", "asked"), [("adopt", ["adopt"]), ("delete", ["delete"]), ("keep", [])])
def test_buttons_ask_for_what_they_say_and_close(qtbot, make, button, asked):
    sheet, told = make(), []
    sheet.adoption_requested.connect(lambda: told.append("adopt"))
    sheet.deletion_requested.connect(lambda: told.append("delete"))
    qtbot.mouseClick(getattr(sheet, button), Qt.MouseButton.LeftButton)
    assert told == asked
    assert not sheet.isVisible()


def test_where_nothing_can_be_changed_there_is_only_close(make):
    for sheet in (make(can_edit=False), make(is_adopted=True)):
        assert not sheet.adopt.isVisible()
        assert not sheet.delete.isVisible()
    assert sheet.keep.text() == "Close"


def test_it_is_told_what_it_is_judged_by(make):
    assert make().explanation.text() == (
        "Judged on 3 images that neither model has learned from, by how steady the regions are: too few of these "
        "images have accepted regions to go by."
    )
    assert make(by_labels=True).explanation.text().endswith(", by the regions you have accepted there.")
