"""Regions that end: given to the neighbour most like them, or divided among all around."""

import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import dissolving, history, review
from acseg_core.types import RegionStatus


@pytest.fixture
def project(world):
    return world.create(images=2)


def region(project, region_id):
    return queries.regions_by_id(project, [region_id])[region_id]


def test_a_region_goes_to_the_neighbour_that_looks_most_like_it(world, project):
    names = world.draw(project, 1, "aaaabbbb aaaabbbb aaacccbb aaacccbb ddddddbb ddddddbb")
    like = world.sql("SELECT descriptor FROM region WHERE id = ?", names["c"])[0][0]
    world.sql("UPDATE region SET descriptor = ? WHERE id = ?", like, names["a"])
    review.name_regions_as(project, [names["a"]], "sky")
    changes = dissolving.give_to_neighbours(project, [names["c"]])
    assert world.picture(project, 1, names) == "aaaabbbb aaaabbbb aaaaaabb aaaaaabb ddddddbb ddddddbb"
    assert (changes.verb, changes.region_ids) == ("Give to neighbour", {names["a"]})
    taker = region(project, names["a"])
    assert (taker.label_id, taker.status, taker.node) == (1, RegionStatus.ACCEPTED, None)
    history.undo(project)
    assert region(project, names["c"]).area == 6


def test_regions_given_away_together_do_not_get_each_other(world, project):
    names = world.draw(project, 1, "aabcbaaa aabbbaaa aaaaaaaa dddddddd dddddddd dddddddd")
    dissolving.give_to_neighbours(project, [names["b"], names["c"]])
    assert world.picture(project, 1, names) == "aaaaaaaa aaaaaaaa aaaaaaaa dddddddd dddddddd dddddddd"
    history.undo(project)
    with pytest.raises(EditError, match="no other region"):
        dissolving.give_to_neighbours(project, list(names.values()))


def test_dissolving_divides_a_region_among_those_around(project, drawn):
    _, changes = drawn(
        "aaccccbb aaccccbb aaccccbb aaccccbb aaccccbb aaccccbb",
        lambda names: dissolving.dissolve(project, [names["c"]]),
        "aaaabbbb aaaabbbb aaaabbbb aaaabbbb aaaabbbb aaaabbbb",
    )
    assert changes.verb == "Dissolve region"
