"""Chips of scenes, read from the files that were written: pixels of the raster, labels of the project.

Covers: formats.blocks.
"""

import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from labelled_scene import NAMES, THING, VOID, scene_numbers, scene_project
from PIL import Image

from acseg_core.errors import ExportError
from acseg_core.formats.blocks import block_side, place_of
from acseg_core.formats.chips import STRADDLES, TOO_LITTLE, Chips
from acseg_core.formats.format import format_called
from acseg_core.formats.selection import ImageChoice
from acseg_core.formats.splits import split_from
from acseg_core.images.scenes.tiling import Grid
from acseg_core.interruptible import run_to_end
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.store.queries.image_list import images_by_id
from acseg_core.types import ImageStatus, Rle, Tile
from acseg_core.workflows.exporting import ExportSettings, export_labels

rasterio = pytest.importorskip("rasterio")


def export(project, out, key="png", **settings):
    work = export_labels(project, out, format_called(key), ExportSettings(**settings))
    return run_to_end(work, lambda tick: None)


def place(name: str) -> tuple[int, int]:
    """Left and top of a chip, by its name."""
    found = re.fullmatch(r".*map_x(\d+)_y(\d+)\.png", name)
    assert found is not None
    return int(found[1]), int(found[2])


def told(report) -> dict[str, int]:
    return {part.reason: part.count for part in report.cautions}


@pytest.fixture(scope="module")
def numbers():
    return scene_numbers(290, 410)


@pytest.fixture(scope="module")
def project(numbers, tmp_path_factory):
    with scene_project(tmp_path_factory.mktemp("scene"), numbers) as project:
        yield project


@pytest.fixture(scope="module")
def pixels(project) -> np.ndarray:
    with rasterio.open(project.image_root / "map.tif") as source:
        return np.moveaxis(source.read(), 0, 2)


def table(out) -> np.ndarray:
    entries = {each["name"]: each["number"] for each in json.loads((out / "classes.json").read_text())["classes"]}
    return np.array([0, *(entries[name] for name in NAMES.values())])


@pytest.mark.parametrize(("size", "stride"), [(100, None), (128, 60), (50, 77), (1000, None)])
def test_chips_are_parts_of_the_scene_wherever_tiles_end(project, numbers, pixels, tmp_path, size, stride):
    report = export(project, tmp_path / "out", chips=Chips(size, stride))
    height, width = min(size, 290), min(size, 410)
    seen = np.zeros(numbers.shape, bool)
    chips = sorted((tmp_path / "out" / "images").glob("*.png"))
    for file in chips:
        left, top = place(file.name)
        here = slice(top, top + height), slice(left, left + width)
        with Image.open(file) as picture, Image.open(tmp_path / "out" / "masks" / file.name) as labels:
            assert (np.asarray(picture) == pixels[here]).all()
            assert (np.asarray(labels) == table(tmp_path / "out")[numbers[here]]).all()
        seen[here] = True
    assert report.images == len(chips)
    assert seen.all() == (stride is None or stride <= size)
    assert len({place(file.name)[0] for file in chips}) == len(Chips(size, stride).places(410))


def test_what_goes_on_over_a_border_is_one_annotation(tmp_path):
    numbers = np.zeros((128, 192), np.uint8)
    numbers[20:40, 50:80] = THING
    numbers[70:90, 10:180] = 1
    numbers[100:110, 62:66] = VOID
    with scene_project(tmp_path, numbers) as project:
        report = export(project, tmp_path / "out", "coco", chips=Chips(128, 64))
    content = json.loads((tmp_path / "out" / "instances.json").read_text())
    names = {each["id"]: each["name"] for each in content["categories"]}
    images = {each["id"]: each for each in content["images"]}
    assert len(images) == report.images == 2
    assert min(images) > 6  # no image of the project has such an id
    found = Counter(
        (images[each["image_id"]]["file_name"], names[each["category_id"]]) for each in content["annotations"]
    )
    assert found == {
        ("map_x0_y0.png", "house"): 1,
        ("map_x0_y0.png", "field"): 1,
        ("map_x64_y0.png", "house"): 1,
        ("map_x64_y0.png", "field"): 1,
    }
    for each in content["annotations"]:
        left, top = place(images[each["image_id"]]["file_name"])
        size = each["segmentation"]["size"]
        mask = masks.decode(Rle(each["segmentation"]["counts"].encode(), *size))
        number = next(number for number, name in NAMES.items() if name == names[each["category_id"]])
        assert (mask == (numbers[top : top + size[0], left : left + size[1]] == number)).all()
    assert (tmp_path / "out" / "images" / "map_x64_y0.png").is_file()


def test_yolo_has_chips_in_its_splits(project, tmp_path):
    report = export(project, tmp_path / "out", "yolo", chips=Chips(32), split=split_from("train=.7,val=.3"))
    for name, count in report.splits.items():
        assert count > 0
        pictures = {file.stem for file in (tmp_path / "out/images" / name).glob("*.png")}
        assert pictures == {file.stem for file in (tmp_path / "out/labels" / name).glob("*.txt")}
        assert len(pictures) == count


