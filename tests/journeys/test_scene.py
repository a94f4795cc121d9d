"""A scene of 8,000 pixels by mouse: over its tiles and back, a name in another tile, a stroke over a seam, and undo."""

import numpy as np
import pytest
from desktop.canvas.mouse import wheel
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from scene_project import make_scene_project

from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.types import RegionStatus

LEFT, MIDDLE, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(hands, tmp_path):
    """A window with a scene of 9 x 9 tiles, each of four regions."""
    hands.open(make_scene_project(tmp_path, width=8000, height=8000, side=896))
    return hands


def here(window) -> str:
    return window.viewer.record.path


def pan(desk, by: QPoint) -> None:
    canvas = desk.window.canvas
    start = canvas.rect().center()
    QTest.mousePress(canvas, MIDDLE, NONE, start)
    for step in range(1, 9):
        QTest.mouseMove(canvas, start + by * step / 8)
        canvas.repaint()
    QTest.mouseRelease(canvas, MIDDLE, NONE, start + by)


def regions(desk, path: str):
    project = desk.window.session.project
    record = queries.image_by_path(project, path)
    return queries.regions(project, record.id)


def click(desk, point: QPoint) -> None:
    canvas = desk.window.canvas
    QTest.mouseMove(canvas, point)
    desk.rest()
    QTest.mouseClick(canvas, LEFT, NONE, point)
    desk.rest()


def test_a_scene_is_one_canvas(desk):
    window, canvas = desk.window, desk.window.canvas
    assert here(window) == "map#r1c1.tif"
    assert window.header.name.text() == "map · r1 c1"
    assert window.images.rowCount() == 81

    wheel(canvas, canvas.rect().center(), 2)
    for _ in range(6):
        pan(desk, QPoint(-canvas.width() // 2, -canvas.height() // 2))
    desk.rest()
    assert here(window) == "map#r1c1.tif", "looking about changes nothing"
    across, down = canvas.image_point(canvas.rect().center().toPointF())
    assert across > 2 * 896
    assert down > 896
    elsewhere = canvas.mosaic.tile_at(across, down)
    assert canvas.mosaic.view(elsewhere).photo is not None

    wheel(canvas, canvas.rect().center(), -30)
    desk.rest()
    left, top, right, bottom = canvas.viewport.ground_on_screen
    assert max(right - left, bottom - top) < min(canvas.width(), canvas.height()), "all of the scene is in sight"
    assert canvas.mosaic.overview is not None
    seen = canvas.grab().toImage()
    middle = canvas.rect().center()
    assert len({seen.pixel(middle + QPoint(dx, dx)) for dx in range(-40, 40, 8)}) > 4, "and a picture of it is drawn"

    canvas.go_to(0.5, 896, 448)
    desk.rest()
    corner = canvas.viewport.left, canvas.viewport.top
    click(desk, canvas.widget_point(896 + 200, 200).toPoint())
    assert here(window) == "map#r1c2.tif"
    left = window.viewer.record.info.tile.left
    assert (canvas.viewport.left, canvas.viewport.top) == (corner[0] + left // 2, corner[1]), "nothing moved"
    (chosen,) = canvas.selection
    assert chosen in {region.id for region in regions(desk, "map#r1c2.tif")}

    desk.press(Qt.Key.Key_Slash)
    desk.type("meadow")
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    named = next(region for region in regions(desk, "map#r1c2.tif") if region.id == chosen)
    assert named.status is RegionStatus.ACCEPTED
    (beside,) = [region for region in regions(desk, "map#r1c1.tif") if region.label_id == named.label_id]
    assert beside.status is RegionStatus.ACCEPTED, "what goes on over the seam has the name, too"
    meadows = {"map#r1c2.tif": chosen, "map#r1c1.tif": beside.id}
    before = {path: pixels(desk, path) for path in meadows}
    steps = window.session.history.undo

    canvas.setFocus()
    desk.press(Qt.Key.Key_B)
    start, end = (canvas.widget_point(x, 450).toPoint() for x in (150, -150))
    QTest.mousePress(canvas, LEFT, NONE, start)
    for step in range(1, 11):
        QTest.mouseMove(canvas, start + (end - start) * step / 10)
        canvas.repaint()
    QTest.mouseRelease(canvas, LEFT, NONE, end)
    desk.rest()
    here_before, beside_before = (np.count_nonzero(before[path] == id_) for path, id_ in meadows.items())
    here_now, beside_now = (np.count_nonzero(pixels(desk, path) == id_) for path, id_ in meadows.items())
    assert here_now > here_before + 150, "it grew where it was selected"
    assert beside_now > beside_before + 150, "and in the next tile, where it goes on"
    assert window.session.history.undo != steps

    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.rest()
    for path, was in before.items():
        assert np.array_equal(pixels(desk, path), was), f"{path} is as it was, by one step back"

    desk.press(Qt.Key.Key_V)
    desk.press(Qt.Key.Key_D)
    desk.rest()
    assert here(window) == "map#r1c3.tif"
    left, top, right, bottom = canvas.viewport.picture
    assert left >= 0 or right <= canvas.viewport.width
    assert canvas.zoom == 0.5


def pixels(desk, path: str) -> np.ndarray:
    """(H, W) int64, the region of each pixel of a tile."""
    found = regions(desk, path)
    height, width = found[0].mask.height, found[0].mask.width
    indices = masks.paint_label_map([region.mask for region in found], height=height, width=width)
    return np.array([0, *(region.id for region in found)])[indices + 1]
