"""Exports as a whole: file or folder, image files, splits, what is refused, what is left on errors."""

import json
import os
from collections import Counter

import numpy as np
import pytest
from hard_project import EDGES, NOT_DONE, TURNED, named_shapes
from PIL import Image, ImageOps

from acseg_core.errors import ExportError, NothingToExportError, StorageError
from acseg_core.formats.dataset import Frame
from acseg_core.formats.format import ARCHIVES, ENDINGS, FORMATS, format_called
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.image_index import read_index
from acseg_core.formats.labelled import FileImage, FileLabel, FileShape, LabelledFiles
from acseg_core.formats.selection import ImageChoice
from acseg_core.formats.splits import Split
from acseg_core.interruptible import run_to_end
from acseg_core.output.folders import LIST_NAME
from acseg_core.reports import UnusedPart
from acseg_core.shapes import masks
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits.label_list import delete_label
from acseg_core.workflows.exporting import (
    LABELLED_AS_STORED,
    LABELLED_UPRIGHT,
    ExportSettings,
    export_labels,
    is_file,
)
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_core.workflows.scanning import scan_images

COCO = format_called("coco")


@pytest.fixture
def hard(tmp_path):
    from hard_project import make_hard_project

    with open_project(make_hard_project(tmp_path), read_only=True) as project:
        yield project


def export(project, out, format_=COCO, **settings):
    return run_to_end(export_labels(project, out, format_, ExportSettings(**settings)), lambda tick: None)


def test_a_split_is_a_folder_of_files_with_the_images_beside(hard, tmp_path):
    out = tmp_path / "out"
    split = Split({"train": 0.6, "val": 0.4})
    report = export(hard, out, split=split, with_images=ImageFiles.LINK)
    files = {name: json.loads((out / "annotations" / f"instances_{name}.json").read_text()) for name in split.shares}
    names = {name: {image["file_name"] for image in file["images"]} for name, file in files.items()}
    assert {name: len(each) for name, each in names.items()} == report.splits
    assert not names["train"] & names["val"]
    assert NOT_DONE not in names["train"] | names["val"]
    for name in names["train"] | names["val"]:
        assert (out / "images" / name).is_symlink()
        assert (out / "images" / name).read_bytes() == (hard.image_root / name).read_bytes()
    assert report.files == len(list(out.rglob("*.*g"))) + 2
    assert "no near-duplicates and no video sequences were found among the images" in report.notes


def test_when_it_is_a_file(hard, tmp_path):
    assert is_file(COCO, tmp_path / "a.json", ExportSettings())
    assert is_file(COCO, tmp_path / "a", ExportSettings()), "as it always was"
    assert not is_file(COCO, tmp_path, ExportSettings())
    assert not is_file(COCO, tmp_path / "a.json", ExportSettings(split=Split({"all": 1.0})))
    assert not is_file(COCO, tmp_path / "a.json", ExportSettings(with_images=ImageFiles.COPY))


WRITTEN = [each for each in FORMATS if each.write is not None]


@pytest.mark.parametrize("format_", WRITTEN, ids=lambda each: each.key)
def test_a_name_that_ends_like_files_of_another_kind_is_refused(hard, tmp_path, format_):
    """On the code of before, labels.zip was a file of JSON, or a folder."""
    assert {".zip", ".json", ".yaml", ".xml", ".txt", ".png"} <= ENDINGS
    for ending in sorted(ENDINGS - set(format_.suffixes if format_.write_file else ())):
        with pytest.raises(ExportError) as refused:
            export(hard, tmp_path / f"labels{ending.upper()}", format_)
        remedy = f"call it labels{format_.suffixes[0]}" if format_.write_file else f"leave out {ending}"
        assert remedy in str(refused.value)
        assert ("pack it yourself" in str(refused.value)) == (format_.write_file is not None and ending in ARCHIVES)
    assert not list(tmp_path.glob("labels*"))


