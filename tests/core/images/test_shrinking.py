"""Pictures made smaller: by area, and without much memory where a side is very long."""

import subprocess
import sys

import cv2
import numpy as np
import pytest
from image_bytes import PEAK_MEMORY, picture

from acseg_core.images.shrinking import shrunk


def test_pictures_of_usual_sides_are_shrunk_by_area():
    pixels = picture(480, 640)
    assert np.array_equal(shrunk(pixels, (64, 48)), cv2.resize(pixels, (64, 48), interpolation=cv2.INTER_AREA))
    assert np.array_equal(shrunk(pixels[..., 0], (64, 48)), shrunk(pixels, (64, 48))[..., 0])


@pytest.mark.parametrize("turned", [False, True])
def test_a_row_of_millions_of_pixels_keeps_its_look(turned):
    ramp = np.linspace(0, 255, 3_000_000).astype(np.uint8)[None, :, None].repeat(3, axis=2)
    small = shrunk(ramp.transpose(1, 0, 2) if turned else ramp, (1, 256) if turned else (256, 1))
    assert small.shape == ((256, 1, 3) if turned else (1, 256, 3))
    assert np.abs(small.reshape(256, 3)[:, 0].astype(int) - np.arange(256)).max() <= 1


_SHRINK = """
import numpy as np
from acseg_core.images.shrinking import shrunk
pixels = np.zeros((1, 30_000_000, 3), np.uint8)
before = peak()
shrunk(pixels, (256, 1))
print(peak() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by /proc")
def test_a_row_of_millions_of_pixels_takes_no_table_of_its_length():
    """Of OpenCV's, which would take 360 to 720 MB here."""
    run = subprocess.run([sys.executable, "-c", PEAK_MEMORY + _SHRINK], check=True, capture_output=True, text=True)
    assert int(run.stdout) < 150_000_000
