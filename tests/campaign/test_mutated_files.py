"""Mutated files of a project: its database, its caches, and models beside it."""

import random
import sys
from pathlib import Path

import pytest
from campaign.hostile_reader import Figures
from campaign.mutations import mutated

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is measured and bounded by /proc"),
]
_COMMANDS = (
    ["status", "PROJECT", "--json"],
    ["status", "PROJECT", "--effort"],
    ["status", "PROJECT", "--search", "label:red conf<0.9"],
    ["export", "PROJECT", "--out", "PROJECT/out.json", "--all-regions", "--status", "any"],
    ["labels", "PROJECT"],
    ["suggest", "PROJECT", "--doubts"],
    ["cluster", "PROJECT", "--clusters", "3"],
    ["suggest", "PROJECT"],
    ["name", "PROJECT", "--label", "sky", "--label-of", "red"],
    ["restore", "PROJECT"],
    ["status", "PROJECT"],
)


@pytest.fixture
def sample(reader, tmp_path) -> Path:
    """A project with everything in it."""
    answer = reader.ask(do="prepare", folder=str(tmp_path / "sample"), seconds=120)
    assert answer["outcome"] == "fine", answer["text"]
    return tmp_path / "sample"


def _damage(file: Path, chance: random.Random) -> str:
    data = file.read_bytes()
    file.write_bytes(mutated(data, chance))
    return file.name


def test_mutated_databases(campaign, reader, sample, tmp_path):
    figures = Figures()
    for number, chance in campaign.cases("databases", 10):
        reader.ask(do="restart", source=str(sample), folder=str(tmp_path / "copy"))
        project = tmp_path / "copy" / "project"
        _damage(project / "project.db", chance)
        answer = reader.ask(do="commands", folder=str(project), lists=list(_COMMANDS))
        reader.note(figures, f"case {number}", answer)
    campaign.judge("databases", figures)


def test_mutated_caches(campaign, reader, sample, tmp_path):
    figures = Figures()
    for number, chance in campaign.cases("caches", 20):
        reader.ask(do="restart", source=str(sample), folder=str(tmp_path / "copy"))
        project = tmp_path / "copy" / "project"
        files = sorted(path for path in (project / "cache").rglob("*") if path.is_file())
        file = chance.choice(files)
        file.write_bytes(mutated(file.read_bytes(), chance))
        answer = reader.ask(do="caches", folder=str(project))
        reader.note(figures, f"case {number} ({file.relative_to(project)})", answer, refuses=False)
    campaign.judge("caches", figures)
