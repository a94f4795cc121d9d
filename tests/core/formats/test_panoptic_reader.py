"""COCO panoptic as panopticapi documents it, right or wrong."""

import json
import shutil
import tracemalloc
import warnings

import numpy as np
import pytest
from label_map_files import VOC_PALETTE, id_colors, save, write_panoptic
from pycocotools.coco import COCO

from acseg_core.errors import LabelFileError
from acseg_core.formats.labelled import FileLabel
from acseg_core.formats.panoptic_reader import looks_like_panoptic, open_panoptic
from acseg_core.interruptible import run_to_end
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.workflows.importing import ImportSettings, import_files
from acseg_core.workflows.scanning import scan_images

ONE = np.array([[0, 1, 1, 0], [2, 1, 1, 0], [2, 2, 0, 0]])
CAT, SKY = 0x030201, 0x00FF00
"""Numbers of segments: red 1, green 2, blue 3; and green 255."""


@pytest.fixture
def file(tmp_path):
    """pan.json with one.jpg, whose PNG is pan/one.png; cat is category 90, sky 180."""
    return write_panoptic(tmp_path, {"one": ONE})


def _changed(file, change):
    content = json.loads(file.read_text())
    change(content)
    file.write_text(json.dumps(content))


def _read(file, **options):
    with open_panoptic(file, **options) as files:
        return {image.name: image for image in files.images()}, files


def _refused(file):
    with pytest.raises(LabelFileError) as error:
        _read(file)
    text = str(error.value)
    assert "\n" not in text
    assert ";" in text
    return text.removeprefix(f"{file}: ")


def test_a_number_is_red_plus_256_green_plus_65536_blue(file):
    images, files = _read(file)
    (cat, sky) = images["one.jpg"].shapes
    assert (cat.label, sky.label) == ("cat", "sky")
    assert (cat.place, sky.place) == ("annotation 1, segment 1", "annotation 1, segment 2")
    assert np.array_equal(masks.decode(cat.geometry), ONE == 1)
    assert np.array_equal(masks.decode(sky.geometry), ONE == 2)
    assert images["one.jpg"].size == (3, 4)
    assert files.left_out.lines() == []


def test_categories_have_gaps_and_say_what_is_a_thing(file):
    assert _read(file)[1].labels == (FileLabel("cat", 90, is_thing=True), FileLabel("sky", 180, is_thing=False))


def test_ids_of_images_may_be_texts_as_cityscapes_has_them(file):
    def change(content):
        content["images"][0] |= {"id": "aachen_0", "file_name": "aachen_0_gtFine_leftImg8bit.png"}
        content["annotations"][0]["image_id"] = "aachen_0"

    _changed(file, change)
    images, _ = _read(file)
    assert len(images["aachen_0_gtFine_leftImg8bit.png"].shapes) == 2


def test_what_only_one_of_both_files_has_is_listed_and_not_guessed(file):
    segments = [{"id": CAT, "category_id": 90}, {"id": 77, "category_id": 90}, {"id": 0, "category_id": 90}]
    segments.append({"id": 78, "category_id": 5})
    _changed(file, lambda content: content["annotations"][0].update(segments_info=segments))
    images, files = _read(file)
    assert [shape.label for shape in images["one.jpg"].shapes] == ["cat"]
    assert files.left_out.lines() == [
        f"1 segments of a PNG file that the JSON file does not list: one.png: {SKY}",
        "1 segments without a pixel: annotation 1, segment 2",
        "1 segments of the number 0, which is void: annotation 1, segment 3",
        "1 in categories that the file does not list: annotation 1, segment 4",
    ]


def test_segments_of_one_category_stay_apart_and_crowds_count(file):
    def change(content):
        content["annotations"][0]["segments_info"] = [
            {"id": CAT, "category_id": 90, "iscrowd": 0},
            {"id": SKY, "category_id": 90, "iscrowd": 1},
        ]

    _changed(file, change)
    images, files = _read(file)
    assert [masks.area(shape.geometry) for shape in images["one.jpg"].shapes] == [4, 3]
    assert files.notes == ("1 crowd annotation comes in as an ordinary region: annotation 1, segment 2",)


def test_colours_in_a_palette_are_colours(file, tmp_path):
    palette = [0, 0, 0, 1, 2, 3, 0, 255, 0, *VOC_PALETTE[9:]]
    save(tmp_path / "pan" / "one.png", ONE.astype(np.uint8), palette)
    images, _ = _read(file)
    assert np.array_equal(masks.decode(images["one.jpg"].shapes[0].geometry), ONE == 1)


