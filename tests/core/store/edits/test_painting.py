"""Strokes: exactly the pixels meant change hands, what follows for the regions, and undo."""

import numpy as np
import pytest

from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import cuts, history, ingest, painting, review
from acseg_core.store.edits.labels import create_label
from acseg_core.store.edits.suggestions import save_suggestions
from acseg_core.types import ImageStatus, PixelPatch, RegionStatus

START = "aaaabbbb aaaabbbb aaaabbbb ccccbbbb ccccdddd ccccdddd"


@pytest.fixture
def project(world):
    return world.create(images=2)


@pytest.fixture
def names(world, project):
    return world.draw(project, 1, START)


def patch(left, top, *rows):
    return PixelPatch(left, top, np.array([[letter == "#" for letter in row] for row in rows]))


def region(project, region_id):
    return queries.regions_by_id(project, [region_id])[region_id]


def test_painted_pixels_move_from_whichever_regions_have_them(world, project, names):
    changes = painting.paint(project, 1, patch(2, 2, "####", "####", "#..."), region_id=names["a"])
    assert world.picture(project, 1, names) == "aaaabbbb aaaabbbb aaaaaabb ccaaaabb ccacdddd ccccdddd"
    assert (changes.verb, changes.image_ids, changes.region_ids) == ("Paint", {1}, {names["a"]})
    assert queries.image(project, 1).status is ImageStatus.IN_REVIEW
    assert queries.image(project, 2).status is ImageStatus.NEW


def test_a_stroke_is_one_step_back_and_forth(world, project, names):
    states = [world.rows()]
    painting.paint(project, 1, patch(3, 1, "###", "###"), region_id=names["d"])
    states.append(world.rows())
    painting.erase(project, patch(0, 0, "########"), region_id=names["a"])
    states.append(world.rows())
    painting.paint_new(project, 1, patch(0, 4, "##", "##"), label_id=None)
    states.append(world.rows())
    for state in reversed(states[:-1]):
        history.undo(project)
        assert world.rows() == state
    for state in states[1:]:
        history.redo(project)
        assert world.rows() == state


def test_a_stroke_keeps_the_suggestion_of_a_region_it_merely_grazes(world):
    """On the code of before, one pixel less ended a suggestion."""
    project = world.create(images=1)
    names = world.draw(project, 1, "aaaabbbb aaaabbbb aaaabbbb aaaabbbb aaaabbbb ddddbbbb")
    label, _ = create_label(project, "tree")
    save_suggestions(project, [names["b"]], [label.id], [0.75])
    painting.paint(project, 1, patch(4, 0, "#", "#"), region_id=names["a"])
    grazed = region(project, names["b"])
    assert (grazed.area, grazed.suggestion_id, grazed.confidence) == (22, label.id, 0.75)
    painting.paint(project, 1, patch(4, 0, "##", "##", "##"), region_id=names["a"])
    assert region(project, names["b"]).suggestion_id is None, "four of 22 are more than a tenth"
    history.undo(project)
    assert region(project, names["b"]).suggestion_id == label.id


def test_what_reaches_beyond_the_image_counts_for_nothing(world, project, names):
    painting.paint(project, 1, patch(-2, -1, "####", "####"), region_id=names["d"])
    assert world.picture(project, 1, names) == "ddaabbbb aaaabbbb aaaabbbb ccccbbbb ccccdddd ccccdddd"


@pytest.mark.parametrize("nothing", [patch(0, 0, "..", "##"), patch(-9, 0, "##"), patch(0, 6, "##"), patch(0, 0, "")])
def test_a_stroke_that_changes_nothing_is_no_step(world, project, names, nothing):
    before = world.rows()
    assert painting.paint(project, 1, nothing, region_id=names["a"]).verb == ""
    assert painting.erase(project, nothing, region_id=names["d"]).verb == ""
    if nothing.left or nothing.top or not nothing.mask.size:
        assert painting.paint_new(project, 1, nothing, label_id=None).verb == ""
    assert world.rows() == before
    assert history.state(project).undo == "Propose"


