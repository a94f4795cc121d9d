"""Parts come back: the union of what people did, each conflict listed, one undo step, however they worked."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime

import numpy as np
import pytest
from coloured_photos import finish
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acseg_core.errors import EditError, ProjectError, ProjectReadOnlyError, ProjectTooNewError
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import (
    cuts,
    history,
    ingest,
    label_list,
    labels,
    merging,
    notes,
    painting,
    remarks,
    removal,
    review,
    runs,
)
from acseg_core.store.edits.part_merge import Prefer
from acseg_core.store.queries.part_origin import part_origin
from acseg_core.store.upkeep import timings
from acseg_core.types import ImageStatus, PixelPatch
from acseg_core.verbs import Verb
from acseg_core.workflows.part_choice import ShareBy
from acseg_core.workflows.project_merge import merge_parts
from acseg_core.workflows.project_split import split_project

EXAMPLES = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

_RANKS = ["new", "proposed", "in_review", "done"]


def split(world, project, into=2, by=ShareBy.COUNT, **options):
    """Split a project; the parts, open."""
    made = finish(split_project(project, by=by, into=into, **options))
    return [world.open(part.folder) for part in made]


def merge(project, *parts, **options):
    return finish(merge_parts(project, [part.folder for part in parts], **options))


def name(project, image_id, *names):
    """Name the first regions of an image."""
    for region, label in zip(queries.regions(project, image_id), names, strict=False):
        review.name_regions_as(project, [region.id], label)


def names(project, image_id):
    by_id = {label.id: label.name for label in queries.labels(project)}
    return sorted(by_id[region.label_id] for region in queries.regions(project, image_id) if region.label_id)


@pytest.fixture
def shared(world):
    """A project of four images with trees, and its two parts: images 1 and 2, images 3 and 4."""
    project = world.create(images=4)
    world.propose_tree(project, [1, 2, 3, 4], leaves=5, granularity=0.6)
    name(project, 1, "cat")
    return project, *split(world, project)


def test_what_one_did_is_taken_and_the_rest_stays(world, shared):
    project, first, second = shared
    name(first, 2, "dog", "cat")
    review.set_image_status(first, 2, ImageStatus.DONE)
    remarks.set_reviewed(first, [2], is_reviewed=True)
    remarks.write_comment(second, 3, "blurred")
    merging.merge_regions(second, [region.id for region in queries.regions(second, 4)][:2])
    name(project, 1, "cat", "cat")
    before = world.rows()
    report = merge(project, first, second)
    assert report.conflicts == []
    assert [part.images for part in report.parts] == [["001.jpg"], ["002.jpg", "003.jpg"]]
    assert report.parts[0].created == ["dog"]
    assert names(project, 2) == ["cat", "dog"]
    assert queries.image(project, 2).is_reviewed, "what a second person looked at came with it"
    assert queries.image(project, 3).comment == "blurred"
    assert len(queries.regions(project, 4)) == len(queries.regions(second, 4))
    assert names(project, 1) == ["cat", "cat"]
    world.assert_one_step(project, before, Verb.MERGE_PARTS)


def test_a_step_survives_a_restart_and_stopping_leaves_nothing(world, shared):
    project, first, _ = shared
    name(first, 2, "dog")
    before = world.rows()
    work = merge_parts(project, [first.folder])
    next(work)
    work.close()
    assert world.rows() == before, "stopped, nothing is changed"
    merge(project, first)
    after = world.rows()
    project.close()
    project = world.open()
    history.undo(project)
    assert world.rows() == before
    history.redo(project)
    assert world.rows() == after


KILLED = """
import os, signal, sys
from pathlib import Path
from acseg_core.store import open_project
from acseg_core.workflows.project_merge import merge_parts
with open_project(Path(sys.argv[1])) as project:
    for tick in merge_parts(project, [Path(sys.argv[2])]):
        if tick.done == tick.total:
            os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_in_the_middle_the_project_is_as_before(world, shared):
    project, first, _ = shared
    name(first, 1, "dog")
    name(first, 2, "dog")
    before = world.rows()
    project.close()
    done = subprocess.run([sys.executable, "-c", KILLED, project.folder, first.folder], check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL
    project = world.open()
    assert world.rows() == before
    assert merge(project, first).parts[0].images == ["000.jpg", "001.jpg"]


def test_merged_twice_nothing_comes_and_what_is_redone_stays(world, shared):
    project, first, second = shared
    name(first, 1, "dog")
    merge(project, first, second)
    after = world.rows()
    steps = len(history.operations(project))
    report = merge(project, first, second)
    assert not report.changes.verb
    assert [len(part.images) for part in report.parts] == [0, 0]
    assert world.rows() == after
    assert len(history.operations(project)) == steps
    history.undo(project)
    merge(project, second)
    assert history.state(project).redo == Verb.MERGE_PARTS, "a merge that does nothing forgets nothing"


def test_undone_it_comes_again(world, shared):
    project, first, _ = shared
    name(first, 1, "dog")
    merge(project, first)
    history.undo(project)
    assert names(project, 1) == ["cat"]
    assert merge(project, first).parts[0].images == ["000.jpg"]
    assert names(project, 1) == ["dog"]


def test_work_goes_on_in_a_part_that_was_merged(world, shared):
    project, first, _ = shared
    name(first, 1, "dog")
    merge(project, first)
    name(first, 1, "dog", "bird")
    name(project, 2, "bird")
    report = merge(project, first)
    assert report.conflicts == []
    assert names(project, 1) == ["bird", "dog"]
    assert names(project, 2) == ["bird"]
    name(first, 2, "dog", "dog")
    (conflict,) = merge(project, first).conflicts
    assert (conflict.name, conflict.taken) == ("001.jpg", "part")


@pytest.mark.parametrize(
    ("prefer", "taken", "left"),
    [
        (Prefer.FURTHER, "part", ["dog", "dog"]),
        (Prefer.PART, "part", ["dog", "dog"]),
        (Prefer.PROJECT, "project", ["bird"]),
        (Prefer.NEWER, "project", ["bird"]),
    ],
)
def test_a_conflict_is_settled_by_the_rule(world, shared, prefer, taken, left):
    project, first, _ = shared
    name(first, 2, "dog", "dog")
    name(project, 2, "bird")
    report = merge(project, first, prefer=prefer)
    (conflict,) = report.conflicts
    assert (conflict.part, conflict.kind, conflict.name) == ("project (1 of 2)", "image", "001.jpg")
    assert (conflict.in_part, conflict.in_project) == ("in review, 2 named regions", "in review, 1 named region")
    assert conflict.taken == taken
    assert names(project, 2) == left


def test_newer_takes_what_was_edited_last(world, shared):
    project, first, _ = shared
    name(project, 2, "bird", "bird")
    name(first, 2, "dog")
    with contextlib.closing(sqlite3.connect(first.folder / "project.db")) as connection:
        connection.execute("UPDATE operation SET created_at = '2999-01-01T00:00:00.000+00:00' WHERE id > 2")
        connection.commit()
    assert merge(project, first, prefer=Prefer.NEWER).conflicts[0].taken == "part"
    assert names(project, 2) == ["dog"]


def test_who_is_further_wins_and_the_loser_is_a_conflict_again(world, shared):
    project, first, _ = shared
    name(first, 2, "dog", "dog")
    name(project, 2, "bird")
    review.set_image_status(project, 2, ImageStatus.DONE)
    for _ in range(2):
        (conflict,) = merge(project, first).conflicts
        assert conflict.taken == "project"
        assert names(project, 2) == ["bird"]
    merge(project, first, prefer=Prefer.PART)
    assert names(project, 2) == ["dog", "dog"]
    assert merge(project, first).conflicts == []


def test_the_same_done_in_both_is_no_conflict(world, shared):
    project, first, _ = shared
    for each in (project, first):
        name(each, 2, "dog")
    report = merge(project, first)
    assert (report.conflicts, report.parts[0].images) == ([], [])
    name(first, 2, "dog", "dog")
    report = merge(project, first)
    assert (report.conflicts, report.parts[0].images) == ([], ["001.jpg"]), "they had agreed by then"


def test_removing_an_image_is_work(world, shared):
    project, first, second = shared
    removal.remove_images(first, [1, 2])
    removal.remove_images(project, [3])
    name(project, 2, "bird")
    name(second, 3, "dog")
    before = world.rows()
    report = merge(project, first, second)
    assert report.parts[0].removed == ["000.jpg"]
    conflicts = {each.name: (each.in_part, each.in_project, each.taken) for each in report.conflicts}
    assert conflicts == {
        "001.jpg": ("removed", "in review, 1 named region", "project"),
        "002.jpg": ("in review, 1 named region", "removed", "part"),
    }
    assert queries.image_ids(project) == [2, 3, 4]
    assert names(project, 3) == ["dog"]
    world.assert_one_step(project, before, Verb.MERGE_PARTS)
    removal.take_back_images(project, [1])
    assert names(project, 1) == ["cat"], "with the regions it had"
    assert len(queries.regions(project, 1)) == len([row for row in before["region"] if row[1] == 1])


def test_an_image_that_a_merge_removed_survives_another_one_that_is_undone(world, shared):
    project, first, _ = shared
    removal.remove_images(first, [1])
    before = world.rows()
    merge(project, first)
    removal.take_back_images(first, [1])
    name(first, 1, "dog", "dog")
    merge(project, first)
    assert names(project, 1) == ["dog", "dog"]
    history.undo(project)
    notes_before = world.rows()
    remarks.write_comment(project, 2, "the redo is forgotten")
    history.undo(project)
    assert world.rows() == notes_before
    history.undo(project)
    assert world.rows() == before


def test_what_a_part_merges_in_its_turn_reaches_the_project(world, shared):
    project, first, _ = shared
    half, _ = split(world, first)
    name(half, 1, "dog")
    merge(first, half)
    assert merge(project, first).parts[0].images == ["000.jpg"]
    assert names(project, 1) == ["dog"]


def test_an_image_whose_file_is_another_now_is_left(world, shared):
    project, first, _ = shared
    name(first, 1, "dog")
    world.sql("UPDATE image SET sha256 = ? WHERE id = 1", "f" * 64)
    (left,) = merge(project, first).parts[0].left_out
    assert (left.path, left.reason) == ("000.jpg", "the image file is another one in the project")
    assert names(project, 1) == ["cat"]


def test_what_was_added_in_a_part_needs_the_project_to_know_it(world, shared):
    project, first, _ = shared
    info = world.info("new.jpg", sha256="e" * 64)
    ingest.add_images(first, [info])
    (added,) = [record.id for record in queries.images(first) if record.path == "new.jpg"]
    assert merge(project, first).parts[0].left_out == [], "nobody has done anything on it"
    world.propose(first, [added])
    name(first, added, "dog")
    (left,) = merge(project, first).parts[0].left_out
    assert (left.path, left.reason) == ("new.jpg", "it is not in the project; add it there and merge again")
    ingest.add_images(project, [info])
    assert merge(project, first).parts[0].images == ["new.jpg"]
    mine = queries.image_by_path(project, "new.jpg")
    assert names(project, mine.id) == ["dog"]


def test_time_spent_comes_once(world, shared):
    project, first, _ = shared
    span = timings.WorkSpan(1, timings.Activity.REVIEW, datetime(2026, 1, 1, tzinfo=UTC), 5.0, actions=2)
    timings.record_work(first, [span])
    for _ in range(2):
        merge(project, first)
        assert world.sql("SELECT image_id, seconds, actions FROM timing") == [(1, 5.0, 2)]


def test_what_is_no_part_of_this_project_is_refused(world, shared, tmp_path):
    project, first, _ = shared
    other = world.create(images=4, folder=tmp_path / "other")
    foreign, _ = split(world, other)
    again, _ = split(world, project, out=tmp_path / "again")
    before = world.rows()
    for folders, said in (
        ([other.folder], "a project of its own"),
        ([foreign.folder], "a part of another project"),
        ([project.folder], "a project of its own"),
        ([first.folder, again.folder], "not made together"),
        ([first.folder, first.folder], "the same part as"),
        ([tmp_path / "nowhere"], "no such folder"),
    ):
        with pytest.raises(ProjectError, match=said) as error:
            finish(merge_parts(project, folders))
        assert "\n" not in str(error.value)
    assert world.rows() == before


def test_parts_of_other_versions_are_refused(world, shared):
    project, first, second = shared
    for part, version, revision, error in (
        (first, 99, "0099", ProjectTooNewError),
        (second, 10, "0010", ProjectReadOnlyError),
    ):
        part.close()
        with contextlib.closing(sqlite3.connect(part.folder / "project.db")) as connection:
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
            connection.commit()
        with pytest.raises(error, match="version"):
            merge(project, part)


def test_a_part_is_not_changed(world, shared):
    project, first, second = shared
    name(first, 1, "dog")
    first.close()
    second.close()
    files = {path: path.read_bytes() for path in first.folder.rglob("*") if path.is_file()}
    merge(project, first)
    assert {path: path.read_bytes() for path in files} == files
    new = {path.name for path in first.folder.rglob("*") if path.is_file() and path not in files}
    assert new <= {"project.db-wal", "project.db-shm"}, "what SQLite reads with"


def test_what_a_part_took_back_after_a_merge_comes_too(world, shared):
    """No edit of the part is left then that tells of it."""
    project, first, second = shared
    before = state(project, 1)
    name(first, 1, "dog")
    assert merge(project, first).parts[0].images == ["000.jpg"]
    assert state(project, 1) == state(first, 1) != before
    history.undo(first)
    assert merge(project, first).parts[0].images == ["000.jpg"]
    assert state(project, 1) == before
    assert not merge(project, first, second).changes.verb


def test_and_is_a_conflict_where_the_project_went_on(world, shared):
    project, first, _ = shared
    name(first, 1, "dog")
    merge(project, first)
    history.undo(first)
    name(project, 1, "bird")
    (conflict,) = merge(project, first).conflicts
    assert (conflict.kind, conflict.name) == ("image", "000.jpg")


def test_merging_by_no_means_while_something_goes_on(world, shared):
    project, first, _ = shared
    run_id = runs.begin_run(project, world.run)
    for work in (merge_parts(project, [first.folder]), split_project(project, by=ShareBy.COUNT, into=2)):
        with pytest.raises(ProjectError, match="regions are being proposed"):
            finish(work)
    runs.finish_run(project, run_id)


# However people work


def patch(number):
    random = np.random.default_rng(number)
    height, width = random.integers(1, 6, 2)
    left, top = random.integers(-1, 7), random.integers(-1, 5)
    return PixelPatch(int(left), int(top), random.random((height, width)) < random.uniform(0.4, 1.2))


def a_label(project, number):
    return sorted(label.id for label in queries.labels(project))[number % len(queries.labels(project))]


def rename(who):
    def edit(project, image, one, other, number):
        label = a_label(project, one)
        if label <= 2:
            labels.update_label(project, label, name=f"{who} {number}")

    return edit


EDITS = {
    "name": lambda project, image, one, other, number: review.name_regions_as(project, [one], f"new {number % 3}"),
    "name as before": lambda project, image, one, other, number: review.name_regions(
        project, [one], a_label(project, number)
    ),
    "unname": lambda project, image, one, other, number: review.name_regions(project, [one], None),
    "reject": lambda project, image, one, other, number: review.reject_regions(project, [one]),
    "merge": lambda project, image, one, other, number: merging.merge_regions(project, [one, other]),
    "split": lambda project, image, one, other, number: cuts.split_by_tree(project, one),
    "recut": lambda project, image, one, other, number: cuts.recut_image(project, image, number / 100),
    "brush": lambda project, image, one, other, number: painting.paint(project, image, patch(number), region_id=one),
    "draw": lambda project, image, one, other, number: painting.paint_new(project, image, patch(number), label_id=None),
    "accept": lambda project, image, one, other, number: review.set_image_status(project, image, ImageStatus.DONE),
    "review": lambda project, image, one, other, number: remarks.set_reviewed(project, [image], is_reviewed=True),
    "comment": lambda project, image, one, other, number: remarks.write_comment(project, image, f"note {number % 2}"),
    "remove": lambda project, image, one, other, number: removal.remove_images(project, [image]),
    "take back": lambda project, image, one, other, number: removal.take_back_images(
        project, [each.id for each in removal.removed_images(project) if each.id in OF[project.folder.name[-1]]][:1]
    ),
    "new label": lambda project, image, one, other, number: labels.create_label(project, f"new {number % 3}"),
    "undo": lambda project, image, one, other, number: history.undo(project),
    "redo": lambda project, image, one, other, number: history.redo(project),
}
OF = {"1": (1, 2), "2": (3, 4), "t": (1, 2, 3, 4)}
"""Images of the parts and the project, by the last letter of their folders."""

round_of_work = st.lists(
    st.tuples(
        st.sampled_from(["part 1", "part 2", "project"]),
        st.sampled_from([*EDITS, "rename", "name", "name", "brush"]),
        *[st.integers(0, 100) for _ in range(4)],
    ),
    min_size=5,
    max_size=14,
)


def is_theirs(project, since):
    """Whether undo and redo mean what people did since the split; what undoing a merge means is tested above."""
    newest = history.operations(project, 1)
    is_old = bool(newest) and newest[0].id <= since
    return not is_old and Verb.MERGE_PARTS not in (history.state(project).undo, history.state(project).redo)


def work(people, steps, since):
    """Let people work.

    Args:
        people: Their projects.
        steps: Who does what, and which of the images, regions and so on.
        since: The last operation before the split.
    """
    for who, verb, image, first, second, number in steps:
        project = people[who]
        there = [id_ for id_ in OF[project.folder.name[-1]] if id_ in queries.image_ids(project)]
        if not there:
            continue
        chosen = there[image % len(there)]
        ids = sorted(region.id for region in queries.regions(project, chosen)) or [0]
        if verb in ("undo", "redo") and not is_theirs(project, since):
            continue
        edit = rename(who) if verb == "rename" else EDITS[verb]
        with contextlib.suppress(EditError):
            edit(project, chosen, ids[first % len(ids)], ids[second % len(ids)], number)


def state(project, image_id):
    """All that people see of an image, with labels that were there before by number, and new ones by name."""
    if image_id not in queries.image_ids(project):
        return None
    by_id = {label.id: label.name for label in queries.labels(project)}

    def label(id_):
        return id_ if id_ is None or id_ <= 2 else by_id[id_]

    record = queries.image(project, image_id)
    tree = cuts.image_tree(project, image_id)
    regions = {
        (each.mask.counts, each.node, each.origin, label(each.label_id), each.verdict, each.status, each.is_together)
        for each in queries.regions(project, image_id)
    }
    described = (record.status, record.granularity, record.comment, record.is_reviewed, tree.leaf_map.tobytes())
    return described, frozenset(regions)


def standing(found):
    return (-1, 0) if found is None else (_RANKS.index(found[0][0]), sum(1 for each in found[1] if each[3] is not None))


def assert_sound(world, project):
    assert world.sql("PRAGMA foreign_key_check") == []
    for image_id in queries.image_ids(project):
        covered = sum(masks.decode(region.mask).astype(int) for region in queries.regions(project, image_id))
        assert np.max(covered) <= 1


@EXAMPLES
@given(rounds=st.lists(round_of_work, min_size=1, max_size=2))
def test_the_union_of_what_people_did_and_each_conflict_listed(new_world, rounds):
    world = new_world()
    project = world.create(images=4)
    world.propose_tree(project, [1, 2, 3, 4], leaves=5, granularity=0.6)
    name(project, 1, "cat", "dog")
    first, second = split(world, project)
    people = {"part 1": first, "part 2": second, "project": project}
    holders = {1: first, 2: first, 3: second, 4: second}
    agreed = {image_id: state(project, image_id) for image_id in holders}
    label_names = {label.id: label.name for label in queries.labels(project)}
    for steps in rounds:
        work(people, steps, part_origin(first).last_operation)
        expected, conflicts = {}, set()
        for image_id, part in holders.items():
            theirs, ours = state(part, image_id), state(project, image_id)
            if theirs in (agreed[image_id], ours):
                expected[image_id] = ours
            elif ours == agreed[image_id]:
                expected[image_id] = theirs
            else:
                conflicts.add(f"{image_id - 1:03d}.jpg")
                expected[image_id] = theirs if standing(theirs) > standing(ours) else ours
            if theirs == expected[image_id]:
                agreed[image_id] = theirs
        renamed = defaultdict(set)
        for each in people.values():
            for label in queries.labels(each):
                if label.id <= 2 and label.name != label_names[label.id]:
                    renamed[label.id].add(label.name)
        before = world.rows()
        report = merge(project, first, second)
        assert {conflict.name for conflict in report.conflicts if conflict.kind == "image"} == conflicts
        assert {image_id: state(project, image_id) for image_id in holders} == expected
        found = {label.id: label.name for label in queries.labels(project)}
        for label_id, names_given in renamed.items():
            assert found[label_id] in names_given
        assert {label.name for each in (first, second) for label in queries.labels(each) if label.id > 2} <= set(
            found.values()
        )
        assert_sound(world, project)
        if report.changes.verb:
            world.assert_one_step(project, before, Verb.MERGE_PARTS)
        else:
            assert world.rows() == before
        after = world.rows()
        assert not merge(project, first, second).changes.verb, "merged twice, nothing comes"
        assert world.rows() == after
    world.close()


def test_a_label_is_deleted_with_its_last_region(world, shared):
    project, first, second = shared
    labels.create_label(project, "unused")
    label_list.delete_label(first, 1)
    report = merge(project, first, second)
    assert report.parts[0].deleted == ["cat"]
    assert [label.name for label in queries.labels(project)] == ["unused"]
    history.undo(project)
    name(project, 3, "cat")
    report = merge(project, first)
    assert (report.parts[0].deleted, report.parts[0].kept) == ([], ["cat"])
    assert (names(project, 1), names(project, 3)) == ([], ["cat"])


def test_notes_of_the_project_are_its_own(world, shared):
    project, first, _ = shared
    notes.write_notes(first, "for me")
    merge(project, first)
    assert notes.read_notes(project) == ""
