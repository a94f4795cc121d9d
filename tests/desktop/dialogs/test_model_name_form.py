"""Another name for a model."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from acseg_desktop.dialogs.model_name_form import ModelNameForm


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def form(window):
    made = ModelNameForm(window, name="Polyps", taken=("Bundled model", "Other"))
    made.show()
    return made


def test_a_new_name_is_typed_over_the_old_one(qtbot, form):
    told = []
    form.submitted.connect(told.append)
    qtbot.keyClicks(form.name, " Colon ")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    assert told == ["Colon"]


def test_a_name_that_another_model_has_is_refused(qtbot, form):
    qtbot.keyClicks(form.name, "OTHER")
    assert form.error.text() == "There is a model of this name already. Choose another one."
    assert not form.confirm.isEnabled()


def test_the_same_name_changes_nothing(qtbot, form):
    told = []
    form.submitted.connect(told.append)
    qtbot.mouseClick(form.confirm, Qt.MouseButton.LeftButton)
    assert told == []
    assert not form.isVisible()
