"""Label maps as others open them: with Pillow and json, pixel by pixel.

Covers: formats.painted_maps.
"""

import json
import shutil
from pathlib import Path, PurePosixPath

import hard_project
import numpy as np
import pytest
from hard_project import ALL_LABELS, EDGES, EMPTY, NOT_DONE, SUGGESTED, VOID
from PIL import Image

from acseg_core.errors import ExportError
from acseg_core.formats import label_map_writer
from acseg_core.formats.dataset import Frame
from acseg_core.formats.format import format_called
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.selection import ImageChoice
from acseg_core.formats.splits import Split
from acseg_core.interruptible import run_to_end
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import review
from acseg_core.store.edits.label_list import delete_label
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageStatus
from acseg_core.workflows.exporting import ExportSettings, export_labels
from acseg_core.workflows.scanning import scan_images


def export(project, out: Path, **settings):
    settings = {"instances": "region"} | settings
    return run_to_end(export_labels(project, out, format_called("png"), ExportSettings(**settings)), lambda tick: None)


def files_of(out: Path) -> set[str]:
    return {file.relative_to(out).as_posix() for file in out.rglob("*") if file.is_file()}


def lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text("ascii").splitlines()]


def numbers_of(out: Path) -> dict[str, int]:
    return {entry["name"]: entry["number"] for entry in json.loads((out / "classes.json").read_text())["classes"]}


def expected_map(name: str, numbers: dict[str, int]) -> np.ndarray:
    shapes, names = hard_project.label_maps()[name]
    table = np.zeros(shapes.max() + 1, int)
    for value, label in names.items():
        table[value] = numbers[label]
    return table[shapes]


def test_few_labels_are_eight_bits_with_their_colors(project, tmp_path):
    create_label(project, "dirt", color="#123456", is_void=True)
    out = tmp_path / "out"
    export(project, out, images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)
    assert files_of(out) >= {
        "classes.json",
        "images.jsonl",
        "masks/a photo.png",
        "masks/empty.png",
        "masks/sub/b.png",
        "masks/sub/ü10.png",
    }
    assert "metadata.jsonl" not in files_of(out), "there is no image that it could name"
    colors = {label.name: label.color for label in queries.labels(project)}
    with Image.open(out / "masks/a photo.png") as picture:
        assert picture.mode == "P"
        pixels = np.asarray(picture)
        palette = np.array(picture.getpalette("RGB")).reshape(-1, 3)
    rows = ["111110000", "112210000", "112210000", "111110000", "000000000"]
    assert np.array_equal(pixels, [[int(digit) for digit in row] for row in rows])
    for number, name in {1: "Sky", 2: "tree", 3: "unused", 255: "dirt"}.items():
        assert "#{:02x}{:02x}{:02x}".format(*palette[number]) == colors[name]
    with Image.open(out / "masks/empty.png") as picture:
        assert picture.size == (7, 5)
        assert not np.asarray(picture).any()


def test_many_labels_are_sixteen_bits(hard, tmp_path):
    out = tmp_path / "out"
    export(hard, out, with_images=ImageFiles.NONE)
    numbers = numbers_of(out)
    assert numbers[VOID] == 65535
    assert sorted(numbers.values()) == [*range(1, 300), 65535]
    for name in (EDGES, ALL_LABELS):
        with Image.open(out / "masks" / PurePosixPath(name).with_suffix(".png")) as picture:
            assert picture.mode == "I;16"
            assert np.array_equal(np.asarray(picture), expected_map(name, numbers))
    with Image.open(out / f"masks/{EMPTY}") as picture:
        assert picture.mode == "I;16", "every map of a data set has the same form"


@pytest.mark.parametrize(("count", "mode", "void"), [(254, "P", 255), (255, "I;16", 65535)])
def test_where_eight_bits_end(hard_folder, tmp_path, count, mode, void):
    shutil.copytree(hard_folder.parent, tmp_path / "fewer", symlinks=True)
    with open_project(tmp_path / "fewer" / hard_folder.name) as project:
        for label in queries.labels(project)[count + 1 :]:
            delete_label(project, label.id)
        out = tmp_path / "out"
        export(project, out, images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)
    numbers = numbers_of(out)
    assert sorted(numbers.values()) == [*range(1, count + 1), void]
    with Image.open(out / "masks" / EDGES) as picture:
        assert picture.mode == mode
        assert np.array_equal(np.asarray(picture), expected_map(EDGES, numbers))


