"""GeoJSON files as others read them: with json, taken back to pixels by the transform and filled."""

import json
import math

import numpy as np
import pytest
from filled_rings import filled
from map_project import NAMES, PLAIN, TIFFS, WORLDS, make_map_project, pixels_of

from acseg_core.formats.dataset import Frame
from acseg_core.formats.format import format_called
from acseg_core.formats.selection import ImageChoice
from acseg_core.images.georef import georeference_of
from acseg_core.interruptible import run_to_end
from acseg_core.reports import LeftOut
from acseg_core.store import open_project, queries
from acseg_core.store.edits import remarks
from acseg_core.workflows.exporting import ExportSettings, export_labels

MAPPED = [*TIFFS, *WORLDS]
NUMBERS = {name: number for number, name in NAMES.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_map_project(tmp_path_factory.mktemp("map"))


def export(folder, out, **settings):
    with open_project(folder, read_only=True) as project:
        settings = {"images": ImageChoice.ALL, "instances": "region"} | settings
        work = export_labels(project, out, format_called("geojson"), ExportSettings(**settings))
        return run_to_end(work, lambda tick: None)


@pytest.fixture(scope="module")
def exported(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "polygons"
    return out, export(folder, out)


def content(out, name: str) -> dict:
    return json.loads((out / name).with_suffix(".geojson").read_text("ascii"))


def polygons_of(feature: dict) -> list:
    geometry = feature["geometry"]
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def reference_of(folder, name: str, **options):
    with open_project(folder, read_only=True) as project:
        return georeference_of(queries.image_by_path(project, name).info, **options)


def pixel_corners(ring: list, reference) -> np.ndarray:
    """A ring taken back: they are corners of pixels, to a hundred-thousandth."""
    x, right_x, down_x, y, right_y, down_y = reference.transform
    assert ring[0] == ring[-1], "rings are closed"
    away = np.array(ring[:-1]) - (x, y)
    corners = np.linalg.solve(np.array([[right_x, down_x], [right_y, down_y]]), away.T).T
    assert np.abs(corners - corners.round()).max() < 1e-5
    return corners.round().astype(int)


@pytest.mark.parametrize("name", MAPPED)
def test_filled_again_no_pixel_differs(folder, exported, name):
    expected, reference = pixels_of(name), reference_of(folder, name)
    found = np.zeros(expected.shape, int)
    for feature in content(exported[0], name)["features"]:
        inside = np.zeros(expected.shape, bool)
        for polygon in polygons_of(feature):
            part = filled([pixel_corners(ring, reference) for ring in polygon], expected.shape)
            assert not (inside & part).any()
            inside |= part
        assert feature["properties"]["pixels"] == inside.sum()
        assert not found[inside].any()
        found[inside] = NUMBERS[feature["properties"]["label"]]
    assert (found == np.where(expected > len(NAMES), 0, expected)).all(), "void is nothing"


@pytest.mark.parametrize("name", MAPPED)
def test_outer_rings_run_counter_clockwise_on_the_map_and_holes_do_not(exported, name):
    holes = 0
    for feature in content(exported[0], name)["features"]:
        for polygon in polygons_of(feature):
            for number, ring in enumerate(polygon):
                points = np.array(ring) - ring[0]
                area = np.sum(points[:-1, 0] * points[1:, 1] - points[1:, 0] * points[:-1, 1]) / 2
                assert (area > 0) == (number == 0)
                holes += number > 0
    assert holes


def test_some_are_of_several_parts(exported):
    kinds = {each["geometry"]["type"] for each in content(exported[0], "utm.tif")["features"]}
    assert "MultiPolygon" in kinds
    with_parts = content(exported[0], "utm.tif")["features"]
    assert any(len(polygons_of(each)) > 1 for each in with_parts)


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("utm.tif", {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32633"}}),
        ("beside.png", {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32633"}}),
        ("own.tif", None),
        ("nowhere/none.tif", None),
        ("south.bmp", None),
    ],
)
def test_the_system_is_named_or_null(exported, name, crs):
    assert content(exported[0], name)["crs"] == crs


def test_wgs_84_needs_no_name(exported):
    assert "crs" not in content(exported[0], "degrees.tif")


def test_systems_that_cannot_be_named_are_told(exported):
    (part,) = [
        each for each in exported[1].cautions if each.reason == "images whose coordinate system GeoJSON cannot name"
    ]
    assert set(part.places) == {"exif.jpg", "nowhere/none.tif", "own.tif", "south.bmp"}


def test_areas_are_in_square_metres_where_that_is_known(exported):
    out, _ = exported
    for name, pixel in (("utm.tif", 0.09), ("turned.tif", 0.25), ("own.tif", 4 * 0.3048**2), ("beside.png", 0.25)):
        for feature in content(out, name)["features"]:
            properties = feature["properties"]
            assert math.isclose(properties["area_m2"], properties["pixels"] * pixel, rel_tol=1e-6)
    for name in ("degrees.tif", "nowhere/none.tif"):
        assert all("area_m2" not in each["properties"] for each in content(out, name)["features"])


def test_images_without_coordinates_are_left_out_and_counted(exported):
    out, report = exported
    assert {reason: len(ids) for reason, ids in report.left_out.items()} == {LeftOut.NOT_ON_MAP: 1}
    assert not (out / PLAIN).with_suffix(".geojson").exists()
    assert report.images == len(list(out.rglob("*.geojson"))) == len(MAPPED)
    assert report.lost == {"void": len(MAPPED)}


def test_labels_and_remarks_are_kept(tmp_path):
    folder = make_map_project(tmp_path)
    with open_project(folder) as project:
        record = queries.image_by_path(project, "utm.tif")
        remarks.write_comment(project, record.id, "look again")
        labels = {label.name: label for label in queries.labels(project)}
    export(folder, tmp_path / "out")
    found = content(tmp_path / "out", "utm.tif")
    assert (found["comment"], found["image"]) == ("look again", "utm.tif")
    for feature in found["features"]:
        label = labels[feature["properties"]["label"]]
        kept = {"label_id": label.category_id, "color": label.color, "supercategory": label.supercategory}
        assert kept.items() <= feature["properties"].items()
        assert feature["properties"]["isthing"] == int(label.is_thing)


def test_as_stored_polygons_lie_where_they_lie_as_displayed(folder, exported, tmp_path):
    export(folder, tmp_path / "out", frame=Frame.STORED)

    def places(file):
        return {
            each["properties"]["region_id"]: {tuple(p) for polygon in polygons_of(each) for r in polygon for p in r}
            for each in file["features"]
        }

    stored, shown = places(content(tmp_path / "out", "exif.jpg")), places(content(exported[0], "exif.jpg"))
    assert stored.keys() == shown.keys()
    for region, points in stored.items():
        assert np.allclose(sorted(points), sorted(shown[region]), atol=1e-6)
