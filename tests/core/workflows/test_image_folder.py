"""Which files of a folder are taken: all, or those that somebody chose; and which of them become scenes."""

import sys

import numpy as np
import pytest
from PIL import Image
from scene_files import texture, write_scene

from acseg_core.errors import ExtraMissingError, ImagesNotFoundError, ProjectExistsError
from acseg_core.images.left_out import OTHER_KIND
from acseg_core.images.scenes.choosing import Tiles
from acseg_core.interruptible import run_to_end
from acseg_core.store import create_project, queries
from acseg_core.workflows import image_folder, scanning
from acseg_core.workflows.image_folder import MOSAIC, NEEDS_EXTRA


@pytest.fixture
def folder(tmp_path):
    """A photo, a small map, and a raster that only GDAL reads."""
    root = tmp_path / "maps"
    small = (texture(70, 90) * 255).astype(np.uint8)
    write_scene(root / "map.tif", small)
    write_scene(root / "sub" / "deep.img", small, driver="HFA")
    Image.fromarray(small.transpose(1, 2, 0).copy()).save(root / "photo.png")
    (root / "notes.txt").touch()
    return root


@pytest.fixture
def project(tmp_path, folder):
    with create_project(tmp_path / "project", image_root=folder) as opened:
        yield opened


@pytest.fixture
def no_rasterio(monkeypatch):
    monkeypatch.setitem(sys.modules, "rasterio", None)


def scan(project):
    return run_to_end(scanning.scan_images(project), lambda tick: None)


def paths(project) -> set[str]:
    return {record.path for record in queries.images(project)}


def test_all_files_are_taken_each_as_it_can_be(project):
    assert scan(project).skipped == ()
    assert paths(project) == {"map.tif", "photo.png", "sub/deep#r1c1.img"}


def test_what_a_file_is_in_the_project_it_stays(project):
    scan(project)
    image_folder.choose_tiles(project, Tiles.ALWAYS, 64)
    assert scan(project).added == 0
    image_folder.choose_tiles(project, Tiles.NEVER, None)
    report = scan(project)
    assert (report.missing, report.added) == ((), 0)
    assert paths(project) == {"map.tif", "photo.png", "sub/deep#r1c1.img"}


def test_without_rasterio_what_it_would_read_is_skipped_with_the_way_to_it(project, no_rasterio):
    report = scan(project)
    assert [(file.path, file.reason) for file in report.skipped] == [("sub/deep.img", NEEDS_EXTRA)]
    assert 'pip install "acseg-desktop[geo]"' in NEEDS_EXTRA
    assert paths(project) == {"map.tif", "photo.png"}


def test_never_leaves_rasters_out_as_before(project):
    image_folder.choose_tiles(project, Tiles.NEVER, None)
    assert [(file.path, file.reason) for file in scan(project).skipped] == [("sub/deep.img", OTHER_KIND)]


def test_only_chosen_files_are_taken_now_and_later(project, folder):
    image_folder.take_only(project, ["map.tif"])
    scan(project)
    assert paths(project) == {"map.tif"}
    image_folder.choose_source(project, folder / "sub" / "deep.img")
    scan(project)
    assert paths(project) == {"map.tif", "sub/deep#r1c1.img"}
    image_folder.choose_source(project, folder)
    scan(project)
    assert "photo.png" in paths(project)
    assert image_folder.taken_files(project) == ()


def test_a_chosen_scene_that_was_renamed_is_followed(project, folder):
    image_folder.take_only(project, ["sub/deep.img"])
    scan(project)
    (folder / "sub" / "deep.img").rename(folder / "sub" / "other.img")
    assert scan(project).moved == {"sub/deep#r1c1.img": "sub/other#r1c1.img"}
    assert image_folder.taken_files(project) == ("sub/other.img",)
    assert scan(project).unchanged == 1
    assert paths(project) == {"sub/other#r1c1.img"}


def test_a_file_of_another_folder_is_refused(project, tmp_path):
    elsewhere = write_scene(tmp_path / "elsewhere" / "map.tif")
    with pytest.raises(ProjectExistsError, match="acseg relocate"):
        image_folder.choose_source(project, elsewhere)


def test_a_file_that_is_given_alone_is_looked_at_first(folder, no_rasterio):
    image_folder.require_reader(folder / "map.tif", Tiles.AUTO)
    with pytest.raises(ExtraMissingError, match=r"deep.img: only read as a scene.*acseg-desktop\[geo\]"):
        image_folder.require_reader(folder / "sub" / "deep.img", Tiles.AUTO)
    with pytest.raises(ImagesNotFoundError, match=r"notes.txt: unsupported"):
        image_folder.require_reader(folder / "notes.txt", Tiles.AUTO)


def test_a_list_that_makes_no_sense_is_none(project):
    from acseg_core.store.settings import TAKEN_FILES, write_setting

    write_setting(project, TAKEN_FILES, "{")
    assert image_folder.taken_files(project) == ()


def test_a_mosaic_is_taken_alone_but_not_beside_its_parts(project, folder):
    (folder / "all.vrt").write_text(
        '<VRTDataset rasterXSize="90" rasterYSize="70"><VRTRasterBand dataType="Byte" band="1"><SimpleSource>'
        '<SourceFilename relativeToVRT="1">map.tif</SourceFilename><SourceBand>1</SourceBand>'
        "</SimpleSource></VRTRasterBand></VRTDataset>"
    )
    assert [(file.path, file.reason) for file in scan(project).skipped] == [("all.vrt", MOSAIC)]
    image_folder.take_only(project, ["all.vrt"])
    assert scan(project).added == 1
    assert "all#r1c1.vrt" in paths(project)
