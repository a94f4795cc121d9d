"""Rows as frozen dataclasses, and texts in the forms in which they are compared and sorted."""

import dataclasses
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acseg_core.images.finding import natural_key
from acseg_core.store import queries
from acseg_core.store.database import folded
from acseg_core.store.edits import ingest, review, suggestions
from acseg_core.store.records import image_values, sort_key
from acseg_core.types import ImageStatus, RegionOrigin, RegionStatus, Verdict

PATHS = [
    "a/2.jpg",
    "a/10.jpg",
    "a/010.png",
    "A/3.jpg",
    "b.jpg",
    "a b/1.jpg",
    "a1/b2",
    "a1/b10",
    "ä.jpg",
    "z",
    "1",
    "02",
]


def test_sort_keys_sort_as_natural_order_does():
    shuffled = PATHS.copy()
    random.Random(3).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == sorted(shuffled, key=natural_key)
    assert sorted(["b10", "b9", "b", "a/z", "a-1"], key=sort_key) == ["a/z", "a-1", "b", "b9", "b10"]


@given(st.integers(0, 10**30), st.integers(0, 10**30), st.sampled_from(["", "0", "000"]))
def test_numbers_of_any_length_sort_by_their_value(first, second, zeros):
    assert (sort_key(f"img{zeros}{first}.jpg") < sort_key(f"img{second}.jpg")) == (first < second)


@pytest.mark.parametrize(
    ("one", "other"), [("Straße", "STRASSE"), ("caf\u00e9", "CAFE\u0301"), ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("cat", "CAT")]
)
def test_case_and_ways_to_write_an_accent_make_no_difference(one, other):
    assert folded(one) == folded(other)
    assert folded(folded(one)) == folded(one)


def test_accents_themselves_do():
    assert folded("cafe") != folded("café")


def test_an_image_comes_back_as_it_was_read(world):
    info = world.info("a/1.tif", sha256="c" * 64, stored_width=6, stored_height=8, orientation=6, mode="I;16")
    info = dataclasses.replace(info, georeference='{"transform": [1, 1, 0, 2, 0, -1]}')
    project = world.create()
    ingest.add_images(project, [info])
    (record,) = queries.images(project)
    assert record.info == info
    assert (record.id, record.status, record.problem, record.granularity) == (1, ImageStatus.NEW, "", None)
    assert image_values(info) == {
        name: getattr(info, name)
        for name in (*("sha256", "file_size", "mtime_ns", "stored_width"), *("stored_height", "width", "height"))
    } | {"orientation": 6, "mode": "I;16", "georeference": info.georeference} | {"rendering": "", "tile": None}


def test_a_region_says_what_its_row_says(world):
    project = world.create(images=1, regions=3)
    review.name_regions_as(project, [1], "cat")
    suggestions.save_suggestions(project, [2], [1], [0.75])
    first, second, third = (queries.regions_by_id(project, [id_])[id_] for id_ in (1, 2, 3))
    assert (first.label_id, first.status, first.confidence) == (1, RegionStatus.ACCEPTED, None)
    assert (second.label_id, second.suggestion_id, second.status) == (None, 1, RegionStatus.SUGGESTED)
    assert second.confidence == 0.75
    assert (third.status, third.origin, third.verdict) == (RegionStatus.PROPOSED, RegionOrigin.CUT, Verdict.NONE)
    assert (third.mask.height, third.mask.width) == (world.height, world.width)
    ((area, x, width),) = world.sql("SELECT area, box_x, box_width FROM region WHERE id = 3")
    assert (third.area, third.bbox[0], third.bbox[2]) == (area, x, width)


def test_what_is_left_of_a_suggestion_without_its_label_says_nothing(world):
    project = world.create(images=1, regions=2)
    world.sql("UPDATE region SET confidence = 0.5 WHERE id = 1")
    assert queries.regions_by_id(project, [1])[1].confidence is None
