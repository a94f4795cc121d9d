"""The listing of images: which ones, in which order, and what is read of them; all of it on a reading lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from acseg_core.store import Project, queries
from acseg_core.store.queries.image_list import ImageOrder, first_not_done, images_by_id, search_images
from acseg_core.store.queries.image_search import ImageSearch
from acseg_core.types import ImageRecord


class Sorting(StrEnum):
    """What the list is sorted by."""

    PATH = "path"
    INFORMATIVE = "informative"
    STATUS = "status"
    REGIONS = "regions"
    CONFIDENCE = "confidence"
    CHANGED = "changed"

    @property
    def starts_descending(self) -> bool:
        """Whether one usually wants the greatest first."""
        return self in (Sorting.INFORMATIVE, Sorting.REGIONS, Sorting.CHANGED)


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed.

    Attributes:
        search: Which images.
        sorting: Their order.
        descending: The greatest, the last, the most to learn first.
    """

    search: ImageSearch = field(default_factory=ImageSearch)
    sorting: Sorting = Sorting.PATH
    descending: bool = False

    @property
    def is_most_informative_first(self) -> bool:
        """Whether the most informative images come first."""
        return self.sorting is Sorting.INFORMATIVE and self.descending


@dataclass(frozen=True, slots=True)
class ImageRow:
    """What one cell of the list shows."""

    record: ImageRecord
    regions: int
    named: int


def list_images(project: Project, listing: Listing) -> tuple[list[int], dict[int, int]]:
    """Ids of the images that are listed, and the row of each.

    Raises:
        SearchError: The search asks for a label that there is not.
    """
    if listing.sorting is Sorting.INFORMATIVE:
        from acseg_core.workflows import agenda

        ids = search_images(project, listing.search)
        place = {image_id: rank for rank, image_id in enumerate(agenda.review_order(project))}
        ids.sort(key=lambda image_id: place.get(image_id, len(place)))
        if not listing.descending:
            ids.reverse()
    else:
        order = ImageOrder(listing.sorting.value)
        ids = search_images(project, listing.search, order=order, descending=listing.descending)
    return ids, {image_id: row for row, image_id in enumerate(ids)}


def next_to_review(
    project: Project, after_id: int, following: Sequence[int], *, listed: Sequence[int], informative: bool = False
) -> int | None:
    """The image of a list to look at next, or None.

    Args:
        project: Open.
        after_id: Where one is.
        following: The images of the list that come after it, nearest first.
        listed: All of them.
        informative: Take the most informative of them now, whatever the order was when they were listed.
    """
    if not informative:
        return first_not_done(project, following)
    from acseg_core.workflows import agenda

    if len(listed) == queries.summary(project).images:
        return agenda.next_to_review(project, after_id)
    among = set(listed)
    order = [image_id for image_id in agenda.review_order(project) if image_id in among]
    if after_id in order:
        order = order[order.index(after_id) + 1 :]
    return order[0] if order else None


def read_rows(project: Project, ids: Sequence[int]) -> list[ImageRow | None]:
    """Read what the list shows of some images; None for one that is gone."""
    counts, records = queries.region_counts(project, list(ids)), images_by_id(project, ids)
    return [
        ImageRow(records[image_id], *counts.get(image_id, (0, 0))) if image_id in records else None for image_id in ids
    ]


def read_paths(project: Project, ids: Sequence[int]) -> list[str]:
    """Paths of images, relative to the image root; those that are gone are left out."""
    records = images_by_id(project, ids)
    return [records[image_id].path for image_id in ids if image_id in records]
