"""What is around an image while it is partitioned: its own pixels stay as they are, and leaves are of it only."""

import numpy as np
import pytest

from acseg_core.config import CellConfig
from acseg_core.images.photos import Photo, Surroundings
from acseg_core.nets.halo import view_of
from acseg_core.proposals.cell_merging import CellFeatures
from acseg_core.proposals.cell_partition import CellPartition, SeenCells
from acseg_core.proposals.leaf_map import OUTSIDE
from acseg_core.proposals.margins import NO_MARGINS, Margins, margins_of


def enlarged(pixels, size):
    """By the nearest pixels: good enough to tell pieces apart."""
    down, across = (np.arange(new) * old // new for new, old in zip(size, pixels.shape[:2], strict=True))
    return pixels[down][:, across]


def test_an_image_in_its_margins():
    margins = Margins(left=3, top=1, right=2, bottom=4)
    assert margins
    assert not NO_MARGINS
    assert margins.inside((15, 25)) == (slice(1, 11), slice(3, 23))
    assert margins.scaled((15, 25), (5, 10)) == Margins(left=2, top=1, right=1, bottom=2)
    assert NO_MARGINS.inside((15, 25)) == (slice(0, 15), slice(0, 25))


def test_the_pieces_of_a_picture_are_made_smaller_each_for_itself():
    margins = Margins(left=4, top=0, right=2, bottom=6)
    picture = np.arange(16 * 26).reshape(16, 26)
    small = margins.in_pieces(picture, (5, 10), enlarged)
    assert small.shape == (5 + 3, 2 + 10 + 1)
    np.testing.assert_array_equal(
        small[margins.scaled(picture.shape, (5, 10)).inside(small.shape)], picture[:10:2, 4:24:2]
    )
    np.testing.assert_array_equal(NO_MARGINS.in_pieces(picture, (8, 13), enlarged), picture[::2, ::2])


def test_margins_are_what_is_around_a_tile_in_what_is_seen_of_it():
    around = np.zeros((300, 330, 3), np.uint8)
    tile = Photo(around[20:276, 64:320], 256, 256, 1, "RGB", surroundings=Surroundings(around, 64, 20))
    assert margins_of(view_of(tile, (8, 8))) == Margins(left=64, top=0, right=0, bottom=24)
    alone = Photo(around, 330, 300, 1, "RGB")
    assert margins_of(view_of(alone, (8, 8))) == NO_MARGINS


def fields(height, width):
    """Four fields of a colour each and a little noise."""
    pixels = np.zeros((height, width, 3), int)
    pixels[: height // 2, : width // 2] = (200, 60, 40)
    pixels[height // 2 :, : width // 2] = (40, 180, 70)
    pixels[: height // 2, width // 2 :] = (30, 60, 200)
    pixels[height // 2 :, width // 2 :] = (210, 200, 60)
    return np.clip(pixels + np.random.default_rng(0).integers(-5, 6, pixels.shape), 0, 255).astype(np.uint8)


def tree_of(picture, margins, *, valid=None):
    """The tree of a picture by its colours, as if the backbone saw the same in all of it."""
    begun = CellPartition.begin(picture, CellConfig(), valid=valid, margins=margins)
    count = begun.cells.graph.count
    seen = SeenCells(CellFeatures(np.zeros((count, 4), np.float32)), np.ones((count, 8), np.float32))
    return begun.tree(seen, CellConfig())


@pytest.mark.parametrize(
    "shape", [(240, 200), (900, 840)]
)  # cells are found in the picture itself, or in a smaller one
def test_leaves_are_of_the_image_alone(shape):
    picture = fields(*shape)
    margins = Margins(left=shape[1] // 10, top=shape[0] // 10, right=shape[1] // 4, bottom=0)
    tree = tree_of(picture, margins)
    inside = picture[margins.inside(shape)]
    assert tree.leaf_map.shape == inside.shape[:2]
    np.testing.assert_array_equal(np.unique(tree.leaf_map), np.arange(tree.tree.leaves))
    regions = tree.regions(tree.tree.cut_to(4))
    assert sum(region.area for region in regions) == inside.shape[0] * inside.shape[1]
    label_map, _ = tree.partition(tree.tree.cut_to(4))
    truth = fields(*shape)[margins.inside(shape)]
    for region in range(4):
        assert truth[label_map == region].std(axis=0).max() < 20, "each is one field"


def test_void_pixels_of_the_image_have_no_leaf_and_those_around_it_are_no_matter():
    picture, valid = fields(240, 240), np.ones((240, 240), bool)
    valid[:60, :60] = False
    margins = Margins(left=40, top=40)
    tree = tree_of(picture, margins, valid=valid)
    void = tree.leaf_map == OUTSIDE
    np.testing.assert_array_equal(void, ~valid[40:, 40:])


def test_an_image_with_a_few_valid_pixels_in_margins_full_of_them_has_a_leaf():
    picture, valid = fields(1000, 1000), np.ones((1000, 1000), bool)
    margins = Margins(left=120, top=120, right=120, bottom=120)
    valid[margins.inside((1000, 1000))] = False
    valid[500, 500] = True
    tree = tree_of(picture, margins, valid=valid)
    assert (tree.leaf_map != OUTSIDE).sum() == 1
    assert tree.tree.leaves == 1
