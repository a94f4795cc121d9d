"""Class GeoTIFF files as others open them: with Pillow tag by tag, and by our own reader.

Covers: formats.class_tiff.
"""

import json
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from map_project import NAMES, OWN_TEXT, PLAIN, TIFFS, VOID, WORLDS, make_map_project, pixels_of
from PIL import Image

from acseg_core.errors import NothingToExportError
from acseg_core.formats.class_tiff import class_tiff, map_tags
from acseg_core.formats.dataset import Frame
from acseg_core.formats.format import format_called
from acseg_core.formats.selection import ImageChoice
from acseg_core.images.files import load_image
from acseg_core.images.geo_systems import CoordinateSystem, system_of_wkt
from acseg_core.images.georef import GeoReference, georeference_of, read_georeference
from acseg_core.interruptible import run_to_end
from acseg_core.reports import LeftOut
from acseg_core.store import open_project, queries
from acseg_core.store.edits.labels import create_label
from acseg_core.workflows.exporting import ExportSettings, export_labels

GEO = (33550, 33922, 34264, 34735, 34736, 34737)
MAPPED = [*TIFFS, *WORLDS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_map_project(tmp_path_factory.mktemp("map"))


def export(folder, out, **settings):
    with open_project(folder, read_only=True) as project:
        work = export_labels(project, out, format_called("geotiff"), ExportSettings(images=ImageChoice.ALL, **settings))
        return run_to_end(work, lambda tick: None)


@pytest.fixture(scope="module")
def exported(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "maps"
    return out, export(folder, out)


def numbers_in(out) -> np.ndarray:
    """What number each of `NAMES` and void has in the maps, by its number in `pixels_of`."""
    entries = {each["name"]: each["number"] for each in json.loads((out / "classes.json").read_text())["classes"]}
    return np.array([0, *(entries[name] for name in NAMES.values()), entries["unknown"]])


def map_of(out, name: str):
    return (out / name).with_suffix(".tif")


def test_images_without_coordinates_are_left_out_and_counted(folder, exported):
    out, report = exported
    with open_project(folder, read_only=True) as project:
        plain = queries.image_by_path(project, PLAIN)
    assert report.left_out == {LeftOut.NOT_ON_MAP: (plain.id,)}
    assert report.images == len(MAPPED)
    found = {file.relative_to(out).as_posix() for file in out.rglob("*.tif")}
    assert found == {map_of(out, name).relative_to(out).as_posix() for name in MAPPED}


@pytest.mark.parametrize("name", MAPPED)
def test_every_pixel_is_the_label_of_the_project(exported, name):
    out, _ = exported
    expected = numbers_in(out)[pixels_of(name)]
    with Image.open(map_of(out, name)) as written:
        assert written.mode == "P"
        assert (np.asarray(written) == expected).all()
        assert written.tag_v2[42113] == "255"
        palette = np.array(written.getpalette()).reshape(-1, 3)
    assert expected[pixels_of(name) == VOID].tolist() == [255] * np.count_nonzero(pixels_of(name) == VOID)
    assert palette[255].tolist() == [255, 0, 255]
    assert (load_image(map_of(out, name)) == np.where((expected == 255)[..., None], 0, palette[expected])).any()


@pytest.mark.parametrize("name", TIFFS)
def test_the_tags_are_carried_over_one_by_one(folder, exported, name):
    out, _ = exported
    with Image.open(folder.parent / "photos" / name) as source, Image.open(map_of(out, name)) as written:
        there = {tag: source.tag_v2[tag] for tag in GEO if tag in source.tag_v2}
        assert {tag: written.tag_v2[tag] for tag in GEO if tag in written.tag_v2} == there
        assert written.size == source.size


@pytest.mark.parametrize("name", MAPPED)
def test_it_lies_where_the_image_lies(folder, exported, name):
    out, _ = exported
    with open_project(folder, read_only=True) as project:
        expected = georeference_of(queries.image_by_path(project, name).info)
    with map_of(out, name).open("rb") as file:
        found = read_georeference(map_of(out, name), file)
    assert found.transform == pytest.approx(expected.transform, rel=1e-15, abs=1e-12)
    assert found.is_beside is False
    if expected.system is None:
        assert found.system is None
    else:
        assert (found.system.epsg, found.unit, found.square_metres) == pytest.approx(
            (expected.system.epsg, expected.unit, expected.square_metres)
        )
    assert found.nodata == 255


def test_names_and_what_no_tag_can_say_are_beside_it(exported):
    out, _ = exported
    root = ElementTree.parse(out / "utm.tif.aux.xml").getroot()  # it is ours
    names = [each.text or "" for each in root.iter("Category")]
    by_number = dict(zip(numbers_in(out)[1:].tolist(), [*NAMES.values(), "unknown"], strict=True))
    assert names == [by_number.get(number, "") for number in range(256)]
    assert root.find("SRS") is None
    south = ElementTree.parse(out / "south.tif.aux.xml").getroot()
    assert south.find("SRS").text == OWN_TEXT


def test_as_stored_a_turned_photo_lies_where_its_world_file_says(folder, tmp_path):
    export(folder, tmp_path / "out", frame=Frame.STORED)
    with (tmp_path / "out" / "exif.tif").open("rb") as file:
        found = read_georeference(tmp_path / "out" / "exif.tif", file)
    right_x, right_y, down_x, down_y, x, y = WORLDS["exif.jpg"]
    assert found.to_map(np.array([[0.5, 0.5]])).tolist()[0] == pytest.approx([x, y])
    assert found.transform[1::3] == (right_x, right_y)
    assert (found.transform[2], found.transform[5]) == (down_x, down_y)
    back = np.rot90(pixels_of("exif.jpg"))
    with Image.open(tmp_path / "out" / "exif.tif") as written:
        assert (np.asarray(written) == numbers_in(tmp_path / "out")[back]).all()


def test_more_labels_have_sixteen_bits(tmp_path):
    folder = make_map_project(tmp_path)
    with open_project(folder) as project:
        for number in range(260):
            create_label(project, f"label {number}")
    export(folder, tmp_path / "out")
    expected = numbers_in(tmp_path / "out")[pixels_of("utm.tif")]
    with Image.open(tmp_path / "out" / "utm.tif") as written:
        assert written.mode == "I;16"
        assert (np.asarray(written) == expected).all()
        assert written.tag_v2[42113] == "65535"
    assert expected.max() == 65535


def test_without_any_image_on_a_map_nothing_is_written(folder, tmp_path):
    with open_project(folder, read_only=True) as project:
        plain = queries.image_by_path(project, PLAIN)
    with pytest.raises(NothingToExportError, match="none of the chosen images has map coordinates"):
        export(folder, tmp_path / "out", image_ids=[plain.id])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("system", "keys"),
    [
        (CoordinateSystem(32633, unit="metre", metres=1.0), {1024: 1, 1025: 1, 3072: 32633, 3076: 9001}),
        (CoordinateSystem(4326, unit="degree"), {1024: 2, 1025: 1, 2048: 4326, 2054: 9102}),
        (None, {1025: 1}),
    ],
)
def test_a_system_from_beside_the_image_becomes_keys(system, keys):
    tags = map_tags(GeoReference((1, 2, 0, 3, 0, -2), system, is_beside=True))
    directory = tags[34735]
    assert dict(zip(directory[4::4], directory[7::4], strict=True)) == keys
    assert (tags[33550], tags[33922]) == ((2, 2, 0), (0, 0, 0, 1, 3, 0))


MINE = (
    'PROJCS["Site",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],'
    'PARAMETER["central_meridian",12.3],PARAMETER["scale_factor",0.9998],PARAMETER["false_easting",100000],'
    'PARAMETER["false_northing",0],UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH]]'
)
BALL = (
    'GEOGCS["My degrees",DATUM["My_datum",SPHEROID["My ball",6378000,299]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433]]'
)


@pytest.mark.parametrize("kind", ["WKT1_GDAL", "WKT1_ESRI", "WKT2_2019"])
@pytest.mark.parametrize("text", [MINE, BALL, "ESRI:54009"])
def test_gdal_knows_a_system_without_a_number_by_the_tags_alone(tmp_path, text, kind):
    rasterio = pytest.importorskip("rasterio")
    expected = rasterio.CRS.from_user_input(text)
    system = system_of_wkt(expected.to_wkt(version=kind))
    reference = GeoReference((1, 2, 0, 3, 0, -2), system, is_beside=True)
    palette = np.zeros((256, 3), np.uint8)
    file = tmp_path / "a.tif"
    file.write_bytes(class_tiff(np.zeros((4, 5), np.uint32), reference, palette=palette, nodata=255))
    with rasterio.open(file) as written:
        assert written.crs == expected
    with file.open("rb") as content:
        assert read_georeference(file, content).system == system


def test_many_strips_are_one_picture(tmp_path):
    numbers = np.random.default_rng(0).integers(0, 9, (900, 700)).astype(np.uint32)
    palette = np.zeros((256, 3), np.uint8)
    data = class_tiff(numbers, GeoReference((1, 2, 0, 3, 0, -2)), palette=palette, nodata=255)
    (tmp_path / "a.tif").write_bytes(data)
    with Image.open(tmp_path / "a.tif") as written:
        assert len(written.tag_v2[273]) > 1
        assert (np.asarray(written) == numbers).all()


@pytest.mark.parametrize("name", MAPPED)
def test_rasterio_reads_what_it_reads_of_the_image(folder, exported, name):
    rasterio = pytest.importorskip("rasterio")
    out, _ = exported
    with rasterio.open(map_of(out, name)) as written:
        assert written.nodata == 255
        assert (written.read(1) == numbers_in(out)[pixels_of(name)]).all()
        if name in TIFFS:
            with rasterio.open(folder.parent / "photos" / name) as source:
                assert written.crs == source.crs
                assert written.transform == source.transform
