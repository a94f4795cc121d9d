"""Splits: the parts are exactly the region's pixels, keep what was decided, and are one undo step."""

import numpy as np
import pytest

from acseg_core.errors import EditError
from acseg_core.proposals.tokens import PatchTokens
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import cuts, history, ingest, painting, review, splitting
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
    with pytest.raises(EditError, match="not in the project any more"):
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
    with pytest.raises(EditError, match="in one piece"):
        splitting.split_components(project, names["a"], crumb_area=3)
    assert world.picture(project, 1, names) == "aa.aaaaa ...aaaaa ...aaaaa ...aaaaa ...aaaaa ...aaaaa"


def test_one_piece_and_too_many_are_refused(world, project, names, monkeypatch):
    with pytest.raises(EditError, match="in one piece"):
        splitting.split_components(project, names["a"])
    names = world.draw(project, 1, "abababab bbbbbbbb abababab bbbbbbbb abababab bbbbbbbb")
    monkeypatch.setattr(splitting, "MOST_PARTS", 11)
    with pytest.raises(EditError, match="in 12 pieces"):
        splitting.split_components(project, names["a"])


def test_a_patch_splits_off_its_part(world, project, names):
    changes = splitting.split_patch(project, names["a"], PixelPatch(2, 1, np.ones((4, 4), bool)))
    assert split_and_picture(world, project, names, changes) == "aaaabbbb aaxxbbbb aaxxbbbb ccccbbbb ccccdddd ccccdddd"
    for nothing in (PixelPatch(5, 0, np.ones((1, 1), bool)), PixelPatch(-1, -1, np.ones((9, 9), bool))):
        with pytest.raises(EditError, match="does not divide"):
            splitting.split_patch(project, names["c"], nothing)


@pytest.fixture
def large(world):
    """An image of 80 x 60 pixels whose one region shows two things, and tokens and pixels that tell them apart."""
    project = world.create()
    ingest.add_images(project, [world.info("large.png", width=80, height=60)])
    names = world.draw(project, 1, " ".join(["a" * 80] * 30 + ["a" * 50 + "b" * 30] * 30))
    random = np.random.default_rng(3)
    kinds = random.normal(size=(2, 16))
    is_right = np.arange(16) >= 8
    tokens = np.where(is_right[None, :, None], kinds[1], kinds[0]) + random.normal(size=(12, 16, 16)) * 0.1
    image = np.zeros((60, 80, 3), np.uint8)
    image[:, 42:] = 200
    return project, names, PatchTokens(tokens.astype(np.float16), None), image


@pytest.mark.parametrize("other", [[(70.5, 10.5)], []], ids=["two clicks", "one click"])
def test_clicks_divide_by_what_pixels_look_like_along_the_edges_of_the_image(large, other):
    project, names, tokens, image = large
    changes = splitting.split_clicks(project, names["a"], this=[(10.5, 10.5)], other=other, tokens=tokens, image=image)
    parts = {region.id: masks.decode(region.mask) for region in queries.regions(project, 1)}
    left = next(parts[id_] for id_ in changes.region_ids if parts[id_][10, 10])
    right = next(parts[id_] for id_ in changes.region_ids if not parts[id_][10, 10])
    np.testing.assert_array_equal(left | right | parts[names["b"]], np.ones((60, 80), bool))
    edge = left.argmin(axis=1)
    assert np.abs(edge - 42).max() <= 1, "the picture's edge, not that of the patches (40)"
    assert changes.verb == "Split region"


def test_two_alike_beside_each_other_are_told_apart_by_where_they_are(large):
    project, names, tokens, image = large
    same = PatchTokens(np.ones_like(tokens.tokens), None)
    part = splitting.clicked_part(
        project, names["a"], this=[(10, 15)], other=[(30, 15)], tokens=same, image=np.zeros_like(image)
    )
    edge = part.mask[:25].argmin(axis=1)
    assert np.abs(edge - 20).max() <= 5


def test_without_tokens_the_tree_divides_at_once(world):
    project = world.create(images=1)
    (tree,) = world.propose_tree(project, [1])
    cuts.recut_image(project, 1, 0)
    (whole,) = queries.regions(project, 1)
    (y, x), (v, u) = (np.argwhere(tree.leaf_map == leaf)[0] for leaf in (0, 1))
    part = splitting.clicked_part(project, whole.id, this=[(x + 0.5, y + 0.5)], other=[(u + 0.5, v + 0.5)])
    tokens = tree.leaf_tokens.astype(np.float32)
    tokens /= np.linalg.norm(tokens, axis=1, keepdims=True)
    nearer = (tokens @ tokens[0] - tokens @ tokens[1])[tree.leaf_map]
    clear = np.abs(nearer) > 0.15
    np.testing.assert_array_equal(part.mask[clear], (nearer > 0)[clear])
    assert part.mask[y, x]
    assert not part.mask[v, u]


def test_clicks_outside_and_images_of_which_nothing_is_known_are_refused(world, project, names):
    with pytest.raises(EditError, match="click in the region"):
        splitting.split_clicks(project, names["a"], this=[(7, 0)])
    with pytest.raises(EditError, match="propose its regions again"):
        splitting.split_clicks(project, names["a"], this=[(1, 1)])


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
