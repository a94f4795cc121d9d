"""`acseg eval regions` as a shell sees it: tables, files, exit codes, one-line errors."""

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from PIL import Image
from tiny_model import TINY_BACKBONE, tiny_generator, tiny_weights

from acseg_core.evaluate.report import RegionsReport
from acseg_desktop.cli import app, main

pytestmark = pytest.mark.skipif(
    all(group.name != "eval" for group in app.registered_groups), reason="needs `acseg eval` in acseg_desktop/cli.py"
)


def acseg(*arguments: str | Path, code: int = 0) -> tuple[str, str]:
    """Run `acseg` in this process; returns what it wrote to stdout and stderr."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["acseg", *map(str, arguments)]),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as end,
    ):
        main()
    assert end.value.code == code, f"exit code {end.value.code}\n{out.getvalue()}\n{err.getvalue()}"
    return out.getvalue(), err.getvalue()


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
        "eval", "regions", scenes, "--counts", "2,3", "--peers", "ward,slic", "--ablation", "--edges", "--limit", "2",
        "--json", json_file, "--plot", plot_file, *tiny_options,
    )  # fmt: skip
    assert err == ""
    for expected in (
        "2 images, png truth",
        "ours",
        "ward",
        "slic",
        "generator leaves",
        "PAMR edges",
        "Spearman",
        "mIoU",
    ):
        assert expected in out
    assert "…" not in out
    assert max(map(len, out.splitlines())) <= 120
    report = RegionsReport.from_json(json_file.read_text("utf-8"))
    assert {row.method for row in report.rows if row.group == "methods"} == {"ours", "ward", "slic"}
    assert json.loads(json_file.read_text("utf-8"))["run"]["backbone"] == TINY_BACKBONE
    with Image.open(plot_file) as plot:
        assert plot.format == "PNG"
        assert min(plot.size) > 500
        assert len(np.unique(np.asarray(plot.convert("L")))) > 20


def test_without_peers(scenes: Path, tiny_options: list[str]) -> None:
    out, _ = acseg("eval", "regions", scenes, "--counts", "2", "--peers", "none", *tiny_options)
    assert "kmeans" not in out
    assert out.count(" ours ") == 2  # at 2 and by default
    (scenes / "labels" / "s1.png").unlink()
    _, err = acseg("eval", "regions", scenes, "--counts", "2", "--peers", "none", *tiny_options)
    assert err == "s1.png: skipped, no class map in labels/\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--counts", "4,x"], "whole numbers"),
        (["--counts", "0"], "counts must be"),
        (["--peers", "sam"], "no such peer: sam"),
        (["--truth", "voc"], "one of auto, coco, png, bsds"),
        (["--device", "tpu"], "one of auto, cpu"),
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
        (scenes, "s0.png: the class map does not read"),
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


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom unittest import mock\n"
        "from acseg_desktop.cli import main\n"
        "with mock.patch.object(sys, 'argv', ['acseg', 'eval', 'regions', '--help']):\n"
        "    try:\n        main()\n    except SystemExit:\n        pass\n"
        "heavy = {'torch', 'timm', 'cv2', 'scipy', 'sklearn', 'matplotlib', 'PySide6'}\n"
        "print('heavy:', *sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "--ablation" in done.stdout
    assert done.stdout.strip().splitlines()[-1] == "heavy:"
