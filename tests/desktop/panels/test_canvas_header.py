"""The line above the canvas: the name of the image has room."""

from PySide6.QtWidgets import QToolButton


def test_the_name_of_an_image_is_read_in_large_text_too(hands, project_folder):
    """What stands beside it gives way; the badge tells the status."""
    hands.open(project_folder)
    window = hands.window
    window.resize(1280, 820)
    header = window.header
    hands.rest()
    assert header.status.isVisible()
    window.theme.set_text_size(200)
    try:
        window.resize(1024, 700)
        hands.rest()
        assert header.name.width() >= header.name.fontMetrics().horizontalAdvance("a1.png")
        assert header.badge.toolTip() == header.status.text() == "Proposed"
    finally:
        window.theme.set_text_size(100)
    window.resize(1280, 820)
    hands.rest()
    assert header.status.isVisible()


def test_there_is_one_eye(hands, project_folder):
    """On the code of before the tool bar had the same switch once more."""
    hands.open(project_folder)
    overlay = hands.window.actions_["view.overlay"]
    shown = [each for each in hands.window.findChildren(QToolButton) if each.defaultAction() is overlay]
    assert [each.parentWidget() for each in shown if each.isVisible()] == [hands.window.header]
