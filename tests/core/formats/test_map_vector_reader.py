"""Polygons on a map come onto the tiles of a scene: the same pixels, whatever the file and its coordinate system.

Covers: formats.map_placing, formats.map_sources.
"""

import json
import sys

import numpy as np
import pytest
import shapely
from map_label_files import (
    NAMES,
    PLACES,
    UTM,
    bring_in,
    exchanged,
    known_pixels,
    make_scene,
    moved,
    on_map,
    pixels_of,
    polygons,
    square,
    write_layer,
)
from map_project import PLAIN, TIFFS, WORLDS
from PIL import Image

from acseg_core.errors import ExtraMissingError, LabelFileError, UnclearFieldError
from acseg_core.formats.format import format_called, guessed, recognised
from acseg_core.formats.map_images import MapOptions
from acseg_core.interruptible import run_to_end
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import history
from acseg_core.types import ImageStatus
from acseg_core.workflows.scanning import scan_images

SUFFIXES = {".gpkg": "gpkg", ".geojson": "geojson", ".shp": "shapefile", ".fgb": "flatgeobuf"}


@pytest.fixture
def project(tmp_path):
    with open_project(make_scene(tmp_path)) as opened:
        yield opened


def _unused(report):
    return {part.reason: (part.count, part.places) for part in report.unused}


@pytest.mark.parametrize("place", PLACES)
def test_every_pixel_of_every_tile_is_as_in_the_file_and_one_undo_takes_all_back(place, tmp_path):
    transform, crs = PLACES[place]
    pixels = known_pixels()
    shapes, names = polygons(pixels, transform)
    path = write_layer(tmp_path / "labels.gpkg", shapes, crs, label=names)
    with open_project(make_scene(tmp_path, transform, crs)) as project:
        assert len(queries.images(project)) == 6
        report = bring_in(project, path)
        assert (pixels_of(project) == pixels).all()
        assert (report.images, report.empty, report.unmatched, report.left_out) == (6, 0, (), ())
        assert not report.unused
        assert bring_in(project, path).regions == 0, "all of it is there"
        history.undo(project)
        assert queries.labels(project) == []
        assert history.state(project).undo is None
        assert all(record.status is ImageStatus.NEW for record in queries.images(project))


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("place", PLACES)
def test_the_same_polygons_in_another_system_differ_in_less_than_a_thousandth(suffix, place, tmp_path):
    transform, crs = PLACES[place]
    other = UTM if crs == "EPSG:4326" else "EPSG:4326"
    pixels = known_pixels()
    shapes, names = polygons(pixels, transform)
    path = write_layer(tmp_path / f"labels{suffix}", moved(shapes, crs, other), other, label=names)
    assert recognised(path).key == SUFFIXES[suffix]
    with open_project(make_scene(tmp_path, transform, crs)) as project:
        report = bring_in(project, path)
        assert (pixels_of(project) != pixels).mean() < 0.001
        assert not report.unused


def test_multipolygons_with_holes_and_heights_come_in_whole(project, tmp_path):
    pixels = known_pixels()
    shapes, names = polygons(pixels)
    by_name = {name: [] for name in NAMES.values()}
    for shape, name in zip(shapes, names, strict=True):
        by_name[name].append(shape)
    together = [shapely.force_3d(shapely.union_all(each), 7.0) for each in by_name.values()]
    assert {shape.geom_type for shape in together} == {"MultiPolygon"}
    bring_in(project, write_layer(tmp_path / "labels.gpkg", together, label=list(NAMES.values())))
    assert (pixels_of(project) == pixels).all()


def test_an_outline_that_crosses_itself_is_mended(project, tmp_path):
    corners = [on_map(10, 10), on_map(30, 30), on_map(30, 10), on_map(10, 30)]
    bring_in(project, write_layer(tmp_path / "labels.gpkg", [shapely.Polygon(corners)], label=["water"]))
    found = pixels_of(project) == 1
    assert found[20, 11]
    assert found[20, 28]
    assert not found[11, 20]
    assert found.sum() == pytest.approx(200, abs=20)


@pytest.mark.parametrize("crs", [UTM, "EPSG:4326"])
def test_a_polygon_of_a_whole_country_covers_all(project, tmp_path, crs):
    huge = shapely.box(200000, 5200000, 800000, 5800000)
    small = square(70, 10, 90, 40)
    shapes = [huge, small] if crs == UTM else moved([huge, small], UTM, crs)
    report = bring_in(project, write_layer(tmp_path / "labels.gpkg", shapes, crs, label=["water", "road"]))
    expected = np.ones_like(known_pixels())
    expected[10:40, 70:90] = 3
    assert (pixels_of(project) == expected).all()
    assert report.regions == 8, "one for each tile, and the small one on two"


def test_what_is_no_area_lies_elsewhere_or_says_no_label_is_told(project, tmp_path):
    shapes = [
        square(5, 5, 20, 20),
        None,
        shapely.Point(on_map(8, 8)),
        shapely.LineString([on_map(1, 1), on_map(90, 90)]),
        shapely.box(0, 0, 1, 1),
        square(40, 40, 50, 50),
        square(100.6, 100.6, 101.4, 101.4),
    ]
    names = ["water", "water", "water", "road", "forest", None, "road"]
    report = bring_in(project, write_layer(tmp_path / "labels.gpkg", shapes, label=names))
    assert _unused(report) == {
        "without a label": (1, ("labels 6",)),
        "without a geometry": (1, ("labels 2",)),
        "outside of all images": (1, ("labels 5",)),
        "that are points or lines, which cover nothing": (2, ("labels 3", "labels 4")),
        "that cover the centre of no pixel": (1, ("labels 7",)),
    }
    assert (pixels_of(project) > 0).sum() == 15 * 15
    assert report.empty == 0, "what ends at a seam is no empty shape of the next tile"


