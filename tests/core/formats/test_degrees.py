"""Longitude and latitude of positions in images, against what rasterio says."""

import numpy as np
import pytest

from acseg_core.errors import ExportError
from acseg_core.formats.degrees import degrees_of
from acseg_core.images.geo_systems import CoordinateSystem
from acseg_core.images.georef import GeoReference

warp = pytest.importorskip("rasterio.warp")

POINTS = np.array([[0, 0], [10, 0], [3, 7.5]])


@pytest.mark.parametrize("system", ["EPSG:32633", "EPSG:3857", "EPSG:4258", "ESRI:54009"])
def test_they_are_rasterios(system):
    kind, number = system.split(":")
    wkt = warp.CRS.from_user_input(system).to_wkt() if kind == "ESRI" else ""
    known = CoordinateSystem(None if wkt else int(number), wkt)
    place = (15.1, 1e-5, 0, 50, 0, -1e-5) if number == "4258" else (500_000, 0.3, 0.1, 5_000_000, 0.1, -0.3)
    reference = GeoReference(place, known)
    x, y = reference.to_map(POINTS).T
    expected = np.array(warp.transform(system, "EPSG:4326", x.tolist(), y.tolist())).T
    assert degrees_of(reference, "a.tif")(POINTS) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("system", [None, CoordinateSystem(name="Town"), CoordinateSystem(wkt="nonsense")])
def test_without_a_system_there_are_none(system):
    with pytest.raises(ExportError, match=r"a\.tif: its coordinate system is not known"):
        degrees_of(GeoReference((0, 1, 0, 0, 0, -1), system), "a.tif")


def test_what_is_nowhere_on_earth_is_told():
    reference = GeoReference((1e12, 1, 0, 1e12, 0, -1), CoordinateSystem(32633))
    with pytest.raises(ExportError, match=r"a\.tif: a part of it has no longitude"):
        degrees_of(reference, "a.tif")(POINTS)
