"""What goes wrong is one clear line on stderr, whatever the terminal can show."""

import os
import subprocess
from collections.abc import Generator
from pathlib import Path

import pytest
from shell import ACSEG, refused

from acseg_core.types import Progress
from acseg_desktop.cli.terminal import follow


def test_bad_input_gets_one_clear_line(
    tmp_path: Path, odd_photos: Path, proposed: Path, tiny_options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    nowhere, file, empty = tmp_path / "nowhere", tmp_path / "file", tmp_path / "empty"
    file.write_text("x")
    empty.mkdir()
    fresh = tmp_path / "fresh"
    assert str(nowhere) in refused("init", fresh, "--images", nowhere)
    assert "no images" in refused("init", fresh, "--images", empty)
    assert not fresh.exists()
    assert str(file) in refused("init", file, "--images", odd_photos)
    assert str(nowhere) in refused("propose", nowhere)
    assert str(nowhere) in refused("status", nowhere)
    assert "vit_nonsense" in refused("propose", proposed, "--backbone", "vit_nonsense")
    line = refused("propose", proposed, "--backbone", "vit_small_patch8_224.dino")
    assert "--weights" in line
    assert str(file) in refused("propose", proposed, "--model", file)
    assert "do not fit" in refused("propose", proposed, "--weights", tiny_options[3])
    assert "region 99999" in refused("name", proposed, "--region", "99999", "--label", "x")
    assert "no label" in refused("name", proposed, "--label-of", "none", "--label", "x")
    assert str(nowhere / "f.json") in refused("export", proposed, "--out", nowhere / "f.json")
    assert "there are other files in that folder" in refused("export", proposed, "--out", ".")
    assert str(nowhere) in refused("train", nowhere, "--out", tmp_path / "m.safetensors")


def test_names_that_the_terminal_cannot_show_are_no_failure(proposed: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    command = [*ACSEG, "name", str(proposed), "--region", "1", "--label", "道路"]
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert b"1 region named" in done.stdout


def test_progress_names_a_file_with_brackets_entire(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the code of before, "[bold]" was markup, and "[/x]" ended the program."""
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("NO_COLOR", "1")

    def work() -> Generator[Progress, None, int]:
        yield Progress(0, 2, "[bold]x[/bold].png [/x]")
        return 1

    assert follow("Reading [1]", work()) == 1
    assert "Reading [1]: [bold]x[/bold].png [/x]" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_one_line(proposed: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "list.txt"
    assert "check the path" in refused("suggest", proposed, "--classes", f"@{nowhere}")
    assert "check the path" in refused("import", proposed, proposed, "--format", "coco", "--map", nowhere)
