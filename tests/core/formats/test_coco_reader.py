"""COCO files as other tools write them, right or wrong."""

import json
import tracemalloc

import numpy as np
import pytest
from pycocotools import mask as coco

from acseg_core.errors import LabelFileError, StorageError
from acseg_core.formats.coco_reader import looks_like_coco, open_coco
from acseg_core.formats.labelled import Outline
from acseg_core.shapes import masks

MASK = np.zeros((4, 5), np.uint8)
MASK[1:3, 2:4] = 1


def _file(tmp_path, annotations=(), categories=None, images=None, **more):
    content = {
        "annotations": list(annotations),
        "images": images or [{"id": 1, "file_name": "a.jpg", "height": 4, "width": 5}],
        "categories": categories or [{"id": 7, "name": "cat"}],
        **more,
    }
    path = tmp_path / "file.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def _annotation(segmentation, **more):
    return {"id": 1, "image_id": 1, "category_id": 7, "segmentation": segmentation, **more}


def _shapes(path):
    with open_coco(path) as files:
        (image,) = files.images()
        return list(image.shapes), files.left_out.lines()


def _refused(path):
    with pytest.raises(LabelFileError) as error, open_coco(path) as files:
        for _ in files.images():
            pass
    text = str(error.value)
    assert "\n" not in text
    assert text.startswith(f"{path}: ")
    return text.removeprefix(f"{path}: ")


def test_polygons_and_both_kinds_of_run_lengths_are_the_same_mask(tmp_path):
    compressed = coco.encode(np.asfortranarray(MASK))
    text = compressed["counts"].decode()
    polygon = [[2, 1, 4, 1, 4, 3, 2, 3]]
    lengths = {"size": [4, 5], "counts": [9, 2, 2, 2, 5]}
    shapes, left = _shapes(
        _file(tmp_path, [_annotation(each) for each in ({"size": [4, 5], "counts": text}, lengths, polygon)])
    )
    assert not left
    assert [shape.label for shape in shapes] == ["cat"] * 3
    assert [shape.place for shape in shapes] == ["annotation 1", "annotation 2", "annotation 3"]
    assert [np.array_equal(masks.decode(shape.geometry), MASK) for shape in shapes[:2]] == [True, True]
    assert isinstance(shapes[2].geometry, Outline)
    assert shapes[2].geometry.as_coco
    assert shapes[2].geometry.parts[0][0].tolist() == [[2, 1], [4, 1], [4, 3], [2, 3]]


def test_run_lengths_with_empty_runs_are_read_as_one(tmp_path):
    shapes, _ = _shapes(_file(tmp_path, [_annotation({"size": [4, 5], "counts": [0, 3, 0, 2, 15]})]))
    assert shapes[0].geometry == masks.encode(np.pad(np.ones((4, 2), bool), ((0, 0), (0, 3)))[:, :5] & _first(5))


def _first(count):
    flat = np.zeros(20, bool)
    flat[:count] = True
    return flat.reshape(5, 4).T


def test_crowds_come_in_and_are_told(tmp_path):
    """On the code of before, nobody learnt of them."""
    crowd = _annotation({"size": [4, 5], "counts": [9, 2, 2, 2, 5]}, iscrowd=1)
    path = _file(tmp_path, [crowd, _annotation([[2, 1, 4, 1, 4, 3, 2, 3]], iscrowd=0), crowd])
    with open_coco(path) as files:
        (image,) = files.images()
        assert len(image.shapes) == 3
        assert files.notes == ("2 crowd annotations come in as ordinary regions: annotation 1, annotation 3",)
    (tmp_path / "folder").mkdir()
    for name in ("instances_train.json", "instances_val.json"):
        (tmp_path / "folder" / name).write_bytes(path.read_bytes())
    with open_coco(tmp_path / "folder") as files:
        assert len(files.notes) == 2, "of each file"


def test_categories_are_known_by_their_name_whatever_their_numbers(tmp_path):
    categories = [{"id": 0, "name": "a", "supercategory": "s", "isthing": 0}, {"id": 90, "name": 3}]
    path = _file(
        tmp_path,
        [_annotation([[0, 0, 2, 0, 2, 2]], category_id=90), _annotation([[0, 0, 2, 0, 2, 2]], category_id=0)],
        categories,
    )
    with open_coco(path) as files:
        assert [(each.name, each.category_id, each.is_thing) for each in files.labels] == [
            ("a", 0, False),
            ("3", 90, None),
        ]
        assert files.labels[0].supercategory == "s"
        (image,) = files.images()
    assert [shape.label for shape in image.shapes] == ["3", "a"]


