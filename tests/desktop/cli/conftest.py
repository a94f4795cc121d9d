"""Small photos and a small model for commands of `acseg`."""

from pathlib import Path

import pytest
from desktop.cli.samples import make_photos
from shell import acseg
from tiny_model import TINY_BACKBONE, tiny_generator, tiny_weights


@pytest.fixture(scope="session")
def tiny_options(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Options for a model so small that it proposes at once."""
    folder = tmp_path_factory.mktemp("model")
    weights, generator = tiny_weights(folder), tiny_generator(folder)
    options = ["--backbone", TINY_BACKBONE, "--weights", weights, "--model", generator]
    return [*map(str, options), "--input-size", "128", "--device", "cpu"]


@pytest.fixture
def odd_photos(tmp_path: Path) -> Path:
    """Three photos with odd names."""
    return make_photos(tmp_path / "photos")


@pytest.fixture
def proposed(tmp_path: Path, odd_photos: Path, tiny_options: list[str]) -> Path:
    """A project of them with regions."""
    project = tmp_path / "project"
    acseg("init", project, "--images", odd_photos)
    acseg("propose", project, *tiny_options)
    return project
