"""The numbers of a raster under the centres of an image's pixels."""

import numpy as np
import pytest
import rasterio
from affine import Affine
from map_label_files import NORTH_UP, UTM, write_raster

from acseg_core.formats import raster_sampling
from acseg_core.formats.map_images import MapImage, to_pixels
from acseg_core.formats.map_systems import Way, system_called
from acseg_core.formats.raster_sampling import meets, sampled
from acseg_core.images.georef import GeoReference

SIDE = 300
UTM33, WGS84 = system_called(UTM), system_called("EPSG:4326")
IMAGE = MapImage("x.tif", 90, 110, GeoReference(NORTH_UP.to_gdal()), "x.tif")
SAME = Way(UTM33, UTM33)


@pytest.fixture
def numbers():
    return np.arange(SIDE * SIDE, dtype=np.int32).reshape(SIDE, SIDE)


def _all(path, way, transform):
    """(H, W) numbers on the image, -1 for none."""
    found = np.full((IMAGE.height, IMAGE.width), -1)
    seen = []
    with rasterio.open(path) as source:
        for rows, values, inside in sampled(source, IMAGE, way, GeoReference(transform.to_gdal())):
            found[rows] = np.where(inside, values, -1)
            seen += range(rows.start, rows.stop)
    assert seen == list(range(IMAGE.height))
    return found


def _expected(numbers, way, transform):
    """The same, each pixel by itself."""
    rows, columns = np.mgrid[: IMAGE.height, : IMAGE.width] + 0.5
    points = way(IMAGE.reference.to_map(np.stack((columns.ravel(), rows.ravel()), axis=1)))
    x, y = np.floor(to_pixels(points, GeoReference(transform.to_gdal())) + 1e-6).astype(int).T
    inside = (x >= 0) & (y >= 0) & (x < SIDE) & (y < SIDE)
    found = np.where(inside, numbers[y.clip(0, SIDE - 1), x.clip(0, SIDE - 1)], -1)
    return found.reshape(IMAGE.height, IMAGE.width)


@pytest.mark.parametrize(
    "transform",
    [
        Affine(0.5, 0, NORTH_UP.c, 0, -0.5, NORTH_UP.f),
        Affine(0.25, 0, NORTH_UP.c + 5, 0, -0.25, NORTH_UP.f - 9),
        Affine(0.03, 0.04, NORTH_UP.c + 20, 0.04, -0.03, NORTH_UP.f - 20),
        Affine(7, 0, NORTH_UP.c - 900, 0, -7, NORTH_UP.f + 900),
    ],
    ids=["same", "finer", "turned", "coarser"],
)
@pytest.mark.parametrize("most", [1 << 24, 500])
def test_every_pixel_has_the_number_under_its_centre(numbers, tmp_path, transform, most, monkeypatch):
    monkeypatch.setattr(raster_sampling, "_MOST_READ", most)
    monkeypatch.setattr(raster_sampling, "_PIXELS", 2000)
    path = write_raster(tmp_path / "x.tif", numbers, transform, UTM)
    found = _all(path, SAME, transform)
    assert (found == _expected(numbers, SAME, transform)).all()
    assert (found >= 0).any()


def test_another_system_is_met_to_single_pixels(numbers, tmp_path):
    ((x, y),) = Way(UTM33, WGS84)(np.array([[NORTH_UP.c - 5, NORTH_UP.f + 5]]))
    transform = Affine(4e-6, 0, x, 0, -3e-6, y)
    path = write_raster(tmp_path / "x.tif", numbers, transform, "EPSG:4326")
    way = Way(UTM33, WGS84)
    found, expected = _all(path, way, transform), _expected(numbers, way, transform)
    assert (found != expected).mean() < 0.0002
    assert (found >= 0).mean() > 0.5


def test_what_cannot_meet_is_known_by_the_boxes():
    far = GeoReference((NORTH_UP.c + 56.0, 0.5, 0.0, NORTH_UP.f, 0.0, -0.5))
    near = GeoReference((NORTH_UP.c + 54.0, 0.5, 0.0, NORTH_UP.f, 0.0, -0.5))
    assert not meets(IMAGE, SAME, far, width=SIDE, height=SIDE)
    assert meets(IMAGE, SAME, near, width=SIDE, height=SIDE)
    assert not meets(IMAGE, Way(WGS84, UTM33), near, width=SIDE, height=SIDE), "it is nowhere there"
