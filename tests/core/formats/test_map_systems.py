"""Coordinate systems, and the way from one to another."""

import numpy as np
import pytest

from acseg_core.formats.map_systems import Systems, Way, short_name, system_called, system_of
from acseg_core.images.geo_systems import CoordinateSystem

UTM, DEGREES = system_called("EPSG:32633"), system_called("EPSG:4326")


def test_systems_are_known_by_number_or_text_and_nothing_is_made_up():
    assert system_of(CoordinateSystem(32633)) == UTM
    assert system_of(CoordinateSystem(None, UTM.to_wkt())) == UTM
    assert system_of(CoordinateSystem(999999, UTM.to_wkt())) == UTM
    assert system_of(CoordinateSystem(name="Town")) is system_of(None) is system_called("nonsense") is None
    assert system_called('PROJCS["x",GEOGCS["y",UNIT["Degree",0.0174]],UNIT["Meter",1.0]]') is None
    assert (short_name(UTM), short_name(None)) == ("EPSG:32633", "no coordinate system")


def test_there_and_back_is_the_same_to_a_millimetre():
    points = np.random.default_rng(0).uniform((400000, 5000000), (600000, 6000000), (50, 2))
    there = Way(UTM, DEGREES)(points)
    assert (np.abs(there[:, 0] - 15) < 2).all(), "east comes first"
    assert Way(DEGREES, UTM)(there) == pytest.approx(points, abs=1e-3)


@pytest.mark.parametrize("pair", [(None, UTM), (UTM, None), (UTM, UTM)])
def test_what_is_unknown_is_taken_for_the_same(pair):
    points = np.array([[1.0, 2.0]])
    assert Way(*pair).is_same
    assert Way(*pair)(points) is points


def test_places_that_are_nowhere_harm_no_others():
    found = Way(DEGREES, UTM)(np.array([[15.0, 50.0], [15.0, 91.0], [np.nan, 0.0], [15.0, 50.0]]))
    assert np.isfinite(found).all(axis=1).tolist() == [True, False, False, True]
    assert found[0] == pytest.approx([500000, 5538630.7], abs=0.1)


def test_each_is_made_once():
    systems = Systems()
    utm = systems.of(CoordinateSystem(32633))
    assert systems.of(CoordinateSystem(32633)) is utm
    assert systems.way(utm, DEGREES) is systems.way(utm, DEGREES)
    assert systems.way(utm, DEGREES) is not systems.way(DEGREES, utm)
