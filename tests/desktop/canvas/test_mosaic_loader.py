"""Tiles come when they are in sight, stay up to date, and take over from each other under the mouse."""

import threading
from contextlib import contextmanager

import numpy as np
import pytest
from desktop.canvas.mouse import drag
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from scene_project import make_scene_project

from acseg_core.store import queries
from acseg_core.store.edits import review
from acseg_core.store.queries.scene_queries import scenes
from acseg_core.types import ImageStatus
from acseg_desktop.canvas.tints import STRONG
from acseg_desktop.jobs import Lane
from acseg_desktop.operations import review as reviewing

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(hands, tmp_path):
    """A window with a scene of 3 x 3 tiles of 128 pixels, of four regions each, at twice its size."""
    hands.open(make_scene_project(tmp_path, width=384, height=384, side=128))
    hands.window.canvas.go_to(2.0, 128, 64)
    hands.rest()
    return hands


def tile(desk, place: str):
    return queries.image_by_path(desk.window.session.project, f"map#{place}.tif")


def view(desk, place: str):
    return desk.window.canvas.mosaic.view(tile(desk, place).id)


def regions(desk, place: str):
    return queries.regions(desk.window.session.project, tile(desk, place).id)


def at(desk, x: float, y: float) -> QPoint:
    return desk.window.canvas.widget_point(x, y).toPoint()


@contextmanager
def nothing_read(desk):
    """While both threads that read for the screen are busy with something else; nothing was read ahead before."""
    desk.window.viewer._cache.clear()
    gate = threading.Event()
    for _ in range(Lane.READ.value[1]):
        desk.window.jobs.submit(Lane.READ, gate.wait, priority=-1)
    yield
    gate.set()
    desk.rest()


def test_what_is_in_sight_is_read_and_nothing_else(desk):
    assert view(desk, "r1c2").photo is not None
    assert view(desk, "r3c3") is None
    canvas = desk.window.canvas
    canvas._centre_on(0.9, 0.9)
    desk.rest()
    assert view(desk, "r3c3").photo is not None
    assert desk.window.viewer.record.path == "map#r1c1.tif"


def test_reading_what_went_out_of_sight_is_called_off(desk):
    canvas, loader = desk.window.canvas, desk.window.viewer.mosaic_loader
    canvas._centre_on(0.9, 0.9)
    with nothing_read(desk):
        loader._pull()
        jobs = list(loader._running.values())
        assert 0 < len(jobs) <= 2
        canvas._centre_on(0.1, 0.1)
        loader._pull()
        assert all(job.is_cancelled for job in jobs)
        assert not loader._running


def test_names_given_elsewhere_are_seen(desk):
    there = regions(desk, "r1c2")[0]
    assert view(desk, "r1c2").chips == ()
    desk.window.session.edit(lambda project: review.name_regions_as(project, [there.id], "meadow"))
    desk.rest()
    assert [chip.text for chip in view(desk, "r1c2").chips] == ["meadow"]


def test_a_press_in_another_tile_goes_on_there_also_without_a_warning(desk):
    canvas, window = desk.window.canvas, desk.window
    spot = at(desk, 128 + 20, 20)
    corner = canvas.viewport.left, canvas.viewport.top
    with nothing_read(desk):
        QTest.mouseClick(canvas, LEFT, NONE, spot)
        assert window.viewer.record.path == "map#r1c1.tif", "it is not read yet"
    assert window.viewer.record.path == "map#r1c2.tif"
    assert (canvas.viewport.left, canvas.viewport.top) == (corner[0] + 256, corner[1])
    (chosen,) = canvas.selection
    assert chosen in {region.id for region in regions(desk, "r1c2")}
    assert view(desk, "r1c1").photo is not None, "what was shown before is there without being read"
    assert window.header.name.text() == "map · r1 c2"


