"""The photo at halved sizes, sampled at any zoom: in place, without aliasing, and cheap."""

import numpy as np
import pytest
from desktop.canvas.samples import noise_photo

from acseg_desktop.canvas.pyramid import Pyramid
from acseg_desktop.canvas.viewport import Viewport


def view_of(pyramid: Pyramid, zoom: float) -> Viewport:
    view = Viewport()
    view.image_width, view.image_height = pyramid.width, pyramid.height
    view.width, view.height = 4000, 4000
    view.zoom = zoom
    return view


def rgb(argb: np.ndarray) -> np.ndarray:
    assert (argb >> 24 == 255).all()
    return np.stack([argb >> 16 & 255, argb >> 8 & 255, argb & 255], axis=-1).astype(np.uint8)


def shown(photo: np.ndarray, zoom: float) -> np.ndarray:
    pyramid = Pyramid(photo)
    view = view_of(pyramid, zoom)
    return rgb(pyramid.sample(view, view.picture))


def test_one_to_one_is_the_photo_itself():
    photo = noise_photo(53, 71)
    assert np.array_equal(shown(photo, 1.0), photo)


@pytest.mark.parametrize("zoom", [3.0, 5.0, 64.0])
def test_near_the_pixels_are_squares(zoom):
    photo = noise_photo(7, 9)
    assert np.array_equal(shown(photo, zoom), photo.repeat(int(zoom), axis=0).repeat(int(zoom), axis=1))


def test_half_size_is_the_mean_of_four():
    photo = noise_photo(40, 60)
    means = photo.reshape(20, 2, 30, 2, 3).mean(axis=(1, 3))
    assert np.abs(shown(photo, 0.5) - means).max() <= 1


@pytest.mark.parametrize("zoom", [0.03, 0.11, 0.25, 0.4, 0.99, 1.5, 2.9])
def test_a_gradient_stays_in_place_at_every_zoom(zoom):
    ramp = np.linspace(0, 255, 601)
    photo = np.repeat(np.round(np.broadcast_to(ramp, (403, 601)))[..., None], 3, axis=2).astype(np.uint8)
    got = shown(photo, zoom)[..., 0]
    centres = (np.arange(got.shape[1]) + 0.5) / zoom
    expected = np.interp(centres - 0.5, np.arange(601), ramp)
    inner = slice(2, -2) if got.shape[1] > 8 else slice(None)
    assert np.abs(got[:, inner] - expected[inner]).max() < 3 + 0.2 / zoom


def test_shrinking_far_does_not_alias():
    checker = (np.indices((1024, 1024)).sum(axis=0) % 2 * 255).astype(np.uint8)
    got = shown(np.repeat(checker[..., None], 3, axis=2), 0.1)
    assert got.min() >= 126
    assert got.max() <= 129


@pytest.mark.parametrize(("height", "width"), [(1, 1), (1, 5000), (5000, 1), (2, 3), (255, 257)])
@pytest.mark.parametrize("zoom", [0.01, 0.3, 1.0, 2.0, 7.5])
def test_odd_shapes_are_sampled_without_leaving_the_photo(height, width, zoom):
    photo = np.full((height, width, 3), (10, 200, 30), np.uint8)
    assert (shown(photo, zoom) == (10, 200, 30)).all()


def test_wider_than_opencv_allows():
    photo = np.zeros((2, 70_000, 3), np.uint8)
    photo[:, 35_000:] = 255
    got = shown(photo, 0.05)[0, :, 0]
    assert (got[:1740] == 0).all()
    assert (got[1760:] == 255).all()
    pyramid = Pyramid(photo)
    view = view_of(pyramid, 1.5)
    part = view.picture._replace(left=52_000, right=53_000)
    got = rgb(pyramid.sample(view, part))[0, :, 0]
    assert (got[:499] == 0).all()
    assert (got[501:] == 255).all()


def test_memory_beyond_the_photo_is_a_third_of_it_and_only_when_needed():
    photo = noise_photo(512, 512)
    pyramid = Pyramid(photo)
    view = view_of(pyramid, 1.0)
    pyramid.sample(view, view.picture)
    assert pyramid.extra_bytes == 0
    view.zoom = 0.01
    pyramid.sample(view, view.picture)
    assert 0 < pyramid.extra_bytes <= photo.nbytes / 3
    assert np.shares_memory(pyramid._levels[0], photo)


@pytest.mark.parametrize(
    "pixels",
    [np.zeros((4, 4), np.uint8), np.zeros((4, 4, 4), np.uint8), np.zeros((4, 4, 3)), np.zeros((0, 4, 3), np.uint8)],
)
def test_anything_but_rgb_bytes_is_refused(pixels):
    with pytest.raises(ValueError, match="uint8"):
        Pyramid(pixels)


def test_rows_that_are_not_contiguous_are_copied():
    photo = noise_photo(40, 60)[:, ::2]
    assert np.array_equal(shown(photo, 1.0), photo)
