"""`acseg bands` as a shell sees it; and void from the file to the annotations, in three commands."""

import json

import numpy as np
import pytest
from desktop.cli.samples import make_photos
from pycocotools import mask as coco_mask
from rasters import collar, ground, read_raster, write_raster
from shell import acseg, refused

from acseg_core.images.rendering import from_text
from acseg_core.store import open_project, queries


@pytest.fixture
def maps(tmp_path):
    """A project with two rasters of four bands and a photo; not proposed yet."""
    folder = tmp_path / "maps"
    make_photos(folder, 1)
    write_raster(folder / "a.tif", ground(4).astype(np.uint16))
    write_raster(folder / "b.tif", (ground(4) * 9).astype(np.uint16))
    acseg("init", tmp_path / "project", "--images", folder)
    return tmp_path / "project"


def bands_shown(folder):
    with open_project(folder, read_only=True) as project:
        shown = {record.path: from_text(record.info.rendering) for record in queries.images(project)}
    return {path: each and each.bands for path, each in shown.items()}


def test_it_tells_how_images_are_shown(maps):
    assert acseg("bands", maps).stdout == "2 images: bands 1, 2, 3, stretched\n1 image: by the kind of their files\n"


def test_it_shows_images_otherwise_and_back(maps):
    before = bands_shown(maps)
    out, err = acseg("bands", maps, "--bands", "nir", "--stretch", "1,99")
    assert out.startswith("2 images shown otherwise now; 1 left as they were\n")
    assert "there is no near infrared among 3 bands" in err
    assert bands_shown(maps)["a.tif"] == bands_shown(maps)["b.tif"] == (4, 1, 2)
    acseg("bands", maps, "--bands", "4", "--range", "0,3000", "--images", "b*")
    assert bands_shown(maps)["a.tif"] == (4, 1, 2)
    assert bands_shown(maps)["b.tif"] == (4,)
    with open_project(maps, read_only=True) as project:
        stretch = from_text(queries.image_by_path(project, "b.tif").info.rendering).stretches[0]
    assert (stretch.black, stretch.white) == (0, 3000)
    assert "1 image: band 4 in grey, stretched" in acseg("bands", maps).stdout
    acseg("bands", maps, "--range", "0,255", "--images", "b*")
    assert "1 image: band 4 in grey, 0 to 255" in acseg("bands", maps).stdout
    acseg("bands", maps, "--reset")
    assert bands_shown(maps) == before


def test_images_that_come_later_get_what_is_asked_for_them(maps):
    acseg("bands", maps, "--bands", "3,2,1", "--default")
    assert "new images: bands 3,2,1, percentiles 2 to 98" in acseg("bands", maps).stdout
    write_raster(maps.parent / "maps" / "c.tif", ground(4).astype(np.uint16))
    acseg("init", maps, "--images", maps.parent / "maps")
    assert bands_shown(maps)["c.tif"] == (3, 2, 1)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--bands", "red"], "red are no bands; give rgb, nir, one number such as 4"),
        (["--stretch", "98,2"], "percentiles 98 and 2 do not fit"),
        (["--range", "5,5"], "two different values"),
        (["--bands", "rgb", "--images", "nothing*"], "nothing*: no image of the project matches"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changed(maps, options, complaint):
    before = bands_shown(maps)
    assert complaint in refused("bands", maps, *options)
    assert bands_shown(maps) == before


@pytest.mark.parametrize(
    "options",
    [["--stretch", "2"], ["--reset", "--bands", "rgb"], ["--default"], ["--stretch", "2,98", "--range", "0,1"]],
)
def test_options_that_make_no_sense_are_wrong_use(maps, options):
    assert acseg("bands", maps, *options, code=2).stderr


def test_no_annotation_covers_void_and_all_of_the_rest_is_covered(tmp_path, tiny_options):
    folder = tmp_path / "maps"
    folder.mkdir()
    bands = ground(4)
    kinds = {
        "zero.tif": (np.where(collar()[..., None], 0, bands).astype(np.uint16), {"nodata": 0}),
        "float.tif": (np.where(collar()[..., None], np.nan, bands).astype(np.float32), {}),
        "signed.tif": (np.where(collar()[..., None], -9999, bands).astype(np.int16), {"nodata": -9999}),
        "alpha.tif": (
            np.dstack([bands[..., :3], np.where(collar(), 0, 65535)]).astype(np.uint16),
            {"colors": ("red", "green", "blue", "alpha")},
        ),
    }
    for name, (values, how) in kinds.items():
        write_raster(folder / name, values, **how)
    project, out = tmp_path / "project", tmp_path / "out.json"
    acseg("init", project, "--images", folder)
    acseg("propose", project, *tiny_options)
    acseg("export", project, "--format", "coco", "--all-regions", "--out", out)
    found = json.loads(out.read_text())
    assert len(found["images"]) == len(kinds)
    for image in found["images"]:
        covered = np.zeros((image["height"], image["width"]), np.int32)
        for each in found["annotations"]:
            if each["image_id"] == image["id"]:
                covered += _mask(each, image)
        _, valid = read_raster(folder / image["file_name"])
        assert np.array_equal(covered, valid.astype(np.int32)), image["file_name"]


def _mask(annotation, image):
    stored, size = annotation["segmentation"], (image["height"], image["width"])
    if isinstance(stored, list):
        return coco_mask.decode(coco_mask.merge(coco_mask.frPyObjects(stored, *size)))
    return coco_mask.decode(coco_mask.frPyObjects(stored, *size) if isinstance(stored["counts"], list) else stored)
