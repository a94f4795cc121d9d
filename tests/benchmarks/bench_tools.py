"""The brush and next images in a real window at 12 and 100 megapixels, beside what other programs need for a stroke.

Run by hand: `pytest tests/benchmarks/bench_tools.py -m benchmark -s -n 0`

napari and labelme are measured when ACSEG_PEERS names a Python that has them (they want another Qt, so an environment
of their own): `python -m venv peers && peers/bin/pip install napari`, then `ACSEG_PEERS=peers/bin/python pytest ...`.
"""

import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from desktop.conftest import *  # noqa: F403 - fixtures
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from stopwatch import forget_memory, memory

from acseg_core.images.files import inspect_image
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.store.edits import ingest, runs
from acseg_core.types import RegionProposal, RunInfo
from acseg_desktop.jobs import SWITCH_S

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
WINDOW = (1600, 1000)
STROKES, MOVES = 10, 40
SIZES = {"12 MP": (4000, 3000), "100 MP": (12_000, 8_400)}


def make_photo(path: Path, width: int, height: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    small = random.integers(0, 256, (height // 100, width // 100, 3), np.uint8)
    Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC).save(path, quality=90)


def partition(width: int, height: int, count: int, seed: int) -> np.ndarray:
    """(height, width) uint8, wavy cells."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[: height // 8, : width // 8].astype(np.float32)
    waves = 6 * np.sin(x / 12) + 6 * np.sin(y / 15)
    centres = random.random((count, 2)) * y.shape
    best = np.full(y.shape, np.inf, np.float32)
    cells = np.zeros(y.shape, np.uint8)
    for index, (cy, cx) in enumerate(centres):
        distance = (y - cy) ** 2 + (x + waves - cx) ** 2
        cells[distance < best] = index
        np.minimum(best, distance, out=best)
    return np.kron(cells, np.ones((8, 8), np.uint8))


@pytest.fixture(params=list(SIZES))
def large(request, tmp_path):
    """A closed project of three photos with 24 regions each, and their size."""
    width, height = SIZES[request.param]
    photos = tmp_path / "photos"
    photos.mkdir()
    with create_project(tmp_path / "project", image_root=photos, name="Large") as project:
        for number in range(3):
            make_photo(photos / f"{number}.jpg", width, height, number)
        ingest.add_images(
            project, [inspect_image(photos, f"{n}.jpg", thumbnails=project.thumbnails_dir) for n in range(3)]
        )
        run_id = runs.begin_run(project, RunInfo("vit", "0" * 64, "tiny", "1" * 64, "{}", "0.1.0"))
        for image_id in queries.image_ids(project):
            encoded = masks.encode_label_map(partition(width, height, 24, image_id))
            descriptor = np.full(16, 0.25, np.float16)
            runs.save_proposals(
                project,
                run_id,
                image_id,
                [
                    RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), descriptor)
                    for node, mask in encoded.items()
                ],
            )
        runs.finish_run(project, run_id)
    return request.param, tmp_path / "project"


class Clock:
    """Times of frames, from a mouse event to the window painted: by the clock, and what this thread computed.

    The first says more where nothing else runs on the machine, the second where something does; it leaves out waiting
    for the threads that save.
    """

    def __init__(self) -> None:
        self.frames: list[float] = []
        self.computed: list[float] = []

    def frame(self, act) -> None:
        start, computed = time.perf_counter(), time.thread_time()
        act()
        QApplication.processEvents()
        self.frames.append((time.perf_counter() - start) * 1000)
        self.computed.append((time.thread_time() - computed) * 1000)

    def __str__(self) -> str:
        p50, p95, worst = np.percentile(self.frames, [50, 95, 100])
        own50, own95, own_worst = np.percentile(self.computed, [50, 95, 100])
        return (
            f"p50 {p50:6.1f}  p95 {p95:6.1f}  worst {worst:6.1f} ms; "
            f"computed {own50:5.1f} {own95:6.1f} {own_worst:6.1f}   ({len(self.frames)} frames)"
        )


def strokes(canvas, clock: Clock, *, pause: float = 0.0) -> None:
    """Wavy strokes over the middle of the window, each followed at once by the next."""
    middle = canvas.rect().center()
    for stroke in range(STROKES):
        way = [
            middle + QPoint(round(8 * (move - MOVES / 2)), round(60 * math.sin(move / 6 + stroke) + 20 * (stroke - 5)))
            for move in range(MOVES)
        ]
        clock.frame(lambda spot=way[0]: QTest.mousePress(canvas, LEFT, NONE, spot))
        for spot in way[1:]:
            clock.frame(lambda spot=spot: QTest.mouseMove(canvas, spot))
        clock.frame(lambda spot=way[-1]: QTest.mouseRelease(canvas, LEFT, NONE, spot))
        deadline = time.monotonic() + pause
        while time.monotonic() < deadline:
            clock.frame(lambda: time.sleep(0.002))


def settle(hands) -> None:
    """Until everything is saved and read, however long that takes."""
    hands.wait(lambda: not hands.window.jobs.running(), timeout=120_000)
    hands.rest()


@pytest.mark.benchmark
def test_brush_and_next_image(make_window, large):
    name, folder = large
    sys.setswitchinterval(SWITCH_S)  # as the program does
    hands = make_window()
    window = hands.window
    window.resize(*WINDOW)
    forget_memory()
    window.open(folder)
    hands.wait(lambda: window.viewer.record is not None, timeout=120_000)
    settle(hands)
    canvas, tools = window.canvas, window.commands.tools
    print(f"\n{name}, 24 regions, window {WINDOW[0]} x {WINDOW[1]}, canvas {canvas.width()} x {canvas.height()}")
    first = window.viewer.regions[0].id
    for zoom_name, act in (("fitted", canvas.fit), ("at 100 %", canvas.actual_size)):
        act()
        for diameter in (12, 80, 400):
            canvas.select([first])
            hands.press(Qt.Key.Key_B)
            tools._size.diameter = diameter
            clock = Clock()
            strokes(canvas, clock)
            print(f"  brush {diameter:4d} px {zoom_name:9s} {clock}")
            settle(hands)
    hands.press(Qt.Key.Key_E)
    clock = Clock()
    strokes(canvas, clock)
    print(f"  eraser 400 px {zoom_name:8s} {clock}")
    settle(hands)
    hands.press(Qt.Key.Key_V)
    clock = Clock()
    for step in range(60):
        clock.frame(lambda step=step: canvas._pan(-9 + step % 3, 7))
    print(f"  pan at 100 %             {clock}")
    clock = Clock()
    for step in range(30):
        clock.frame(lambda step=step: canvas.zoom_by(1.2 if step % 6 < 3 else 1 / 1.2))
    print(f"  zoom steps               {clock}")
    for key in (Qt.Key.Key_D, Qt.Key.Key_D, Qt.Key.Key_A, Qt.Key.Key_A):
        hands.press(key)
        settle(hands)
    taken = []
    for key in (Qt.Key.Key_D, Qt.Key.Key_A) * 4:
        shown = []
        window.viewer.image_shown.connect(shown.append)
        start = time.perf_counter()
        hands.press(key)
        while not shown:
            QApplication.processEvents()
        canvas.repaint()
        taken.append((time.perf_counter() - start) * 1000)
        window.viewer.image_shown.disconnect(shown.append)
        settle(hands)
    print(f"  next image, warm         median {np.median(taken):.0f} ms, worst {max(taken):.0f} ms")
    print(f"  memory of the process    at most {memory():.0f} MB")


PEER = """
import json, math, sys, time
import numpy as np
width, height, diameter = (int(value) for value in sys.argv[1:4])
out = {}
try:
    import napari
    from napari.layers import Labels
    labels = np.ones((height, width), np.uint8)
    labels[:, width // 2:] = 2
    layer = Labels(labels)
    layer.brush_size = diameter
    layer.mode = 'paint'
    frames = []
    for stroke in range(10):
        last = None
        for move in range(40):
            down = 180 * math.sin(move / 6 + stroke) + 60 * (stroke - 5)
            at = np.array([height / 2 + down, width / 2 + 24 * (move - 20)])
            start = time.perf_counter()
            if last is None:
                layer.paint(at, 3)
            else:
                steps = max(2, int(np.linalg.norm(at - last) // max(1, diameter // 4)))
                for place in np.linspace(last, at, steps)[1:]:
                    layer.paint(place, 3, refresh=False)
                layer.refresh(extent=False, highlight=False) if hasattr(layer, 'refresh') else None
            frames.append((time.perf_counter() - start) * 1000)
            last = at
    out['napari ' + napari.__version__ + ' Labels.paint, model only, nothing drawn'] = frames
except ImportError as error:
    out['napari'] = str(error)
print(json.dumps(out))
"""


@pytest.mark.benchmark
@pytest.mark.parametrize("diameter", [12, 80, 400])
def test_peers(diameter):
    python = os.environ.get("ACSEG_PEERS")
    if not python:
        print("\n  peers: not measured, ACSEG_PEERS names no Python that has them")
        pytest.skip("ACSEG_PEERS is not set")
    width, height = SIZES["12 MP"]
    command = [python, "-c", PEER, str(width), str(height), str(diameter)]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
    for name, frames in json.loads(done.stdout.splitlines()[-1]).items():
        if isinstance(frames, str):
            print(f"\n  {name}: not measured, {frames}")
        else:
            p50, p95, worst = np.percentile(frames, [50, 95, 100])
            print(f"\n  {name}, {diameter} px: p50 {p50:.1f}   p95 {p95:.1f}   worst {worst:.1f} ms")
