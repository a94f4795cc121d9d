"""Outlines that move and regions that end: pixel for pixel, one step each, and a partition stays one."""

import numpy as np
import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import dissolving, history, outlining, painting, review
from acseg_core.types import ImageStatus, PixelPatch


@pytest.fixture
def project(world):
    return world.create(images=2)


def region(project, region_id):
    return queries.regions_by_id(project, [region_id])[region_id]


def test_growing_takes_a_rim_from_all_neighbours(project, drawn):
    names, changes = drawn(
        "bbbbbbbb bbbbbbbb bbaabbbb bbaabbbb ccccdddd ccccdddd",
        lambda names: outlining.grow(project, [names["a"]]),
        "bbbbbbbb bbaabbbb baaaabbb baaaabbb ccaadddd ccccdddd",
    )
    assert (changes.verb, changes.image_ids, changes.region_ids) == ("Grow region", {1}, {names["a"]})
    assert region(project, names["a"]).node is None
    assert region(project, names["b"]).node == 1
    assert queries.image(project, 1).status is ImageStatus.IN_REVIEW


def test_growing_by_several_pixels_ends_at_the_image(project, drawn):
    drawn(
        "abbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb",
        lambda names: outlining.grow(project, [names["a"]], pixels=2),
        "aaabbbbb aabbbbbb abbbbbbb bbbbbbbb bbbbbbbb bbbbbbbb",
    )


def test_shrinking_gives_the_rim_to_whoever_is_nearest_but_not_at_the_image_border(project, drawn):
    names, changes = drawn(
        "aaaabbbb aaaabbbb aaaabbbb aaaacccc aaaacccc aaaacccc",
        lambda names: outlining.shrink(project, [names["a"]]),
        "aaabbbbb aaabbbbb aaabbbbb aaaccccc aaaccccc aaaccccc",
    )
    assert changes.verb == "Shrink region"
    assert region(project, names["b"]).node is None, "it gained"


def test_shrinking_away_to_nothing_is_refused(world, project):
    names = world.draw(project, 1, "bbbbbbbb bbaabbbb bbaabbbb bbbbbbbb bbbbbbbb bbbbbbbb")
    before = world.rows()
    with pytest.raises(EditError, match="nothing would be left of a region with 4 pixels"):
        outlining.shrink(project, [names["a"]])
    assert world.rows() == before


def test_what_is_drawn_alone_shrinks_into_nothing_around_it(world, project):
    (only,) = painting.paint_new(project, 2, PixelPatch(2, 1, np.ones((4, 4), bool)), label_id=None).region_ids
    painting.paint_new(project, 2, PixelPatch(7, 0, np.ones((1, 1), bool)), label_id=None)
    outlining.shrink(project, [only])
    assert world.picture(project, 2, {"a": only}) == ".......? ........ ...aa... ...aa... ........ ........"


def test_smoothing_rounds_the_outline_both_ways(project, drawn):
    _, changes = drawn(
        "aaaabbbb aaaabbbb aaaaabbb aaaabbbb aaabbbbb aaaabbbb",
        lambda names: outlining.smooth(project, [names["a"]], radius=1),
        "aaaabbbb aaaabbbb aaaabbbb aaaabbbb aaaabbbb aaaabbbb",
    )
    assert changes.verb == "Smooth outline"


def test_smoothing_what_is_smooth_is_no_step(world, project):
    names = world.draw(project, 1, "aaaabbbb " * 6)
    assert outlining.smooth(project, [names["a"]]).verb == ""
    assert history.state(project).undo == "Propose"


def test_holes_are_filled(project, drawn):
    names, changes = drawn(
        "aaaaabbb acaaabbb aaaaaabb aaddabbb aaaaabbb aaaaabbb",
        lambda names: outlining.fill_holes(project, [names["a"]]),
        "aaaaabbb aaaaabbb aaaaaabb aaaaabbb aaaaabbb aaaaabbb",
    )
    assert (changes.verb, changes.region_ids) == ("Fill holes", {names["a"]})
    assert {each.id for each in queries.regions(project, 1)} == {names["a"], names["b"]}


def test_what_is_open_to_the_image_border_is_no_hole(world, project):
    names = world.draw(project, 1, "abaaaaaa aaaaaaaa aaaaaaaa caaaaaaa aaaaaaaa aaaaaaad")
    with pytest.raises(EditError, match="no holes to fill"):
        outlining.fill_holes(project, [names["a"]])


def test_accepted_regions_in_holes_stay_unless_chosen_too(world, project, drawn):
    before = "aaaaaaaa abaacdea aaaaaaaa aaaaaaaa aaaaaaaa aaaaaaaa"
    drawn(
        before,
        lambda names: outlining.fill_holes(project, [names["a"]]),
        "aaaaaaaa aaaacdea aaaaaaaa aaaaaaaa aaaaaaaa aaaaaaaa",
        d="bird",
    )
    names, changes = drawn(
        before,
        lambda names: outlining.fill_holes(project, [names["d"], names["a"]]),
        "aaaaaaaa " * 5 + "aaaaaaaa",
        d="bird",
    )
    assert changes.region_ids == {names["a"]}
    names = world.draw(project, 1, before)
    review.name_regions_as(project, [names[letter] for letter in "bcde"], "bird")
    with pytest.raises(EditError, match="hold accepted regions; select these as well"):
        outlining.fill_holes(project, [names["a"]])


@pytest.mark.parametrize(
    "verb",
    [
        outlining.grow,
        outlining.shrink,
        outlining.smooth,
        outlining.fill_holes,
        dissolving.give_to_neighbours,
        dissolving.dissolve,
    ],
)
def test_none_gone_and_of_two_images_are_refused(world, project, verb):
    one, two = world.draw(project, 1, "aaaabbbb " * 6), world.draw(project, 2, "aaaabbbb " * 6)
    before = world.rows()
    for ids, message in (
        ([], "at least one"),
        ([99], "no longer in the project"),
        ([one["a"], two["a"]], "in different images"),
    ):
        with pytest.raises(EditError, match=message):
            verb(project, ids)
    assert world.rows() == before
