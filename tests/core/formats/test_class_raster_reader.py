"""Class rasters come onto the tiles of a scene: the same numbers, whatever their grid and coordinate system.

Covers: formats.class_raster, formats.raster_placing.
"""

import sys

import numpy as np
import pytest
import rasterio
from affine import Affine
from map_label_files import (
    HEIGHT,
    NORTH_UP,
    PLACES,
    UTM,
    WIDTH,
    bring_in,
    exchanged,
    known_pixels,
    make_scene,
    on_map,
    pixels_of,
    shifted,
    write_raster,
)
from map_project import PLAIN, TIFFS, WORLDS
from PIL import Image
from rasterio.warp import Resampling, reproject, transform_bounds

from acseg_core.errors import ExtraMissingError, LabelFileError
from acseg_core.formats.format import format_called, recognised
from acseg_core.formats.map_images import MapOptions
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history

CLASSES = '{"1": "water", "2": "forest", "3": "road"}'


@pytest.fixture
def project(tmp_path):
    with open_project(make_scene(tmp_path)) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    """Of the labels."""
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "classes.json").write_text(CLASSES)
    return tmp_path / "labels"


def _unused(report):
    return {part.reason: (part.count, part.places) for part in report.unused}


@pytest.mark.parametrize("place", PLACES)
def test_every_pixel_of_every_tile_is_as_in_the_file_and_one_undo_takes_all_back(place, tmp_path, folder):
    transform, crs = PLACES[place]
    pixels = known_pixels()
    path = write_raster(folder / "classes.tif", pixels, transform, crs)
    assert recognised(path).key == recognised(folder).key == "geotiff"
    with open_project(make_scene(tmp_path, transform, crs)) as project:
        report = bring_in(project, path)
        assert (pixels_of(project) == pixels).all()
        assert (report.images, report.empty, report.unused, report.notes) == (6, 0, (), ())
        assert bring_in(project, folder).regions == 0, "all of it is there"
        history.undo(project)
        assert queries.labels(project) == []
        assert history.state(project).undo is None


@pytest.mark.parametrize("kind", ["uint8", "int16", "uint32", "float32", "int64"])
def test_a_part_on_another_grid_and_of_any_whole_numbers(kind, project, folder):
    """Half as large pixels, turned by a right angle, over the middle only."""
    pixels = known_pixels()
    part = pixels[40:120, 30:170].repeat(2, axis=0).repeat(2, axis=1)
    left, top = NORTH_UP.c + 30 * 0.5, NORTH_UP.f - 40 * 0.5
    turned = Affine(0, 0.25, left, -0.25, 0, top)
    nodata = {"nodata": -1} if kind == "float32" else {}
    write_raster(folder / "classes.tif", part.T.astype(kind), turned, UTM, **nodata)
    bring_in(project, folder / "classes.tif", "geotiff")
    expected = np.zeros_like(pixels)
    expected[40:120, 30:170] = pixels[40:120, 30:170]
    assert (pixels_of(project) == expected).all()


def test_a_raster_in_another_system_is_that_of_gdal_to_a_thousandth(project, folder):
    pixels = np.kron(known_pixels()[::10, ::10], np.ones((10, 10), np.uint8))
    left, low, right, high = transform_bounds(UTM, "EPSG:4326", *on_map(0, HEIGHT), *on_map(WIDTH, 0))
    transform = Affine(5e-7, 0, left, 0, -5e-7, high)
    width, height = round((right - left) / 5e-7), round((high - low) / 5e-7)
    there = np.zeros((height, width), np.uint8)
    reproject(pixels, there, src_transform=NORTH_UP, src_crs=UTM, dst_transform=transform, dst_crs="EPSG:4326")
    write_raster(folder / "classes.tif", there, transform, "EPSG:4326", tiled=True, blockxsize=256, blockysize=256)
    back = np.zeros_like(pixels)
    reproject(
        there, back, src_transform=transform, src_crs="EPSG:4326", dst_transform=NORTH_UP, dst_crs=UTM,
        resampling=Resampling.nearest, tolerance=0,
    )  # fmt: skip
    bring_in(project, folder / "classes.tif")
    found = pixels_of(project)
    assert (found != back).mean() < 0.001
    assert (found != pixels).mean() < 0.02, "its grid is another one"


def test_numbers_without_any_names_are_called_by_themselves(project, tmp_path):
    path = write_raster(tmp_path / "classes.tif", known_pixels() * 7, NORTH_UP, UTM, nodata=14)
    report = bring_in(project, path, "geotiff")
    assert {label.name: label.category_id for label in queries.labels(project)} == {"class 7": 7, "class 21": 21}
    assert report.notes == ("nothing says the names of its numbers, so they are called by these: classes.tif",)


