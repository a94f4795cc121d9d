"""A grid made from the one before is the grid made anew."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_core.shapes import masks
from acseg_core.types import Region, RegionOrigin, RegionStatus
from acseg_desktop.canvas import region_map_building
from acseg_desktop.canvas.region_map_building import lay_out

HEIGHT, WIDTH = 12, 17


def regions_of(label_map: np.ndarray, *, first_id: int = 100) -> list[Region]:
    """One region per label that occurs, largest first, with the label as its id."""
    found = [
        Region(
            first_id + label,
            1,
            None,
            None,
            rle,
            masks.bounding_box(rle),
            masks.area(rle),
            RegionStatus.ACCEPTED,
            1,
            origin=RegionOrigin.DRAWN,
        )
        for label, rle in masks.encode_label_map(label_map).items()
    ]
    return sorted(found, key=lambda region: (-region.area, region.id))


def ids(regions: list[Region], grid) -> np.ndarray:
    """(H, W) id of the region of each pixel, 0 for none."""
    return np.array([0, *(region.id for region in regions)])[grid.slots]


cells = st.lists(st.integers(-1, 6), min_size=HEIGHT * WIDTH, max_size=HEIGHT * WIDTH)


@settings(max_examples=60, deadline=None)
@given(cells, st.integers(0, 6), st.tuples(st.integers(0, 11), st.integers(0, 16)), st.integers(1, 6))
def test_changes_are_drawn_into_the_grid_before(values, label, corner, side):
    before_map = np.array(values).reshape(HEIGHT, WIDTH)
    after_map = before_map.copy()
    after_map[corner[0] : corner[0] + side, corner[1] : corner[1] + side] = label
    before, after = regions_of(before_map), regions_of(after_map)
    first = lay_out(before, height=HEIGHT, width=WIDTH)
    untouched = first.slots.copy()
    grid = lay_out(after, height=HEIGHT, width=WIDTH, before=(before, first))
    assert np.array_equal(ids(after, grid), np.where(after_map < 0, 0, after_map + 100))
    assert np.array_equal(first.slots, untouched)
    assert grid.neighbours() == lay_out(after, height=HEIGHT, width=WIDTH).neighbours()


def test_the_same_regions_are_the_same_grid():
    regions = regions_of(np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH) // 40)
    grid = lay_out(regions, height=HEIGHT, width=WIDTH)
    assert lay_out(regions, height=HEIGHT, width=WIDTH, before=(regions, grid)) is grid


def test_a_grid_of_another_size_does_not_help():
    regions = regions_of(np.zeros((HEIGHT, WIDTH), int))
    other = regions_of(np.zeros((5, 5), int))
    grid = lay_out(regions, height=HEIGHT, width=WIDTH, before=(other, lay_out(other, height=5, width=5)))
    assert (grid.slots == 1).all()


@pytest.mark.parametrize("count", [5, 300])
def test_large_images_are_laid_out_region_by_region(monkeypatch, count):
    label_map = np.arange(40 * 50).reshape(40, 50) * count // 2000
    label_map[3:9, 2] = -1
    regions = regions_of(label_map)
    at_once = lay_out(regions, height=40, width=50)
    monkeypatch.setattr(region_map_building, "_LARGE", 10)
    one_by_one = lay_out(regions, height=40, width=50)
    assert one_by_one.slots.dtype == at_once.slots.dtype
    assert np.array_equal(one_by_one.slots, at_once.slots)


def test_names_keep_their_places_where_regions_stay():
    label_map = np.zeros((40, 60), int)
    label_map[:, 30:] = 1
    before = regions_of(label_map)
    first = lay_out(before, height=40, width=60)
    label_map[:10, 30:] = 2
    after = regions_of(label_map)
    grid = lay_out(after, height=40, width=60, before=(before, first))
    place = next(index for index, region in enumerate(after) if region.id == 100)
    was = next(index for index, region in enumerate(before) if region.id == 100)
    assert grid.anchors([place])[place] == first.anchors([was])[was]
