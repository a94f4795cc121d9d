"""Regions as annotations: a thing's parts, and polygons that say what they lose."""

import json

import numpy as np
import pytest
from coco_files import export, loaded, mask_of

from acseg_core.formats import instances
from acseg_core.formats.instances import ShapeOptions, ShapeWriter
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import splitting


def test_a_thing_is_an_annotation_a_part_and_stuff_is_one(streets, street, tmp_path):
    """On the code of before, the cars were one annotation."""
    report, _ = export(streets, tmp_path / "out.json")
    file = loaded(report.path)
    assert {c["name"]: c["isthing"] for c in file.loadCats(file.getCatIds())} == {"sky": 0, "car": 1}
    by_name = {file.cats[c]["name"]: file.loadAnns(file.getAnnIds(catIds=[c])) for c in file.getCatIds()}
    assert len(by_name["sky"]) == 1
    cars = [mask_of(file, annotation) for annotation in by_name["car"]]
    assert [int(car.sum()) for car in cars] == [60 * 40 + 40 * 20, 70 * 40 - 100 + 8, 60 * 40 + 20]
    assert [annotation["area"] for annotation in by_name["car"]] == [int(car.sum()) for car in cars]
    assert by_name["car"][1]["bbox"] == [20, 60, 70, 44], "dirt goes with the nearest car"
    assert np.array_equal(np.sum(cars, axis=0), street == 1), "no pixel is lost or doubled"
    assert report.shapes.divided == 1


def test_parts_that_are_kept_together_are_one_annotation(streets, street, tmp_path):
    """On the code of before, they were one a part, whatever had been said in the window."""
    (car,) = (region for region in queries.regions(streets, 1) if (masks.decode(region.mask) == (street == 1)).all())
    splitting.keep_together(streets, [car.id])
    report, _ = export(streets, tmp_path / "out.json")
    file = loaded(report.path)
    assert report.annotations == 2
    assert any(np.array_equal(mask_of(file, each), street == 1) for each in file.anns.values())
    assert report.shapes.divided == 0
    splitting.split_components(streets, car.id)
    assert export(streets, tmp_path / "out.json")[0].annotations == 4


def test_one_annotation_a_region_on_request_and_with_all_regions(streets, tmp_path):
    for options, count in (
        ({"instances": "region"}, 2),
        ({"all_regions": True}, 3),
        ({"all_regions": True, "instances": "parts"}, 5),
    ):
        report, _ = export(streets, tmp_path / "out.json", **options)
        assert report.annotations == count
    assert len({a["id"] for a in json.loads(report.path.read_text())["annotations"]}) == 5
    assert "isthing" not in loaded(report.path).loadCats(loaded(report.path).getCatIds())[0], "nobody knows of these"


@pytest.mark.parametrize("options", [{}, {"fill_holes": 200}, {"tolerance": 6}])
def test_polygons_of_parts_are_read_by_pycocotools(streets, tmp_path, options):
    exact, _ = export(streets, tmp_path / "rle.json")
    drawn, _ = export(streets, tmp_path / "polygons.json", polygons=True, **options)
    one, other = loaded(exact.path), loaded(drawn.path)
    changed = {i: int((mask_of(one, one.anns[i]) != mask_of(other, other.anns[i])).sum()) for i in one.anns}
    assert all(isinstance(a["segmentation"], list) for a in other.anns.values())
    shapes = drawn.shapes
    assert shapes.changed == sum(changed.values())
    assert shapes.inexact == sum(value > 0 for value in changed.values())
    assert (shapes.changed == 0) == (not options)
    assert shapes.pixels == sum(a["area"] for a in one.anns.values())
    assert [shape.changed for shape in shapes.worst] == sorted(filter(None, changed.values()), reverse=True)


def test_the_report_names_the_worst(monkeypatch):
    monkeypatch.setattr(instances, "_LISTED", 2)
    writer = ShapeWriter(ShapeOptions(polygons=True, fill_holes=100))
    for number, side in enumerate((2, 5, 0, 3), 1):
        mask = np.ones((20, 20), bool)
        mask[4 : 4 + side, 4 : 4 + side] = False
        rle = masks.encode(mask)
        assert writer.polygons(rle, region_id=number, path="a.jpg").changed == side**2
    assert (writer.report.inexact, writer.report.changed) == (3, 38)
    assert [(shape.region_id, shape.changed) for shape in writer.report.worst] == [(2, 25), (4, 9)]


def test_what_is_no_thing_is_one_annotation(streets):
    writer = ShapeWriter(ShapeOptions())
    cars = next(region for _, group in queries.image_regions(streets) for region in group if region.node == 1)
    assert len(writer.divided(cars, is_thing=False)) == 1
    assert len(writer.divided(cars, is_thing=True)) == 3
