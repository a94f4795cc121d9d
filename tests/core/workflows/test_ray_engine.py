"""Regions from a cluster of Ray that is started on this machine: the same as from this process, whatever workers do.

Covers: workflows.engine, workflows.local_engine, workflows.ray_cluster, workflows.ray_worker.
"""

import os
import shutil
import signal
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import ray_workers
from coloured_photos import finish
from PIL import Image
from tiny_model import tiny_config

import acseg_core
from acseg_core.config import SegmenterConfig
from acseg_core.errors import EngineError, ExtraMissingError
from acseg_core.store import Project, create_project, queries
from acseg_core.types import ImageStatus
from acseg_core.workflows import pipeline, ray_engine, scanning
from acseg_core.workflows.ray_cluster import ClusterOptions
from acseg_core.workflows.ray_engine import RayEngine

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Ray's support of Windows is a beta")

PHOTOS = 20


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> SegmenterConfig:
    return tiny_config(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    random = np.random.default_rng(0)
    for number in range(PHOTOS):
        pixels = np.zeros((60, 80 + number, 3), np.uint8)
        pixels[:, : 30 + number] = random.integers(0, 256, 3)
        pixels[30:, 40:] = random.integers(0, 256, 3)
        Image.fromarray(pixels).save(folder / f"{number}.png")
    return folder


@pytest.fixture
def project(tmp_path: Path, photos: Path) -> Generator[Project, None, None]:
    with create_project(tmp_path / "project", image_root=shutil.copytree(photos, tmp_path / "photos")) as opened:
        finish(scanning.scan_images(opened))
        yield opened


@pytest.fixture(scope="module", autouse=True)
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One for all tests: it takes seconds to start. What it shares lies in an ordinary folder."""
    import ray

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))  # workers import from tests/
        ray.init(
            address="local",
            num_cpus=2,
            include_dashboard=False,
            log_to_driver=False,
            configure_logging=False,
            object_store_memory=100 * 2**20,
            _plasma_directory=str(tmp_path_factory.mktemp("shared")),
        )
        yield
        ray.shutdown()


@pytest.fixture
def two_workers(config: SegmenterConfig) -> Generator[RayEngine, None, None]:
    with RayEngine(config, ClusterOptions(workers=2)) as engine:
        finish(engine.start())
        yield engine


def found_in(project: Project) -> list[Any]:
    """All that was proposed, as it is stored: trees byte for byte, regions, descriptors."""
    with project.read() as connection:
        trees = connection.exec_driver_sql(
            "SELECT image.path, merges, heights, leaf_tokens, leaf_map FROM tree JOIN image ON tree_id = tree.id "
            "ORDER BY image.path"
        ).fetchall()
        regions = connection.exec_driver_sql(
            "SELECT image.path, node, area, descriptor, counts FROM region JOIN image ON image_id = image.id "
            "ORDER BY image.path, node"
        ).fetchall()
    return [list(map(tuple, rows)) for rows in (trees, regions)]


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory, config: SegmenterConfig, photos: Path) -> list[Any]:
    """What this process finds."""
    with create_project(tmp_path_factory.mktemp("local") / "project", image_root=photos) as opened:
        finish(scanning.scan_images(opened))
        finish(pipeline.propose(opened, config, granularity=0.5, workers=0))
        found = found_in(opened)
    assert len(found[0]) == PHOTOS
    return found


def test_two_workers_find_what_this_process_does_byte_for_byte(project, config, two_workers, local):
    assert len({facts.pid for facts in two_workers.workers}) == 2
    report = finish(pipeline.propose(project, config, granularity=0.5, engine=two_workers))
    assert (report.images, report.skipped) == (PHOTOS, ())
    assert found_in(project) == local


def test_images_are_sent_where_workers_do_not_see_the_folder(project, config, local):
    options = ClusterOptions(workers=1, ship_images=True)
    with RayEngine(config, options) as engine:
        finish(engine.start())
        broken = project.image_root / "3.png"
        broken.write_bytes(broken.read_bytes() + b"more")
        report = finish(pipeline.propose(project, config, granularity=0.5, engine=engine))
    assert [(file.path, file.reason) for file in report.skipped] == [("3.png", "changed since it was added")]
    without = [[row for row in rows if row[0] != "3.png"] for rows in local]
    assert found_in(project) == without


def test_a_lost_worker_loses_nothing(project, config, two_workers, local):
    work = pipeline.propose(project, config, granularity=0.5, engine=two_workers)
    while next(work).done < 1:
        pass
    lost = two_workers.workers[0].pid
    os.kill(lost, signal.SIGKILL)
    report = finish(work)
    assert (report.images, report.skipped) == (PHOTOS, ())
    assert lost not in {facts.pid for facts in two_workers.workers}
    assert found_in(project) == local


def test_an_image_that_ends_every_worker_is_told_and_passed_over(project, config, local, monkeypatch):
    monkeypatch.setattr(ray_engine, "RayWorker", ray_workers.Dying)
    with RayEngine(config, ClusterOptions(workers=1)) as engine:
        finish(engine.start())
        report = finish(pipeline.propose(project, config, granularity=0.5, engine=engine))
    assert [file.path for file in report.skipped] == ["5.png"]
    assert "every worker that looked at it ended" in report.skipped[0].reason
    assert found_in(project) == [[row for row in rows if row[0] != "5.png"] for rows in local]


def test_a_cluster_whose_workers_all_end_is_given_up(project, config, monkeypatch):
    monkeypatch.setattr(ray_engine, "RayWorker", ray_workers.Ending)
    monkeypatch.setattr(ray_engine, "_MOST_LOSSES", 2)
    with RayEngine(config, ClusterOptions(workers=1)) as engine:
        finish(engine.start())
        with pytest.raises(EngineError, match="workers end one after the other"):
            finish(pipeline.propose(project, config, engine=engine))
    assert {record.status for record in queries.images(project)} == {ImageStatus.NEW}


def test_workers_that_are_lost_and_then_refused_are_an_end(project, config, monkeypatch):
    """Each new one was refused and another started, without end."""
    monkeypatch.setattr(ray_engine, "RayWorker", ray_workers.Ending)
    monkeypatch.setattr(ray_engine, "_MOST_LOSSES", 2)
    with RayEngine(config, ClusterOptions(workers=1)) as engine:
        finish(engine.start())
        monkeypatch.setattr(ray_engine, "RayWorker", ray_workers.Older)
        with pytest.raises(EngineError, match=r"version 0\.0\.1"):
            finish(pipeline.propose(project, config, engine=engine))


def test_a_worker_of_another_version_is_refused_by_name(config, monkeypatch):
    monkeypatch.setattr(ray_engine, "RayWorker", ray_workers.Older)
    with RayEngine(config, ClusterOptions(workers=1)) as engine, pytest.raises(EngineError) as refused:
        finish(engine.start())
    told = str(refused.value)
    assert os.uname().nodename in told
    assert f"version 0.0.1 of ACSeg Desktop, and this program is {acseg_core.__version__}" in told


def test_without_the_extra_one_line_says_what_to_install(config, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ExtraMissingError, match=r'pip install "acseg-desktop\[cluster\]"'):
        RayEngine(config, ClusterOptions())
