"""The table of formats, and what all those with labels in PNG files have in common."""

import io
import json
import zipfile
from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from label_map_files import FORMS, Form
from PIL import Image

from acseg_core.errors import LabelFileError, LabelListError, UnknownFormatError
from acseg_core.formats.format import FORMATS, format_called, guessed, recognised
from acseg_core.interruptible import run_to_end
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.store.edits import history
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_core.workflows.scanning import scan_images

ONE = np.array([[0, 1, 1, 0], [2, 1, 1, 0], [2, 2, 0, 0]])
TWO = np.array([[1, 0], [0, 2]])


def test_keys_and_titles_are_single():
    assert len({each.key for each in FORMATS}) == len({each.title for each in FORMATS}) == len(FORMATS)


def test_formats_are_found_by_key_or_content(tmp_path):
    assert format_called("coco").title == "COCO instances"
    with pytest.raises(LabelFileError, match='"coca" is not a format; choose one of panoptic, coco'):
        format_called("coca")
    path = tmp_path / "a.txt"
    path.write_text('{"annotations": [], "categories": [{"id": 1, "name": "a"}], "images": [{"id": 1}]}')
    assert recognised(path).key == "coco"
    path = tmp_path / "a.json"
    path.write_text('{"a": 1}')
    with pytest.raises(UnknownFormatError, match="the format was not recognised"):
        recognised(path)
    assert guessed(path) is None
    assert guessed(tmp_path / "none") is None
    with pytest.raises(LabelFileError, match="no such file"):
        recognised(tmp_path / "none")


@pytest.fixture(params=FORMS.values(), ids=FORMS)
def form(request) -> Form:
    return request.param


@pytest.fixture
def root(tmp_path) -> Path:
    (tmp_path / "set").mkdir()
    return tmp_path / "set"


def _project(folder: Path, photos):
    """A project of photos, (H, W) each; every one differs."""
    for number, (name, shape) in enumerate(photos.items()):
        place = folder / "photos" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.full((*shape, 3), 40 * number, np.uint8)).save(place)
    project = create_project(folder / "project", image_root=folder / "photos")
    run_to_end(scan_images(project), lambda tick: None)
    return project


def _import(project, path, form):
    with format_called(form.key).read(path) as files:
        return run_to_end(import_files(project, path, files, ImportSettings()), lambda tick: None)


def _refused(project, path, form) -> str:
    """The message, which is one line with a remedy; nothing was changed."""
    with pytest.raises(LabelFileError) as error:
        _import(project, path, form)
    text = str(error.value)
    assert "\n" not in text
    assert len(text) < 400
    assert queries.labels(project) == []
    assert history.state(project).undo is None
    assert all(not regions for _, regions in queries.image_regions(project))
    return text


def _pngs(root):
    return sorted(path for path in root.rglob("*.png") if path.is_file())


def test_a_data_set_is_recognised_and_has_its_pixels(form, root):
    path = form.write(root, {"one": ONE, "sub/two": TWO})
    assert recognised(path).key == form.key
    with format_called(form.key).read(path) as files:
        assert set(form.names) <= {label.name for label in files.labels}
        images = {image.name: image for image in files.images()}
        assert sorted(images) == sorted(files.names)
        assert not files.left_out.lines()
    assert {PurePosixPath(name).stem.removesuffix("_leftImg8bit") for name in images} == {"one", "two"}
    for name, image in images.items():
        labels = ONE if "one" in name else TWO
        assert image.size == labels.shape
        assert sorted(shape.label for shape in image.shapes) == sorted(form.names)
        for shape in image.shapes:
            assert np.array_equal(masks.decode(shape.geometry), labels == 1 + form.names.index(shape.label))


def test_a_data_set_comes_into_a_project_by_its_photos(form, root, tmp_path):
    path = form.write(root, {"one": ONE, "sub/two": TWO})
    photos = {form.photo.format("one"): ONE.shape, form.photo.format("sub/two"): TWO.shape}
    with _project(tmp_path, photos) as project:
        report = _import(project, path, form)
        assert (report.images, report.regions, report.unmatched) == (2, 4, ())
        assert _import(project, path, form).regions == 0
        history.undo(project)
        assert queries.labels(project) == []


