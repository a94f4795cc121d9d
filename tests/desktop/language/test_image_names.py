"""Images are called by their paths, tiles by their places in the scene."""

import pytest

from acseg_core.types import ImageInfo, ImageRecord, ImageStatus, Tile
from acseg_desktop.language.image_names import image_name


def record(path: str, tile: Tile | None = None) -> ImageRecord:
    return ImageRecord(1, ImageInfo(path, "0" * 64, 1, 1, 8, 8, 8, 8, tile=tile), ImageStatus.NEW)


@pytest.mark.parametrize(
    ("path", "tile", "name"),
    [
        ("sub/b.png", None, "sub/b.png"),
        ("odd#r2c5.tif", None, "odd#r2c5.tif"),
        ("map#r2c5.tif", Tile(2, 5, 0, 0), "map · row 2, column 5"),
        ("sub/map#r2c5.tif", Tile(2, 5, 0, 0), "sub/map · row 2, column 5"),
        ("map#r2c5", Tile(2, 5, 0, 0), "map · row 2, column 5"),
    ],
)
def test_names(path, tile, name):
    assert image_name(record(path, tile)) == name


def test_a_short_name_is_without_the_folder():
    assert image_name(record("sub/b.png"), short=True) == "b.png"
    assert image_name(record("sub/map#r2c5.tif", Tile(2, 5, 0, 0)), short=True) == "map · r2 c5"
