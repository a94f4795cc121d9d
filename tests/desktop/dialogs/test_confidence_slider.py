"""The slider of a confidence says in words what it is at, and is told once for each value."""

from acseg_desktop.dialogs.confidence_slider import ConfidenceSlider


def test_the_value_is_a_share_and_a_text(qtbot, qapp):
    slider = ConfidenceSlider(70)
    qtbot.addWidget(slider)
    assert slider.least == 0.7
    assert slider.text.text().replace("\u202f", " ").replace("\u00a0", " ") == "70% or more"
    with qtbot.waitSignal(slider.changed):
        slider.slider.setValue(100)
    assert slider.least == 1.0
    words = slider.text.text()
    assert slider.text.fontMetrics().horizontalAdvance(words) <= slider.text.width(), "the widest has room"
