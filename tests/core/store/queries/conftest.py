"""A project of six images in two folders."""

import pytest

from acseg_core.store.edits import ingest


@pytest.fixture
def project(world):
    project = world.create()
    paths = ["a/img1.jpg", "a/img2.jpg", "a/img10.jpg", "b/Straße 100%.png", "b/x_y.png", "b/xzy.png"]
    ingest.add_images(project, [world.info(path) for path in reversed(paths)])
    return project
