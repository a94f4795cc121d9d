"""Tiles of a large image: they cover it, agree where they overlap, and leave what the whole image knows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from acseg_core.nets.features import FeatureMap
from acseg_core.nets.tiles import MOST_PATCHES, join_tiles, tile_places, tiled_grid


@given(st.integers(1, 200), st.integers(1, 200), st.integers(4, 40))
def test_tiles_are_of_one_size_cover_the_grid_and_overlap(rows, columns, side):
    places = tile_places((rows, columns), side)
    covered = np.zeros((rows, columns), int)
    for place in places:
        assert covered[place].shape == (min(rows, side), min(columns, side))
        covered[place] += 1
    assert covered.min() == 1
    starts = sorted({place[0].start for place in places})
    assert all(second - first <= round(0.75 * side) for first, second in pairwise(starts))


@pytest.mark.parametrize(
    ("size", "expected"), [((448, 448), None), ((500, 450), None), ((1344, 896), (64, 96)), ((300, 40), None)]
)
def test_tiles_are_worth_it_for_large_images_only(size, expected):
    assert tiled_grid(*size, patch=14, whole=(32, 32)) == expected


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_a_huge_image_has_no_more_patches_than_memory_holds(width, height):
    grid = tiled_grid(width, height, patch=14, whole=(1, 1))
    if grid is not None:
        assert grid[0] * grid[1] <= 1.1 * MOST_PATCHES + max(grid)


def field(rows: int, columns: int) -> torch.Tensor:
    """(rows, columns, 2) features that change slowly over an image."""
    y, x = torch.meshgrid((torch.arange(rows) + 0.5) / rows, (torch.arange(columns) + 0.5) / columns, indexing="ij")
    return torch.stack((torch.sin(3 * y) + x, torch.cos(4 * x) - y), dim=2)


def seams(found: torch.Tensor) -> float:
    """The greatest step between neighbouring patches, of how far the features are from those that change slowly."""
    apart = found - field(*found.shape[:2])
    return max(float((apart[1:] - apart[:-1]).abs().max()), float((apart[:, 1:] - apart[:, :-1]).abs().max()))


def test_each_tiles_own_shift_is_gone_and_its_detail_is_there():
    """A tile lies somewhere else in feature space; what it knows more than the whole image is a chequered pattern."""
    grid, random = (48, 64), torch.Generator().manual_seed(0)
    detail = ((torch.arange(48)[:, None] + torch.arange(64)) % 2 * 0.2 - 0.1)[..., None]
    fine = field(*grid) + detail
    tiles = [(place, FeatureMap(fine[place] + 5 * torch.randn(2, generator=random))) for place in tile_places(grid, 16)]
    found = join_tiles(FeatureMap(field(12, 16)), grid, tiles).tokens
    assert found.shape == (48, 64, 2)
    assert float((found - field(*grid) - detail / 2)[4:-4, 4:-4].abs().max()) < 0.1
    assert seams(found - detail / 2) < 0.04


def test_all_that_a_view_has_is_mixed_but_attention_which_is_the_whole_images():
    whole = FeatureMap(
        torch.ones(3, 4, 2), torch.full((3, 4), 0.05), torch.ones(3, 4, 2), torch.ones(3, 4, 2), torch.ones(3, 4, 2)
    )
    tile = FeatureMap(
        torch.zeros(6, 8, 2), torch.ones(6, 8), torch.zeros(6, 8, 2), torch.zeros(6, 8, 2), torch.zeros(6, 8, 2)
    )
    found = join_tiles(whole, (6, 8), [((slice(0, 6), slice(0, 8)), tile)])
    for part in (found.tokens, found.keys, found.values, found.middle):
        torch.testing.assert_close(part, torch.ones(6, 8, 2))
    assert found.upper is None
    torch.testing.assert_close(found.cls_attention.sum(), whole.cls_attention.sum())
    assert found.cls_attention.shape == (6, 8)
