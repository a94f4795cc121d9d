"""The status line: what is under the cursor, and messages that are whole."""

from PySide6.QtTest import QTest


def test_the_status_line_tells_the_pixel_s_values(hands, project_folder):
    hands.open(project_folder)
    canvas = hands.window.canvas
    QTest.mouseMove(canvas, hands.at(10, 12))
    x, y = (int(value) for value in canvas.image_point(hands.at(10, 12).toPointF()))
    red, green, blue = hands.window.viewer.photo[y, x]
    assert hands.window.status.cursor_text.text() == f"{x}, {y}   RGB {red} {green} {blue}"


def test_a_passing_message_is_whole_in_large_text(hands, project_folder):
    """What always stands at the right makes room for it, and comes back."""
    hands.open(project_folder)
    status = hands.window.status
    status.effort.setText("24 s of work · 297 images per hour · 2 images left: about 24 s")
    words = "Select a region first, and then press the key of its label"
    for percent, width in ((100, 1100), (200, 1100), (200, 1500)):
        hands.window.commands.settings.choose_text_size(percent)
        hands.window.resize(width, 760)
        try:
            hands.rest()
            status.say(words, 60_000)
            hands.rest()
            shown = [label for label in (status.effort, status.counts) if label.isVisible()]
            end = min((label.x() for label in shown), default=status.width())
            assert status.fontMetrics().horizontalAdvance(words) < end, (percent, width)
            assert bool(shown) or percent == 200
            status.clearMessage()
            hands.rest()
            assert status.effort.isVisible()
            assert status.counts.isVisible()
        finally:
            hands.window.commands.settings.choose_text_size(100)
