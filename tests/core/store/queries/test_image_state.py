"""The state of an image: what people's work changes changes its digest, and nothing else does."""

import numpy as np
import pytest
from clustered_project import save

from acseg_core.store import queries
from acseg_core.store.edits import cuts, history, labels, painting, remarks, removal, review, suggestions
from acseg_core.store.queries.image_state import Standing, edited_since, last_edits, standings, state_digests
from acseg_core.types import ImageStatus, PixelPatch

PATCH = PixelPatch(0, 0, np.ones((2, 2), bool))


@pytest.fixture
def project(world):
    opened = world.create(images=2)
    world.propose_tree(opened, [1, 2], leaves=5, granularity=0.6)
    review.name_regions_as(opened, [1], "cat")
    return opened


def digests(project, labels=None):
    with project.read() as connection:
        return state_digests(connection, [1, 2, 99], labels)


EDITS = {
    "name": lambda project: review.name_regions_as(project, [2], "cat"),
    "another name": lambda project: review.name_regions_as(project, [1], "dog"),
    "reject": lambda project: review.reject_regions(project, [2]),
    "paint": lambda project: painting.paint(project, 1, PATCH, region_id=2),
    "recut": lambda project: cuts.recut_image(project, 1, 0.9),
    "done": lambda project: review.set_image_status(project, 1, ImageStatus.DONE),
    "comment": lambda project: remarks.write_comment(project, 1, "dark"),
    "decline": lambda project: suggestions.decline_suggestions(project, [2]),
}


@pytest.mark.parametrize("verb", EDITS)
def test_work_changes_it_and_undo_brings_it_back(project, verb):
    if verb == "decline":
        suggestions.save_suggestions(project, [2], [1], [0.9])
    before = digests(project)
    assert before.keys() == {1, 2}, "of images that are there"
    EDITS[verb](project)
    after = digests(project)
    assert after[1] != before[1]
    assert after[2] == before[2]
    history.undo(project)
    assert digests(project) == before


def test_what_the_machine_makes_and_labels_own_fields_do_not(project):
    before = digests(project)
    suggestions.save_suggestions(project, [2], [1], [0.9])
    save(project, [[1, 2], [3]])
    labels.update_label(project, 1, name="tiger", color="#123456")
    assert digests(project) == before


def test_a_tree_is_part_of_it(world, project):
    before = digests(project)
    world.sql("UPDATE tree SET heights = zeroblob(length(heights)) WHERE id = 1")
    assert digests(project)[1] != before[1]
    assert digests(project)[2] == before[2]


def test_labels_count_as_they_are_said_to(project):
    review.name_regions_as(project, [2], "dog")
    swapped = digests(project, {1: 2, 2: 1})
    review.name_regions_as(project, [1], "dog")
    review.name_regions_as(project, [2], "cat")
    assert digests(project)[1] == swapped[1]


def test_how_far_images_have_come(project):
    with project.read() as connection:
        assert standings(connection, [1, 2, 99]) == {1: Standing(2, 1), 2: Standing(1, 0)}
    assert Standing(2, 1).status is ImageStatus.IN_REVIEW
    assert Standing(3, 0) > Standing(2, 9) > Standing(2, 8)


def test_which_images_were_edited_and_when(project):
    last = history.operations(project)[0].id
    with project.read() as connection:
        assert edited_since(connection, last) == set()
        assert edited_since(connection, last - 1) == {1}
        before = last_edits(connection)
        assert before[1] > before[2]
    removal.remove_images(project, [2])
    labels.create_label(project, "no image")
    with project.read() as connection:
        assert edited_since(connection, last) == {2}
        assert last_edits(connection)[2] > before[2]
    history.undo(project)
    history.undo(project)
    with project.read() as connection:
        assert edited_since(connection, last) == set(), "what is undone does not count"
    assert queries.image_ids(project) == [1, 2]
