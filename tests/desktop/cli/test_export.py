"""`acseg export` as a shell sees it: the files read back by others' code."""

import json
from pathlib import Path

import numpy as np
from pycocotools.coco import COCO
from shell import acseg

from acseg_core.shapes import masks
from acseg_core.types import Rle


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
    acseg("export", proposed, "--out", named)
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
    assert any(isinstance(annotation["segmentation"], list) for annotation in drawn.anns.values())
    for number, annotation in exact.anns.items():
        size = annotation["segmentation"]["size"]
        mask = masks.decode(Rle(annotation["segmentation"]["counts"].encode(), *size))
        assert np.array_equal(drawn.annToMask(drawn.anns[number]).astype(bool), mask)
