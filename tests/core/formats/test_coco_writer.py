"""The COCO file, as others read it."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from coco_files import ALL, export, loaded, mask_of
from stopwatch import most_held

from acseg_core.errors import NothingToExportError, StorageError
from acseg_core.formats import coco_writer
from acseg_core.reports import ExportReport
from acseg_core.store import create_project, open_project, queries
from acseg_core.store.edits import history, remarks, review
from acseg_core.store.edits.label_list import delete_label, move_labels
from acseg_core.store.edits.labels import create_label, update_label
from acseg_core.store.queries import region_queries
from acseg_core.workflows.exporting import export_coco

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("named", {}),
        ("any", {"status": "any"}),
        ("all-regions", {"all_regions": True}),
        ("polygons", {"polygons": True, "all_regions": True}),
    ],
)
def test_golden_files(project, tmp_path, monkeypatch, update_golden, name, options):
    monkeypatch.setattr(coco_writer, "__version__", "0.0.0")
    out = tmp_path / "out.json"
    export(project, out, **options)
    golden = GOLDEN / f"{name}.json"
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(out.read_bytes())
    assert json.loads(out.read_text("ascii")) == json.loads(golden.read_text("ascii"))
    again = tmp_path / "again.json"
    export(project, again, **options)
    assert again.read_bytes() == out.read_bytes()


def test_named_regions_only(project, tmp_path):
    report, ticks = export(project, tmp_path / "out.json")
    assert report == ExportReport(
        path=tmp_path / "out.json", images=4, annotations=3, categories=3, regions=3, negatives=2, format="coco"
    )
    assert [(tick.done, tick.total) for tick in ticks] == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert ticks[-1].message == "sub/ü10.png"
    file = loaded(report.path)
    assert [(c["id"], c["name"], c["supercategory"]) for c in file.loadCats(file.getCatIds())] == [
        (1, "Sky", "stuff"),
        (2, "tree", ""),
        (3, "unused", ""),
    ]
    assert [image["file_name"] for image in file.loadImgs(file.getImgIds())] == [
        "a photo.jpg",
        "empty.jpg",
        "sub/b.png",
        "sub/ü10.png",
    ]
    assert file.getAnnIds() == [1, 2, 3]
    assert {a["iscrowd"] for a in file.dataset["annotations"]} == {0}
    assert "region_id" not in file.dataset["annotations"][0]
    sky = [a for a in file.dataset["annotations"] if a["category_id"] == 1]
    assert [a["area"] for a in sky] == [16, 3]
    assert sky[0]["bbox"] == [0, 0, 5, 4]
    assert np.array_equal(mask_of(file, sky[1]), np.array([[0, 0, 1, 1], [0, 1, 0, 0], [0, 0, 0, 0]], bool))


@pytest.mark.parametrize("polygons", [False, True])
def test_all_regions_partition_every_image(project, tmp_path, polygons):
    report, _ = export(project, tmp_path / "out.json", all_regions=True, polygons=polygons)
    file = loaded(report.path)
    assert file.loadCats(4)[0]["name"] == "region"
    assert [c["name"] for c in file.loadCats(file.getCatIds())] == ["region", "Sky", "tree", "unused"]
    for image in file.loadImgs(file.getImgIds()):
        annotations = file.loadAnns(file.getAnnIds(image["id"]))
        cover = np.zeros((image["height"], image["width"]), int)
        for annotation in annotations:
            mask = mask_of(file, annotation)
            assert annotation["area"] == mask.sum()
            ys, xs = np.nonzero(mask)
            assert annotation["bbox"] == [xs.min(), ys.min(), np.ptp(xs) + 1, np.ptp(ys) + 1]
            cover += mask
        assert np.all(cover == (0 if image["file_name"] == "empty.jpg" else 1))
    named = {a["region_id"]: a["category_id"] for a in file.dataset["annotations"] if a["category_id"] != 4}
    assert sorted(named.values()) == [1, 1, 2], "the ids that labels have in every export"
    assert {a["cluster_id"] for a in file.dataset["annotations"]} == {None}
    regions = {region.id for _, group in queries.image_regions(project) for region in group}
    assert {a["region_id"] for a in file.dataset["annotations"]} == regions


def test_void_is_neither_a_category_nor_an_annotation(project, tmp_path):
    whole, _ = export(project, tmp_path / "all.json", all_regions=True)
    sky = next(label for label in queries.labels(project) if label.name == "Sky")
    update_label(project, sky.id, is_void=True)
    report, _ = export(project, tmp_path / "out.json")
    file = loaded(report.path)
    assert [(c["id"], c["name"]) for c in file.loadCats(file.getCatIds())] == [(2, "tree"), (3, "unused")]
    assert [a["category_id"] for a in file.dataset["annotations"]] == [2]
    partition, _ = export(project, tmp_path / "again.json", all_regions=True)
    assert partition.annotations == whole.annotations, "all regions still cover the image"
    named = [a for a in loaded(partition.path).dataset["annotations"] if a["category_id"] != 4]
    assert [a["category_id"] for a in named] == [2]


def test_polygons_are_polygons(project, tmp_path):
    """On the code of before, the region with a hole was written as RLE, and nothing said so."""
    report, _ = export(project, tmp_path / "out.json", polygons=True)
    with_hole, without, in_parts = json.loads(report.path.read_text())["annotations"]
    assert with_hole["segmentation"] == [[0, 0, 2, 0, 2, 1, 2, 3, 4, 3, 4, 1, 2, 1, 2, 0, 5, 0, 5, 4, 0, 4]]
    assert without["segmentation"] == [[2, 1, 4, 1, 4, 3, 2, 3]]
    assert len(in_parts["segmentation"]) == 2, "stuff is one annotation, in however many parts"
    assert (report.shapes.polygons, report.shapes.inexact, report.shapes.changed) == (3, 0, 0)
    assert report.shapes.points == 11 + 4 + 4 + 4


def test_status_any_takes_names_nobody_accepted(project, tmp_path, monkeypatch):
    rejected = next(r for _, group in queries.image_regions(project) for r in group if r.status == "rejected")
    before, _ = export(project, tmp_path / "a.json", status="any")
    assert before.annotations == 3
    original = queries.image_regions

    def suggested(project, image_ids=None):
        for record, group in original(project, image_ids):
            yield (
                record,
                [replace(r, status="suggested" if r.label_id else r.status, label_id=r.label_id or 1) for r in group],
            )

    monkeypatch.setattr(queries, "image_regions", suggested)
    report, _ = export(project, tmp_path / "b.json", all_regions=True)
    assert {a["category_id"] for a in json.loads(report.path.read_text())["annotations"]} == {4}
    report, _ = export(project, tmp_path / "c.json", status="any", all_regions=True)
    by_region = {a["region_id"]: a["category_id"] for a in json.loads(report.path.read_text())["annotations"]}
    assert by_region.pop(rejected.id) == 4
    assert set(by_region.values()) == {1, 2}


def test_category_ids_stay_with_their_label(project, tmp_path):
    """On the code of before, every one of these gave ids by the place in the list."""

    def ids(name, **options):
        report, _ = export(project, tmp_path / name, **options)
        return {c["name"]: c["id"] for c in json.loads(report.path.read_text())["categories"]}

    before = ids("a.json")
    assert before == {"Sky": 1, "tree": 2, "unused": 3}
    assert ids("b.json", all_regions=True) == before | {"region": 4}
    sky, tree, unused = queries.labels(project)
    move_labels(project, [unused.id], before=sky.id)
    assert ids("c.json") == before
    update_label(project, tree.id, is_void=True)
    delete_label(project, sky.id)
    assert ids("d.json") == {"unused": 3}
    history.undo(project)
    history.undo(project)
    made, _ = create_label(project, "new")
    assert ids("e.json", all_regions=True) == before | {"new": made.category_id, "region": 5}


def test_a_label_named_region_shares_its_category(project, tmp_path):
    review.name_regions_as(project, [queries.regions(project, 1)[1].id], "Region")
    report, _ = export(project, tmp_path / "out.json", all_regions=True)
    names = [category["name"] for category in json.loads(report.path.read_text())["categories"]]
    assert names == ["region", "Sky", "tree", "unused"]
    report, _ = export(project, tmp_path / "named.json")
    assert [c["name"] for c in json.loads(report.path.read_text())["categories"]] == ["Sky", "tree", "unused", "Region"]


def test_undo_takes_names_out_again(project, tmp_path):
    review.name_regions(project, [queries.regions(project, 1)[1].id], 1)
    assert export(project, tmp_path / "a.json")[0].annotations == 4
    history.undo(project)
    assert export(project, tmp_path / "a.json")[0].annotations == 3


def test_stopping_leaves_no_half_file(project, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "out.json"
    work = export_coco(project, out, **ALL)
    next(work)
    next(work)
    work.close()
    assert list(folder.iterdir()) == []
    out.write_text("old")
    work = export_coco(project, out, **ALL)
    next(work)
    next(work)
    work.close()
    assert out.read_text() == "old"
    assert [path.name for path in folder.iterdir()] == ["out.json"]


def test_a_full_disk_leaves_the_old_file(project, tmp_path, monkeypatch):
    out = tmp_path / "out.json"
    out.write_text("old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="disk is full"):
        export(project, out)
    assert out.read_text() == "old"
    assert not list(tmp_path.glob(".out*"))


def test_places_that_are_no_place_for_a_file(project, tmp_path):
    for out in (tmp_path, tmp_path / "missing" / "out.json", project.folder / "project.db"):
        with pytest.raises(StorageError) as caught:
            export(project, out)
        assert str(out) in str(caught.value)
    assert len(queries.images(project)) == 4


def test_a_read_only_project_exports_too(project, tmp_path):
    expected = export(project, tmp_path / "a.json")[0].path.read_bytes()
    project.close()
    with open_project(project.folder, read_only=True) as reader:
        assert export(reader, tmp_path / "b.json")[0].path.read_bytes() == expected


def test_a_project_without_images(tmp_path):
    (tmp_path / "images").mkdir()
    with (
        create_project(tmp_path / "project", image_root=tmp_path / "images") as project,
        pytest.raises(NothingToExportError, match="nothing to export"),
    ):
        export(project, tmp_path / "out.json", all_regions=True)
    assert not (tmp_path / "out.json").exists()


def test_memory_stays_flat_over_many_images(crowded, tmp_path, monkeypatch):
    monkeypatch.setattr(coco_writer, "_SPOOL_BYTES", 1000)
    monkeypatch.setattr(region_queries, "_PAGE", 8)
    ids = queries.image_ids(crowded)
    peaks = []
    out = tmp_path / "out.json"
    for count in (10, 10, 80):  # the first time, statements are compiled and modules loaded
        peaks.append(most_held(export_coco(crowded, out, all_regions=True, image_ids=ids[:count], with_problems=True)))
    assert out.stat().st_size > 1_000_000
    assert peaks[2] < 1.3 * peaks[1]
    file = loaded(out)
    assert len(file.anns) == 5120
    assert [image["file_name"] for image in file.dataset["images"]] == [f"{number:04}.jpg" for number in range(80)]
    assert len(file.getAnnIds(80)) == 64


def test_exporting_loads_no_torch():
    code = "import sys, acseg_core.workflows.exporting; sys.exit('torch' in sys.modules or 'timm' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_some_images_are_those_of_the_whole_file(project, tmp_path):
    export(project, tmp_path / "all.json", all_regions=True)
    whole = json.loads((tmp_path / "all.json").read_text())
    chosen = [image["id"] for image in whole["images"]][1:]
    report, ticks = export(project, tmp_path / "some.json", all_regions=True, image_ids=chosen[::-1])
    some = json.loads((tmp_path / "some.json").read_text())
    assert report.images == len(chosen) == ticks[-1].total
    assert some["images"] == whole["images"][1:]
    assert some["categories"] == whole["categories"]
    without_id = [{**each, "id": 0} for each in some["annotations"]]
    assert without_id == [{**each, "id": 0} for each in whole["annotations"] if each["image_id"] in chosen]


def test_remarks_are_in_extra_keys_only_where_there_are_some(project, tmp_path):
    first, second = queries.image_ids(project)[:2]
    remarks.write_comment(project, first, "dark:\nlook again “ß”")
    review.accept_image(project, second)
    remarks.set_reviewed(project, [second], is_reviewed=True)
    export(project, tmp_path / "out.json")
    images = {image["id"]: image for image in loaded(tmp_path / "out.json").dataset["images"]}
    assert images[first]["comment"] == "dark:\nlook again “ß”"
    assert images[second]["reviewed"] is True
    assert "reviewed" not in images[first]
    assert "comment" not in images[second]
    for image_id, image in images.items():
        assert image_id in (first, second) or image.keys() == {"id", "file_name", "width", "height"}
