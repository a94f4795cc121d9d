"""Where images lie on a map: by tags of every kind of file, by files beside them, however EXIF turns them."""

import io
import logging
from pathlib import Path

import numpy as np
import pytest
from geotiff_files import UTM33, WGS84, geotiff, key_tags, matrix, nodata, north_up
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin
from tiff_files import Written, tiff_pages

from acseg_core.images.files import inspect_image, look_up_georeference
from acseg_core.images.georef import GeoReference, from_text, georeference_of, read_georeference, to_text
from acseg_core.images.photos import turned_back

PIXELS = np.arange(5 * 7 * 3, dtype=np.uint8).reshape(5, 7, 3)
NUMBERS = st.floats(-1e7, 1e7, allow_nan=False)


def read(data: bytes, tmp_path, *, page: int = 1, name: str = "a.tif"):
    path = tmp_path / name
    path.write_bytes(data)
    with path.open("rb") as file:
        return read_georeference(path, file, page=page)


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("big", [False, True])
def test_scale_and_tie_point(tmp_path, order, big):
    how = Written(order=order, big=big)
    data = geotiff(PIXELS, north_up(500000.5, 5000000.25, 0.5), key_tags(UTM33), nodata("-9999"), how=how)
    found = read(data, tmp_path)
    assert found.transform == (500000.5, 0.5, 0, 5000000.25, 0, -0.5)
    assert (found.system.epsg, found.unit, found.nodata) == (32633, "metre", -9999)
    assert not found.is_beside
    assert found.pixel_area == found.square_metres == 0.25
    assert found.to_map(np.array([[0, 0], [7, 5]])).tolist() == [[500000.5, 5000000.25], [500004, 4999997.75]]
    assert found.tags[34735] == (1, 1, 0, 4, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32633, 3076, 0, 1, 9001)
    assert found.tags[33550] == (0.5, 0.5, 0.0)


def test_a_tie_point_may_be_of_any_pixel(tmp_path):
    there = read(geotiff(PIXELS, north_up(100, 200, 2, column=3, row=4), key_tags(UTM33)), tmp_path)
    assert there.to_map(np.array([[3, 4]])).tolist() == [[100, 200]]


def test_centres_are_moved_to_corners(tmp_path):
    point = key_tags(UTM33 | {1025: 2})
    assert read(geotiff(PIXELS, north_up(100, 200, 2), point), tmp_path).transform == (99, 2, 0, 201, 0, -2)
    turned = read(geotiff(PIXELS, matrix(100, 2, 1, 200, 1, -2), point), tmp_path)
    assert turned.to_map(np.array([[0.5, 0.5]])).tolist() == [[100, 200]]


def test_a_matrix_may_turn_the_image(tmp_path):
    found = read(geotiff(PIXELS, matrix(10, 0.3, 0.4, 20, 0.4, -0.3), key_tags(UTM33)), tmp_path)
    assert found.transform == (10, 0.3, 0.4, 20, 0.4, -0.3)
    assert found.pixel_area == pytest.approx(0.25)


def test_degrees_have_no_square_metres(tmp_path):
    found = read(geotiff(PIXELS, north_up(15, 50, 1e-5), key_tags(WGS84)), tmp_path)
    assert (found.system.epsg, found.unit, found.square_metres) == (4326, "degree", None)


def test_without_a_system_there_are_coordinates_all_the_same(tmp_path):
    found = read(geotiff(PIXELS, north_up(15, 50, 2)), tmp_path)
    assert (found.system, found.unit, found.square_metres) == (None, "", None)


def test_what_pillow_writes(tmp_path):
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    for number, (letter, values) in (north_up(1, 2, 3) | key_tags(UTM33 | {1026: "UTM"})).items():
        tags.tagtype[number] = {"d": 12, "H": 3, "s": 2}[letter]
        tags[number] = values.decode().rstrip("\0") if letter == "s" else values
    file = io.BytesIO()
    Image.fromarray(PIXELS).save(file, "TIFF", tiffinfo=tags)
    found = read(file.getvalue(), tmp_path)
    assert (found.transform, found.system.epsg, found.system.name) == ((1, 3, 0, 2, 0, -3), 32633, "UTM")


