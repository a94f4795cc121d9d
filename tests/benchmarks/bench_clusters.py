"""Clusters in figures, with scikit-learn's KMeans in the same run as the peer: `pytest -m benchmark -s -n 0`."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from image_bytes import PEAK_MEMORY
from sqlalchemy import insert, update
from stopwatch import take

from acseg_core.store import Project, create_project
from acseg_core.store.edits import clusters, history, ingest, runs
from acseg_core.store.queries import cluster_queries
from acseg_core.store.schema import IMAGE, REGION
from acseg_core.types import ImageInfo, RunInfo
from acseg_core.workflows import clustering

pytestmark = [pytest.mark.benchmark, pytest.mark.filterwarnings("default")]

PEER = f"""{PEAK_MEMORY}
import json, sys, time, warnings
import numpy as np
from sklearn.cluster import KMeans
from acseg_core.names import clustering

warnings.simplefilter("ignore")
descriptors = np.load(sys.argv[1])
count = clustering.automatic_count(len(descriptors))

def likeness(clusters):
    return float(clustering.typicality(descriptors, np.asarray(clusters, np.int32)).mean())

before = peak() / 1e9
start, processor = time.perf_counter(), time.process_time()
if sys.argv[2] == "ours":
    work = clustering.cluster(descriptors)
    while True:
        try:
            next(work)
        except StopIteration as end:
            made = end.value
            break
    found = made.cut(count)
else:
    found = KMeans(count, n_init=1, max_iter=8, random_state=0).fit_predict(descriptors.astype(np.float32))
seconds, processor = time.perf_counter() - start, time.process_time() - processor
start = time.perf_counter()
if sys.argv[2] == "ours":
    made.cut(count // 2)
recut = time.perf_counter() - start
print(json.dumps([seconds, processor, recut, peak() / 1e9, before, len(set(found.tolist())), likeness(found)]))
"""


def in_process(path: Path, who: str) -> list[float]:
    """Cluster in a process of its own, on two cores.

    Returns:
        Seconds on the clock and of processor time, seconds of a recut, GB, GB before, count, likeness.
    """
    environment = {**os.environ, "OMP_NUM_THREADS": "2"}
    command = [sys.executable, "-c", PEER, str(path), who]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return [float(figure) for figure in json.loads(done.stdout)]


def descriptors_like_regions(count: int, *, seed: int = 0) -> np.ndarray:
    """(n, 384) float16: kinds of very different frequency, and within each a spread as regions of one kind have."""
    random = np.random.default_rng(seed)
    kinds = random.normal(size=(600, 384)).astype(np.float32)
    kinds /= np.linalg.norm(kinds, axis=1, keepdims=True)
    share = 1 / np.arange(1, 601)
    points = kinds[random.choice(600, count, p=share / share.sum())]
    points += random.normal(size=points.shape).astype(np.float32) / np.float32(np.sqrt(384))
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float16)


def test_clustering_a_hundred_thousand_descriptors(tmp_path: Path) -> None:
    """Target: under 60 s and 2 GB on 2 cores; what takes 60 s of processor time does so even on one.

    The peer makes 8 steps, too.
    """
    np.save(tmp_path / "descriptors.npy", descriptors_like_regions(100_000))
    ours = in_process(tmp_path / "descriptors.npy", "ours")
    peer = in_process(tmp_path / "descriptors.npy", "peer")
    for name, (seconds, processor, _, peak, before, count, likeness) in (("ours", ours), ("KMeans", peer)):
        print(
            f"\n100,000 x 384, {name}: {seconds:.1f} s ({processor:.1f} s of processor time), "
            f"{peak:.2f} GB at the peak ({before:.2f} before), "
            f"{count:.0f} clusters, mean cosine to the centroid {likeness:.4f}",
            end="",
        )
    ratios = f"{peer[0] / ours[0]:.1f} x the time, {peer[1] / ours[1]:.1f} x the processor time"
    print(f"\nKMeans / ours: {ratios}; another count: {ours[2] * 1e3:.0f} ms (target 60 s)")
    assert ours[1] < 60
    assert ours[1] < peer[1]
    assert ours[3] < 2


@pytest.fixture
def large(tmp_path: Path) -> Generator[Project, None, None]:
    """10,000 images with 10 regions each."""
    images, regions = 10_000, 10
    with create_project(tmp_path / "project", image_root=tmp_path) as project:
        infos = [ImageInfo(f"{n:05d}.jpg", f"{n:064x}", 1, 1, 8, 6, 8, 6) for n in range(images)]
        ingest.add_images(project, infos)
        run_id = runs.begin_run(project, RunInfo("vit", "b" * 64, "acg", "a" * 64, "{}", "0.1.0"))
        vectors = descriptors_like_regions(images * regions)
        shape = {"area": 5, "box_x": 0.0, "box_y": 0.0, "box_width": 1.0, "box_height": 5.0, "counts": b"0" * 500}
        with project.write() as connection:
            for first in range(0, images, 1000):
                rows = [
                    {
                        "image_id": n + 1,
                        "run_id": run_id,
                        "node": k,
                        "origin": "cut",
                        "status": "proposed",
                        "descriptor": vectors[n * regions + k].tobytes(),
                        **shape,
                    }
                    for n in range(first, first + 1000)
                    for k in range(regions)
                ]
                connection.execute(insert(REGION), rows)
            connection.execute(update(IMAGE).values(status="proposed"))
        runs.finish_run(project, run_id)
        yield project


def timed(title: str, work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time, and the result."""
    taken = take(work)
    print(f"{title}: {taken}")
    return taken.processor, taken.result


def test_a_project_of_a_hundred_thousand_regions(large: Project) -> None:
    """Targets: naming 10,000 regions and its undo take under two seconds each; lists are read in about one.

    Asserted of processor time, as others may use the machine.
    """

    def clustered() -> clustering.ProjectClustering:
        work = clustering.make_clustering(large)
        while True:
            try:
                next(work)
            except StopIteration as end:
                return end.value

    print()
    seconds, kept = timed("100,000 regions read and clustered", clustered)
    assert seconds < 60
    again, _ = timed("read, and the clustering found in the cache", clustered)
    assert again < seconds / 3
    timed("clusters saved", lambda: clustering.save_clustering(large, kept))
    timed("another count saved", lambda: clustering.save_clustering(large, kept, count=700))
    timed("its undo", lambda: history.undo(large))
    _, records = timed("clusters listed", lambda: cluster_queries.clusters(large))
    timed("clusters with something in one image listed", lambda: cluster_queries.clusters(large, image_id=77))
    timed(f"48 members of {records[0].size} read", lambda: cluster_queries.members(large, records[0].id, limit=48))
    timed("200 regions like one found", lambda: cluster_queries.similar_regions(large, 5))

    work = clusters.save_clusters
    ids, labels = kept.table.region_ids, np.minimum(np.arange(100_000) // 10_000, 1).astype(np.int32)
    work(large, ids, labels, np.eye(2, 384, dtype=np.float32))
    (ten_thousand,) = (each for each in cluster_queries.clusters(large) if each.size == 10_000)
    named, changes = timed("10,000 regions named", lambda: clusters.name_cluster(large, ten_thousand.id, "cat"))
    assert len(changes.image_ids) == 1000
    undone, _ = timed("its undo", lambda: history.undo(large))
    timed("48 members of 10,000 read", lambda: cluster_queries.members(large, ten_thousand.id, limit=48))
    timed("10,000 regions split", lambda: clusters.split_cluster(large, ten_thousand.id))
    assert max(named, undone) < 2
