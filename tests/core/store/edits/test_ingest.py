"""Images coming in, changing, moving; proposals coming in while somebody works."""

import pytest

from acseg_core.errors import EditError, ImagesNotFoundError
from acseg_core.images.finding import natural_key
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history, ingest, merging, review
from acseg_core.store.edits.ingest import CHANGED
from acseg_core.types import ImageStatus, OpChanges, SkippedFile


def _names(project):
    return [label.name for label in queries.labels(project)]


def test_images_are_added_once_in_natural_order(world):
    project = world.create()
    paths = ["b/img10.jpg", "b/img2.jpg", "B/img1.jpg", "a b/x.png", "a/x.png", "a/10/x.png", "a/9/x.png", "Ä.jpg"]
    changes = ingest.add_images(project, [world.info(path) for path in paths])
    assert changes == OpChanges(verb="Add images", images=True, image_ids=frozenset(range(1, 9)))
    assert [record.path for record in queries.images(project)] == sorted(paths, key=natural_key)
    assert ingest.add_images(project, [world.info(path) for path in paths]) == OpChanges()
    assert queries.summary(project).images == 8
    assert history.state(project).undo is None


def test_the_stored_order_is_that_of_the_folder(world):
    project = world.create()
    names = [
        "1.jpg",
        "01.jpg",
        "a1b.jpg",
        "a1.jpg",
        "a.jpg",
        "a-1.jpg",
        "a_1.jpg",
        "aa.jpg",
        "a 2.jpg",
        "a10.jpg",
        "a9.jpg",
    ]
    paths = [f"{folder}{name}" for folder in ("", "x/", "x1/", "x 1/", "x/y/", "٣/") for name in names]
    ingest.add_images(project, map(world.info, sorted(paths, key=natural_key)))
    assert [record.path for record in queries.images(project)] == sorted(paths, key=natural_key)


def test_known_files_are_told_as_they_were_added(world):
    project = world.create()
    info = world.info("a.jpg", orientation=6, stored_width=6, stored_height=8, mode="I;16", mtime_ns=2**62)
    ingest.add_images(project, [info])
    assert ingest.known_files(project) == {"a.jpg": info}
    project.close()
    with open_project(world.folder, read_only=True) as project:
        assert ingest.known_files(project) == {"a.jpg": info}


def test_a_touched_file_is_brought_up_to_date(world):
    project = world.create(images=1, regions=2)
    info = ingest.known_files(project)["000.jpg"]
    ingest.mark_problems(project, {"000.jpg": "missing"})
    touched = world.info("000.jpg", sha256=info.sha256, mtime_ns=77)
    assert ingest.add_images(project, [touched]).image_ids == {1}
    assert ingest.known_files(project)["000.jpg"].mtime_ns == 77
    assert queries.image(project, 1).problem == ""


def test_other_bytes_never_get_the_regions_of_the_old_ones(world):
    project = world.create(images=2, regions=2)
    before = queries.image(project, 1)
    ingest.add_images(project, [world.info("000.jpg", sha256="f" * 64, width=100)])
    after = queries.image(project, 1)
    assert (after.info, after.problem) == (before.info, CHANGED)
    assert queries.image(project, 2).problem == ""


def test_other_bytes_replace_those_nobody_worked_on(world):
    project = world.create(images=1)
    ingest.add_images(project, [world.info("000.jpg", sha256="f" * 64, width=100)])
    record = queries.image(project, 1)
    assert (record.width, record.info.sha256, record.problem) == (100, "f" * 64, "")


def test_other_bytes_do_not_slip_under_regions_that_redo_could_bring_back(world):
    project = world.create(images=1, regions=3)
    history.undo(project)
    assert queries.regions(project, 1) == []
    ingest.add_images(project, [world.info("000.jpg", sha256="f" * 64, width=100)])
    assert queries.image(project, 1).problem == CHANGED
    history.redo(project)
    world.assert_partition(project, 1)


