"""Links over the seams of a scene: found from the regions as they are, and used where regions get names."""

import numpy as np
import pytest
from coloured_photos import finish
from tiled_scene import grounds, save_map, scene_project

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import cuts, history, merging, painting, removal, review
from acseg_core.store.queries import cluster_queries
from acseg_core.types import PixelPatch
from acseg_core.workflows import clustering, links, pipeline, suggesting
from acseg_core.workflows.links import as_things, linked_regions, links_of, name_linked

FIELD, WATER, ROAD = 0, 1, 2
LOOKS = {FIELD: np.array([1.0, 0, 0]), WATER: np.array([0, 1.0, 0]), ROAD: np.array([0, 0, 1.0])}
SIDE = 64


@pytest.fixture
def project(tmp_path):
    """A scene of two by three tiles."""
    with scene_project(tmp_path, grounds(2 * SIDE, 3 * SIDE), side=SIDE) as opened:
        yield opened


def ground() -> np.ndarray:
    """A field, water below it, also in all of the second row of tiles; a road along the left border of the scene."""
    numbers = np.full((2 * SIDE, 3 * SIDE), FIELD)
    numbers[SIDE // 2 :] = WATER
    numbers[:, :10] = ROAD
    return numbers


@pytest.fixture
def regions(project):
    """Region ids by image id and number."""
    return save_map(project, ground(), LOOKS)


def tile(project, row: int, column: int) -> int:
    """Image id of a tile."""
    records = {(record.info.tile.row, record.info.tile.column): record.id for record in queries.images(project)}
    return records[row, column]


def things(project) -> set[frozenset[int]]:
    """Regions by what they are together."""
    component = links_of(project, 1)
    return {frozenset(id_ for id_ in component if component[id_] == each) for each in component.values()}


def test_what_goes_on_in_the_next_tile_is_one_thing(project, regions):
    found = things(project)
    for number in (FIELD, WATER, ROAD):
        assert frozenset(id_ for (_, of), id_ in regions.items() if of == number) in found
    assert len(found) == 3
    assert links_of(project, 1)[regions[tile(project, 2, 3), WATER]] == min(
        id_ for (_, number), id_ in regions.items() if number == WATER
    )


def test_void_breaks_contact(project):
    numbers = ground()
    numbers[:, SIDE - 1] = -1
    regions = save_map(project, numbers, LOOKS)
    component = links_of(project, 1)
    first = {component[regions[tile(project, row, 1), WATER]] for row in (1, 2)}
    others = {component[regions[tile(project, row, column), WATER]] for row in (1, 2) for column in (2, 3)}
    assert (len(first), len(others)) == (1, 1)
    assert first.isdisjoint(others)


def test_named_regions_are_linked_with_their_like_by_name_only(project, regions):
    first, second = (regions[tile(project, 1, column), WATER] for column in (1, 2))
    review.name_regions_as(project, [first], "lake")
    assert links_of(project, 1)[first] == first
    assert links_of(project, 1)[second] != first
    review.name_regions_as(project, [second], "river")
    assert links_of(project, 1)[second] == second
    review.name_regions_as(project, [second], "lake")
    assert links_of(project, 1)[second] == first


def test_links_follow_every_edit_and_undo(project, regions):
    before = things(project)
    image = tile(project, 1, 2)
    merged = merging.merge_regions(project, [regions[image, FIELD], regions[image, WATER]])
    assert merged.verb
    assert things(project) != before, "what a person made is not linked by its looks"
    history.undo(project)
    assert things(project) == before
    whole = np.ones((SIDE, SIDE), bool)
    painting.paint(project, image, PixelPatch(0, 0, whole), region_id=regions[image, FIELD])
    assert not any(regions[image, WATER] in each for each in things(project))
    history.undo(project)
    assert things(project) == before
    history.redo(project)
    assert not any(regions[image, WATER] in each for each in things(project))
    history.undo(project)
    removal.remove_images(project, [image])
    assert not any(regions[image, FIELD] in each for each in things(project))
    history.undo(project)
    assert things(project) == before


def test_only_what_changed_is_looked_at_again(project, regions, monkeypatch):
    links_of(project, 1)
    looked = []
    monkeypatch.setattr(links, "_sides", lambda of, _sides=links._sides: looked.append(of.record.id) or _sides(of))
    links_of(project, 1)
    assert looked == []
    review.name_regions_as(project, [regions[tile(project, 2, 2), WATER]], "lake")
    links_of(project, 1)
    assert looked == [tile(project, 2, 2)]


def test_a_name_goes_to_all_of_one_thing_that_nobody_has_judged(project, regions):
    waters = sorted(id_ for (_, number), id_ in regions.items() if number == WATER)
    review.reject_regions(project, [waters[-1]])
    assert linked_regions(project, [waters[1]]) == [waters[1], *sorted({*waters[:-1]} - {waters[1]})]
    changes = name_linked(project, [waters[1]], "water")
    named = {id_ for id_, region in queries.regions_by_id(project, list(regions.values())).items() if region.label_id}
    assert named == set(waters[:-1])
    history.undo(project)
    assert changes.operation_id is not None
    assert not any(region.label_id for region in queries.regions_by_id(project, waters).values()), "one step"
    with pytest.raises(EditError):
        name_linked(project, [10**6], "water")


def test_regions_of_other_images_are_linked_with_nothing(project, regions):
    assert linked_regions(project, [10**6]) == [10**6]
    assert linked_regions(project, []) == []


def test_what_is_linked_counts_as_one_by_its_area(project, regions):
    table = cluster_queries.descriptors(project)
    found, row = as_things(project, table)
    assert len(found) == 3
    component = links_of(project, 1)
    assert found.region_ids[row].tolist() == [component[id_] for id_ in table.region_ids.tolist()]
    with project.write() as connection:  # a small part of the water looks a little otherwise
        small = regions[tile(project, 1, 1), WATER]
        other = np.array([0, 0.8, 0.6], np.float16)
        connection.exec_driver_sql("UPDATE region SET descriptor = ? WHERE id = ?", (other.tobytes(), small))
    found, row = as_things(project, cluster_queries.descriptors(project))
    areas = {id_: region.area for id_, region in queries.regions_by_id(project, list(regions.values())).items()}
    total = sum(areas[id_] for (_, number), id_ in regions.items() if number == WATER)
    sums = (areas[small] * other.astype(float) + (total - areas[small]) * LOOKS[WATER]) / total
    mean = found.descriptors[row[table.region_ids.tolist().index(small)]]
    np.testing.assert_allclose(mean, sums / np.linalg.norm(sums), atol=2e-3)


def test_what_is_linked_is_in_one_cluster_and_gets_one_suggestion(project, regions):
    report = finish(clustering.cluster_regions(project, count=3))
    assert report.clusters == 3
    by_cluster = {region.cluster_id for region in queries.regions_by_id(project, list(regions.values())).values()}
    assert len(by_cluster) == 3
    for number in (FIELD, WATER, ROAD):
        ids = [id_ for (_, of), id_ in regions.items() if of == number]
        assert len({region.cluster_id for region in queries.regions_by_id(project, ids).values()}) == 1
    review.name_regions_as(project, [regions[tile(project, 1, 1), ROAD]], "road")
    review.name_regions_as(project, [regions[tile(project, 1, 1), WATER]], "water")
    assert finish(suggesting.suggest_for_all(project)).regions
    waters = [id_ for (_, number), id_ in regions.items() if number == WATER][1:]
    suggested = {region.suggestion_id for region in queries.regions_by_id(project, waters).values()}
    assert len(suggested) == 1


def test_a_new_cut_has_links_of_its_own(tmp_path, config, segmenter):
    with scene_project(tmp_path, grounds(128, 256, count=4), side=128) as project:
        finish(pipeline.propose(project, config, segmenter=segmenter, granularity=0.5))
        before = links_of(project, 1)
        finish(cuts.recut_images(project, 0.8))
        after = links_of(project, 1)
        there = {region.id for _, regions in queries.image_regions(project) for region in regions}
        assert set(after) == there
        assert set(after) != set(before)
        history.undo(project)
        assert links_of(project, 1) == before
