"""The form of a proposal: what is chosen is used and remembered, what is unknown is told."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from acseg_core.store import queries
from acseg_desktop.dialogs.message import Message
from acseg_desktop.dialogs.propose_form import ProposeForm

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("box", "usual", "key", "other", "setting", "value"),
    [
        ("detail", "balanced", Qt.Key.Key_Up, "fast", ("backbone", "input_size"), 336),
        ("fine", "ward", Qt.Key.Key_Down, "generator", ("tree", "fine"), "generator"),
    ],
)
def test_what_is_chosen_is_what_the_run_uses_and_is_remembered(
    hands, project_folder, tiny, box, usual, key, other, setting, value
):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    choice = getattr(form, box)
    assert choice.currentData() == usual
    choice.setFocus()
    hands.qtbot.keyClick(choice, key)
    form.all_images.setChecked(True)
    hands.click(form.confirm)
    hands.wait(lambda: not hands.window.commands.propose.is_running, timeout=60_000)
    hands.rest()
    run = queries.summary(hands.window.session.project).last_run
    stage, name = setting
    assert json.loads(run.config_json)[stage][name] == value
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    assert getattr(form, box).currentData() == other
    form.reject()
    hands.rest()


def test_unknown_backbone_is_one_clear_line(hands, project_folder, tiny):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_B, CTRL)
    form = hands.dialog(ProposeForm)
    hub = next(button for button in form.findChildren(QRadioButton) if button is form.hub)
    hub.setChecked(True)
    form.name.selectAll()
    hands.qtbot.keyClicks(form.name, "vit_of_my_dreams")
    form.all_images.setChecked(True)
    hands.click(form.confirm)
    message = hands.dialog(Message)
    assert message.windowTitle() == "Unknown backbone"
    assert "vit_of_my_dreams" in message.text.text()
    assert "\n" not in message.text.text()
    message.reject()
    hands.rest()
    assert len(hands.window.viewer.regions) == 4
