"""What is behind *Advanced*: the model's parts in the form of proposals, and of names from a list."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from acseg_desktop.dialogs.advanced import AdvancedSwitch
from acseg_desktop.dialogs.class_list_form import ClassListForm
from acseg_desktop.dialogs.form import form_rows
from acseg_desktop.dialogs.propose_form import ProposeForm


def captions(form):
    return {label.text() for label in form.findChildren(QLabel) if label.isVisible()}


def test_rows_are_shown_while_it_is_open(qtbot):
    page, field = QWidget(), QLabel("field")
    qtbot.addWidget(page)
    rows = form_rows()
    page.setLayout(rows)
    switch = AdvancedSwitch(opened=False)
    rows.addRow("", switch)
    rows.addRow("Row", field)
    switch.toggled.connect(lambda: switch.show_rows(rows, [field]))
    switch.show_rows(rows, [field])
    page.show()
    assert isinstance(rows, QFormLayout)
    assert not field.isVisible()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert (field.isVisible(), switch.arrowType()) == (True, Qt.ArrowType.DownArrow)
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert (field.isVisible(), switch.arrowType()) == (False, Qt.ArrowType.RightArrow)


def test_nobody_meets_backbones_and_generators_who_does_not_ask(hands, project_folder):
    """On the code of before they were in the way of everybody who pressed Ctrl+B."""
    hands.open(project_folder)
    preferences = hands.window.preferences
    form = ProposeForm(hands.window, preferences, image_id=None, only_new=True)
    form.show()
    hidden = {"Backbone", "Built from"}
    assert {"Images", "Detail", "Device"} <= captions(form)
    assert not hidden & captions(form)
    hands.click(form.advanced)
    assert hidden <= captions(form)
    assert "timm name" not in captions(form)
    hands.click(form.hub)
    assert "timm name" in captions(form)
    hands.click(form.advanced)
    assert not (hidden | {"timm name"}) & captions(form)
    assert form.hub.isChecked(), "what was chosen stays"
    form.reject()


def test_it_is_open_where_something_is_not_as_usual(hands, project_folder):
    hands.open(project_folder)
    preferences = hands.window.preferences
    preferences.store("model/leaves", "generator")
    preferences.store("text/model", "ViT-L-14:openai")
    propose = ProposeForm(hands.window, preferences, image_id=None, only_new=True)
    names = ClassListForm(hands.window, preferences, labels=(), image_id=None, has_clusters=False)
    assert propose.advanced.isChecked()
    assert names.advanced.isChecked()
    preferences.store("model/leaves", "cells")
    preferences.store("text/model", "")
    for form in (propose, names):
        form.reject()


def test_the_text_model_is_behind_it_too(hands, project_folder):
    hands.open(project_folder)
    form = ClassListForm(hands.window, hands.window.preferences, labels=(), image_id=None, has_clusters=False)
    form.show()
    assert not {"Text model", "Weights"} & captions(form)
    hands.click(form.advanced)
    assert {"Text model", "Weights"} <= captions(form)
    form.reject()
