"""Cityscapes as its own tools and others read it: by file names, with Pillow."""

import re
from pathlib import Path

import hard_project
import numpy as np
import pytest
from hard_project import EDGES, RINGS, STUFF, THING, TURNED, VOID
from PIL import Image

from acseg_core.errors import ExportError
from acseg_core.formats import cityscapes_writer
from acseg_core.formats.dataset import ExportedImage, Frame
from acseg_core.formats.format import format_called
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.selection import ImageChoice
from acseg_core.formats.splits import Split
from acseg_core.interruptible import run_to_end
from acseg_core.store import queries
from acseg_core.store.edits.labels import create_label, update_label
from acseg_core.workflows.exporting import LABELLED_AS_STORED, LABELLED_UPRIGHT, ExportSettings, export_labels

KINDS = ("labelIds", "labelTrainIds", "instanceIds", "color")


def export(project, out: Path, **settings):
    work = export_labels(project, out, format_called("cityscapes"), ExportSettings(**settings))
    return run_to_end(work, lambda tick: None)


def opened(out: Path, photo: str, kind: str, mode: str) -> np.ndarray:
    with Image.open(out / "gtFine" / f"{photo}_gtFine_{kind}.png") as picture:
        assert picture.mode == mode
        return np.asarray(picture)


def numbers_of(project) -> dict[str, int]:
    """The numbers that labels without one of Cityscapes' names are to have."""
    labels = sorted(queries.labels(project), key=lambda label: label.category_id)
    return {label.name: number for number, label in enumerate((each for each in labels if not each.is_void), 34)}


def test_every_map_is_beside_its_photo(few, tmp_path):
    out = tmp_path / "out"
    report = export(few, out, split=Split({"train": 0.6, "val": 0.4}))
    photos = list((out / "leftImg8bit").glob("*/*/*_leftImg8bit.png"))
    assert len(photos) == report.images, "all are right below a city below a split, as torchvision and others look"
    assert {path.parent.parent.name for path in photos} == {"train", "val"}
    for path in photos:
        place = path.relative_to(out / "leftImg8bit").as_posix().removesuffix("_leftImg8bit.png")
        with Image.open(path) as photo:
            assert photo.format == "PNG"
            size = photo.size
        for kind in KINDS:
            with Image.open(out / "gtFine" / f"{place}_gtFine_{kind}.png") as picture:
                assert picture.size == size
    assert len(list((out / "gtFine").rglob("*.png"))) == len(KINDS) * report.images


def test_the_city_is_the_folder(few, tmp_path):
    out = tmp_path / "out"
    export(few, out, with_images=ImageFiles.NONE)
    found = {path.relative_to(out / "gtFine/train").as_posix() for path in out.rglob("*_labelIds.png")}
    assert {
        "a/x.jpg_gtFine_labelIds.png",
        "a/x.png_gtFine_labelIds.png",
        "b+a/x_gtFine_labelIds.png",
        "images/rings_gtFine_labelIds.png",
    } <= found


