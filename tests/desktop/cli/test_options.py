"""Options that several commands share: names for sizes, and values out of range."""

import json
from pathlib import Path

import pytest
from shell import acseg

from acseg_core.store import open_project, queries


@pytest.mark.parametrize(("size", "pixels"), [("fast", 336), ("128", 128)])
def test_input_sizes_have_names(proposed: Path, tiny_options: list[str], size: str, pixels: int) -> None:
    acseg("propose", proposed, *tiny_options, "--input-size", size)
    with open_project(proposed, read_only=True) as project:
        run = queries.summary(project).last_run
    assert run is not None
    assert json.loads(run.config_json)["backbone"]["input_size"] == pixels


@pytest.mark.parametrize("size", ["tiny", "63", "4097", "-448", "4.5"])
def test_other_input_sizes_are_wrong_use(proposed: Path, size: str) -> None:
    assert "input-size" in acseg("propose", proposed, "--input-size", size, code=2).stderr


@pytest.mark.parametrize("command", ["propose", "recut"])
@pytest.mark.parametrize("granularity", ["1.5", "-0.1", "nan", "fine"])
def test_a_granularity_outside_its_range_is_wrong_use(proposed: Path, command: str, granularity: str) -> None:
    assert "granularity" in acseg(command, proposed, "--granularity", granularity, code=2).stderr