def test_each_page_has_its_own(tmp_path):
    pages = [(PIXELS, Written(tags=north_up(10 * n, 0, 1) | key_tags(UTM33))) for n in (1, 2)]
    data = tiff_pages(pages)
    assert read(data, tmp_path, page=2).transform[0] == 20
    (tmp_path / "a.tfw").write_text("1 0 0 -1 0 0")
    plain = tiff_pages([(PIXELS, Written()), (PIXELS, Written())])
    assert read(plain, tmp_path).is_beside
    assert read(plain, tmp_path, page=2) is None, "what lies beside a file is about its first page"
    assert read(plain, tmp_path, page=3) is None


@pytest.mark.parametrize(
    "tags",
    [
        {},
        key_tags(UTM33),
        north_up(float("nan"), 0, 1),
        north_up(0, 0, 0),
        north_up(0, 0, float("inf")),
        matrix(0, 1, 1, 0, 1, 1),
        {34264: ("d", (1.0, 2.0))},
        {33550: ("d", (1.0, 1.0, 0.0))},
        {33922: ("d", (0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 5.0, 0.0, 0.0, 2.0, 1.0, 0.0))},  # control points only
    ],
)
def test_tags_that_make_no_sense_are_none_and_the_image_is_read(tmp_path, tags, caplog):
    assert read(geotiff(PIXELS, tags), tmp_path) is None
    assert inspect_image(tmp_path, "a.tif").georeference == ""
    assert all("a.tif: " in record.getMessage() for record in caplog.records)
    assert bool(caplog.records) == bool(tags.keys() - {34735, 34736, 34737})


def test_damaged_tags_are_told_in_one_line(tmp_path, caplog):
    data = bytearray(geotiff(PIXELS, north_up(1, 2, 3), key_tags(UTM33)))
    at = data.find((33550).to_bytes(2, "little"))
    data[at + 8 : at + 12] = b"\xff\xff\xff\x7f"
    with caplog.at_level(logging.WARNING):
        assert read(bytes(data), tmp_path) is None
    (record,) = caplog.records
    assert "a.tif: its coordinates are damaged" in record.getMessage()
    assert inspect_image(tmp_path, "a.tif").georeference == ""


def test_tags_win_over_a_world_file_which_wins_over_none(tmp_path, caplog):
    (tmp_path / "a.tfw").write_text("2 0 0 -2 1 1")
    (tmp_path / "a.prj").write_text('PROJCS["WGS_1984_UTM_Zone_33N",UNIT["Meter",1.0]]')
    by_tags = read(geotiff(PIXELS, north_up(1, 2, 3), key_tags(UTM33)), tmp_path)
    assert (by_tags.transform, by_tags.is_beside) == ((1, 3, 0, 2, 0, -3), False)
    with_text = read(geotiff(PIXELS, north_up(1, 2, 3)), tmp_path)
    assert (with_text.system.epsg, with_text.is_beside) == (32633, False)
    by_keys = read(geotiff(PIXELS, key_tags(WGS84)), tmp_path)
    assert (by_keys.transform, by_keys.system.epsg, by_keys.is_beside) == ((0, 2, 0, 2, 0, -2), 4326, True)
    beside = read_georeference(tmp_path / "a.tif")
    assert (beside.system.epsg, beside.square_metres, beside.is_beside) == (32633, 4, True)
    (tmp_path / "a.tfw").write_text("2 0 0")
    assert read_georeference(tmp_path / "a.tif") is None
    assert "a.tfw: no world file" in caplog.text


