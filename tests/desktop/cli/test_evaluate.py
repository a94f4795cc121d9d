"""`acseg eval` as a shell sees it: tables, files, exit codes, one-line errors.

Covers: cli.tables.
"""

import json
import subprocess
import sys
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from PIL import Image
from shell import acseg
from tiny_model import TINY_BACKBONE, tiny_generator, tiny_weights

from acseg_core.evaluate.regions.report import RegionsReport


@pytest.fixture(scope="module")
def tiny_options(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("model")
    options = ["--backbone", TINY_BACKBONE, "--weights", tiny_weights(folder), "--model", tiny_generator(folder)]
    return [*map(str, options), "--input-size", "128", "--device", "cpu"]


@pytest.fixture
def scenes(tmp_path: Path) -> Path:
    """Three images with class maps: a bright block on a dark ground."""
    for name in ("images", "labels"):
        (tmp_path / "set" / name).mkdir(parents=True)
    random = np.random.default_rng(0)
    for number in range(3):
        classes = np.zeros((60, 90), np.uint8)
        classes[10:40, 20 : 50 + 10 * number] = 1
        pixels = np.where(classes[..., None] == 1, (220, 40, 30), (40, 60, 90)) + random.integers(0, 20, (60, 90, 3))
        Image.fromarray(pixels.astype(np.uint8)).save(tmp_path / "set" / "images" / f"s{number}.png")
        Image.fromarray(classes).save(tmp_path / "set" / "labels" / f"s{number}.png")
    return tmp_path / "set"


def test_tables_and_files(scenes: Path, tmp_path: Path, tiny_options: list[str]) -> None:
    json_file, plot_file = tmp_path / "new" / "report.json", tmp_path / "plots" / "report.png"
    out, err = acseg(
        "eval", "regions", scenes, "--counts", "2,3", "--peers", "adaptive-ward,ward,slic", "--ablation", "--edges",
        "--limit", "2", "--json", json_file, "--plot", plot_file, *tiny_options,
    )  # fmt: skip
    assert err == ""
    for expected in (
        "2 images, png truth",
        "ours",
        "ward",
        "slic",
        "generator leaves",
        "PAMR edges",
        "Ours ahead by",
        "Spearman",
        "Ceilings: what is lost where",
        "regions by default",
        "all leaves",
        "patches",
        "cells",
        "Recall: true parts of at least 0.02%",
        "over 1 %",
        "mIoU",
    ):
        assert expected in out
    assert "…" not in out
    assert max(map(len, out.splitlines())) <= 120
    report = RegionsReport.from_json(json_file.read_text("utf-8"))
    assert {row.method for row in report.rows if row.group == "methods"} == {
        "ours",
        "ward",
        "adaptive-ward",
        "slic",
    }
    assert [tree.method for tree in report.recall] == ["ours", "adaptive-ward", "patch tree"]
    assert json.loads(json_file.read_text("utf-8"))["run"]["backbone"] == TINY_BACKBONE
    with Image.open(plot_file) as plot:
        assert plot.format == "PNG"
        assert min(plot.size) > 500
        assert len(np.unique(np.asarray(plot.convert("L")))) > 20


def test_without_peers(scenes: Path, tiny_options: list[str]) -> None:
    alone = ("--counts", "2", "--peers", "none", "--no-recall", "--no-ceilings")
    out, _ = acseg("eval", "regions", scenes, *alone, *tiny_options)
    assert "kmeans" not in out
    assert "Recall" not in out
    assert "Ceilings" not in out
    assert out.count(" ours ") == 2  # at 2 and by default
    (scenes / "labels" / "s1.png").unlink()
    _, err = acseg("eval", "regions", scenes, "--counts", "2", "--peers", "none", *tiny_options)
    assert err == "s1.png: skipped, no class map in labels/\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--counts", "4,x"], "whole numbers"),
        (["--counts", "0"], "counts must be"),
        (["--peers", "sam"], "no such method: sam"),
        (["--truth", "voc"], "not one of 'auto', 'coco', 'png', 'bsds'"),
        (["--device", "tpu"], "is not one of"),
        (["--limit", "0"], "limit"),
        (["--input-size", "tiny"], "fast, balanced, fine"),
    ],
)
def test_wrong_use(scenes: Path, options: list[str], message: str) -> None:
    _, err = acseg("eval", "regions", scenes, *options, code=2)
    assert message in " ".join(err.replace("│", " ").split())