def test_a_tile_under_the_cursor_takes_a_press_at_once(desk):
    canvas, window = desk.window.canvas, desk.window
    spot = at(desk, 128 + 20, 20)
    QTest.mouseMove(canvas, spot)
    desk.rest()
    QTest.mousePress(canvas, LEFT, NONE, spot)
    assert window.viewer.record.path == "map#r1c2.tif"
    QTest.mouseRelease(canvas, LEFT, NONE, spot)
    assert len(canvas.selection) == 1
    desk.rest()
    assert len(canvas.selection) == 1


def test_a_tile_that_changed_since_it_was_read_ahead_is_read_again(desk):
    canvas, window = desk.window.canvas, desk.window
    spot = at(desk, 128 + 20, 20)
    QTest.mouseMove(canvas, spot)
    desk.rest()
    there = regions(desk, "r1c2")
    reviewing.merge_regions(window.session, [each.id for each in there])
    desk.rest()
    QTest.mouseClick(canvas, LEFT, NONE, spot)
    desk.rest()
    assert len(window.viewer.regions) == 1
    assert canvas.selection == {window.viewer.regions[0].id}


def test_a_polygon_over_a_corner_of_four_tiles_is_one_step(desk):
    canvas = desk.window.canvas
    before = {place: len(regions(desk, place)) for place in ("r1c1", "r1c2", "r2c1", "r2c2")}
    canvas.go_to(2.0, 128, 128)
    desk.rest()
    canvas.setFocus()
    desk.press(Qt.Key.Key_P)
    for x, y in ((110, 110), (150, 110), (150, 150), (110, 150)):
        QTest.mouseClick(canvas, LEFT, NONE, at(desk, x, y))
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    assert desk.window.viewer.record.path == "map#r1c1.tif", "it was begun there"
    assert {place: len(regions(desk, place)) - count for place, count in before.items()} == dict.fromkeys(before, 1)
    areas = [sum(region.area for region in regions(desk, place)) for place in before]
    assert areas == [128 * 128] * 4
    desk.press(Qt.Key.Key_Escape)
    canvas.setFocus()
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.rest()
    assert {place: len(regions(desk, place)) for place in before} == before


def test_erasing_stays_in_its_tile(desk):
    canvas = desk.window.canvas
    before = {region.id: region.mask for region in regions(desk, "r1c2")}
    canvas.setFocus()
    desk.press(Qt.Key.Key_E)
    drag(canvas, at(desk, 100, 70), at(desk, 150, 70))
    desk.rest()
    assert {region.id: region.mask for region in regions(desk, "r1c2")} == before


