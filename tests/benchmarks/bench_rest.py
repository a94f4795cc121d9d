"""All of proposing but the backbone, which takes milliseconds on a graphics card: `pytest -m benchmark -s -n 0`.

Features are computed beforehand. What is timed is the whole way of `propose` into a real project: the file is read and
decoded, regions found, encoded and saved with their tree, tokens kept. The trees of cells are told beside those of
clustered patches (``--fine ward``, the way of before), in one run and in turns.
"""

import contextlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from acseg_core.config import SegmenterConfig, TreeConfig
from acseg_core.images.files import load_image
from acseg_core.nets.features import FeatureMap
from acseg_core.proposals.segmenter import Segmenter
from acseg_core.store import create_project
from acseg_core.workflows import pipeline, scanning

pytestmark = [pytest.mark.benchmark, pytest.mark.filterwarnings("default")]

IMAGES = 16
"""Photos whose features are computed; each is in the project several times, under another name."""

COPIES = 4

SIZES = [(480, 640), (640, 480)]


class KnownBackbone:
    """A backbone that has seen all images already; in all else it is the real one."""

    def __init__(self, backbone: Any, features: dict[bytes, FeatureMap]) -> None:
        self._backbone, self._features = backbone, features

    def features(self, images: Sequence[NDArray[np.uint8]]) -> list[FeatureMap]:
        return [self._features[image.tobytes()] for image in images]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backbone, name)


@contextlib.contextmanager
def on_cores(count: int) -> Iterator[None]:
    """All threads and processes that are started here have so many cores; the test is skipped where that is unheard of.

    OpenCV counts threads once, torch and BLAS are kept to one.
    """
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("needs a system that binds processes to cores")
    before = os.sched_getaffinity(0)
    if len(before) < count:
        pytest.skip(f"needs {count} cores")
    threads, torch_threads = cv2.getNumThreads(), torch.get_num_threads()
    os.sched_setaffinity(0, set(sorted(before)[:count]))
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
        cv2.setNumThreads(threads)
        torch.set_num_threads(torch_threads)


def finish(work: Generator[Any, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


@pytest.fixture(scope="module")
def photos(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of photos of 640 x 480, as they are."""
    folder = tmp_path_factory.mktemp("photos")
    source = shared_data / "coco-mini" / "images"
    chosen = [path for path in sorted(source.iterdir()) if load_image(path).shape[:2] in SIZES][:IMAGES]
    assert len(chosen) == IMAGES
    for path in chosen:
        for copy in range(COPIES):
            (folder / f"{path.stem}_{copy}{path.suffix}").write_bytes(path.read_bytes())
    return folder


@pytest.fixture(scope="module")
def segmenters(photos: Path) -> dict[str, Segmenter]:
    """One for each tree, with the same backbone, which knows the photos."""
    cells = Segmenter(SegmenterConfig())
    images = [load_image(path) for path in sorted(photos.glob("*_0.*"))]
    features = cells.backbone.features(images)
    known = {image.tobytes(): found for image, found in zip(images, features, strict=True)}
    ward = Segmenter(replace(cells.config, tree=TreeConfig(fine="ward")))
    for each in (cells, ward):
        each.backbone = KnownBackbone(cells.backbone, known)  # type: ignore[assignment]
    return {"cells": cells, "ward": ward}


def seconds_an_image(segmenter: Segmenter, photos: Path, folder: Path, *, workers: int) -> float:
    """Of the clock, from the first image that is saved to the last: what is started once does not count."""
    with create_project(folder, image_root=photos) as project:
        finish(scanning.scan_images(project))
        ticks = []
        for tick in pipeline.propose(project, segmenter.config, segmenter=segmenter, workers=workers):
            ticks.append((tick.done, time.perf_counter()))
        warm = next(each for each in ticks if each[0] == IMAGES)
        return (ticks[-1][1] - warm[1]) / (ticks[-1][0] - warm[0])


def test_one_core_against_the_tree_of_before(photos: Path, segmenters: dict[str, Segmenter], tmp_path: Path) -> None:
    """Target: half of the time of the tree of before."""
    taken: dict[str, list[float]] = {name: [] for name in segmenters}
    with on_cores(1):
        for number in range(3):
            for name, segmenter in segmenters.items():
                taken[name].append(seconds_an_image(segmenter, photos, tmp_path / f"{name} {number}", workers=0))
    cells, ward = (statistics.median(taken[name]) for name in ("cells", "ward"))
    print(
        f"\none core, all but the backbone, an image of 640 x 480: cells {cells * 1e3:.0f} ms, before "
        f"{ward * 1e3:.0f} ms: {cells / ward:.2f} x (target 0.5)"
    )
    assert cells < 1.2 * ward


def test_two_cores_against_one(photos: Path, segmenters: dict[str, Segmenter], tmp_path: Path) -> None:
    """Target: 1.8 times as many images a second."""
    ways = {"one core": (1, 0), "threads": (2, 0), "one process": (2, 1), "two processes": (2, 2)}
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(3):
        for name, (cores, workers) in ways.items():
            with on_cores(cores):
                folder = tmp_path / f"{name} {number}"
                taken[name].append(seconds_an_image(segmenters["cells"], photos, folder, workers=workers))
    each = {name: statistics.median(values) for name, values in taken.items()}
    print(f"\none core: {each['one core'] * 1e3:.0f} ms an image, {1 / each['one core']:.0f} images a second")
    for name in list(ways)[1:]:
        ratio = each["one core"] / each[name]
        print(f"two cores, {name}: {1 / each[name]:.0f} images a second, {ratio:.2f} x (target 1.8)")
    assert each["two processes"] < each["one core"]


MEASURE = """
import sys
from pathlib import Path
import acseg_core.workflows.partition_worker as worker
from acseg_core.config import CellConfig
import numpy as np
from PIL import Image

def private(pid, name="Private_"):
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024

mine = worker.PartitionWorker(CellConfig())
mine.begin(np.asarray(Image.open(sys.argv[1]).convert("RGB")), (27, 36))
print(private(mine.pid), private(mine.pid, "Rss"))
mine.close()
"""


def test_memory_of_a_worker(photos: Path) -> None:
    """It loads no torch."""
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("needs Linux")
    path = next(iter(sorted(photos.iterdir())))
    done = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    private, resident = map(float, done.stdout.split())
    print(f"\na worker: {private:.0f} MB of its own, {resident:.0f} MB with what it shares")
    assert private < 300
