"""What links over seams depend on."""

import numpy as np
import pytest
from tiled_scene import grounds, save_map, scene_project

from acseg_core.store import queries
from acseg_core.store.edits import history, ingest, review, surroundings
from acseg_core.store.queries import seam_queries
from acseg_core.types import DescriptorTable

LOOKS = {0: np.array([1.0, 0.0]), 1: np.array([0.0, 1.0])}


@pytest.fixture
def project(tmp_path):
    with scene_project(tmp_path, grounds(64, 128), side=64) as opened:
        yield opened


@pytest.fixture
def regions(project):
    numbers = np.zeros((64, 128), int)
    numbers[32:] = 1
    return save_map(project, numbers, LOOKS)


def test_tiles_come_with_their_regions_and_what_they_look_like(project, regions):
    tiles = list(seam_queries.tile_regions(project, 1))
    assert [tile.record.info.tile.column for tile in tiles] == [1, 2]
    for tile in tiles:
        assert [region.id for region in tile.regions] == [regions[tile.record.id, number] for number in (0, 1)]
        np.testing.assert_array_equal(tile.descriptors, list(LOOKS.values()))
    assert seam_queries.scene_ids(project) == [1]


def test_a_tile_whose_pixels_are_gone_is_left_out(project, regions):
    ingest.mark_problems(project, {queries.image(project, 1).path: "missing"})
    assert [tile.record.id for tile in seam_queries.tile_regions(project, 1)] == [2]


def test_the_state_tells_every_change_and_is_the_same_without_one(project, regions):
    states = [seam_queries.state_of_regions(project)]

    def changed():
        now = seam_queries.state_of_regions(project)
        assert seam_queries.state_of_regions(project) == now
        is_new = now not in states
        states.append(now)
        return is_new

    review.name_regions_as(project, [regions[1, 0]], "field")
    assert changed()
    review.reject_regions(project, [regions[1, 1]])
    assert changed()
    history.undo(project)
    assert seam_queries.state_of_regions(project) != states[-1]
    review.reject_regions(project, [regions[2, 1]])
    assert changed()
    ingest.mark_problems(project, {queries.image(project, 2).path: "missing"})
    assert changed()


def test_descriptors_that_come_later_are_a_change(project, regions):
    before = seam_queries.state_of_regions(project)
    with project.write() as connection:
        connection.exec_driver_sql("UPDATE region SET descriptor = NULL WHERE id = 1")
    assert (without := seam_queries.state_of_regions(project)) != before
    surroundings.save_descriptors(project, DescriptorTable(np.array([1]), np.array([[1, 0]], np.float16)))
    assert seam_queries.state_of_regions(project) != without
