"""The version: a release that the changelog has, and the same wherever it is asked for."""

import re
import tomllib
from pathlib import Path

import acseg_core
from acseg_core.version import __version__

ROOT = Path(__file__).resolve().parents[2]


def test_the_version_is_a_release_of_the_changelog() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)
    releases = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert next(release for release in releases if release != "Unreleased") == __version__


def test_it_is_the_same_wherever_it_is_asked_for() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == __version__
    assert acseg_core.__version__ == __version__
