"""The concept browser over 100,000 regions: how long things take, and how long the window does not answer.

Run by hand: `pytest tests/benchmarks/bench_browser.py -m benchmark -s -n 0`
"""

import os
import time

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import insert, update
from stopwatch import forget_memory, memory

from acseg_core.images.files import inspect_image
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.store.edits import clusters, history, ingest, review, runs
from acseg_core.store.queries import cluster_queries
from acseg_core.store.schema import IMAGE, REGION
from acseg_core.types import OpChanges, RunInfo
from acseg_core.verbs import Verb
from acseg_desktop.browser.layout import Spot

IMAGES, EACH, KINDS, DIMENSIONS = 2_500, 40, 300, 384
PHOTOS = 60


@pytest.fixture
def large(tmp_path):
    """A closed project: 60 photos of 480 x 360 under 2,500 paths, 40 regions each, in 300 clusters of unequal size."""
    from PIL import Image

    photos = tmp_path / "photos"
    photos.mkdir()
    random = np.random.default_rng(0)
    for number in range(PHOTOS):
        coarse = random.integers(0, 256, (9, 12, 3)).astype(np.uint8)
        Image.fromarray(coarse.repeat(40, 0).repeat(40, 1)).save(photos / f"{number:04d}.jpg")
    names = [f"{number:04d}.jpg" for number in range(PHOTOS)]
    for number in range(PHOTOS, IMAGES):
        os.link(photos / names[number % PHOTOS], photos / f"{number:04d}.jpg")
    folder = tmp_path / "project"
    label_map = (np.arange(360)[:, None] // 72 * 8 + np.arange(480) // 60).astype(np.uint8)
    rles = masks.encode_label_map(label_map)
    kinds = np.sort(random.zipf(1.3, IMAGES * EACH) % KINDS)
    random.shuffle(kinds)
    centres = random.normal(size=(KINDS, DIMENSIONS)).astype(np.float32)
    with create_project(folder, image_root=photos, name="Large") as project:
        infos = [inspect_image(photos, name, thumbnails=project.thumbnails_dir) for name in names]
        more = [(f"{n:04d}.jpg", infos[n % PHOTOS]) for n in range(PHOTOS, IMAGES)]
        from dataclasses import replace

        ingest.add_images(project, infos + [replace(info, path=path) for path, info in more])
        run_id = runs.begin_run(project, RunInfo("vit", "0" * 64, "tiny", "1" * 64, "{}", "0.1.0"))
        vectors = centres[kinds] + random.normal(0, 0.7, (len(kinds), DIMENSIONS)).astype(np.float32)
        vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)
        boxes = [masks.bounding_box(rle) for rle in rles.values()]
        with project.write() as connection:
            for first in range(0, IMAGES, 250):
                rows = [
                    {
                        "image_id": image + 1,
                        "run_id": run_id,
                        "node": node,
                        "origin": "cut",
                        "status": "proposed",
                        "area": 4320,
                        "box_x": box[0],
                        "box_y": box[1],
                        "box_width": box[2],
                        "box_height": box[3],
                        "descriptor": vectors[image * EACH + node].tobytes(),
                        "counts": rle.counts,
                    }
                    for image in range(first, min(first + 250, IMAGES))
                    for node, (rle, box) in enumerate(zip(rles.values(), boxes, strict=True))
                ]
                connection.execute(insert(REGION), rows)
            connection.execute(update(IMAGE).values(status="proposed"))
        runs.finish_run(project, run_id)
        means = np.stack([vectors[kinds == kind].astype(np.float32).mean(0) for kind in np.unique(kinds)])
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        numbers = np.searchsorted(np.unique(kinds), kinds).astype(np.int32)
        clusters.save_clusters(project, np.arange(1, len(kinds) + 1, dtype=np.int64), numbers, means)
    return folder


def name_all(project) -> None:
    """Give every region one of twenty names by its cluster, and one in a hundred another one."""
    random = np.random.default_rng(3)
    rows = [(each.id, each.cluster) for each in cluster_queries.assignments(project)]
    look = np.array([cluster % 20 for _, cluster in rows])
    wrong = random.random(len(rows)) < 0.01
    look[wrong] = random.integers(0, 20, wrong.sum())
    ids = np.array([id_ for id_, _ in rows])
    for number in range(20):
        review.name_regions_as(project, ids[look == number].tolist(), f"look {number}")


