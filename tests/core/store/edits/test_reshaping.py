"""Columns of regions as they change shape: what of the members a merger keeps, and that review begins."""

import numpy as np
import pytest

from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.store.edits.recorder import edit
from acseg_core.store.edits.reshaping import (
    begin_review,
    descriptor_bytes,
    merged_values,
    proposal_values,
    shape_values,
)
from acseg_core.store.edits.stored_regions import stored_regions
from acseg_core.store.schema import REGION
from acseg_core.types import ImageStatus

MASK = masks.encode(np.array([[0, 1, 1, 0], [0, 0, 1, 0]], bool))


@pytest.fixture
def members(world):
    """The three regions of an image, the largest first."""
    project = world.create(images=1, regions=3)
    with project.read() as connection:
        found = stored_regions(connection, REGION.c.image_id == 1)
    return sorted(found, key=lambda region: -region.area)


def test_shape_columns_are_measured_from_the_pixels():
    values = shape_values(MASK, b"xy")
    assert (values["area"], values["descriptor"], values["counts"]) == (3, b"xy", MASK.counts)
    assert [values[f"box_{name}"] for name in ("x", "y", "width", "height")] == [1, 0, 2, 2]
    assert values["verdict"] == "none", "what was said of the name ends with the shape"


def test_a_proposal_is_stored_as_the_cut_it_is(world):
    (proposal, *_) = world.proposals(regions=2)
    values = proposal_values(proposal, 7, 3)
    assert (values["image_id"], values["run_id"], values["node"]) == (3, 7, 0)
    assert (values["origin"], values["status"]) == ("cut", "proposed")
    assert np.frombuffer(values["descriptor"], "<f2").tolist() == proposal.descriptor.tolist()
    assert set(values) < set(REGION.c.keys())


def test_a_merger_is_a_persons_with_all_the_pixels(members):
    values = merged_values(members)
    assert (values["node"], values["origin"], values["status"], values["label_id"]) == (None, "drawn", "proposed", None)
    assert values["area"] == sum(member.area for member in members)
    assert values["counts"] == masks.union([member.mask for member in members]).counts


@pytest.mark.parametrize(
    ("labels", "kept"),
    [((None, None, None), None), ((1, 2, None), 1), ((None, 2, None), 2), ((None, 2, 2), 2), ((None, 2, 3), None)],
)
def test_the_label_of_the_largest_or_the_only_one_is_kept(members, labels, kept):
    named = [member._replace(label_id=label) for member, label in zip(members, labels, strict=True)]
    values = merged_values(named)
    assert (values["label_id"], values["status"]) == (kept, "proposed" if kept is None else "accepted")


def test_a_label_asked_for_counts_more_than_theirs(members):
    named = [member._replace(label_id=1, status="accepted") for member in members]
    assert (merged_values(named, label_id=5)["label_id"], merged_values(named, label_id=5)["status"]) == (5, "accepted")
    assert (merged_values(named, label_id=None)["label_id"], merged_values(named, label_id=None)["status"]) == (
        None,
        "proposed",
    )


def test_only_what_is_rejected_altogether_stays_so(members):
    rejected = [member._replace(status="rejected") for member in members]
    assert merged_values(rejected)["status"] == "rejected"
    assert merged_values([*rejected[:2], members[2]])["status"] == "proposed"
    assert merged_values(rejected, label_id=None)["status"] == "proposed"


def test_the_descriptor_is_the_mean_by_area_and_of_length_one(members):
    first, second, third = members
    vectors = np.eye(8, dtype=np.float16)
    mixed = [
        first._replace(descriptor=descriptor_bytes(vectors[0]), area=3),
        second._replace(descriptor=descriptor_bytes(vectors[1]), area=4),
        third._replace(descriptor=None, area=1000),
    ]
    found = np.frombuffer(merged_values(mixed)["descriptor"], "<f2")
    np.testing.assert_allclose(found[:3].astype(float), [0.6, 0.8, 0], atol=1e-3)
    opposite = [mixed[0]._replace(area=5), second._replace(descriptor=descriptor_bytes(-vectors[0]), area=5)]
    assert np.frombuffer(merged_values(opposite)["descriptor"], "<f2").tolist() == [0] * 8
    assert merged_values([member._replace(descriptor=None) for member in members])["descriptor"] is None


def test_only_images_that_were_proposed_come_into_review(world):
    project = world.create(images=3, regions=2)
    review.accept_image(project, 2)
    with edit(project, "Name regions") as recording:
        begin_review(recording, REGION.c.id.in_([1, 3]))
    statuses = [record.status for record in queries.images(project)]
    assert statuses == [ImageStatus.IN_REVIEW, ImageStatus.DONE, ImageStatus.PROPOSED]
