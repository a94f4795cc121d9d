"""The annotator's edits of regions, images and labels."""

import numpy as np
import pytest

from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import history, ingest, merging, review
from acseg_core.store.edits.label_list import delete_label
from acseg_core.store.edits.labels import create_label, merge_labels, update_label
from acseg_core.store.edits.palette import PALETTE
from acseg_core.types import ImageStatus, OpChanges, RegionStatus


@pytest.fixture
def project(world):
    """Three images with four regions each: 1-4, 5-8, 9-12."""
    return world.create(images=3, regions=4)


def _region(project, region_id):
    return queries.regions_by_id(project, [region_id])[region_id]


def _operations(project):
    return [record.verb for record in history.operations(project)]


def test_naming_accepts_regions_and_begins_the_review(project):
    label, _ = create_label(project, "cat")
    changes = review.name_regions(project, [1, 2, 5], label.id)
    assert changes == OpChanges(
        verb="Name regions", images=True, image_ids=frozenset({1, 2}), region_ids=frozenset({1, 2, 5})
    )
    for region_id in (1, 2, 5):
        region = _region(project, region_id)
        assert (region.label_id, region.status) == (label.id, RegionStatus.ACCEPTED)
    assert _region(project, 3).label_id is None
    statuses = [record.status for record in queries.images(project)]
    assert statuses == [ImageStatus.IN_REVIEW, ImageStatus.IN_REVIEW, ImageStatus.PROPOSED]


def test_taking_a_name_away(project):
    review.name_regions_as(project, [1, 2], "cat")
    changes = review.name_regions(project, [1], None)
    assert changes.verb == "Remove name"
    assert (_region(project, 1).label_id, _region(project, 1).status) == (None, RegionStatus.PROPOSED)
    assert _region(project, 2).label_id is not None


def test_naming_by_name_finds_or_makes_the_label_in_one_operation(project):
    made = review.name_regions_as(project, [1], "  Traffic   light ")
    assert made.labels
    found = review.name_regions_as(project, [2], "TRAFFIC LIGHT")
    assert not found.labels
    assert [label.name for label in queries.labels(project)] == ["Traffic light"]
    assert _operations(project) == ["Name regions", "Name regions", "Propose"]
    history.undo(project)
    history.undo(project)
    assert queries.labels(project) == []
    assert queries.image(project, 1).status is ImageStatus.PROPOSED


def test_an_edit_that_changes_nothing_is_no_operation(project):
    review.name_regions_as(project, [1, 2], "cat")
    label = queries.labels(project)[0]
    before = _operations(project)
    for edit in (
        lambda: review.name_regions(project, [1, 2], label.id),
        lambda: review.name_regions_as(project, [2], "cat"),
        lambda: review.rename_label_regions(project, old_label_id=label.id, new_label_name="Cat"),
        lambda: review.set_image_status(project, 1, ImageStatus.IN_REVIEW),
        lambda: update_label(project, label.id, name="cat", color=label.color, hotkey=label.hotkey),
        lambda: update_label(project, label.id),
    ):
        assert edit() == OpChanges()
    assert _operations(project) == before


def test_an_edit_that_changes_nothing_keeps_what_can_be_redone(project):
    review.name_regions_as(project, [1], "cat")
    review.name_regions_as(project, [2], "cat")
    history.undo(project)
    review.name_regions_as(project, [1], "cat")
    assert history.state(project).redo == "Name regions"


def test_merging_unites_everything(world, project):
    first, second, third = (_region(project, n) for n in (1, 2, 3))
    largest = max((first, second, third), key=lambda region: (region.area, -region.id))
    descriptors = queries.descriptors(project, 1)
    changes = merging.merge_regions(project, [3, 1, 2, 1])
    assert changes.verb == "Merge regions"
    assert changes.region_ids == {largest.id}
    assert changes.image_ids == {1}
    merged = _region(project, largest.id)
    assert merged.mask == masks.union([first.mask, second.mask, third.mask])
    assert merged.area == first.area + second.area + third.area
    assert merged.bbox == masks.bounding_box(merged.mask)
    assert merged.node is None
    assert [region.id for region in queries.regions(project, 1)] == sorted(
        [largest.id, 4], key=lambda id_: -_region(project, id_).area
    )
    world.assert_partition(project, 1)
    mean = sum(descriptors[region.id].astype(np.float32) * region.area for region in (first, second, third))
    mean /= np.linalg.norm(mean)
    got = queries.descriptors(project, 1)[largest.id]
    assert got.dtype == np.float16
    np.testing.assert_allclose(got.astype(np.float32), mean, atol=1e-3)
    assert ingest.has_user_work(project, 1)
    assert not ingest.has_user_work(project, 2)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({}, None),
        ({"survivor": "cat"}, "cat"),
        ({"other": "dog"}, "dog"),
        ({"survivor": "cat", "other": "dog"}, "cat"),
        ({"other": "dog", "third": "dog"}, "dog"),
        ({"other": "dog", "third": "bird"}, None),
    ],
)
def test_the_label_of_a_merged_region(project, names, expected):
    members = dict(
        zip(("survivor", "other", "third"), [region.id for region in queries.regions(project, 1)], strict=False)
    )
    for who, name in names.items():
        review.name_regions_as(project, [members[who]], name)
    merging.merge_regions(project, list(members.values()))
    merged = _region(project, members["survivor"])
    label_names = {label.id: label.name for label in queries.labels(project)}
    assert label_names.get(merged.label_id) == expected
    assert merged.status is (RegionStatus.ACCEPTED if expected else RegionStatus.PROPOSED)


