"""Which images the list holds, in which order, and what comes next: read from a real project."""

import pytest

from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_core.store.queries.image_search import SearchError, parse
from acseg_core.types import ImageStatus
from acseg_desktop.image_list.listing import (
    Listing,
    Sorting,
    list_images,
    next_to_review,
    read_paths,
    read_rows,
)


@pytest.fixture
def project(project_folder):
    """Four images, a1, a2, a10 and sub/b; the first two have four regions each."""
    with open_project(project_folder) as opened:
        yield opened


def listed(project, **wish):
    return read_paths(project, list_images(project, Listing(**wish))[0])


def test_images_are_sorted_as_people_count(project):
    assert listed(project) == ["a1.png", "a2.png", "a10.jpg", "sub/b.png"]
    assert listed(project, descending=True) == ["sub/b.png", "a10.jpg", "a2.png", "a1.png"]


def test_every_image_has_its_row(project):
    ids, row_of = list_images(project, Listing(descending=True))
    assert [row_of[image_id] for image_id in ids] == [0, 1, 2, 3]


def test_only_what_is_searched_for_is_listed(project):
    assert listed(project, search=parse("regions>0")) == ["a1.png", "a2.png"]
    with pytest.raises(SearchError):
        list_images(project, Listing(search=parse("label:zebra")))


def test_the_least_informative_first_is_the_most_informative_first_turned_round(project):
    most = listed(project, sorting=Sorting.INFORMATIVE, descending=True)
    assert sorted(most) == sorted(listed(project))
    assert listed(project, sorting=Sorting.INFORMATIVE) == most[::-1]
    assert Listing(sorting=Sorting.INFORMATIVE, descending=True).is_most_informative_first
    assert not Listing(sorting=Sorting.INFORMATIVE).is_most_informative_first


def test_the_next_to_review_is_the_nearest_that_is_not_done(project):
    first, second, third, _ = ids = queries.image_ids(project)
    review.set_image_status(project, second, ImageStatus.DONE)
    assert next_to_review(project, first, ids[1:], listed=ids) == third
    assert next_to_review(project, first, [second], listed=ids) is None


def test_the_most_informative_of_a_list_is_looked_for_in_that_list_only(project):
    among = queries.image_ids(project)[:2]
    order = [i for i in list_images(project, Listing(sorting=Sorting.INFORMATIVE, descending=True))[0] if i in among]
    assert next_to_review(project, order[0], [], listed=among, informative=True) == order[1]
    assert next_to_review(project, order[1], [], listed=among, informative=True) is None


def test_rows_count_regions_and_names(project):
    ids = queries.image_ids(project)
    region = queries.regions(project, ids[0])[0]
    review.name_regions_as(project, [region.id], "sky")
    first, gone, third = read_rows(project, [ids[0], 99_999, ids[2]])
    assert (first.record.path, first.regions, first.named) == ("a1.png", 4, 1)
    assert gone is None
    assert (third.regions, third.named) == (0, 0)
