"""CVAT's XML, as CVAT describes it and as it is read back: to the pixel."""

from xml.etree import ElementTree

import hard_project
import numpy as np
import pytest
from round_trips import exported_shapes, make_project, read, read_back, write
from stopwatch import most_held

from acseg_core.errors import ExportError
from acseg_core.formats.format import format_called
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.splits import Split
from acseg_core.store import open_project, queries
from acseg_core.store.edits.labels import create_label
from acseg_core.store.queries import region_queries
from acseg_core.workflows.exporting import ExportSettings, export_labels

MAP = np.zeros((12, 14), np.int32)
MAP[1:4, 2:5] = 1
MAP[1, 2] = MAP[2, 3] = 0
MAP[9:11, 10:14] = 1
MAP[0, 13] = 2


@pytest.fixture
def small(tmp_path):
    """A thing in two parts, one of them with a hole, and one pixel in the corner."""
    with open_project(make_project(tmp_path, {"sub/a b.png": (MAP, {1: "cat", 2: "dog"})})) as project:
        yield project


def root_of(path):
    return ElementTree.fromstring(path.read_text("utf-8"))  # our own file


def test_a_file_has_what_cvat_describes(small, tmp_path):
    report = write(small, tmp_path / "out.xml", "cvat")
    assert (report.files, report.images, report.annotations) == (1, 1, 2)
    root = root_of(tmp_path / "out.xml")
    assert (root.tag, root.findtext("version")) == ("annotations", "1.1")
    assert root.findtext("meta/task/mode") == "annotation"
    assert root.findtext("meta/task/size") == "1"
    labels = {label.findtext("name"): label.findtext("color") for label in root.iterfind("meta/task/labels/label")}
    assert labels == {label.name: label.color for label in queries.labels(small)}
    (image,) = root.iterfind("image")
    assert image.attrib == {"id": "0", "name": "sub/a b.png", "width": "14", "height": "12"}
    assert [shape.tag for shape in image] == ["mask", "mask"]
    cat, dog = (dict(shape.attrib) for shape in image)
    assert dog == {
        "label": "dog",
        "source": "manual",
        "occluded": "0",
        "rle": "0, 1",
        "left": "13",
        "top": "0",
        "width": "1",
        "height": "1",
        "z_order": "0",
    }
    assert [cat[key] for key in ("left", "top", "width", "height")] == ["2", "1", "12", "10"]


def test_run_lengths_go_along_rows_and_begin_outside(small, tmp_path):
    write(small, tmp_path / "out.xml", "cvat")
    for shape, number in zip(root_of(tmp_path / "out.xml").iter("mask"), (1, 2), strict=True):
        left, top, width, height = (int(shape.get(key)) for key in ("left", "top", "width", "height"))
        pixels = [number % 2 for number, count in enumerate(shape.get("rle").split(",")) for _ in range(int(count))]
        found = np.zeros(MAP.shape, bool)
        found[top : top + height, left : left + width] = np.array(pixels, bool).reshape(height, width)
        assert np.array_equal(found, number == MAP)


def test_polygons_of_a_shape_have_one_group(small, tmp_path):
    write(small, tmp_path / "out.xml", "cvat", polygons=True)
    shapes = list(root_of(tmp_path / "out.xml").iter("polygon"))
    assert [(shape.get("label"), shape.get("group_id")) for shape in shapes] == [
        ("cat", "1"),
        ("cat", "1"),
        ("dog", None),
    ]
    assert shapes[-1].get("points") == "13,0;14,0;14,1;13,1"


@pytest.mark.parametrize("polygons", [None, True])
@pytest.mark.parametrize("images", [None, ImageFiles.COPY])
def test_what_was_written_comes_back_to_the_pixel(hard, hard_folder, tmp_path, polygons, images):
    out = tmp_path / ("out.xml" if images is None else "out")
    report = write(hard, out, "cvat", polygons=polygons, with_images=images)
    found, imported = read_back(out, "cvat", hard_folder, tmp_path / "back")
    assert found == exported_shapes(hard)
    assert (imported.unmatched, imported.left_out, imported.notes) == ((), (), ())
    assert [part.places for part in report.cautions] == ([] if images is None else [(hard_project.TURNED,)])
    assert len(report.notes) == len(report.cautions)
    assert report.lost == {"things": 1, "ids": 299, "supercategories": 1, "void": 1, "remarks": 2, "negatives": 2}
    assert report.shapes.inexact == 0


def test_colors_come_back(hard, hard_folder, tmp_path):
    write(hard, tmp_path / "out.xml", "cvat")
    with open_project(hard_project.empty_copy(hard_folder, tmp_path / "back")) as copy:
        read(tmp_path / "out.xml", "cvat", copy)
        found = {label.name: label.color for label in queries.labels(copy)}
    assert found == {label.name: label.color for label in queries.labels(hard) if not label.is_void}


def test_a_folder_is_as_cvat_exports_it_and_splits_are_subsets(hard, hard_folder, tmp_path):
    report = write(hard, tmp_path / "out", "cvat", split=Split({"train": 0.6, "val": 0.4}), with_images=ImageFiles.COPY)
    images = list(root_of(tmp_path / "out" / "annotations.xml").iterfind("image"))
    subsets = [image.get("subset") for image in images]
    assert {name: subsets.count(name) for name in report.splits} == report.splits
    assert [image.get("id") for image in images] == [str(number) for number in range(len(images))]
    for image in images:
        assert (tmp_path / "out" / "images" / image.get("subset") / image.get("name")).is_file()
    found, _ = read_back(tmp_path / "out", "cvat", hard_folder, tmp_path / "back")
    assert found == exported_shapes(hard)


def test_names_that_xml_cannot_hold_are_refused(small, tmp_path):
    create_label(small, "odd \ufffe name")
    with pytest.raises(ExportError, match=r'^the label "odd . name" has a character that XML cannot hold; rename it'):
        write(small, tmp_path / "out.xml", "cvat")
    assert not (tmp_path / "out.xml").exists()


def test_a_label_that_reading_takes_for_holes_is_told(small, tmp_path):
    create_label(small, "Background")
    assert write(small, tmp_path / "out.xml", "cvat").notes == (
        "1 labels that CVAT takes for holes in others: Background",
    )


def test_memory_stays_flat_over_many_images(crowded, tmp_path, monkeypatch):
    """Eighty images are written in little more than eight, although the file grows by half a megabyte."""
    monkeypatch.setattr(region_queries, "_PAGE", 4)
    out = tmp_path / "out.xml"
    peaks, sizes = [], []
    for count in (8, 8, 80):  # the first time, statements are compiled and modules loaded
        ids = queries.image_ids(crowded)[:count]
        settings = ExportSettings(all_regions=True, image_ids=ids, with_problems=True)
        peaks.append(most_held(export_labels(crowded, out, format_called("cvat"), settings)))
        sizes.append(out.stat().st_size)
    assert sizes[2] - sizes[1] > 500_000
    assert peaks[2] < 1.3 * peaks[1]
