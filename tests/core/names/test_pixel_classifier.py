"""Pixels correct what patches say of them: features, what is learned, and how much of it counts."""

import cv2
import numpy as np
import pytest

from acseg_core.names.pixel_classifier import FEW_IMAGES, SHARES, PixelClassifier, pixel_features, working_picture

WALL, CRACK, DARK = 4, 9, 12


def cracked(seed, *, brightness=0):
    """A wall of random brightness with a dark line of three pixels: (90, 120, 3) image, (90, 120) labels."""
    random = np.random.default_rng(seed)
    label_map = np.full((90, 120), WALL)
    row = int(random.integers(20, 70))
    label_map[row : row + 3] = CRACK
    level = random.integers(90, 200) + brightness
    image = np.where(label_map == CRACK, level - 45, level)[:, :, None] + random.normal(0, 5, (90, 120, 3))
    return np.clip(image, 0, 255).astype(np.uint8), label_map


def undecided(label_map, *, seed=0):
    """What patches tell: the crack is somewhere in the rows around it, and less likely than the wall."""
    near = cv2.GaussianBlur((label_map == CRACK).astype(np.float32), (0, 0), 8)
    shares = np.stack([1 - near, near], axis=2).clip(1e-3)
    return np.log(shares + np.random.default_rng(seed).uniform(0, 0.01, shares.shape)).astype(np.float32)


def learned(count, logits=undecided):
    classifier = PixelClassifier(count)
    for seed in range(count):
        image, label_map = cracked(seed)
        classifier.add(image, logits(label_map), np.array([WALL, CRACK]), label_map)
    classifier.train()
    return classifier


def overlap(logits, label_map):
    found = np.array([WALL, CRACK])[logits.argmax(axis=2)] == CRACK
    return (found & (label_map == CRACK)).sum() / max((found | (label_map == CRACK)).sum(), 1)


def test_a_crack_that_wins_no_patch_is_found_by_its_contrast():
    classifier = learned(6)
    assert classifier.share in SHARES[1:]
    image, label_map = cracked(20)
    before = undecided(label_map)
    shifts = classifier.correction(image, np.array([WALL, CRACK]))
    assert (shifts.shape, shifts.dtype) == ((2, 90, 120), np.float32)
    assert overlap(before, label_map) < 0.1
    assert overlap(before + np.moveaxis(shifts, 0, 2), label_map) > 0.7


def test_where_texture_tells_nothing_nothing_is_corrected():
    """Patches know how likely the labels are, and the picture has nothing to do with them."""

    def add(classifier, seed):
        random = np.random.default_rng(seed)
        image = random.integers(0, 255, (60, 80, 3), np.uint8)
        likely = random.uniform(0.1, 0.9, (60, 80))
        label_map = np.where(random.random((60, 80)) < likely, CRACK, WALL)
        logits = np.log(np.stack([1 - likely, likely], axis=2)).astype(np.float32)
        classifier.add(image, logits, np.array([WALL, CRACK]), label_map)

    classifier = PixelClassifier(3)
    for seed in range(3):
        add(classifier, seed)
    classifier.train()
    assert not classifier
    assert classifier.share == 0
    with pytest.raises(ValueError, match="no correction"):
        classifier.correction(np.zeros((60, 80, 3), np.uint8), np.array([WALL, CRACK]))


def test_few_images_count_little():
    """They can all be of one kind."""
    assert learned(3).share == SHARES[0]
    assert learned(FEW_IMAGES).share > SHARES[0]


def test_one_image_or_one_label_teaches_nothing():
    assert not learned(1)
    assert not learned(0)
    classifier = PixelClassifier(2)
    for seed in range(2):
        image, label_map = cracked(seed)
        classifier.add(image, undecided(label_map)[:, :, :1], np.array([WALL]), label_map)
        classifier.add(image, undecided(label_map), np.array([WALL, CRACK]), np.full_like(label_map, -1))
    classifier.train()
    assert not classifier


def test_a_label_that_pixels_never_saw_is_left_as_patches_say():
    classifier = learned(3)
    shifts = classifier.correction(cracked(5)[0], np.array([1, WALL, CRACK, DARK]))
    assert not shifts[[0, 3]].any()
    assert shifts[[1, 2]].any(axis=(1, 2)).all()


def test_images_may_know_different_labels():
    """A pixel of a label that the patches of other images do not know is not learned from."""
    classifier = PixelClassifier(4)
    for seed in range(4):
        image, label_map = cracked(seed)
        label_map = label_map.copy()
        label_map[:10] = DARK
        classifier.add(image, undecided(label_map), np.array([WALL, CRACK]), label_map)
    classifier.train()
    assert classifier
    assert not classifier.correction(cracked(9)[0], np.array([DARK])).any()


def test_the_same_images_teach_the_same():
    first, again = (learned(3).correction(cracked(7)[0], np.array([WALL, CRACK])) for _ in range(2))
    np.testing.assert_array_equal(first, again)


def test_features_are_of_contrast_and_not_of_brightness():
    image, _ = cracked(3)
    brighter = np.clip(image.astype(int) + 20, 0, 255).astype(np.uint8)
    assert pixel_features(image).shape == (90, 120, 32)
    np.testing.assert_allclose(pixel_features(image), pixel_features(brighter), atol=0.05)
    plain = pixel_features(np.full((40, 50, 3), 130, np.uint8))
    np.testing.assert_allclose(plain, 0, atol=1e-4)


def test_a_large_image_is_looked_at_smaller():
    image = np.random.default_rng(0).integers(0, 255, (1200, 1600, 3), np.uint8)
    picture = working_picture(image)
    assert picture.shape[0] * picture.shape[1] < 320_000
    assert pixel_features(image).shape[:2] == picture.shape[:2]
    small = image[:100, :100]
    assert working_picture(small) is small
