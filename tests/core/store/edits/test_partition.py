"""Pixels that change hands: whoever gains them, somebody loses them, and no two regions overlap."""

import numpy as np
import pytest

from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.shapes.outlines import NOBODY, OPEN
from acseg_core.store import queries
from acseg_core.store.edits import history, partition
from acseg_core.store.edits.partition import Transfer, common_box, drawn_values, image_size, require_image_of
from acseg_core.store.edits.recorder import edit
from acseg_core.types import ImageStatus, PixelPatch

START = "aaaabbbb aaaabbbb aaaabbbb aaaabbbb ccccbbbb ccccbbbb"


@pytest.fixture
def project(world):
    return world.create(images=2)


@pytest.fixture
def names(world, project):
    return world.draw(project, 1, START)


@pytest.fixture
def changed(world, project, names):
    """Makes an edit of the first image; returns its picture, and checks that one undo brings everything back."""

    def make(change):
        before = world.rows()
        with edit(project, "Paint pixels") as recording:
            found = change(Transfer(project, recording, 1))
        picture = world.picture(project, 1, names | ({"x": found} if isinstance(found, int) else {}))
        if recording.changed:
            after = world.rows()
            history.undo(project)
            assert world.rows() == before
            history.redo(project)
            assert world.rows() == after
        return picture

    return make


def block(left, top, width, height):
    mask = np.zeros((6, 8), bool)
    mask[top : top + height, left : left + width] = True
    return masks.encode(mask)


def test_what_one_gains_the_others_lose(changed, names, project):
    picture = changed(lambda transfer: transfer.move({names["c"]: block(2, 2, 4, 2)}))
    assert picture == "aaaabbbb aaaabbbb aaccccbb aaccccbb ccccbbbb ccccbbbb"
    assert queries.image(project, 1).status is ImageStatus.IN_REVIEW
    regions = queries.regions_by_id(project, names.values())
    assert [regions[names[letter]].node for letter in "abc"] == [0, 1, None], "only the gainer is a person's now"


def test_several_gain_and_some_pixels_are_nobodys(changed, names):
    picture = changed(
        lambda transfer: transfer.move(
            {names["a"]: block(4, 0, 1, 2), names["b"]: block(3, 3, 1, 3)}, dropped=block(0, 0, 2, 1)
        )
    )
    assert picture == "..aaabbb aaaaabbb aaaabbbb aaabbbbb cccbbbbb cccbbbbb"


def test_who_loses_everything_goes(changed, names, project):
    assert "c" not in changed(lambda transfer: transfer.move({names["b"]: block(0, 4, 4, 2)}))
    assert names["c"] not in queries.regions_by_id(project, names.values())


def test_what_changes_nothing_writes_nothing(world, changed, names):
    before = world.rows()
    assert changed(lambda transfer: transfer.move({})) == START
    assert changed(lambda transfer: transfer.move({names["a"]: block(1, 1, 2, 2)})) == START
    assert world.rows() == before


def test_a_new_region_takes_its_pixels_from_the_others(changed, project):
    picture = changed(lambda transfer: transfer.add(block(3, 3, 2, 2), like=drawn_values(None)))
    assert picture == "aaaabbbb aaaabbbb aaaabbbb aaaxxbbb cccxxbbb ccccbbbb"
    (fresh,) = [region for region in queries.regions(project, 1) if region.node is None]
    assert (fresh.run_id, fresh.area, fresh.label_id) == (None, 4, None)


def test_pixels_go_to_whoever_is_nearest(changed, names):
    picture = changed(lambda transfer: transfer.give_to_nearest(block(1, 2, 3, 3), without=[names["a"], names["c"]]))
    assert picture == "aaaabbbb aaaabbbb abbbbbbb abbbbbbb cbbbbbbb ccccbbbb"


def test_with_nobody_else_pixels_stay_or_are_dropped(changed, names):
    everybody = list(names.values())
    assert changed(lambda transfer: transfer.give_to_nearest(block(0, 0, 2, 1), without=everybody)) == START
    dropped = changed(lambda transfer: transfer.give_to_nearest(block(0, 0, 2, 1), without=everybody, drop=True))
    assert dropped == START.replace("aaaabbbb", "..aabbbb", 1)


def test_the_nearest_is_found_beyond_what_is_looked_at_first(changed, names, monkeypatch):
    monkeypatch.setattr(partition, "_MARGIN", 1)
    picture = changed(lambda transfer: transfer.give_to_nearest(block(0, 0, 1, 1), without=[names["a"]]))
    assert picture == START.replace("a", "b", 1) or picture == START.replace("a", "c", 1)
    assert picture.startswith(("b", "c"))


def test_owners_of_a_part_of_the_image(project, names):
    with edit(project, "Paint pixels") as recording:
        owners = Transfer(project, recording, 1).owners((3, 3, 3, 2), without=[names["b"]])
        assert owners.tolist() == [[names["a"], NOBODY, NOBODY], [names["c"], NOBODY, NOBODY]]
        assert (Transfer(project, recording, 2).owners((0, 0, 8, 6)) == OPEN).all()


def test_patches_count_as_far_as_they_are_in_the_image(project, names):
    with edit(project, "Paint pixels") as recording:
        transfer = Transfer(project, recording, 1)
        assert transfer.pixels(PixelPatch(-1, -1, np.ones((2, 3), bool))) == block(0, 0, 2, 1)
        assert transfer.pixels(PixelPatch(8, 0, np.ones((2, 2), bool))) is None
        assert transfer.widened((2, 1, 3, 2), 2) == (0, 0, 7, 5)
        assert transfer.whole == (0, 0, 8, 6)


def test_a_region_of_another_image_is_refused(world, project, names):
    other = world.draw(project, 2, START)["a"]
    with edit(project, "Paint pixels") as recording:
        transfer = Transfer(project, recording, 1)
        with pytest.raises(EditError, match="in another image"):
            transfer.require(other)
        assert transfer.find(other) is None
        assert transfer.find(99) is None
        assert transfer.require(names["a"]).id == names["a"]
        with pytest.raises(EditError, match="image 9 is not in the project"):
            Transfer(project, recording, 9)
    with project.read() as connection:
        assert image_size(connection, 2) == (6, 8)
        assert require_image_of(connection, [names["a"], names["b"]]) == (1, 6, 8)
        for ids, message in (
            ([], "at least one"),
            ([99], "no longer in the project"),
            ([names["a"], other], "different images"),
        ):
            with pytest.raises(EditError, match=message):
                require_image_of(connection, ids)


@pytest.mark.parametrize(
    ("first", "second", "common"),
    [
        ((0, 0, 4, 4), (2, 3, 9, 9), (2, 3, 2, 1)),
        ((0.0, 0.0, 4.0, 4.0), (1.0, 1.0, 2.0, 2.0), (1, 1, 2, 2)),
        ((0, 0, 4, 4), (4, 0, 2, 2), (4, 0, 0, 2)),
        ((0, 0, 2, 2), (7, 8, 1, 1), (7, 8, 0, 0)),
    ],
)
def test_what_two_boxes_share(first, second, common):
    assert common_box(first, second) == common == common_box(second, first)
