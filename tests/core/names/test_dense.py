"""Dense propagation in one image: patch descriptors, views, augmentations, and pixels from a classifier's votes."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch

from acseg_core.config import RefineConfig
from acseg_core.names import dense
from acseg_core.names.patch_classifier import PatchClassifier
from acseg_core.nets.features import FeatureMap
from acseg_core.proposals.tokens import PatchTokens, tokens_of


def part(seed):
    return np.random.default_rng(seed).normal(size=(3, 4, 8)).astype(np.float16)


def test_three_depths_are_compared_alike():
    """The cosine of two patches is the mean of their cosines at the three depths, however long the tokens are."""
    depths = [part(0), part(1) * 7, part(2)]
    found = dense.patch_descriptors(PatchTokens(depths[0], part(3), depths[1], depths[2])).reshape(12, -1)
    expected = np.zeros((12, 12))
    for depth in depths:
        points = depth.reshape(12, 8).astype(float)
        points /= np.linalg.norm(points, axis=1, keepdims=True)
        expected += points @ points.T / 3
    np.testing.assert_allclose(found @ found.T, expected, atol=1e-3)


def test_a_shallow_network_is_compared_by_tokens_and_keys():
    found = dense.patch_descriptors(PatchTokens(part(0), part(1)))
    assert found.shape == (3, 4, 16)
    assert dense.patch_descriptors(PatchTokens(part(0))).shape == (3, 4, 8)
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
    tokens, image = two_halves()
    classifier = PatchClassifier()
    truth = np.where(image[:, :, 0] > 0, 9, 4)
    classifier.add(dense.patch_descriptors(tokens), truth)
    found = dense.predict_pixels(classifier, tokens, image, RefineConfig())
    assert found.labels.tolist() == [4, 9]
    assert found.label_map.shape == (60, 120)
    wrong_columns = (found.labels[found.label_map] != truth).mean() * 120
    assert wrong_columns < 2.5, "patches alone would leave three columns wrong"
    assert found.probabilities.shape == (6, 12, 2)


@pytest.mark.parametrize(("max_side", "patch"), [(1024, 10), (64, 64 / 12)])
def test_the_edge_filter_smooths_as_far_as_patches_are_wide(monkeypatch, max_side, patch):
    made, make = [], cv2.ximgproc.createFastGlobalSmootherFilter
    monkeypatch.setattr(
        cv2.ximgproc, "createFastGlobalSmootherFilter", lambda guide, *some: made.append(some) or make(guide, *some)
    )
    tokens, image = two_halves()
    classifier = PatchClassifier()
    classifier.add(dense.patch_descriptors(tokens), np.where(image[:, :, 0] > 0, 9, 4))
    dense.predict_pixels(classifier, tokens, image, RefineConfig(max_side=max_side))
    assert made == [(pytest.approx(2.4 * patch**2), 5)]


def test_more_labels_than_a_map_can_hold_leave_out_the_least_likely(monkeypatch):
    monkeypatch.setattr(dense, "_MOST_LABELS", 2)
    tokens, image = two_halves()
    classifier = PatchClassifier()
    strip = np.full((6, 12), 4)
    strip[:, 6:] = 9
    strip[0, 0] = 6
    classifier.add(dense.patch_descriptors(tokens), strip)
    found = dense.predict_pixels(classifier, tokens, image, RefineConfig())
    assert found.labels.tolist() == [4, 9]
    with pytest.raises(ValueError, match="nothing was learned"):
        dense.predict_pixels(PatchClassifier(), tokens, image, RefineConfig())


GRID = (6, 8)
"""Patches of `mean_colours`, whatever the size of the image."""


def mean_colours(images):
    """A backbone whose tokens are the mean colours of its patches: whatever is thinner is only a part of that."""
    assert len({image.shape for image in images}) == 1, "one forward pass is enough"
    return [FeatureMap(torch.from_numpy(small(image).astype(np.float32) + 1)) for image in images]


def small(image):
    return cv2.resize(image, GRID[::-1], interpolation=cv2.INTER_AREA)


@pytest.mark.parametrize("size", [(60, 80), (61, 81)])
def test_the_multi_crop_view_lies_where_its_quarters_lie(size):
    image = np.random.default_rng(0).integers(0, 255, (*size, 3), np.uint8)
    found = dense.multi_crop_view(mean_colours, image)
    assert (found.shape, found.dtype) == ((12, 16, 3), np.float16)
    for rows, top in ((slice(0, 6), 0), (slice(6, 12), size[0] - 30 - size[0] % 2)):
        for columns, left in ((slice(0, 8), 0), (slice(8, 16), size[1] - 40 - size[1] % 2)):
            quarter = image[top : top + 30 + size[0] % 2, left : left + 40 + size[1] % 2]
            expected = small(quarter).astype(float) + 1
            expected /= np.linalg.norm(expected, axis=2, keepdims=True)
            np.testing.assert_allclose(found[rows, columns], expected, atol=2e-3)


def test_both_views_weigh_alike_and_lie_over_each_other():
    """On a scene that does not change within a patch of the whole image, whose neighbours are far away."""
    whole, crops = part(0), np.random.default_rng(1).normal(size=(6, 8, 5))
    crops = (crops / np.linalg.norm(crops, axis=2, keepdims=True)).astype(np.float16)
    found = dense.patch_descriptors(PatchTokens(whole, multi_crop=crops))
    assert found.shape == (6, 8, 13)
    np.testing.assert_allclose(np.linalg.norm(found, axis=2), 1, atol=1e-3)
    np.testing.assert_allclose(found[:, :, 8:] * np.sqrt(2), crops, atol=1e-3)
    enlarged = found[:, :, :8] * np.sqrt(2)
    alone = dense.patch_descriptors(PatchTokens(whole))
    for row, column in ((0, 0), (5, 7), (0, 7), (5, 0)):  # a corner's patch has nothing else in it
        np.testing.assert_allclose(enlarged[row, column], alone[row // 2, column // 2], atol=1e-3)
    between = alone[0, 0] * 0.75 + alone[0, 1] * 0.25
    np.testing.assert_allclose(enlarged[0, 1], between / np.linalg.norm(between), atol=1e-3)


def poles(seed):
    """A wall, poles half a patch wide, hedges as coloured as half of both: (60, 80, 3) image, (60, 80) labels."""
    random = np.random.default_rng(seed)
    wall, pole = np.array([200, 60, 90]), np.array([60, 180, 90])
    image, label_map = np.full((60, 80, 3), wall, float), np.full((60, 80), 3)
    first, second, third, *hedges = 10 * random.permutation(8)[:5]
    for left in (first, second + 5, third):
        image[:, left : left + 5], label_map[:, left : left + 5] = pole, 8
    for left in hedges:
        image[:, left : left + 10], label_map[:, left : left + 10] = (wall + pole) / 2, 5
    return np.clip(image + random.normal(0, 4, image.shape), 0, 255).astype(np.uint8), label_map


def test_what_is_thinner_than_a_patch_is_found_in_the_multi_crop_view():
    def found(multi_crop):
        classifier = dense.classifier_for(4)
        overlaps = []
        for seed in range(8):
            image, label_map = poles(seed)
            tokens = tokens_of(mean_colours([image])[0])
            if multi_crop:
                tokens = replace(tokens, multi_crop=dense.multi_crop_view(mean_colours, image))
            if seed < 4:
                classifier.add(dense.patch_descriptors(tokens), label_map)
            else:
                pixels = dense.predict_pixels(classifier, tokens, image, RefineConfig())
                pole = label_map == 8
                there = pixels.labels[pixels.label_map] == 8
                overlaps.append((there & pole).sum() / (there | pole).sum())
        return np.mean(overlaps)

    assert found(multi_crop=False) < 0.6
    assert found(multi_crop=True) > 0.8


def test_of_many_images_a_smaller_sample_is_learned_from():
    tokens, label_map = np.random.default_rng(0).normal(size=(40, 40, 8)), np.zeros((40, 40), int)
    sizes = []
    for images in (1, 16, 64, 1000):
        classifier = dense.classifier_for(images)
        classifier.add(tokens, label_map)
        sizes.append(len(classifier))
    assert sizes == [256, 256, 64, 32]


def test_with_few_labelled_images_some_others_get_pseudo_labels():
    images = list(range(200))
    some = dense.to_pseudo_label(images, 3)
    assert (len(some), some[0], some[-1]) == (dense.MOST_PSEUDO_LABELLED, 0, 199)
    assert max(np.diff(some)) - min(np.diff(some)) <= 1
    few = images[: dense.FEWEST_PSEUDO_LABELLED]
    assert dense.to_pseudo_label(few, dense.MOST_LABELLED_WITH_PSEUDO_LABELS) == few
    assert dense.to_pseudo_label(few[1:], 1) == []
    assert dense.to_pseudo_label(images, dense.MOST_LABELLED_WITH_PSEUDO_LABELS + 1) == []


def test_an_augmentation_changes_intensities_and_moves_pixels_with_their_labels():
    image = np.random.default_rng(0).integers(0, 256, (6, 8, 3), np.uint8)
    darker = dense.Augmentation(2, mirrored=False)
    np.testing.assert_allclose(darker.apply(image), 255 * (image / 255) ** 2, atol=0.51)
    mirrored = dense.Augmentation(1, mirrored=True)
    np.testing.assert_array_equal(mirrored.apply(image), image[:, ::-1])
    np.testing.assert_array_equal(mirrored.align(image[:, :, 0]), mirrored.apply(image)[:, :, 0])
    keys = {each.key for each in (darker, mirrored, dense.Augmentation(2, mirrored=True), *dense.AUGMENTATIONS)}
    assert len(keys) == 5


def test_an_augmented_view_has_all_parts():
    image = np.random.default_rng(0).integers(0, 255, (60, 80, 3), np.uint8)
    augmentation = dense.Augmentation(1.5, mirrored=True)
    found = dense.augmented_view(mean_colours, image, augmentation)
    changed = augmentation.apply(image)
    np.testing.assert_array_equal(found.tokens, tokens_of(mean_colours([changed])[0]).tokens)
    np.testing.assert_array_equal(found.multi_crop, dense.multi_crop_view(mean_colours, changed))
