"""The photo on the screen: its pixels as they are, fitted or at full size, and what is shown without one."""

import numpy as np
import pytest
from desktop.canvas.mouse import IN, MIDDLE, click, drag, wheel
from desktop.canvas.samples import LABELS, flat_photo, noise_photo, quarters, regions_of
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest


def test_without_regions_the_photo_is_drawn_as_it_is(canvas, grabbed):
    photo = noise_photo(480, 640)
    canvas.show_image(photo)
    canvas.actual_size()
    assert np.array_equal(grabbed(), photo)


def test_actual_size_and_fit(four):
    four.actual_size()
    assert four.zoom == 1.0
    assert four._viewport.picture == (170, 140, 470, 340)
    four.fit()
    assert four.zoom == 2.0
    four.resize(340, 240)
    assert four.zoom == 1.0


def test_panned_and_recoloured_in_one_go_is_drawn_right(four, grabbed):
    four.zoom_by(3, QPointF(380, 280))
    grabbed()
    QTest.keyClick(four, Qt.Key.Key_Left)
    four.select([40])
    four.set_hidden([10])
    piecewise = grabbed()
    four._frame.invalidate()
    assert np.array_equal(grabbed(), piecewise)


def test_the_view_is_kept_on_demand(four):
    four.zoom_by(3)
    kept = four._viewport.picture
    four.show_image(flat_photo(), keep_view=True)
    assert four._viewport.picture == kept
    four.show_image(flat_photo())
    assert four.zoom == 2.0


def test_the_empty_canvas_shows_its_message_and_bears_everything(canvas, qtbot, grabbed):
    canvas.clear("")
    empty = grabbed()
    assert (empty == empty[0, 0]).all()
    canvas.clear("No image yet")
    assert (grabbed() != empty).any()
    with qtbot.assertNotEmitted(canvas.cursor_moved):
        click(canvas, IN[10])
        drag(canvas, IN[10], IN[40])
        drag(canvas, IN[10], IN[40], MIDDLE)
        wheel(canvas, IN[10])
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Tab):
            QTest.keyClick(canvas, key)
    canvas.fit()
    canvas.actual_size()
    canvas.zoom_by(2)
    canvas.select_all()
    canvas.invert_selection()
    canvas.select([1])
    canvas.set_hidden([1])
    canvas.centre_on_region(1)
    assert canvas.region_at(QPointF(3, 3)) is None
    assert canvas.selection == frozenset()


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 3000), (3000, 1)])
def test_tiny_and_thin_pictures(canvas, grabbed, height, width):
    canvas.show_image(flat_photo(height, width, color=(200, 10, 10)))
    label_map = np.zeros((height, width), np.int32)
    canvas.show_regions(label_map, regions_of(label_map, [1]), LABELS)
    canvas.set_overlay_opacity(0)
    canvas.set_outlines(False)
    canvas.set_names(False)
    assert (grabbed()[240, 320] == (200, 10, 10)).all()
    click(canvas, QPoint(320, 240))
    assert canvas.selection == {10}
    for _ in range(40):
        wheel(canvas, QPoint(320, 240))
    grabbed()
    for _ in range(80):
        wheel(canvas, QPoint(320, 240), -1)
    grabbed()


def test_the_pixels_are_kept_alive(canvas, grabbed):
    def show() -> None:
        label_map = quarters()
        canvas.show_image(noise_photo(200, 300))
        canvas.show_regions(label_map, regions_of(label_map), LABELS)

    show()
    before = grabbed()
    _ = [np.full((200, 300, 3), 255, np.uint8) for _ in range(50)]
    canvas._frame.invalidate()
    assert np.array_equal(grabbed(), before)
