"""`acseg export` as a shell sees it: the files read back by others' code."""

import json
import re
from pathlib import Path

import numpy as np
from pycocotools.coco import COCO
from shell import acseg, refused

from acseg_core.formats.format import FORMATS
from acseg_core.shapes import masks
from acseg_core.shapes.parts import count_parts
from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_core.types import ImageStatus, Rle
from acseg_desktop.cli.export import ExportFormat


def test_from_a_folder_to_a_partition_in_coco(tmp_path: Path, proposed: Path) -> None:
    out = tmp_path / "f.json"
    acseg("export", proposed, "--format", "coco", "--all-regions", "--out", out)
    coco = COCO(str(out))
    assert len(coco.imgs) == 3
    assert sorted(coco.anns) == list(range(1, len(coco.anns) + 1))
    for image in coco.imgs.values():
        covered = np.zeros((image["height"], image["width"]), int)
        for annotation in coco.imgToAnns[image["id"]]:
            mask = coco.annToMask(annotation)
            assert annotation["area"] == mask.sum()
            assert {"region_id", "cluster_id"} <= annotation.keys()
            covered += mask
        assert (covered == 1).all()
    assert {image["file_name"] for image in coco.imgs.values()} == {
        "sub folder/bild 0 ä.png",
        "bild 1 ä.png",
        "bild 2 ä.png",
    }


def test_names_given_are_exported_and_counted(tmp_path: Path, proposed: Path) -> None:
    everything = tmp_path / "all.json"
    acseg("export", proposed, "--all-regions", "--out", everything)
    regions = [annotation["region_id"] for annotation in json.loads(everything.read_text())["annotations"]]
    acseg("name", proposed, "--region", str(regions[0]), "--region", str(regions[1]), "--label", "road")
    assert (
        "1 region named road surface" not in acseg("name", proposed, "--label-of", "ROAD", "--label", "tarmac").stdout
    )
    named = tmp_path / "named.json"
    acseg("export", proposed, "--images", "all", "--out", named)
    coco = COCO(str(named))
    assert len(coco.imgs) == 3
    assert len(coco.anns) == 2
    assert coco.cats[coco.anns[1]["category_id"]]["name"] == "tarmac"
    status = json.loads(acseg("status", proposed, "--json").stdout)
    assert status["regions_named"] == 2
    assert status["history"]["edits"] > 0
    assert f"{status['history']['edits']} edits can be undone" in acseg("status", proposed).stdout
    assert status["history"]["bytes"] > 0
    assert "2 named" in acseg("status", proposed).stdout


def test_polygons_on_request_stay_the_same_masks(tmp_path: Path, proposed: Path) -> None:
    rle, polygons = tmp_path / "rle.json", tmp_path / "polygons.json"
    acseg("export", proposed, "--all-regions", "--out", rle)
    acseg("export", proposed, "--all-regions", "--polygons", "--out", polygons)
    exact, drawn = COCO(str(rle)), COCO(str(polygons))
    assert all(isinstance(annotation["segmentation"], list) for annotation in drawn.anns.values())
    for number, annotation in exact.anns.items():
        size = annotation["segmentation"]["size"]
        mask = masks.decode(Rle(annotation["segmentation"]["counts"].encode(), *size))
        assert np.array_equal(drawn.annToMask(drawn.anns[number]).astype(bool), mask)


def test_done_images_leave_and_the_others_are_counted(tmp_path: Path, proposed: Path, odd_photos: Path) -> None:
    """On the code of before, all images left by default, with masks of photos that were replaced, and nothing told."""
    out = tmp_path / "out.json"
    out.write_text("mine")
    line = refused("export", proposed, "--out", out)
    assert "nothing to export: no image is done yet" in line
    assert "--images named" in line
    assert out.read_text() == "mine"
    with open_project(proposed) as project:
        for record in queries.images(project):
            review.name_regions_as(project, [queries.regions(project, record.id)[0].id], "road")
            review.accept_image(project, record.id)
        review.set_image_status(project, 3, ImageStatus.IN_REVIEW)
    done = acseg("export", proposed, "--out", out)
    assert done.stdout == f"{out}: 2 annotations, 2 images, 1 category\n"
    assert done.stderr.splitlines() == ["2 images, 2 regions, 2 instances", "1 image left out: not done"]
    first = sorted(COCO(str(out)).imgs.values(), key=lambda image: image["id"])[0]["file_name"]
    (odd_photos / first).write_bytes((odd_photos / "bild 2 ä.png").read_bytes()[:-9])
    done = acseg("export", proposed, "--out", out)
    assert len(COCO(str(out)).imgs) == 1
    assert "1 image left out: changed on disk; --with-problems exports them anyway" in done.stderr
    (odd_photos / first).unlink()
    done = acseg("export", proposed, "--out", out)
    assert "1 image left out: missing; --with-problems exports them anyway" in done.stderr
    acseg("export", proposed, "--with-problems", "--out", out)
    assert len(COCO(str(out)).imgs) == 2
    acseg("export", proposed, "--images", "named", "--with-problems", "--out", out)
    assert len(COCO(str(out)).imgs) == 3
    done = acseg("export", proposed, "--all-regions", "--images", "done", "--out", out)
    assert len(COCO(str(out)).imgs) == 1


