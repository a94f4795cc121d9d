"""The picture of a whole scene comes a strip at a time, and from the cache the next time."""

import numpy as np
import pytest
from scene_project import make_scene_project

from acseg_core.errors import ImageError
from acseg_core.images.scenes import overview
from acseg_core.store import open_project
from acseg_core.store.queries import scene_queries
from acseg_desktop.canvas.overview_reader import OverviewReader


@pytest.fixture
def project(tmp_path):
    with open_project(make_scene_project(tmp_path, width=256, height=256, side=128, proposed=False)) as project:
        yield project


def test_strips_come_one_after_another_and_are_kept(project, monkeypatch):
    monkeypatch.setattr(overview, "_STRIP_PIXELS", 256 * 100)
    (scene,) = scene_queries.scenes(project)
    reader = OverviewReader(scene)
    first = reader.step(project)
    assert not reader.is_done
    assert (first.pixels[-1] == first.pixels[-1, 0]).all(), "not read yet"
    assert first.pixels[0].std() > 5
    steps = 1
    while not reader.is_done:
        last = reader.step(project)
        steps += 1
    assert steps == 3
    assert last.pixels[-1].std() > 5
    (project.image_root / "map.tif").unlink()
    again = OverviewReader(scene)
    kept = again.step(project)
    assert again.is_done
    assert np.abs(kept.pixels.astype(int) - last.pixels).mean() < 4


def test_a_file_that_is_gone_is_said(project):
    (scene,) = scene_queries.scenes(project)
    (project.image_root / "map.tif").unlink()
    with pytest.raises(ImageError, match="missing"):
        OverviewReader(scene).step(project)
