"""Half-labelled COCO: finish the rest. Every other annotation is there, the model proposes what is left, and names come
from those that are there; what leaves has both. With the bundled model, by the command line."""

import contextlib
import io
import json
import shutil
import warnings

import numpy as np
import pytest
from pycocotools.coco import COCO
from shell import acseg

from acseg_core.shapes import masks
from acseg_core.store import open_project, queries
from acseg_core.store.edits import history
from acseg_core.types import RegionOrigin

CATEGORIES = ("person", "zebra", "elephant", "giraffe", "cow", "bus", "train", "airplane")
IMAGES = 8


@pytest.fixture
def half(tmp_path, shared_data):
    """A folder of photos, and a COCO file of every other annotation of all but the last two of them."""
    truth = json.loads((shared_data / "coco-mini" / "instances.json").read_text())
    names = {category["id"]: category["name"] for category in truth["categories"]}
    by_image = {}
    for each in truth["annotations"]:
        if names[each["category_id"]] in CATEGORIES:
            by_image.setdefault(each["image_id"], []).append(each)
    chosen = sorted(by_image, key=lambda id_: (-len(by_image[id_]), id_))[:IMAGES]
    photos = tmp_path / "photos"
    photos.mkdir()
    images = [image for image in truth["images"] if image["id"] in chosen]
    for image in images:
        shutil.copy(shared_data / "coco-mini" / "images" / image["file_name"], photos)
    given = [each for id_ in chosen[:-2] for each in by_image[id_][::2]]
    labels = tmp_path / "half.json"
    labels.write_text(json.dumps(truth | {"images": images, "annotations": given}))
    return photos, labels


def _read(path):
    with contextlib.redirect_stdout(io.StringIO()):
        return COCO(str(path))


def _pixels(file, image_id):
    """The pixels of each category in an image."""
    found = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pycocotools on NumPy 2
        for each in file.loadAnns(file.getAnnIds(image_id)):
            name = file.cats[each["category_id"]]["name"]
            found[name] = found.get(name, False) | file.annToMask(each).astype(bool)
    return found


def _imported(project):
    with open_project(project, read_only=True) as opened:
        return {
            region.id: (region.image_id, region.mask, region.label_id, region.status)
            for _, regions in queries.image_regions(opened)
            for region in regions
            if region.origin is RegionOrigin.IMPORTED
        }


def test_half_labelled_photos_are_finished(half, tmp_path):
    photos, labels = half
    project, out = tmp_path / "project", tmp_path / "out.json"
    acseg("init", project, "--images", photos)
    acseg("import", project, labels, "--in-review")
    before = _imported(project)
    assert before
    told = acseg("propose", project, "--input-size", "fast").stdout
    assert f"in {IMAGES} images, {IMAGES - 2} of them around labels" in told
    assert _imported(project) == before
    with open_project(project, read_only=True) as opened:
        for record, regions in queries.image_regions(opened):
            covered = sum(masks.decode(region.mask).astype(np.uint8) for region in regions)
            assert (covered == 1).all(), record.path
            assert sum(region.origin is RegionOrigin.CUT for region in regions) > 1
        undo = history.state(opened).undo
    assert undo == "Propose"
    assert "with a suggested name" in acseg("suggest", project).stdout
    assert " named as suggested" in acseg("suggest", project, "--accept-above", "0.3").stdout
    assert _imported(project) == before
    acseg("export", project, "--out", out, "--images", "named")

    source, result = _read(labels), _read(out)
    ids = {image["file_name"]: image["id"] for image in result.imgs.values()}
    with open_project(project, read_only=True) as opened:
        names = {label.id: label.name for label in queries.labels(opened)}
        records = {record.path: regions for record, regions in queries.image_regions(opened)}
    finished = 0
    for image in source.imgs.values():
        path = image["file_name"]
        given = sum(masks.area(region.mask) for region in records[path] if region.origin is RegionOrigin.IMPORTED)
        found = _pixels(result, ids[path]) if path in ids else {}
        for region in records[path]:
            if region.origin is RegionOrigin.IMPORTED:
                mask = masks.decode(region.mask)
                assert found[names[region.label_id]][mask].all(), "what was there leaves as it was"
        finished += sum(int(mask.sum()) for mask in found.values()) > given
    assert finished >= IMAGES - 2, "the rest of most photos has names, too"
    with open_project(project) as opened:
        while history.state(opened).undo != "Propose":
            history.undo(opened)
        history.undo(opened)
        counts = [len(regions) for _, regions in queries.image_regions(opened)]
    assert _imported(project) == before
    assert counts.count(0) == 2, "what nobody had labelled has no region again"
