"""Times of a frame while panning over a scene, beside the same on one photo, and memory of scenes of two sizes.

Run by hand: `pytest tests/benchmarks/bench_scene_canvas.py -m benchmark -s -n 0`

Times are those of the GUI thread's own work, so that what else runs on the machine counts for less; tiles are read
meanwhile on the lanes, as always.
"""

import statistics
import time
from collections.abc import Callable

import pytest
from desktop.conftest import _own_settings, hands, make_window, qapp  # noqa: F401 - fixtures
from desktop.hands import Hands
from scene_project import fields, make_scene_project, smooth_texture

from acseg_core.store import queries
from acseg_core.types import Region
from acseg_desktop.canvas.mosaic import BUDGET
from acseg_desktop.canvas.view import ImageCanvas

ZOOMS = (1.0, 0.5, 0.25, 0.1)
FRAME_MS = 1000 / 60


def milliseconds(act: Callable[[int], None], *, times: int = 60) -> tuple[float, float]:
    """Median and 95th percentile of a frame."""
    taken = []
    for turn in range(times):
        start = time.thread_time()
        act(turn)
        taken.append((time.thread_time() - start) * 1000)
    return statistics.median(taken), sorted(taken)[int(0.95 * times)]


def pan_times(canvas: ImageCanvas, between: Callable[[], None]) -> tuple[float, float]:
    def pan(_: int) -> None:
        canvas._pan(-9, 7)
        canvas.repaint()

    pan(0)
    times = []
    for _ in range(4):
        times.append(milliseconds(pan, times=15))
        between()
    return statistics.median(each[0] for each in times), max(each[1] for each in times)


def zoom_time(canvas: ImageCanvas) -> float:
    def zoom(turn: int) -> None:
        canvas.zoom_by(1.05 if turn % 2 else 1 / 1.05)
        canvas.repaint()

    return milliseconds(zoom, times=10)[0]


def as_photo(canvas: ImageCanvas, desk: Hands) -> None:
    """One photo on the same canvas, as large as a scene in sight, with the regions of one tile in it."""
    record = desk.window.viewer.record
    regions: list[Region] = queries.regions(desk.window.session.project, record.id)
    label_map = fields(record).astype("int32").repeat(4, axis=0).repeat(4, axis=1)
    height, width = label_map.shape
    canvas.show_image(smooth_texture(width, height))
    canvas.show_regions(label_map, regions, {})


@pytest.mark.benchmark
def test_frames_of_a_scene_beside_those_of_a_photo(hands, tmp_path):  # noqa: F811
    hands.open(make_scene_project(tmp_path, width=8000, height=8000, side=896))
    hands.window.resize(1600, 1000)
    canvas = hands.window.canvas
    rows = []
    for zoom in ZOOMS:
        canvas.go_to(zoom, 2000, 2000)
        hands.rest()
        rows.append((zoom, pan_times(canvas, lambda: hands.qtbot.wait(30)), zoom_time(canvas)))
        hands.rest()
    as_photo(canvas, hands)
    print(f"\ncanvas of {canvas.width()} x {canvas.height()}; a frame at 60 a second lasts {FRAME_MS:.1f} ms")
    for zoom, (median, most), step in rows:
        canvas.go_to(zoom, 1800, 1800)
        photo, photo_most = pan_times(canvas, lambda: None)
        photo_step = zoom_time(canvas)
        print(
            f"  zoom {zoom:4}: pan {median:5.1f} ms (95 %: {most:5.1f}), photo {photo:5.1f} ({photo_most:5.1f}), "
            f"x {median / photo:4.2f}; zoom step {step:5.1f} ms, photo {photo_step:5.1f}, x {step / photo_step:4.2f}"
        )


@pytest.mark.benchmark
@pytest.mark.parametrize("width", [8000, 20_000])
def test_memory_is_bounded_whatever_the_size(hands, tmp_path, width):  # noqa: F811
    hands.open(make_scene_project(tmp_path, width=width, height=width, side=896, proposed=False))
    canvas = hands.window.canvas
    canvas.go_to(1.0, 0, 0)
    most, loader = 0, hands.window.viewer.mosaic_loader
    for row in range(0, width - 900, 900):
        for column in range(0, width - 900, 900):
            canvas.go_to(1.0, column, row)
            loader._pull()
            hands.wait(lambda: not loader._running and not loader.is_waiting)
            most = max(most, canvas.mosaic.nbytes)
    print(f"\n{width} x {width}: at most {most / 1e6:.0f} MB kept of {len(canvas.mosaic.records)} tiles")
    assert most <= BUDGET + 64_000_000
