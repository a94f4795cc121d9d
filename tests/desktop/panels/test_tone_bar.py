"""The sliders of brightness, contrast and gamma: shown, reset, and plain in another project."""

from PySide6.QtCore import Qt

Key, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


def test_the_sliders_change_the_tone_and_reset(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    assert not window.tone_bar.isVisible()
    hands.press(Key.Key_T, SHIFT)
    assert window.tone_bar.isVisible()
    window.tone_bar.brightness.setValue(40)
    window.tone_bar.gamma.setValue(50)
    assert (window.canvas.tone.brightness, window.canvas.tone.gamma) == (0.4, 2.0)
    window.tone_bar.show_tone(window.canvas.tone)
    assert window.tone_bar.gamma.value() == 50
    hands.click(window.tone_bar.close_button)
    assert not window.tone_bar.isVisible()
    assert window.canvas.tone.brightness == 0.4
    hands.press(Key.Key_T, SHIFT)
    hands.click(window.tone_bar.reset)
    assert window.canvas.tone.is_plain
    assert not window.tone_bar.reset.isEnabled()
    window.tone_bar.contrast.setValue(10)
    window.commands.project.close()
    hands.wait(lambda: not window.session.is_open)
    assert window.canvas.tone.is_plain
