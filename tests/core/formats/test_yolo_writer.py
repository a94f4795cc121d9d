"""YOLO data sets, as Ultralytics' rules say and as they are read back: to the pixel."""

import itertools
import os
from collections import Counter
from pathlib import Path

import cv2
import hard_project
import numpy as np
import pytest
import yaml
from PIL import Image
from round_trips import exported_shapes, make_project, names_by_number, read, read_back, write

from acseg_core.formats.dataset import Frame
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.splits import Split
from acseg_core.formats.yolo_writer import inwards, label_name, shares
from acseg_core.shapes import masks
from acseg_core.shapes.parts import parts
from acseg_core.store import open_project, queries
from acseg_core.workflows.exporting import LABELLED_AS_STORED, LABELLED_UPRIGHT

SPLIT = Split({"train": 0.5, "val": 0.3, "test": 0.2}, seed=2)
SUFFIXES = {".bmp", ".dng", ".jpeg", ".jpg", ".mpo", ".png", ".tif", ".tiff", ".webp", ".pfm", ".heic"}


def checked(folder: Path) -> dict[str, Counter[str]]:
    """What Ultralytics finds by its rules: labels and negatives of each part; what it would drop or refuse fails."""
    content = yaml.safe_load((folder / "data.yaml").read_text("utf-8"))
    assert {"train", "val", "names"} <= content.keys(), "required"
    assert "path" not in content, "a relative one would be looked for where the program was started"
    assert list(content["names"]) == list(range(len(content["names"])))
    found = {}
    for key in {"train", "val", "test"} & content.keys():
        images = [file for file in (folder / content[key]).resolve().rglob("*.*") if file.suffix.lower() in SUFFIXES]
        assert images, f"{key} is missing or has no images"
        found[key] = Counter()
        for image in map(str, images):
            with Image.open(image) as opened:
                assert min(opened.size) >= 10
            inner, outer = f"{os.sep}images{os.sep}", f"{os.sep}labels{os.sep}"
            label = Path(outer.join(image.rsplit(inner, 1)).rsplit(".", 1)[0] + ".txt")
            assert label.is_file(), f"{image} would count as one without anything"
            lines = [line.split() for line in label.read_text("utf-8").strip().splitlines()]
            boxes = set()
            for number, *corners in lines:
                points = np.array(corners, np.float32).reshape(-1, 2)
                assert len(points) >= 3
                assert points.min() >= 0
                assert points.max() <= 1
                assert int(number) in content["names"]
                boxes.add((number, *points.min(axis=0), *points.max(axis=0)))
            assert len(boxes) == len(lines), "of those with one box, all but one are dropped"
            found[key].update(images=1, labels=len(lines), negatives=not lines)
    return found


def test_ultralytics_takes_every_image_and_shape(hard, tmp_path):
    report = write(hard, tmp_path / "out", "yolo")
    both = checked(tmp_path / "out")
    assert both["train"] == both["val"] == {"images": 11, "labels": 319, "negatives": 2}
    assert (report.images, report.annotations, report.negatives) == (11, 319, 2)
    missing, rotated = report.notes
    assert missing == "1 split is missing, and means the same images as another until there is one: val"
    assert rotated.endswith(f": {hard_project.TURNED}")
    assert report.shapes.inexact == 0


@pytest.mark.parametrize("how", [ImageFiles.COPY, ImageFiles.LINK])
def test_splits_are_folders_of_their_own(hard, tmp_path, how):
    report = write(hard, tmp_path / "out", "yolo", split=SPLIT, with_images=how)
    found = checked(tmp_path / "out") if how is ImageFiles.COPY else {}
    content = yaml.safe_load((tmp_path / "out" / "data.yaml").read_text("utf-8"))
    assert {key: content[key] for key in ("train", "val", "test")} == {
        key: f"images/{key}" for key in ("train", "val", "test")
    }
    assert {key: counts["images"] for key, counts in found.items()} in ({}, report.splits)
    assert not any("split is missing" in note for note in report.notes)
    for image in (tmp_path / "out" / "images").rglob("*.*"):
        assert image.is_symlink() == (how is ImageFiles.LINK)


