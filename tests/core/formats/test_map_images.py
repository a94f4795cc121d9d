"""Images as places on a map: which lie on one, and the way back from the map to pixels."""

import numpy as np
import pytest

from acseg_core.formats.map_images import map_images, to_pixels
from acseg_core.images.georef import GeoReference, to_text
from acseg_core.types import ImageInfo, ImageRecord, ImageStatus, Tile

TURNED = (500000.25, 0.3, 0.4, 5500000.75, 0.4, -0.3)


def _record(number, georeference, **more):
    info = ImageInfo(f"{number}.tif", str(number), 1, 1, 20, 10, 20, 10, georeference=georeference, **more)
    return ImageRecord(1, info, ImageStatus.NEW)


def test_the_way_back_from_the_map_is_exact_to_a_millionth_of_a_pixel():
    points = np.random.default_rng(0).uniform(-5000, 5000, (100, 2))
    reference = GeoReference(TURNED)
    assert to_pixels(reference.to_map(points), reference) == pytest.approx(points, abs=1e-6)


def test_images_are_parted_by_whether_they_lie_on_a_map():
    somewhere, flat = to_text(GeoReference(TURNED)), to_text(GeoReference((0.0, 1.0, 1.0, 0.0, 1.0, 1.0)))
    records = [_record(1, somewhere), _record(2, ""), _record(3, None), _record(4, flat)]
    records.append(_record("map#r1c1", somewhere, tile=Tile(1, 1, 0, 0)))
    placed, elsewhere = map_images(records)
    assert [(image.path, image.height, image.width, image.is_tile) for image in placed] == [
        ("1.tif", 10, 20, False),
        ("map#r1c1.tif", 10, 20, True),
    ]
    assert placed[1].is_said("map.tif")
    assert placed[1].is_said("map#r1c1.tif")
    assert not placed[0].is_said("map.tif")
    assert elsewhere == ["2.tif", "3.tif", "4.tif"]


def test_a_border_goes_around_the_image():
    (image,), _ = map_images([_record(1, to_text(GeoReference(TURNED)))])
    x, y = to_pixels(image.border(), image.reference).T
    assert (x.min(), x.max(), y.min(), y.max()) == pytest.approx((0, 20, 0, 10), abs=1e-6)
    assert np.min([abs(x), abs(x - 20), abs(y), abs(y - 10)], axis=0) == pytest.approx(0, abs=1e-6)