def test_a_region_that_loses_all_its_pixels_goes(world, project, names):
    painting.paint(project, 1, PixelPatch(0, 3, np.ones((3, 8), bool)), region_id=names["a"])
    assert world.picture(project, 1, names) == "aaaabbbb aaaabbbb aaaabbbb aaaaaaaa aaaaaaaa aaaaaaaa"
    assert {each.id for each in queries.regions(project, 1)} == {names["a"], names["b"]}
    history.undo(project)
    assert world.picture(project, 1, names) == START


def test_polygons_make_regions(world, project, names):
    label, _ = create_label(project, "sky")
    changes = painting.paint_new(project, 1, patch(3, 2, "##", "##"), label_id=label.id)
    (new,) = changes.region_ids
    assert world.picture(project, 1, names | {"x": new}) == "aaaabbbb aaaabbbb aaaxxbbb cccxxbbb ccccdddd ccccdddd"
    found = region(project, new)
    assert (found.label_id, found.status, found.node, found.run_id) == (label.id, RegionStatus.ACCEPTED, None, None)
    unnamed = region(project, *painting.paint_new(project, 1, patch(0, 0, "#"), label_id=None).region_ids)
    assert (unnamed.label_id, unnamed.status) == (None, RegionStatus.PROPOSED)


def test_drawing_begins_on_an_image_without_regions(world, project):
    (first,) = painting.paint_new(project, 2, patch(0, 0, "###", "###"), label_id=None).region_ids
    (second,) = painting.paint_new(project, 2, patch(2, 1, "###"), label_id=None).region_ids
    expected = "aaa..... aabbb... ........ ........ ........ ........"
    assert world.picture(project, 2, {"a": first, "b": second}) == expected
    assert queries.image(project, 2).status is ImageStatus.IN_REVIEW
    painting.paint(project, 2, patch(0, 0, "#", "#", "#"), region_id=second)
    assert world.picture(project, 2, {"a": first, "b": second}).split()[:3] == ["baa.....", "babbb...", "b......."]


def test_erased_pixels_go_to_the_nearest_other_region(world, project, names):
    changes = painting.erase(project, patch(0, 0, "####", "####", "####"), region_id=names["c"])
    assert changes.verb == "", "none of these are c's"
    painting.erase(project, PixelPatch(4, 0, np.ones((4, 4), bool)), region_id=names["b"])
    rows = world.picture(project, 1, names).split()
    assert "b" not in "".join(rows)
    assert [row[4] for row in rows[:3]] == ["a", "a", "a"]
    assert rows[3][5:] == "ddd"
    world.assert_partition(project, 1)


def test_erasing_far_inside_finds_neighbours_far_away(world):
    project = world.create()
    ingest.add_images(project, [world.info("large.png", width=300, height=200)])
    rows = np.full((200, 300), "a")
    rows[:, 290:], rows[190:, :290] = "b", "c"
    names = world.draw(project, 1, " ".join("".join(row) for row in rows))
    painting.erase(project, PixelPatch(100, 100, np.ones((10, 10), bool)), region_id=names["a"])
    rows[100:110, 100:110] = "c"
    assert world.picture(project, 1, names) == " ".join("".join(row) for row in rows)


def test_erasing_the_only_region_leaves_pixels_of_none(world, project):
    (only,) = painting.paint_new(project, 2, patch(0, 0, "####"), label_id=None).region_ids
    painting.erase(project, patch(1, 0, "##"), region_id=only)
    assert world.picture(project, 2, {"a": only}).split()[0] == "a..a...."
    changes = painting.erase(project, patch(0, 0, "########"), region_id=only)
    assert (changes.verb, changes.region_ids) == ("Erase", frozenset())
    assert queries.regions(project, 2) == []


def test_a_gainer_is_a_persons_and_a_loser_stays_a_proposal(world, project, names):
    save_suggestions(project, [names["a"], names["b"], names["c"]], [create_label(project, "sky")[0].id] * 3, [0.5] * 3)
    painting.paint(project, 1, patch(4, 0, "#"), region_id=names["a"])
    a, b, c = (region(project, names[letter]) for letter in "abc")
    assert (a.node, a.suggestion_id, a.status) == (None, None, RegionStatus.PROPOSED)
    assert (b.node, b.suggestion_id) == (1, 1), "it lost one of sixteen"
    assert (c.node, c.suggestion_id) == (2, 1)
    painting.erase(project, patch(0, 3, "#"), region_id=names["c"])
    assert region(project, names["c"]).node is None, "what is erased from it must not come back by a new cut"


