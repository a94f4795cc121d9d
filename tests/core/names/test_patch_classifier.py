"""Classification of patches: what was learned is recognised, bounded, in any order, with pseudo-labels or without."""

import numpy as np
import pytest

from acseg_core.names.patch_classifier import PatchClassifier


def unit(points):
    return points / np.linalg.norm(points, axis=-1, keepdims=True)


def blobs(counts, *, dim=16, noise=0.2, seed=0):
    """Points around one random direction for each count, and which."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(99).normal(size=(len(counts), dim))
    which = np.repeat(np.arange(len(counts)), counts)
    return unit(centres[which] + noise * random.normal(size=(len(which), dim))).astype(np.float32), which


def unlike(points):
    """Unit vectors at right angles to the centres of all blobs of these points."""
    centre_directions = np.linalg.svd(points, full_matrices=False)[2][:3]
    strangers = np.random.default_rng(5).normal(size=points.shape)
    return unit(strangers - strangers @ centre_directions.T @ centre_directions).astype(np.float32)


def scene(counts=(30, 30, 30), *, seed=0, noise=0.2):
    """Tokens (1, n, D) of labels 10, 20, 30 and their label map, one pixel per patch."""
    points, which = blobs(counts, seed=seed, noise=noise)
    return points[None], (10 * (which + 1))[None]


def test_a_classifier_recognises_what_it_was_trained_on():
    classifier = PatchClassifier()
    tokens, label_map = scene()
    classifier.add(tokens, label_map)
    assert classifier.labels.tolist() == [10, 20, 30]
    probabilities = classifier.predict(scene(seed=1)[0])
    assert (probabilities.shape, probabilities.dtype) == ((1, 90, 3), np.float32)
    assert (classifier.labels[probabilities.argmax(axis=2)] == label_map).mean() > 0.95
    assert (probabilities >= 0).all()
    assert (probabilities.sum(axis=2) <= 1 + 1e-5).all()
    assert probabilities.sum(axis=2).mean() > 0.9


def test_what_is_unlike_everything_gets_little_probability():
    classifier = PatchClassifier()
    tokens, label_map = scene()
    classifier.add(tokens, label_map)
    assert classifier.predict(unlike(tokens[0])[None]).sum(axis=2).max() < 0.2


def test_what_moves_a_whole_image_is_taken_from_it():
    """All patches of an image are moved alike, as by its light: towards another label, and still known."""
    classifier = PatchClassifier()
    counts = (300, 300, 300)
    tokens, label_map = scene(counts)
    classifier.add(tokens, label_map)
    points = scene(counts, seed=1)[0]
    centres = [points[0, 300 * label : 300 * (label + 1)].mean(axis=0) for label in range(3)]
    moved = points + 0.5 * (centres[1] - centres[0])
    discriminants_alone = classifier.predict(points)  # the discriminants are made here
    assert (classifier.labels[discriminants_alone.argmax(axis=2)] == label_map).mean() > 0.99
    alone = classifier._by_all._posterior(classifier._by_all._along(unit(moved[0]).astype(np.float32)))
    settled = classifier._by_all.settled(unit(moved[0]).astype(np.float32))[1]
    right = [(classifier.labels[votes.argmax(axis=1)] == label_map[0]).mean() for votes in (alone, settled)]
    assert right[0] < 0.9
    assert right[1] > 0.99
    few = classifier._by_all.settled(points[0, :5])[1]
    assert (few.argmax(axis=1) == 0).all(), "a handful of patches of one label stay what they are"


def rooms(count, *, seed):
    """Images (count, 60, 12) of two labels that differ in one direction; each image is moved in others by its light.

    Its halves are the labels 10 and 20.
    """
    random = np.random.default_rng(seed)
    label_map = np.repeat([10, 20], 30)[None]
    tokens = random.normal(0, 0.15, (count, 60, 12))
    tokens[:, :, 0] += 4
    tokens[:, :30, 1] += 1
    tokens[:, 30:, 1] -= 1
    tokens[:, :30, 2:7] += random.normal(0, 0.8, (count, 1, 5))  # light falls otherwise on either label
    tokens[:, 30:, 2:7] += random.normal(0, 0.8, (count, 1, 5))
    return tokens.astype(np.float32), label_map


def test_pseudo_labels_show_what_labels_look_like_in_other_images():
    """A single image with labels does not tell what is its light; those without labels do."""
    right = []
    for seed in range(8):
        tokens, label_map = rooms(60, seed=seed)
        classifier = PatchClassifier()
        classifier.add(tokens[:1], label_map)
        before = [classifier.predict(image[None])[0].argmax(axis=1) for image in tokens[40:]]
        kept = classifier._tokens.copy()
        for image in tokens[1:40]:
            classifier.add_pseudo_labelled(image[None])
        after = [classifier.predict(image[None])[0].argmax(axis=1) for image in tokens[40:]]
        right.append([(classifier.labels[np.array(found)] == label_map).mean() for found in (before, after)])
        np.testing.assert_array_equal(classifier._tokens, kept)  # no pseudo-label votes as a neighbour
    before, after = np.mean(right, axis=0)
    assert after > before + 0.03, (before, after)


def test_pseudo_labels_do_not_depend_on_their_order_and_count_no_more_than_labels():
    tokens, label_map = rooms(6, seed=1)
    found = []
    for order in ((1, 2, 3, 4), (4, 2, 3, 1)):
        classifier = PatchClassifier()
        classifier.add(tokens[:1], label_map)
        for number in order:
            classifier.add_pseudo_labelled(tokens[[number]])
        found.append(classifier.predict(tokens[[5]]))
    np.testing.assert_allclose(*found, atol=1e-4)
    assert 60 < classifier._pseudo_sums.weights.sum() <= 4 * 60
    joined = classifier._sums.joined(classifier._pseudo_sums)
    np.testing.assert_allclose(joined.weights.sum(), 2 * 60, rtol=1e-5)
    assert joined.views == 5


def test_a_pseudo_label_counts_as_it_is_sure_and_nothing_where_all_is_strange():
    tokens, label_map = scene((100, 100, 100), noise=1.0)
    classifier = PatchClassifier()
    classifier.add(tokens, label_map)
    points = scene((100, 100, 100), seed=1, noise=1.0)[0]
    classifier.add_pseudo_labelled(points)
    discriminants = classifier._by_labels
    certainty = np.clip((discriminants.cosines(points[0]).max(axis=1) - 0.4) / 0.2, 0.01, 1)
    votes = discriminants.settled(points[0])[1]
    counted = votes.max(axis=1) ** 32 * certainty
    expected = [counted[votes.argmax(axis=1) == label].sum() for label in range(3)]
    np.testing.assert_allclose(classifier._pseudo_sums.weights, expected, rtol=1e-3)
    assert counted.sum() < 0.95 * certainty.sum(), "some are unsure"
    classifier.add_pseudo_labelled(unlike(tokens[0])[None])
    assert classifier._pseudo_sums.weights.sum() - counted.sum() < 10


def test_an_image_with_labels_drops_the_pseudo_labels_made_before():
    tokens, label_map = rooms(3, seed=2)
    classifier, plain = PatchClassifier(), PatchClassifier()
    with pytest.raises(ValueError, match="nothing was learned"):
        classifier.add_pseudo_labelled(tokens[:1])
    for each in (classifier, plain):
        each.add(tokens[:1], label_map)
        if each is classifier:
            each.add_pseudo_labelled(tokens[1:2])
        each.add(tokens[2:3], label_map)
    np.testing.assert_allclose(classifier.predict(tokens[1:2]), plain.predict(tokens[1:2]), atol=1e-5)


def test_half_of_the_vote_is_the_neighbours():
    """Against a literal k-NN vote in the directions of the discriminants, with shares of mixed patches."""
    classifier = PatchClassifier(neighbours=5, temperature=0.2)
    tokens, label_map = scene()
    classifier.add(tokens, np.repeat(label_map, 2, axis=1))
    other = scene(seed=1)[0]
    classifier.add(other[:, :40], np.stack([label_map[0, :40], label_map[0, 5:45]]))
    points = scene(seed=3)[0][0]
    classifier.predict(points[None])
    projected = classifier._by_all.project(points)
    votes = classifier._neighbour_votes(projected)
    for point, found in zip(projected, votes, strict=True):
        cosines = classifier._projected @ point
        nearest = np.argsort(-cosines)[:5]
        weights = np.exp(cosines[nearest] / 0.2)
        expected = weights @ classifier._shares[nearest]
        np.testing.assert_allclose(found, expected / expected.sum(), atol=1e-4)


def test_a_classifier_is_bounded_and_loses_no_label():
    classifier = PatchClassifier(limit=50)
    for seed in range(5):
        classifier.add(*scene((200, 30, 3), seed=seed))
        assert len(classifier) <= 50
    kept = np.bincount(classifier._shares.argmax(axis=1))
    assert kept.tolist() == [18, 17, 15] or kept[2] >= 12
    assert kept.max() - kept[1] <= 1
    tokens, label_map = scene((20, 20, 20), seed=9)
    assert (classifier.labels[classifier.predict(tokens).argmax(axis=2)] == label_map).mean() > 0.9


def test_a_sample_of_an_image_weighs_as_much_as_all_of_it():
    """Labels that are rare are taken whole; of the commonest the sample counts as much as what it was taken from."""
    counts = (2000, 300, 5)
    some, everything = PatchClassifier(of_label=100), PatchClassifier(of_label=10_000)
    tokens, label_map = scene(counts, noise=0.6)
    for classifier in (some, everything):
        classifier.add(tokens, label_map)
    assert (len(some), len(everything)) == (205, 2305)
    np.testing.assert_allclose(some._sums.weights, counts, rtol=1e-5)
    np.testing.assert_allclose(some._added, counts, rtol=1e-5)
    np.testing.assert_allclose(np.trace(some._sums.products), np.trace(everything._sums.products), rtol=0.01)
    points = scene(counts, seed=1, noise=0.6)[0]
    found, expected = (classifier.predict(points)[0] for classifier in (some, everything))
    assert (found.argmax(axis=1) == expected.argmax(axis=1)).mean() > 0.97
    with pytest.raises(ValueError, match="at least 1"):
        PatchClassifier(of_label=0)


def test_labels_of_which_no_patch_is_learned_do_no_harm():
    """One label is only where little of a patch is known, another has a bit of patches that the sample leaves out."""
    tokens, label_map = scene((50, 50, 0))
    pixels = np.repeat(np.repeat(label_map, 10, axis=0), 10, axis=1)
    pixels[:, -10:] = -1
    pixels[0, -1] = 77
    pixels[0, 35] = 55
    classifier = PatchClassifier(of_label=5)
    classifier.add(tokens, pixels)
    assert classifier.labels.tolist() == [10, 20, 55, 77]
    probabilities = classifier.predict(tokens)
    assert (classifier.labels[probabilities.argmax(axis=2)] == label_map).mean() > 0.95
    assert probabilities[:, :, 3].max() < 1e-6


def test_a_thin_label_is_sampled_though_it_has_most_of_no_patch():
    tokens, label_map = scene((400, 400, 0))
    pixels = np.repeat(np.repeat(label_map, 10, axis=0), 10, axis=1)
    pixels[:, 1000:1100:10] = pixels[:, 1001:1101:10] = 30
    classifier = PatchClassifier(of_label=20)
    classifier.add(tokens, pixels)
    assert len(classifier) == 50, "twenty of either wide label, and the ten that show the thin one"
    np.testing.assert_allclose(classifier._sums.weights, [398, 400, 2], rtol=1e-3)


def test_the_same_seed_samples_the_same():
    first, second, other = (PatchClassifier(limit=40, seed=seed) for seed in (1, 1, 2))
    for classifier in (first, second, other):
        classifier.add(*scene())
    np.testing.assert_array_equal(first._tokens, second._tokens)
    assert not np.array_equal(first._tokens, other._tokens)


def test_labels_may_come_later_and_unknown_patches_are_left_out():
    classifier = PatchClassifier()
    tokens, label_map = scene()
    classifier.add(tokens, np.full_like(label_map, -1))
    assert len(classifier) == 0
    with pytest.raises(ValueError, match="nothing was learned"):
        classifier.predict(tokens)
    classifier.add(tokens, np.where(label_map == 20, label_map, -1))
    assert (len(classifier), classifier.labels.tolist()) == (30, [20])
    assert classifier.predict(tokens)[0, 30:60, 0].mean() > 0.9
    classifier.add(tokens, np.where(label_map == 10, label_map, -1))
    assert (len(classifier), classifier.labels.tolist()) == (60, [10, 20])
    assert (classifier.predict(tokens)[0, :60].argmax(axis=1) == np.repeat([0, 1], 30)).mean() > 0.95


def test_a_classifier_needs_room():
    with pytest.raises(ValueError, match="at least 1"):
        PatchClassifier(limit=0)
