"""Counts, sums and first pixels of cells by runs: against counting pixel by pixel."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from acseg_core.proposals.cell_runs import CellRuns

MAPS = arrays(np.int32, array_shapes(min_dims=2, max_dims=2, max_side=8), elements=st.integers(-1, 4))


@given(MAPS, st.integers(0, 100))
def test_they_say_what_the_pixels_say(numbers: np.ndarray, seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, 256, numbers.shape, dtype=np.uint8)
    runs = CellRuns.of(numbers)
    inside = [numbers == number for number in range(5)]
    assert runs.counts(5).tolist() == [int(mask.sum()) for mask in inside]
    assert runs.sums(values, 5).tolist() == [int(values[mask].sum()) for mask in inside]
    first = [int(np.flatnonzero(mask)[0]) if mask.any() else numbers.size for mask in inside]
    assert runs.first_pixels(5).tolist() == first


@given(MAPS)
def test_other_numbers_are_those_of_a_map_with_other_numbers(numbers: np.ndarray) -> None:
    number = np.array([3, 0, 3, 1, 2], np.int32)
    renumbered = np.append(number, np.int32(-1))[numbers]
    runs = CellRuns.of(numbers).renumbered(number)
    assert runs.counts(4).tolist() == CellRuns.of(renumbered).counts(4).tolist()
    assert runs.first_pixels(4).tolist() == CellRuns.of(renumbered).first_pixels(4).tolist()


@pytest.mark.parametrize("shape", [(1, 1), (1, 5), (5, 1)])
def test_one_number_is_one_run(shape: tuple[int, int]) -> None:
    runs = CellRuns.of(np.zeros(shape, np.int32))
    assert runs.starts.tolist() == [0]
    assert runs.sums(np.full(shape, 255, np.uint8), 1).tolist() == [255 * shape[0] * shape[1]]