def test_the_order_of_the_file_is_that_of_the_annotations_even_if_they_come_first(tmp_path):
    images = [{"id": number, "file_name": f"{number}.jpg"} for number in (5, 3)]
    rings = [[[number, 0, 3, 0, 3, 3]] for number in range(4)]
    path = _file(tmp_path, [_annotation(ring, image_id=3 + 2 * (n % 2)) for n, ring in enumerate(rings)], images=images)
    with open_coco(path) as files:
        assert files.names == ("5.jpg", "3.jpg")
        found = {image.name: [shape.place for shape in image.shapes] for image in files.images()}
        assert found == {"5.jpg": ["annotation 2", "annotation 4"], "3.jpg": ["annotation 1", "annotation 3"]}
        assert next(iter(files.images())).size is None


@pytest.mark.parametrize(
    ("annotation", "reason"),
    [
        (_annotation([]), "1 with a box but no outline: annotation 1"),
        (_annotation(None), "1 with a box but no outline: annotation 1"),
        (_annotation([[1, 1, 2, 2]]), "1 with polygons of fewer than three points: annotation 1"),
        (_annotation([[1, 1, 3, 1, 3, 3]], image_id=[1]), "1 in images that the file does not list: annotation 1"),
        (_annotation([[1, 1, 3, 1, 3, 3]], image_id=2), "1 in images that the file does not list: annotation 1"),
        (_annotation([[1, 1, 3, 1, 3, 3]], category_id=1), "1 in categories that the file does not list: annotation 1"),
    ],
)
def test_what_cannot_be_used_is_counted(tmp_path, annotation, reason):
    shapes, left = _shapes(_file(tmp_path, [annotation]))
    assert shapes == []
    assert left == [reason]


@pytest.mark.parametrize(
    ("segmentation", "message"),
    [
        (
            {"size": [4, 5], "counts": [9, 2, 2, 2, 6]},
            "annotation 1 has run lengths that do not add up to 4 x 5 pixels",
        ),
        ({"size": [4, 5], "counts": [9, -2, 13]}, "annotation 1 has run lengths that are neither text nor numbers"),
        ({"size": [4, 5], "counts": [9.5]}, "annotation 1 has run lengths that are neither text nor numbers"),
        ({"size": [4, 5], "counts": ["9", "-2"]}, "annotation 1 has run lengths that are neither text nor numbers"),
        ({"size": [4, 5], "counts": [2**62, 2**62]}, "annotation 1 has run lengths that are neither text nor"),
        ({"size": [4, 5], "counts": []}, "annotation 1 has run lengths that do not add up to 4 x 5 pixels"),
        ({"size": [4, 5], "counts": "~~~~"}, "annotation 1 has run lengths that do not add up"),
        ({"size": [4, 5], "counts": "ooooooooooooo"}, "annotation 1 has run lengths that do not add up"),
        ({"size": [4, 5], "counts": ""}, "annotation 1 has run lengths that do not add up"),
        ({"size": [4, 5], "counts": "ä"}, "annotation 1 has run lengths that do not add up"),
        (
            {"size": [5, 4], "counts": [20]},
            "annotation 1 has a mask of size [5, 4], which is not the size of its image",
        ),
        ({"size": [4], "counts": [20]}, "annotation 1 has a mask of size [4], which is not the size of its image"),
        ({"counts": [20]}, "annotation 1 has a mask of size None, which is not the size of its image"),
        ("all", "annotation 1 has a segmentation that is neither polygons nor run lengths"),
        ([["a", "b"]], "annotation 1 has a polygon that is not a list of numbers"),
        ([[True] * 6], "annotation 1 has a polygon that is not a list of numbers"),
        ([[1, 1, 3, 1, 3]], "annotation 1 has a polygon with an odd number of values"),
        ([[1, 1, 3, 1, 1e99, 3]], "annotation 1 has a coordinate that cannot lie in an image"),
    ],
)
def test_a_wrong_annotation_is_told_with_its_place(tmp_path, segmentation, message):
    assert _refused(_file(tmp_path, [_annotation(segmentation)])).startswith(message)


