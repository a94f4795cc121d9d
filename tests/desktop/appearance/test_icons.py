"""Icons grow with the text."""

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QToolButton

from acseg_desktop.appearance import icons


def test_small_buttons_grow_with_the_text(hands, project_folder):
    hands.open(project_folder)
    window = hands.window
    button = window.strip.findChild(QToolButton)
    tool = window.tools.widgetForAction(window.tools.actions()[0])
    header = window.header.findChild(QToolButton)
    before = [each.iconSize().width() for each in (button, tool, header)]
    window.theme.set_text_size(200)
    try:
        assert [each.iconSize().width() for each in (button, tool, header)] == [2 * size for size in before]
    finally:
        window.theme.set_text_size(100)
    assert before == [16, 20, 20] == [each.iconSize().width() for each in (button, tool, header)]


def test_a_swatch_is_drawn_once_for_each_colour_and_size(qapp, monkeypatch):
    """On the code of before, three thousand labels were drawn three times each for every letter typed."""
    drawn = []
    icons._swatch_icon.cache_clear()  # other tests may have drawn these colours
    monkeypatch.setattr(icons, "swatch", lambda color: drawn.append(color) or QPixmap(4, 4))
    first = icons.swatch_icon("#123456")
    assert icons.swatch_icon("#123456") is first
    assert icons.swatch_icon("#654321") is not first
    assert drawn == ["#123456", "#654321"]
    monkeypatch.setattr(icons, "scaled", lambda pixels: 3 * pixels)
    assert icons.swatch_icon("#123456") is not first
    icons._swatch_icon.cache_clear()
