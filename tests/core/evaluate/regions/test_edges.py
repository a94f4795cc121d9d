"""Other edges against slow versions of themselves."""

import cv2
import numpy as np
import pytest

from acseg_core.config import RefineConfig
from acseg_core.evaluate.regions import edges
from acseg_core.proposals.leaves import PatchTree
from acseg_core.proposals.refine import label_leaves
from acseg_core.proposals.tree import ConceptTree


def literal_pamr_step(image: np.ndarray, maps: np.ndarray, dilations: tuple[int, ...]) -> np.ndarray:
    """Pixel by pixel, as in the authors' code: |I - I_n| over a tenth of the standard deviation, softmax, mean."""
    height, width = image.shape[:2]
    colours = image.astype(np.float64) / 255
    result = np.zeros_like(maps)
    for y in range(height):
        for x in range(width):
            places, around = [], []
            for far in dilations:
                for down in (-far, 0, far):
                    for right in (-far, 0, far):
                        v, u = min(max(y + down, 0), height - 1), min(max(x + right, 0), width - 1)
                        around.append(colours[v, u])
                        if down or right:
                            places.append((v, u))
            sigma = np.std(around, axis=0, ddof=1)
            logits = np.array([-np.mean(np.abs(colours[p] - colours[y, x]) / (1e-8 + 0.1 * sigma)) for p in places])
            weights = np.exp(logits - logits.max())
            weights /= weights.sum()
            result[y, x] = sum(weight * maps[p] for weight, p in zip(weights, places, strict=True))
    return result


def test_pamr_step_against_the_literal_one() -> None:
    random = np.random.default_rng(0)
    image = random.integers(0, 256, (7, 9, 3), dtype=np.uint8)
    maps = random.random((7, 9, 2))
    expected = literal_pamr_step(image, maps, (1, 2, 4))
    step = edges.pixel_affinity(image, (1, 2, 4)) @ maps.reshape(-1, 2)
    assert step.reshape(7, 9, 2) == pytest.approx(expected, abs=1e-5)


def test_pamr_of_a_flat_image_is_a_mean() -> None:
    affinity = edges.pixel_affinity(np.full((6, 6, 3), 90, np.uint8), (1,))
    assert np.asarray(affinity.sum(axis=1)).ravel() == pytest.approx(1, abs=1e-5)
    assert affinity.data == pytest.approx(1 / 8, abs=1e-6)


PAIR = ConceptTree(np.array([[0, 1]], np.int32), np.array([0.1], np.float32))


def halves(shift: int) -> tuple[np.ndarray, np.ndarray]:
    """An image whose right part begins at column 40 + shift; maps of 10 pixels a patch that end at 40."""
    image = np.full((80, 80, 3), 40, np.uint8)
    image[:, 40 + shift :] = 220
    similarity = np.zeros((8, 8, 2), np.float32)
    similarity[:, :4, 0] = similarity[:, 4:, 1] = 1
    return image, similarity


def test_bilinear_does_not_look_at_the_image_and_pamr_does() -> None:
    image, similarity = halves(3)
    truth = (image[:, :, 0] > 100).astype(int)
    plain = edges.bilinear_leaves(PatchTree(PAIR, similarity), image, RefineConfig())
    assert np.array_equal(plain[0], (np.arange(80) >= 40).astype(int))
    refined = edges.pamr_leaves(PatchTree(PAIR, similarity), image, RefineConfig())
    assert (refined == truth).mean() > (plain == truth).mean()


def test_large_images_are_refined_small() -> None:
    image, similarity = halves(0)
    refined = edges.pamr_leaves(PatchTree(PAIR, similarity), cv2.resize(image, (160, 160)), RefineConfig(max_side=64))
    assert refined.shape == (160, 160)
    assert (refined[:, :70] == 0).all()
    assert (refined[:, 90:] == 1).all()


def test_a_single_concept() -> None:
    image = np.zeros((20, 30, 3), np.uint8)
    lone = ConceptTree(np.zeros((0, 2), np.int32), np.zeros(0, np.float32))
    assert not edges.pamr_leaves(PatchTree(lone, np.ones((2, 3, 1), np.float32)), image, RefineConfig()).any()


def test_without_an_edge_to_follow_the_products_filter_is_bilinear() -> None:
    """Guided by a flat image with a window of one pixel, the product's filter changes nothing but the size."""
    similarity = np.random.default_rng(0).random((5, 6, 4)).astype(np.float32)
    tree = ConceptTree(np.array([[0, 1], [2, 3], [4, 5]], np.int32), np.array([0.1, 0.2, 0.3], np.float32))
    wide = np.full((50, 60, 3), 100, np.uint8)
    plain = edges.bilinear_leaves(PatchTree(tree, similarity), wide, RefineConfig())
    agree = plain == label_leaves(PatchTree(tree, similarity), wide, RefineConfig(radius=1, epsilon=1e-6))
    assert agree.mean() > 0.9