def test_what_polygons_cannot_say_is_counted_beside_the_results(tmp_path: Path, proposed: Path) -> None:
    out = tmp_path / "f.json"
    exact = acseg("export", proposed, "--all-regions", "--polygons", "--out", out)
    assert "all exactly like their masks" in exact.stderr
    assert "exactly" not in exact.stdout
    loose = acseg("export", proposed, "--all-regions", "--polygons", "--tolerance", "12", "--out", out)
    counted = re.search(
        r"(\d+) polygons with (\d+) points; (\d+) not exactly like their masks: ([\d,]+) pixels differ", loose.stderr
    )
    assert counted is not None
    assert len(re.findall(r"^  .*: region \d+, \d+ pixels?$", loose.stderr, re.MULTILINE)) == int(counted[3])
    drawn = COCO(str(out))
    assert int(counted[1]) == len(drawn.anns)
    assert int(counted[2]) == sum(len(ring) // 2 for a in drawn.anns.values() for ring in a["segmentation"])
    refused = acseg("export", proposed, "--tolerance", "4", "--out", out, code=2)
    assert "--polygons" in refused.stderr


def test_parts_of_things_or_whole_regions(tmp_path: Path, proposed: Path) -> None:
    everything, out = tmp_path / "all.json", tmp_path / "f.json"
    acseg("export", proposed, "--all-regions", "--out", everything)
    annotations = json.loads(everything.read_text())["annotations"]
    parts = {}
    for annotation in annotations:
        mask = Rle(annotation["segmentation"]["counts"].encode(), *annotation["segmentation"]["size"])
        parts[annotation["region_id"]] = count_parts(mask)
        acseg("name", proposed, "--region", str(annotation["region_id"]), "--label", "car")
    acseg("export", proposed, "--images", "named", "--out", out)
    assert len(json.loads(out.read_text())["annotations"]) == sum(parts.values())
    acseg("export", proposed, "--images", "named", "--instances", "region", "--out", out)
    assert len(json.loads(out.read_text())["annotations"]) == len(parts)


def test_a_split_with_images_and_a_report(tmp_path: Path, proposed: Path) -> None:
    out, report_file = tmp_path / "set", tmp_path / "report.json"
    options = ("--all-regions", "--split", "train=.5,val=.5", "--with-images", "copy", "--report", report_file)
    said = acseg("export", proposed, *options, "--out", out)
    report = json.loads(report_file.read_text())
    assert report["splits"] == {"train": 2, "val": 1} or report["splits"] == {"train": 1, "val": 2}
    assert report["format"] == "coco"
    assert report["images"] == 3
    assert f"train {report['splits']['train']} image" in said.stderr
    assert "near-duplicates" in said.stderr
    for name in ("train", "val"):
        coco = COCO(str(out / "annotations" / f"instances_{name}.json"))
        assert len(coco.imgs) == report["splits"][name]
        assert all((out / "images" / image["file_name"]).is_file() for image in coco.imgs.values())
    assert "there are other files" not in acseg("export", proposed, *options, "--out", out).stderr, "made again"
    (out / "mine.txt").write_text("mine")
    assert "there are other files in that folder" in refused("export", proposed, *options, "--out", out)
    acseg("export", proposed, *options, "--into", "--out", out)
    assert (out / "mine.txt").read_text() == "mine"


def test_options_that_make_no_sense_are_refused_in_one_line(tmp_path: Path, proposed: Path) -> None:
    for options, said in (
        (("--split", "train"), "is not a split"),
        (("--split", "train=.5,val=.4"), "add up to 0.9"),
        (("--report", tmp_path / "out"), "the labels are written there"),
    ):
        assert said in refused("export", proposed, "--all-regions", *options, "--out", tmp_path / "out")
        assert not (tmp_path / "out").exists()


def test_formats_are_listed_with_what_they_lose() -> None:
    said = acseg("formats").stdout
    assert "coco         COCO instances (read and written)" in said
    assert "does not keep: void areas" in said


def test_the_option_names_every_format_that_is_written() -> None:
    assert [choice.value for choice in ExportFormat] == [each.key for each in FORMATS if each.write is not None]


def test_a_name_of_another_kind_of_file_is_refused_with_the_remedy(tmp_path: Path, proposed: Path) -> None:
    message = refused("export", proposed, "--all-regions", "--out", tmp_path / "t.zip")
    assert message.endswith("t.zip: COCO instances is written as .json; call it t.json, and pack it yourself")
    message = refused("export", proposed, "--all-regions", "--format", "yolo", "--out", tmp_path / "t.yaml")
    assert message.endswith("t.yaml: YOLO segmentation is written as a folder; leave out .yaml")
    assert not list(tmp_path.glob("t.*"))