def test_names_and_decisions_stay_with_the_regions(project, names):
    review.name_regions_as(project, [names["a"]], "sky")
    review.reject_regions(project, [names["b"]])
    painting.paint(project, 1, patch(3, 0, "##"), region_id=names["b"])
    a, b = (region(project, names[letter]) for letter in "ab")
    assert (a.label_id, a.status, a.area) == (1, RegionStatus.ACCEPTED, 11)
    assert (b.label_id, b.status, b.area) == (None, RegionStatus.REJECTED, 17)


def test_what_is_gone_or_elsewhere_is_refused(world, project, names):
    before = world.rows()
    calls = {
        "is no longer in the project": lambda: painting.paint(project, 1, patch(0, 0, "#"), region_id=99),
        "is in another image": lambda: painting.paint(project, 2, patch(0, 0, "#"), region_id=names["a"]),
        "image 9 is not in the project": lambda: painting.paint_new(project, 9, patch(0, 0, "#"), label_id=None),
        "label 5 is no longer in the project": lambda: painting.paint_new(project, 1, patch(0, 0, "#"), label_id=5),
        "region 98 is no longer in the project": lambda: painting.erase(project, patch(0, 0, "#"), region_id=98),
    }
    for message, call in calls.items():
        with pytest.raises(EditError, match=message):
            call()
    assert world.rows() == before


def test_a_new_cut_leaves_what_was_painted_and_divides_what_was_proposed(world):
    project = world.create(images=1)
    (tree,) = world.propose_tree(project, [1])
    cuts.recut_image(project, 1, 1)
    first, *_ = queries.regions(project, 1)
    painting.paint(project, 1, PixelPatch(1, 1, np.ones((3, 4), bool)), region_id=first.id)
    painted = masks.decode(region(project, first.id).mask)
    for granularity in (0, 0.4, 1):
        cuts.recut_image(project, 1, granularity)
        world.assert_partition(project, 1)
        np.testing.assert_array_equal(masks.decode(region(project, first.id).mask), painted)
    others = {each.node: masks.decode(each.mask) for each in queries.regions(project, 1) if each.id != first.id}
    for node, mask in others.items():
        np.testing.assert_array_equal(mask, (tree.leaf_map == node) & ~painted)


def test_what_is_drawn_over_a_seam_is_one_step_of_both_images(world, project, names):
    others = world.draw(project, 2, START)
    patches = {1: patch(2, 2, "######", "######"), 2: patch(-6, 2, "########", "########")}
    changes, given = painting.paint_across(project, patches, regions={1: names["a"]}, label_id=None)
    assert given[1] == names["a"]
    assert world.picture(project, 1, names) == "aaaabbbb aaaabbbb aaaaaaaa ccaaaaaa ccccdddd ccccdddd"
    assert (
        world.picture(project, 2, others | {"z": given[2]}) == "aaaabbbb aaaabbbb zzaabbbb zzccbbbb ccccdddd ccccdddd"
    )
    assert region(project, given[2]).status is RegionStatus.PROPOSED
    assert (changes.verb, changes.image_ids, changes.region_ids) == ("Paint", {1, 2}, set(given.values()))
    history.undo(project)
    assert world.picture(project, 1, names) == " ".join(START.split())
    assert world.picture(project, 2, others) == " ".join(START.split())


def test_new_regions_over_a_seam_have_one_label(world, project, names):
    world.draw(project, 2, START)
    label = create_label(project, "meadow")[0].id
    patches = {
        1: patch(6, 0, "##"),
        2: patch(0, 0, "##"),
    }
    changes, given = painting.paint_across(project, patches, regions={}, label_id=label)
    assert changes.verb == "Draw region"
    assert {region(project, each).label_id for each in given.values()} == {label}
    assert {region(project, each).status for each in given.values()} == {RegionStatus.ACCEPTED}


def test_nothing_is_drawn_where_no_pixel_is_meant(world, project, names):
    before = history.state(project)
    changes, given = painting.paint_across(project, {1: patch(-3, 0, "##")}, regions={}, label_id=None)
    assert given == {}
    assert not changes.verb
    assert history.state(project) == before
    with pytest.raises(EditError, match="another image"):
        painting.paint_across(project, {2: patch(0, 0, "##")}, regions={2: names["a"]}, label_id=None)
