"""Brightness, contrast and gamma: values, and what they do to the screen."""

import numpy as np
import pytest
from desktop.canvas.samples import flat_photo, noise_photo

from acseg_desktop.canvas.tone import MAX_GAMMA, Tone


def test_the_plain_tone_changes_nothing():
    assert Tone().is_plain
    assert np.array_equal(Tone().table(), np.arange(256))


@pytest.mark.parametrize(
    "tone", [Tone(0.3), Tone(-0.4), Tone(0, 0.5), Tone(0, -0.8), Tone(0, 0, 2.0), Tone(0.1, -0.3, 0.4)]
)
def test_every_tone_keeps_the_order_of_values(tone):
    table = tone.table().astype(int)
    assert (np.diff(table) >= 0).all()
    assert not tone.is_plain


def test_each_slider_does_what_it_says():
    assert Tone(brightness=0.4).table()[100] == 202  # 0.4 of 255 brighter
    assert Tone(contrast=-1).table().tolist() == [128] * 256
    assert Tone(contrast=1).table()[[100, 200]].tolist() == [0, 255]
    assert Tone(gamma=2).table()[64] == 128
    assert Tone(gamma=0.5).table()[128] == 64


@pytest.mark.parametrize("values", [{"brightness": 1.1}, {"contrast": -2}, {"gamma": 0}, {"gamma": MAX_GAMMA * 2}])
def test_values_out_of_range_are_refused(values):
    with pytest.raises(ValueError, match="from"):
        Tone(**values)


def test_the_screen_shows_the_table_and_the_photo_stays(canvas, grabbed):
    photo = noise_photo(200, 300)
    before = photo.copy()
    canvas.show_image(photo)
    canvas.actual_size()
    plain = grabbed()
    tone = Tone(0.2, 0.1, 1.5)
    canvas.set_tone(tone)
    left, top, right, bottom = canvas._viewport.picture
    assert np.array_equal(grabbed()[top:bottom, left:right], tone.table()[photo])
    assert np.array_equal(photo, before)
    assert canvas.pixel_value(7, 3) == tuple(photo[3, 7].tolist())  # those of the file
    canvas.set_tone(Tone())
    assert np.array_equal(grabbed(), plain)


def test_the_tone_stays_for_the_next_photo(canvas, grabbed):
    canvas.show_image(flat_photo())
    canvas.set_tone(Tone(brightness=0.4))
    canvas.show_image(flat_photo(color=(10, 20, 30)))
    assert grabbed()[240, 320].tolist() == [112, 122, 132]
