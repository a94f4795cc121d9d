"""Rows of regions as edits read them: every column under its name, in the order asked for."""

import pytest

from acseg_core.errors import EditError
from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.store.edits.stored_regions import (
    StoredRegion,
    find_region,
    largest_first,
    require_region,
    stored_regions,
)
from acseg_core.store.schema import REGION


def test_the_fields_are_the_columns_and_the_size_of_the_image():
    assert StoredRegion._fields == (*(column.name for column in REGION.columns), "rows", "columns")


def test_every_column_is_read_under_its_name(world):
    project = world.create(images=1, regions=4)
    review.name_regions_as(project, [2], "sky")
    (stored,) = world.sql("SELECT * FROM region WHERE id = 2")
    with project.read() as connection:
        region = require_region(connection, 2)
    assert region[:-2] == stored
    assert (region.rows, region.columns) == (world.height, world.width)
    known = queries.regions_by_id(project, [2])[2]
    assert (region.mask, region.box, region.label_id) == (known.mask, known.bbox, known.label_id)
    assert {"id": 2} | region.values() == dict(zip(StoredRegion._fields, stored, strict=False))


def test_regions_come_in_the_order_they_were_made_or_largest_first(world):
    project = world.create(images=2, regions=4)
    with project.read() as connection:
        made = stored_regions(connection, REGION.c.image_id == 1)
        largest = largest_first(connection, REGION.c.image_id == 1)
    assert [each.id for each in made] == [1, 2, 3, 4]
    assert largest == sorted(made, key=lambda each: (-each.area, each.id))


def test_a_region_that_is_gone_is_none_or_an_error(world):
    project = world.create(images=1, regions=2)
    with project.read() as connection:
        assert find_region(connection, 99) is None
        with pytest.raises(EditError, match="99"):
            require_region(connection, 99)