def test_a_png_file_that_is_cut_off_is_told_before_anything_is_changed(form, root, tmp_path):
    path = form.write(root, {"one": ONE, "two": TWO})
    photos = {form.photo.format("one"): ONE.shape, form.photo.format("two"): TWO.shape}
    with _project(tmp_path, photos) as project:
        for file in _pngs(root):
            content = file.read_bytes()
            file.write_bytes(content[: len(content) // 2])
            text = _refused(project, path, form)
            assert text == f"{file}: this is not a valid PNG; export it again"
            file.write_bytes(content)
        assert _import(project, path, form).regions == 4


def test_a_png_file_that_is_damaged_inside_is_told(form, root, tmp_path):
    path = form.write(root, {"one": ONE})
    with _project(tmp_path, {form.photo.format("one"): ONE.shape}) as project:
        file = _pngs(root)[0]
        content = bytearray(file.read_bytes())
        content[content.index(b"IDAT") + 6] ^= 0xFF
        file.write_bytes(content)
        assert _refused(project, path, form) == f"{file}: this is not a valid PNG; export it again"


def test_what_comes_after_the_end_of_a_png_file_does_no_harm(form, root):
    path = form.write(root, {"one": ONE})
    for file in _pngs(root):
        file.write_bytes(file.read_bytes() + b"more")
    with format_called(form.key).read(path) as files:
        (image,) = files.images()
    assert len(image.shapes) == 2


def test_an_archive_has_to_be_unpacked(form, root, tmp_path):
    form.write(root, {"one": ONE})
    archive = tmp_path / "set.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in root.rglob("*"):
            packed.write(file, file.relative_to(root))
    expected = f"{archive}: this is a ZIP archive; unpack it and choose what is in it"
    with pytest.raises(LabelFileError) as error:
        recognised(archive)
    assert str(error.value) == expected
    with _project(tmp_path, {form.photo.format("one"): ONE.shape}) as project:
        assert _refused(project, archive, form) == expected


@pytest.mark.parametrize("key", ["coco", "yolo", "labelme"])
def test_an_archive_is_told_by_the_other_formats_too(tmp_path, key):
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as packed:
        packed.writestr("labels/a.txt", "0 0 0 1 0 1 1")
    told = pytest.raises(LabelFileError, match=r"set\.zip: this is a ZIP archive; unpack it")
    with told, format_called(key).read(tmp_path / "set.zip"):
        pass


def test_colours_and_numbers_are_not_taken_for_each_other(form, root, tmp_path):
    path = form.write(root, {"one": ONE})
    with _project(tmp_path, {form.photo.format("one"): ONE.shape}) as project:
        for file in _pngs(root)[:1]:
            pixels = ONE.astype(np.uint8) if form.takes_colors else np.stack([ONE.astype(np.uint8)] * 3, axis=-1)
            if form.key != "voc":  # whose colours are known
                Image.fromarray(pixels).save(file)
                wanted = "colours are wanted; " if form.takes_colors else "pixels are colours, but "
                text = _refused(project, path, form)
                assert text.startswith(f"{file}: ")
                assert wanted in text


def test_a_map_of_another_size_than_its_photo_is_left_alone_and_told(form, root, tmp_path):
    path = form.write(root, {"one": ONE, "two": TWO})
    photos = {form.photo.format("one"): (9, 9), form.photo.format("two"): TWO.shape}
    with _project(tmp_path, photos) as project:
        report = _import(project, path, form)
        assert report.images == 1
        (left,) = report.left_out
        assert left.path == form.photo.format("one")
        assert left.reason == "made for 4 x 3 pixels, but the photo has 9 x 9"


def test_photos_that_are_not_there_are_named(form, root, tmp_path):
    path = form.write(root, {"one": ONE, "two": TWO})
    with _project(tmp_path, {form.photo.format("other"): ONE.shape}) as project:
        assert "none of its images is in the project" in _refused(project, path, form)
    with _project(tmp_path / "more", {form.photo.format("one"): ONE.shape}) as project:
        report = _import(project, path, form)
        assert report.images == 1
        assert ["two" in name for name in report.unmatched] == [True]


def test_a_map_that_two_photos_could_have_is_refused(form, root, tmp_path):
    path = form.write(root, {"c/one": ONE})
    photos = {form.photo.format(name): ONE.shape for name in ("a/one", "b/one")}
    with _project(tmp_path, photos) as project:
        assert "match by path, or rename one of the two" in _refused(project, path, form)


def test_a_file_in_the_place_of_a_folder_and_nothing_at_all_are_told(form, root, tmp_path):
    with _project(tmp_path, {form.photo.format("one"): ONE.shape}) as project:
        if form.key != "panoptic":
            file = root / "labels.txt"
            file.write_text("cat")
            assert "this is a file; choose the folder" in _refused(project, file, form)
            assert "no such file or folder" in _refused(project, root / "none", form)
        assert str(root) in _refused(project, root, form)


@pytest.mark.parametrize("each", [each for each in FORMATS if each.opener], ids=lambda each: each.key)
def test_an_archive_a_folder_and_nothing_are_refused_in_one_line(tmp_path, each):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../../annotations.xml", "<annotations/>")
    path = tmp_path / f"export{each.suffixes[0] if each.suffixes else '.zip'}"
    path.write_bytes(content.getvalue())
    for opener in (lambda: each.read(path), lambda: recognised(path)):
        with pytest.raises(LabelFileError) as error, opener():
            pass
        assert str(error.value) == f"{path}: this is a ZIP archive; unpack it and choose what is in it"
    with pytest.raises(LabelFileError, match="no such file"), each.read(tmp_path / "none"):
        pass
    if not each.is_folder:
        with pytest.raises(LabelFileError, match="this is a folder"), each.read(tmp_path):
            pass
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("key", "name", "content"),
    [
        ("cvat", "annotations.xml", "<annotations><version>1.1</version></annotations>"),
        ("labelstudio", "a.json", json.dumps([{"id": 1, "data": {"image": "a.jpg"}, "annotations": []}])),
        ("isat", "a.json", json.dumps({"info": {"description": "ISAT"}, "objects": []})),
        ("labelme", "a.json", json.dumps({"shapes": [], "imagePath": "a.jpg"})),
    ],
)
def test_tools_are_told_apart(tmp_path, key, name, content):
    path = tmp_path / name
    path.write_text(content)
    assert recognised(path).key == key
    if format_called(key).is_folder:
        assert recognised(tmp_path).key == key


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("l.json", '{"images": [], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}', "labels-coco"),
        ("l.json", '{"format": "acseg-labels", "labels": [{"name": "cat"}]}', "labels-acseg"),
        ("l.json", '[{"name": "cat", "attributes": []}]', "labels-cvat"),
        ("l.json", '["cat"]', "labels-text"),
        ("l.csv", "cat\ndog\n", "labels-text"),
        ("labels.txt", "__ignore__\n_background_\ncat\n", "labels-labelme"),
        ("data.yaml", "names:\n  0: cat\n", "labels-yolo"),
        ("script.py", "import os\n", None),
        ("photo.jpg", "\udcff", None),
    ],
)
def test_lists_of_labels_are_told_from_labelled_images(tmp_path, name, content, key):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    found = guessed(path)
    assert (found.key if found else None) == key
    assert found is None or found.labels_only


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("l.json", "{\n,}", r"l\.json:2: this is not JSON"),
        ("l.csv", "id,name\n1,cat\n", "this is a table, not a list of labels"),
        ("l.yaml", "names: [", r"l\.yaml:1: this is not YAML"),
    ],
)
def test_what_was_meant_as_a_list_says_what_is_wrong(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(LabelListError, match=said):
        recognised(path)
