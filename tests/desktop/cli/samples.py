"""Photos whose names a shell must quote."""

from pathlib import Path

import numpy as np
from PIL import Image


def make_photos(folder: Path, count: int = 3) -> Path:
    """Photos with spaces and umlauts in their names, the first of them in a subfolder."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(0)
    for number in range(count):
        pixels = np.zeros((60 + number, 90, 3), np.uint8)
        pixels[:, : 20 + 7 * number] = random.integers(0, 256, 3)
        pixels[30:, 45:] = random.integers(0, 256, 3)
        place = folder if number else folder / "sub folder"
        place.mkdir(exist_ok=True)
        Image.fromarray(pixels).save(place / f"bild {number} ä.png")
    return folder
