"""Label maps as polygons with shared borders, judged by GEOS."""

import numpy as np
import pytest

from acseg_core.shapes.coverage import BorderTracer

shapely = pytest.importorskip("shapely")


def polygons_of(numbers: np.ndarray, *, rows: int) -> dict[int, object]:
    """A shapely MultiPolygon of each number, traced in bands of so many rows."""
    tracer = BorderTracer(numbers.shape[1])
    for top in range(0, len(numbers), rows):
        tracer.add(numbers[top : top + rows].astype(np.int32))
    tracer.finish()
    return {
        number: shapely.MultiPolygon([shapely.Polygon(part.outer, part.holes) for part in tracer.take(number)])
        for number in np.unique(numbers).tolist()
        if number
    }


def painted(polygons: dict[int, object], shape: tuple[int, int]) -> np.ndarray:
    """Which number each pixel's centre is in."""
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    found = np.zeros(shape, int)
    for number, polygon in polygons.items():
        inside = shapely.contains_xy(polygon, columns.ravel() + 0.5, rows.ravel() + 0.5).reshape(shape)
        assert not found[inside].any()
        found[inside] = number
    return found


def random_maps():
    for seed in range(40):
        random = np.random.default_rng(seed)
        height, width = random.integers(1, 40, 2)
        numbers = random.integers(0, random.integers(2, 6), (height, width))
        if seed % 2:
            numbers = numbers.repeat(random.integers(1, 5), axis=0).repeat(random.integers(1, 5), axis=1)
        yield numbers
    nested = np.zeros((31, 31), int)
    for ring in range(15):  # islands in holes of islands, many deep
        nested[ring : 31 - ring, ring : 31 - ring] = ring % 2 + 1
    yield nested
    chess = np.indices((9, 9)).sum(axis=0) % 2 + 1
    yield chess
    yield np.where(chess == 2, 0, 1)


@pytest.mark.parametrize("rows", [1, 7, 1000])
def test_polygons_are_the_pixels_and_a_valid_coverage(rows):
    for numbers in random_maps():
        polygons = polygons_of(numbers, rows=rows)
        assert all(polygon.is_valid for polygon in polygons.values())
        assert shapely.coverage_is_valid(list(polygons.values()))
        assert (painted(polygons, numbers.shape) == numbers).all()
        assert {number: polygon.area for number, polygon in polygons.items()} == {
            number: np.count_nonzero(numbers == number) for number in polygons
        }


def test_where_bands_end_makes_no_difference():
    numbers = np.random.default_rng(1).integers(0, 4, (30, 40)).repeat(3, axis=0)
    once, often = polygons_of(numbers, rows=1000), polygons_of(numbers, rows=4)
    assert once.keys() == often.keys()
    for number, polygon in once.items():
        assert polygon.normalize().equals_exact(often[number].normalize())


def test_there_is_a_point_where_a_third_one_begins_and_none_in_between():
    numbers = np.array([[1, 1, 1, 1], [2, 2, 3, 3]])
    points = {tuple(map(int, point)) for point in polygons_of(numbers, rows=1)[1].geoms[0].exterior.coords}
    assert points == {(0, 0), (4, 0), (4, 1), (2, 1), (0, 1)}


@pytest.mark.parametrize("tolerance", [0.8, 3, 30])
def test_simplified_together_they_are_still_a_coverage(tolerance):
    rows, columns = np.indices((60, 70))
    numbers = ((rows + 2 * columns) // 11 + rows // 25) % 4
    before = list(polygons_of(numbers, rows=8).values())
    after = shapely.coverage_simplify(before, tolerance)
    assert shapely.coverage_is_valid(after)
    assert sum(shapely.get_num_coordinates(after)) < sum(shapely.get_num_coordinates(before))


def test_what_is_taken_is_forgotten():
    tracer = BorderTracer(3)
    tracer.add(np.array([[5, 5, 0]], np.int32))
    tracer.finish()
    assert len(tracer.take(5)) == 1
    assert tracer.take(5) == []
