"""Parts of masks: all pixels, each in one part, crumbs with the nearest."""

import numpy as np
from hypothesis import example, given, settings
from hypothesis.extra import numpy as hnp
from scipy import ndimage

from acseg_core.shapes import masks
from acseg_core.shapes.parts import CRUMB_PIXELS, count_parts, parts, piece_areas, usual_crumb
from acseg_core.types import Rle

MASKS = hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=14).flatmap(
    lambda shape: hnp.arrays(np.bool_, shape)
)


def laid_out(found: tuple[Rle, ...]) -> list[np.ndarray]:
    return [masks.decode(part) for part in found]


@given(MASKS)
@settings(deadline=None, max_examples=300)
@example(np.array([[1, 0], [0, 1]], bool))
@example(np.array([[0, 1, 0], [0, 0, 0], [1, 0, 1]], bool))
@example(np.array([[0, 0, 1], [1, 0, 0]], bool))
def test_pieces_are_those_of_another_library_and_hold_every_pixel(mask):
    numbers, count = ndimage.label(mask, np.ones((3, 3)))
    areas = np.sort(np.bincount(numbers.ravel())[1:])[::-1]
    rle = masks.encode(mask)
    assert piece_areas(rle).tolist() == areas.tolist()
    found = laid_out(parts(rle, crumb_area=1))
    assert len(found) == max(1, count)
    assert (np.sum(found, axis=0) == mask).all()
    for part in found[:count]:
        inside = np.unique(numbers[part])
        assert len(inside) == 1
        assert part.sum() == (numbers == inside[0]).sum()


@given(MASKS)
@settings(deadline=None, max_examples=200)
def test_with_crumbs_no_pixel_is_lost_and_each_goes_with_a_nearest_part(mask):
    numbers, _ = ndimage.label(mask, np.ones((3, 3)))
    areas = np.bincount(numbers.ravel())[1:]
    found = laid_out(parts(masks.encode(mask), crumb_area=4))
    assert (np.sum(found, axis=0) == mask).all()
    whole = [number for number, area in enumerate(areas, 1) if area >= 4]
    assert len(found) == max(1, len(whole))
    for number in range(1, len(areas) + 1):
        owners = [index for index, part in enumerate(found) if (part & (numbers == number)).any()]
        assert len(owners) == 1, "a crumb stays together"
        if number not in whole and len(whole) > 1:
            ways = {other: ndimage.distance_transform_edt(numbers != other)[numbers == number].min() for other in whole}
            (core,) = {n for n in whole if (found[owners[0]] & (numbers == n)).any()}
            assert ways[core] <= 1.06 * min(ways.values())


def two_cars_and_dirt() -> np.ndarray:
    mask = np.zeros((400, 600), bool)
    mask[100:200, 50:250] = True
    mask[120:220, 400:550] = True
    mask[150:153, 255:260] = True  # 15 pixels
    mask[10:13, 500:560] = True  # 180 pixels of 35,195: less than 1 %
    return mask


def test_what_is_small_goes_with_the_nearest_part():
    rle = masks.encode(two_cars_and_dirt())
    assert len(piece_areas(rle)) == 4
    assert count_parts(rle) == 2
    left, right = laid_out(parts(rle))
    assert left[:, :300].sum() == left.sum() == 200 * 100 + 15
    assert right.sum() == 150 * 100 + 180


def test_what_a_crumb_is():
    large, small = (masks.encode(np.ones(shape, bool)) for shape in ((500, 500), (8, 6)))
    assert usual_crumb(large, 200_000) == 2000
    assert usual_crumb(large, 100) == CRUMB_PIXELS
    assert usual_crumb(small, 20) == 0.2, "in an image of 48 pixels one pixel may be a thing"


def test_nothing_is_in_no_parts():
    empty = masks.encode(np.zeros((3, 3), bool))
    assert count_parts(empty) == 0
    assert parts(empty) == (empty,)
