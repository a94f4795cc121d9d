"""Means over the parts of an image by torch, as a graphics card finds them: against NumPy's."""

import numpy as np
import pytest
import torch

from acseg_core.nets.features import FeatureMap
from acseg_core.nets.part_averages import average_parts
from acseg_core.proposals.patches import Patches, neighbour_steps


def features(rows: int, columns: int, *, bare: bool = False) -> FeatureMap:
    generator = torch.Generator().manual_seed(0)

    def drawn(*shape: int) -> torch.Tensor:
        return torch.rand(*shape, generator=generator) - 0.3

    grid = (rows, columns)
    if bare:
        return FeatureMap(drawn(*grid, 8))
    tokens, keys, values, middle, upper = (drawn(*grid, 8) for _ in range(5))
    return FeatureMap(tokens, drawn(*grid).abs(), keys, values, middle, upper)


def shares(parts: int, patches: int) -> np.ndarray:
    drawn = np.random.default_rng(0).random((parts, patches)).astype(np.float32)
    return drawn / drawn.sum(axis=1, keepdims=True)


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("projected", [False, True])
def test_they_are_those_of_numpy(bare: bool, projected: bool) -> None:
    seen, weights = features(5, 6, bare=bare), shares(7, 30)
    patches = Patches.of(seen, None)
    described = patches.described(key_share=0.4, value_share=0.3).reshape(30, -1)
    matrix = np.random.default_rng(1).normal(size=(described.shape[1], 4)).astype(np.float32) if projected else None
    if matrix is not None:
        described = described @ matrix
        described /= np.linalg.norm(described, axis=1, keepdims=True)
    found = average_parts(seen, weights, shares=(0.4, 0.3), matrix=matrix)
    np.testing.assert_allclose(found.descriptions, weights @ described, atol=1e-5)
    tokens = seen.description_tokens.numpy().reshape(30, -1)
    np.testing.assert_allclose(found.tokens, weights @ tokens, atol=1e-5)
    steps = neighbour_steps(patches.tokens if patches.values is None else patches.values)
    assert found.step == pytest.approx(np.quantile(np.concatenate([step.ravel() for step in steps]), 0.75), abs=1e-5)
    if patches.attention is None:
        assert found.attention is None
    else:
        np.testing.assert_allclose(found.attention, weights @ patches.attention.ravel(), atol=1e-5)


def test_one_patch_has_no_neighbour() -> None:
    assert average_parts(features(1, 1), shares(1, 1), shares=(0.4, 0.3), matrix=None).step == 0
