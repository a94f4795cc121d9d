"""Worker processes under a whole run: the same in the project whatever their number, and nothing lost with one."""

import os
import signal
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cell_trees import texture
from PIL import Image
from sqlalchemy import select
from tiny_model import tiny_config

from acseg_core.config import TreeConfig
from acseg_core.proposals.segmenter import Segmenter
from acseg_core.store import create_project
from acseg_core.store.schema import REGION, TREE
from acseg_core.types import Progress
from acseg_core.workflows import partitioning, pipeline, scanning
from acseg_core.workflows.partitioning import workers_for

IMAGES = 10


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory: pytest.TempPathFactory) -> Segmenter:
    return Segmenter(tiny_config(tmp_path_factory.mktemp("model")))


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    for number in range(IMAGES):
        Image.fromarray(texture(90, 120 + number, seed=number)).save(folder / f"{number}.png")
    return folder


def steps(folder: Path, photos: Path, segmenter: Segmenter, workers: int) -> Generator[Progress, None, list[Any]]:
    """Propose into a new project; in the end all that it stored of regions and trees."""
    with create_project(folder, image_root=photos) as project:
        for _ in scanning.scan_images(project):
            pass
        yield from pipeline.propose(project, segmenter.config, segmenter=segmenter, workers=workers)
        with project.read() as connection:
            return [connection.execute(select(table).order_by(table.c.id)).all() for table in (REGION, TREE)]


def finish(work: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[partitioning.PartitionWorker]:
    """Workers that are started in this test."""
    found: list[partitioning.PartitionWorker] = []
    start = partitioning.PartitionWorker

    def noted(*arguments: Any) -> partitioning.PartitionWorker:
        found.append(start(*arguments))
        return found[-1]

    monkeypatch.setattr(partitioning, "PartitionWorker", noted)
    return found


def test_what_is_stored_does_not_depend_on_the_workers(
    tmp_path: Path, photos: Path, segmenter: Segmenter, started: list[partitioning.PartitionWorker]
) -> None:
    alone, one, three = (finish(steps(tmp_path / str(number), photos, segmenter, number)) for number in (0, 1, 3))
    assert len(started) == 4
    assert len(alone[1]) == IMAGES
    assert alone == one == three


def test_a_worker_that_is_killed_costs_no_image(
    tmp_path: Path,
    photos: Path,
    segmenter: Segmenter,
    started: list[partitioning.PartitionWorker],
    caplog: pytest.LogCaptureFixture,
) -> None:
    work = steps(tmp_path / "killed", photos, segmenter, 2)
    while next(work).done < 1:
        pass
    for worker in started:
        os.kill(worker.pid, signal.SIGTERM)
    assert finish(work) == finish(steps(tmp_path / "whole", photos, segmenter, 0))
    assert "its images are found without it" in caplog.text


def test_workers_end_with_the_run_however_it_ends(
    tmp_path: Path, photos: Path, segmenter: Segmenter, started: list[partitioning.PartitionWorker]
) -> None:
    finish(steps(tmp_path / "whole", photos, segmenter, 2))
    stopped = steps(tmp_path / "stopped", photos, segmenter, 2)
    while next(stopped).done < 1:
        pass
    assert started[-1].poll() is None
    stopped.close()
    assert len(started) == 4
    assert all(worker.poll() is not None for worker in started)


def test_where_no_process_can_be_started_threads_do_it(
    tmp_path: Path,
    photos: Path,
    segmenter: Segmenter,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refused(*_arguments: Any) -> None:
        raise OSError("no more processes")

    expected = finish(steps(tmp_path / "threads", photos, segmenter, 0))
    monkeypatch.setattr(partitioning, "PartitionWorker", refused)
    assert finish(steps(tmp_path / "refused", photos, segmenter, 2)) == expected
    assert "no worker process can be started, going on without: no more processes" in caplog.text


class Device:
    def __init__(self, kind: str) -> None:
        self.type = kind


@pytest.mark.parametrize(
    ("device", "cores", "images", "expected"),
    [
        ("cuda", 2, 100, 2),
        ("cuda", 64, 100, 8),
        ("cuda", 1, 100, 0),
        ("cuda", 8, 10, 0),
        ("cpu", 2, 100, 0),
        ("cpu", 8, 100, 0),
        ("cpu", 32, 100, 4),
    ],
)
def test_workers_follow_the_cores_that_the_backbone_leaves(
    segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch, device: str, cores: int, images: int, expected: int
) -> None:
    monkeypatch.setattr(partitioning, "usable_cores", lambda: cores)
    monkeypatch.setattr(segmenter.backbone, "device", Device(device))
    assert workers_for(segmenter, images) == expected


def test_a_tree_of_patches_needs_the_model_and_gets_no_worker(
    segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partitioning, "usable_cores", lambda: 64)
    monkeypatch.setattr(segmenter.backbone, "device", Device("cuda"))
    monkeypatch.setattr(segmenter, "config", replace(segmenter.config, tree=TreeConfig(fine="ward")))
    assert workers_for(segmenter, 100) == 0
