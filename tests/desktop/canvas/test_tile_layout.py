"""Where tiles are, counted from the current one."""

import pytest
from desktop.canvas.scenes import SIDE, a_scene, records

from acseg_desktop.canvas.tile_layout import TileLayout
from acseg_desktop.canvas.viewport import Rect, Viewport


@pytest.fixture
def layout():
    scene = a_scene()
    return TileLayout(scene, records(scene), 5)


def test_places_are_counted_from_the_current_tile(layout):
    assert layout.ground == Rect(-SIDE, -SIDE, 2 * SIDE, SIDE)
    assert layout.pixels_of(5) == Rect(0, 0, SIDE, SIDE)
    assert layout.pixels_of(1) == Rect(-SIDE, -SIDE, 0, 0)
    layout.move_to(1)
    assert layout.pixels_of(5) == Rect(SIDE, SIDE, 2 * SIDE, 2 * SIDE)


@pytest.mark.parametrize(
    ("point", "tile"), [((0, 0), 5), ((-0.5, 0), 4), ((0, -0.5), 2), ((63.9, 63.9), 5), ((64, 0), 6), ((0, 64), None)]
)
def test_each_point_is_of_one_tile(layout, point, tile):
    assert layout.tile_at(*point) == tile


def test_the_tiles_in_a_part_of_the_screen(layout):
    view = Viewport()
    view.resize(width=100, height=100)
    view.show(width=SIDE, height=SIDE, keep=False, ground=layout.ground)
    view.zoom_to(1.0, x=0, y=0)
    view.centre_on(SIDE, 32)
    assert layout.tiles_in(view, Rect(0, 0, 100, 100)) == [2, 3, 5, 6]
    assert layout.tiles_in(view, Rect(60, 60, 90, 80)) == [6]
    assert layout.tiles_in(view, Rect(60, 60, 60, 80)) == []


def test_far_is_when_tiles_are_small_on_the_screen(layout):
    view = Viewport()
    view.resize(width=100, height=100)
    view.show(width=SIDE, height=SIDE, keep=False, ground=layout.ground)
    view.zoom_to(2.0, x=0, y=0)
    assert not layout.is_far(view)
    view.zoom_to(1.0, x=0, y=0)
    assert layout.is_far(view)
