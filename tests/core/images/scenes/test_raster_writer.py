"""Rasters of numbers, written through GDAL and read again."""

import numpy as np
import pytest

from acseg_core.errors import StorageError
from acseg_core.images.georef import GeoReference
from acseg_core.images.scenes.raster_writer import NumberRaster, number_raster

rasterio = pytest.importorskip("rasterio")
PLACE = GeoReference((1, 2, 0, 3, 0, -2))
COLORS = np.arange(768, dtype=np.uint16).reshape(256, 3).astype(np.uint8)


def test_it_is_written_in_parts_of_any_height(tmp_path):
    numbers = np.random.default_rng(0).integers(0, 256, (700, 300)).astype(np.uint8)
    with number_raster(tmp_path / "a.tif", NumberRaster(300, 700, PLACE, 255, COLORS)) as write:
        for top in range(0, 700, 130):
            write(top, numbers[top : top + 130])
    with rasterio.open(tmp_path / "a.tif") as found:
        assert (found.read(1) == numbers).all()
        assert found.colormap(1)[100] == (*COLORS[100].tolist(), 255)
        assert found.transform.to_gdal() == PLACE.transform


def test_an_overview_has_numbers_of_the_raster(tmp_path):
    numbers = np.random.default_rng(0).choice([7, 200], (1100, 1200)).astype(np.uint16)
    with number_raster(tmp_path / "a.tif", NumberRaster(1200, 1100, PLACE, 65535)) as write:
        write(0, numbers)
    with rasterio.open(tmp_path / "a.tif") as found:
        assert found.overviews(1) == [2]
        small = found.read(1, out_shape=(550, 600))
    assert set(np.unique(small).tolist()) == {7, 200}


def test_what_gdal_cannot_write_is_one_line(tmp_path):
    raster = NumberRaster(8, 8, PLACE, 255, COLORS)
    with (
        pytest.raises(StorageError, match=r"map\.tif: GDAL cannot write it"),
        number_raster(tmp_path / "none" / "a.tif", raster, shown=tmp_path / "map.tif"),
    ):
        pass
