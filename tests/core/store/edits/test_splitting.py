"""Splits: the parts are exactly the region's pixels, keep what was decided, and are one undo step."""

import numpy as np
import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import cuts, history, ingest, merging, painting, review, splitting
from acseg_core.types import PixelPatch, RegionStatus

START = "aaaabbbb aaaabbbb aaaabbbb ccccbbbb ccccdddd ccccdddd"


@pytest.fixture
def project(world):
    return world.create(images=1)


@pytest.fixture
def names(world, project):
    return world.draw(project, 1, START)


def split_and_picture(world, project, names, changes):
    new = sorted(changes.region_ids - set(names.values()))
    return world.picture(project, 1, names | dict(zip("xyz", new, strict=False)))


def test_a_line_cuts_a_region_and_both_parts_keep_what_was_decided(world, project, names):
    review.name_regions_as(project, [names["b"]], "sky")
    before = world.rows()
    changes = splitting.split_line(project, names["b"], [(7, -1), (7, 9)])
    assert split_and_picture(world, project, names, changes) == START.replace("bbbb", "bbbx")
    parts = queries.regions_by_id(project, changes.region_ids).values()
    assert {(part.label_id, part.status, part.node) for part in parts} == {(1, RegionStatus.ACCEPTED, None)}
    assert (changes.verb, len(changes.region_ids)) == ("Cut region", 2)
    after = world.rows()
    history.undo(project)
    assert world.rows() == before
    history.redo(project)
    assert world.rows() == after


def test_a_line_that_does_not_divide_is_refused(world, project, names):
    before = world.rows()
    with pytest.raises(EditError, match="from outline to outline"):
        splitting.split_line(project, names["a"], [(6, 0), (6, 5)])
    with pytest.raises(EditError, match="no longer in the project"):
        splitting.split_line(project, 99, [(6, 0), (6, 5)])
    assert world.rows() == before


def test_parts_become_regions_and_crumbs_go_with_the_nearest(world, project):
    """On the code of before, crumbs became their neighbours' pixels."""
    names = world.draw(project, 1, "aabbbbaa aabbbbaa aabbabaa aabbbbaa ccbbbbaa ccaabbaa")
    changes = splitting.split_components(project, names["a"], crumb_area=2)
    pictured = split_and_picture(world, project, names, changes)
    assert sorted(pictured.replace(" ", "").count(letter) for letter in "axy") == [2, 8, 13], "the one pixel has 13"
    assert pictured.split()[2] in {"xxbbabaa", "yybbabaa"}
    assert changes.verb == "Split into parts"
    history.undo(project)
    assert len(queries.regions(project, 1)) == 3


def test_by_default_nothing_in_a_small_image_is_a_crumb(world, project):
    names = world.draw(project, 1, "abbbbbba bbbbbbbb bbbaabbb bbbbbbbb bbbbbbbb bbbbbbbb")
    changes = splitting.split_components(project, names["a"])
    assert len(changes.region_ids) == 3
    world.assert_partition(project, 1)


def test_crumbs_alone_are_one_piece(world, project):
    """On the code of before, pixels with no other region around were lost."""
    names = world.draw(project, 1, "aaaaaaaa " * 6)
    painting.erase(project, PixelPatch(2, 0, np.ones((6, 1), bool)), region_id=names["a"])
    painting.erase(project, PixelPatch(0, 1, np.ones((5, 1), bool)), region_id=names["a"])
    painting.erase(project, PixelPatch(1, 1, np.ones((5, 1), bool)), region_id=names["a"])
    assert world.picture(project, 1, names) == "aa.aaaaa ...aaaaa ...aaaaa ...aaaaa ...aaaaa ...aaaaa"
    with pytest.raises(EditError, match="only one part"):
        splitting.split_components(project, names["a"], crumb_area=3)
    assert world.picture(project, 1, names) == "aa.aaaaa ...aaaaa ...aaaaa ...aaaaa ...aaaaa ...aaaaa"


def test_one_piece_and_too_many_are_refused(world, project, names, monkeypatch):
    with pytest.raises(EditError, match="only one part"):
        splitting.split_components(project, names["a"])
    names = world.draw(project, 1, "abababab bbbbbbbb abababab bbbbbbbb abababab bbbbbbbb")
    monkeypatch.setattr(splitting, "MOST_PARTS", 11)
    with pytest.raises(EditError, match="has 12 parts"):
        splitting.split_components(project, names["a"])


