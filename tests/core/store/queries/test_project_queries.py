"""What is read: pages, search, order, counts."""

import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import ingest, review
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus, LabelUsage


@pytest.fixture
def project(world):
    project = world.create()
    paths = ["a/img1.jpg", "a/img2.jpg", "a/img10.jpg", "b/Straße 100%.png", "b/x_y.png", "b/xzy.png"]
    ingest.add_images(project, [world.info(path) for path in reversed(paths)])
    return project


def _paths(records):
    return [record.path for record in records]


def test_images_come_in_pages(project):
    everything = queries.images(project)
    assert _paths(everything)[:3] == ["a/img1.jpg", "a/img2.jpg", "a/img10.jpg"]
    assert queries.images(project, offset=1, limit=2) == everything[1:3]
    assert queries.images(project, offset=4) == everything[4:]
    assert queries.images(project, offset=99) == []
    assert queries.images(project, limit=0) == []
    assert queries.image_ids(project) == [record.id for record in everything]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("IMG", 3),
        ("img1", 2),
        ("strasse", 1),
        ("STRASSE", 1),
        ("%", 1),
        ("x_y", 1),
        ("_", 1),
        ("a/", 3),
        ("nothing", 0),
        ("", 6),
        ("\\", 0),
    ],
)
def test_search_takes_the_text_as_it_is(project, search, found):
    records = queries.images(project, search=search)
    assert len(records) == found
    assert queries.image_ids(project, search=search) == [record.id for record in records]


def test_status_and_search_combine(project):
    first = queries.image_by_path(project, "a/img1.jpg")
    review.set_image_status(project, first.id, ImageStatus.DONE)
    assert _paths(queries.images(project, status=ImageStatus.DONE)) == ["a/img1.jpg"]
    assert len(queries.images(project, status=ImageStatus.NEW)) == 5
    assert queries.images(project, status=ImageStatus.DONE, search="b/") == []
    assert _paths(queries.images(project, status=ImageStatus.NEW, search="img", offset=1)) == ["a/img10.jpg"]


def test_one_image(project):
    record = queries.image_by_path(project, "b/x_y.png")
    assert queries.image(project, record.id) == record
    assert queries.image_by_path(project, "b/x.png") is None
    with pytest.raises(EditError, match="image 99"):
        queries.image(project, 99)


def test_walking_from_image_to_image(project):
    order = queries.image_ids(project)
    walked = [order[0]]
    while (following := queries.next_image(project, walked[-1], not_done=False)) is not None:
        walked.append(following)
    assert walked == order
    back = [order[-1]]
    while (previous := queries.next_image(project, back[-1], not_done=False, backwards=True)) is not None:
        back.append(previous)
    assert back == order[::-1]
    review.set_image_status(project, order[1], ImageStatus.DONE)
    ingest.mark_problems(project, {queries.image(project, order[2]).path: "missing"})
    assert queries.next_image(project, order[0], not_done=True) == order[3]
    assert queries.next_image(project, order[3], not_done=True, backwards=True) == order[0]
    assert queries.next_image(project, order[0], not_done=False) == order[1]
    assert queries.next_image(project, 99, not_done=False) is None


def test_images_without_proposals(world, project):
    order = queries.image_ids(project)
    world.propose(project, [order[0]])
    ingest.mark_problems(project, {queries.image(project, order[1]).path: "missing"})
    assert queries.unproposed_images(project) == order[2:]


def test_regions_of_an_image(world, project):
    world.propose(project, [2, 3], regions=5)
    regions = queries.regions(project, 2)
    assert [region.area for region in regions] == sorted((region.area for region in regions), reverse=True)
    assert {region.image_id for region in regions} == {2}
    assert queries.regions(project, 1) == []
    wanted = [regions[3].id, 999, regions[0].id]
    assert queries.regions_by_id(project, wanted) == {regions[3].id: regions[3], regions[0].id: regions[0]}
    assert list(queries.regions_by_id(project, wanted)) == [regions[3].id, regions[0].id]
    assert queries.descriptors(project, 1) == {}


def test_all_images_with_their_regions(world):
    project = world.create(images=150)
    world.propose(project, [1, 64, 65, 150], regions=3)
    walked = list(queries.image_regions(project))
    assert [record.id for record, _ in walked] == queries.image_ids(project)
    for record, regions in walked:
        assert regions == queries.regions(project, record.id)


def test_walking_through_all_sees_one_state(world):
    project = world.create(images=100, regions=2)
    walking = queries.image_regions(project)
    next(walking)
    review.name_regions_as(project, [200], "late")
    assert all(region.label_id is None for _, regions in walking for region in regions)
    assert queries.label_regions(project, 1) == [200]


def test_counts(world, project):
    order = queries.image_ids(project)
    world.propose(project, order[:3], regions=4)
    ids = [region.id for region in queries.regions(project, order[0])]
    review.name_regions_as(project, ids[:3], "cat")
    review.reject_regions(project, ids[3:])
    create_label(project, "dog")
    assert queries.region_counts(project) == {order[0]: (4, 3), order[1]: (4, 0), order[2]: (4, 0)}
    assert queries.region_counts(project, [order[0], order[5]]) == {order[0]: (4, 3)}
    assert queries.region_counts(project, []) == {}
    pixels = sum(region.area for region in queries.regions(project, order[0]) if region.label_id)
    assert queries.label_usage(project) == {1: LabelUsage(3, 1, pixels), 2: LabelUsage(0, 0, 0)}
    assert queries.label_regions(project, 1) == sorted(ids[:3])
    assert queries.cluster_regions(project, 1) == []
    summary = queries.summary(project)
    assert (summary.images, summary.regions, summary.regions_named, summary.labels) == (6, 12, 3, 2)
    assert summary.images_by_status == {"new": 3, "proposed": 2, "in_review": 1, "done": 0}
    assert summary.regions_by_status == {"proposed": 8, "suggested": 0, "accepted": 3, "rejected": 1}
