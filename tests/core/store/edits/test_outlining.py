"""Outlines that move and regions that end: pixel for pixel, one step each, and a partition stays one."""

import numpy as np
import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import dissolving, history, merging, outlining, painting, review
from acseg_core.store.edits.labels import create_label, update_label
from acseg_core.types import ImageStatus, PixelPatch, RegionStatus


@pytest.fixture
def project(world):
    return world.create(images=2)


@pytest.fixture
def drawn(world, project):
    """Draws a picture, makes an edit, checks the picture after it, and that undo and redo bring both back."""

    def check(before, edit, after, **labels):
        names = world.draw(project, 1, before)
        for letter, label in labels.items():
            review.name_regions_as(project, [names[letter]], label)
        start = world.rows()
        changes = edit(names)
        assert world.picture(project, 1, names) == after
        end = world.rows()
        history.undo(project)
        assert world.rows() == start
        history.redo(project)
        assert world.rows() == end
        return names, changes

    return check


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
    with pytest.raises(EditError, match="nothing would be left of a region of 4 pixels"):
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
    for ids, message in (([], "at least one"), ([99], "any more"), ([one["a"], two["a"]], "of different images")):
        with pytest.raises(EditError, match=message):
            verb(project, ids)
    assert world.rows() == before


def test_merging_may_choose_the_label_that_survives(world, project):
    names = world.draw(project, 1, "aaaabbbb " * 5 + "aaaacccc")
    for letter, label in zip("abc", ("sky", "tree", "sea"), strict=True):
        review.name_regions_as(project, [names[letter]], label)
    sea = region(project, names["c"]).label_id
    changes = merging.merge_regions(project, list(names.values()), label_id=sea)
    assert changes.region_ids == {names["a"]}
    merged = region(project, names["a"])
    assert (merged.label_id, merged.status, merged.area) == (sea, RegionStatus.ACCEPTED, 48)
    history.undo(project)
    review.reject_regions(project, [names["a"], names["b"]])
    merging.merge_regions(project, [names["a"], names["b"]], label_id=None)
    assert (region(project, names["a"]).label_id, region(project, names["a"]).status) == (None, RegionStatus.PROPOSED)
    history.undo(project)
    with pytest.raises(EditError, match="label 77"):
        merging.merge_regions(project, [names["a"], names["b"]], label_id=77)


def test_void_is_made_once_and_taken_back_by_one_undo(world, project):
    names = world.draw(project, 1, "aaaabbbb " * 6)
    before = world.rows()
    review.mark_void(project, [names["a"]])
    (void,) = queries.labels(project)
    assert (void.name, void.color, void.is_void, void.is_thing, void.hotkey) == ("void", "#808080", True, False, None)
    assert region(project, names["a"]).label_id == void.id
    review.mark_void(project, [names["b"]])
    assert len(queries.labels(project)) == 1
    history.undo(project)
    assert history.undo(project).verb == "Mark as void"
    assert world.rows() == before


def test_a_void_label_that_is_there_is_used(world, project):
    names = world.draw(project, 1, "aaaabbbb " * 6)
    named, _ = create_label(project, "Void", hotkey="4")
    review.mark_void(project, [names["a"]])
    (label,) = queries.labels(project)
    assert (label.id, label.is_void, label.hotkey) == (named.id, True, "4")
    ignore, _ = create_label(project, "ignore", is_void=True)
    update_label(project, named.id, is_void=False)
    review.mark_void(project, [names["b"]])
    assert region(project, names["b"]).label_id == ignore.id
