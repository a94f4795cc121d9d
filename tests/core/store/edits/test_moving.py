"""Images that get a new path: all at once, only with their own bytes, never over work of another one."""

import dataclasses

import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import history, ingest, review, runs
from acseg_core.store.edits.moving import move_images, unworked_images


def paths(project):
    return {record.id: record.path for record in queries.images(project)}


def test_images_change_places_in_one_step(world):
    project = world.create(images=3, regions=2)
    known = ingest.known_files(project)
    infos = list(known.values())
    turned = {
        old.path: dataclasses.replace(old, path=new.path, mtime_ns=7)
        for old, new in zip(infos, infos[1:] + infos[:1], strict=True)
    }
    changes = move_images(project, turned)
    assert (changes.verb, changes.images, changes.image_ids) == ("Move images", True, {1, 2, 3})
    assert paths(project) == {1: "001.jpg", 2: "002.jpg", 3: "000.jpg"}
    assert [record.id for record in queries.images(project)] == [3, 1, 2], "in the order of the new names"
    assert [record.id for record in queries.images(project, search="002")] == [2]
    assert not move_images(project, {}).images


def test_what_could_be_undone_and_redone_still_can(world):
    project = world.create(images=1, regions=2)
    region = queries.regions(project, 1)[0]
    review.name_regions_as(project, [region.id], "cat")
    review.name_regions_as(project, [region.id], "dog")
    history.undo(project)
    before = history.state(project)
    info = ingest.known_files(project)["000.jpg"]
    move_images(project, {"000.jpg": dataclasses.replace(info, path="sub/0.jpg")})
    assert history.state(project) == before
    history.redo(project)
    named = {label.id: label.name for label in queries.labels(project)}
    assert "dog" in {named.get(each.label_id) for each in queries.regions(project, 1)}
    assert paths(project) == {1: "sub/0.jpg"}


def test_other_bytes_work_in_the_way_and_running_work_are_refused(world):
    project = world.create(images=3, regions=2)
    known = ingest.known_files(project)
    first, second, third = known.values()
    with pytest.raises(EditError, match=r"001\.jpg is not the same picture as 000\.jpg"):
        move_images(project, {first.path: second})
    with pytest.raises(EditError, match="gone is not in the project"):
        move_images(project, {"gone": second})
    onto_second = dataclasses.replace(first, path=second.path)
    onto_third = dataclasses.replace(first, path=third.path)
    region = queries.regions(project, 2)[0]
    review.name_regions_as(project, [region.id], "cat")
    assert unworked_images(project, known) == {"000.jpg", "002.jpg"}
    with pytest.raises(EditError, match=r"001\.jpg has been worked on already; nothing was moved"):
        move_images(project, {first.path: onto_second})
    history.undo(project)
    with pytest.raises(EditError, match="worked on already"):
        move_images(project, {first.path: onto_second})  # it would be lost to redo
    run_id = runs.begin_run(project, world.run)
    assert unworked_images(project, known) == set()
    with pytest.raises(EditError, match="wait until that is done"):
        move_images(project, {first.path: onto_third})
    runs.finish_run(project, run_id)
    before = world.rows()
    assert paths(project) == {1: "000.jpg", 2: "001.jpg", 3: "002.jpg"}
    move_images(project, {first.path: onto_third})
    assert paths(project) == {1: "002.jpg", 2: "001.jpg"}
    assert len(world.rows()["region"]) == len(before["region"]) - 2, "the proposals of the one that went"


def test_a_dropped_image_leaves_nothing_behind(world):
    """Its trees, its part of the history and what undo kept of it go; the rest of the same run can be undone."""
    project = world.create(images=2)
    world.propose_tree(project, [1, 2])
    world.propose_tree(project, [2], leaves=4)
    info = ingest.known_files(project)["000.jpg"]
    move_images(project, {"000.jpg": dataclasses.replace(info, path="001.jpg")})
    assert world.sql("SELECT count(*) FROM tree") == [(1,)]
    assert world.sql("SELECT count(*) FROM removed_region") == [(0,)]
    assert world.sql("SELECT count(*) FROM operation") == [(1,)], "of the second run nothing is left"
    assert world.sql("PRAGMA foreign_key_check") == []
    before = world.rows()
    history.undo(project)
    assert queries.regions(project, 1) == []
    history.redo(project)
    assert world.rows() == before
