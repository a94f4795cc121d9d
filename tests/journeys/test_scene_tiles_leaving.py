"""Tiles of scenes in formats of images: each is a picture with a name of its own, and the labels lead to it."""

import json

import numpy as np
import pytest
from labelled_scene import scene_numbers, scene_project
from PIL import Image
from shell import acseg

from acseg_core.formats.format import FORMATS, format_called
from acseg_core.interruptible import run_to_end
from acseg_core.store import open_project, queries
from acseg_core.store.queries.image_list import images_by_id
from acseg_core.workflows.exporting import NO_PICTURES, ExportSettings, export_labels

rasterio = pytest.importorskip("rasterio")

WITH_PICTURES = [
    each.key for each in FORMATS if each.write is not None and not each.joins_tiles and not each.labels_only
]


def export(project, out, key, **settings):
    work = export_labels(project, out, format_called(key), ExportSettings(**settings))
    return run_to_end(work, lambda tick: None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scene")
    with scene_project(folder, scene_numbers(150, 200)):
        return folder


@pytest.mark.parametrize("key", WITH_PICTURES)
def test_pictures_of_tiles_come_along_and_are_read_again_with_their_labels(folder, tmp_path, key):
    with open_project(folder / "project", read_only=True) as project:
        report = export(project, tmp_path / "out", key, with_images="copy")
        records = images_by_id(project, queries.image_ids(project)).values()
    pictures = {}
    for file in (tmp_path / "out").rglob("*.png"):
        with Image.open(file) as picture:
            if picture.mode == "RGB" and "map_r" in file.name:
                pictures[file.name.replace("_leftImg8bit", "")] = np.asarray(picture)
    with rasterio.open(folder / "photos" / "map.tif") as source:
        pixels = np.moveaxis(source.read(), 0, 2)
    for record in records:
        tile, info = record.info.tile, record.info
        shown = pictures[f"map_r{tile.row}c{tile.column}.png"]
        assert (shown == pixels[tile.top : tile.top + info.height, tile.left : tile.left + info.width]).all()
    assert report.images == len(records)
    assert NO_PICTURES not in {part.reason for part in report.cautions}
    with format_called(key).read(tmp_path / "out") as files:
        names = {
            image.name.rpartition("/")[2].partition(".")[0].removesuffix("_leftImg8bit") for image in files.images()
        }
    assert {f"map_r{each.info.tile.row}c{each.info.tile.column}" for each in records} in (
        names,
        {name.replace("#", "_") for name in names},
    )


def test_labels_alone_say_that_the_pictures_are_nowhere(folder, tmp_path):
    with open_project(folder / "project", read_only=True) as project:
        report = export(project, tmp_path / "out.json", "coco")
    assert [part.count for part in report.cautions if part.reason == NO_PICTURES] == [report.images]
    names = {image["file_name"] for image in json.loads((tmp_path / "out.json").read_text())["images"]}
    assert "map_r1c1.png" in names


def test_the_command_line_writes_scenes_in_every_way(folder, tmp_path):
    import pyogrio

    project = folder / "project"
    told = acseg("export", project, "--format", "gpkg", "--simplify", "1", "--out", tmp_path / "out.gpkg")
    assert told.stdout.startswith(str(tmp_path / "out.gpkg"))
    assert pyogrio.read_info(tmp_path / "out.gpkg", layer="map")["features"] > 3
    acseg("export", project, "--format", "geojson", "--wgs84", "--out", tmp_path / "json")
    content = json.loads((tmp_path / "json" / "map.geojson").read_text())
    assert "crs" not in content
    words = ("--chips", "64", "--stride", "40", "--least-valid", "0.9", "--split", "train=.5,val=.5")
    told = acseg("export", project, "--format", "png", *words, "--out", tmp_path / "png")
    assert "chips that reach into another split" in told.stderr
    assert len(list((tmp_path / "png").rglob("images/*.png"))) > 3


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--format", "coco", "--simplify", "1"), "has no --simplify"),
        (("--format", "gpkg", "--wgs84"), "--wgs84 is for --format geojson"),
        (("--stride", "9"), "need --chips"),
        (("--format", "gpkg", "--tolerance", "1"), "has exact outlines"),
    ],
)
def test_options_that_do_not_go_together_are_refused(folder, tmp_path, words, reason):
    told = acseg("export", folder / "project", "--out", tmp_path / "out", *words, code=2)
    assert reason in " ".join(told.stderr.replace("│", " ").split())
