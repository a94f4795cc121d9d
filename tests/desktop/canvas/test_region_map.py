"""Which region every pixel belongs to: kept small, sampled, and asked for neighbours.

Covers: canvas.slots.
"""

import numpy as np
import pytest

from acseg_desktop.canvas.region_map import MAX_REGIONS, RegionGrid
from acseg_desktop.canvas.viewport import Rect, Viewport


def label_map() -> np.ndarray:
    rng = np.random.default_rng(3)
    return rng.integers(-1, 6, (37, 53)).astype(np.int32)


@pytest.mark.parametrize(
    ("count", "dtype"), [(0, np.uint8), (254, np.uint8), (255, np.uint16), (MAX_REGIONS, np.uint16)]
)
def test_the_smallest_type_that_holds_all(count, dtype):
    labels = np.array([[-1, count - 1]], np.int32)
    grid = RegionGrid(labels, count)
    assert grid.slots.dtype == dtype
    assert grid.slots.tolist() == [[0, count]]
    assert grid.at(0, 0) is None
    assert grid.at(1, 0) == (count - 1 if count else None)


def test_bad_maps_are_refused():
    with pytest.raises(ValueError, match="outside"):
        RegionGrid(np.array([[5]], np.int32), 5)
    with pytest.raises(ValueError, match="outside"):
        RegionGrid(np.array([[-2]], np.int32), 5)
    with pytest.raises(ValueError, match="at most"):
        RegionGrid(np.zeros((1, 1), np.int32), MAX_REGIONS + 1)
    with pytest.raises(ValueError, match="label map"):
        RegionGrid(np.zeros((1, 1, 1), np.int32), 1)


@pytest.mark.parametrize("zoom", [0.13, 0.5, 1.0, 1.7, 4.0])
def test_sampling_reads_the_pixel_under_each_screen_pixel(zoom):
    labels = label_map()
    grid = RegionGrid(labels, 6)
    view = Viewport()
    view.image_width, view.image_height, view.zoom = 53, 37, zoom
    view.width = view.height = 1000
    view.pan(11, 7)
    part = view.picture
    got = grid.sample(view, part)
    for row in range(part.top, part.bottom):
        for column in range(part.left, part.right):
            x, y = view.to_image(column + 0.5, row + 0.5)
            expected = labels[min(36, int(y)), min(52, int(x))] + 1
            assert got[row - part.top, column - part.left] == expected


def test_at_is_none_beside_the_picture():
    grid = RegionGrid(np.zeros((4, 5), np.int32), 1)
    assert [grid.at(x, y) for x, y in [(-1, 0), (5, 0), (0, -1), (0, 4)]] == [None] * 4
    assert grid.at(4, 3) == 0


def test_touching_matches_a_plain_search():
    labels = label_map()
    grid = RegionGrid(labels, 6)
    rng = np.random.default_rng(0)
    for _ in range(50):
        x0, x1 = sorted(rng.integers(-10, 70, 2))
        y0, y1 = sorted(rng.integers(-10, 50, 2))
        expected = set(labels[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)].ravel().tolist()) - {-1}
        assert set(grid.touching(Rect(x0, y0, x1, y1))) == expected


def test_touching_with_many_regions():
    labels = np.arange(3000, dtype=np.int32).reshape(50, 60)
    assert RegionGrid(labels, 3000).touching(Rect(58, 49, 99, 99)) == [2998, 2999]


def test_neighbours():
    labels = np.array([[0, 0, 1], [2, 2, 1], [-1, 3, 3]], np.int32)
    assert RegionGrid(labels, 5).neighbours() == [{1, 2}, {0, 2, 3}, {0, 1, 3}, {1, 2}, set()]