def test_a_patch_splits_off_its_part(world, project, names):
    changes = splitting.split_patch(project, names["a"], PixelPatch(2, 1, np.ones((4, 4), bool)))
    assert split_and_picture(world, project, names, changes) == "aaaabbbb aaxxbbbb aaxxbbbb ccccbbbb ccccdddd ccccdddd"
    for nothing in (PixelPatch(5, 0, np.ones((1, 1), bool)), PixelPatch(-1, -1, np.ones((9, 9), bool))):
        with pytest.raises(EditError, match="would not divide the region"):
            splitting.split_patch(project, names["c"], nothing)


def test_crumbs_of_the_regions_it_takes_go_with_a_thing(world, monkeypatch):
    """On the code of before a few pixels of a region stayed as a region of their own, and were exported as a thing."""
    project = world.create()
    ingest.add_images(project, [world.info("large.png", width=80, height=60)])
    names = world.draw(project, 1, " ".join(["a" * 40 + "b" * 40] * 60))
    thing = np.zeros((60, 80), bool)
    thing[:, :39] = True
    thing[20:30, 40:60] = True
    thing[5, 38] = False
    monkeypatch.setattr(splitting, "image_tree", lambda *_: object())
    monkeypatch.setattr(splitting, "pick", lambda *_: thing.copy())
    image = np.zeros((60, 80, 3), np.uint8)
    part = splitting.clicked_thing(project, 1, this=[(1, 1)], image=image).mask
    assert part[:, :40].sum() == thing[:, :40].sum(), "a whole column is left of the region: that is no crumb"
    thing[:, 39] = True
    thing[50:53, 39] = False
    part = splitting.clicked_thing(project, 1, this=[(1, 1)], image=image).mask
    assert part[:, :40].all()
    assert part[:, 40:].sum() == 200, "most of the other region is left: nothing more of it is taken"
    part = splitting.clicked_thing(project, 1, this=[(1, 1)], other=[(39.5, 51.5)], image=image).mask
    assert not part[51, 39]
    assert set(names) == {"a", "b"}


def test_a_thing_is_not_looked_for_without_a_tree(world, project, names):
    before = world.rows()
    with pytest.raises(EditError, match="propose its regions again"):
        splitting.clicked_thing(project, 1, this=[(1, 1)], image=np.zeros((6, 8, 3), np.uint8))
    assert world.rows() == before


def together(project):
    return {region.id for region in queries.regions(project, 1) if region.is_together}


def test_parts_are_kept_together_until_they_are_split_or_merged(world, project):
    """On the code of before, nothing of it was in the project."""
    names = world.draw(project, 1, "aabbbbaa aabbbbaa aabbbbaa aabbbbaa ccbbbbdd ccbbbbdd")
    review.name_regions_as(project, [names["a"]], "car")
    before = world.rows()
    changes = splitting.keep_together(project, [names["a"]])
    assert (changes.verb, changes.image_ids) == ("Keep together", {1})
    assert together(project) == {names["a"]}
    world.assert_one_step(project, before, "Keep together")
    assert splitting.keep_together(project, [names["a"]]).verb == "", "said already: no second step"
    review.name_regions_as(project, [names["a"]], "bus")
    painting.paint(project, 1, PixelPatch(2, 0, np.ones((1, 1), bool)), region_id=names["a"])
    painting.paint(project, 1, PixelPatch(0, 3, np.ones((1, 1), bool)), region_id=names["c"])
    assert together(project) == {names["a"]}, "neither another name nor a stroke says anything about the parts"
    with pytest.raises(EditError):
        splitting.keep_together(project, [99])


@pytest.mark.parametrize(
    "split",
    [
        lambda project, names: splitting.split_components(project, names["a"], crumb_area=1),
        lambda project, names: splitting.split_line(project, names["a"], [(-1, 2), (9, 2)]),
        lambda project, names: splitting.split_patch(project, names["a"], PixelPatch(0, 0, np.ones((4, 2), bool))),
        lambda project, names: merging.merge_regions(project, [names["a"], names["b"]]),
        lambda project, names: merging.merge_regions(project, [names["c"], names["a"]]),
    ],
    ids=["parts", "line", "patch", "merged", "merged into"],
)
def test_what_is_split_or_merged_is_not_kept_together(world, project, split):
    names = world.draw(project, 1, "aabbbbaa aabbbbaa aabbbbaa aabbbbaa ccbbbbdd ccbbbbdd")
    review.name_regions_as(project, [names["a"]], "car")
    splitting.keep_together(project, [names["a"]])
    split(project, names)
    assert together(project) == set()
    history.undo(project)
    assert together(project) == {names["a"]}


def test_the_tree_splits_what_was_kept_together(world, project):
    world.propose_tree(project, [1], leaves=6, granularity=0)
    (region,) = queries.regions(project, 1)
    splitting.keep_together(project, [region.id])
    cuts.split_by_tree(project, region.id)
    assert together(project) == set()