def test_png_files_are_in_the_folder_of_that_name_or_beside_or_where_one_says(file, tmp_path):
    png = tmp_path / "pan" / "one.png"
    shutil.move(png, tmp_path / "one.png")
    assert len(_read(file)[0]["one.jpg"].shapes) == 2
    (tmp_path / "else" / "sub").mkdir(parents=True)
    shutil.move(tmp_path / "one.png", tmp_path / "else" / "sub" / "one.png")
    assert _refused(file) == f'the PNG file "one.png" of annotation 1 is missing; put the PNG files into {png.parent}'
    assert len(_read(file, masks=tmp_path / "else" / "sub")[0]["one.jpg"].shapes) == 2
    _changed(file, lambda content: content["annotations"][0].update(file_name="sub\\one.jpg"))
    assert len(_read(file, masks=tmp_path / "else")[0]["one.jpg"].shapes) == 2
    (tmp_path / "pan.zip").touch()
    assert _refused(file).endswith("is missing; unpack pan.zip")
    with pytest.raises(LabelFileError, match="there is no such folder"):
        _read(file, masks=tmp_path / "none")


def test_a_folder_stands_for_its_only_json_file(file, tmp_path, monkeypatch):
    assert looks_like_panoptic(tmp_path)
    assert looks_like_panoptic(tmp_path / "pan"), "pan.json is beside it"
    assert len(_read(tmp_path / "pan")[0]) == 1
    monkeypatch.chdir(tmp_path / "pan")
    assert len(_read(file.parent.relative_to(tmp_path))[0]) == 1, "the folder that one is in has no name"
    shutil.copy(file, tmp_path / "val.json")
    assert not looks_like_panoptic(tmp_path)
    with pytest.raises(LabelFileError, match=r"several files of COCO panoptic, pan\.json, val\.json; choose one"):
        _read(tmp_path)


def test_images_without_an_annotation_have_no_shapes_and_are_not_negative(file):
    _changed(file, lambda content: content["images"].append({"id": 9, "file_name": "two.jpg"}))
    images, files = _read(file)
    assert files.names == ("one.jpg", "two.jpg")
    assert (images["two.jpg"].shapes, images["two.jpg"].is_negative) == ((), False)


def test_annotations_of_unknown_images_are_counted(file):
    def change(content):
        content["annotations"] += [{"image_id": [1], "file_name": "a.png", "segments_info": []}]
        content["annotations"] += [{"image_id": 99, "file_name": "../a.png", "segments_info": []}]

    _changed(file, change)
    assert _read(file)[1].left_out.lines() == ["2 in images that the file does not list: annotation 2, annotation 3"]


@pytest.mark.parametrize("name", ["../one.png", "/etc/one.png", "..\\one.png", "C:\\one.png", "sub/../../one.png"])
def test_nothing_outside_of_the_folder_is_read(file, tmp_path, name):
    (tmp_path.parent / "one.png").write_bytes((tmp_path / "pan" / "one.png").read_bytes())
    _changed(file, lambda content: content["annotations"][0].update(file_name=name))
    assert _refused(file) == f'annotation 1 has the file_name "{name}", which is outside of its folder; export it again'


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"file_name": None}, "annotation 1 has no file_name"),
        ({"file_name": 3}, "annotation 1 has no file_name"),
        ({"file_name": "none.png"}, 'the PNG file "none.png" of annotation 1 is missing'),
        ({"file_name": "n" * 5000}, 'the PNG file "nnnn'),
        ({"file_name": "a\n.png"}, 'the PNG file "a\ufffd.png" of annotation 1 is missing'),
        ({"segments_info": None}, "annotation 1 has no segments_info"),
        ({"segments_info": {}}, "annotation 1 has no segments_info"),
        ({"segments_info": [3]}, "annotation 1, segment 1 has no id"),
        ({"segments_info": [{"id": "x", "category_id": 90}]}, "annotation 1, segment 1 has no id"),
        ({"segments_info": [{"id": -1, "category_id": 90}]}, "annotation 1, segment 1 has no id"),
        ({"segments_info": [{"id": 1}, {"id": 1.0}]}, "annotation 1, segment 2 has the id 1, which is used twice"),
        ({"image_id": 3}, "it has no annotations of its images; choose a COCO file of panoptic segments"),
    ],
)
def test_a_wrong_annotation_is_told_with_its_place(file, fields, message):
    _changed(file, lambda content: content["annotations"][0].update(fields))
    assert _refused(file).startswith(message)


def test_what_two_annotations_or_images_share_is_told(file):
    good = json.loads(file.read_text())
    first = good["annotations"][0]
    good["annotations"].append(first)
    file.write_text(json.dumps(good))
    assert _refused(file).startswith("annotation 2 is of the image of annotation 1")
    good["images"].append(good["images"][0] | {"id": 8})
    file.write_text(json.dumps(good))
    assert _refused(file).startswith('image 2 has the file_name "one.jpg", which is used twice')
    good["images"][1]["file_name"] = "val/one.jpg"
    good["annotations"][1] = first | {"image_id": 8}
    file.write_text(json.dumps(good))
    assert _refused(file).startswith("annotation 2 has the PNG file of annotation 1")


