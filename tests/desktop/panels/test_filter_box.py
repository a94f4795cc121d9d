"""A combo box without room for its text says so."""

from acseg_desktop.panels.filter_box import FilterBox


def test_a_filter_without_room_for_its_text_says_so(qtbot, hands):
    box = FilterBox()
    qtbot.addWidget(box)
    box.addItems(["Foreground and background", "Any"])
    box.resize(400, 32)
    box.show()
    assert box.shown_text == "Foreground and background"
    box.resize(110, 32)
    assert box.shown_text.endswith("…")
    assert box.shown_text.startswith("Fo")
    assert box.fontMetrics().horizontalAdvance(box.shown_text) < 110 - 20
    box.setCurrentIndex(1)
    assert box.shown_text == "Any"
