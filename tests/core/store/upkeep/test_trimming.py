"""Old history is dropped: what is newer can be undone as before, and nothing else changes."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from acseg_core.errors import ProjectReadOnlyError
from acseg_core.store import queries
from acseg_core.store.edits import cuts, history, label_list, merging, painting, review, runs
from acseg_core.store.queries import image_list
from acseg_core.store.queries.image_list import ImageOrder
from acseg_core.store.queries.image_search import ImageSearch
from acseg_core.store.upkeep import timings
from acseg_core.store.upkeep.trimming import HistorySize, Kept, measure, trim
from acseg_core.types import ImageStatus, PixelPatch


def work(world, project):
    """A bit of everything: 12 edits."""
    world.propose_tree(project, [1, 2])
    world.propose(project, [3])
    for image_id in (1, 2, 3):
        ids = [region.id for region in queries.regions(project, image_id)]
        review.name_regions_as(project, ids[:2], f"name {image_id}")
    cuts.recut_image(project, 1, 0.8)
    world.propose_tree(project, [2])
    merging.merge_regions(project, [region.id for region in queries.regions(project, 3)][:2])
    review.accept_image(project, 3)
    painting.paint_new(project, 1, PixelPatch(2, 1, np.ones((3, 3), bool)), label_id=1)
    label_list.delete_labels(project, [2])
    review.set_image_status(project, 2, ImageStatus.DONE)


def undo_all(project):
    steps = 0
    while history.undo(project) is not None:
        steps += 1
    return steps


def redo_all(project):
    while history.redo(project) is not None:
        pass


@pytest.fixture
def project(world):
    made = world.create(images=3)
    work(world, made)
    return made


@pytest.mark.parametrize("kept", range(13))
def test_what_is_kept_is_undone_and_redone_as_before(world, project, kept):
    everything = len(history.operations(project, 99))
    states = [world.rows()]
    for _ in range(kept):
        if history.undo(project):
            states.append(world.rows())
    redo_all(project)
    dropped = trim(project, Kept(edits=kept))
    assert dropped == max(0, everything - kept)
    assert world.rows() == states[0]
    assert len(history.operations(project, 99)) == min(kept, everything)
    assert undo_all(project) == min(kept, everything)
    assert world.rows() == states[-1]
    assert history.state(project).undo is None
    redo_all(project)
    assert world.rows() == states[0]
    assert world.sql("PRAGMA foreign_key_check") == []
    review.name_regions_as(project, [queries.regions(project, 1)[0].id], "later")
    assert history.state(project).undo == "Name regions"
    assert trim(project, Kept(edits=kept)) == (1 if kept <= everything and dropped + kept >= everything else 0)
    assert world.sql("PRAGMA foreign_key_check") == []


def test_nothing_is_left_that_is_of_no_use(world, project):
    trim(project, Kept(edits=0))
    assert world.sql("SELECT (SELECT count(*) FROM removed_region), (SELECT count(*) FROM removed_label)") == [(0, 0)]
    assert world.sql("SELECT count(*) FROM tree") == [(2,)]
    assert world.sql("SELECT count(*) FROM change WHERE entity IN ('region', 'label')") == [(0,)]
    assert measure(project, Kept(edits=0)) == HistorySize()


def test_statistics_and_the_order_by_last_edit_go_on(world, project):
    def told():
        return (
            queries.summary(project),
            timings.effort_by_day(project),
            image_list.search_images(project, ImageSearch(), order=ImageOrder.CHANGED, descending=True),
            world.sql("SELECT id, verb, created_at FROM operation"),
        )

    before = told()
    trim(project, Kept(edits=1))
    assert told() == before


def test_edits_are_kept_by_their_age(world, project):
    long_ago = (datetime.now(UTC) - timedelta(days=40)).isoformat(timespec="milliseconds")
    newest = history.operations(project, 99)[3].id
    world.sql(f"UPDATE operation SET created_at = '{long_ago}' WHERE id < {newest}")
    total = len(history.operations(project, 99))
    assert measure(project, Kept(days=60)).edits == 0
    assert measure(project, Kept(days=30)).edits == total - 4
    assert trim(project, Kept(days=30)) == total - 4
    assert undo_all(project) == 4


def test_what_was_undone_can_still_be_redone(world, project):
    states = [world.rows()]
    for _ in range(3):
        history.undo(project)
        states.append(world.rows())
    trim(project, Kept(edits=0))
    assert history.undo(project) is None
    for state in reversed(states[:-1]):
        assert history.redo(project) is not None
        assert world.rows() == state
    assert undo_all(project) == 3


def test_edits_that_go_on_are_not_dropped(world, project):
    total = len(history.operations(project, 99))
    run_id = runs.begin_run(project, world.run)
    runs.save_proposals(project, run_id, 3, world.proposals(regions=3, seed=9))
    review.set_image_status(project, 1, ImageStatus.DONE)
    assert trim(project, Kept(edits=0)) == total
    runs.save_proposals(project, run_id, 2, world.proposals(regions=2, seed=9))
    runs.finish_run(project, run_id)
    assert undo_all(project) == 2


def test_the_size_told_is_about_what_the_file_loses(world):
    project = world.create(images=2)
    project.close()
    with world.open() as opened:
        world.propose(opened, [1, 2], regions=40)
        random = np.random.default_rng(0)
        for _ in range(400):
            ids = [region.id for region in queries.regions(opened, 1)]
            patch = PixelPatch(int(random.integers(0, 8)), int(random.integers(0, 6)), np.ones((2, 2), bool))
            painting.paint(opened, 1, patch, region_id=int(random.choice(ids)))
        told = measure(opened, Kept(edits=10))
        rows = world.rows()
        assert trim(opened, Kept(edits=10)) == told.edits
        lost = opened.compact()
        assert lost == pytest.approx(told.bytes, rel=0.5)
        assert lost > 100_000
        assert world.rows() == rows
        assert undo_all(opened) == 10
        assert world.sql("PRAGMA integrity_check") == [("ok",)]


def test_only_who_may_write_may_trim(world, project):
    project.close()
    with world.open(read_only=True) as opened:
        assert measure(opened, Kept(edits=0)).edits > 5
        with pytest.raises(ProjectReadOnlyError):
            trim(opened, Kept(edits=0))
        with pytest.raises(ProjectReadOnlyError):
            opened.compact()


@pytest.mark.parametrize("given", [{}, {"edits": 1, "days": 1}, {"edits": -1}, {"days": -0.5}])
def test_what_is_kept_is_said_once(given):
    with pytest.raises(ValueError, match="either edits or days"):
        Kept(**given)
