"""Dense propagation learns patches of all labelled images, and pixels from what other images' patches say of them."""

import cv2
import numpy as np
import pytest

from acseg_core.config import RefineConfig
from acseg_core.names import dense, dense_training
from acseg_core.names.dense_training import DenseTraining
from acseg_core.proposals.tokens import PatchTokens

WALL, CRACK = 4, 9
GRID = (9, 12)


def scene(seed):
    """A wall with a thin dark crack, and patches that are a little unlike others there: tokens, image, labels."""
    random = np.random.default_rng(seed)
    label_map = np.full((90, 120), WALL)
    row = int(random.integers(15, 75))
    label_map[row : row + 3] = CRACK
    level = random.integers(100, 200)
    image = np.where(label_map == CRACK, level - 50, level)[:, :, None] + random.normal(0, 4, (90, 120, 3))
    share = cv2.resize((label_map == CRACK).astype(np.float32), GRID[::-1], interpolation=cv2.INTER_AREA)
    tokens = np.eye(8)[0] + share[:, :, None] * 1.5 * np.eye(8)[1] + random.normal(0, 0.25, (*GRID, 8))
    return PatchTokens(tokens.astype(np.float16)), np.clip(image, 0, 255).astype(np.uint8), label_map


def trained(count, *, pixels=True):
    training = DenseTraining(count)
    scenes = [scene(seed) for seed in range(count)]
    for number, (tokens, _, label_map) in enumerate(scenes):
        training.add(number, tokens, label_map)
    for number, (tokens, image, label_map) in enumerate(scenes if pixels else ()):
        training.add_pixels(number, tokens, image, label_map)
    training.finish()
    return training


def overlap(training, seeds):
    found = []
    for seed in seeds:
        tokens, image, label_map = scene(seed)
        predicted = dense.predict_pixels(training.patches, tokens, image, RefineConfig(), pixels=training.pixels)
        there = predicted.labels[predicted.label_map] == CRACK
        found.append((there & (label_map == CRACK)).sum() / (there | (label_map == CRACK)).sum())
    return np.mean(found)


def test_what_is_thinner_than_a_patch_is_drawn_as_thin_as_it_is():
    """Patches alone (the code of before) make it as wide as themselves, or miss it."""
    assert overlap(trained(6, pixels=False), range(50, 54)) < 0.4
    assert overlap(trained(6), range(50, 54)) > 0.6


def test_patches_learn_from_all_images_with_or_without_pixels():
    tokens, _, _ = scene(30)
    with_pixels, without = trained(4), trained(4, pixels=False)
    assert with_pixels.pixels
    assert not without.pixels
    seen = dense.patch_descriptors(tokens)
    np.testing.assert_array_equal(with_pixels.patches.predict(seen), without.patches.predict(seen))


def test_an_image_is_judged_by_patches_of_other_images(monkeypatch):
    """What is learned from its pixels was never predicted by patches that know it."""
    learned, add = {}, dense.PatchClassifier.add
    asked = []
    monkeypatch.setattr(
        dense.PatchClassifier,
        "add",
        lambda self, seen, truth: learned.setdefault(id(self), []).append(truth.tobytes()) or add(self, seen, truth),
    )
    predict = dense.PatchClassifier.predict
    monkeypatch.setattr(
        dense.PatchClassifier, "predict", lambda self, seen: asked.append(learned[id(self)]) or predict(self, seen)
    )
    training = DenseTraining(5)
    scenes = [scene(seed) for seed in range(5)]
    for number, (tokens, _, label_map) in enumerate(scenes):
        training.add(number, tokens, label_map)
    for number, (tokens, image, label_map) in enumerate(scenes):
        training.add_pixels(number, tokens, image, label_map)
    for (_, _, label_map), known in zip(scenes, asked, strict=True):
        assert label_map.tobytes() not in known
        assert len(known) in (3, 4)


@pytest.mark.parametrize("count", [0, 1])
def test_a_single_labelled_image_has_nothing_to_be_checked_against(count):
    training = trained(count)
    assert not training.pixels
    assert not training.wants_pixels(0)


def test_of_many_images_some_from_everywhere_are_enough(monkeypatch):
    monkeypatch.setattr(dense_training, "MOST_WITH_PIXELS", 3)
    training = DenseTraining(9)
    assert [number for number in range(9) if training.wants_pixels(number)] == [0, 4, 8]
    added = []
    monkeypatch.setattr(training.pixels, "add", lambda *some: added.append(some))
    for number in range(9):
        tokens, _, label_map = scene(number)
        training.add(number, tokens, label_map)
    for number in range(9):
        tokens, image, label_map = scene(number)
        training.add_pixels(number, tokens, image, label_map)
    assert len(added) == 3


def test_neighbours_are_predicted_together(monkeypatch):
    """Frames of a film show the same: patches of one would know the next."""
    training = DenseTraining(6)
    known = [[] for _ in training._without]
    for each, seen in zip(training._without, known, strict=True):
        monkeypatch.setattr(each, "add", lambda _, label_map, seen=seen: seen.append(int(label_map[0, 0])))
    for number in range(6):
        training.add(number, scene(number)[0], np.full((90, 120), number))
    assert known == [[2, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 3]]
