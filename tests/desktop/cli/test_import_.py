"""`acseg import` as a shell sees it.

Covers: cli.import_preview.
"""

import contextlib
import io
import json
import signal
import subprocess
import time
import warnings
from pathlib import Path

import numpy as np
import pytest
from desktop.cli.samples import make_photos
from map_label_files import NORTH_UP, UTM, make_scene, square, write_layer, write_raster
from pycocotools.coco import COCO
from shell import ACSEG, acseg, refused

from acseg_core.formats.format import FORMATS
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history
from acseg_core.types import ImageStatus
from acseg_desktop.cli.import_ import FormatChoice

COCO_MINI = Path(__file__).parents[4] / "shared" / "data" / "coco-mini"


@pytest.fixture
def project(tmp_path):
    acseg("init", tmp_path / "project", "--images", make_photos(tmp_path / "photos"))
    return tmp_path / "project"


@pytest.fixture
def labels(tmp_path):
    """A COCO file of two of the photos, and of one that is not there."""
    names = ["sub folder/bild 0 ä.png", "bild 1 ä.png", "bild 9 ä.png"]
    square = [[2, 3, 12, 3, 12, 9, 2, 9]]
    content = {
        "images": [{"id": n, "file_name": f"images\\{name}"} for n, name in enumerate(names)],
        "categories": [{"id": 4, "name": "kitty"}, {"id": 2, "name": "dirt"}],
        "annotations": [
            {"image_id": n, "category_id": 4 - 2 * (n == 1), "segmentation": square if n else []} for n in (0, 1, 2)
        ]
        + [{"image_id": 0, "category_id": 4, "segmentation": square}],
    }
    path = tmp_path / "labels.json"
    path.write_text(json.dumps(content))
    return path


def _named(project):
    with open_project(project, read_only=True) as opened:
        names = {label.id: label.name for label in queries.labels(opened)}
        return {
            record.path: [names[region.label_id] for region in regions if region.label_id]
            for record, regions in queries.image_regions(opened)
        }


def test_labels_come_in_and_everything_else_is_told(project, labels):
    done = acseg("import", project, labels)
    assert done.stdout == f"{labels} (COCO instances): 2 regions in 2 images, 2 new labels\n"
    assert done.stderr.splitlines() == [
        "1 image in the file but not in the project: images\\bild 9 ä.png",
        "1 with a box but no outline: annotation 1",
    ]
    assert _named(project) == {"bild 1 ä.png": ["dirt"], "bild 2 ä.png": [], "sub folder/bild 0 ä.png": ["kitty"]}
    assert "2 images had nothing to add" in acseg("import", project, labels).stderr
    with open_project(project) as opened:
        history.undo(opened)
    assert set(map(tuple, _named(project).values())) == {()}


def test_crowds_are_told(project, labels):
    """On the code of before, they came in without a word."""
    content = json.loads(labels.read_text())
    content["annotations"][-1]["iscrowd"] = 1
    labels.write_text(json.dumps(content))
    told = "note: 1 crowd annotation comes in as an ordinary region: annotation 4"
    assert told in acseg("import", project, labels, "--dry-run").stdout.splitlines()
    assert told in acseg("import", project, labels).stderr.splitlines()
    assert _named(project)["sub folder/bild 0 ä.png"] == ["kitty"], "as any other"


def test_names_are_replaced_by_a_file(project, labels, tmp_path):
    names = tmp_path / "names.json"
    names.write_text('{"kitty": "cat", "dirt": ""}')
    acseg("import", project, labels, "--format", "coco", "--map", names, "--as", "suggested", "--in-review")
    with open_project(project, read_only=True) as opened:
        assert [label.name for label in queries.labels(opened)] == ["cat"]
    names.write_text('["kitty"]')
    assert "names.json: write the names like" in refused("import", project, labels, "--map", names)
    names.write_text("{")
    assert "names.json: this is not valid JSON" in refused("import", project, labels, "--map", names)
    assert "none.json" in refused("import", project, labels, "--map", tmp_path / "none.json")


def test_a_dry_run_says_all_and_changes_nothing(project, labels, tmp_path):
    names = tmp_path / "names.json"
    names.write_text('{"kitty": "cat"}')
    done = acseg("import", project, labels, "--map", names, "--dry-run")
    assert done.stdout.splitlines() == [
        f"{labels} (COCO instances): nothing is changed",
        "3 images in the file, 2 of them in the project",
        "not in the project: images\\bild 9 ä.png",
        "label kitty -> cat: new, 1 shape",
        "label dirt: new, 1 shape",
        "not used: 1 with a box but no outline: annotation 1",
    ]
    assert set(map(tuple, _named(project).values())) == {()}
    acseg("import", project, labels)
    again = acseg("import", project, labels, "--dry-run").stdout
    assert "label kitty: there already, 1 shape" in again
    assert "2 images with work of yours" in again
    labels.write_text(labels.read_text().replace("bild ", "foto "))
    assert "none of its images is in the project" in refused("import", project, labels, "--dry-run")


