"""Signs by which caches know their project: regions by their content, a history by its newest operation."""

import shutil

import pytest

from acseg_core.store import queries
from acseg_core.store.edits import history, recorder, review
from acseg_core.store.queries.fingerprints import has_point, history_point, of_all_regions, of_regions


@pytest.fixture
def project(world):
    return world.create(images=2, regions=4)


def test_every_region_there_has_a_number_of_its_own(project):
    found = of_all_regions(project)
    assert list(found) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert all(0 <= number < 2**63 for number in found.values())
    assert len(set(found.values())) == 8
    assert of_regions(project, [7, 2, 99]) == {2: found[2], 7: found[7]}
    assert of_regions(project, []) == {}


def test_names_do_not_matter_and_pixels_and_the_file_do(world, project):
    before = of_all_regions(project)
    review.name_regions_as(project, [1], "cat")
    assert of_all_regions(project) == before
    for change in (
        "UPDATE region SET area = area + 1 WHERE id = 1",
        "UPDATE region SET box_x = box_x + 1 WHERE id = 2",
    ):
        world.sql(change)
    after = of_all_regions(project)
    assert [id_ for id_ in before if before[id_] != after[id_]] == [1, 2]
    world.sql(f"UPDATE image SET sha256 = '{'f' * 64}' WHERE id = 2")
    assert [id_ for id_, number in of_all_regions(project).items() if number != after[id_]] == [5, 6, 7, 8]


def test_the_same_regions_of_the_same_files_have_the_same_numbers_elsewhere(world, project):
    other = world.create(images=2, regions=4, folder=world.root / "other")
    assert of_all_regions(other) == of_all_regions(project)


def test_a_project_without_edits_has_no_point(world):
    assert history_point(world.create()) is None


def test_undo_keeps_the_point_and_another_edit_in_its_place_does_not(project):
    review.name_regions_as(project, [1], "cat")
    point = history_point(project)
    history.undo(project)
    assert has_point(project, point), "it can be redone"
    assert history_point(project) == point
    review.name_regions_as(project, [2], "dog")
    assert not has_point(project, point)
    assert has_point(project, history_point(project))


def test_a_restored_project_goes_another_way(world, project, monkeypatch):
    project.close()
    copy = world.root / "copy"
    shutil.copytree(world.folder, copy)
    ours, theirs = world.open(), world.open(copy)
    assert has_point(theirs, history_point(ours))
    review.name_regions_as(ours, [1], "cat")
    assert not has_point(theirs, history_point(ours))
    monkeypatch.setattr(recorder, "now", lambda: "2099-01-01T00:00:00.000+00:00")
    review.name_regions_as(theirs, [1], "cat")
    assert history_point(theirs).operation_id == history_point(ours).operation_id
    assert not has_point(theirs, history_point(ours)), "the same number, but another operation"
    assert queries.labels(theirs) == queries.labels(ours)
