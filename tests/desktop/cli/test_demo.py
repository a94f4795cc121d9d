"""`acseg demo`, in a process of its own where it computes."""

import json
import sys
from pathlib import Path

import rasterio
from PIL import Image
from pycocotools.coco import COCO
from shell import acseg_process, refused

from acseg_core.store import open_project
from acseg_core.store.queries.scene_queries import scenes


def test_demo_without_a_window_writes_sheet_and_coco(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    acseg_process("demo", demo, "--headless", "--device", "cpu")
    coco = COCO(str(demo / "annotations.json"))
    assert len(coco.imgs) >= 5
    assert all(len(coco.imgToAnns[number]) >= 2 for number in coco.imgs)
    with Image.open(demo / "overlay.png") as sheet:
        assert sheet.width > 600
        assert len(sheet.getcolors(1 << 24)) > 1000
    assert (demo / "photos" / "LICENSES.md").is_file()


def test_demo_of_the_scene_writes_a_sheet_and_polygons_on_the_map(tmp_path: Path) -> None:
    demo = tmp_path / "demo"
    acseg_process("demo", demo, "--scene", "--headless", "--device", "cpu")
    assert (demo / "scene" / "SOURCES.md").is_file()
    with open_project(demo / "scene-project", read_only=True) as project:
        (scene,) = scenes(project)
    assert (scene.path, scene.rows * scene.columns) == ("village.tif", 4)
    with Image.open(demo / "scene-overlay.png") as sheet:
        assert len(sheet.getcolors(1 << 24)) > 1000
    files = [json.loads(path.read_text("utf-8")) for path in (demo / "scene-regions").glob("*.geojson")]
    assert {file["crs"]["properties"]["name"] for file in files} == {"urn:ogc:def:crs:EPSG::32633"}
    regions = [feature["properties"] for file in files for feature in file["features"]]
    assert len(regions) >= 20
    with rasterio.open(demo / "scene" / "village.tif") as raster:
        valid = int((raster.dataset_mask() > 0).sum())
    assert sum(region["pixels"] for region in regions) == valid
    assert abs(sum(region["area_m2"] for region in regions) - valid * 0.25**2) < 1e-6 * valid
    acseg_process("demo", demo, "--scene", "--headless", "--device", "cpu")  # what it wrote, it may write again


def test_demo_of_the_scene_without_the_extra_is_one_line_and_no_file(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "rasterio", None)  # as if it were not installed
    told = refused("demo", tmp_path / "demo", "--scene", "--headless")
    assert 'pip install "acseg-desktop[geo]"' in told
    assert not (tmp_path / "demo").exists()


def test_demo_of_the_scene_leaves_a_folder_of_somebody_alone(tmp_path: Path) -> None:
    (tmp_path / "scene-regions").mkdir()
    (tmp_path / "scene-regions" / "mine.geojson").write_text("mine")
    assert "scene-regions" in refused("demo", tmp_path, "--scene", "--headless")
    assert [path.name for path in tmp_path.iterdir()] == ["scene-regions"]
