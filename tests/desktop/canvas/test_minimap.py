"""The overview in the corner, the grid of pixels, and the bare photo."""

import numpy as np
import pytest
from desktop.canvas.samples import LABELS, flat_photo, noise_photo, quarters, regions_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from acseg_desktop.canvas.tone import Tone

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def seen_centre(canvas) -> tuple[float, float]:
    """The image point in the middle of the window."""
    return canvas._viewport.to_image(canvas._viewport.width / 2, canvas._viewport.height / 2)


@pytest.fixture
def near(four):
    """The quarters at eight times their size: not all of it is in sight."""
    four.zoom_by(4.0)
    four.grab()
    return four


def test_it_shows_only_when_the_photo_is_larger_than_the_window(four):
    assert not four.minimap.isVisible()
    four.zoom_by(4.0)
    assert four.minimap.isVisible()
    corner = four.minimap.geometry().bottomRight()
    assert four.rect().contains(corner)
    assert (four.rect().bottomRight() - corner).manhattanLength() < 40
    assert four.minimap.width() / four.minimap.height() == pytest.approx(1.5, abs=0.02)
    four.fit()
    assert not four.minimap.isVisible()


def test_it_can_be_switched_off(near):
    near.set_minimap(False)
    assert not near.minimap.isVisible()
    near.zoom_by(1.2)
    assert not near.minimap.isVisible()
    near.set_minimap(True)
    assert near.minimap.isVisible()


def test_a_click_and_a_drag_move_the_view(near):
    small = near.minimap
    QTest.mousePress(small, LEFT, NONE, QPoint(small.width() // 4, small.height() // 4))
    assert seen_centre(near) == pytest.approx((75, 50), abs=2)
    QTest.mouseMove(small, QPoint(small.width() // 2, small.height() * 3 // 4))
    assert seen_centre(near) == pytest.approx((150, 150), abs=2)
    QTest.mouseRelease(small, LEFT, NONE, QPoint(small.width() // 2, small.height() * 3 // 4))
    assert near.selection == frozenset()  # the canvas below got no click


def test_the_mark_is_what_is_in_sight(near):
    near._centre_on(0.25, 0.25)
    mark, small = near.minimap._mark(), near.minimap
    left, top = near._viewport.to_image(0, 0)
    right, bottom = near._viewport.to_image(640, 480)
    assert mark.left() == pytest.approx(max(0, left) / 300 * small.width(), abs=1)
    assert mark.top() == pytest.approx(max(0, top) / 200 * small.height(), abs=1)
    assert mark.right() == pytest.approx(right / 300 * small.width(), abs=1)
    assert mark.bottom() == pytest.approx(bottom / 200 * small.height(), abs=1)


def test_it_has_the_photo_and_its_tone(canvas):
    photo = flat_photo(color=(200, 100, 0))
    photo[:, 150:] = (0, 0, 100)
    canvas.show_image(photo)
    canvas.zoom_by(4)
    image = canvas.minimap._image
    assert image.pixelColor(10, 10).getRgb()[:3] == (200, 100, 0)
    assert image.pixelColor(image.width() - 10, 10).getRgb()[:3] == (0, 0, 100)
    canvas.set_tone(Tone(brightness=0.2))
    assert canvas.minimap._image.pixelColor(10, 10).getRgb()[:3] == (251, 151, 51)


def test_the_edges_of_pixels_are_drawn_when_near(canvas, grabbed):
    canvas.show_image(flat_photo(40, 60))
    canvas.set_minimap(False)
    canvas._zoom_to(10.0, None)
    assert len(np.unique(grabbed()[100:300, 100:300].reshape(-1, 3), axis=0)) == 1
    canvas._zoom_to(16.0, None)
    left, top = canvas._viewport.left, canvas._viewport.top
    shown = grabbed()
    for index in range(1, 12):
        x, y = left + index * 16, top + index * 16
        if 0 < x < 640:
            assert not np.array_equal(shown[240, x], shown[240, x + 3]), index
            assert np.array_equal(shown[240, x + 3], shown[240, x + 12]), index
        if 0 < y < 480:
            assert not np.array_equal(shown[y, 320], shown[y + 3, 320]), index


@pytest.mark.parametrize("zoom", [12.7, 16.0, 33.3])
def test_the_grid_lies_between_the_colours(canvas, grabbed, zoom):
    """Each line is the first device pixel of an image pixel, whatever the zoom."""
    canvas.show_image(noise_photo(40, 60))
    canvas.set_minimap(False)
    canvas._zoom_to(zoom, None)
    shown = grabbed()
    columns = canvas._viewport.columns(canvas._viewport.picture)
    left = canvas._viewport.left
    starts = np.flatnonzero(np.diff(columns)) + 1 + left
    for x in starts[(starts > 2) & (starts < 630)]:
        assert not np.array_equal(shown[200:203, x], shown[200:203, x + 1])
        assert np.array_equal(shown[200:203, x + 1], shown[200:203, x + 5])


def test_bare_is_the_photo_alone(canvas, grabbed):
    label_map = quarters()
    canvas.show_image(flat_photo())
    canvas.show_regions(label_map, regions_of(label_map, [1, 2]), LABELS)
    canvas.select([30])
    with_regions = grabbed()
    canvas.set_bare(True)
    assert len(np.unique(grabbed()[60:420, 40:600].reshape(-1, 3), axis=0)) == 1
    canvas.set_bare(False)
    assert np.array_equal(grabbed(), with_regions)
