"""The line above the canvas: the name of the image has room."""


def test_the_name_of_an_image_is_read_in_large_text_too(hands, project_folder):
    """What stands beside it gives way; the badge tells the status."""
    hands.open(project_folder)
    window = hands.window
    window.resize(1280, 820)
    header = window.header
    header.show_time((61.0, 3))
    hands.rest()
    assert header.status.isVisible()
    assert header.time.isVisible()
    window.theme.set_text_size(200)
    try:
        window.resize(1024, 700)
        hands.rest()
        assert header.name.width() >= header.name.fontMetrics().horizontalAdvance("a1.png")
        assert not header.time.isVisible()
        assert header.badge.toolTip() == header.status.text() == "Proposed"
    finally:
        window.theme.set_text_size(100)
    window.resize(1280, 820)
    hands.rest()
    assert header.status.isVisible()
    assert header.time.isVisible()
