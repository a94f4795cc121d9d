"""A project of 100,000 images and 800,000 regions: opening it, searching and sorting it, scrolling the thumbnails.

Everything is compared with plain SQLite reading what the list needs (ids, paths and status of all images, in order),
and with a plain search for a text, in the same run. Run by hand:
`pytest tests/benchmarks/bench_image_list.py -m benchmark -s -n 0`
"""

import os
import sqlite3
import statistics
import time
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.bench_browser import Watch
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from sqlalchemy import insert, update

from acseg_core.images.files import inspect_image
from acseg_core.shapes import masks
from acseg_core.store import create_project, open_project
from acseg_core.store.edits import ingest, runs
from acseg_core.store.edits.labels import create_label
from acseg_core.store.queries.image_list import ImageOrder, search_images
from acseg_core.store.queries.image_search import parse
from acseg_core.store.schema import IMAGE, REGION
from acseg_core.types import RunInfo

IMAGES, EACH, PHOTOS, LABELS = 100_000, 8, 60, 40
SEARCHES = (
    "0001",
    "label:label-3",
    "-label:label-3 status:done",
    "suggested:label-3",
    "queue:unnamed",
    "regions>7",
    "unnamed>4",
    "conf<0.6",
    "conf<0.05 -status:done label:label-1,label-2",
)


@pytest.fixture(scope="module")
def huge(tmp_path_factory):
    """A closed project: 60 photos of 64 x 48 under 100,000 paths, 8 regions each; 3 in 10 named, half suggested."""
    from PIL import Image

    root = tmp_path_factory.mktemp("huge")
    photos = root / "photos"
    random = np.random.default_rng(0)
    names = [f"cam{number % 7}/{number:06}.png" for number in range(IMAGES)]
    for folder in {name.partition("/")[0] for name in names}:
        (photos / folder).mkdir(parents=True)
    for name in names[:PHOTOS]:
        Image.fromarray(random.integers(0, 256, (48, 64, 3)).astype(np.uint8)).save(photos / name)
    for number in range(PHOTOS, IMAGES):
        os.link(photos / names[number % PHOTOS], photos / names[number])
    with create_project(root / "project", image_root=photos, name="Huge") as project:
        infos = [inspect_image(photos, name, thumbnails=project.thumbnails_dir) for name in names[:PHOTOS]]
        ingest.add_images(project, [replace(infos[n % PHOTOS], path=name) for n, name in enumerate(names)])
        for number in range(LABELS):
            create_label(project, f"label-{number}")
        run_id = runs.begin_run(project, RunInfo("vit", "0" * 64, "tiny", "1" * 64, "{}", "0.1.0"))
        parts = masks.encode_label_map(random.integers(0, EACH, (48, 64)).astype(np.uint8))
        shape = {"area": 384, "box_x": 0.0, "box_y": 0.0, "box_width": 64.0, "box_height": 48.0}
        with project.write() as connection:
            for first in range(1, IMAGES + 1, 2000):
                rows = []
                for image_id in range(first, min(first + 2000, IMAGES + 1)):
                    fates, labels = random.random(EACH), random.integers(1, LABELS + 1, EACH)
                    for node, (fate, label) in enumerate(zip(fates.tolist(), labels.tolist(), strict=True)):
                        named, suggested = fate < 0.3, 0.3 <= fate < 0.8
                        rows.append(
                            {
                                "image_id": image_id,
                                "run_id": run_id,
                                "node": node,
                                "origin": "cut",
                                "status": "accepted" if named else "proposed",
                                "label_id": label if named else None,
                                "suggestion_id": label if suggested else None,
                                "confidence": 2 * (fate - 0.3) if suggested else None,
                                **shape,
                                "descriptor": bytes(768),
                                "counts": parts[node].counts,
                            }
                        )
                connection.execute(insert(REGION), rows)
            connection.execute(update(IMAGE).values(status="proposed"))
            connection.execute(update(IMAGE).where(IMAGE.c.id % 5 == 0).values(status="done"))
        runs.finish_run(project, run_id)
    return root / "project"