def test_shapes_wholly_under_others_are_told_with_what_to_do(project, labels):
    content = json.loads(labels.read_text())
    large, small = [[0, 0, 30, 0, 30, 20, 0, 20]], [[2, 3, 12, 3, 12, 9, 2, 9]]
    content["annotations"] = [{"image_id": 0, "category_id": 4, "segmentation": each} for each in (small, large)]
    labels.write_text(json.dumps(content))
    hint = "1 shape lies completely under others"
    dry = acseg("import", project, labels, "--dry-run").stdout
    assert f"{hint}, in the first images; --overlaps smaller puts them on top" in dry
    assert hint not in acseg("import", project, labels, "--dry-run", "--overlaps", "smaller").stdout
    told = acseg("import", project, labels).stderr
    assert f"{hint}; import again with --overlaps smaller --onto all to have them on top" in told
    again = acseg("import", project, labels, "--overlaps", "smaller", "--onto", "all")
    assert "2 regions in 1 image" in again.stdout
    assert hint not in again.stderr


def test_a_list_of_labels_is_a_format_too(project, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("cat\ndog\ncat\n")
    done = acseg("import", project, path)
    assert done.stdout == f"{path} (Plain text list): 2 new, 0 changed\n"
    assert done.stderr == "note: named more than once, imported once: “cat”\n"
    dry = acseg("import", project, path, "--dry-run").stdout.splitlines()
    assert dry[1:] == ["label cat: there already", "label dog: there already", f"note: {done.stderr[6:-1]}"]
    with open_project(project, read_only=True) as opened:
        assert [label.name for label in queries.labels(opened)] == ["cat", "dog"]
    path.write_text("id,name\n1,cat\n")
    assert "this is a table, not a list of labels" in refused("import", project, path)


def test_bad_input_is_one_line_and_changes_nothing(project, labels, tmp_path):
    before = _named(project)
    content = labels.read_text()
    for bad in (content[:-20], content.replace("[[2, 3", '[["2", 3'), content.replace('"id": 4', '"id": 2'), "x"):
        labels.write_text(bad)
        assert str(labels) in refused("import", project, labels, "--format", "coco")
    assert "no such file" in refused("import", project, tmp_path / "none.json")
    assert "the format was not recognised" in refused("import", project, tmp_path / "photos")
    assert "yola" in acseg("import", project, labels, "--format", "yola", code=2).stderr
    assert _named(project) == before
    with open_project(project, read_only=True) as opened:
        assert queries.labels(opened) == []


def test_help_names_all_formats():
    read = [each.key for each in FORMATS if each.opener]
    assert [choice.value for choice in FormatChoice] == ["auto", *read]
    told = " ".join(acseg("import", "--help").stdout.replace("│", " ").split())
    assert ", ".join(read) in told


BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><annotations><image name="&b;"/></annotations>'
CVAT = (
    '<annotations><image name="bild 0 ä.png" width="90" height="60">'
    '<polygon label="cat" points="2,3;12,3;12,9;2,9"/></image></annotations>'
)


def test_other_tools_come_in_and_what_would_do_harm_changes_nothing(project, tmp_path):
    path = tmp_path / "annotations.xml"
    for bad in (BOMB, CVAT[:-30], CVAT.replace("2,3;", "nan,3;")):
        path.write_text(bad, encoding="utf-8")
        assert str(path) in refused("import", project, path, "--format", "cvat")
    path.write_bytes(b"PK\x03\x04...")
    assert "unpack it and choose" in refused("import", project, path)
    assert not any(_named(project).values())
    path.write_text(CVAT, encoding="utf-8")
    assert "(CVAT for images): 1 region in 1 image, 1 new label" in acseg("import", project, path).stdout
    assert _named(project)["sub folder/bild 0 ä.png"] == ["cat"]


@pytest.mark.skipif(not COCO_MINI.is_dir(), reason="../shared/data/coco-mini is not there")
def test_a_real_coco_file_comes_out_as_it_went_in(tmp_path):
    """Per image and class the same pixels as pycocotools sees in the source, where its shapes do not overlap."""
    acseg("init", tmp_path / "p", "--images", COCO_MINI / "images")
    acseg("import", tmp_path / "p", COCO_MINI / "instances.json")
    acseg("export", tmp_path / "p", "--out", tmp_path / "out.json")
    source, out = _loaded(COCO_MINI / "instances.json"), _loaded(tmp_path / "out.json")
    assert {c["id"]: c["name"] for c in source.dataset["categories"]} == {
        c["id"]: c["name"] for c in out.dataset["categories"]
    }
    by_name = {image["file_name"]: image["id"] for image in out.dataset["images"]}
    compared = 0
    for image in source.dataset["images"]:
        wanted, single = _classes(source, image["id"], (image["height"], image["width"]))
        if not wanted:
            continue  # nobody said that there is nothing in it, so it is not done
        found, _ = _classes(out, by_name[image["file_name"]], single.shape)
        for category, mask in wanted.items():
            if (mask & single).any():
                assert np.array_equal(mask & single, found[category] & single)
                compared += 1
    assert compared > 150


def _loaded(path):
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(path))


