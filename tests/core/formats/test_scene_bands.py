"""Class GeoTIFF of scenes, read by rasterio: one map of the size of the scene, every pixel as it is in the project.

Covers: formats.mosaics.
"""

import json

import numpy as np
import pytest
from labelled_scene import NAMES, PLACE, VOID, label_scene, scene_numbers, scene_project, write_scene

from acseg_core.formats.format import format_called
from acseg_core.formats.selection import ImageChoice
from acseg_core.formats.splits import split_from
from acseg_core.interruptible import run_to_end
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import review
from acseg_core.store.edits.labels import create_label
from acseg_core.store.queries.image_list import images_by_id
from acseg_core.types import ImageStatus
from acseg_core.workflows.exporting import ExportSettings, export_labels
from acseg_core.workflows.scanning import scan_images
from acseg_core.workflows.scenes import add_scene

rasterio = pytest.importorskip("rasterio")

LOCAL = 'LOCAL_CS["Plan of the town",UNIT["metre",1]]'
OWN = (
    'PROJCS["Site",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
    'UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],'
    'PARAMETER["central_meridian",12.3],PARAMETER["scale_factor",0.9998],PARAMETER["false_easting",100000],'
    'PARAMETER["false_northing",0],UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH]]'
)


def export(project, out, **settings):
    return run_to_end(
        export_labels(project, out, format_called("geotiff"), ExportSettings(**settings)), lambda tick: None
    )


def table(out) -> np.ndarray:
    """What number each of `NAMES` has in the map, by its own."""
    entries = {each["name"]: each["number"] for each in json.loads((out / "classes.json").read_text())["classes"]}
    return np.array([0, *(entries[name] for name in NAMES.values())])


def is_pixel_of(project, image_ids, shape) -> np.ndarray:
    """(h, w) bool, the pixels of some tiles."""
    found = np.zeros(shape, bool)
    for record in images_by_id(project, image_ids).values():
        tile, info = record.info.tile, record.info
        found[tile.top : tile.top + info.height, tile.left : tile.left + info.width] = True
    return found


@pytest.mark.parametrize(
    ("crs", "place"),
    [
        ("EPSG:32633", PLACE),
        ("EPSG:4326", (15.1, 1e-5, 0.0, 50.2, 0.0, -1e-5)),
        ("EPSG:3857", (1_500_000.0, 0.3, 0.1, 6_000_000.0, 0.1, -0.3)),
        (OWN, PLACE),
        (LOCAL, PLACE),
        (None, PLACE),
    ],
)
def test_it_lies_where_the_scene_lies_and_every_pixel_is_the_stored_label(tmp_path, crs, place):
    numbers = scene_numbers(150, 230)
    with scene_project(tmp_path, numbers, crs=crs, place=place) as project:
        report = export(project, tmp_path / "out")
        tiles = len(queries.image_ids(project))
    assert (report.images, report.files) == (tiles, 4)
    with rasterio.open(tmp_path / "photos" / "map.tif") as source, rasterio.open(tmp_path / "out/map.tif") as written:
        assert written.crs == source.crs
        assert written.transform == source.transform
        assert written.shape == source.shape
        assert written.nodata == 255
        assert (written.read(1) == table(tmp_path / "out")[numbers]).all()
        assert written.colormap(1)[255][:3] == tuple(
            bytes.fromhex(next(each for each in _classes(tmp_path / "out") if each["number"] == 255)["color"][1:])
        )
    assert table(tmp_path / "out")[VOID] == 255
    (line,) = (tmp_path / "out/images.jsonl").read_text().splitlines()
    assert json.loads(line) == {"map": "map.tif", "image": "map.tif", "done": True}


def _classes(out):
    return json.loads((out / "classes.json").read_text())["classes"]


def test_tiles_that_do_not_leave_are_nodata(tmp_path):
    numbers = scene_numbers(400, 200)
    with scene_project(tmp_path, numbers, done=False) as project:
        ids = queries.image_ids(project)
        done = [*ids[3:5], ids[-2]]  # whole rows above and between have none
        review.set_image_statuses(project, done, ImageStatus.DONE)
        report = export(project, tmp_path / "out")
        inside = is_pixel_of(project, done, numbers.shape)
    assert report.images == 3
    assert 0 < inside.sum() < numbers.size / 2
    with rasterio.open(tmp_path / "out/map.tif") as written:
        assert (written.read(1) == np.where(inside, table(tmp_path / "out")[numbers], 255)).all()