def test_merging_rejected_regions_keeps_them_rejected(project):
    review.reject_regions(project, [1, 2])
    (kept,) = merging.merge_regions(project, [1, 2]).region_ids
    assert _region(project, kept).status is RegionStatus.REJECTED
    (kept,) = merging.merge_regions(project, [kept, 3]).region_ids
    assert _region(project, kept).status is RegionStatus.PROPOSED


def test_rejecting_takes_the_label_away(project):
    review.name_regions_as(project, [1, 2], "cat")
    changes = review.reject_regions(project, [1, 3])
    assert changes.region_ids == {1, 3}
    assert [(_region(project, n).status.value, _region(project, n).label_id) for n in (1, 2, 3)] == [
        ("rejected", None),
        ("accepted", 1),
        ("rejected", None),
    ]


def test_accepting_an_image(project):
    review.name_regions_as(project, [1], "cat")
    review.reject_regions(project, [2])
    changes = review.accept_image(project, 1)
    assert changes == OpChanges(verb="Accept image", images=True, image_ids=frozenset({1}))
    assert queries.image(project, 1).status is ImageStatus.DONE
    assert [_region(project, n).status.value for n in (1, 2, 3)] == ["accepted", "rejected", "proposed"]
    assert review.accept_image(project, 1) == OpChanges()
    review.name_regions_as(project, [3], "cat")
    assert queries.image(project, 1).status is ImageStatus.DONE


def test_setting_the_status_of_an_image(project):
    review.set_image_status(project, 2, ImageStatus.DONE)
    assert queries.image(project, 2).status is ImageStatus.DONE
    with pytest.raises(ValueError, match="almost"):
        review.set_image_status(project, 2, "almost")
    assert queries.image(project, 2).status is ImageStatus.DONE


def test_renaming_all_regions_of_a_label(project):
    review.name_regions_as(project, [1, 5, 9], "cat")
    review.name_regions_as(project, [2], "dog")
    cat, dog = queries.labels(project)
    changes = review.rename_label_regions(project, old_label_id=cat.id, new_label_name="Dog")
    assert changes.image_ids == {1, 2, 3}
    usage = queries.label_usage(project)
    assert (usage[cat.id].regions, usage[dog.id].regions) == (0, 4)
    assert len(queries.labels(project)) == 2


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda p: review.name_regions(p, [], 1), "at least one region"),
        (lambda p: review.name_regions(p, [1, 99], None), "region 99 is not"),
        (lambda p: review.name_regions(p, [1], 7), "label 7 is not"),
        (lambda p: review.name_regions_as(p, [1], "  "), "needs a name"),
        (lambda p: review.name_regions_as(p, [99], "cat"), "region 99 is not"),
        (lambda p: review.name_regions_as(p, [1], "c\x00t"), "cannot be shown"),
        (lambda p: merging.merge_regions(p, [1]), "at least two"),
        (lambda p: merging.merge_regions(p, [1, 1]), "at least two"),
        (lambda p: merging.merge_regions(p, [1, 5]), "same image"),
        (lambda p: merging.merge_regions(p, [1, 99]), "region 99 is not"),
        (lambda p: merging.merge_regions(p, [98, 99]), "region 98 is not"),
        (lambda p: review.reject_regions(p, []), "at least one region"),
        (lambda p: review.reject_regions(p, [99]), "region 99 is not"),
        (lambda p: review.accept_image(p, 9), "image 9 is not"),
        (lambda p: review.set_image_status(p, 9, ImageStatus.DONE), "image 9 is not"),
        (lambda p: create_label(p, ""), "needs a name"),
        (lambda p: create_label(p, "cat", color="red"), "is not a colour"),
        (lambda p: create_label(p, "cat", hotkey="0"), "is not a hotkey"),
        (lambda p: update_label(p, 7, name="x"), "label 7 is not"),
        (lambda p: delete_label(p, 7), "label 7 is not"),
        (lambda p: merge_labels(p, [7], target_id=8), "label 7 is not"),
        (lambda p: merge_labels(p, [8], target_id=8), "at least two labels"),
        (lambda p: review.rename_label_regions(p, old_label_id=7, new_label_name="x"), "label 7 is not"),
    ],
)
def test_nonsense_is_refused_and_leaves_no_trace(world, project, edit, message):
    before, operations = world.rows(), _operations(project)
    with pytest.raises(EditError, match=message):
        edit(project)
    assert world.rows() == before
    assert _operations(project) == operations