def test_failures_are_one_line(scenes: Path, tmp_path: Path, tiny_options: list[str]) -> None:
    (tmp_path / "empty").mkdir()
    (scenes / "labels" / "s0.png").write_bytes(b"no picture")
    for folder, message in (
        (tmp_path / "nowhere", "no such folder"),
        (tmp_path / "empty", "no ground truth"),
        (scenes, "s0.png: the class map cannot be read"),
    ):
        _, err = acseg("eval", "regions", folder, "--peers", "none", *tiny_options, code=1)
        (line,) = err.strip().splitlines()
        assert line.startswith("acseg: ")
        assert message in line


def test_a_plot_that_cannot_be_written_is_said(scenes: Path, tmp_path: Path, tiny_options: list[str]) -> None:
    (tmp_path / "file").write_text("")
    options = ["--counts", "2", "--peers", "none", "--plot", str(tmp_path / "file" / "plot.png")]
    _, err = acseg("eval", "regions", scenes, *options, *tiny_options, code=1)
    assert "plot.png" in err
    assert len(err.strip().splitlines()) == 1


def test_effort_prints_tables_and_writes_files(scenes: Path, tmp_path: Path, tiny_options: list[str]) -> None:
    json_file, plot_file = tmp_path / "new" / "effort.json", tmp_path / "plots" / "effort.png"
    out, err = acseg(
        "eval", "effort", scenes, "--accepted", "1", "--seeds", "2", "--reference", "--granularity", "0.4",
        "--json", json_file, "--plot", plot_file, *tiny_options,
    )  # fmt: skip
    assert err == ""
    for expected in (
        "3 images, png truth",
        "pure-cluster",
        "dense from 1 by hand",
        "20 s per image",
        "s to 90%",
        "of accuracy",
        "named regions",
        "true maps",
        "look 1, name 2, merge 1.5, split 3, brush 5",
        "every pixel by hand, 19 min per image: 3420 s",
    ):
        assert expected in out
    assert "…" not in out
    assert max(map(len, out.splitlines())) <= 120
    content = json.loads(json_file.read_text("utf-8"))
    assert content["run"]["backbone"] == TINY_BACKBONE
    assert content["curves"][0]["strategy"] == "region"
    with Image.open(plot_file) as plot:
        assert plot.format == "PNG"
        assert min(plot.size) > 500
        assert len(np.unique(np.asarray(plot.convert("L")))) > 20


def test_effort_of_one_strategy(scenes: Path, tiny_options: list[str]) -> None:
    out, _ = acseg("eval", "effort", scenes, "--strategies", "suggest", "--limit", "2", *tiny_options)
    assert "2 images" in out
    assert " suggest " in out
    assert " region " not in out
    assert "Dense propagation" not in out


def test_a_goal_out_of_reach_is_said(scenes: Path, tiny_options: list[str]) -> None:
    with mock.patch("acseg_core.evaluate.effort.report.GOAL", 1.01):
        out, _ = acseg("eval", "effort", scenes, "--strategies", "region", *tiny_options)
    assert "not reached" in out


def test_classes_prints_its_table(scenes: Path, tmp_path: Path, tiny_options: list[str]) -> None:
    json_file = tmp_path / "new" / "classes.json"
    out, err = acseg("eval", "classes", scenes, "--seeds", "2", "--json", json_file, *tiny_options)
    assert err == ""
    for expected in ("2 clusters, one Hungarian assignment", "ours", "ward", "patches", "±", "not comparable"):
        assert expected in out
    assert "…" not in out
    assert len(json.loads(json_file.read_text("utf-8"))["rows"]) == 7
    out, _ = acseg("eval", "classes", scenes, "--seeds", "1", "--no-peers", *tiny_options)
    assert "patches" not in out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["effort", "--strategies", "guess"], "no such strategy: guess"),
        (["effort", "--accepted", "many"], '--accepted: "many" is not a list of whole numbers'),
        (["effort", "--accepted", "0"], "at least 1"),
        (["effort", "--truth", "bsds"], "not one of 'auto', 'coco', 'png'"),
        (["effort", "--granularity", "2"], "granularity"),
        (["classes", "--classes", "1"], "classes"),
        (["classes", "--seeds", "0"], "seeds"),
    ],
)
def test_wrong_use_of_the_others(scenes: Path, options: list[str], message: str) -> None:
    _, err = acseg("eval", options[0], scenes, *options[1:], code=2)
    assert message in " ".join(err.replace("│", " ").split())


