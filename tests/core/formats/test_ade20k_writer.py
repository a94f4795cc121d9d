"""The form of ADE20K's scene parsing challenge, as others read it."""

from pathlib import Path, PurePosixPath

import hard_project
import numpy as np
from hard_project import EDGES, EMPTY, STUFF, VOID
from PIL import Image

from acseg_core.formats.format import format_called
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.selection import ImageChoice
from acseg_core.formats.splits import Split
from acseg_core.interruptible import run_to_end
from acseg_core.store import queries
from acseg_core.workflows.exporting import ExportSettings, export_labels


def export(project, out: Path, **settings):
    work = export_labels(project, out, format_called("ade20k"), ExportSettings(**settings))
    return run_to_end(work, lambda tick: None)


def table(out: Path) -> list[dict[str, str]]:
    titles, *rows = [line.split("\t") for line in (out / "objectInfo150.txt").read_text("utf-8").split("\n")[:-1]]
    return [dict(zip(titles, row, strict=True)) for row in rows]


def test_maps_and_table(project, tmp_path):
    out = tmp_path / "out"
    export(project, out, images=ImageChoice.ALL, with_problems=True, with_images=ImageFiles.NONE)
    with Image.open(out / "annotations/training/a photo.png") as picture:
        assert picture.mode == "P"
        rows = ["111110000", "112210000", "112210000", "111110000", "000000000"]
        assert np.array_equal(picture, [[int(digit) for digit in row] for row in rows])
    pixels = 5 * 9 + 5 * 7 + 3 * 4 + 1
    assert table(out) == [
        {"Idx": "1", "Ratio": f"{19 / pixels:.4f}", "Train": "2", "Val": "0", "Stuff": "1", "Name": "Sky"},
        {"Idx": "2", "Ratio": f"{4 / pixels:.4f}", "Train": "1", "Val": "0", "Stuff": "0", "Name": "tree"},
        {"Idx": "3", "Ratio": "0.0000", "Train": "0", "Val": "0", "Stuff": "0", "Name": "unused"},
    ]


def test_splits_are_called_as_in_the_challenge(few, tmp_path):
    out = tmp_path / "out"
    report = export(few, out, split=Split({"train": 0.5, "val": 0.3, "test": 0.2}))
    for split, folder in {"train": "training", "val": "validation", "test": "test"}.items():
        maps = {
            path.relative_to(out / "annotations" / folder) for path in (out / "annotations" / folder).rglob("*.png")
        }
        photos = [path for path in (out / "images" / folder).rglob("*") if path.is_file()]
        assert len(maps) == report.splits[split]
        assert {path.relative_to(out / "images" / folder).with_suffix(".png") for path in photos} == maps
    counted = [(int(row["Train"]), int(row["Val"])) for row in table(out)]
    assert max(train for train, _ in counted) <= report.splits["train"]
    assert any(val for _, val in counted)


def test_void_is_other_and_stuff_is_told(few, tmp_path):
    out = tmp_path / "out"
    export(few, out, with_images=ImageFiles.NONE)
    shapes, names = hard_project.label_maps()[EDGES]
    numbers = {row["Name"]: int(row["Idx"]) for row in table(out)}
    assert VOID not in numbers
    expected = np.zeros_like(shapes)
    for number, name in names.items():
        expected[shapes == number] = numbers.get(name, 0)
    with Image.open(out / "annotations/training" / PurePosixPath(EDGES)) as picture:
        assert np.array_equal(picture, expected)
    assert [row["Name"] for row in table(out) if row["Stuff"] == "1"] == [STUFF]
    with Image.open(out / "annotations/training" / EMPTY) as picture:
        assert not np.asarray(picture).any()


def test_the_table_alone_is_enough_to_read_it(few, tmp_path):
    out = tmp_path / "out"
    export(few, out, with_images=ImageFiles.NONE)
    (out / "classes.json").unlink()
    with format_called("ade20k").read(out) as files:
        found = {label.name: (label.category_id, label.is_thing) for label in files.labels}
    labels = {label.name: label.is_thing for label in queries.labels(few) if not label.is_void}
    assert {name: is_thing for name, (_, is_thing) in found.items()} == labels
    assert sorted(number for number, _ in found.values()) == list(range(1, len(labels) + 1))
