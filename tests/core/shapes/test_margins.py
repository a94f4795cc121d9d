"""What is around an image in a larger picture, which is made smaller in pieces."""

import numpy as np

from acseg_core.shapes.margins import NO_MARGINS, Margins


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