def test_a_scene_larger_than_an_overview_has_overviews(tmp_path):
    with scene_project(tmp_path, np.zeros((90, 2500), np.uint8)) as project:
        export(project, tmp_path / "out")
    with rasterio.open(tmp_path / "out/map.tif") as written:
        assert written.overviews(1) == [2, 4]
        assert written.profile["tiled"]


def test_more_labels_have_sixteen_bits(tmp_path):
    numbers = scene_numbers(100, 100)
    with scene_project(tmp_path, numbers) as project:
        for number in range(260):
            create_label(project, f"label {number}")
        export(project, tmp_path / "out")
    with rasterio.open(tmp_path / "out/map.tif") as written:
        assert written.nodata == 65535
        assert (written.read(1) == table(tmp_path / "out")[numbers]).all()


def test_scenes_and_photos_leave_together_and_nothing_takes_the_name_of_another(tmp_path):
    numbers = scene_numbers(100, 140)
    photos = tmp_path / "photos"
    (photos / "sub").mkdir(parents=True)
    write_scene(photos / "map.tiff", 30, 40)
    with create_project(tmp_path / "project", image_root=photos) as project:
        run_to_end(scan_images(project), lambda tick: None)
        for name in NAMES.values():
            create_label(project, name)
        for path, shape, driver in (("map.tif", (100, 140), "GTiff"), ("sub/b.img", (70, 90), "HFA")):
            write_scene(photos / path, *shape, driver=driver)
            add_scene(project, path, side=64)
            label_scene(project, path, numbers[: shape[0], : shape[1]])
        export(project, tmp_path / "out", images=ImageChoice.ALL)
    found = {each.relative_to(tmp_path / "out").as_posix() for each in (tmp_path / "out").rglob("*.tif")}
    assert found == {"map.tif.tif", "map.tiff.tif", "sub/b.tif"}
    index = [json.loads(line) for line in (tmp_path / "out/images.jsonl").read_text().splitlines()]
    assert {each["map"]: each["image"] for each in index} == {
        "map.tif.tif": "map.tif",
        "map.tiff.tif": "map.tiff",
        "sub/b.tif": "sub/b.img",
    }
    for name, shape in (("map.tif.tif", (100, 140)), ("sub/b.tif", (70, 90))):
        with rasterio.open(tmp_path / "out" / name) as written:
            assert (written.read(1) == table(tmp_path / "out")[numbers[: shape[0], : shape[1]]]).all()


def test_a_split_has_a_map_of_its_tiles_each(tmp_path):
    numbers = scene_numbers(300, 300)
    with scene_project(tmp_path, numbers) as project:
        report = export(project, tmp_path / "out", split=split_from("train=.7,val=.3"))
    together = np.zeros(numbers.shape, int)
    for name in report.splits:
        with rasterio.open(tmp_path / "out" / name / "map.tif") as written:
            values = written.read(1)
        is_here = (values == table(tmp_path / "out")[numbers]) & (numbers != VOID)
        together += is_here
        assert ((values == 255) | is_here).all()
    assert (together == (numbers != VOID)).all()


def test_a_scene_without_coordinates_is_left_out(tmp_path):
    with scene_project(tmp_path, scene_numbers(60, 60), crs=None, place=None) as project:
        ids = queries.image_ids(project)
        write_scene(tmp_path / "photos" / "placed.tif", 60, 60)
        add_scene(project, "placed.tif", side=64)
        report = export(project, tmp_path / "out", images=ImageChoice.ALL)
    assert list(report.left_out.values()) == [tuple(ids)]
    assert (tmp_path / "out/placed.tif").is_file()


def test_a_project_of_photos_only_asks_for_nothing_more(tmp_path):
    (tmp_path / "photos").mkdir()
    write_scene(tmp_path / "photos" / "a.tif", 30, 40)
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as project:
        run_to_end(scan_images(project), lambda tick: None)
        export(project, tmp_path / "out", images=ImageChoice.ALL)
    with open_project(tmp_path / "project", read_only=True) as project:
        assert len(queries.image_ids(project)) == 1
    with rasterio.open(tmp_path / "out/a.tif") as written:
        assert not written.overviews(1)
