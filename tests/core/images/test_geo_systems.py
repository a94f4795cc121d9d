"""Coordinate systems: what GeoTIFF's keys and texts in WKT say, and nothing that they do not."""

import pytest
from geotiff_files import UTM33, WGS84, key_tags
from hypothesis import given
from hypothesis import strategies as st

from acseg_core.images.geo_systems import CoordinateSystem, GeoKeys, system_of_wkt

UTM_TEXT = (
    'PROJCS["WGS 84 / UTM zone 33N",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],'
    'AUTHORITY["EPSG","4326"]],PROJECTION["Transverse_Mercator"],PARAMETER["central_meridian",15],UNIT["metre",1],'
    'AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","32633"]]'
)
ESRI_TEXT = (
    'PROJCS["WGS_1984_UTM_Zone_33S",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,'
    '298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["Central_Meridian",15.0],UNIT["Meter",1.0]]'
)
FEET_TEXT = ESRI_TEXT.replace("WGS_1984_UTM_Zone_33S", "Town_Grid").replace(
    '"Meter",1.0', '"Foot_US",0.3048006096012192'
)
WKT2 = (
    'PROJCRS["WGS 84 / UTM zone 33N",BASEGEOGCRS["WGS 84",DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",'
    '6378137,298.257223563,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]],'
    'CONVERSION["UTM zone 33N",METHOD["Transverse Mercator"]],CS[Cartesian,2],AXIS["(E)",east],AXIS["(N)",north],'
    'LENGTHUNIT["kilometre",1000],ID["EPSG",32633]]'
)


def keys_of(keys: dict) -> GeoKeys:
    tags = key_tags(keys)
    numbers, texts = tags.get(34736, ("d", ()))[1], tags.get(34737, ("s", b""))[1]
    return GeoKeys(tags[34735][1], numbers, texts.decode())


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (UTM33, CoordinateSystem(32633, unit="metre", metres=1.0)),
        (WGS84, CoordinateSystem(4326, unit="degree")),
        ({1024: 1, 3072: 32633}, CoordinateSystem(32633, unit="metre", metres=1.0)),  # a well-known one, unit left out
        ({1024: 1, 3072: 2263}, CoordinateSystem(2263)),  # nobody says that these are feet
        ({1024: 1, 3072: 2263, 3076: 9003}, CoordinateSystem(2263, unit="US survey foot", metres=1200 / 3937)),
        ({3072: 25832, 3076: 9001}, CoordinateSystem(25832, unit="metre", metres=1.0)),  # the kind left out
        (
            {1024: 1, 3072: 32767, 3073: "Town grid", 3076: 32767, 3077: 2.5},
            CoordinateSystem(None, name="Town grid", unit="unit", metres=2.5),
        ),
        ({1024: 2, 2048: 32767, 2049: "Old datum", 2054: 9105}, CoordinateSystem(name="Old datum", unit="grad")),
        ({1024: 32767, 1026: "Site"}, CoordinateSystem(name="Site")),
        ({1025: 1}, None),
    ],
)
def test_keys_say_which_system_it_is(keys, expected):
    assert keys_of(keys).system() == expected


def test_esris_text_in_a_citation_is_the_definition():
    found = keys_of({1024: 1, 3072: 32767, 3073: "ESRI PE String = " + ESRI_TEXT}).system()
    assert found == CoordinateSystem(32733, ESRI_TEXT, "WGS_1984_UTM_Zone_33S", "metre", 1.0)


def test_centres_or_corners():
    assert keys_of({1024: 1, 1025: 2}).is_point
    assert not keys_of({1024: 1, 1025: 1}).is_point
    assert not keys_of({1024: 1}).is_point


@pytest.mark.parametrize(
    ("text", "epsg", "unit", "metres"),
    [
        (UTM_TEXT, 32633, "metre", 1.0),
        (ESRI_TEXT, 32733, "metre", 1.0),
        ("\ufeff" + WKT2 + "\r\n", 32633, "kilometre", 1000.0),
        (FEET_TEXT, None, "US survey foot", 0.3048006096012192),
        ('GEOGCS["GCS_WGS_1984",DATUM["D"],UNIT["Degree",0.0174532925199433]]', 4326, "degree", None),
    ],
)
def test_a_text_says_which_system_it_is(text, epsg, unit, metres):
    found = system_of_wkt(text)
    assert found is not None
    assert (found.epsg, found.unit, found.metres) == (epsg, unit, metres)
    assert found.wkt == text.strip("\ufeff\r\n")


@pytest.mark.parametrize("text", ["", "EPSG:32633", "LOCAL_CS", '["x"]', 'UNIT["metre",1]', "\0\0"])
def test_other_texts_say_nothing(text):
    assert system_of_wkt(text) is None


@pytest.mark.parametrize(
    ("system", "is_true"),
    [
        (CoordinateSystem(32633, unit="metre", metres=1), True),
        (CoordinateSystem(3857, unit="metre", metres=1), False),
        (CoordinateSystem(None, UTM_TEXT, "WGS 84 / UTM zone 33N", "metre", 1), True),
        (CoordinateSystem(None, "", "WGS 84 / Pseudo-Mercator", "metre", 1), False),
        (CoordinateSystem(None, 'PROJCS["x",PROJECTION["Mercator_1SP"]]', "x", "metre", 1), False),
        (CoordinateSystem(4326, unit="degree"), False),
    ],
)
def test_mercators_areas_are_not_those_on_the_ground(system, is_true):
    assert system.is_true_to_scale is is_true


@given(st.lists(st.integers(0, 65535), max_size=40), st.lists(st.floats(), max_size=4), st.text(max_size=40))
def test_no_directory_of_keys_stops_anybody(directory, numbers, texts):
    for each in (directory, [1, 1, 0, len(directory) // 4, *directory]):
        keys = GeoKeys(each, numbers, texts)
        found = keys.system()
        assert found is None or found.metres is None or found.metres > 0
        assert keys.is_point in (True, False)


@given(st.text(max_size=60) | st.text('PROJCS[]",UNIT1.eE-GEO', max_size=60))
def test_no_text_stops_anybody(text):
    for each in (text, f'PROJCS["{text}', UTM_TEXT[:200] + text):
        found = system_of_wkt(each)
        assert found is None or found.metres is None or found.metres > 0
