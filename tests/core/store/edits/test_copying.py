"""Names from another image: where regions match, and only where nobody has decided."""

import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import copying, history, review
from acseg_core.types import ImageStatus, RegionStatus


@pytest.fixture
def project(world):
    return world.create(images=2)


def test_matching_regions_get_the_names_and_undo_takes_them_back(world, project):
    one = world.draw(project, 1, "aaaabbbb aaaabbbb aaaabbbb aaaabbbb ccccdddd ccccdddd")
    two = world.draw(project, 2, "aaaaabbb aaaaabbb aaaaabbb aaaabbbb ccccdddd ccccdddd")
    for letter, label in (("a", "sky"), ("b", "tree"), ("c", "road")):
        review.name_regions_as(project, [one[letter]], label)
    review.reject_regions(project, [two["c"]])
    before = world.rows()
    changes = copying.copy_labels(project, source_id=1, target_id=2)
    assert (changes.verb, changes.image_ids, changes.region_ids) == ("Copy labels", {2}, {two["a"], two["b"]})
    found = queries.regions_by_id(project, list(two.values()))
    assert {letter: found[id_].label_id for letter, id_ in two.items()} == {"a": 1, "b": 2, "c": None, "d": None}
    assert found[two["a"]].status is RegionStatus.ACCEPTED
    assert found[two["c"]].status is RegionStatus.REJECTED
    assert queries.image(project, 2).status is ImageStatus.IN_REVIEW
    after = world.rows()
    history.undo(project)
    assert world.rows() == before
    history.redo(project)
    assert world.rows() == after


def test_named_regions_keep_their_names(world, project):
    one, two = (world.draw(project, image_id, "aaaabbbb " * 6) for image_id in (1, 2))
    review.name_regions_as(project, list(one.values()), "sky")
    review.name_regions_as(project, [two["a"]], "sea")
    assert copying.copy_labels(project, source_id=1, target_id=2).region_ids == {two["b"]}


def test_there_must_be_something_to_copy(world, project):
    one, two = (world.draw(project, image_id, "aaaabbbb " * 6) for image_id in (1, 2))
    with pytest.raises(EditError, match="no named regions"):
        copying.copy_labels(project, source_id=1, target_id=2)
    review.name_regions_as(project, [one["a"]], "sky")
    review.name_regions_as(project, [two["a"]], "sea")
    with pytest.raises(EditError, match="matches"):
        copying.copy_labels(project, source_id=1, target_id=2)
    review.reject_regions(project, [two["b"]])
    with pytest.raises(EditError, match="already named or rejected"):
        copying.copy_labels(project, source_id=1, target_id=2)
    with pytest.raises(EditError, match="image 9"):
        copying.copy_labels(project, source_id=9, target_id=2)
