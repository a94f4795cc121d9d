"""What strokes and polygons cover, against slow literal versions."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_core.types import PixelPatch
from acseg_desktop.canvas.raster import Stroke, capsule, clipped, polygon, snapped

WIDTH, HEIGHT = 40, 30
points = st.tuples(st.floats(-12, 52), st.floats(-12, 42))


def laid_out(patch: PixelPatch) -> np.ndarray:
    full = np.zeros((HEIGHT, WIDTH), bool)
    height, width = patch.mask.shape
    full[patch.top : patch.top + height, patch.left : patch.left + width] = patch.mask
    return full


def distance(x: float, y: float, a: tuple[float, float], b: tuple[float, float]) -> float:
    """From a point to a segment."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else min(1.0, max(0.0, ((x - a[0]) * dx + (y - a[1]) * dy) / length))
    return math.hypot(x - a[0] - along * dx, y - a[1] - along * dy)


@settings(max_examples=60, deadline=None)
@given(points, points, st.integers(1, 17))
def test_a_stroke_covers_the_pixels_whose_centres_it_reaches(start, end, diameter):
    covered = laid_out(capsule(start, end, diameter, width=WIDTH, height=HEIGHT))
    a, b = snapped(start, diameter), snapped(end, diameter)
    for y in range(HEIGHT):
        for x in range(WIDTH):
            away = distance(x + 0.5, y + 0.5, a, b) - diameter / 2
            if abs(away) > 1e-5:
                assert covered[y, x] == (away < 0), (x, y)
            else:
                assert covered[y, x] or away > 0


@pytest.mark.parametrize("diameter", range(1, 12))
def test_a_tip_has_the_same_shape_everywhere(diameter):
    shapes = set()
    for x, y in [(15.0, 12.0), (15.3, 12.9), (16.99, 11.5), (17.5, 13.49)]:
        patch = capsule((x, y), (x, y), diameter, width=WIDTH, height=HEIGHT)
        shapes.add(patch.mask[patch.mask.any(axis=1)][:, patch.mask.any(axis=0)].tobytes())
    assert len(shapes) == 1


def test_a_tip_of_one_is_the_pixel_under_the_cursor():
    patch = capsule((7.99, 3.01), (7.99, 3.01), 1, width=WIDTH, height=HEIGHT)
    assert np.argwhere(laid_out(patch)).tolist() == [[3, 7]]


@settings(max_examples=60, deadline=None)
@given(points, points)
def test_a_thin_stroke_has_no_gaps(start, end):
    patch = capsule(start, end, 1, width=WIDTH + 40, height=HEIGHT + 40)
    rows, columns = np.nonzero(patch.mask)
    for lines in (rows, columns):
        assert not lines.size or len(set(lines.tolist())) == np.ptp(lines) + 1


def inside(x: float, y: float, corners) -> bool:
    """By counting the edges to the left."""
    crossings = 0
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (ay <= y) != (by <= y) and ax + (y - ay) * (bx - ax) / (by - ay) <= x:
            crossings += 1
    return crossings % 2 == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(points, min_size=3, max_size=8))
def test_a_polygon_covers_the_pixels_whose_centres_are_inside(corners):
    corners = [(round(x, 3), round(y, 3)) for x, y in corners]
    covered = laid_out(polygon(corners, width=WIDTH, height=HEIGHT))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            near = any(
                distance(x + 0.5, y + 0.5, a, b) < 1e-6
                for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)
            )
            assert near or covered[y, x] == inside(x + 0.5, y + 0.5, corners), (x, y)


def test_a_rectangle_is_exactly_its_pixels():
    covered = laid_out(polygon([(3, 4), (10, 4), (10, 9), (3, 9)], width=WIDTH, height=HEIGHT))
    expected = np.zeros((HEIGHT, WIDTH), bool)
    expected[4:9, 3:10] = True
    assert np.array_equal(covered, expected)


def test_two_points_enclose_nothing():
    assert not polygon([(1, 1), (9, 9)], width=WIDTH, height=HEIGHT).mask.size


def test_pieces_add_up():
    stroke = Stroke(width=WIDTH, height=HEIGHT)
    assert stroke.extent.is_empty
    whole = np.zeros((HEIGHT, WIDTH), bool)
    for start, end in [((2, 3), (20, 5)), ((20, 5), (22, 25)), ((200, 200), (210, 210))]:
        patch = capsule(start, end, 4, width=WIDTH, height=HEIGHT)
        stroke.add(patch)
        whole |= laid_out(patch)
    assert np.array_equal(laid_out(stroke.patch), whole)
    left, top, right, bottom = stroke.extent
    assert np.count_nonzero(whole[top:bottom, left:right]) == np.count_nonzero(whole)


def test_with_a_margin_pixels_around_the_image_count_too():
    brush = capsule((-3.0, 5.0), (2.0, 5.0), 4, width=20, height=10, margin=8)
    columns = np.flatnonzero(brush.mask.any(axis=0)) + brush.left
    assert (columns[0], columns[-1]) == (-5, 3)
    inside = clipped(brush, width=20, height=10)
    assert inside.left == 0
    plain = capsule((-3.0, 5.0), (2.0, 5.0), 4, width=20, height=10)
    assert np.array_equal(inside.mask, plain.mask)
    assert capsule((-30.0, 5.0), (-20.0, 5.0), 4, width=20, height=10, margin=8).mask.size == 0
    outline = polygon([(-4, -4), (4, -4), (4, 4), (-4, 4)], width=20, height=10, margin=8)
    assert (outline.left, outline.top, int(outline.mask.sum())) == (-4, -4, 64)


def test_a_stroke_gathers_what_is_around_the_image():
    stroke = Stroke(width=20, height=10, margin=8)
    stroke.add(PixelPatch(-8, -8, np.ones((2, 2), np.bool_)))
    stroke.add(PixelPatch(26, 16, np.ones((2, 2), np.bool_)))
    patch = stroke.patch
    assert (patch.left, patch.top, patch.mask.shape) == (-8, -8, (26, 36))
    assert patch.mask.sum() == 8


def test_nothing_of_a_patch_beside_the_image_is_in_it():
    beside = PixelPatch(-5, 2, np.ones((3, 4), np.bool_))
    assert clipped(beside, width=20, height=10).mask.size == 0
    within = PixelPatch(5, 2, np.ones((3, 4), np.bool_))
    assert clipped(within, width=20, height=10) is within