def test_labels_get_colours_and_hotkeys_by_themselves(project):
    made = [create_label(project, f"label {n}")[0] for n in range(40)]
    assert [label.color for label in made[: len(PALETTE)]] == list(PALETTE)
    assert len({label.color for label in made}) == 40
    assert [label.hotkey for label in made[:10]] == [*"123456789", None]
    assert queries.labels(project) == made


def test_making_a_label_with_everything_given(project):
    create_label(project, "dog")
    label, changes = create_label(
        project, "road", color="#ABCDEF", hotkey="1", supercategory=" ground ", is_thing=False
    )
    assert changes == OpChanges(verb="Create label", labels=True)
    assert (label.color, label.hotkey, label.supercategory, label.is_thing) == ("#abcdef", "1", "ground", False)
    assert [stored.hotkey for stored in queries.labels(project)] == [None, "1"]


@pytest.mark.parametrize("twin", ["cat", "CAT", " cat ", "caT"])
def test_label_names_are_unique_whatever_their_case(project, twin):
    create_label(project, "Cat")
    create_label(project, "dog")
    with pytest.raises(EditError, match="already"):
        create_label(project, twin)
    with pytest.raises(EditError, match="already"):
        update_label(project, 2, name=twin)


def test_label_names_are_compared_in_any_script(project):
    create_label(project, "Straße")
    with pytest.raises(EditError, match="already"):
        create_label(project, "STRASSE")
    create_label(project, "caf\u00e9")
    with pytest.raises(EditError, match="already"):
        create_label(project, "CAFE\u0301")


def test_changing_a_label(project):
    create_label(project, "cat")
    create_label(project, "dog")
    changes = update_label(project, 1, name="Cats", color="#010203", supercategory="animal", is_thing=False)
    assert changes == OpChanges(verb="Change label", labels=True)
    cat = queries.labels(project)[0]
    assert (cat.name, cat.color, cat.hotkey, cat.supercategory, cat.is_thing) == (
        "Cats",
        "#010203",
        "1",
        "animal",
        False,
    )
    update_label(project, 1, name="CATS")
    assert queries.labels(project)[0].name == "CATS"


def test_a_hotkey_changes_hands_and_back(project):
    create_label(project, "cat")
    create_label(project, "dog")
    update_label(project, 1, hotkey="2")
    assert [label.hotkey for label in queries.labels(project)] == ["2", None]
    history.undo(project)
    assert [label.hotkey for label in queries.labels(project)] == ["1", "2"]
    history.redo(project)
    update_label(project, 1, hotkey=None)
    assert [label.hotkey for label in queries.labels(project)] == [None, None]


def test_merging_labels(project):
    for region_id, name in ((1, "cat"), (2, "kitten"), (5, "tomcat"), (6, "dog")):
        review.name_regions_as(project, [region_id], name)
    changes = merge_labels(project, [2, 3, 1], target_id=1)
    assert (changes.labels, changes.image_ids) == (True, {1, 2})
    assert [label.name for label in queries.labels(project)] == ["cat", "dog"]
    assert [_region(project, n).label_id for n in (1, 2, 5, 6)] == [1, 1, 1, 4]
    history.undo(project)
    assert [label.name for label in queries.labels(project)] == ["cat", "kitten", "tomcat", "dog"]
    assert [_region(project, n).label_id for n in (1, 2, 5, 6)] == [1, 2, 3, 4]


def test_deleting_a_label_unnames_its_regions(world, project):
    review.name_regions_as(project, [1, 5], "cat")
    review.name_regions_as(project, [2], "dog")
    world.sql("UPDATE region SET suggestion_id = 1, confidence = 0.5, status = 'suggested' WHERE id = 3")
    world.sql("UPDATE region SET suggestion_id = 1, confidence = 0.9 WHERE id = 2")
    before = world.rows()
    changes = delete_label(project, 1)
    assert (changes.labels, changes.image_ids) == (True, {1, 2})
    assert [label.name for label in queries.labels(project)] == ["dog"]
    for region_id in (1, 5, 3):
        region = _region(project, region_id)
        assert (region.label_id, region.suggestion_id, region.status) == (None, None, RegionStatus.PROPOSED)
    assert (_region(project, 2).status, _region(project, 2).suggestion_id) == (RegionStatus.ACCEPTED, None)
    assert create_label(project, "bird")[0].id == 3  # ids are not used twice
    history.undo(project)
    history.undo(project)
    assert world.rows() == before
