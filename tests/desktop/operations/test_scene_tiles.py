"""Pixels drawn over seams come to the tiles they are in, regions are found where they go on."""

import numpy as np
import pytest
from scene_project import make_scene_project

from acseg_core.store import open_project, queries
from acseg_core.types import PixelPatch
from acseg_desktop.operations.scene_tiles import goes_on_in, patches_by_tile


@pytest.fixture
def project(tmp_path):
    """A scene of 2 x 2 tiles of 128 pixels."""
    with open_project(make_scene_project(tmp_path, width=256, height=256, side=128)) as project:
        yield project


def id_of(project, place: str) -> int:
    return queries.image_by_path(project, f"map#{place}.tif").id


def box(left, top, width, height):
    return PixelPatch(left, top, np.ones((height, width), np.bool_))


def test_what_stays_in_the_tile_is_only_its_own(project):
    here = id_of(project, "r1c1")
    patch = box(10, 10, 20, 20)
    assert patches_by_tile(project, here, patch) == {here: patch}


def test_pixels_over_a_corner_come_to_all_four_tiles(project):
    here = id_of(project, "r2c2")
    found = patches_by_tile(project, here, box(-10, -10, 20, 20))
    places = {each: (patch.left, patch.top) for each, patch in found.items()}
    assert places == {
        here: (-10, -10),
        id_of(project, "r1c1"): (118, 118),
        id_of(project, "r1c2"): (-10, 118),
        id_of(project, "r2c1"): (118, -10),
    }
    assert next(iter(found)) == here


def test_beyond_the_scene_there_is_nothing(project):
    here = id_of(project, "r1c1")
    assert set(patches_by_tile(project, here, box(-10, -10, 20, 20))) == {here}
    hole = PixelPatch(120, 10, np.zeros((4, 20), np.bool_))
    hole.mask[:, 0] = True
    assert set(patches_by_tile(project, here, hole)) == {here}, "a box that reaches over is no pixel"


def test_a_region_goes_on_where_it_is_linked(project):
    here, beside = id_of(project, "r1c1"), id_of(project, "r1c2")
    at_seam = next(region for region in queries.regions(project, here) if region.bbox[:2] == (64, 0))
    found = goes_on_in(project, here, at_seam.id)
    assert here not in found
    other = queries.regions_by_id(project, [found[beside]])[found[beside]]
    assert other.bbox[:2] == (0, 0), "that side of the seam"
    assert goes_on_in(project, here, 99_999) == {}
