"""A tile as it is shown beside another: its picture at a level, its regions, and why there is none."""

import numpy as np
import pytest
from scene_project import make_scene_project, smooth_texture

from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_desktop.canvas.tile_view import load_tile_view
from acseg_desktop.canvas.tints import TINTS


@pytest.fixture
def project(tmp_path):
    """A scene of 2 x 2 tiles of 128 pixels."""
    with open_project(make_scene_project(tmp_path, width=256, height=256, side=128)) as project:
        yield project


def load(project, path="map#r2c1.tif", *, level=0, before=None):
    labels = {label.id: label for label in queries.labels(project)}
    record = queries.image_by_path(project, path)
    return load_tile_view(project, record, level=level, labels=labels, tints=TINTS, before=before)


def test_picture_and_slots_are_the_tiles(project):
    view = load(project)
    assert np.array_equal(view.photo.pixels, smooth_texture(256, 256)[128:, :128])
    assert view.slots.shape == (128, 128)
    corners = [int(view.slots[y, x]) for y in (5, 120) for x in (5, 120)]
    assert len(set(corners)) == 4
    regions = {region.id: region for region in queries.regions(project, view.record.id)}
    assert set(view.region_ids) == set(regions)
    assert view.problem == ""


def test_a_level_has_both_smaller_and_says_the_same(project):
    full, half = load(project), load(project, level=2)
    assert half.photo.pixels.shape == (32, 32, 3)
    assert half.slots.shape == (32, 32)
    assert half.slots[3, 3] == full.slots[14, 14]
    assert half.nbytes < full.nbytes / 8


def test_names_are_written_in_pixels_of_the_tile(project):
    first = load(project).region_ids[0]
    review.name_regions_as(project, [first], "meadow")
    (chip,) = load(project, level=2).chips
    assert chip.text == "meadow"
    assert 0 < chip.x < 128
    assert load(project).looks[0].color == queries.labels(project)[0].color


def test_a_picture_that_is_known_is_not_read_again(project):
    view = load(project)
    (project.image_root / "map.tif").unlink()
    again = load(project, before=view)
    assert again.photo is view.photo
    missing = load(project, level=1, before=view)
    assert missing.photo is None
    assert missing.problem == "map.tif is missing"
    assert missing.region_ids == view.region_ids