def test_failures_of_the_others_are_one_line(scenes: Path, tmp_path: Path, tiny_options: list[str]) -> None:
    for arguments, message in (
        (("effort", scenes), "3 images are too few for --accepted 10"),
        (("effort", tmp_path / "nowhere"), "no such folder"),
        (("classes", scenes, "--foreground"), "needs ground truth with a background"),
        (("classes", scenes, "--classes", "200"), "fewer regions than the 200 classes"),
    ):
        _, err = acseg("eval", *arguments, *tiny_options, code=1)
        (line,) = err.strip().splitlines()
        assert line.startswith("acseg: ")
        assert message in line


def test_retrain_prints_both_models_and_their_difference(scenes: Path, tmp_path: Path, tiny_options: list[str]) -> None:
    json_file = tmp_path / "new" / "retrain.json"
    tiny = [each for each in tiny_options if each != "--model" and "generator" not in each]
    out, err = acseg("eval", "retrain", scenes, "--counts", "2,3,4,5", "--seeds", "1", "--json", json_file, *tiny)
    assert err == ""
    for expected in ("3 images, png truth", "mIoU: bundled > trained", "gain", "too few", "Mean gain", "default"):
        assert expected in out
    assert "…" not in out
    assert max(map(len, out.splitlines())) <= 120
    row = json.loads(json_file.read_text("utf-8"))["rows"][0]
    assert row["trained"] + row["judged"] == 3
    assert set(row["before"]) == {"2", "3", "4", "5", "default"}
    assert acseg("eval", "retrain", scenes, "--counts", "0", *tiny, code=2)[0] == ""
    assert row["merges"] == {}
    out, _ = acseg("eval", "retrain", scenes, "--counts", "2", "--seeds", "1", "--accepted", "5", *tiny)
    assert "Seed 0: fewer than 5 images to choose weights of merges by." in out
    _, err = acseg("eval", "retrain", scenes, "--accepted", "4", *tiny, code=2)
    assert "from 5 to 60, got 4" in " ".join(err.replace("│", " ").split())


@pytest.mark.parametrize("protocol", ["regions", "effort", "classes", "clicks", "retrain"])
def test_help_loads_nothing_heavy(protocol: str) -> None:
    code = (
        "import sys\nfrom unittest import mock\n"
        "from acseg_desktop.cli.main import main\n"
        f"with mock.patch.object(sys, 'argv', ['acseg', 'eval', '{protocol}', '--help']):\n"
        "    try:\n        main()\n    except SystemExit:\n        pass\n"
        "heavy = {'torch', 'timm', 'cv2', 'scipy', 'sklearn', 'matplotlib', 'PySide6'}\n"
        "print('heavy:', *sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert any(option in done.stdout for option in ("--granularity", "--ablation", "--least-share", "--preset"))
    assert done.stdout.strip().splitlines()[-1] == "heavy:"


def test_clicks_prints_its_table(tmp_path: Path, tiny_options: list[str]) -> None:
    (tmp_path / "set" / "images").mkdir(parents=True)
    pixels = np.random.default_rng(0).integers(0, 30, (60, 90, 3)).astype(np.uint8)
    pixels[20:40, 30:60, 0] += 200
    Image.fromarray(pixels).save(tmp_path / "set" / "images" / "a.png")
    ring = [30, 20, 60, 20, 60, 40, 30, 40]
    content = {
        "images": [{"id": 1, "file_name": "a.png", "width": 90, "height": 60}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "segmentation": [ring]}],
        "categories": [{"id": 1, "name": "block"}],
    }
    (tmp_path / "set" / "instances.json").write_text(json.dumps(content))
    json_file = tmp_path / "clicks.json"
    out, err = acseg("eval", "clicks", tmp_path / "set", "--clicks", "1,4", "--json", json_file, *tiny_options)
    assert err == ""
    for expected in ("1 instances of at least 0.20%", "ours (concept tree)", "GrabCut", "4 clicks", "worst error"):
        assert expected in out
    assert json.loads(json_file.read_text("utf-8"))["clicks"] == [1, 4]
    _, err = acseg("eval", "clicks", tmp_path / "set", "--clicks", "3,2", *tiny_options, code=2)
    assert "ascending" in err