@pytest.mark.parametrize("seed", [0, 1])
def test_no_chip_reaches_into_another_split(project, numbers, tmp_path, seed):
    split = split_from("train=.6,val=.2,test=.2", seed=seed)
    report = export(project, tmp_path / "out", chips=Chips(48, 24), split=split)
    whose = np.zeros(numbers.shape, int)
    count = 0
    for number, name in enumerate(report.splits, 1):
        files = list((tmp_path / "out" / name / "images").glob("*.png"))
        assert len(files) == report.splits[name] > 0
        count += len(files)
        for file in files:
            left, top = place(file.name)
            here = whose[top : top + 48, left : left + 48]
            assert set(np.unique(here).tolist()) <= {0, number}
            here[:] = number
    all_of_them = len(Chips(48, 24).places(290)) * len(Chips(48, 24).places(410))
    assert told(report) == {STRADDLES: all_of_them - count}
    assert any("blocks of up to 2 x 2 tiles" in note for note in report.split_notes)


def test_chips_of_which_too_little_is_labelled_or_has_data_are_counted(tmp_path, numbers):
    with scene_project(tmp_path, numbers, done=False, nodata=0, blank=96) as project:
        ids = queries.image_ids(project)
        records = images_by_id(project, ids)
        done = [id_ for id_ in ids if records[id_].info.tile.left < 200]
        review.set_image_statuses(project, done, ImageStatus.DONE)
        report = export(project, tmp_path / "out", chips=Chips(64, 20, 0.6))
        right = max(records[id_].info.tile.left + records[id_].info.width for id_ in done)
    kept = {place(file.name) for file in (tmp_path / "out" / "images").glob("*.png")}
    everything = {(left, top) for left in Chips(64, 20).places(410) for top in Chips(64, 20).places(290)}

    def share(left, top):
        return max(0, min(left + 64, right) - left) * (top + 64 - max(96, top)) / 64**2

    assert kept == {(left, top) for left, top in everything if top + 64 > 96 and share(left, top) >= 0.6}
    assert told(report) == {TOO_LITTLE: len(everything) - len(kept)}
    part = next(each for each in kept if each[0] + 64 > right)
    with Image.open(tmp_path / "out" / "masks" / f"map_x{part[0]}_y{part[1]}.png") as labels:
        assert (np.asarray(labels)[:, right - part[0] :] == 255).all()  # what did not leave is not known


def test_chips_are_not_for_all_formats_and_make_a_folder(project, tmp_path):
    with pytest.raises(ExportError, match="CVAT for images is not written as chips; choose COCO, YOLO or label maps"):
        export(project, tmp_path / "out", "cvat", chips=Chips(64))
    with pytest.raises(ExportError, match=r"written as a folder here, with a split, chips or image files"):
        export(project, tmp_path / "out.json", "coco", chips=Chips(64))


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"size": 8}, "too small; take 16 at least"),
        ({"size": 64, "stride": 0}, "take 1 at least"),
        ({"size": 64, "least_valid": 1.5}, "take one from 0 to 1"),
    ],
)
def test_chips_that_make_no_sense_are_refused(options, reason):
    with pytest.raises(ExportError, match=reason):
        Chips(**options)


def test_blocks_are_two_tiles_wide_at_least_if_there_are_enough():
    def tiles(columns, rows):
        return [("a.tif", Tile(row, column, 0, 0)) for row in range(1, rows + 1) for column in range(1, columns + 1)]

    assert block_side(tiles(22, 22), 3) == 3
    assert block_side(tiles(4, 4), 3) == 2
    assert block_side(tiles(2, 2), 3) == 1
    assert place_of("a.tif", Tile(3, 4, 0, 0), 2) == ("a.tif", 1, 1)


def test_tiles_that_leave_as_images_are_split_in_blocks(project, tmp_path):
    split = split_from("train=.6,val=.4")
    report = export(project, tmp_path / "out", images=ImageChoice.ALL, split=split)
    grid = Grid(410, 290, 64)
    split_of = {}
    for name in report.splits:
        for file in (tmp_path / "out" / name / "images").glob("*.png"):
            found = re.fullmatch(r"map_r(\d+)c(\d+)", file.stem)
            split_of[int(found[1]), int(found[2])] = name
    assert len(split_of) == grid.rows * grid.columns
    blocks: dict[tuple[int, int], set[str]] = {}
    for (row, column), name in split_of.items():
        blocks.setdefault(((row - 1) // 2, (column - 1) // 2), set()).add(name)
    assert all(len(names) == 1 for names in blocks.values())


def test_files_of_chips_are_called_after_the_scene(project, tmp_path):
    export(project, tmp_path / "out", chips=Chips(256))
    assert sorted(file.name for file in Path(tmp_path / "out" / "images").iterdir())[0] == "map_x0_y0.png"