def test_images_without_map_coordinates_are_told(tmp_path):
    folder = make_scene(tmp_path)
    Image.fromarray(np.zeros((9, 9, 3), np.uint8)).save(tmp_path / "images" / "photo.png")
    path = write_layer(tmp_path / "labels.gpkg", [square(5, 5, 20, 20)], label=["water"])
    with (
        create_project(tmp_path / "other", image_root=tmp_path / "images") as other,
        pytest.raises(LabelFileError, match="no image of the project has map coordinates"),
    ):
        bring_in(other, path)
    with open_project(folder) as project:
        run_to_end(scan_images(project), lambda tick: None)
        report = bring_in(project, path)
        assert _unused(report)["of the project's images, without map coordinates"] == (1, ("photo.png",))


def test_labels_of_another_place_are_refused_with_both_systems(project, tmp_path):
    path = write_layer(tmp_path / "labels.gpkg", [shapely.box(3, 4, 5, 6)], "EPSG:4326", label=["water"])
    with pytest.raises(LabelFileError, match=r"none of its features .*the file: EPSG:4326; the images: EPSG:32633"):
        bring_in(project, path)
    assert queries.labels(project) == []


def test_a_file_without_a_system_has_that_of_the_images(project, tmp_path):
    path = write_layer(tmp_path / "labels.shp", [square(5, 5, 20, 20)], None, label=["water"])
    report = bring_in(project, path)
    assert (pixels_of(project) == 1).sum() == 225
    assert any("it says no coordinate system" in note for note in report.notes)


def test_fields_and_layers_are_chosen(project, tmp_path):
    path = tmp_path / "labels.gpkg"
    write_layer(path, [square(5, 5, 20, 20)], layer="land", kind=["water"], owner=["Smith"])
    write_layer(path, [square(40, 5, 50, 20)], layer="road", number=[7])
    with pytest.raises(UnclearFieldError, match=r'layer "land": several fields .*\(kind, owner\); choose one') as error:
        bring_in(project, path)
    assert error.value.fields == ("kind", "owner")
    with pytest.raises(LabelFileError, match=r'there is no field "kin" \(the fields: kind, owner\)'):
        bring_in(project, path, on_map=MapOptions("kin", "land"))
    with pytest.raises(LabelFileError, match=r'there is no layer "sea" \(the layers: land, road\)'):
        bring_in(project, path, on_map=MapOptions(layer="sea"))
    bring_in(project, path, on_map=MapOptions("Kind", "land"))
    report = bring_in(project, path, on_map=MapOptions(layer="road"))
    assert report.notes == ("no field says labels, so each layer is one: road",)
    assert {label.name for label in queries.labels(project)} == {"water", "road"}
    assert (pixels_of(project) == 3).sum() == 150


def test_numbers_have_the_names_beside_the_file(project, tmp_path):
    shapes = [square(5, 5, 20, 20), square(40, 5, 50, 20)]
    path = write_layer(tmp_path / "labels.fgb", shapes, code=[1, 5])
    (tmp_path / "classes.json").write_text('{"1": "water", "3": "road"}')
    report = bring_in(project, path)
    assert set(report.labels) == {"water", "class 5"}, "FlatGeobuf has an order of its own"


def test_geojson_in_degrees_without_a_word_of_a_system(project, tmp_path):
    shapes = moved([square(5, 5, 20, 20)], UTM, "EPSG:4326")
    feature = {"type": "Feature", "properties": {"class": "water"}, "geometry": shapely.geometry.mapping(shapes[0])}
    path = tmp_path / "labels.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert recognised(path).key == "geojson"
    bring_in(project, path)
    assert (pixels_of(project) == 1).sum() == 225


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_of_files_is_read_as_one_unless_it_is_one_of_images(project, tmp_path, suffix):
    shapes, names = polygons(known_pixels())
    folder = tmp_path / "labels"
    (folder / "more").mkdir(parents=True)
    for number, place in enumerate((folder, folder / "more")):
        write_layer(place / f"part{number}{suffix}", shapes[number::2], label=names[number::2])
    assert recognised(folder).key == SUFFIXES[suffix]
    bring_in(project, folder)
    assert (pixels_of(project) == known_pixels()).all()
    Image.fromarray(np.zeros((9, 9, 3), np.uint8)).save(folder / "photo.png")
    assert guessed(folder) is None


def test_our_geojson_comes_back_as_it_left(tmp_path):
    """Images that lie on each other have the labels of their own files only, and what people said of them."""
    before, after = exchanged(tmp_path, "geojson")
    before["pixels"].pop(PLAIN)
    before["labels"].pop("unknown")
    assert before["said"]["nothing.tif"][0] is ImageStatus.DONE
    assert before["said"]["utm.tif"][1] == "look here"
    assert len(before["pixels"]) == len(TIFFS) + len(WORLDS)
    for shapes in before["pixels"].values():
        shapes.pop("unknown")  # void is not in GeoJSON
    assert after == before


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_damaged_is_told_in_a_line(project, tmp_path, suffix):
    path = write_layer(tmp_path / f"labels{suffix}", [square(5, 5, 20, 20)], label=["water"])
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    with pytest.raises(LabelFileError) as error:
        bring_in(project, path, SUFFIXES[suffix])
    assert str(error.value).startswith(f"{path}: ")
    assert "\n" not in str(error.value)


def test_without_the_extra_a_line_names_it(tmp_path, monkeypatch):
    path = write_layer(tmp_path / "labels.gpkg", [square(5, 5, 20, 20)], label=["water"])
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    assert recognised(path).key == "gpkg"
    with pytest.raises(ExtraMissingError, match=r"acseg-desktop\[geo\]"), format_called("gpkg").read(path):
        pass