def test_a_png_of_another_size_than_its_image_is_told(file, tmp_path):
    save(tmp_path / "pan" / "one.png", id_colors(np.zeros((4, 4), int)))
    assert str(_refused(file)) == (
        f"{tmp_path / 'pan' / 'one.png'}: this has 4 x 4 pixels, but annotation 1 of pan.json is of an image of 4 x 3; "
        "export both again"
    )


def test_a_file_that_is_none_is_told_so(file):
    content = file.read_text()
    for bad, message in {
        content[: len(content) // 2]: "this is not valid JSON",
        "": "this is not valid JSON",
        "[]": "it has no categories; choose a COCO file of panoptic segments",
        '{"categories": [{"id": 1, "name": "a"}]}': "it has no images; choose a COCO file of panoptic segments",
        content.replace('"annotations"', '"annotation"'): "it has no annotations of its images; choose a COCO file",
    }.items():
        file.write_text(bad)
        assert _refused(file).startswith(message)


def test_a_file_is_recognised_by_its_first_annotation(file, tmp_path):
    assert looks_like_panoptic(file)
    other = tmp_path / "other.json"
    for content in ("", "[]", '{"annotations": [{"segmentation": []}]}', '{"annotations": []}', "\x00"):
        other.write_text(content)
        assert not looks_like_panoptic(other)


def test_memory_stays_flat(tmp_path):
    """Ten times as many images take hardly more memory: only their names and sizes are kept."""

    def peak(count):
        root = tmp_path / str(count)
        root.mkdir()
        file = write_panoptic(root, {"one": np.ones((300, 300), int)})
        content = json.loads(file.read_text())
        image, annotation = content["images"][0], content["annotations"][0]
        segments = annotation["segments_info"] + [{"id": 100 + n, "category_id": 90, "area": n} for n in range(300)]
        content["images"] = [image | {"id": n, "file_name": f"{n}.jpg"} for n in range(count)]
        content["annotations"] = [
            {"image_id": n, "file_name": f"{n}.png", "segments_info": segments} for n in range(count)
        ]
        for n in range(count):
            (root / "pan" / f"{n}.png").hardlink_to(root / "pan" / "one.png")
        file.write_text(json.dumps(content))
        del content, segments
        tracemalloc.start()
        with open_panoptic(file) as files:
            assert sum(len(each.shapes) for each in files.images()) == count
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    few, many = peak(10), peak(100)
    assert many < 1.3 * few


def test_real_shapes_come_out_to_the_pixel(shared_data, tmp_path):
    """coco-mini as panoptic PNG files: per image and class the pixels that pycocotools sees, where no two overlap."""
    source = COCO(str(shared_data / "coco-mini" / "instances.json"))
    wanted = _as_panoptic(source, tmp_path)
    with create_project(tmp_path / "project", image_root=shared_data / "coco-mini" / "images") as project:
        run_to_end(scan_images(project), lambda tick: None)
        with open_panoptic(tmp_path / "panoptic.json") as files:
            report = run_to_end(import_files(project, tmp_path, files, ImportSettings()), lambda tick: None)
        assert not report.unmatched
        assert not report.left_out
        names = {label.id: label.name for label in queries.labels(project)}
        found: dict[tuple[str, str], np.ndarray] = {}
        for record, regions in queries.image_regions(project):
            for region in regions:
                if region.label_id:
                    key = record.path, names[region.label_id]
                    found[key] = found.get(key, False) | masks.decode(region.mask)
    assert len(wanted) > 150
    for key, (mask, single) in wanted.items():
        here = found.get(key, np.zeros_like(mask)) & single
        assert np.array_equal(here, mask & single), key


def _as_panoptic(source, folder):
    """Write panoptic.json with its PNG files; per image and name, its pixels and where only one shape is."""
    content = {"images": source.dataset["images"], "categories": source.dataset["categories"], "annotations": []}
    names = {category["id"]: category["name"] for category in source.dataset["categories"]}
    wanted = {}
    for image in source.dataset["images"]:
        ids = np.zeros((image["height"], image["width"]), int)
        counts = np.zeros(ids.shape, int)
        classes: dict[int, np.ndarray] = {}
        segments = []
        for number, annotation in enumerate(source.loadAnns(source.getAnnIds(image["id"])), 1):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # pycocotools on NumPy 2
                mask = source.annToMask(annotation).astype(bool)
            ids[mask] = 65_537 * number
            counts += mask
            category = annotation["category_id"]
            classes[category] = classes.get(category, False) | mask
            segments.append({"id": 65_537 * number, "category_id": category})
        segments = [each for each in segments if (ids == each["id"]).any()]
        name = f"{image['file_name'].removesuffix('.jpg')}.png"
        save(folder / "panoptic" / name, id_colors(ids))
        content["annotations"].append({"image_id": image["id"], "file_name": name, "segments_info": segments})
        for category, mask in classes.items():
            if (mask & (counts == 1)).any():
                wanted[image["file_name"], names[category]] = mask, counts < 2
    (folder / "panoptic.json").write_text(json.dumps(content))
    return wanted
