"""Images that are removed and taken back, by undo and beyond it; before, there was no way to take one out."""

import sqlite3
from contextlib import closing

import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import history, ingest, label_list, removal, review, runs
from acseg_core.store.upkeep import timings
from acseg_core.store.upkeep.timings import Activity, WorkSpan
from acseg_core.store.upkeep.trimming import Kept, measure, trim
from acseg_core.types import ImageStatus


@pytest.fixture
def project(world):
    """Three images with trees; a region of each is named, and the first is done."""
    made = world.create(images=3)
    world.propose_tree(made, [1, 2, 3])
    for image_id in (1, 2, 3):
        review.name_regions_as(made, [queries.regions(made, image_id)[0].id], f"name {image_id}")
    review.accept_image(made, 1)
    return made


def assert_sound(world):
    with closing(sqlite3.connect(world.folder / "project.db")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def counts(world):
    tables = ("image", "region", "removed_image", "removed_region", "tree")
    return {table: world.sql(f"SELECT count(*) FROM {table}")[0][0] for table in tables}


def test_removing_is_one_step_with_the_regions(world, project):
    before = world.rows()
    regions = len(queries.regions(project, 1)) + len(queries.regions(project, 3))
    changes = removal.remove_images(project, [1, 3])
    assert (changes.verb, changes.images, changes.image_ids) == ("Remove images", True, {1, 3})
    assert changes.verb.changes_which_images
    assert queries.image_ids(project) == [2]
    assert [(image.path, image.regions > 0) for image in removal.removed_images(project)] == [
        ("000.jpg", True),
        ("002.jpg", True),
    ]
    assert sum(image.regions for image in removal.removed_images(project)) == regions
    world.assert_one_step(project, before, "Remove images")
    assert_sound(world)


def test_only_images_that_are_there_are_removed(world, project):
    for ids, message in ([], "at least one"), ([1, 9], "image 9 is not in the project"):
        with pytest.raises(EditError, match=message):
            removal.remove_images(project, ids)
    assert len(queries.image_ids(project)) == 3


def test_times_stay_and_what_was_removed_is_not_added_again(world, project):
    timings.record_work(project, [WorkSpan(1, Activity.REVIEW, timings.datetime.now(timings.UTC), 5.0, 3)])
    removal.remove_images(project, [1])
    assert timings.effort_summary(project).seconds == 5
    again = ingest.add_images(project, [world.info("000.jpg", sha256="f" * 64), world.info("new.jpg")])
    assert again.image_ids == {4}
    assert [record.path for record in queries.images(project)] == ["001.jpg", "002.jpg", "new.jpg"]
    history.undo(project)
    assert len(queries.images(project)) == 4


def test_they_come_back_out_of_turn_with_all_they_had(world, project):
    before = world.rows()
    removal.remove_images(project, [1])
    removal.remove_images(project, [2])
    review.set_image_status(project, 3, ImageStatus.DONE)
    changes = removal.take_back_images(project, [1, 2])
    assert (changes.verb, changes.image_ids) == ("Take back images", {1, 2})
    after = world.rows()
    assert [row for row in after["image"] if row[0] != 3] == [row for row in before["image"] if row[0] != 3]
    assert (after["region"], after["label"]) == (before["region"], before["label"])
    assert removal.removed_images(project) == []
    with pytest.raises(EditError, match="not among the removed ones"):
        removal.take_back_images(project, [1])
    for _ in range(4):
        history.undo(project)
    assert world.rows() == before
    for _ in range(4):
        history.redo(project)
    assert world.rows() == after
    assert_sound(world)


def test_an_edit_after_undoing_that_loses_nothing(world, project):
    """What was only brought back is not forgotten with it: the removal before has to bring it back once more."""
    before = world.rows()
    removal.remove_images(project, [1])
    removal.take_back_images(project, [1])
    history.undo(project)
    review.set_image_status(project, 2, ImageStatus.DONE)
    assert len(removal.removed_images(project)) == 1
    history.undo(project)
    history.undo(project)
    assert world.rows() == before
    assert_sound(world)


def test_names_that_are_gone_by_then(world, project):
    removal.remove_images(project, [1, 2])
    label = next(label for label in queries.labels(project) if label.name == "name 1")
    label_list.delete_labels(project, [label.id])
    removal.take_back_images(project, [1])
    assert all(region.label_id is None and region.status == "proposed" for region in queries.regions(project, 1))
    history.undo(project)
    history.undo(project)
    history.undo(project)
    assert any(region.label_id == label.id for region in queries.regions(project, 1))
    assert_sound(world)


def test_trees_stay_while_undo_can_bring_their_images_back(world, project):
    removal.remove_images(project, [1])
    review.set_image_status(project, 2, ImageStatus.DONE)
    assert trim(project, Kept(edits=2)) == 5
    assert counts(world)["tree"] == 3
    history.undo(project)
    history.undo(project)
    assert queries.image(project, 1).status is ImageStatus.DONE
    assert_sound(world)


def test_when_the_history_is_dropped_they_stay_removed_without_their_regions(world, project):
    gone = removal.remove_images(project, [1]) and counts(world)["removed_region"]
    size = measure(project, Kept(edits=0))
    assert trim(project, Kept(edits=0)) == size.edits == 6
    assert gone > 0
    after = counts(world)
    assert (after["removed_image"], after["removed_region"], after["tree"]) == (1, 0, 2)
    assert ingest.add_images(project, [world.info("000.jpg")]).image_ids == frozenset()
    assert [(image.path, image.regions) for image in removal.removed_images(project)] == [("000.jpg", 0)]
    removal.take_back_images(project, [1])
    record = queries.image(project, 1)
    assert (record.status, record.granularity, queries.regions(project, 1)) == (ImageStatus.NEW, None, [])
    assert_sound(world)
    history.undo(project)
    review.set_image_status(project, 2, ImageStatus.DONE)
    assert len(removal.removed_images(project)) == 1
    removal.take_back_images(project, [1])
    assert len(queries.image_ids(project)) == 3
    assert_sound(world)


def test_removed_twice_and_the_first_time_dropped(world, project):
    before = world.rows()
    removal.remove_images(project, [1])
    removal.take_back_images(project, [1])
    removal.remove_images(project, [1])
    assert trim(project, Kept(edits=1)) == 7
    history.undo(project)
    assert world.rows() == before
    assert_sound(world)


def test_a_run_passes_by_what_is_removed_while_it_goes_on(world, project):
    run_id = runs.begin_run(project, world.run)
    removal.remove_images(project, [2])
    assert not runs.save_proposals(project, run_id, 2, world.proposals()).image_ids
    assert runs.save_proposals(project, run_id, 3, world.proposals()).image_ids
    runs.finish_run(project, run_id)
    while history.undo(project):
        pass
    assert_sound(world)


def test_all_images_at_once(world):
    project = world.create(images=300, regions=8)
    removal.remove_images(project, queries.image_ids(project))
    assert counts(world) == {"image": 0, "region": 0, "removed_image": 300, "removed_region": 2400, "tree": 0}
    history.undo(project)
    assert len(queries.image_ids(project)) == 300
