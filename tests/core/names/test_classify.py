"""Names for what looks alike: neighbours against a literal version, a memory that stays bounded, foreground."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from acseg_core.names import classify
from acseg_core.names.classify import TokenMemory, foreground, label_shares, suggest_names


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


def literal_votes(named, labels, point, neighbours, temperature):
    """The label with most votes among the nearest, and its share; one point at a time, one neighbour at a time."""
    cosines = [float(each @ point) for each in named]
    nearest = sorted(range(len(named)), key=lambda i: -cosines[i])[:neighbours]
    votes = {}
    for i in nearest:
        votes[labels[i]] = votes.get(labels[i], 0.0) + np.exp(cosines[i] / temperature)
    best = max(votes, key=votes.get)
    low, high = classify._REGION_LIKENESS
    likeness = np.clip((cosines[nearest[0]] - low) / (high - low), 0.01, 1)
    return best, votes[best] / sum(votes.values()) * likeness


@pytest.mark.parametrize(("neighbours", "temperature"), [(1, 0.05), (5, 0.05), (10, 0.5), (500, 0.1)])
def test_suggestions_are_those_of_a_literal_vote(monkeypatch, neighbours, temperature):
    monkeypatch.setattr(classify, "_COSINES_AT_ONCE", 7 * 200)  # blocks of seven
    random = np.random.default_rng(1)
    named = unit(random.normal(size=(200, 4))).astype(np.float32)
    labels = random.choice(np.array([3, 7, 40]), 200)
    unnamed = unit(random.normal(size=(50, 4))).astype(np.float32)
    found, confidences = suggest_names(named, labels, unnamed, neighbours=neighbours, temperature=temperature)
    expected = [literal_votes(named, labels, point, neighbours, temperature) for point in unnamed]
    assert found.tolist() == [label for label, _ in expected]
    np.testing.assert_allclose(confidences, [share for _, share in expected], atol=1e-5)
    assert (found.dtype, confidences.dtype) == (np.int64, np.float32)


def test_what_all_have_in_common_can_be_taken_away():
    """Descriptors that differ little beside a large common part are told apart as without it."""
    random = np.random.default_rng(4)
    common = np.zeros(6, np.float32)
    common[0] = 5
    named, unnamed = (random.normal(size=(count, 6)).astype(np.float32) for count in (60, 20))
    labels = random.integers(0, 3, 60)
    alone = suggest_names(unit(named), labels, unit(unnamed))[0]
    assert suggest_names(named + common, labels, unnamed + common, centre=common)[0].tolist() == alone.tolist()


def test_what_looks_like_nothing_named_gets_no_confidence():
    named, labels = blobs([20, 20])
    found, confidences = suggest_names(named.astype(np.float16), labels, unlike(named))
    assert np.median(confidences) < 0.3
    found, confidences = suggest_names(named.astype(np.float16), labels, named)
    assert found.tolist() == labels.tolist()
    assert (confidences > 0.8).all()


@pytest.mark.parametrize("columns", [50, 1280, 1291, 5000])
def test_the_largest_are_found_in_groups_as_one_by_one(columns):
    values = np.random.default_rng(3).permutation(7 * columns).reshape(7, columns).astype(np.float32)
    found = np.sort(classify._largest(values, 10), axis=1)
    np.testing.assert_array_equal(found, np.sort(np.argsort(-values, axis=1)[:, :10], axis=1))


def test_suggestions_with_little_or_nothing():
    named, labels = blobs([1])
    found, confidences = suggest_names(named, labels + 5, named)
    assert (found.tolist(), confidences.tolist()) == ([5], [1.0])
    assert len(suggest_names(named, labels, named[:0])[0]) == 0
    with pytest.raises(ValueError, match="no names to learn from"):
        suggest_names(named[:0], labels[:0], named)
    with pytest.raises(ValueError, match="2 labels"):
        suggest_names(named, np.array([1, 2]), named)


@settings(max_examples=50, deadline=None)
@given(
    arrays.arrays(np.int64, st.tuples(st.integers(1, 13), st.integers(1, 13)), elements=st.integers(-1, 4)),
    st.integers(1, 5),
    st.integers(1, 5),
)
def test_label_shares_count_pixels(label_map, rows, columns):
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


def test_label_shares_of_large_maps_come_in_blocks(monkeypatch):
    label_map = np.random.default_rng(0).integers(-1, 3, (40, 30))
    whole = label_shares(label_map, (4, 3))[1]
    monkeypatch.setattr(classify, "_PIXELS_AT_ONCE", 70)
    np.testing.assert_array_equal(label_shares(label_map, (4, 3))[1], whole)


def scene(counts=(30, 30, 30), *, seed=0, noise=0.2):
    """Tokens (1, n, D) of labels 10, 20, 30 and their label map, one pixel per patch."""
    points, which = blobs(counts, seed=seed, noise=noise)
    return points[None], (10 * (which + 1))[None]


def test_a_memory_recognises_what_it_was_shown():
    memory = TokenMemory()
    tokens, label_map = scene()
    memory.add(tokens, label_map)
    assert memory.labels.tolist() == [10, 20, 30]
    probabilities = memory.predict(scene(seed=1)[0])
    assert (probabilities.shape, probabilities.dtype) == ((1, 90, 3), np.float32)
    assert (memory.labels[probabilities.argmax(axis=2)] == label_map).mean() > 0.95
    assert (probabilities >= 0).all()
    assert (probabilities.sum(axis=2) <= 1 + 1e-5).all()
    assert probabilities.sum(axis=2).mean() > 0.9


def test_what_is_unlike_everything_gets_little_probability():
    memory = TokenMemory()
    tokens, label_map = scene()
    memory.add(tokens, label_map)
    assert memory.predict(unlike(tokens[0])[None]).sum(axis=2).max() < 0.2


def test_what_moves_a_whole_image_is_taken_from_it():
    """All patches of an image are moved alike, as by its light: towards another label, and still known."""
    memory = TokenMemory()
    counts = (300, 300, 300)
    tokens, label_map = scene(counts)
    memory.add(tokens, label_map)
    points = scene(counts, seed=1)[0]
    centres = [points[0, 300 * label : 300 * (label + 1)].mean(axis=0) for label in range(3)]
    moved = points + 0.5 * (centres[1] - centres[0])
    analysis_alone = memory.predict(points)  # the analysis is made here
    assert (memory.labels[analysis_alone.argmax(axis=2)] == label_map).mean() > 0.99
    alone = memory._analysis._posterior(memory._analysis._along(unit(moved[0]).astype(np.float32)))
    settled = memory._analysis.settled(unit(moved[0]).astype(np.float32))[1]
    right = [(memory.labels[votes.argmax(axis=1)] == label_map[0]).mean() for votes in (alone, settled)]
    assert right[0] < 0.9
    assert right[1] > 0.99
    few = memory._analysis.settled(points[0, :5])[1]
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


def test_what_others_are_surely_taken_for_shows_what_labels_look_like_there():
    """A single image with labels does not tell what is its light; those without labels do."""
    right = []
    for seed in range(8):
        tokens, label_map = rooms(60, seed=seed)
        memory = TokenMemory()
        memory.add(tokens[:1], label_map)
        before = [memory.predict(image[None])[0].argmax(axis=1) for image in tokens[40:]]
        kept = memory._tokens.copy()
        for image in tokens[1:40]:
            memory.guess(image[None])
        after = [memory.predict(image[None])[0].argmax(axis=1) for image in tokens[40:]]
        right.append([(memory.labels[np.array(found)] == label_map).mean() for found in (before, after)])
        np.testing.assert_array_equal(memory._tokens, kept)  # no guess votes as a neighbour
    before, after = np.mean(right, axis=0)
    assert after > before + 0.03, (before, after)


def test_guesses_do_not_depend_on_their_order_and_count_no_more_than_labels():
    tokens, label_map = rooms(6, seed=1)
    found = []
    for order in ((1, 2, 3, 4), (4, 2, 3, 1)):
        memory = TokenMemory()
        memory.add(tokens[:1], label_map)
        for number in order:
            memory.guess(tokens[[number]])
        found.append(memory.predict(tokens[[5]]))
    np.testing.assert_allclose(*found, atol=1e-4)
    assert 60 < memory._guessed.weights.sum() <= 4 * 60
    joined = memory._sums.joined(memory._guessed)
    np.testing.assert_allclose(joined.weights.sum(), 2 * 60, rtol=1e-5)
    assert joined.looks == 5


def test_a_guess_counts_as_it_is_sure_and_nothing_where_all_is_strange():
    tokens, label_map = scene((100, 100, 100), noise=1.0)
    memory = TokenMemory()
    memory.add(tokens, label_map)
    points = scene((100, 100, 100), seed=1, noise=1.0)[0]
    memory.guess(points)
    analysis = memory._taught
    likeness = np.clip((analysis.cosines(points[0]).max(axis=1) - 0.4) / 0.2, 0.01, 1)
    votes = analysis.settled(points[0])[1]
    counted = votes.max(axis=1) ** 32 * likeness
    expected = [counted[votes.argmax(axis=1) == label].sum() for label in range(3)]
    np.testing.assert_allclose(memory._guessed.weights, expected, rtol=1e-3)
    assert counted.sum() < 0.95 * likeness.sum(), "some are unsure"
    memory.guess(unlike(tokens[0])[None])
    assert memory._guessed.weights.sum() - counted.sum() < 10


def test_an_image_with_labels_drops_the_guesses_made_before():
    tokens, label_map = rooms(3, seed=2)
    memory, plain = TokenMemory(), TokenMemory()
    with pytest.raises(ValueError, match="empty"):
        memory.guess(tokens[:1])
    for each in (memory, plain):
        each.add(tokens[:1], label_map)
        if each is memory:
            each.guess(tokens[1:2])
        each.add(tokens[2:3], label_map)
    np.testing.assert_allclose(memory.predict(tokens[1:2]), plain.predict(tokens[1:2]), atol=1e-5)


def test_half_of_the_vote_is_the_neighbours():
    """Against a literal k-NN vote in the directions of the analysis, with shares of mixed patches."""
    memory = TokenMemory(neighbours=5, temperature=0.2)
    tokens, label_map = scene()
    memory.add(tokens, np.repeat(label_map, 2, axis=1))
    other = scene(seed=1)[0]
    memory.add(other[:, :40], np.stack([label_map[0, :40], label_map[0, 5:45]]))
    points = scene(seed=3)[0][0]
    memory.predict(points[None])
    projected = memory._analysis.project(points)
    votes = memory._neighbour_votes(projected)
    for point, found in zip(projected, votes, strict=True):
        cosines = memory._projected @ point
        nearest = np.argsort(-cosines)[:5]
        weights = np.exp(cosines[nearest] / 0.2)
        expected = weights @ memory._shares[nearest]
        np.testing.assert_allclose(found, expected / expected.sum(), atol=1e-4)


def test_a_memory_is_bounded_and_forgets_no_label():
    memory = TokenMemory(limit=50)
    for seed in range(5):
        memory.add(*scene((200, 30, 3), seed=seed))
        assert len(memory) <= 50
    kept = np.bincount(memory._shares.argmax(axis=1))
    assert kept.tolist() == [18, 17, 15] or kept[2] >= 12
    assert kept.max() - kept[1] <= 1
    tokens, label_map = scene((20, 20, 20), seed=9)
    assert (memory.labels[memory.predict(tokens).argmax(axis=2)] == label_map).mean() > 0.9


def test_a_sample_of_an_image_speaks_for_all_of_it():
    """Labels that are rare are taken whole; of the commonest the sample counts as much as what it was taken from."""
    counts = (2000, 300, 5)
    some, everything = TokenMemory(of_label=100), TokenMemory(of_label=10_000)
    tokens, label_map = scene(counts, noise=0.6)
    for memory in (some, everything):
        memory.add(tokens, label_map)
    assert (len(some), len(everything)) == (205, 2305)
    np.testing.assert_allclose(some._sums.weights, counts, rtol=1e-5)
    np.testing.assert_allclose(some._seen, counts, rtol=1e-5)
    np.testing.assert_allclose(np.trace(some._sums.products), np.trace(everything._sums.products), rtol=0.01)
    points = scene(counts, seed=1, noise=0.6)[0]
    found, expected = (memory.predict(points)[0] for memory in (some, everything))
    assert (found.argmax(axis=1) == expected.argmax(axis=1)).mean() > 0.97
    with pytest.raises(ValueError, match="at least 1"):
        TokenMemory(of_label=0)


def test_labels_of_which_no_patch_is_learned_do_no_harm():
    """One label is only where little of a patch is known, another has a bit of patches that the sample leaves out."""
    tokens, label_map = scene((50, 50, 0))
    pixels = np.repeat(np.repeat(label_map, 10, axis=0), 10, axis=1)
    pixels[:, -10:] = -1
    pixels[0, -1] = 77
    pixels[0, 35] = 55
    memory = TokenMemory(of_label=5)
    memory.add(tokens, pixels)
    assert memory.labels.tolist() == [10, 20, 55, 77]
    probabilities = memory.predict(tokens)
    assert (memory.labels[probabilities.argmax(axis=2)] == label_map).mean() > 0.95
    assert probabilities[:, :, 3].max() < 1e-6


def test_a_thin_label_is_sampled_though_it_has_most_of_no_patch():
    tokens, label_map = scene((400, 400, 0))
    pixels = np.repeat(np.repeat(label_map, 10, axis=0), 10, axis=1)
    pixels[:, 1000:1100:10] = pixels[:, 1001:1101:10] = 30
    memory = TokenMemory(of_label=20)
    memory.add(tokens, pixels)
    assert len(memory) == 50, "twenty of either wide label, and the ten that show the thin one"
    np.testing.assert_allclose(memory._sums.weights, [398, 400, 2], rtol=1e-3)


def test_the_same_seed_remembers_the_same():
    first, second, other = (TokenMemory(limit=40, seed=seed) for seed in (1, 1, 2))
    for memory in (first, second, other):
        memory.add(*scene())
    np.testing.assert_array_equal(first._tokens, second._tokens)
    assert not np.array_equal(first._tokens, other._tokens)


def test_labels_may_come_later_and_unknown_patches_are_left_out():
    memory = TokenMemory()
    tokens, label_map = scene()
    memory.add(tokens, np.full_like(label_map, -1))
    assert len(memory) == 0
    with pytest.raises(ValueError, match="empty"):
        memory.predict(tokens)
    memory.add(tokens, np.where(label_map == 20, label_map, -1))
    assert (len(memory), memory.labels.tolist()) == (30, [20])
    assert memory.predict(tokens)[0, 30:60, 0].mean() > 0.9
    memory.add(tokens, np.where(label_map == 10, label_map, -1))
    assert (len(memory), memory.labels.tolist()) == (60, [10, 20])
    assert (memory.predict(tokens)[0, :60].argmax(axis=1) == np.repeat([0, 1], 30)).mean() > 0.95


def test_a_memory_needs_room():
    with pytest.raises(ValueError, match="at least 1"):
        TokenMemory(limit=0)


def best_division(values):
    """The least sum of squares over all thresholds, tried one by one."""
    ordered = sorted(values)
    return min(
        np.var(ordered[:cut]) * cut + np.var(ordered[cut:]) * (len(ordered) - cut) for cut in range(1, len(ordered))
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1, width=16), min_size=2, max_size=12))
def test_foreground_is_the_best_division_in_two(values):
    attention = np.array([values], np.float32)
    found = foreground(attention, np.arange(len(values))[None], len(values))
    if len(set(values)) == 1:
        assert found.all()
        return
    assert 0 < found.sum() < len(values)
    assert attention[0][found].min() > attention[0][~found].max()
    inside = sum(np.var(attention[0][side].astype(float)) * side.sum() for side in (found, ~found))
    assert inside <= best_division(attention[0].astype(float)) + 1e-6


def test_foreground_averages_over_regions():
    attention = np.array([[0.9, 0.1], [0.1, 0.1]], np.float32)
    label_map = np.array([[0, 1], [1, 1]]).repeat(3, axis=0).repeat(3, axis=1)
    assert foreground(attention, label_map, 2).tolist() == [True, False]
    assert foreground(attention, label_map, 3).tolist() == [True, False, False]
    assert foreground(attention, np.zeros((4, 4), np.uint8), 1).tolist() == [True]
