"""The guided filter: OpenCV's, found with less work."""

import cv2
import numpy as np
import pytest

from acseg_core.proposals.guided_filter import GuidedFilter


def photo(height: int, width: int) -> np.ndarray:
    noise = np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 3)


def opencv(guide: np.ndarray, radius: int, epsilon: float, scale: float, patches: np.ndarray) -> np.ndarray:
    smooth = cv2.resize(patches, guide.shape[1::-1])
    return cv2.ximgproc.createGuidedFilter(guide, radius, epsilon * 255**2, scale).filter(smooth)


@pytest.mark.parametrize(("size", "step"), [((480, 640), 4), ((321, 481), 4), ((100, 131), 2), ((20, 31), 1)])
def test_it_agrees_with_opencv(size: tuple[int, int], step: int) -> None:
    guide = photo(*size)
    patches = cv2.GaussianBlur(np.random.default_rng(1).uniform(-1, 1, (32, 42)).astype(np.float32), (0, 0), 2)
    found = GuidedFilter(guide, 5, 1e-2, step).sharpen(patches)
    expected = opencv(guide, 5, 1e-2, 1 / step, patches)
    assert found.shape == size
    # Maps are enlarged to the samples at once, not to full size first, and samples lie exactly ``step`` pixels apart.
    assert np.abs(found - expected).mean() < 0.02 * expected.std()
    assert ((found > 0) != (expected > 0)).mean() < 0.01


@pytest.mark.parametrize("size", [(64, 96), (71, 93)])
@pytest.mark.parametrize("step", [1, 2, 4])
def test_a_part_of_the_image_is_that_part_of_the_whole(size: tuple[int, int], step: int) -> None:
    edges = GuidedFilter(photo(*size), 3, 1e-2, step)
    patches = np.random.default_rng(1).random((6, 9), dtype=np.float32)
    whole = edges.sharpen(patches).copy()
    for top, bottom, left, right in ((0, 1, 0, 1), (5, 40, 17, 60), (30, size[0], 50, size[1]), (0, size[0], 3, 4)):
        box = slice(top, bottom), slice(left, right)
        np.testing.assert_allclose(edges.sharpen(patches, box), whole[box], atol=1e-5)


def test_a_map_of_the_guides_own_size_gives_opencvs_figures() -> None:
    guide = photo(60, 80)
    values = np.random.default_rng(1).random((60, 80), dtype=np.float32)
    found = GuidedFilter(guide, 4, 1e-2).sharpen(values)
    assert np.abs(found - opencv(guide, 4, 1e-2, 1.0, values)).max() < 1e-4


def test_an_edge_of_the_guide_becomes_the_edge_of_the_map() -> None:
    guide = np.zeros((64, 96, 3), np.uint8)
    guide[:, 50:] = (200, 120, 40)
    patches = np.where(np.arange(12) * 8 < 48, 1.0, -1.0).astype(np.float32)[None].repeat(8, axis=0)
    found = GuidedFilter(guide, 8, 1e-4).sharpen(patches)
    steps = -np.diff(found, axis=1)
    assert (steps.argmax(axis=1) == 49).all(), "the patches' own edge is at 48"


def test_a_guide_without_any_contrast_is_a_plain_mean() -> None:
    values = np.random.default_rng(0).random((30, 40), dtype=np.float32)
    found = GuidedFilter(np.full((30, 40, 3), 77, np.uint8), 2, 1e-2).sharpen(values)
    once = cv2.blur(values, (5, 5), borderType=cv2.BORDER_REFLECT)
    assert np.allclose(found, cv2.blur(once, (5, 5), borderType=cv2.BORDER_REFLECT), atol=1e-4)


def test_every_call_writes_into_the_same_memory() -> None:
    edges = GuidedFilter(photo(40, 40), 3, 1e-2)
    first = edges.sharpen(np.zeros((4, 4), np.float32))
    assert np.shares_memory(first, edges.sharpen(np.ones((4, 4), np.float32)))
    assert first.min() == pytest.approx(1, abs=1e-3)
