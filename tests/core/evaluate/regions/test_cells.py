"""Cells with tokens and colours: means as enlarged tokens have them, and what is merged first."""

import cv2
import numpy as np
import pytest

from acseg_core.evaluate.regions.cells import cell_tree, enlarged_means, slic_cells


def test_cells_are_about_as_many_as_wanted_and_without_gaps() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (12, 16, 3), dtype=np.uint8)
    image = cv2.resize(noise, (320, 240), interpolation=cv2.INTER_CUBIC)
    cells = slic_cells(image, 300)
    assert (cells.shape, cells.dtype) == ((240, 320), np.int32)
    assert np.unique(cells).tolist() == list(range(int(cells.max()) + 1))
    assert 200 < cells.max() + 1 < 400


@pytest.mark.parametrize(
    ("grid", "size"), [((5, 7), (60, 90)), ((9, 4), (37, 41)), ((1, 3), (10, 30)), ((6, 6), (4, 5))]
)
def test_means_are_those_of_tokens_enlarged_bilinearly(grid: tuple[int, int], size: tuple[int, int]) -> None:
    random = np.random.default_rng(0)
    tokens = random.normal(size=(*grid, 3)).astype(np.float32)
    cells = np.unique(random.integers(0, 12, size), return_inverse=True)[1].reshape(size).astype(np.int32)
    enlarged = cv2.resize(tokens, size[::-1], interpolation=cv2.INTER_LINEAR)
    expected = np.stack([enlarged[cells == cell].mean(axis=0) for cell in range(cells.max() + 1)])
    np.testing.assert_allclose(enlarged_means(tokens, cells), expected, atol=1e-4)


def stripes(count: int) -> np.ndarray:
    return np.tile(np.repeat(np.arange(count, dtype=np.int32), 20), (40, 1))


def test_tokens_and_colours_both_decide() -> None:
    """Four stripes: the tokens tell the left half from the right one, colours the outer stripes from the inner ones."""
    cells = stripes(4)
    tokens = np.zeros((4, 8, 2), np.float32)
    tokens[:, :4, 0] = tokens[:, 4:, 1] = 1
    image = np.where(np.isin(cells, (0, 3))[..., None], np.uint8(250), np.uint8(5)).repeat(3, axis=2)
    by_token = cell_tree(image, tokens, cells, colour=0.1).cut_to(2)
    assert by_token[0] == by_token[1] != by_token[2] == by_token[3]
    by_colour = cell_tree(image, tokens, cells, colour=10).cut_to(2)
    assert by_colour[0] == by_colour[3] != by_colour[1] == by_colour[2]


def test_a_lone_cell_is_a_tree() -> None:
    tokens = np.ones((2, 2, 3), np.float32)
    assert cell_tree(np.zeros((8, 8, 3), np.uint8), tokens, np.zeros((8, 8), np.int32)).leaves == 1
