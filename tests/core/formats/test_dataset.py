"""What leaves: categories and their numbers, frames, void, and the count of what formats lose."""

import numpy as np
import pytest
from hard_project import ALL_LABELS, EDGES, LABELS, RINGS, THING, TURNED, VOID

from acseg_core.formats.dataset import UNNAMED, Dataset, DatasetSettings, Frame, Kept
from acseg_core.formats.instances import ShapeOptions
from acseg_core.images.photos import turned, turned_back
from acseg_core.shapes import masks
from acseg_core.store import queries


def images_of(project, **settings):
    dataset = Dataset(project, queries.image_ids(project), DatasetSettings(**settings), kept=())
    return dataset, {image.record.path: image for image in dataset.images()}


def test_categories_count_in_the_order_of_the_ids_that_stay(hard):
    dataset, _ = images_of(hard)
    assert [each.number for each in dataset.in_order] == list(range(299))
    assert [each.id for each in dataset.in_order] == sorted(each.id for each in dataset.categories)
    assert [each.name for each in dataset.categories] == [name for name in LABELS if name != VOID]
    everything, _ = images_of(hard, all_regions=True)
    assert everything.categories[0].name == UNNAMED
    assert everything.categories[0].id == max(label.category_id for label in queries.labels(hard)) + 1


def test_void_is_apart_from_the_shapes(hard):
    _, images = images_of(hard)
    void = masks.decode(images[EDGES].void)
    assert void.sum() == 4 + 8
    assert all(masks.intersection_area(shape.mask, images[EDGES].void) == 0 for shape in images[EDGES].shapes)
    assert images[RINGS].void is None


def test_all_regions_cover_every_image_once(hard):
    _, images = images_of(hard, all_regions=True)
    for image in images.values():
        painted = np.zeros(image.size, int)
        for shape in image.shapes:
            painted += masks.decode(shape.mask)
        assert (painted == 1).all() or not image.shapes, image.name


def test_a_turned_photo_as_it_is_stored(hard):
    _, displayed = images_of(hard)
    _, stored = images_of(hard, frame=Frame.STORED)
    assert stored[TURNED].size == displayed[TURNED].size[::-1]
    for one, other in zip(displayed[TURNED].shapes, stored[TURNED].shapes, strict=True):
        upright = turned(masks.decode(other.mask).view(np.uint8), 6)
        assert np.array_equal(upright, masks.decode(one.mask))
    assert stored[RINGS].shapes[0].mask == displayed[RINGS].shapes[0].mask


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_has_its_way_back(orientation):
    pixels = np.arange(6, dtype=np.uint8).reshape(2, 3)
    assert np.array_equal(turned(turned_back(pixels, orientation), orientation), pixels)


def test_what_formats_lose_is_counted(hard):
    dataset, images = images_of(hard, shapes=ShapeOptions("region"))
    found = dataset.counts.features
    assert found[Kept.NEGATIVES] == 2
    assert found[Kept.VOID] == 1
    assert found[Kept.REMARKS] == 2
    assert found[Kept.THINGS] == 1
    assert found[Kept.SUPERCATEGORIES] == 1
    assert found[Kept.COLORS] == found[Kept.IDS] == 299
    assert found[Kept.PARTS] >= 3
    assert dataset.counts.images == len(images)
    assert dataset.counts.shapes == sum(len(image.shapes) for image in images.values())
    nothing = Dataset(hard, queries.image_ids(hard), DatasetSettings())
    assert len(list(nothing.images())) == len(images)
    assert nothing.counts.features == {}


def test_parts_of_things_are_shapes(hard):
    _, images = images_of(hard)
    assert len([shape for shape in images[RINGS].shapes if shape.category.name == THING]) > 1
    assert len(images[ALL_LABELS].shapes) == 299
