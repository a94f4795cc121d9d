"""The form for old history: it tells what goes, and only that goes."""

from PySide6.QtCore import Qt

from acseg_desktop.dialogs.trim_form import TrimHistoryForm

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_form_tells_what_goes_and_the_rest_can_be_undone(hands, worked):
    hands.open(worked)
    window = hands.window
    window.actions_["project.trim"].trigger()
    form = hands.dialog(TrimHistoryForm)
    hands.wait(lambda: form.effect.text() == "Nothing is older than that.")
    assert not form.confirm.isEnabled()
    form.unit.setFocus()
    hands.qtbot.keyClick(form.unit, Qt.Key.Key_Down)
    form.number.setFocus()
    form.number.selectAll()
    hands.qtbot.keyClicks(form.number, "2")
    hands.wait(form.confirm.isEnabled)
    assert form.effect.text().startswith("5 edits will be removed, freeing about ")
    hands.click(form.confirm)
    hands.rest()
    assert window.status.currentMessage().startswith("5 edits removed from the history, ")
    shown = [window.session.labels[region.label_id].name for region in window.viewer.regions if region.label_id]
    assert shown == ["sign"]
    for _ in range(4):
        hands.press(Qt.Key.Key_Z, CTRL)
        hands.rest()
    shown = [window.session.labels[region.label_id].name for region in window.viewer.regions if region.label_id]
    assert shown == ["tree"]
    assert not window.actions_["edit.undo"].isEnabled()
    hands.press(Qt.Key.Key_Y, CTRL)
    hands.rest()
    assert window.actions_["edit.undo"].isEnabled()
    window.actions_["project.trim"].trigger()
    form = hands.dialog(TrimHistoryForm)
    assert (form.number.value(), form.unit.currentText()) == (2, "edits")
    form.reject()