class Watch:
    """Waits for something while it keeps the window alive, and notes how long the window did not answer."""

    def __init__(self, window):
        self.window = window
        self.longest = 0.0

    def until(self, condition, *, timeout=120.0) -> float:
        """Seconds until it holds."""
        start = time.perf_counter()
        self.longest = 0.0
        while not condition():
            before = time.perf_counter()
            assert before - start < timeout
            QApplication.processEvents()
            self.longest = max(self.longest, time.perf_counter() - before)
            time.sleep(0.001)
        return time.perf_counter() - start

    def tell(self, what: str, seconds: float) -> None:
        print(f"  {what:44s}{seconds * 1000:9.0f} ms, longest pause of the window {self.longest * 1000:6.0f} ms")


@pytest.mark.benchmark
def test_browser_times(qtbot, qapp, large):
    from acseg_desktop.appearance.theme import Theme
    from acseg_desktop.main_window import MainWindow
    from acseg_desktop.preferences import Preferences

    window = MainWindow(Theme(qapp), Preferences())
    qtbot.addWidget(window)
    window.resize(1600, 1000)
    window.show()
    watch = Watch(window)
    forget_memory()
    window.open(large)
    watch.until(
        lambda: window.viewer.record is not None and not window.jobs.running() and not window.session.is_counting
    )
    page, model, grid = window.browser, window.browser.model, window.browser.grid
    print(f"\n{IMAGES * EACH:,} regions in {IMAGES:,} images")

    def seen() -> bool:
        bar = grid.verticalScrollBar()
        visible = grid.grid_layout.visible(bar.value(), bar.value() + grid.viewport().height())
        regions = [model.region(section, cell) for section, cells in visible for cell in cells]
        return bool(regions) and all(each is not None and page.crops.get(each) is not None for each in regions)

    def settled() -> bool:
        return not window.jobs.running() and not window.session.is_counting and not window.refresher.is_busy

    QTest.keyClick(window.canvas, Qt.Key.Key_G)
    watch.tell("open: clusters listed", watch.until(lambda: model.overview is not None and model.sections))
    watch.tell("  and every crop on the screen there", watch.until(seen))
    watch.until(settled)
    largest = model.sections[0]
    print(f"  {len(model.sections)} clusters, the largest of {largest.count:,} regions")
    grid.unfold(0)
    grid.verticalScrollBar().setValue(grid.grid_layout.header(1).top // 2)
    watch.tell("scroll to the middle of the largest", watch.until(seen))
    watch.until(settled)
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    watch.tell("scroll to the end", watch.until(seen))
    watch.until(settled)
    start = time.perf_counter()
    for step in range(60):
        grid.verticalScrollBar().setValue(step * 400)
        grid.viewport().repaint()
    print(f"  {'paint one step of scrolling':44s}{(time.perf_counter() - start) / 60 * 1000:9.1f} ms")
    watch.until(settled)
    grid.go(Spot(0))
    project = window.session.project
    named = lambda: queries.summary(project).regions_named  # noqa: E731
    count = largest.count
    window.commands.clusters.give_name("thing")
    watch.tell(f"name a cluster of {count:,}", watch.until(lambda: window.session.history.undo == "Name cluster"))
    assert named() == count
    watch.tell("  and the list in its new order", watch.until(lambda: model.sections[0].key != largest.key))
    watch.tell("  and names suggested for the rest", watch.until(settled))
    window.commands.undoing.undo()
    watch.tell("undo it", watch.until(lambda: window.session.history.undo != "Name cluster"))
    assert named() == 0
    watch.tell("  and the list as before", watch.until(lambda: model.sections[0].key == largest.key))
    watch.until(settled)
    grid.go(Spot(1, 0))
    watch.until(settled)
    window.commands.clusters.find()
    watch.tell("find regions like one", watch.until(lambda: model.likeness is not None))
    watch.tell("  and every crop on the screen there", watch.until(seen))
    watch.until(settled)
    name_all(project)
    window.session.note_changes(project, OpChanges(Verb.NAME_REGIONS, images=True, labels=True))
    watch.until(settled)
    window.commands.doubts.show()
    looked = watch.until(lambda: model.doubts.regions and not model.doubts.is_busy)
    watch.tell(f"find the doubtful names, {len(model.doubts.names):,}", looked)
    watch.tell("  and every crop on the screen there", watch.until(seen))
    watch.until(settled)
    before = len(history.operations(project))
    window.commands.doubts.take()
    watch.tell("take one other name", watch.until(lambda: len(history.operations(project)) > before))
    watch.until(settled)
    print(f"  memory at most {memory():,.0f} MB")
    window.close()
    watch.until(lambda: window.session.has_ended)
