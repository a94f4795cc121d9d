"""What dense propagation compares, and pixels from a memory's votes."""

import numpy as np
import pytest

from acseg_core import dense
from acseg_core.classify import TokenMemory
from acseg_core.config import RefineConfig
from acseg_core.tokens import PatchTokens


def part(seed):
    return np.random.default_rng(seed).normal(size=(3, 4, 8)).astype(np.float16)


def test_three_depths_are_compared_alike():
    """The cosine of two patches is the mean of their cosines at the three depths, however long the tokens are."""
    depths = [part(0), part(1) * 7, part(2)]
    found = dense.compared(PatchTokens(depths[0], part(3), depths[1], depths[2])).reshape(12, -1)
    expected = np.zeros((12, 12))
    for depth in depths:
        points = depth.reshape(12, 8).astype(float)
        points /= np.linalg.norm(points, axis=1, keepdims=True)
        expected += points @ points.T / 3
    np.testing.assert_allclose(found @ found.T, expected, atol=1e-3)


def test_a_shallow_network_is_compared_by_tokens_and_keys():
    found = dense.compared(PatchTokens(part(0), part(1)))
    assert found.shape == (3, 4, 16)
    assert dense.compared(PatchTokens(part(0))).shape == (3, 4, 8)
    np.testing.assert_allclose(np.linalg.norm(found, axis=2), 1, atol=1e-3)


def two_halves(columns=12):
    """Left patches look one way, right ones another; so does the image, whose edge lies inside a patch."""
    random = np.random.default_rng(0)
    directions = np.eye(8)[[0, 1]]
    tokens = directions[(np.arange(columns) >= columns // 2).astype(int)][None].repeat(6, axis=0)
    tokens = (tokens + 0.1 * random.normal(size=tokens.shape)).astype(np.float16)
    image = np.zeros((60, 10 * columns, 3), np.uint8)
    image[:, 5 * columns + 3 :] = 255
    return PatchTokens(tokens), image


def test_pixels_follow_the_image_within_patches():
    seen, image = two_halves()
    memory = TokenMemory()
    truth = np.where(image[:, :, 0] > 0, 9, 4)
    memory.add(dense.compared(seen), truth)
    found = dense.recognise(memory, seen, image, RefineConfig())
    assert found.labels.tolist() == [4, 9]
    assert found.label_map.shape == (60, 120)
    wrong_columns = (found.labels[found.label_map] != truth).mean() * 120
    assert wrong_columns < 2.5, "patches alone would leave three columns wrong"
    assert found.probabilities.shape == (6, 12, 2)


def test_more_labels_than_a_map_can_hold_leave_out_the_least_likely(monkeypatch):
    monkeypatch.setattr(dense, "_MOST_LABELS", 2)
    seen, image = two_halves()
    memory = TokenMemory()
    strip = np.full((6, 12), 4)
    strip[:, 6:] = 9
    strip[0, 0] = 6
    memory.add(dense.compared(seen), strip)
    found = dense.recognise(memory, seen, image, RefineConfig())
    assert found.labels.tolist() == [4, 9]
    with pytest.raises(ValueError, match="empty"):
        dense.recognise(TokenMemory(), seen, image, RefineConfig())