def test_the_overview_shows_all_of_the_scene_and_what_is_done(desk):
    canvas, window = desk.window.canvas, desk.window
    assert canvas.mosaic.overview is not None
    assert canvas.minimap.isVisible()
    plain = canvas.minimap.grab().toImage()
    review_all = [tile(desk, "r1c1").id]
    window.session.edit(lambda project: review.set_image_statuses(project, review_all, ImageStatus.DONE))
    desk.qtbot.wait(400)
    desk.rest()
    done = canvas.minimap.grab().toImage()
    inside, elsewhere = QPoint(done.width() // 6, done.height() // 6), QPoint(done.width() * 5 // 6, 12)
    assert done.pixel(inside) != plain.pixel(inside)
    assert done.pixel(elsewhere) == plain.pixel(elsewhere)
    QTest.mouseClick(canvas.minimap, LEFT, NONE, QPoint(canvas.minimap.width() - 5, canvas.minimap.height() - 5))
    x, y = canvas.image_point(canvas.rect().center().toPointF())
    assert min(x, y) > 300
    assert window.viewer.record.path == "map#r1c1.tif"


def test_going_on_in_the_list_brings_the_tile_into_sight_at_the_same_zoom(desk):
    canvas = desk.window.canvas
    canvas.go_to(4.0, 64, 64)
    desk.rest()
    canvas.setFocus()
    desk.press(Qt.Key.Key_D)
    desk.rest()
    assert desk.window.viewer.record.path == "map#r1c2.tif"
    assert canvas.zoom == 4.0
    assert canvas.image_point(canvas.rect().center().toPointF()) == pytest.approx((64, 64), abs=2)
    for path in ("map#r1c3.tif", "map#r2c3.tif"):
        desk.press(Qt.Key.Key_D)
        desk.rest()
        assert desk.window.viewer.record.path == path, "the list goes to and fro"


def test_fit_twice_shows_the_whole_scene(desk):
    canvas, commands = desk.window.canvas, desk.window.commands
    commands.view.fit()
    assert canvas.viewport.picture.width > canvas.viewport.width / 3
    once = canvas.zoom
    commands.view.fit()
    assert canvas.zoom < once
    left, top, right, _bottom = canvas.viewport.ground_on_screen
    assert min(left, top) >= 0
    assert right <= canvas.viewport.width


def test_regions_are_seen_over_the_whole_scene_where_tiles_are_small(desk):
    canvas = desk.window.canvas
    canvas.zoom_by(0.1)
    desk.rest()
    assert canvas.mosaic.is_far(canvas.viewport)
    assert canvas.mosaic.colors is not None
    assert np.count_nonzero(canvas.mosaic.colors) == canvas.mosaic.colors.size


def test_a_scene_whose_file_is_gone_is_said_where_its_tiles_would_be(desk):
    canvas, project = desk.window.canvas, desk.window.session.project
    canvas._centre_on(0.5, 0.1)
    desk.rest()
    (project.image_root / "map.tif").rename(project.image_root / "gone.tif")
    canvas._centre_on(0.9, 0.9)
    desk.rest()
    assert view(desk, "r3c3").problem == "map.tif is missing"
    canvas.grab()


def test_a_photo_has_nothing_around_it(desk):
    canvas = desk.window.canvas
    desk.window.viewer.clear()
    assert canvas.mosaic is None
    assert desk.window.viewer.mosaic_loader.mosaic is None
    assert canvas.margin == 0


def test_the_menu_of_a_region_in_another_tile_waits_for_that_tile(desk):
    canvas = desk.window.canvas
    asked = []
    canvas.menu_requested.disconnect()
    canvas.menu_requested.connect(asked.append)
    spot = at(desk, 128 + 20, 20)
    with nothing_read(desk):
        QTest.mousePress(canvas, Qt.MouseButton.RightButton, NONE, spot)
        menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, canvas.mapToGlobal(spot))
        QApplication.sendEvent(canvas, menu)
        QTest.mouseRelease(canvas, Qt.MouseButton.RightButton, NONE, spot)
        assert asked == []
    assert asked == [canvas.mapToGlobal(spot)]
    assert canvas.selection <= {region.id for region in regions(desk, "r1c2")}
    assert len(canvas.selection) == 1


def test_other_colours_of_unnamed_regions_are_those_of_all_tiles(desk):
    before = view(desk, "r1c2").looks
    desk.window.canvas.set_tints(STRONG)
    desk.rest()
    after = view(desk, "r1c2").looks
    assert {look.color for look in after} <= set(STRONG)
    assert [look.color for look in before] != [look.color for look in after]


def test_a_scene_whose_file_was_read_whole_meanwhile_is_the_same_one(desk):
    """The program does that when there is nothing else to do; the view began anew then."""
    canvas, project = desk.window.canvas, desk.window.session.project
    mosaic = canvas.mosaic
    assert mosaic.scene.sha256 == "", "it was not when the scene was opened"
    assert [scene.sha256 != "" for scene in scenes(project)] == [True]
    QTest.mouseClick(canvas, LEFT, NONE, at(desk, 128 + 20, 20))
    desk.rest()
    assert desk.window.viewer.record.path == "map#r1c2.tif"
    assert canvas.mosaic is mosaic
