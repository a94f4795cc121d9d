"""Verbs on shapes, on the quarters of the fixture: exactly the pixels meant."""

import pytest
from desktop.operations.running import refused, run, verbs

from acseg_core.store import queries
from acseg_core.store.edits import merging, review
from acseg_core.types import RegionStatus
from acseg_desktop.operations import shapes


@pytest.fixture
def quarters(open_session, project_folder):
    """Two images of 96 x 64 pixels, each of four quarters: 60 x 40, 36 x 40, 60 x 24 and 36 x 24 pixels."""
    return open_session(project_folder)


def area(session, region_id):
    return queries.regions_by_id(session.project, [region_id])[region_id].area


def areas(session):
    return sorted(region.area for region in queries.regions(session.project, 1))


def id_of(session, node, image_id=1):
    return next(region.id for region in queries.regions(session.project, image_id) if region.node == node)


def test_a_region_grows_and_shrinks_by_pixels_and_the_image_stays_covered(quarters, qtbot):
    first = id_of(quarters, 0)
    assert areas(quarters) == [864, 1440, 1440, 2400]
    run(qtbot, shapes.resize(quarters, [first], 2))
    assert 62 * 42 - 4 <= area(quarters, first) <= 62 * 42, "but for the corner, which is round"
    assert sum(areas(quarters)) == 96 * 64
    run(qtbot, shapes.resize(quarters, [first], -3))
    assert area(quarters, first) < 2400
    assert sum(areas(quarters)) == 96 * 64
    assert verbs(quarters)[:2] == ["Shrink region", "Grow region"]


def test_parts_that_do_not_touch_become_regions(quarters, qtbot):
    """Two quarters that meet in a corner are one piece, until it is shrunk."""
    changes = merging.merge_regions(quarters.project, [id_of(quarters, 0), id_of(quarters, 3)])
    (merged,) = changes.region_ids
    assert refused(qtbot, shapes.split_components(quarters, merged)) == "this region has only one part"
    run(qtbot, shapes.resize(quarters, [merged], -2))
    whole = area(quarters, merged)
    _, changes, _ = run(qtbot, shapes.split_components(quarters, merged))
    assert len(changes.region_ids) == 2
    assert sum(area(quarters, region_id) for region_id in changes.region_ids) == whole
    assert verbs(quarters)[0] == "Split into parts"


@pytest.mark.parametrize("verb", [shapes.give_to_neighbours, shapes.dissolve])
def test_a_region_goes_to_those_around_it(quarters, qtbot, verb):
    run(qtbot, verb(quarters, [id_of(quarters, 3)]))
    regions = queries.regions(quarters.project, 1)
    assert len(regions) == 3
    assert sum(region.area for region in regions) == 96 * 64


def test_what_is_straight_is_neither_smoothed_nor_filled(quarters, qtbot):
    said = refused(qtbot, shapes.fill_holes(quarters, [id_of(quarters, 0)]))
    assert "hole" in said
    assert areas(quarters) == [864, 1440, 1440, 2400]
    assert verbs(quarters)[0] == "Propose", "nothing to be undone"


def test_regions_are_marked_to_be_ignored(quarters, qtbot):
    run(qtbot, shapes.mark_void(quarters, [id_of(quarters, 0)]))
    (label,) = queries.labels(quarters.project)
    assert label.is_void
    marked = queries.regions_by_id(quarters.project, [id_of(quarters, 0)])[id_of(quarters, 0)]
    assert (marked.label_id, marked.status) == (label.id, RegionStatus.ACCEPTED)


def test_labels_are_copied_to_the_regions_at_the_same_places(quarters, qtbot):
    review.name_regions_as(quarters.project, [id_of(quarters, 2)], "sky")
    first, second, *_ = queries.image_ids(quarters.project)
    run(qtbot, shapes.copy_labels(quarters, source_id=first, target_id=second))
    (label,) = queries.labels(quarters.project)
    found = {region.node: region.label_id for region in queries.regions(quarters.project, second)}
    assert found == {0: None, 1: None, 2: label.id, 3: None}


def test_a_region_that_was_merged_away_is_the_one_it_became(quarters, qtbot):
    gone = id_of(quarters, 1)
    changes = merging.merge_regions(quarters.project, [id_of(quarters, 0), gone])
    quarters.merged_into[gone] = next(iter(changes.region_ids))
    run(qtbot, shapes.mark_void(quarters, [gone]))
    named = [region for region in queries.regions(quarters.project, 1) if region.label_id]
    assert [region.area for region in named] == [2400 + 1440]