def test_skipped_files_are_listed_until_they_can_be_used(world):
    project = world.create()
    ingest.add_images(project, [], skipped=[SkippedFile("b.jpg", "truncated"), SkippedFile("a.jpg", "empty file")])
    ingest.add_images(project, [], skipped=[SkippedFile("b.jpg", "too large")])
    assert queries.summary(project).skipped == (SkippedFile("a.jpg", "empty file"), SkippedFile("b.jpg", "too large"))
    ingest.add_images(project, [world.info("a.jpg")])
    assert queries.summary(project).skipped == (SkippedFile("b.jpg", "too large"),)
    ingest.replace_skipped(project, [])
    assert queries.summary(project).skipped == ()


def test_a_file_name_that_is_no_unicode_is_skipped(world):
    project = world.create()
    ingest.add_images(project, [world.info("bad\udcff.jpg"), world.info("日本語 🐈.jpg")])
    assert [record.path for record in queries.images(project)] == ["日本語 🐈.jpg"]
    (skipped,) = queries.summary(project).skipped
    assert skipped.path == r"bad\udcff.jpg"
    assert "rename" in skipped.reason


def test_problems_come_and_go(world):
    project = world.create(images=3)
    changes = ingest.mark_problems(project, {"000.jpg": "missing", "002.jpg": "truncated", "unknown.jpg": "missing"})
    assert changes == OpChanges(verb="Check images", images=True, image_ids=frozenset({1, 3}))
    assert [record.problem for record in queries.images(project)] == ["missing", "", "truncated"]
    assert queries.summary(project).images_with_problem == 2
    assert ingest.mark_problems(project, {"000.jpg": "missing"}) == OpChanges()
    ingest.mark_problems(project, {"000.jpg": "", "002.jpg": ""})
    assert queries.summary(project).images_with_problem == 0
    assert ingest.mark_problems(project, {}) == OpChanges()


def test_adopting_a_changed_file_drops_its_regions_and_can_be_undone(world):
    project = world.create(images=2, regions=3)
    review.name_regions_as(project, [1], "cat")
    ingest.mark_problems(project, {"000.jpg": CHANGED})
    before = world.rows()
    info = world.info("000.jpg", sha256="f" * 64, width=40, height=30)
    changes = ingest.adopt_changed(project, [1], [info])
    assert (changes.images, changes.image_ids) == (True, {1})
    record = queries.image(project, 1)
    assert (record.info, record.status, record.problem) == (info, ImageStatus.NEW, "")
    assert queries.regions(project, 1) == []
    assert len(queries.regions(project, 2)) == 3
    history.undo(project)
    assert world.rows() == before
    assert queries.image(project, 1).problem == CHANGED


def test_adopting_is_refused_for_another_file(world):
    project = world.create(images=2, regions=2)
    before = world.rows()
    for image_ids, paths in (([1], ["001.jpg"]), ([1, 9], ["000.jpg", "x.jpg"])):
        with pytest.raises(EditError, match="is not"):
            ingest.adopt_changed(project, image_ids, [world.info(path) for path in paths])
    assert world.rows() == before


def test_relocating_lasts(world):
    project = world.create(images=1)
    elsewhere = world.root / "elsewhere"
    with pytest.raises(ImagesNotFoundError, match="no such folder"):
        ingest.relocate(project, elsewhere)
    assert project.image_root == world.images
    elsewhere.mkdir()
    assert ingest.relocate(project, elsewhere).images
    assert project.image_root == elsewhere
    project.close()
    with open_project(world.folder) as project:
        assert project.image_root == elsewhere


def test_user_work_is_seen(world):
    project = world.create(images=7, regions=3)
    review.name_regions_as(project, [1], "cat")
    merging.merge_regions(project, [4, 5])
    review.reject_regions(project, [7])
    review.accept_image(project, 4)
    review.set_image_status(project, 5, ImageStatus.IN_REVIEW)
    review.name_regions_as(project, [16], "cat")
    review.name_regions(project, [16], None)
    review.set_image_status(project, 6, ImageStatus.PROPOSED)
    # even if somebody sets the image back, named, rejected and merged regions count
    for image_id in (1, 2, 3):
        review.set_image_status(project, image_id, ImageStatus.PROPOSED)
    assert ingest.images_with_user_work(project) == {1, 2, 3, 4, 5}
    assert [ingest.has_user_work(project, n) for n in range(1, 9)] == [True] * 5 + [False] * 3
    assert _names(project) == ["cat"]