@pytest.mark.parametrize("settings", [{"split": Split({"all": 1.0})}, {"with_images": ImageFiles.COPY}], ids=str)
def test_a_folder_is_not_called_like_a_file(hard, tmp_path, settings):
    with pytest.raises(
        ExportError, match=r"is written as a folder here, with a split, chips or image files; leave out \.json"
    ):
        export(hard, tmp_path / "labels.json", **settings)
    assert not (tmp_path / "labels.json").exists()
    (tmp_path / "labels.json").mkdir()
    export(hard, tmp_path / "labels.json", **settings)  # somebody called it so


@pytest.mark.parametrize("name", ["labels", "labels.v2", "2024.06.01", "labels.zip.json", ".zip"])
def test_endings_that_mean_nothing_are_part_of_a_name(hard, tmp_path, name):
    export(hard, tmp_path / name)
    assert json.loads((tmp_path / name).read_text())["images"]


@pytest.mark.parametrize("format_", [each for each in FORMATS if each.write is None], ids=lambda each: each.key)
def test_what_is_only_read_is_not_written(hard, tmp_path, format_):
    with pytest.raises(ExportError, match="is read, but not written"):
        export(hard, tmp_path / "out", format_)


@pytest.mark.parametrize(
    "format_", [each for each in FORMATS if each.write and not each.needs_map], ids=lambda each: each.key
)
def test_stopping_leaves_nothing_of_a_folder(hard, tmp_path, format_):
    out = tmp_path / "out"
    if format_.most_labels is not None:
        with open_project(tmp_path / "project") as project:
            for label in queries.labels(project)[format_.most_labels :]:
                delete_label(project, label.id)
    few = {"image_ids": range(1, 4), "images": ImageChoice.ALL, "with_images": ImageFiles.COPY, "all_regions": False}
    for stop in range(1, 4):
        work = export_labels(hard, out, format_, ExportSettings(**few))
        for _ in range(stop + 1):
            next(work)
        work.close()
        assert not out.exists()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["photos", "project"]


def test_a_full_disk_leaves_the_old_folder(hard, tmp_path, monkeypatch):
    out = tmp_path / "out"
    export(hard, out, with_images=ImageFiles.COPY)
    before = {file: file.read_bytes() for file in out.rglob("*") if file.is_file()}

    def full(*_arguments, **_options):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("acseg_core.output.folders.shutil.copyfile", full)
    with pytest.raises(StorageError, match="the disk is full"):
        export(hard, out, with_images=ImageFiles.COPY)
    assert {file: file.read_bytes() for file in out.rglob("*") if file.is_file()} == before
    assert (out / LIST_NAME).is_file()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out", "photos", "project"]


def test_places_of_somebody_else_are_refused_before_anything_is_read(hard, tmp_path):
    for place in (hard.image_root, hard.image_root / "a", hard.folder, hard.folder / "cache"):
        with pytest.raises(StorageError):
            export(hard, place, with_images=ImageFiles.COPY)
    with pytest.raises(StorageError, match="this is a photo of the project"):
        export(hard, hard.image_root / EDGES)


def test_nothing_to_export_leaves_the_place_as_it_was(hard, tmp_path):
    with pytest.raises(NothingToExportError):
        export(hard, tmp_path / "out", image_ids=[], with_images=ImageFiles.COPY)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("frame", Frame)
def test_copied_photos_that_exif_turns_fit_their_labels_one_way_and_the_report_says_which(hard, tmp_path, frame):
    """On the code of before only YOLO said so, and only of one of the two ways."""
    out = tmp_path / "out"
    report = export(hard, out, format_called("png"), frame=frame, with_images=ImageFiles.COPY)
    maps = {image.name: name for name, image in read_index(out).items()}
    with Image.open(next(out.rglob(TURNED))) as photo, Image.open(out / maps[TURNED]) as mask:
        as_stored, upright = np.asarray(photo), np.asarray(ImageOps.exif_transpose(photo))
        labels = np.asarray(mask)
    assert as_stored.shape != upright.shape
    assert labels.shape == (upright if frame is Frame.DISPLAYED else as_stored).shape[:2]
    said = LABELLED_UPRIGHT if frame is Frame.DISPLAYED else LABELLED_AS_STORED
    assert [part for part in report.cautions if part.reason == said] == [UnusedPart(said, 1, (TURNED,))]