def _classes(file, image_id, shape):
    """The pixels of each category, and those that not more than one shape has."""
    masks, counts = {}, np.zeros(shape, int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pycocotools on NumPy 2
        for annotation in file.loadAnns(file.getAnnIds(image_id)):
            mask = file.annToMask(annotation).astype(bool)
            counts += mask
            masks[annotation["category_id"]] = masks.get(annotation["category_id"], False) | mask
    return masks, counts < 2


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_import_that_is_ended_in_the_middle_goes_on_and_is_one_step(tmp_path, number):
    """A real process; on the code of before, what it had done was an undo step of its own."""
    count = 150
    acseg("init", tmp_path / "p", "--images", make_photos(tmp_path / "photos", count))
    with open_project(tmp_path / "p", read_only=True) as opened:
        paths = [record.path for record in queries.images(opened)]
    squares = [[[x, y, x + 8, y, x + 8, y + 8, x, y + 8]] for x in (2, 14, 26, 38) for y in (2, 14, 26, 38)]
    content = {
        "images": [{"id": n, "file_name": path} for n, path in enumerate(paths)],
        "categories": [{"id": 1, "name": "cat"}, {"id": 2, "name": "dog"}],
        "annotations": [
            {"image_id": n, "category_id": 1 + k % 2, "segmentation": square}
            for n in range(count)
            for k, square in enumerate(squares)
        ],
    }
    labels = tmp_path / "labels.json"
    labels.write_text(json.dumps(content))
    run = subprocess.Popen([*ACSEG, "import", str(tmp_path / "p"), str(labels)], stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while _done(tmp_path / "p") < 5 and time.monotonic() < deadline:
        time.sleep(0.02)
    run.send_signal(number)
    run.communicate()
    there = _done(tmp_path / "p")
    assert 5 <= there < count
    with open_project(tmp_path / "p", read_only=True) as opened:
        assert {len(regions) for _, regions in queries.image_regions(opened)} == {0, len(squares) + 1}, "nothing half"
    again = acseg("import", tmp_path / "p", labels)
    assert f"{len(squares) * (count - there)} regions in {count - there} images, 0 new labels" in again.stdout
    with open_project(tmp_path / "p") as opened:
        assert queries.summary(opened).regions_named == len(squares) * count
        history.undo(opened)
        assert queries.summary(opened).regions == 0
        assert queries.labels(opened) == []
        assert history.state(opened).undo is None


def _done(project):
    with open_project(project, read_only=True) as opened:
        return sum(record.status is ImageStatus.DONE for record in queries.images(opened))


def test_labels_on_a_map_come_in_by_place_and_the_field_is_asked_for(tmp_path):
    project = make_scene(tmp_path)
    path = tmp_path / "labels.gpkg"
    shapes = [square(10, 10, 90, 40), square(-90, 0, -80, 9)]
    write_layer(path, shapes, layer="land", a=["road", "road"], b=["x", "x"])
    assert "several fields could say the labels (a, b); choose one (--field)" in refused("import", project, path)
    dry = acseg("import", project, path, "--field", "a", "--dry-run").stdout.splitlines()
    assert dry == [
        f"{path} (GeoPackage): nothing is changed",
        "labels on 2 images of the project",
        "label road: new, 2 shapes",
        "not used: 1 outside of all images: land 2",
        "note: labels are from the field a",
    ]
    done = acseg("import", project, path, "--field", "a", "--layer", "land")
    assert done.stdout == f"{path} (GeoPackage): 2 regions in 2 images, 1 new label\n"
    assert done.stderr.splitlines() == [
        "1 outside of all images: land 2",
        "note: labels are from the field a",
    ]
    raster = write_raster(tmp_path / "classes.tif", np.full((150, 210), 3, np.uint8), NORTH_UP, UTM)
    (tmp_path / "classes.json").write_text('{"3": "road"}')
    done = acseg("import", project, raster, "--onto", "all")
    assert done.stdout == f"{raster} (Class maps (GeoTIFF)): 6 regions in 6 images, 0 new labels\n"
    assert done.stderr == ""
