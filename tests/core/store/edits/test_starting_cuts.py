"""Images that nobody has touched follow the default granularity of their project; all others stay as they are."""

import numpy as np
import pytest

from acseg_core.proposals.tree import threshold_of
from acseg_core.store import queries
from acseg_core.store.edits import cuts, history, painting, remarks, removal, review, starting_cuts
from acseg_core.store.queries.default_granularity import default_granularity
from acseg_core.store.settings import CALIBRATED_GRANULARITY, CALIBRATED_IMAGES, write_setting
from acseg_core.store.upkeep import trimming
from acseg_core.types import GranularitySource, ImageStatus, PixelPatch


@pytest.fixture
def cut(world):
    """An open project of six images with trees of six leaves, all proposed at .5."""
    project = world.create(images=6)
    world.trees = world.propose_tree(project, queries.image_ids(project))
    return project


def calibrate(project, granularity):
    write_setting(project, CALIBRATED_GRANULARITY, granularity)
    write_setting(project, CALIBRATED_IMAGES, 6)


def follow(project, image_ids=None):
    work = starting_cuts.follow_default(project, image_ids)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value.image_ids


def granularities(project):
    return [record.granularity for record in queries.images(project)]


def test_untouched_images_are_cut_as_a_run_would_have_cut_them(world, cut):
    calibrate(cut, 0.9)
    assert follow(cut) == {1, 2, 3, 4, 5, 6}
    assert granularities(cut) == [0.9] * 6
    for image_id, tree in enumerate(world.trees, start=1):
        world.assert_partition(cut, image_id)
        assert queries.image(cut, image_id).status is ImageStatus.PROPOSED
        expected = {region.node for region in tree.regions(tree.tree.cut(threshold_of(0.9)))}
        assert {region.node for region in queries.regions(cut, image_id)} == expected
    assert follow(cut) == frozenset()


def test_only_images_that_are_asked_for(cut):
    calibrate(cut, 0.9)
    assert follow(cut, [2, 5]) == {2, 5}
    assert granularities(cut) == [0.5, 0.9, 0.5, 0.5, 0.9, 0.5]


def test_it_is_part_of_the_proposals_and_no_step_of_its_own(world, cut):
    """Undo takes the proposals back as a whole; redo brings the new cut."""
    calibrate(cut, 0.9)
    steps = len(history.operations(cut))
    follow(cut)
    assert len(history.operations(cut)) == steps
    after = world.rows()
    assert history.undo(cut).verb == "Propose"
    assert queries.summary(cut).regions == 0
    assert granularities(cut) == [None] * 6
    history.redo(cut)
    assert world.rows() == after
    follow(cut)
    assert world.rows() == after


def test_what_could_be_redone_stays_so(cut):
    review.name_regions_as(cut, [queries.regions(cut, 1)[0].id], "sky")
    history.undo(cut)
    calibrate(cut, 0.9)
    assert follow(cut) == {2, 3, 4, 5, 6}, "the first would be named again by redo"
    assert history.redo(cut).verb == "Name regions"
    assert queries.image(cut, 1).granularity == 0.5


def name_and_unname(project):
    region = queries.regions(project, 1)[0].id
    review.name_regions_as(project, [region], "sky")
    review.name_regions(project, [region], None)


def remove_and_take_back(project):
    removal.remove_images(project, [1])
    removal.take_back_images(project, [1])


def paint(project):
    patch = PixelPatch(0, 0, np.ones((1, 2), bool))
    painting.paint(project, 1, patch, region_id=queries.regions(project, 1)[0].id)


TOUCHES = {
    "named": lambda p: review.name_regions_as(p, [queries.regions(p, 1)[0].id], "sky"),
    "named and unnamed": name_and_unname,
    "rejected": lambda p: review.reject_regions(p, [queries.regions(p, 1)[0].id]),
    "painted": lambda p: painting.paint(
        p, 1, PixelPatch(0, 0, np.ones((1, 2), bool)), region_id=queries.regions(p, 1)[0].id
    ),
    "moved by the slider": lambda p: cuts.recut_image(p, 1, 0.3),
    "done": lambda p: review.accept_image(p, 1),
    "begun and set back": lambda p: (
        review.set_image_status(p, 1, ImageStatus.IN_REVIEW),
        review.set_image_status(p, 1, ImageStatus.PROPOSED),
    ),
    "removed and taken back": remove_and_take_back,
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_an_image_that_somebody_touched_stays_as_it_is(world, cut, touch):
    TOUCHES[touch](cut)
    before = {table: [row for row in rows if table != "image"] for table, rows in world.rows().items()}
    mine = [row for row in before["region"] if row[1] == 1]
    granularity = queries.image(cut, 1).granularity
    calibrate(cut, 0.9)
    assert follow(cut) == {2, 3, 4, 5, 6}
    assert [row for row in world.rows()["region"] if row[1] == 1] == mine
    assert queries.image(cut, 1).granularity == granularity


def test_a_comment_is_no_touch_of_what_is_proposed(cut):
    remarks.write_comment(cut, 1, "blurred")
    calibrate(cut, 0.9)
    assert 1 in follow(cut)
    assert history.undo(cut).verb == "Comment on image"
    assert history.undo(cut).verb == "Propose"
    assert queries.summary(cut).regions == 0


def test_every_order_of_undo_is_sound_afterwards(world, cut):
    """Other images are edited before and after; all is taken back to nothing, and done again."""
    review.name_regions_as(cut, [queries.regions(cut, 2)[0].id], "sky")
    calibrate(cut, 0.9)
    follow(cut)
    cuts.recut_image(cut, 3, 0.2)
    after = world.rows()
    while history.undo(cut):
        pass
    assert queries.summary(cut).regions == 0
    while history.redo(cut):
        pass
    assert world.rows() == after


def test_trimmed_proposals_stay_as_they_are(cut):
    review.name_regions_as(cut, [queries.regions(cut, 2)[0].id], "sky")
    trimming.trim(cut, trimming.Kept(edits=0))
    calibrate(cut, 0.9)
    assert follow(cut) == frozenset()
    assert granularities(cut) == [0.5] * 6


def test_reset_goes_back_step_by_step(cut):
    calibrate(cut, 0.6)
    for image_id in (1, 2, 3):
        cuts.recut_image(cut, image_id, 0.8)
    seen = []
    for _ in range(4):
        seen.append((default_granularity(cut).source, default_granularity(cut).granularity))
        starting_cuts.reset_default(cut)
    assert seen == [
        (GranularitySource.PEOPLE, 0.8),
        (GranularitySource.IMAGES, 0.6),
        (GranularitySource.STANDARD, 0.5),
        (GranularitySource.IMAGES, 0.6),
    ]
    assert granularities(cut) == [0.8, 0.8, 0.8, 0.5, 0.5, 0.5]