def test_names_and_colours_are_where_gdal_has_them(project, tmp_path):
    colors = {1: (0, 0, 255, 255), 2: (0, 128, 0, 255), 3: (9, 9, 9, 255)}
    path = write_raster(tmp_path / "classes.tif", known_pixels(), NORTH_UP, UTM, colormap=colors)
    table = """<PAMDataset><PAMRasterBand band="1"><GDALRasterAttributeTable tableType="thematic">
      <FieldDefn index="0"><Name>VALUE</Name><Type>0</Type><Usage>5</Usage></FieldDefn>
      <FieldDefn index="1"><Name>COUNT</Name><Type>1</Type><Usage>1</Usage></FieldDefn>
      <FieldDefn index="2"><Name>Klasse</Name><Type>2</Type><Usage>0</Usage></FieldDefn>
      <Row index="0"><F>1</F><F>5</F><F>water</F></Row><Row index="1"><F>2</F><F>5</F><F>forest</F></Row>
    </GDALRasterAttributeTable></PAMRasterBand></PAMDataset>"""
    (tmp_path / "classes.tif.aux.xml").write_text(table)
    assert recognised(path).key == "geotiff"
    report = bring_in(project, path)
    found = pixels_of(project)
    assert (found == np.where(known_pixels() == 3, 0, known_pixels())).all()
    assert _unused(report) == {"areas of a number or colour without a name": (1, ("classes.tif: 3",))}
    assert {label.name: label.color for label in queries.labels(project)} == {"water": "#0000ff", "forest": "#008000"}


def test_an_area_without_data_is_nothing(project, folder):
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        path = write_raster(folder / "classes.tif", np.ones((HEIGHT, WIDTH), np.uint8), NORTH_UP, UTM)
        mask = np.full((HEIGHT, WIDTH), 255, np.uint8)
        mask[20:90, 60:70] = 0
        with rasterio.open(path, "r+") as file:
            file.write_mask(mask)
    bring_in(project, path)
    assert (pixels_of(project) == mask // 255).all()


def test_of_several_rasters_each_lies_where_it_lies(project, folder):
    pixels = known_pixels()
    for number, (top, left) in enumerate(((0, 0), (0, 100), (70, 0), (70, 100))):
        part = pixels[top : top + 80, left : left + 110]
        write_raster(folder / f"{number}.tif", part, shifted(left, top), UTM)
    write_raster(folder / "elsewhere.tif", pixels, Affine(0.5, 0, 9, 0, -0.5, 9), UTM)
    write_raster(folder / "photo.tif", np.zeros((3, 9, 9), np.uint8), NORTH_UP, UTM)
    report = bring_in(project, folder, "geotiff")
    assert (pixels_of(project) == pixels).all()
    unused = _unused(report)
    assert unused["outside of all images"] == (1, ("elsewhere.tif",))
    ((count, (place,)),) = [value for key, value in unused.items() if key == "that are no class rasters"]
    assert count == 1
    assert "has one band, and this has 3" in place


@pytest.mark.parametrize(
    ("pixels", "match"),
    [
        (np.zeros((3, 9, 9), np.uint8), "has one band, and this has 3"),
        (np.full((9, 9), 0.5, np.float32), "its numbers are not whole"),
        (np.arange(900, dtype=np.uint16).reshape(30, 30), "more than 256 different numbers and no names"),
        (np.zeros((9, 9), np.complex64), "complex numbers are not supported"),
    ],
)
def test_what_is_no_class_raster_is_refused(project, tmp_path, pixels, match):
    path = write_raster(tmp_path / "picture.tif", pixels, NORTH_UP, UTM)
    with pytest.raises(LabelFileError, match=match) as error:
        bring_in(project, path, "geotiff")
    assert str(error.value).startswith(f"{path}: ")
    assert queries.labels(project) == []


def test_what_lies_elsewhere_or_nowhere_is_refused(project, folder):
    path = write_raster(folder / "far.tif", known_pixels(), Affine(1, 0, 5, 0, -1, 5), "EPSG:4326")
    with pytest.raises(LabelFileError, match=r"the file: EPSG:4326; the images: EPSG:32633"):
        bring_in(project, path)
    with pytest.raises(LabelFileError, match="a raster has no fields and layers"):
        bring_in(project, path, on_map=MapOptions(field="a"))
    path = folder / "nowhere.tif"
    Image.fromarray(known_pixels()).save(path)
    with pytest.raises(LabelFileError, match="has no map coordinates"):
        bring_in(project, path)
    (folder / "broken.tif").write_bytes(path.read_bytes()[:200])
    with pytest.raises(LabelFileError, match=r"broken\.tif") as error:
        bring_in(project, folder / "broken.tif", "geotiff")
    assert "\n" not in str(error.value)


def test_our_class_maps_come_back_as_they_left(tmp_path):
    """Void and all; images that lie on each other have the labels of their own maps only."""
    before, after = exchanged(tmp_path, "geotiff")
    before["pixels"].pop(PLAIN)
    assert len(before["pixels"]) == len(TIFFS) + len(WORLDS)
    assert any("unknown" in shapes for shapes in before["pixels"].values())
    assert after == before


def test_without_the_extra_a_line_names_it(tmp_path, folder, monkeypatch):
    path = write_raster(folder / "classes.tif", known_pixels(), NORTH_UP, UTM)
    monkeypatch.setitem(sys.modules, "rasterio", None)
    assert recognised(path).key == "geotiff"
    with pytest.raises(ExtraMissingError, match=r"acseg-desktop\[geo\]"), format_called("geotiff").read(path):
        pass
