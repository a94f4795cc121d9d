"""What patches are compared by, their colours, weights and differences."""

from __future__ import annotations

import cv2
import hypothesis
import numpy as np
import pytest
import torch
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from acseg_core.nets.features import FeatureMap
from acseg_core.proposals.patches import (
    Patches,
    describe,
    label_shares,
    neighbour_steps,
    patch_colours,
    patch_weights,
)


def some(count: int, seed: int = 0) -> list[np.ndarray]:
    """(3, 4, 6) float32 arrays."""
    return list(np.random.default_rng(seed).normal(size=(count, 3, 4, 6)).astype(np.float32))


def cosine(part: np.ndarray) -> float:
    first, second = describe(part, None)[0, 0], describe(part, None)[2, 3]
    return float(first @ second)


def test_the_shares_are_weights_in_the_cosine():
    tokens, keys, values = some(3)
    described = describe(tokens, keys, values, key_share=0.3, value_share=0.2)
    assert described.shape == (3, 4, 18)
    np.testing.assert_allclose(np.linalg.norm(described, axis=2), 1, rtol=1e-5)
    expected = 0.5 * cosine(tokens) + 0.3 * cosine(keys) + 0.2 * cosine(values)
    assert described[0, 0] @ described[2, 3] == pytest.approx(expected, abs=1e-6)


def test_what_is_missing_leaves_its_weight_to_the_others():
    tokens, keys = some(2)
    np.testing.assert_array_equal(describe(tokens, None, None, key_share=0.5, value_share=0.5), describe(tokens, None))
    described = describe(tokens, keys, None, key_share=0.3, value_share=0.4)
    expected = (0.3 * cosine(tokens) + 0.3 * cosine(keys)) / 0.6
    assert described[0, 0] @ described[2, 3] == pytest.approx(expected, abs=1e-6)
    assert describe(tokens, keys, key_share=0).shape == (3, 4, 6)


def test_patches_of_features():
    tokens, keys, values = some(3)
    attention = np.full((3, 4), 0.05, np.float32)
    features = FeatureMap(*(torch.from_numpy(part) for part in (tokens, attention, keys, values)))
    patches = Patches.of(features, np.full((30, 40, 3), 255, np.uint8))
    assert patches.grid == (3, 4)
    for found, given in ((patches.tokens, tokens), (patches.keys, keys), (patches.values, values)):
        np.testing.assert_array_equal(found, given)
    np.testing.assert_array_equal(patches.attention, attention)
    np.testing.assert_allclose(patches.colours, np.tile([1.0, 0, 0], (3, 4, 1)), atol=1e-3)  # white: lightness 100
    bare = Patches.of(FeatureMap(torch.from_numpy(tokens)), np.zeros((30, 40, 3), np.uint8))
    assert (bare.keys, bare.values, bare.attention) == (None, None, None)


def test_colours_are_the_means_of_the_patches():
    image = np.zeros((20, 30, 3), np.uint8)
    image[:10, 10:20] = (200, 40, 30)
    colours = patch_colours(image, (2, 3))
    expected = cv2.cvtColor(np.array([[[200, 40, 30]]], np.float32) / 255, cv2.COLOR_RGB2LAB)[0, 0] / 100
    np.testing.assert_allclose(colours[0, 1], expected, atol=1e-4)
    assert not colours[1].any()


def test_without_attention_all_patches_weigh_the_same():
    assert (patch_weights(None, 0.4, (2, 3)) == 1).all()
    assert (patch_weights(np.zeros((2, 3), np.float32), 0.4, (2, 3)) == 1).all()
    weights = patch_weights(np.array([[1, 3]], np.float32), 0.5, (1, 2))
    assert weights[0, 1] / weights[0, 0] == pytest.approx(3**0.5)


def test_steps_between_neighbours():
    features = np.zeros((2, 2, 2), np.float32)
    features[0, 0], features[0, 1], features[1, 0], features[1, 1] = (1, 0), (0, 5), (2, 0), (1, 1)
    across, down = neighbour_steps(features)
    np.testing.assert_allclose(across, [[1], [1 - 0.5**0.5]], atol=1e-6)
    np.testing.assert_allclose(down, [[0, 1 - 0.5**0.5]], atol=1e-6)


@hypothesis.settings(max_examples=50, deadline=None)
@hypothesis.given(
    arrays.arrays(np.int64, st.tuples(st.integers(1, 13), st.integers(1, 13)), elements=st.integers(-1, 4)),
    st.integers(1, 5),
    st.integers(1, 5),
)
def test_label_shares_count_pixels(label_map: np.ndarray, rows: int, columns: int) -> None:
    labels, shares = label_shares(label_map, (rows, columns))
    height, width = label_map.shape
    assert labels.tolist() == sorted(set(label_map.ravel().tolist()) - {-1})
    for row in range(rows):
        for column in range(columns):
            inside = [
                label_map[y, x]
                for y in range(height)
                for x in range(width)
                if y * rows // height == row and x * columns // width == column
            ]
            expected = [inside.count(label) / max(1, len(inside)) for label in labels]
            np.testing.assert_allclose(shares[row * columns + column], expected, atol=1e-6)


def test_label_shares_of_large_maps_come_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    label_map = np.random.default_rng(0).integers(-1, 3, (40, 30))
    whole = label_shares(label_map, (4, 3))[1]
    monkeypatch.setattr("acseg_core.proposals.patches._PIXELS_AT_ONCE", 70)
    np.testing.assert_array_equal(label_shares(label_map, (4, 3))[1], whole)
