"""GeoJSON of scenes: one file each, in the system of the file or in longitude and latitude."""

import json

import numpy as np
import pytest
from labelled_scene import NAMES, PLACE, VOID, label_scene, scene_numbers, scene_project, write_scene
from map_project import make_map_project

from acseg_core.errors import ExportError
from acseg_core.formats.format import format_called
from acseg_core.formats.selection import ImageChoice
from acseg_core.interruptible import run_to_end
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits.labels import create_label
from acseg_core.workflows.exporting import ExportSettings, export_labels
from acseg_core.workflows.scenes import add_scene

rasterio = pytest.importorskip("rasterio")
shapely = pytest.importorskip("shapely")
warp = pytest.importorskip("rasterio.warp")
features = pytest.importorskip("rasterio.features")

UTM33 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32633"}}


def export(project, out, **settings):
    work = export_labels(project, out, format_called("geojson"), ExportSettings(**settings))
    return run_to_end(work, lambda tick: None)


def shapes_in(file) -> tuple[dict, list, np.ndarray]:
    """What the file says, its polygons, and the number in `NAMES` of each."""
    content = json.loads(file.read_text("ascii"))
    by_name = {name: number for number, name in NAMES.items()}
    shapes = [shapely.from_geojson(json.dumps(each["geometry"])) for each in content["features"]]
    return content, shapes, np.array([by_name[each["properties"]["label"]] for each in content["features"]])


@pytest.fixture(scope="module")
def numbers():
    return scene_numbers(150, 220)


@pytest.mark.parametrize(
    ("crs", "place", "member"),
    [
        ("EPSG:32633", PLACE, UTM33),
        ("EPSG:32633", (1e6, 0.3, 0.4, 6e6, 0.4, -0.3), UTM33),
        ("EPSG:4326", (15.1, 1e-5, 0.0, 50.2, 0.0, -1e-5), "none"),
        (None, PLACE, None),
    ],
)
def test_it_is_exported_as_found(tmp_path, numbers, crs, place, member):
    with scene_project(tmp_path, numbers, crs=crs, place=place) as project:
        report = export(project, tmp_path / "out")
    content, shapes, found = shapes_in(tmp_path / "out" / "map.geojson")
    assert content.get("crs", "none") == member
    assert all(map(shapely.is_valid, shapes))
    with rasterio.open(tmp_path / "photos" / "map.tif") as source:
        drawn = features.rasterize(
            list(zip(shapes, found.tolist(), strict=True)), source.shape, transform=source.transform
        )
    assert (drawn == np.where(numbers == VOID, 0, numbers)).all()
    assert report.files == 1
    assert {"label", "label_id", "color", "pixels", "status", "regions"} <= content["features"][0]["properties"].keys()
    _check_rings(shapes)


def _check_rings(shapes):
    for shape in shapes:
        for part in shapely.get_parts(shape):
            assert part.exterior.is_ccw
            assert not any(hole.is_ccw for hole in part.interiors)


def test_a_world_file_counts(tmp_path):
    photos = tmp_path / "photos"
    photos.mkdir(parents=True)
    write_scene(photos / "map.tif", 60, 60, crs=None, place=None)
    (photos / "map.tfw").write_text("0.5\n0\n0\n-0.5\n1000.25\n1999.75\n")
    with create_project(tmp_path / "project", image_root=photos) as project:
        create_label(project, NAMES[1])
        add_scene(project, "map.tif", side=64)
        label_scene(project, "map.tif", np.ones((60, 60), np.uint8))
        export(project, tmp_path / "out")
    content, shapes, _ = shapes_in(tmp_path / "out" / "map.geojson")
    assert content["crs"] is None
    assert shapely.total_bounds(shapes).tolist() == [1000, 1970, 1030, 2000]


@pytest.mark.parametrize("crs", ["EPSG:32633", "EPSG:3857"])
def test_degrees_are_rasterios_and_turn_to_the_left(tmp_path, numbers, crs):
    with scene_project(tmp_path, numbers, crs=crs) as project:
        export(project, tmp_path / "own")
        export(project, tmp_path / "out", degrees=True)
    content, shapes, found = shapes_in(tmp_path / "out" / "map.geojson")
    _, own, _ = shapes_in(tmp_path / "own" / "map.geojson")
    assert "crs" not in content
    _check_rings(shapes)
    assert any(len(part.interiors) for shape in shapes for part in shapely.get_parts(shape))
    assert found.size
    for shape, there in zip(shapes, own, strict=True):
        x, y = shapely.get_coordinates(there).T
        expected = np.array(warp.transform(crs, "EPSG:4326", x.tolist(), y.tolist())).T
        assert shapely.get_coordinates(shape) == pytest.approx(expected, abs=1e-7)


def test_photos_have_degrees_as_well(tmp_path):
    folder = make_map_project(tmp_path)
    with open_project(folder, read_only=True) as project:
        utm, nowhere = (queries.image_by_path(project, name).id for name in ("utm.tif", "nowhere/none.tif"))
        export(project, tmp_path / "out", images=ImageChoice.ALL, image_ids=[utm], degrees=True)
        with pytest.raises(ExportError, match=r"nowhere/none\.tif: its coordinate system is not known"):
            export(project, tmp_path / "none", images=ImageChoice.ALL, image_ids=[nowhere], degrees=True)
    content = json.loads((tmp_path / "out" / "utm.geojson").read_text())
    assert "crs" not in content
    shapes = [shapely.from_geojson(json.dumps(each["geometry"])) for each in content["features"]]
    west, south, east, north = shapely.total_bounds(shapes)
    assert 14.9 < west < east < 15.1
    assert 45.1 < south < north < 45.2


def test_over_the_180th_meridian_polygons_are_left_as_they_are_and_told(tmp_path):
    numbers = np.ones((60, 60), np.uint8)
    place = (450_000.0, 1000.0, 0.0, 8_100_000.0, 0.0, -1000.0)
    with scene_project(tmp_path, numbers, crs="EPSG:32601", place=place) as project:
        report = export(project, tmp_path / "out", degrees=True)
    assert not [part for part in report.cautions if "180th" in part.reason]
    with scene_project(tmp_path / "b", numbers, crs="EPSG:32601", place=(380_000.0, *place[1:])) as project:
        report = export(project, tmp_path / "b" / "out", degrees=True)
    assert [part.places for part in report.cautions if "180th" in part.reason] == [("map.tif",)]


def test_simplified_together_they_are_a_coverage(tmp_path, numbers):
    with scene_project(tmp_path, numbers) as project:
        export(project, tmp_path / "out", simplify=2)
    content, shapes, _ = shapes_in(tmp_path / "out" / "map.geojson")
    assert all(map(shapely.is_valid, shapes))
    assert shapely.coverage_is_valid(shapes)
    areas = [each["properties"]["area_m2"] for each in content["features"]]
    assert areas == pytest.approx([shape.area for shape in shapes], abs=1e-5)


def test_photos_are_simplified_as_scenes_are(tmp_path):
    folder = make_map_project(tmp_path)
    with open_project(folder, read_only=True) as project:
        utm = queries.image_by_path(project, "utm.tif").id
        export(project, tmp_path / "out", images=ImageChoice.ALL, image_ids=[utm], simplify=1.5)
    found = json.loads((tmp_path / "out" / "utm.geojson").read_text())["features"]
    shapes = [shapely.from_geojson(json.dumps(each["geometry"])) for each in found]
    assert len(shapes) == 3
    assert shapely.coverage_is_valid(shapes)
