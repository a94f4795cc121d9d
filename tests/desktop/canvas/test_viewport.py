"""Where the picture lies on the screen: fitted, zoomed at a point, panned within limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_desktop.canvas.viewport import KEEP_VISIBLE, MAX_ZOOM, Rect, Viewport


def viewport(image=(300, 200), size=(640, 480), margin=20) -> Viewport:
    view = Viewport()
    view.margin = margin
    view.resize(width=size[0], height=size[1])
    view.show(width=image[0], height=image[1], keep=False)
    return view


def test_fit_centres_the_picture_within_the_margin():
    view = viewport()
    assert view.zoom == 2.0
    assert view.picture == Rect(20, 40, 620, 440)


def test_fit_does_not_exceed_the_largest_zoom():
    view = viewport(image=(1, 1))
    assert view.zoom == MAX_ZOOM
    assert view.picture == Rect(288, 208, 352, 272)


@settings(deadline=None)
@given(x=st.floats(40, 600), y=st.floats(60, 420), factors=st.lists(st.floats(0.5, 3.0), min_size=1, max_size=12))
def test_zooming_keeps_the_point_under_the_cursor(x, y, factors):
    view = viewport()
    before = view.to_image(x, y)
    for factor in factors:
        view.zoom_to(view.zoom * factor, x=x, y=y)
    now = view.to_screen(*before)
    # Half a screen pixel is lost by standing on whole ones: once then, once now (enlarged with the picture).
    assert abs(now[0] - x) <= 0.5 + 0.5 * max(1, view.zoom / 2)
    assert abs(now[1] - y) <= 0.5 + 0.5 * max(1, view.zoom / 2)


def test_many_small_zoom_steps_do_not_drift():
    view = viewport()
    for _ in range(50):
        view.zoom_to(view.zoom * 1.03, x=333, y=222)
    for _ in range(50):
        view.zoom_to(view.zoom / 1.03, x=333, y=222)
    assert view.picture == Rect(20, 40, 620, 440)


def test_zoom_stays_within_limits():
    view = viewport(image=(6000, 4000))
    fitted = view.zoom
    view.zoom_to(1e9, x=0, y=0)
    assert view.zoom == MAX_ZOOM
    view.zoom_to(1e-9, x=0, y=0)
    assert view.zoom == pytest.approx(fitted / 4)


def test_panning_keeps_some_of_the_picture_in_sight():
    view = viewport()
    view.pan(1e6, -1e6)
    assert view.left == 640 - KEEP_VISIBLE
    assert view.picture.bottom == KEEP_VISIBLE


def test_a_fitted_picture_follows_the_window_and_a_moved_one_keeps_its_middle():
    view = viewport()
    view.resize(width=1240, height=880)
    assert view.zoom == pytest.approx(4.0)
    view.zoom_to(8.0, x=620, y=440)
    view.pan(100, 50)
    middle = view.to_image(620, 440)
    view.resize(width=800, height=600)
    assert view.zoom == 8.0
    assert view.to_image(400, 300) == pytest.approx(middle, abs=0.1)


def test_another_resolution_keeps_what_is_seen():
    view = viewport()
    view.zoom_to(3.0, x=0, y=0)
    view.resize(width=1280, height=960, scale=2.0)
    assert view.zoom == 6.0


def test_keeping_the_view_over_another_picture():
    view = viewport()
    view.zoom_to(5.0, x=320, y=240)
    view.show(width=300, height=200, keep=True)
    assert view.zoom == 5.0
    assert view.to_image(320, 240) == pytest.approx((150, 100), abs=0.2)
    view.show(width=300, height=200, keep=False)
    assert view.zoom == 2.0


@settings(deadline=None)
@given(zoom=st.floats(0.02, 64), offset=st.integers(-500, 500), length=st.integers(1, 5000))
def test_sampled_columns_are_those_under_the_pixel_centres(zoom, offset, length):
    view = Viewport()
    view.image_width = view.image_height = length
    view.zoom = zoom
    view._x = float(offset)
    picture = view.picture
    part = Rect(picture.left, 0, min(picture.right, picture.left + 700), 1)
    columns = view.columns(part)
    expected = np.clip(np.floor((np.arange(part.width) + 0.5) / zoom), 0, length - 1)
    assert np.array_equal(columns, expected)
    assert columns[0] == min(length - 1, int(0.5 / zoom))


def test_rectangles():
    a, b = Rect(0, 0, 4, 4), Rect(2, 1, 6, 3)
    assert a.intersected(b) == Rect(2, 1, 4, 3)
    assert a.united(b) == Rect(0, 0, 6, 4)
    assert Rect(0, 0, 0, 0).united(b) == b == b.united(Rect(5, 5, 5, 9))
    assert a.intersected(Rect(9, 9, 10, 10)).is_empty
    assert a.grown(2) == Rect(-2, -2, 6, 6)


def test_a_bar_above_moves_nothing_and_gives_everything_back():
    """On the code of before a fitted picture became smaller, and one that was not moved."""
    for view in (viewport(), viewport(image=(200, 300))):
        before = view.zoom, view.picture
        view.cover(40)
        assert view.height == 440
        assert view.zoom == before[0]
        assert (view.left, view.top) == (before[1].left, before[1].top - 40)
        view.cover(-40)
        assert (view.zoom, view.picture) == before
        assert view.fitted
        view.zoom_to(5, x=100, y=100)
        at = view.to_image(300, 200)
        view.cover(40)
        assert view.to_image(300, 160) == pytest.approx(at)


def test_what_bars_would_cover_much_of_is_fitted_anew():
    view = viewport(image=(200, 300))
    for _ in range(3):
        view.cover(40)
    assert view.picture.top >= 0
    assert view.picture.bottom <= view.height
    assert view.fitted


@given(
    st.tuples(st.integers(1, 3000), st.integers(1, 3000)),
    st.tuples(st.integers(60, 2000), st.integers(60, 2000)),
    st.integers(0, 80),
)
@settings(deadline=None)
def test_a_fitted_picture_is_in_sight_with_and_without_the_bar_that_room_is_left_for(image, size, bar):
    view = Viewport()
    view.margin, view.reserve = 12, min(bar, size[1] // 8)
    view.resize(width=size[0], height=size[1])
    view.show(width=image[0], height=image[1], keep=False)
    for taken in (0, view.reserve):
        view.cover(taken)
        assert view.top >= 0
        assert view.picture.bottom <= view.height + 1


GROUND = Rect(-100, -50, 300, 150)


def in_scene() -> Viewport:
    view = Viewport()
    view.resize(width=400, height=300)
    view.show(width=100, height=100, keep=False, ground=GROUND)
    return view


def test_a_photo_is_all_of_its_ground():
    view = Viewport()
    view.resize(width=400, height=300)
    view.show(width=100, height=80, keep=False)
    assert view.ground_on_screen == view.picture
    view.fit_ground()
    assert view.picture.width <= 400


def test_one_pans_over_the_ground_and_not_only_over_the_picture():
    view = in_scene()
    view.zoom_to(2.0, x=0, y=0)
    view.centre_on(250, 120)
    assert view.to_image(200, 150) == pytest.approx((250, 120), abs=1)
    view.pan(-10_000, -10_000)
    assert view.ground_on_screen.right == KEEP_VISIBLE
    view.pan(20_000, 20_000)
    assert view.ground_on_screen.left == 400 - KEEP_VISIBLE


def test_the_ground_fits_into_the_widget():
    view = in_scene()
    view.fit_ground()
    assert view.ground_on_screen.width == 400
    assert not view.fitted
    assert view.to_image(200, 150) == pytest.approx((100, 50), abs=1)


def test_another_tile_is_taken_without_moving_what_is_seen():
    view = in_scene()
    view.zoom_to(1.7, x=13, y=17)
    before = view.on_screen(Rect(100, 0, 200, 100))
    view.show_beside(100, 0, width=100, height=100, ground=Rect(-200, -50, 200, 150))
    assert view.picture == before
    assert view.zoom == 1.7


def test_tiles_meet_on_the_screen():
    view = in_scene()
    for zoom in (0.37, 1.3, 2.9):
        view.zoom_to(zoom, x=13, y=17)
        left, right = view.on_screen(Rect(-100, 0, 0, 100)), view.on_screen(Rect(100, 0, 200, 100))
        assert left.right == view.picture.left
        assert right.left == view.picture.right


def test_a_smaller_copy_covers_the_same_pixels_of_the_screen():
    view = in_scene()
    view.zoom_to(0.9, x=13, y=17)
    pixels = Rect(100, 0, 200, 100)
    place = view.of(pixels, width=25, height=25)
    part = view.on_screen(pixels)
    assert place.zoom == pytest.approx(3.6)
    columns = place.columns(part)
    assert (columns[0], columns[-1]) == (0, 24)