def test_numbers_of_classes_and_instances(few, tmp_path):
    out = tmp_path / "out"
    export(few, out, instances="region", with_images=ImageFiles.NONE)
    numbers = numbers_of(few)
    shapes, names = hard_project.label_maps()[RINGS]
    names = {number: name for number, name in names.items() if name in numbers}
    classes = opened(out, "train/images/rings", "labelIds", "L")
    instances = opened(out, "train/images/rings", "instanceIds", "I;16")
    expected = np.zeros_like(classes)
    for number, name in names.items():
        expected[shapes == number] = numbers[name]
    assert np.array_equal(classes, expected)
    assert set(instances[classes == numbers[THING]].tolist()) == {numbers[THING] * 1000}
    assert set(instances[classes == numbers[STUFF]].tolist()) == {numbers[STUFF]}
    assert np.array_equal(np.where(instances < 1000, instances, instances // 1000), classes)


def test_parts_of_a_thing_are_instances(few, tmp_path):
    out = tmp_path / "out"
    export(few, out, with_images=ImageFiles.NONE)
    number = numbers_of(few)[THING]
    instances = opened(out, "train/images/rings", "instanceIds", "I;16")
    found = sorted(set(instances[instances // 1000 == number].tolist()))
    assert len(found) > 3
    assert found == [number * 1000 + each for each in range(len(found))]


def test_void_is_unlabeled(few, tmp_path):
    out = tmp_path / "out"
    export(few, out, with_images=ImageFiles.NONE)
    shapes, names = hard_project.label_maps()[EDGES]
    void = shapes == next(number for number, name in names.items() if name == VOID)
    place = f"train/{EDGES.rpartition('/')[0].replace('/', '+')}/{Path(EDGES).stem}"
    for kind, mode, nothing in (("labelIds", "L", 0), ("instanceIds", "I;16", 0), ("labelTrainIds", "L", 255)):
        assert (opened(out, place, kind, mode)[void] == nothing).all()


def test_names_of_cityscapes_have_its_numbers(tiles, tmp_path):
    for name in ("Road", "tree", "parking"):
        create_label(tiles, name)
    out = tmp_path / "out"
    export(tiles, out, images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)
    assert (opened(out, "train/images/a", "labelIds", "L") == 26).all()
    assert (opened(out, "train/images/a", "labelTrainIds", "L") == 13).all()
    instances = opened(out, "train/images/a", "instanceIds", "I;16")
    assert np.unique(instances).tolist() == list(range(26000, 26300))
    color = tuple(bytes.fromhex(queries.labels(tiles)[0].color[1:]))
    assert {tuple(each) for each in opened(out, "train/images/a", "color", "RGB").reshape(-1, 3).tolist()} == {color}
    text = (out / "classes.json").read_text("ascii")
    assert re.findall(r'"number": (\d+), "name": "(\w+)"', text) == [
        ("26", "car"),
        ("7", "Road"),
        ("34", "tree"),
        ("9", "parking"),
    ]
    with format_called("cityscapes").read(out) as files:
        assert {label.name: bool(label.is_void) for label in files.labels}["parking"] is False


def test_labels_without_a_train_id_of_cityscapes_have_one_after_those(tiles, tmp_path):
    (label,) = queries.labels(tiles)
    update_label(tiles, label.id, name="tree")
    out = tmp_path / "out"
    export(tiles, out, images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)
    assert (opened(out, "train/images/a", "labelIds", "L") == 34).all()
    assert (opened(out, "train/images/a", "labelTrainIds", "L") == 19).all()


def test_things_that_have_no_number_left_are_a_group_and_told(tiles, tmp_path, monkeypatch):
    monkeypatch.setattr(cityscapes_writer, "_PER_CLASS", 290)
    out = tmp_path / "out"
    report = export(tiles, out, images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)
    told = "1 labels with more than 290 things in an image, of which the others are one group: a.jpg: car"
    assert report.notes == (told,)
    instances = opened(out, "train/images/a", "instanceIds", "I;16")
    assert (instances == 26).sum() == 10 * 4
    assert len(np.unique(instances)) == 291


def test_names_of_cityscapes_take_no_room(project, tmp_path):
    own = cityscapes_writer.OWN_NAMES - {"sky"}  # there is a "Sky"
    for name in (*sorted(own), *(f"other {number}" for number in range(29))):
        create_label(project, name)
    export(project, tmp_path / "fits", images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)
    create_label(project, "one more")
    message = "Cityscapes has room for 31 labels, and there are 32 beside its own; choose another format"
    with pytest.raises(ExportError, match=message):
        export(project, tmp_path / "out", images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)


def test_photos_that_have_the_name_of_cityscapes_keep_it(project):
    name = "aachen/aachen_000000_000019_leftImg8bit.png"
    (record, *_) = queries.images(project)
    image = ExportedImage(record, name, Path(name), (5, 7), (), split="val")
    assert cityscapes_writer.image_name(image) == f"leftImg8bit/val/{name}"


def test_a_turned_photo_is_as_its_maps(few, tmp_path):
    for frame in Frame:
        report = export(few, tmp_path / frame.value, frame=frame)
        assert any(part.reason == LABELLED_AS_STORED for part in report.cautions) == (frame is Frame.STORED)
        assert not any(part.reason == LABELLED_UPRIGHT for part in report.cautions), "the copy is upright, without EXIF"
        with Image.open(
            tmp_path / frame.value / f"leftImg8bit/train/images/{Path(TURNED).stem}_leftImg8bit.png"
        ) as photo:
            assert photo.size == opened(tmp_path / frame.value, "train/images/turned", "labelIds", "L").shape[::-1]
            assert photo.getexif().get(0x0112, 1) == (6 if frame is Frame.STORED else 1)
