"""What is kept of the tiles around the current one, in bounds; which are asked for, and where they are."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from desktop.canvas.scenes import SIDE, a_scene, filled, photo_of, records, view_of

from acseg_desktop.canvas import mosaic as mosaics
from acseg_desktop.canvas.mosaic import Mosaic
from acseg_desktop.canvas.overlay import OverlayStyle, RegionLook, make_tables
from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.viewport import Viewport


def looking_at(mosaic: Mosaic, *, zoom: float, x: float = 32, y: float = 32) -> Viewport:
    view = Viewport()
    view.resize(width=400, height=300)
    view.show(width=SIDE, height=SIDE, keep=False, ground=mosaic.ground)
    view.zoom_to(zoom, x=0, y=0)
    view.centre_on(x, y)
    return view


@pytest.fixture
def scene():
    return replace(a_scene(9, 9), tile_side=SIDE)


@pytest.fixture
def empty(scene):
    return Mosaic(scene, records(scene), 41)


def test_what_is_nearest_to_the_middle_of_the_screen_is_asked_for_first(empty):
    wanted = [image_id for image_id, _ in empty.missing(looking_at(empty, zoom=2.0, x=64, y=32))]
    assert wanted[0] == 42
    assert 41 not in wanted
    assert set(wanted) >= {40, 43, 32, 50}
    assert 1 not in wanted


def test_levels_follow_the_zoom_and_finer_ones_are_enough(scene, empty):
    assert {level for _, level in empty.missing(looking_at(empty, zoom=2.0))} == {0}
    view = view_of(empty.records[42], photo_of(scene))
    empty.put(view)
    assert 42 not in dict(empty.missing(looking_at(empty, zoom=2.0)))
    empty.put(replace(view, level=1))
    assert dict(empty.missing(looking_at(empty, zoom=2.0)))[42] == 0


def test_a_tile_whose_regions_changed_is_asked_for_again_and_first(scene):
    mosaic = filled(scene, 41)
    assert mosaic.missing(looking_at(mosaic, zoom=2.0)) == []
    assert mosaic.missing(looking_at(mosaic, zoom=2.0), {42, 1}) == [(42, 0)]


def test_far_away_tiles_are_not_asked_for(empty):
    assert empty.missing(looking_at(empty, zoom=0.5)) == []


def test_memory_is_bounded_and_what_was_seen_longest_ago_goes(scene, monkeypatch):
    monkeypatch.setattr(mosaics, "BUDGET", 6 * SIDE * SIDE * 4)
    mosaic = Mosaic(scene, records(scene), 1)
    photo = photo_of(scene)
    for record in mosaic.records.values():
        mosaic.put(view_of(record, photo))
        assert mosaic.nbytes <= 6 * SIDE * SIDE * 4
    assert mosaic.view(81) is not None
    assert mosaic.view(2) is None


def test_slots_of_tiles_never_meet_even_when_they_are_used_up(scene):
    mosaic = filled(scene, 41)
    many = view_of(mosaic.records[42], photo_of(scene))
    many = replace(many, looks=many.looks * 15_000, region_ids=tuple(range(10_000, 40_000)))
    style = OverlayStyle()
    own = make_tables([RegionLook("#ff0000")], style)
    for _ in range(3):
        mosaic.put(many)
        mosaic.put(replace(many, looks=many.looks[:-1]))
    spans = sorted(
        (mosaic.first_slot(each), mosaic.first_slot(each) + len(view.looks))
        for each in mosaic.records
        if (view := mosaic.view(each)) is not None and mosaic.first_slot(each)
    )
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert spans[0][0] > 1
    assert spans[-1][1] <= 65_535
    tables = mosaic.tables(own, style)
    assert len(tables.fill) == spans[-1][1]
    assert tables.fill[1] == own.fill[1]


def test_the_current_tile_may_have_more_regions_than_were_thought_of(scene):
    mosaic = filled(scene, 41)
    style = OverlayStyle()
    mosaic.take_renumbered()
    before = mosaic.first_slot(42)
    own = make_tables([RegionLook("#ff0000")] * 3000, style)
    tables = mosaic.tables(own, style)
    assert mosaic.take_renumbered()
    assert mosaic.first_slot(42) > 3000 > before
    assert np.array_equal(tables.fill[:3001], own.fill)


def test_a_tile_that_came_is_drawn_once(scene):
    mosaic = filled(scene, 41)
    assert len(list(mosaic.take_fresh())) == 80
    assert list(mosaic.take_fresh()) == []
    mosaic.put(view_of(mosaic.records[42], photo_of(scene)))
    assert [(rect.left, rect.top) for rect in mosaic.take_fresh()] == [(SIDE, 0)]


def test_the_overview_has_a_place_for_the_regions_of_each_tile(scene, empty):
    empty.take_overview(Pyramid(photo_of(scene)))
    place = empty.place_in_overview(11)
    assert (place.left, place.top, place.right, place.bottom) == (SIDE, SIDE, 2 * SIDE, 2 * SIDE)
    empty.take_colors({11: np.full((SIDE, SIDE), 7, np.uint32)})
    assert (empty.colors[SIDE : 2 * SIDE, SIDE : 2 * SIDE] == 7).all()
    assert (empty.colors == 7).sum() == SIDE * SIDE


def test_tiles_without_regions_are_among_those_with_some(scene):
    mosaic = filled(scene, 41)
    photo = photo_of(scene)
    for image_id in (42, 81):
        bare = view_of(mosaic.records[image_id], photo)
        mosaic.put(replace(bare, slots=np.zeros_like(bare.slots), looks=(), region_ids=(), chips=()))
    style = OverlayStyle()
    tables = mosaic.tables(make_tables([RegionLook("#ff0000")], style), style)
    assert mosaic.first_slot(42) == mosaic.first_slot(81) == 0
    last = mosaic.first_slot(80)
    assert tables.fill[last]
    assert len(tables.fill) == last + 2