def test_a_file_that_is_none_is_told_so(tmp_path):
    path = tmp_path / "file.json"
    for content, message in {
        "": "this is not valid JSON",
        '{"images": [': "this is not valid JSON",
        "[]": "it has no categories; choose a COCO file of instances",
        "{}": "it has no categories; choose a COCO file of instances",
        '{"categories": [{"id": 1, "name": "a"}]}': "it has no images; choose a COCO file of instances",
        '{"categories": [3]}': "category 1 is not an object",
        '{"categories": [{"id": 1}]}': "category 1 has no id and name",
        '{"categories": [{"id": 1, "name": "a"}, {"id": 1, "name": "b"}]}': "category 2 has the id 1",
        '{"categories": [{"id": 1, "name": "a"}], "images": [{"id": 1}]}': "image 1 has no id and file_name",
        '{"categories": [{"id": NaN, "name": "a"}]}': "this is not valid JSON",
        '{"categories": ' + "[" * 100_000: "",
        '{"categories": [{"id": 1, "name": "a"}], "images": [{"id": ' + "9" * 10_000_000 + "}]}": "",
    }.items():
        path.write_text(content)
        assert _refused(path).startswith(message)
        assert len(_refused(path)) < 300
    with pytest.raises(StorageError), open_coco(tmp_path / "none.json"):
        pass


def test_ids_of_any_kind_are_matched_and_what_is_no_id_is_counted(tmp_path):
    polygon = [[0, 0, 2, 0, 2, 2]]
    images = [{"id": id_, "file_name": f"{n}.jpg"} for n, id_ in enumerate((1, "1", 2**63 - 1))]
    ids = (1.0, "1", 2**63 - 1, [1], {"id": 1}, None)
    path = _file(tmp_path, [_annotation(polygon, image_id=id_) for id_ in ids], images=images)
    with open_coco(path) as files:
        assert [[shape.place for shape in image.shapes] for image in files.images()] == [
            ["annotation 1"],
            ["annotation 2"],
            ["annotation 3"],
        ]
    lines = files.left_out.lines()
    assert lines == ["3 in images that the file does not list: annotation 4, annotation 5, annotation 6"]


def test_a_size_that_is_none_is_left_to_the_photo(tmp_path):
    for height, width in ((-4, -5), (0, 5), (None, 5), (2**40, 5)):
        images = [{"id": 1, "file_name": "a.jpg", "height": height, "width": width}]
        with open_coco(_file(tmp_path, images=images)) as files:
            assert [image.size for image in files.images()] == [None]


def test_panoptic_is_told_by_name(tmp_path):
    path = _file(tmp_path, [{"image_id": 1, "segments_info": [], "file_name": "a.png"}])
    assert "COCO panoptic" in _refused(path)


def test_a_file_is_recognised_by_its_keys(tmp_path):
    path = _file(tmp_path)
    assert looks_like_coco(path)
    for content in ("", "[]", '{"images": [], "categories": []}', "\x00\x01", "images annotations categories"):
        path.write_text(content)
        assert not looks_like_coco(path)


def test_memory_stays_flat(tmp_path):
    """Ten times as many shapes take hardly more memory: they are put aside, not kept."""

    def peak(images):
        listed = [{"id": n, "file_name": f"{n}.jpg", "height": 4, "width": 5} for n in range(images)]
        shapes = [_annotation([[0.5, 1.5, 3, 1, 3, 3] * 20], image_id=n % images) for n in range(20 * images)]
        path = _file(tmp_path, shapes, images=listed)
        tracemalloc.start()
        with open_coco(path) as files:
            assert sum(len(image.shapes) for image in files.images()) == 20 * images
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    few, many = peak(20), peak(200)
    assert many < 1.3 * few


def test_a_folder_has_the_files_of_all_splits_and_only_those_of_instances(tmp_path):
    """On the code of before a folder was no COCO at all; ours, and COCO's own, are folders."""
    folder = tmp_path / "set"
    (folder / "annotations").mkdir(parents=True)
    ring = [[1, 1, 5, 1, 5, 5, 1, 5]]
    for split, number in (("train", 1), ("val", 2)):
        annotations = [
            {"id": 1, "image_id": number, "category_id": number, "segmentation": ring},
            {"id": 2, "image_id": number, "category_id": number, "segmentation": []},
        ]
        content = {
            "images": [{"id": number, "file_name": f"{split}.jpg", "height": 8, "width": 8}],
            "categories": [{"id": number, "name": split}, {"id": 9, "name": "both"}],
            "annotations": annotations,
        }
        for kind in ("instances", "person_keypoints"):
            (folder / "annotations" / f"{kind}_{split}.json").write_text(json.dumps(content))
    assert looks_like_coco(folder)
    assert looks_like_coco(folder / "annotations")
    with open_coco(folder) as files:
        assert {label.name for label in files.labels} == {"train", "val", "both"}
        images = list(files.images())
        assert [image.name for image in images] == list(files.names) == ["train.jpg", "val.jpg"]
        assert [[shape.label for shape in image.shapes] for image in images] == [["train"], ["val"]]
        assert files.left_out.lines() == ["2 with a box but no outline: annotation 2, annotation 2"]
    with pytest.raises(LabelFileError, match="there is no COCO file of instances in it"), open_coco(tmp_path):
        pass
