"""Parts of a region by clicks: by tokens along the edges of the image, and by the leaves of the tree."""

import numpy as np
import pytest

from acseg_core.proposals.clicks import Clicks, by_leaves, by_tokens
from acseg_core.proposals.tokens import PatchTokens
from acseg_core.proposals.tree import ConceptTree, ImageTree

HEIGHT, WIDTH, EDGE = 60, 80, 42


@pytest.fixture
def image():
    pixels = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    pixels[:, EDGE:] = 200
    return pixels


@pytest.fixture
def tokens():
    """12 x 16 patches of five pixels: of one kind in the left half, of another in the right one, with some noise."""
    random = np.random.default_rng(3)
    kinds = np.eye(16)[:2]
    found = np.where(np.arange(16)[None, :, None] >= 8, kinds[1], kinds[0]) + random.normal(size=(12, 16, 16)) * 0.02
    return PatchTokens(found.astype(np.float16))


def whole(**changes):
    values = {"inside": np.ones((HEIGHT, WIDTH), bool), "box": (0, 0, WIDTH, HEIGHT), "this": [(10.5, 10.5)]}
    return Clicks(**(values | changes))


@pytest.mark.parametrize("other", [[(70.5, 50.5)], []], ids=["two clicks", "one click"])
def test_the_part_ends_at_the_edge_of_the_picture(tokens, image, other):
    part = by_tokens(whole(other=other), tokens, image)
    assert (part.shape, part.dtype) == ((HEIGHT, WIDTH), bool)
    assert np.abs(part.sum(axis=1) - EDGE).max() <= 1
    assert part[:, : EDGE - 2].all()


def test_a_part_of_the_image_gives_the_same_edge(tokens, image):
    clicks = whole(inside=np.ones((20, 40), bool), box=(25, 30, 40, 20), this=[(30.5, 35.5)], other=[(60.5, 35.5)])
    part = by_tokens(clicks, tokens, image)
    assert part.shape == (20, 40)
    assert np.abs(25 + part.sum(axis=1) - EDGE).max() <= 1


def test_pixels_outside_the_region_are_never_in_the_part(tokens, image):
    inside = np.random.default_rng(0).random((HEIGHT, WIDTH)) < 0.5
    part = by_tokens(whole(inside=inside), tokens, image)
    assert part.any()
    assert not part[~inside].any()


def test_keys_count_beside_tokens(tokens, image):
    same = np.ones_like(tokens.tokens)
    part = by_tokens(whole(other=[(70.5, 50.5)]), PatchTokens(same, tokens.tokens), image)
    assert np.abs(part.sum(axis=1) - EDGE).max() <= 1


def test_between_two_of_a_kind_the_nearer_click_wins(tokens, image):
    same = PatchTokens(np.ones_like(tokens.tokens))
    part = by_tokens(whole(this=[(10, 30)], other=[(30, 30)]), same, np.zeros_like(image))
    assert np.abs(part.sum(axis=1) - 20).max() <= 5


@pytest.fixture
def tree():
    """Three leaves in columns; the outer ones are alike."""
    leaf_map = np.repeat(np.array([[0, 1, 2]], np.uint8), 6, axis=0).repeat(4, axis=1)
    merges = ConceptTree(np.array([[0, 2], [1, 3]], np.int32), np.array([1, 2], np.float32))
    return ImageTree(merges, leaf_map, np.array([[1, 0], [0, 1], [0.9, 0.1]], np.float16))


def columns(part):
    """Which of the three columns are in the part; each has to be so altogether."""
    found = part.reshape(6, 3, 4)
    assert (found.all(axis=(0, 2)) | ~found.any(axis=(0, 2))).all()
    return found.all(axis=(0, 2)).tolist()


def test_leaves_go_with_the_click_they_are_like(tree):
    inside, box = np.ones((6, 12), bool), (0, 0, 12, 6)
    assert columns(by_leaves(Clicks(inside, box, [(1.5, 2.5)], [(5.5, 2.5)]), tree)) == [True, False, True]
    assert columns(by_leaves(Clicks(inside, box, [(5.5, 2.5)], [(1.5, 2.5)]), tree)) == [False, True, False]
    assert columns(by_leaves(Clicks(inside, box, [(1.5, 2.5)]), tree)) == [True, False, True]


def test_every_clicked_pixel_is_where_the_click_puts_it(tree):
    inside, box = np.ones((6, 12), bool), (0, 0, 12, 6)
    part = by_leaves(Clicks(inside, box, [(1.5, 2.5)], [(5.5, 2.5), (2.5, 0.5)]), tree)
    assert not part[0, 2], "alone among pixels of the part"
    assert part[2, 1]
    inside[4, 0] = False
    assert not by_leaves(Clicks(inside, box, [(1.5, 2.5), (0.5, 4.5)]), tree)[4, 0]


def test_a_part_without_a_click_is_refused():
    with pytest.raises(ValueError, match="no point says"):
        whole(this=[])
