"""Images as they are read: pages in display order, search, one by one, and the next to work on."""

import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import ingest, review
from acseg_core.types import ImageStatus


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