def test_a_split_that_ultralytics_needs_is_never_missing(hard, tmp_path):
    report = write(hard, tmp_path / "out", "yolo", split=Split({"training": 0.6, "extra": 0.4}))
    content = yaml.safe_load((tmp_path / "out" / "data.yaml").read_text("utf-8"))
    assert (content["train"], content["val"]) == ("images/training", "images/training")
    assert content["extra"] == "images/extra"
    assert any("val" in note for note in report.notes)
    checked(tmp_path / "out")


@pytest.mark.parametrize(
    ("images", "split"), [(ImageFiles.COPY, None), (ImageFiles.NONE, None), (ImageFiles.LINK, SPLIT)]
)
def test_what_was_written_comes_back_to_the_pixel(hard, hard_folder, tmp_path, images, split):
    report = write(hard, tmp_path / "out", "yolo", with_images=images, split=split)
    found, imported = read_back(tmp_path / "out", "yolo", hard_folder, tmp_path / "back")
    assert found == exported_shapes(hard)
    assert not imported.unmatched
    assert not imported.left_out
    assert set(report.lost) == {"things", "ids", "colors", "supercategories", "void", "remarks"}


def test_an_empty_file_is_an_image_that_is_done(hard, hard_folder, tmp_path):
    write(hard, tmp_path / "out", "yolo")
    assert (tmp_path / "out" / "labels" / "train" / "done and empty.txt").read_bytes() == b""
    with open_project(hard_project.empty_copy(hard_folder, tmp_path / "back")) as copy:
        read(tmp_path / "out", "yolo", copy)
        done = {image.path for image in queries.images(copy) if image.status == "done"}
    assert hard_project.EMPTY in done
    assert hard_project.NOT_DONE not in done


def test_a_line_is_a_part_of_a_thing_or_a_whole_region_of_stuff(hard, hard_folder, tmp_path):
    write(hard, tmp_path / "out", "yolo", instances="parts")
    found, _ = read_back(tmp_path / "out", "yolo", hard_folder, tmp_path / "back")
    for path, (numbers, names) in hard_project.label_maps().items():
        if path == hard_project.NOT_DONE:
            continue
        expected = Counter()
        for number, mask in masks.encode_label_map(numbers).items():
            name = names.get(number, hard_project.VOID)
            if name != hard_project.VOID:
                pieces = [mask] if name == hard_project.STUFF else parts(mask)
                expected.update((name, piece.counts) for piece in pieces)
        assert found[path] == expected, path


def test_names_survive_whatever_they_look_like(hard, tmp_path):
    write(hard, tmp_path / "out", "yolo")
    text = (tmp_path / "out" / "data.yaml").read_text("utf-8")
    names = yaml.safe_load(text)["names"]
    assert list(names.values()) == names_by_number(hard)
    assert len(names) == 299
    assert "درخت" in text, "for people, not only for programs"
    assert list(yaml.load(text, yaml.BaseLoader)["names"].values()) == names_by_number(hard)


@pytest.mark.parametrize(
    ("image", "label"),
    [
        ("images/train/a.png", "labels/train/a.txt"),
        ("images/train/images/a.png", "images/train/labels/a.txt"),
        ("images/train/labels/a.b.png", "labels/train/labels/a.b.txt"),
        ("images/train/a.png.png", "labels/train/a.png.txt"),
        ("images/train/my images/a.png", "labels/train/my images/a.txt"),
    ],
)
def test_labels_are_where_ultralytics_looks(image, label):
    assert label_name(image) == label