def test_any_kind_of_image_has_a_world_file(tmp_path):
    for suffix, world in (("jpg", "jgw"), ("png", "PGW"), ("webp", "wld"), ("bmp", "bpw")):
        Image.fromarray(PIXELS).save(tmp_path / f"{suffix}.{suffix}")
        assert inspect_image(tmp_path, f"{suffix}.{suffix}").georeference == ""
        (tmp_path / f"{suffix}.{world}").write_text("1 0 0 -1 0.5 -0.5")
        info = inspect_image(tmp_path, f"{suffix}.{suffix}")
        assert georeference_of(info).transform == (0, 1, 0, 0, 0, -1)
        assert look_up_georeference(tmp_path, f"{suffix}.{suffix}") == info.georeference


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_by_exif_every_pixel_stays_where_it_is(tmp_path, orientation):
    stored = GeoReference((10, 0.3, 0.4, 20, 0.5, -0.3), tags={33550: (1.0,), 34735: (1, 1, 0, 0)})
    rows, columns = np.indices((5, 7))
    height, width = (5, 7) if orientation < 5 else (7, 5)
    place = np.arange(height * width).reshape(height, width)
    back = turned_back(place.astype(np.uint8), orientation)  # which displayed pixel each stored one is
    assert back.shape == (5, 7)
    shown = stored.turned(orientation, width=7, height=5)
    by_stored = stored.to_map(np.stack((columns.ravel() + 0.5, rows.ravel() + 0.5), axis=1))
    y, x = np.divmod(back.ravel().astype(int), width)
    assert np.allclose(shown.to_map(np.stack((x + 0.5, y + 0.5), axis=1)), by_stored, atol=1e-12)
    assert shown.tags.get(33550) == ((1.0,) if orientation == 1 else None)
    assert shown.tags[34735] == (1, 1, 0, 0)


@given(st.tuples(*[NUMBERS] * 6), st.none() | st.floats(), st.booleans())
def test_what_a_project_keeps_is_what_was_read(transform, nothing, is_beside):
    keys = {33550: (0.1, 0.2, 0.0), 34735: (1, 1, 0, 0), 34737: "Ä|"}
    before = GeoReference(transform, None, nothing, keys, is_beside)
    after = from_text(to_text(before))
    assert repr(after) == repr(before)  # NaN is no number equal to itself


@given(st.tuples(*[NUMBERS] * 6).filter(lambda t: abs(t[1] * t[5] - t[2] * t[4]) > 1e-3))
def test_a_matrix_round_trips_through_a_file(transform):
    x, right_x, down_x, y, right_y, down_y = transform
    data = geotiff(PIXELS, matrix(x, right_x, down_x, y, right_y, down_y))
    assert read_georeference(Path("nowhere.tif"), io.BytesIO(data)).transform == transform


@pytest.mark.parametrize(
    "text", ["{", "[]", "1", "{}", '{"transform": [1]}', '{"transform": [1,0,0,1,0,NaN]}', '{"transform": 1}',
             '{"transform": [0,1,0,0,0,1], "system": {"what": 1}}', '{"transform": [0,1,0,0,0,1], "tags": {"x": [1]}}'],
)  # fmt: skip
def test_what_makes_no_sense_in_a_project_is_none(text):
    assert from_text(text) is None


def test_nothing_kept_is_none():
    assert from_text("") is None
    assert to_text(None) == ""


def test_rasterio_reads_the_same(tmp_path):
    rasterio = pytest.importorskip("rasterio")
    for tags in (north_up(500000.5, 5000000.25, 0.5, column=2), matrix(10, 0.3, 0.4, 20, 0.4, -0.3)):
        for keys in (UTM33, WGS84, UTM33 | {1025: 2}):
            found = read(geotiff(PIXELS, tags, key_tags(keys), nodata("7")), tmp_path)
            with rasterio.open(tmp_path / "a.tif") as theirs:
                assert found.transform == pytest.approx(theirs.transform.to_gdal())
                assert found.system.epsg == theirs.crs.to_epsg()
                assert found.nodata == theirs.nodata
