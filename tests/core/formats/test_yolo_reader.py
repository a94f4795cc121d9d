"""YOLO data sets as its trainers and exporters lay them out."""

import pytest

from acseg_core.errors import LabelFileError
from acseg_core.formats.yolo_reader import looks_like_yolo, open_yolo

SQUARE = "0.25 0.25 0.75 0.25 0.75 0.5 0.25 0.5"


@pytest.fixture
def root(tmp_path):
    """Two splits, an image without objects, one without labels, and the same stem twice."""
    files = {
        "data.yaml": "path: /somewhere/else\ntrain: images/train\nval: images/val\nnames:\n  0: cat\n  2: گربه\n",
        "labels/train/a.txt": f"2 {SQUARE}\n\n0 {SQUARE}\n",
        "labels/train/empty.txt": "",
        "labels/val/a.txt": f"0 {SQUARE} \n",
        "images/train/a.jpg": "",
        "images/train/empty.png": "",
        "images/val/a.jpg": "",
        "images/val/unlabelled.jpg": "",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def _read(path):
    with open_yolo(path) as files:
        return {image.name: image for image in files.images()}, files


@pytest.mark.parametrize("given", ["", "data.yaml"])
def test_every_label_file_is_an_image(root, given):
    images, files = _read(root / given)
    assert [label.name for label in files.labels] == ["cat", "گربه"]
    assert set(images) == set(files.names) == {"images/train/a.jpg", "images/train/empty.png", "images/val/a.jpg"}
    first, second = images["images/train/a.jpg"].shapes
    assert (first.label, first.place) == ("گربه", "labels/train/a.txt:1")
    assert (second.label, second.place) == ("cat", "labels/train/a.txt:3")
    assert second.geometry.in_shares
    assert second.geometry.parts[0][0].tolist() == [[0.25, 0.25], [0.75, 0.25], [0.75, 0.5], [0.25, 0.5]]
    assert images["images/train/a.jpg"].size is None


def test_an_empty_file_says_that_there_is_nothing(root):
    images, _ = _read(root)
    assert images["images/train/empty.png"].is_negative
    assert not images["images/train/a.jpg"].is_negative


def test_images_elsewhere_are_known_by_the_name_of_their_label_file(root):
    for file in (root / "images" / "train").iterdir():
        file.unlink()
    images, _ = _read(root)
    assert "images/train/a.txt" in images


def test_boxes_and_lines_are_counted(root):
    (root / "labels" / "val" / "a.txt").write_text("0 0.5 0.5 0.2 0.2\n0 0.1 0.1\n")
    images, files = _read(root)
    assert images["images/val/a.jpg"].shapes == []
    assert not images["images/val/a.jpg"].is_negative, "it has objects, which only cannot be read"
    assert files.left_out.lines() == [
        "1 with a box but no outline: labels/val/a.txt:1",
        "1 with polygons of fewer than three points: labels/val/a.txt:2",
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1 " + SQUARE, "class 1 has no name; add it to data.yaml"),
        ("cat " + SQUARE, "this line is not a class followed by numbers"),
        ("0 1 2 three 4 5 6", "this line is not a class followed by numbers"),
        ("0 nan 0 0 1 1 1", "coordinates must be from 0 to 1"),
        ("0 10 10 200 10 200 50", "coordinates must be from 0 to 1"),
        ("0 0.1 0.1 0.2 0.2 0.3 0.3 0.4", "a point has only one coordinate"),
        ("\x00\x01", "this line is not a class followed by numbers"),
        ("9" * 5000 + " 0 0 1 0 1 1", "this line is not a class followed by numbers"),
    ],
)
def test_a_wrong_line_is_told_with_its_place(root, line, message):
    (root / "labels" / "val" / "a.txt").write_text(f"0 {SQUARE}\n{line}\n")
    with pytest.raises(LabelFileError, match=message) as error:
        _read(root)
    assert str(error.value).startswith(f"{root / 'labels' / 'val' / 'a.txt'}:2: ")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        ("names: []", "there are no names in it"),
        ("train: x", "there are no names in it"),
        ("names: {a: 1}", "there are no names in it"),
        ("names: !!python/object/apply:os.system [ls]", "data.yaml"),
        ("a: [", "data.yaml"),
    ],
)
def test_wrong_names_are_told(root, yaml, message):
    (root / "data.yaml").write_text(yaml)
    with pytest.raises(Exception, match=message) as error:
        _read(root)
    assert "\n" not in str(error.value)


def test_names_come_from_a_list_of_classes_where_there_is_no_yaml(root):
    (root / "data.yaml").unlink()
    with pytest.raises(LabelFileError, match=r"there is no data\.yaml"):
        _read(root)
    (root / "classes.txt").write_text("cat\ndog\nbird\n")
    images, _ = _read(root)
    assert images["images/train/a.jpg"].shapes[0].label == "bird"


def test_what_is_none_is_not_taken_for_it(root, tmp_path):
    assert looks_like_yolo(root)
    assert looks_like_yolo(root / "data.yaml")
    (tmp_path / "other").mkdir()
    assert not looks_like_yolo(tmp_path / "other")
    (tmp_path / "other" / "data.yaml").write_text("names: [a]")
    assert not looks_like_yolo(tmp_path / "other")
    with pytest.raises(LabelFileError, match="no label files"):
        _read(tmp_path / "other")
