"""The list of names to approve after another model was adopted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from acseg_desktop.dialogs.carried_names import CarriedNamesForm, CarriedRow

ROWS = (
    CarriedRow("polyp", "#e6194b", 120, 0.93),
    CarriedRow("mucosa", "#3cb44b", 1301, 0.81),
    CarriedRow("instrument", "#4363d8", 14, 0.55),
)


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def form(window):
    made = CarriedNamesForm(window, ROWS, done="Done.")
    made.show()
    return made


@pytest.fixture
def told(form):
    found = []
    form.approved.connect(found.append)
    return found


def test_all_are_approved_at_first_and_enter_takes_them(qtbot, form, told):
    assert form.confirm.text() == "Keep 3 names"
    qtbot.mouseClick(form.confirm, Qt.MouseButton.LeftButton)
    assert told == [(0, 1, 2)]


def test_space_takes_a_name_out(qtbot, form, told):
    form.table.setFocus()
    qtbot.keyClick(form.table, Qt.Key.Key_Down)
    qtbot.keyClick(form.table, Qt.Key.Key_Space)
    assert form.confirm.text() == "Keep 2 names"
    qtbot.mouseClick(form.confirm, Qt.MouseButton.LeftButton)
    assert told == [(0, 2)]


def test_none_and_all_at_once(qtbot, form):
    qtbot.mouseClick(form.none, Qt.MouseButton.LeftButton)
    assert form.chosen == ()
    assert not form.confirm.isEnabled()
    qtbot.mouseClick(form.all, Qt.MouseButton.LeftButton)
    assert form.chosen == (0, 1, 2)


def test_all_are_taken_back_by_a_button_only(qtbot, form, told):
    qtbot.mouseClick(form.leave, Qt.MouseButton.LeftButton)
    assert told == [()]


def test_leaving_it_without_an_answer_leaves_everything_as_it_is(qtbot, form, told):
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert told == []
    assert not form.isVisible()
