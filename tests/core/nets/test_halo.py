"""What the backbone sees around a tile, and that only the tile's own patches are kept."""

import numpy as np
import pytest
import torch
from tiny_model import tiny_config

from acseg_core.images.photos import Photo, Surroundings
from acseg_core.nets.backbone import Backbone
from acseg_core.nets.halo import features_of, view_of


@pytest.fixture(scope="module")
def backbone(tmp_path_factory) -> Backbone:
    return Backbone(tiny_config(tmp_path_factory.mktemp("model")).backbone)


def tile(left: int, top: int, right: int, bottom: int, *, side: int = 256, seed: int = 0) -> Photo:
    """A square tile with so many pixels around it."""
    random = np.random.default_rng(seed)
    around = random.integers(0, 256, (top + side + bottom, left + side + right, 3), dtype=np.uint8)
    rgb = np.ascontiguousarray(around[top : top + side, left : left + side])
    return Photo(rgb, side, side, 1, "RGB", surroundings=Surroundings(around, left, top))


def plain(photo: Photo) -> Photo:
    return Photo(photo.rgb, photo.stored_width, photo.stored_height, 1, "RGB")


def test_a_tile_inside_of_a_scene_has_whole_patches_on_all_sides(backbone):
    photo = tile(32, 32, 32, 32)
    assert backbone.grid_size(256, 256) == (8, 8)
    view = view_of(photo, (8, 8))
    assert view.grid == (10, 10), "patches are 32 pixels of the tile wide"
    assert (view.rows, view.columns) == (slice(1, 9), slice(1, 9))
    np.testing.assert_array_equal(view.pixels, photo.surroundings.rgb)


@pytest.mark.parametrize(
    ("sides", "grid", "rows", "columns", "shape"),
    [
        ((0, 0, 64, 64), (10, 10), slice(0, 8), slice(0, 8), (320, 320)),  # the scene's upper left corner
        ((64, 0, 0, 0), (8, 10), slice(0, 8), slice(2, 10), (256, 320)),  # its right border
        ((70, 10, 23, 24), (9, 10), slice(0, 8), slice(2, 10), (280, 320)),  # what is no whole patch is left out
    ],
)
def test_a_halo_is_cut_to_whole_patches(sides, grid, rows, columns, shape):
    view = view_of(tile(*sides), (8, 8))
    assert (view.grid, view.rows, view.columns) == (grid, rows, columns)
    assert view.pixels.shape[:2] == shape


def test_an_image_that_is_no_tile_is_seen_as_it_is(backbone):
    photo = plain(tile(0, 0, 0, 0))
    (found,), (expected,) = features_of(backbone, [photo]), backbone.features([photo.rgb])
    torch.testing.assert_close(found.tokens, expected.tokens)


def test_tokens_of_a_tile_are_those_of_its_patches_in_what_is_around_it(backbone):
    photo = tile(32, 64, 64, 32)
    (found,) = features_of(backbone, [photo])
    (whole,) = backbone.features([photo.surroundings.rgb], grids=[(11, 11)])
    assert found.grid == (8, 8)
    for name in ("tokens", "cls_attention", "keys", "values", "middle", "upper"):
        part, expected = getattr(found, name), getattr(whole, name)
        assert (part is None) == (expected is None)
        if part is not None:
            torch.testing.assert_close(part, expected[2:10, 1:9])
            assert part.untyped_storage().nbytes() == part.nelement() * 4, "the rest can be let go"
    (alone,) = features_of(backbone, [plain(photo)])
    assert not torch.allclose(found.tokens, alone.tokens, atol=1e-2), "what is around it says something"


@pytest.mark.parametrize("lanes", [1, 4])
def test_tiles_and_images_of_all_grids_go_together(backbone, monkeypatch, lanes):
    monkeypatch.setattr(torch, "get_num_threads", lambda: lanes)
    photos = [tile(32, 32, 32, 32, seed=1), plain(tile(0, 0, 0, 0, seed=2)), tile(0, 32, 32, 32, seed=3)]
    for found, photo in zip(features_of(backbone, photos), photos, strict=True):
        (alone,) = features_of(backbone, [photo])
        torch.testing.assert_close(found.tokens, alone.tokens, rtol=1e-3, atol=1e-3)