def test_where_no_photos_come_along_nothing_is_said_of_them(hard, tmp_path):
    alone = export(hard, tmp_path / "png", format_called("png"), with_images=ImageFiles.NONE)
    assert not [part for part in alone.cautions if TURNED in part.places]


@pytest.fixture(scope="module")
def scans(tmp_path_factory):
    """Photos beyond PNG: a TIFF of two pages of different sizes, one of 16 bits, and a JPEG and a PNG of its stem."""
    folder = tmp_path_factory.mktemp("scans")
    root = folder / "photos"
    (root / "sub").mkdir(parents=True)
    pages = [Image.new("RGB", size, color) for size, color in (((40, 30), "red"), ((24, 50), "blue"))]
    pages[0].save(root / "stack.tif", save_all=True, append_images=pages[1:])
    deep = np.linspace(0, 65535, 33 * 21).astype(np.uint16).reshape(33, 21)
    Image.fromarray(deep).save(root / "sub" / "deep.tif")
    Image.fromarray(deep).save(root / "sub" / "deep.png")
    Image.new("RGB", (20, 34), "green").save(root / "sub" / "deep.jpg")
    with create_project(folder / "project", image_root=root) as project:
        run_to_end(scan_images(project, all_pages=True), lambda tick: None)
        images = [(record.path, record.info.height, record.info.width) for record in queries.images(project)]
        found = [FileImage(path, [FileShape("cell", _left_half(*size))], tuple(size)) for path, *size in images]
        names = tuple(path for path, *_ in images)
        files = LabelledFiles((FileLabel("cell"),), names, lambda: iter(found))
        run_to_end(import_files(project, folder, files, ImportSettings()), lambda tick: None)
    return folder / "project"


def _left_half(height, width):
    mask = np.zeros((height, width), bool)
    mask[:, : width // 2] = True
    return masks.encode(mask)


@pytest.mark.parametrize("format_", [each for each in WRITTEN if not each.needs_map], ids=lambda each: each.key)
def test_pages_and_pictures_of_16_bits_leave_with_their_own_files_and_sizes(scans, tmp_path, format_):
    out = tmp_path / "out"
    with open_project(scans, read_only=True) as project:
        report = export(project, out, format_, with_images=ImageFiles.COPY)
        sizes = sorted((record.info.height, record.info.width) for record in queries.images(project))
        shapes = named_shapes(project)
    assert report.images == len(sizes) == 5
    pictures = [file for file in out.rglob("*") if file.suffix in (".tif", ".png", ".jpg")]
    maps = {"GroundTruth", "SegmentationClass", "SegmentationObject", "gtFine", "annotations", "masks", "panoptic"}
    photos = [file for file in pictures if not maps & set(file.relative_to(out).parts)]
    drawn = [file for file in pictures if file not in photos]
    assert sorted(_size(file) for file in photos) == sizes, "every page is a file of its own"
    assert len(drawn) % 5 == 0
    assert Counter(map(_size, drawn)) == {size: len(drawn) // 5 * sizes.count(size) for size in set(sizes) if drawn}
    if format_.by_stem:
        stems = [str(file.relative_to(out).with_suffix("")).casefold() for file in photos]
        assert len(set(stems)) == 5, "no two photos have labels of one name"
    copy = scans.parent / f"copy-{format_.key}"
    with create_project(copy, image_root=scans.parent / "photos") as project:
        run_to_end(scan_images(project, all_pages=True), lambda tick: None)
        with format_.read(out) as files:
            imported = run_to_end(import_files(project, out, files, ImportSettings()), lambda tick: None)
        assert (imported.unmatched, imported.left_out) == ((), ())
        assert named_shapes(project) == shapes


def _size(file):
    with Image.open(file) as picture:
        return picture.height, picture.width
