"""Fixtures of the workflows: the tiny model, and a project of coloured photos with regions."""

from pathlib import Path

import pytest
from coloured_photos import finish, write_photos
from core.store.conftest import new_world, world  # noqa: F401, TID251 - fixtures of the tests beside these
from tiny_model import tiny_config

from acseg_core.store import create_project
from acseg_core.workflows import local_engine, pipeline, scanning


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory):
    return tiny_config(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def segmenter(config):
    return local_engine.load_segmenter(config)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    write_photos(tmp_path / "photos", 5)
    return tmp_path / "photos"


@pytest.fixture
def project(tmp_path, photos, config, segmenter):
    """Five photos of three coloured fields, cut as finely as can be."""
    with create_project(tmp_path / "project", image_root=photos) as opened:
        finish(scanning.scan_images(opened))
        finish(pipeline.propose(opened, config, segmenter=segmenter, granularity=1))
        yield opened
