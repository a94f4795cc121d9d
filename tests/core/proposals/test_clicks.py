"""Parts of a region by clicks: by tokens, along the edges of the image."""

import numpy as np
import pytest

from acseg_core.proposals.clicks import Clicks, by_tokens
from acseg_core.proposals.tokens import PatchTokens

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


def test_every_clicked_pixel_is_where_the_click_puts_it(tokens, image):
    inside = np.ones((HEIGHT, WIDTH), bool)
    part = by_tokens(whole(inside=inside, other=[(70.5, 50.5), (2.5, 0.5)]), tokens, image)
    assert not part[0, 2], "alone among pixels of the part"
    assert part[10, 10]
    inside[4, 0] = False
    assert not by_tokens(whole(inside=inside, this=[(10.5, 10.5), (0.5, 4.5)]), tokens, image)[4, 0]


def test_a_part_without_a_click_is_refused():
    with pytest.raises(ValueError, match="no point says"):
        whole(this=[])
