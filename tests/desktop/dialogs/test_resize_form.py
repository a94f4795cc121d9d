"""The form for growing and shrinking: what it submits, and that it begins with what was chosen last."""

import pytest
from PySide6.QtCore import Qt

from acseg_desktop.dialogs.resize_form import ResizeForm
from acseg_desktop.preferences import Preferences


@pytest.mark.parametrize(("button", "pixels"), [("grow", 7), ("shrink", -7)])
def test_what_is_chosen_is_submitted_and_remembered(hands, button, pixels):
    form, submitted = ResizeForm(hands.window, Preferences()), []
    form.submitted.connect(submitted.append)
    form.open()
    hands.click(getattr(form, button))
    assert form.confirm.text().lower() == button
    form.pixels.setFocus()
    form.pixels.selectAll()
    hands.qtbot.keyClicks(form.pixels, "7")
    hands.qtbot.keyClick(form.pixels, Qt.Key.Key_Return)
    assert submitted == [pixels]
    again = ResizeForm(hands.window, Preferences())
    assert again.pixels.value() == 7
    assert getattr(again, button).isChecked()
