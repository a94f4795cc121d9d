"""A tile among others looks on the screen as the whole scene would as one photo, at any place and zoom.

Covers: canvas.mosaic_drawing.
"""

from dataclasses import replace

import numpy as np
import pytest
from desktop.canvas.samples import LABELS
from desktop.canvas.scenes import a_scene, filled, label_map_of, part_of, photo_of, records, regions_of_tile
from PySide6.QtCore import QPointF

from acseg_core.types import PixelPatch
from acseg_desktop.canvas.preview import Preview, new_region_id
from acseg_desktop.canvas.raster import Stroke
from acseg_desktop.canvas.scene_view import Beside


@pytest.fixture
def scene():
    return a_scene()


def show_tile(canvas, scene, current: int, *, mosaic=None, beside: Beside = None):
    record = records(scene)[current - 1]
    mosaic = mosaic or filled(scene, current)
    mosaic.move_to(current)
    pixels = np.ascontiguousarray(part_of(record, photo_of(scene)))
    canvas.show_image(pixels, mosaic=mosaic, beside=beside)
    canvas.show_regions(label_map_of(record), regions_of_tile(record), LABELS)
    return mosaic


def bare(canvas, grabbed):
    canvas.set_bare(True)
    canvas.set_minimap(False)
    return grabbed()


@pytest.mark.parametrize("zoom", [3.0, 5.0])
def test_the_photo_goes_on_over_the_seams(canvas, grabbed, scene, zoom):
    show_tile(canvas, scene, 2)
    canvas.go_to(zoom, 70, 60)
    tiles = bare(canvas, grabbed)
    canvas.show_image(photo_of(scene))
    canvas.go_to(zoom, 70 + 64, 60)
    assert np.array_equal(tiles, grabbed())


def test_panning_draws_what_one_step_would(canvas, grabbed, scene):
    show_tile(canvas, scene, 2)
    canvas.set_minimap(False)
    canvas.go_to(3.0, 32, 32)
    grabbed()
    for _ in range(8):
        canvas._pan(-11, -7)
        grabbed()
    panned = grabbed()
    canvas._frame.invalidate()
    assert np.array_equal(panned, grabbed())


def test_regions_of_all_tiles_have_their_colours_and_names(canvas, grabbed, scene):
    mosaic = show_tile(canvas, scene, 1)
    canvas.set_minimap(False)
    canvas.go_to(4.0, 64, 32)
    canvas.set_outlines(False)
    canvas.set_overlay_opacity(1.0)
    seen = grabbed()

    def color(x: float, y: float) -> list[int]:
        point = canvas.widget_point(x, y).toPoint()
        return seen[point.y(), point.x()].tolist()

    sky = [0x00, 0x72, 0xB2]
    assert color(3.5, 5.5) == color(64 + 3.5, 5.5) == sky
    assert color(60.5, 5.5) != sky
    assert {chip.text for chip in mosaic.chips(canvas.viewport)} == {"sky"}


def test_one_moves_over_all_of_the_scene_and_no_farther(canvas, scene):
    show_tile(canvas, scene, 1)
    canvas.go_to(8.0, 32, 32)
    canvas._pan(-100_000, -100_000)
    left, top, right, bottom = canvas.viewport.ground_on_screen
    assert 0 < right < 60
    assert 0 < bottom < 60
    canvas.fit_scene()
    left, top, right, bottom = canvas.viewport.ground_on_screen
    assert left >= 0
    assert top >= 0
    assert right <= 640
    assert bottom <= 480


def test_another_tile_becomes_the_current_one_where_it_is(canvas, grabbed, scene):
    mosaic = show_tile(canvas, scene, 1)
    canvas.go_to(3.0, 64, 32)
    before = bare(canvas, grabbed)
    mosaic.put(canvas.view_of(mosaic.records[1]))
    show_tile(canvas, scene, 2, mosaic=mosaic, beside=(64, 0))
    assert canvas.zoom == 3.0
    assert np.array_equal(before, grabbed())
    assert mosaic.tile_at(-5, 5) == 1


def test_a_stroke_is_seen_on_other_tiles_until_their_regions_are_read(canvas, grabbed, scene):
    mosaic = show_tile(canvas, scene, 1)
    canvas.set_minimap(False)
    canvas.go_to(4.0, 64, 32)
    before = grabbed()
    stroke = Stroke(width=64, height=64, margin=canvas.margin)
    stroke.add(PixelPatch(50, 20, np.ones((10, 30), np.bool_)))
    preview = Preview(new_region_id(), stroke, label_id=2)
    canvas.begin_preview(preview)
    drawn = grabbed()
    spot = canvas.widget_point(74.5, 25.5).toPoint()
    assert drawn[spot.y(), spot.x()].tolist() != before[spot.y(), spot.x()].tolist()
    preview.is_stored, preview.stored_id = True, 100
    mosaic.awaited.add(2)
    record = mosaic.records[1]
    canvas.show_regions(label_map_of(record), regions_of_tile(record), LABELS)
    assert [tile for tile, _, _ in mosaic.held] == [2]
    view = mosaic.view(2)
    assert view is not None
    mosaic.put(view)
    canvas.refresh_mosaic()
    after = grabbed()
    assert mosaic.held == []
    assert np.array_equal(before[:, spot.x() - 40 :], after[:, spot.x() - 40 :])


def test_a_linked_region_of_another_tile_is_shown_with_the_selected_one(canvas, grabbed, scene):
    mosaic = show_tile(canvas, scene, 1)
    canvas.set_minimap(False)
    canvas.go_to(4.0, 64, 32)
    mosaic.link({101: 101, 200: 101, 100: 100})
    plain = grabbed()
    canvas.select([101])
    chosen = grabbed()
    edge = canvas.widget_point(95.5, 10.5).toPoint()
    assert chosen[edge.y(), edge.x()].tolist() == [255, 255, 255]
    canvas.select([100])
    assert grabbed()[edge.y(), edge.x()].tolist() == plain[edge.y(), edge.x()].tolist()


def test_the_region_under_the_cursor_lights_up_beyond_the_current_tile(canvas, grabbed, scene):
    mosaic = show_tile(canvas, scene, 1)
    canvas.set_minimap(False)
    canvas.go_to(4.0, 64, 32)
    plain = grabbed()
    assert mosaic.region_at(70, 10) == 200
    canvas.highlight_beyond(200)
    lit = grabbed()
    spot = canvas.widget_point(70.5, 10.5).toPoint()
    assert lit[spot.y(), spot.x()].sum() > plain[spot.y(), spot.x()].sum()
    canvas.highlight_beyond(None)
    assert np.array_equal(grabbed(), plain)


def test_what_cannot_be_read_is_said_in_its_place(canvas, grabbed, scene):
    mosaic = show_tile(canvas, scene, 1)
    view = mosaic.view(2)
    assert view is not None
    mosaic.put(replace(view, photo=None, problem="the tile is missing"))
    canvas.go_to(3.0, 64, 32)
    ((place, problem),) = mosaic.problems(canvas.viewport)
    assert problem == "the tile is missing"
    assert canvas.image_point(QPointF(place.left + 1, place.top + 1)) == pytest.approx((64, 0), abs=1)
    column = bare(canvas, grabbed)[place.top + 5 : place.bottom - 5, place.left + 5]
    assert len(np.unique(column, axis=0)) == 1
