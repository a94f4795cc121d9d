"""Geometries as masks of images: straight edges are straight in their own coordinate system."""

import numpy as np
import pytest
import shapely
from map_label_files import DEGREES, NORTH_UP, UTM, moved

from acseg_core.formats.map_images import MapImage
from acseg_core.formats.map_shapes import box_of, has_area, masks_on, repaired
from acseg_core.formats.map_systems import Way, system_called
from acseg_core.images.georef import GeoReference
from acseg_core.shapes import masks

UTM33, WGS84 = system_called(UTM), system_called("EPSG:4326")
SIZE = 400


def _image(transform):
    return MapImage("x.tif", SIZE, SIZE, GeoReference(transform.to_gdal()), "x.tif")


def _mask(shape, image, to_file, back):
    (found,) = masks_on([shape], image, box_of(image, to_file), back)
    return None if found is None else masks.decode(found)


def test_a_long_edge_is_bent_as_it_should_be():
    """Half of the world north of a line of latitude: in UTM that is no straight line, by a kilometre over 200."""
    image = _image(type(DEGREES)(500, 0, 500000, 0, -500, 5638000))
    there, back = Way(UTM33, WGS84), Way(WGS84, UTM33)
    found = _mask(shapely.box(10, 50, 20, 51.5), image, there, back)
    rows, columns = np.mgrid[:SIZE, :SIZE] + 0.5
    centres = image.reference.to_map(np.stack((columns.ravel(), rows.ravel()), axis=1))
    expected = (there(centres)[:, 1] > 50).reshape(SIZE, SIZE)
    assert (found != expected).mean() < 0.0005
    first, middle, last = expected[:, [0, SIZE // 2, -1]].sum(axis=0)
    assert abs(middle - (first + last) / 2) > 1.5, "a straight line between its ends would be pixels off"


def test_what_surrounds_an_image_is_its_box():
    image = _image(NORTH_UP)
    same = Way(None, UTM33)
    assert box_of(image, same) == (NORTH_UP.c, NORTH_UP.f - 200, NORTH_UP.c + 200, NORTH_UP.f)
    left, low, right, high = box_of(image, Way(UTM33, WGS84))
    corners = np.array(moved([shapely.box(*box_of(image, same))], UTM, "EPSG:4326")[0].exterior.coords)
    assert left < corners[:, 0].min()
    assert high > corners[:, 1].max()
    assert right - left < 1.2 * np.ptp(corners[:, 0])
    assert high - low < 1.2 * np.ptp(corners[:, 1])


def test_what_lies_nowhere_is_none():
    image = _image(NORTH_UP)
    nowhere = Way(WGS84, system_called("EPSG:3857"))
    polar = MapImage("x.tif", SIZE, SIZE, GeoReference((0.0, 0.1, 0.0, 100.0, 0.0, -0.1)), "x.tif")
    assert box_of(polar, nowhere) is not None
    beyond = MapImage("x.tif", 2, 2, GeoReference((0.0, 1.0, 0.0, 500.0, 0.0, -1.0)), "x.tif")
    assert box_of(beyond, nowhere) is None
    same = Way(None, None)
    assert _mask(shapely.Point(1, 2), image, same, same) is None
    assert _mask(shapely.GeometryCollection(), image, same, same) is None


def test_only_what_is_broken_is_mended():
    sound, bow = shapely.box(0, 0, 1, 1), shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    hole_outside = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(3, 1), (6, 1), (6, 3), (3, 3)]])
    geometries = np.array([sound, bow, None, shapely.Point(1, 2), hole_outside], object)
    mended, broken = repaired(geometries)
    assert broken.tolist() == [False, True, False, False, True]
    assert mended[0] is sound
    assert mended[1].area == pytest.approx(2)
    assert mended[2] is None
    assert mended[4].area == pytest.approx(14), "a hole takes away, also where it goes over the edge"
    assert [has_area(each) for each in mended] == [True, True, False, False, True]
    inner = shapely.GeometryCollection([shapely.MultiPolygon([sound])])
    deep = shapely.GeometryCollection([shapely.Point(0, 0), inner])
    assert has_area(deep)
