"""Augmented views: the image, its mirror image, then random crops of it, mirrored in turn."""

import numpy as np

from acseg_training.augmentation import augmented_view

IMAGE = np.arange(40 * 60 * 3, dtype=np.uint16).reshape(40, 60, 3).astype(np.uint8)


def view(number: int, seed: int = 3) -> np.ndarray:
    return augmented_view(IMAGE, number, np.random.default_rng(seed))


def test_the_first_view_is_the_image_and_the_second_its_mirror_image() -> None:
    assert np.array_equal(view(0), IMAGE)
    assert np.array_equal(view(1), IMAGE[:, ::-1])


def test_further_views_are_crops_of_at_least_two_fifths_of_each_side() -> None:
    for seed in range(30):
        crop = view(2, seed)
        assert 0.4 * 40 - 1 <= crop.shape[0] <= 40
        assert 0.4 * 60 - 1 <= crop.shape[1] <= 60
        found = [
            (top, left)
            for top in range(40 - crop.shape[0] + 1)
            for left in range(60 - crop.shape[1] + 1)
            if np.array_equal(IMAGE[top : top + crop.shape[0], left : left + crop.shape[1]], crop)
        ]
        assert found, "a crop is a part of the image"


def test_odd_views_are_mirrored_and_the_same_draw_gives_the_same_crop() -> None:
    assert np.array_equal(view(3), view(2)[:, ::-1])
    assert not np.array_equal(view(2, seed=1), view(2, seed=2))
