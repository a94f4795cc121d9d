"""Times of the canvas at 12 and 100 megapixels, beside a plain QImage drawn to fit the same window.

Run by hand: `pytest tests/benchmarks/bench_canvas.py -m benchmark -s -n 0`
"""

import statistics
import time
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from acseg_core.types import Label, Region, RegionOrigin, RegionStatus, Rle
from acseg_desktop.canvas.view import ImageCanvas

WINDOW = (1600, 1000)
LABELS = {1: Label(1, "meadow", "#009e73"), 2: Label(2, "sky", "#0072b2")}


def photo_and_regions(width: int, height: int, count: int):
    """A smooth photo, and a partition into ``count`` wavy cells."""
    rng = np.random.default_rng(0)
    small = rng.integers(0, 256, (height // 50, width // 50, 3), np.uint8)
    photo = np.ascontiguousarray(small.repeat(50, axis=0).repeat(50, axis=1))
    height, width = photo.shape[:2]
    y, x = np.mgrid[: height // 4, : width // 4].astype(np.float32)
    centres = rng.random((count, 2)) * (height // 4, width // 4)
    waves = 12 * np.sin(x / 23) + 12 * np.sin(y / 31)
    distances = np.stack([(y - cy) ** 2 + (x + waves - cx) ** 2 for cy, cx in centres])
    cells = distances.argmin(axis=0).astype(np.int32)
    label_map = np.ascontiguousarray(cells.repeat(4, axis=0).repeat(4, axis=1))
    label_map = np.pad(label_map, ((0, height - label_map.shape[0]), (0, width - label_map.shape[1])), mode="edge")
    regions = []
    for index in range(count):
        rows, columns = np.nonzero(cells == index)
        if not len(rows):
            continue
        box = (4.0 * columns.min(), 4.0 * rows.min(), 4.0 * np.ptp(columns) + 4, 4.0 * np.ptp(rows) + 4)
        status, label = (RegionStatus.ACCEPTED, index % 2 + 1) if index % 3 else (RegionStatus.PROPOSED, None)
        mask = Rle(b"", height, width)
        area, origin = 16 * len(rows), RegionOrigin.CUT
        regions.append(Region(index + 1, 1, 1, index, mask, box, area, status, label, origin=origin))
    return photo, label_map, regions


def milliseconds(act: Callable[[int], None], times: int = 9) -> float:
    """Median time of ``act``, after one to warm up."""
    act(0)
    taken = []
    for turn in range(1, times + 1):
        start = time.perf_counter()
        act(turn)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


@pytest.mark.benchmark
@pytest.mark.parametrize(("width", "height"), [(4000, 3000), (12_000, 8_400)], ids=["12 MP", "100 MP"])
@pytest.mark.parametrize("count", [16, 200])
def test_canvas_times(qtbot, width, height, count):
    photo, label_map, regions = photo_and_regions(width, height, count)
    height, width = photo.shape[:2]
    canvas = ImageCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(*WINDOW)
    with qtbot.waitExposed(canvas):
        canvas.show()

    plain = QImage(photo.data, width, height, width * 3, QImage.Format.Format_RGB888)
    plain = plain.convertToFormat(QImage.Format.Format_RGB32)
    screen = QImage(*WINDOW, QImage.Format.Format_RGB32)
    canvas.show_image(photo)
    left, top, right, bottom = canvas._viewport.picture

    def draw_plain(_: int) -> None:
        painter = QPainter(screen)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRect(left, top, right - left, bottom - top), plain)
        painter.end()

    def show_image(_: int) -> None:
        canvas.show_image(photo)
        canvas.repaint()

    def show_regions(_: int) -> None:
        canvas.show_regions(label_map, regions, LABELS)
        canvas.repaint()

    def select(turn: int) -> None:
        canvas.select([regions[turn % len(regions)].id])
        canvas.repaint()

    def select_all(turn: int) -> None:
        canvas.select([region.id for region in regions] if turn % 2 else [])
        canvas.repaint()

    def hover(turn: int) -> None:
        QTest.mouseMove(canvas, QPoint(200 + turn * 120, 300 + turn * 37))
        canvas.repaint()

    def opacity(turn: int) -> None:
        canvas.set_overlay_opacity(0.2 + 0.05 * turn)
        canvas.repaint()

    def zoom(turn: int) -> None:
        canvas.zoom_by(1.2)
        canvas.repaint()

    def pan(turn: int) -> None:
        canvas._pan(-9, 7)
        canvas.repaint()

    baseline = milliseconds(draw_plain)
    rows = [("plain QImage drawn to fit", baseline)]
    for name, act in [
        ("show_image and paint", show_image),
        ("show_regions and paint", show_regions),
        ("select another region", select),
        ("select all or none", select_all),
        ("hover another region", hover),
        ("opacity", opacity),
        ("zoom step", zoom),
        ("pan step", pan),
    ]:
        rows.append((name, milliseconds(act)))
    photo_bytes = photo.nbytes
    extra = canvas._pyramid.extra_bytes + canvas._layer.grid.slots.nbytes
    frame = sum(buffer.nbytes for buffer in (canvas._frame._photo, canvas._frame._overlay, canvas._frame._slots))
    print(f"\n{width} x {height}, {len(regions)} regions, window {WINDOW[0]} x {WINDOW[1]}")
    for name, taken in rows:
        print(f"  {name:28s}{taken:8.1f} ms   x {taken / baseline:5.2f}")
    print(f"  memory: photo {photo_bytes / 1e6:.0f} MB, beyond it {extra / 1e6:.0f} MB, screen {frame / 1e6:.0f} MB")
