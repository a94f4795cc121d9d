"""Names by the pixels that had them, and what of that a person is told to approve."""

import numpy as np
import pytest

from acseg_core.names.carrying import Heir, PlacedRegion, carried, heirs
from acseg_core.shapes import masks

ROWS, COLUMNS = 4, 10
LOOKS = np.eye(3, dtype=np.float32)


def region(id_: int, first: int, last: int, *, label=None, cluster=None, looks=LOOKS[0]) -> PlacedRegion:
    """Whole columns of a small image."""
    pixels = np.zeros((ROWS, COLUMNS), bool)
    pixels[:, first:last] = True
    return PlacedRegion(id_, masks.encode(pixels), label, cluster, looks)


def test_a_region_gets_the_name_that_more_than_half_of_its_pixels_had() -> None:
    before = [region(1, 0, 5, label=7, cluster=3), region(2, 5, 10)]
    after = [region(11, 0, 3), region(12, 3, 6), region(13, 4, 6), region(14, 6, 10)]
    found, left = heirs(before, after)
    assert [(each.region_id, each.label_id, each.old_cluster) for each in found] == [(11, 7, 3), (12, 7, 3)]
    assert [each.share for each in found] == pytest.approx([1.0, 2 / 3])
    assert [each.pixels for each in found] == [12, 12]
    assert left == [], "half of its pixels or less would be"


def test_two_names_in_one_region_are_added_up_each_for_itself() -> None:
    before = [
        *(region(1, 0, 2, label=7, cluster=3), region(2, 2, 6, label=8, cluster=4)),
        *(region(3, 6, 9, label=7, cluster=5), region(4, 9, 10)),
    ]
    (heir,), left = heirs(before, [region(11, 0, 9)])
    assert (heir.label_id, heir.old_cluster) == (7, 5), "five of nine columns, most of them in that cluster"
    assert left == [2], "the name that is gone"
    assert heirs(before, [region(11, 0, 10)]) == ([], [1, 2, 3]), "no name has more than half of all"


def test_likeness_is_that_of_what_had_the_name_there_and_unknown_looks_say_nothing() -> None:
    before = [region(1, 0, 6, label=7, looks=LOOKS[0]), region(2, 6, 10, label=7, looks=LOOKS[1])]
    (mixed,), _ = heirs(before, [region(11, 0, 10, looks=LOOKS[0])])
    assert mixed.likeness == pytest.approx(6 / np.hypot(6, 4))
    (other,), _ = heirs(before, [region(11, 0, 5, looks=LOOKS[2])])
    assert other.likeness == 0
    for looks in (None, np.ones(5, np.float32)):
        (unknown,), _ = heirs(before, [region(11, 0, 5, looks=looks)])
        assert unknown.likeness == 1


def test_nothing_named_leaves_nothing() -> None:
    assert heirs([region(1, 0, 10)], [region(11, 0, 10)]) == ([], [])
    assert heirs([], [region(11, 0, 10)]) == ([], [])
    assert heirs([region(1, 0, 10, label=7)], []) == ([], [1])


def test_regions_of_one_name_and_one_cluster_are_one_line_weighed_by_pixels() -> None:
    found = [
        *(Heir(1, 7, 3, 30, 1.0, 1.0), Heir(2, 7, 4, 10, 0.6, 0.5)),
        *(Heir(3, 7, 3, 10, 1.0, 0.9), Heir(4, 8, None, 10, 1.0, 0.9), Heir(5, 8, None, 10, 1.0, 0.9)),
    ]
    names = carried(found, {1: 50, 2: 50, 3: 51, 4: 50})
    assert [(each.label_id, each.old_cluster, each.new_cluster, each.region_ids) for each in names] == [
        *((7, 3, 50, (1, 2)), (7, 3, 51, (3,)), (8, None, 50, (4,)), (8, None, None, (5,))),
    ]
    assert [each.agreement for each in names] == pytest.approx([(30 + 10 * 0.3) / 40, 0.9, 0.9, 0.9])
    assert [each.regions for each in names] == [2, 1, 1, 1]
