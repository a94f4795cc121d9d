"""Regions united: mask, descriptor, label and status of what is left."""

import numpy as np
import pytest

from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import history, ingest, merging, review
from acseg_core.types import RegionStatus


@pytest.fixture
def project(world):
    """Three images with four regions each: 1-4, 5-8, 9-12."""
    return world.create(images=3, regions=4)


def _region(project, region_id):
    return queries.regions_by_id(project, [region_id])[region_id]


def _operations(project):
    return [record.verb for record in history.operations(project)]


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


def test_merging_may_choose_the_label_that_survives(world, project):
    names = world.draw(project, 1, "aaaabbbb " * 5 + "aaaacccc")
    for letter, label in zip("abc", ("sky", "tree", "sea"), strict=True):
        review.name_regions_as(project, [names[letter]], label)
    sea = _region(project, names["c"]).label_id
    changes = merging.merge_regions(project, list(names.values()), label_id=sea)
    assert changes.region_ids == {names["a"]}
    merged = _region(project, names["a"])
    assert (merged.label_id, merged.status, merged.area) == (sea, RegionStatus.ACCEPTED, 48)
    history.undo(project)
    review.reject_regions(project, [names["a"], names["b"]])
    merging.merge_regions(project, [names["a"], names["b"]], label_id=None)
    assert (_region(project, names["a"]).label_id, _region(project, names["a"]).status) == (None, RegionStatus.PROPOSED)
    history.undo(project)
    with pytest.raises(EditError, match="label 77"):
        merging.merge_regions(project, [names["a"], names["b"]], label_id=77)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda p: merging.merge_regions(p, [1]), "at least two"),
        (lambda p: merging.merge_regions(p, [1, 1]), "at least two"),
        (lambda p: merging.merge_regions(p, [1, 5]), "same image"),
        (lambda p: merging.merge_regions(p, [1, 99]), "region 99 is no longer in the project"),
        (lambda p: merging.merge_regions(p, [98, 99]), "region 98 is no longer in the project"),
    ],
)
def test_nonsense_is_refused_and_leaves_no_trace(world, project, edit, message):
    before, operations = world.rows(), _operations(project)
    with pytest.raises(EditError, match=message):
        edit(project)
    assert world.rows() == before
    assert _operations(project) == operations
