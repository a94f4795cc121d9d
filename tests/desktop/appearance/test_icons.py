"""Icons grow with the text."""

from PySide6.QtWidgets import QToolButton


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