def test_folders_called_images_and_labels_are_no_trap(tmp_path):
    paths = ("images/a.png", "labels/a.png", "labels/images/a.png", "labels/classes.png")
    maps = {path: (np.arange(12 * (12 + number)).reshape(12, -1) // 30, {1: path}) for number, path in enumerate(paths)}
    folder = make_project(tmp_path, maps)
    with open_project(folder, read_only=True) as project:
        write(project, tmp_path / "out", "yolo")
        checked(tmp_path / "out")
        expected = exported_shapes(project)
    found, _ = read_back(tmp_path / "out", "yolo", folder, tmp_path / "back")
    assert found == expected
    assert len(found) == 4


def test_corners_are_exact_in_the_widest_images_and_in_single_precision():
    """Ultralytics reads shares as float32."""
    for size in (12, 97, 6001, 59_999):
        values = np.random.default_rng(size).permutation(np.arange(0, size + 1, 0.25))[:20_000]
        texts = shares(values, size)
        assert np.abs(np.array(texts, np.float64) * size - values).max() <= 0.001
        assert np.abs(np.array(texts, np.float32).astype(np.float64) * size - values).max() < 0.01


def test_what_ultralytics_would_pass_by_is_told(tmp_path):
    crossed = np.zeros((20, 20), np.int32)
    crossed[2, 2] = crossed[10, 10] = 1
    crossed[2, 10] = crossed[10, 2] = 2
    nothing = np.zeros((20, 20), np.int32)
    maps = {"twice.png": (crossed, {1: "a", 2: "a"}), "small.png": (nothing[:9], {}), "photo.jfif": (nothing, {})}
    with open_project(make_project(tmp_path, maps), read_only=True) as project:
        report = write(project, tmp_path / "out", "yolo")
    assert [note for note in report.notes if "split" not in note] == [
        "1 images of a kind that Ultralytics does not read: photo.jfif",
        "1 images of less than 10 pixels a side, which Ultralytics passes by: small.png",
        "1 shapes of the class and the box of another, of which Ultralytics takes one: twice.png",
    ]


def test_labels_for_pictures_as_they_are_stored_are_told(hard, tmp_path):
    report = write(hard, tmp_path / "out", "yolo", frame=Frame.STORED)
    assert [part.reason for part in report.cautions if "turned.jpg" in part.places] == [LABELLED_AS_STORED]
    lines = (tmp_path / "out" / "labels" / "train" / "turned.txt").read_text().splitlines()
    displayed = write(hard, tmp_path / "displayed", "yolo")
    assert lines != (tmp_path / "displayed" / "labels" / "train" / "turned.txt").read_text().splitlines()
    assert [part.reason for part in displayed.cautions if "turned.jpg" in part.places] == [LABELLED_UPRIGHT]


def test_many_images_do_not_take_more_memory(crowded, tmp_path):
    report = write(crowded, tmp_path / "out", "yolo", all_regions=True, with_problems=True, with_images=ImageFiles.NONE)
    assert report.images == 80
    files = list((tmp_path / "out" / "labels").rglob("*.txt"))
    assert [len(file.read_text().splitlines()) for file in files] == [64] * 80
    assert len(set(itertools.chain.from_iterable(file.read_text().splitlines() for file in files))) == 64


def trained_on(values: np.ndarray, size: tuple[int, int], imgsz: int = 0, ratio: int = 1) -> np.ndarray:
    """The mask that Ultralytics (8.4.190) makes of a line of a label file, by its rules; ``imgsz`` 0: of the image.

    More points are put on the ring (`resample_segments`), it is scaled and moved with the picture (`LetterBox`), cut to
    whole pixels, filled by OpenCV with its line, and made smaller (`polygon2mask`).
    """
    height, width = size
    ring = values.astype(np.float32).reshape(-1, 2)
    closed = np.concatenate((ring, ring[:1]))
    most = max(1000, len(ring) + 1)
    places, corners = np.linspace(0, len(closed) - 1, most - len(closed)), np.arange(len(closed))
    places = np.insert(places, np.searchsorted(places, corners), corners)
    ring = np.stack([np.interp(places, corners, closed[:, axis]) for axis in (0, 1)], axis=1).astype(np.float32)
    scale = min(imgsz / height, imgsz / width) or 1
    inner = np.array([round(width * scale), round(height * scale)])
    height, width = (imgsz, imgsz) if imgsz else size
    ring = ring * inner + np.round(([width, height] - inner) / 2 - 0.1)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [ring.astype(np.int32)], 1)
    return cv2.resize(mask, (width // ratio, height // ratio)).astype(bool)


def lines_of(file: Path) -> list[np.ndarray]:
    return [np.array(line.split()[1:], np.float64) for line in file.read_text().splitlines()]


def blob_maps() -> dict[str, tuple[np.ndarray, dict[int, str]]]:
    """Ten pictures of a smooth shape, some with holes, most under 32 x 32 pixels."""
    y, x = np.mgrid[:90, :120]
    maps = {}
    for number in range(10):
        random = np.random.default_rng(number)
        middle, sides = random.uniform((25, 30), (65, 90)), random.uniform(6, 24, 2)
        away = np.hypot((y - middle[0]) / sides[0], (x - middle[1]) / sides[1])
        wobble = 0.25 * np.sin(3 * np.arctan2(y - middle[0], x - middle[1]) + number)
        shape = (away < 1 + wobble) & ~((away < 0.3) & (number % 3 == 0))
        maps[f"{number}.png"] = (shape.astype(np.int32), {1: "blob"})
    return maps


def overlap(one: np.ndarray, other: np.ndarray) -> float:
    return float((one & other).sum() / (one | other).sum())


def test_ultralytics_trains_on_the_masks(tmp_path):
    """Outlines along the edges of pixels fail all three: .904, .976 and .908."""
    maps = blob_maps()
    with open_project(make_project(tmp_path, maps), read_only=True) as project:
        report = write(project, tmp_path / "out", "yolo")
    assert report.shapes.inexact == 0
    native, larger = [], []
    for path, (numbers, _) in maps.items():
        (line,) = lines_of((tmp_path / "out" / "labels" / "train" / path).with_suffix(".txt"))
        native.append(overlap(trained_on(line, numbers.shape), numbers == 1))
        large = np.zeros((640, 640), bool)
        large[80:560] = cv2.resize((numbers == 1).astype(np.uint8), (640, 480), interpolation=cv2.INTER_NEAREST) > 0
        larger.append(overlap(trained_on(line, numbers.shape, 640), large))
        quarter = trained_on(line, numbers.shape, 640, 4)
        assert quarter.shape == (160, 160)
        assert overlap(quarter, large[2::4, 2::4]) > 0.99
    assert np.mean(native) > 0.999
    assert np.mean(larger) > 0.98


@pytest.mark.parametrize(("size", "expected"), [((90, 120), 0.09375), ((320, 320), 0.25), ((3000, 4000), 0.45)])
def test_outlines_lie_inside_by_half_a_pixel_of_the_picture_that_is_trained_on(size, expected):
    assert inwards(size) == expected


def test_ultralytics_loses_no_pixel_and_gets_those_of_bridges_only(hard, tmp_path):
    """By its rule 21 of the 319 pairs of image and label were exact before, and their mean overlap was .577."""
    write(hard, tmp_path / "out", "yolo")
    names = names_by_number(hard)
    overlaps = []
    for path, numbers, labels in ((path, *content) for path, content in hard_project.label_maps().items()):
        found = list((tmp_path / "out" / "labels" / "train").rglob(f"{Path(path).stem}*.txt"))
        if path == hard_project.NOT_DONE or len(found) != 1:
            continue
        trained: dict[str, np.ndarray] = {}
        for line in found[0].read_text().splitlines():
            name = names[int(line.split()[0])]
            mask = trained_on(np.array(line.split()[1:], np.float64), numbers.shape)
            trained[name] = trained.get(name, False) | mask
        for name in trained:
            truth = np.isin(numbers, [number for number, label in labels.items() if label == name])
            assert not (truth & ~trained[name]).any(), (path, name)
            overlaps.append(overlap(trained[name], truth))
    assert len(overlaps) > 300
    assert overlaps.count(1) > 0.95 * len(overlaps)
    assert np.mean(overlaps) > 0.98
