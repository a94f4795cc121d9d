"""The scale that makes one threshold follow the scene, and how it moves the heights of a tree."""

from __future__ import annotations

import numpy as np
import pytest

from acseg_core.config import TreeConfig
from acseg_core.proposals.patches import Patches
from acseg_core.proposals.scene_complexity import count_parts, scaled_heights, scene_scale
from acseg_core.proposals.tree import DEFAULT_THRESHOLD, ConceptTree

OFF = TreeConfig(steps=0, parts=0, own_heights=0)


def chain(heights: np.ndarray) -> ConceptTree:
    """A tree that takes in one leaf after the other."""
    count = len(heights)
    merges = [(0, 1), *((number + 1, count + number) for number in range(1, count))]
    return ConceptTree(np.array(merges, np.int32), np.asarray(heights, np.float32))


def patches(features: np.ndarray) -> Patches:
    tokens = np.random.default_rng(1).normal(size=features.shape)
    return Patches(tokens.astype(np.float32), values=features.astype(np.float32))


def test_each_sign_of_a_busy_scene_raises_the_scale():
    tree = chain(np.linspace(0.01, 0.12, 15))
    leaf = np.arange(16).repeat(4).reshape(8, 8)
    calm = np.ones((8, 8, 6))
    calm[:, 4:] = [1, 1, 1, -1, -1, -1]  # one strong contour
    random = np.random.default_rng(0)
    calm += 0.02 * random.normal(size=calm.shape)
    busy = calm + 0.7 * random.normal(size=calm.shape)
    steps = TreeConfig(parts=0, own_heights=0)
    assert scene_scale(patches(busy), leaf, tree, steps) > scene_scale(patches(calm), leaf, tree, steps)

    scattered = np.arange(64).reshape(8, 8) % 16
    parts = TreeConfig(steps=0, own_heights=0)
    assert scene_scale(patches(calm), scattered, tree, parts) > scene_scale(patches(calm), leaf, tree, parts)

    lower = chain(np.linspace(0.01, 0.12, 15) / 1.5)
    own = TreeConfig(steps=0, parts=0, own_heights=0.5)
    scales = [scene_scale(patches(calm), leaf, each, own) for each in (tree, lower)]
    assert scales[1] / scales[0] == pytest.approx(1.5**0.5, rel=1e-5)

    assert scene_scale(patches(busy), scattered, lower, OFF) == pytest.approx(1)


def test_tokens_stand_in_for_values():
    tree, leaf = chain(np.linspace(0.01, 0.12, 15)), np.arange(16).repeat(4).reshape(8, 8)
    steps = TreeConfig(parts=0, own_heights=0)
    even = np.ones((8, 8, 6), np.float32)
    rough = even + 0.6 * np.random.default_rng(0).normal(size=even.shape).astype(np.float32)
    assert scene_scale(Patches(rough), leaf, tree, steps) > scene_scale(Patches(even), leaf, tree, steps)


def test_parts_are_counted_region_by_region_without_specks():
    labels = np.zeros((20, 20), int)
    labels[2:6, 2:6] = labels[10:14, 10:14] = 1
    labels[17, 17] = 2  # a speck: below 0.4 % of 400 patches
    assert count_parts(labels) == 3
    assert count_parts(np.zeros((1, 1), int)) == 1


@pytest.mark.parametrize("scale", [0.5, 0.8, 1.0, 1.25, 1.6])
def test_the_scale_moves_the_default_cut_and_leaves_the_ends_alone(scale):
    heights = np.geomspace(1e-4, 2, 63)
    scaled = scaled_heights(heights.astype(np.float32), scale)
    ratio = scaled / heights
    nearest = np.abs(heights * scale - DEFAULT_THRESHOLD).argmin()
    assert ratio[nearest] == pytest.approx(scale, rel=0.05)
    assert ratio[[0, -1]] == pytest.approx([1, 1], abs=0.02)
    strictly = np.diff(scaled) > 0
    assert strictly.all(), "two merges at one height cannot be told apart by any cut"
    # Exactly those merges that the scale lifts over the threshold are left out by the default cut.
    np.testing.assert_array_equal(scaled > DEFAULT_THRESHOLD, heights.astype(np.float32) * scale > DEFAULT_THRESHOLD)