def _plain(folder, statement) -> float:
    """Seconds of SQLite alone, opened anew; the median of five."""
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        with closing(sqlite3.connect(folder / "project.db")) as connection:
            connection.execute(statement).fetchall()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _all_rows(folder) -> float:
    return _plain(folder, "SELECT id, path, status FROM image ORDER BY sort_key, id")


@pytest.mark.benchmark
def test_open(qtbot, qapp, huge, tmp_path):
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))  # no layout from before
    from acseg_desktop.appearance.theme import Theme
    from acseg_desktop.main_window import MainWindow
    from acseg_desktop.preferences import Preferences

    plain = _all_rows(huge)
    window = MainWindow(Theme(qapp), Preferences())
    qtbot.addWidget(window)
    window.resize(1600, 1000)
    window.show()
    watch, view = Watch(window), window.strip.view

    def painted() -> bool:
        rows = [window.images.row(number) for number in view.visible_rows()]
        if not rows or any(row is None or window.images.thumbnail(row) is None for row in rows):
            return False
        there, with_regions = window.thumbnails._pixmaps, window.thumbnails.with_regions
        return all((row.record.info.sha256, row.record.id * with_regions) in there for row in rows)

    def settled() -> bool:
        return not window.jobs.running() and not window.session.is_counting and not window.refresher.is_busy

    print(f"\n{IMAGES:,} images, {IMAGES * EACH:,} regions; plain SQLite reads all images in {plain * 1000:.0f} ms")
    window.session.open(huge, read_only=True)
    taken = watch.until(lambda: window.viewer.record is not None and painted())
    watch.tell("open: image and thumbnails painted", taken)
    print(f"  {'  as a multiple of plain SQLite':44s}{taken / plain:9.1f}")
    watch.until(settled)
    QTest.keyClick(view, Qt.Key.Key_End)
    watch.tell("to the last image, painted", watch.until(lambda: window.viewer.record.id == window.images.ids[-1]))
    watch.until(lambda: settled() and painted())
    for what, act in (
        ("several rows", window.strip.taller.click),
        ("select all", view.selectAll),
        ("regions over the thumbnails", window.strip.overlays.click),
    ):
        start = time.perf_counter()
        act()
        gone = time.perf_counter() - start
        watch.tell(what, gone + watch.until(lambda: view.wraps and settled() and painted()))
    start = time.perf_counter()
    for step in range(60):
        view.verticalScrollBar().setValue(step * 400_000 % view.verticalScrollBar().maximum())
        view.viewport().repaint()
    print(f"  {'paint one jump of scrolling':44s}{(time.perf_counter() - start) / 60 * 1000:9.1f} ms")
    watch.until(settled)
    window.strip.search.setText("label:label-3 conf<0.5")
    watch.tell("search, as typed", watch.until(lambda: window.images.is_filtered and settled()))
    window.close()
    watch.until(lambda: window.session.has_ended)


@pytest.mark.benchmark
def test_searches_and_orders(huge):
    plain = _all_rows(huge)
    text = _plain(huge, "SELECT id FROM image WHERE search_key LIKE '%0001%' ORDER BY sort_key, id")
    print(f"\nplain SQLite: all images {plain * 1000:.0f} ms, a text in the path {text * 1000:.0f} ms")

    def show(what, work):
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            found = len(work())
            taken.append(time.perf_counter() - start)
        middle = statistics.median(taken)
        ratios = f"{middle / plain:5.1f} x all {middle / text:5.1f} x text"
        print(f"  {what:46s}{found:8,} images{middle * 1000:7.0f} ms {ratios}")

    with open_project(huge, read_only=True) as project:
        for search in SEARCHES:
            show(search, lambda search=search: search_images(project, parse(search)))
        for order in ImageOrder:
            show(f"by {order}", lambda order=order: search_images(project, parse(""), order=order, descending=True))