def test_hugging_face_finds_images_and_masks(hard, tmp_path):
    out = tmp_path / "out"
    report = export(hard, out)
    entries = lines(out / "metadata.jsonl")
    assert len(entries) == report.images
    for entry in entries:
        assert list(entry) == ["file_name", "mask_file_name"], "columns, the same in every line"
        with Image.open(out / entry["file_name"]) as photo, Image.open(out / entry["mask_file_name"]) as mask:
            turned = photo.getexif().get(0x0112, 1) > 4
            assert (photo.size[::-1] if turned else photo.size) == mask.size
    names = {entry["file_name"]: entry["mask_file_name"] for entry in entries}
    assert names["images/a/x.jpg.jpg"] == "masks/a/x.jpg.png"
    assert names["images/a/x.png.png"] == "masks/a/x.png.png"


def test_hugging_face_finds_splits(hard, tmp_path):
    out = tmp_path / "out"
    report = export(hard, out, split=Split({"train": 0.7, "test": 0.3}))
    assert not (out / "metadata.jsonl").exists()
    assert not (out / "images").exists()
    for split, count in report.splits.items():
        entries = lines(out / split / "metadata.jsonl")
        assert len(entries) == count
        for entry in entries:
            assert (out / split / entry["file_name"]).is_file()
            assert (out / split / entry["mask_file_name"]).is_file()


def test_the_index_says_what_people_said(hard, tmp_path):
    out = tmp_path / "out"
    export(hard, out, image_ids=queries.image_ids(hard))
    entries = {entry["image"]: entry for entry in lines(out / "images.jsonl")}
    assert entries.keys() == {record.path for record in queries.images(hard)}
    assert entries[EMPTY] == {"map": f"masks/{EMPTY}", "image": EMPTY, "done": True}
    assert entries[hard_project.NOISE]["comment"] == "dark\nlook “again”"
    assert entries[hard_project.RINGS]["reviewed"] is True
    assert "done" not in entries[NOT_DONE]
    assert all((out / entry["map"]).is_file() for entry in entries.values())


def test_maps_of_a_photo_as_stored_are_as_large_as_what_it_stores(hard, tmp_path):
    export(hard, tmp_path / "out", frame=Frame.STORED)
    with Image.open(tmp_path / "out/masks/turned.png") as mask, Image.open(tmp_path / "out/images/turned.jpg") as photo:
        assert mask.size == photo.size == (17, 29)
        shapes = hard_project.label_maps()[hard_project.TURNED][0]
        assert np.array_equal(np.asarray(mask) > 0, np.rot90(shapes) > 0)


def test_photos_are_no_maps_when_they_are_read(hard, tmp_path):
    """Also where they are PNG files, grey, deep, or in folders called images and masks."""
    out = tmp_path / "out"
    export(hard, out)
    for name in (EMPTY, SUGGESTED):
        with Image.open(out / f"masks/{name}") as mask:
            size = mask.size[::-1]
        Image.fromarray(np.full(size, 7, np.uint8)).save(out / f"images/{name}")
    (out / "images.jsonl").rename(tmp_path / "away")
    with format_called("png").read(out) as files:
        assert all(name.startswith("masks/") for name in files.names)
        assert not files.left_out.lines()


def test_maps_in_folders_that_are_called_images_and_masks(tmp_path):
    photos = tmp_path / "photos"
    for folder in ("images", "masks"):
        (photos / folder).mkdir(parents=True)
        Image.fromarray(np.full((4, 5, 3), len(folder), np.uint8)).save(photos / folder / "x.png")
    with create_project(tmp_path / "project", image_root=photos) as project:
        run_to_end(scan_images(project), lambda tick: None)
        create_label(project, "a")
        review.set_image_statuses(project, queries.image_ids(project), ImageStatus.DONE)
        export(project, tmp_path / "out", images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.COPY)
    with format_called("png").read(tmp_path / "out") as files:
        assert sorted(files.names) == ["images/x.png", "masks/x.png"]
        assert all(image.is_negative for image in files.images())


def test_more_labels_than_sixteen_bits_hold_are_refused(project, tmp_path, monkeypatch):
    monkeypatch.setattr(label_map_writer, "_IGNORED_DEEP", 3)
    with pytest.raises(ExportError, match="label maps have room for 2 labels, and there are 3; write COCO"):
        export(project, tmp_path / "out", images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)
    assert not (tmp_path / "out").exists()
