"""Tools in a real window: what the mouse and the keys do to the pixels of the project."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from acseg_core.shapes.masks import paint_label_map
from acseg_core.store import queries
from acseg_core.types import RegionStatus
from acseg_desktop.canvas.raster import capsule, polygon, snapped
from acseg_desktop.canvas.tools.path import PathTool
from acseg_desktop.jobs import Lane

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, SHIFT, ALT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
Key = Qt.Key
WIDTH, HEIGHT = 96, 64


class Painter:
    """A person with a tool, and what the project holds afterwards."""

    def __init__(self, hands, folder) -> None:
        self.hands = hands
        hands.open(folder)
        self.window = hands.window
        self.canvas, self.tools = hands.window.canvas, hands.window.commands.tools

    def at(self, x: float, y: float) -> QPoint:
        """Where an image point is on the canvas."""
        return self.canvas.widget_point(x, y).toPoint()

    def image(self, point: QPoint) -> tuple[float, float]:
        return self.canvas.image_point(QPointF(point))

    def drag(self, *places: tuple[float, float], button=LEFT, modifiers=NONE) -> list[tuple[float, float]]:
        """Press at the first image point, move through the others, let go; the image points really met."""
        spots = [self.at(*place) for place in places]
        QTest.mousePress(self.canvas, button, modifiers, spots[0])
        for spot in spots[1:]:
            QTest.mouseMove(self.canvas, spot)
        QTest.mouseRelease(self.canvas, button, modifiers, spots[-1])
        return [self.image(spot) for spot in spots]

    def click(self, x: float, y: float, button=LEFT, modifiers=NONE) -> tuple[float, float]:
        QTest.qWait(1)
        QTest.mousePress(self.canvas, button, modifiers, self.at(x, y))
        QTest.mouseRelease(self.canvas, button, modifiers, self.at(x, y))
        return self.image(self.at(x, y))

    def press(self, key, modifiers=NONE) -> None:
        self.hands.press(key, modifiers)

    def size(self, diameter: int) -> None:
        self.tools._size.diameter = diameter

    def stored(self) -> np.ndarray:
        """(H, W) int, id of the region of each pixel in the project, 0 for none; fails where regions overlap."""
        self.hands.rest()
        record = self.window.viewer.record
        regions = queries.regions(self.window.session.project, record.id)
        indices = paint_label_map([region.mask for region in regions], height=record.height, width=record.width)
        assert sum(region.area for region in regions) == np.count_nonzero(indices >= 0)
        return np.array([0, *(region.id for region in regions)])[indices + 1]

    def shown(self) -> np.ndarray:
        """The same as the canvas shows it just now."""
        layer = self.canvas._layer
        return np.array([0, *(region.id for region in layer.regions)])[layer.grid.slots.astype(int)]

    def regions(self):
        return {region.id: region for region in queries.regions(self.window.session.project, self.image_id)}

    @property
    def image_id(self) -> int:
        return self.window.viewer.image_id


def laid_out(patch) -> np.ndarray:
    full = np.zeros((HEIGHT, WIDTH), bool)
    height, width = patch.mask.shape
    full[patch.top : patch.top + height, patch.left : patch.left + width] = patch.mask
    return full


def swept(places, diameter: int) -> np.ndarray:
    """Pixels of a stroke through image points."""
    full = np.zeros((HEIGHT, WIDTH), bool)
    for start, end in zip([places[0], *places[:-1]], places, strict=True):
        full |= laid_out(capsule(start, end, diameter, width=WIDTH, height=HEIGHT))
    return full


@pytest.fixture
def painter(hands, project_folder) -> Painter:
    return Painter(hands, project_folder)


def corner_ids(label_map: np.ndarray) -> list[int]:
    return [int(label_map[y, x]) for y, x in ((5, 5), (5, 90), (60, 5), (60, 90))]


# Brush


def test_the_brush_gives_pixels_to_the_selected_region(painter):
    before = painter.stored()
    first, second, *_ = corner_ids(before)
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.size(9)
    places = painter.drag((40, 10), (70, 20), (80, 30))
    expected = before.copy()
    expected[swept(places, 9)] = first
    assert np.array_equal(painter.shown(), expected)  # at once, before the project has it
    assert np.array_equal(painter.stored(), expected)
    assert np.array_equal(painter.shown(), expected)
    assert painter.regions()[first].area == np.count_nonzero(expected == first)
    assert painter.canvas.selection == {first}
    assert second in expected


def test_undo_and_redo_of_a_stroke(painter):
    before = painter.stored()
    painter.canvas.select([corner_ids(before)[3]])
    painter.press(Key.Key_B)
    painter.drag((80, 50), (20, 30))
    after = painter.stored()
    assert not np.array_equal(before, after)
    painter.press(Key.Key_Z, CONTROL)
    assert np.array_equal(painter.stored(), before)
    assert np.array_equal(painter.shown(), before)
    painter.press(Key.Key_Y, CONTROL)
    assert np.array_equal(painter.stored(), after)
    assert np.array_equal(painter.shown(), after)


def test_without_a_selection_the_brush_makes_a_region_with_the_label_given_last(painter):
    before = painter.stored()
    painter.window.commands.review.give_name("car")  # refused: nothing is selected
    painter.canvas.select([corner_ids(before)[0]])
    painter.window.commands.review.give_name("road")
    painter.hands.rest()
    (road,) = painter.window.session.labels.values()
    painter.press(Key.Key_Escape)
    painter.press(Key.Key_B)
    painter.press(Key.Key_1)
    assert painter.window.status.currentMessage() == "New regions are “road”"
    painter.size(12)
    places = painter.drag((30, 50), (70, 52))
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    assert np.array_equal(after == made, swept(places, 12))
    region = painter.regions()[made]
    assert (region.label_id, region.status, region.node) == (road.id, RegionStatus.ACCEPTED, None)
    assert painter.canvas.selection == {made}
    assert "1 region" not in painter.window.status.hint.text()


def test_strokes_that_follow_at_once_go_on_with_the_new_region(painter):
    before = painter.stored()
    painter.press(Key.Key_B)
    painter.size(7)
    strokes = [painter.drag((10, 10), (30, 12)), painter.drag((30, 12), (60, 40)), painter.drag((60, 40), (61, 60))]
    expected = before.copy()
    drawn = swept(strokes[0], 7) | swept(strokes[1], 7) | swept(strokes[2], 7)
    assert np.array_equal(painter.shown() < 0, drawn)  # its id is not known yet
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    expected[drawn] = made
    assert np.array_equal(after, expected)
    assert np.array_equal(painter.shown(), expected)
    for _ in range(3):
        painter.press(Key.Key_Z, CONTROL)
    assert np.array_equal(painter.stored(), before)


def test_escape_ends_a_region_and_the_next_stroke_is_another(painter):
    before = painter.stored()
    painter.press(Key.Key_B)
    painter.size(5)
    painter.drag((10, 10), (30, 10))
    painter.press(Key.Key_Escape)
    painter.drag((10, 20), (30, 20))
    assert len(set(np.unique(painter.stored())) - set(np.unique(before))) == 2


def test_shift_and_a_click_paint_a_straight_line(painter):
    before = painter.stored()
    first = corner_ids(before)[0]
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.size(3)
    start = painter.click(70, 10)
    painter.hands.rest()
    end = painter.click(85, 60, modifiers=SHIFT)
    expected = before.copy()
    expected[swept([start, end], 3)] = first
    assert np.array_equal(painter.stored(), expected)
    assert painter.window.session.history.undo == "Paint"


@pytest.mark.parametrize(("button", "modifiers"), [(LEFT, ALT), (RIGHT, NONE)])
def test_alt_or_the_right_button_turn_the_brush_round(painter, button, modifiers):
    before = painter.stored()
    first = corner_ids(before)[0]
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.size(9)
    places = painter.drag((58, 5), (58, 30), button=button, modifiers=modifiers)
    rubbed = swept(places, 9) & (before == first)
    assert np.count_nonzero(rubbed) > 50
    assert np.array_equal(painter.shown() == 0, rubbed)  # bare until their owners are known
    after = painter.stored()
    assert np.array_equal(after == first, (before == first) & ~rubbed)
    assert (after > 0).all()
    assert np.array_equal(after[~rubbed], before[~rubbed])


def test_a_stroke_that_changes_nothing_is_no_operation(painter):
    before = painter.stored()
    first = corner_ids(before)[0]
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.size(5)
    painter.drag((10, 10), (20, 20))
    assert np.array_equal(painter.stored(), before)
    assert painter.window.session.history.undo == "Propose"
    assert not painter.canvas._layer._previews


def test_escape_takes_back_a_stroke_that_is_being_painted(painter):
    before = painter.stored()
    painter.canvas.select([corner_ids(before)[0]])
    painter.press(Key.Key_B)
    QTest.mousePress(painter.canvas, LEFT, NONE, painter.at(80, 10))
    QTest.mouseMove(painter.canvas, painter.at(80, 60))
    assert not np.array_equal(painter.shown(), before)
    painter.press(Key.Key_Escape)
    assert np.array_equal(painter.shown(), before)
    QTest.mouseRelease(painter.canvas, LEFT, NONE, painter.at(80, 60))
    assert np.array_equal(painter.stored(), before)
    assert painter.tools.action_id == "tool.brush"


def test_a_stroke_is_not_disturbed_by_the_answer_to_the_one_before(painter):
    before = painter.stored()
    first = corner_ids(before)[0]
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.size(6)
    read = []
    painter.window.viewer.regions_shown.connect(lambda: read.append(painter.canvas.tool.is_painting))
    one = painter.drag((70, 10), (90, 10))
    QTest.mousePress(painter.canvas, LEFT, NONE, painter.at(70, 50))
    QTest.mouseMove(painter.canvas, painter.at(80, 50))
    expected = before.copy()
    two = [painter.image(painter.at(70, 50)), painter.image(painter.at(80, 50))]
    expected[swept(one, 6) | swept(two, 6)] = first
    painter.hands.wait(lambda: painter.window.viewer.is_waiting)
    for _ in range(2):  # it looks whether the stroke is over, and looks again
        with painter.hands.qtbot.waitSignal(painter.window.viewer._patience.timeout):
            pass
    painter.hands.round_trip(Lane.READ)
    assert read == []  # nothing is read while the stroke is painted
    assert np.array_equal(painter.shown(), expected)
    QTest.mouseRelease(painter.canvas, LEFT, NONE, painter.at(80, 50))
    assert np.array_equal(painter.stored(), expected)
    assert np.array_equal(painter.shown(), expected)
    assert read
    assert not any(read)
    assert not painter.canvas._layer._previews


def test_regions_read_while_a_stroke_is_painted_are_below_it(painter):
    before = painter.stored()
    first, second = corner_ids(before)[:2]
    painter.canvas.select([first])
    painter.press(Key.Key_B)
    painter.size(6)
    QTest.mousePress(painter.canvas, LEFT, NONE, painter.at(70, 50))
    QTest.mouseMove(painter.canvas, painter.at(80, 50))
    drawn = painter.shown() != before
    painter.window.viewer.show(painter.image_id)
    with painter.hands.qtbot.waitSignal(painter.window.viewer.regions_shown, timeout=10_000):
        pass
    expected = before.copy()
    expected[drawn] = first
    assert drawn.any()
    assert np.array_equal(painter.shown(), expected)
    painter.press(Key.Key_Escape)
    assert np.array_equal(painter.shown(), before)
    assert second in before


def test_several_selected_regions_are_refused(painter):
    before = painter.stored()
    painter.canvas.select_all()
    painter.press(Key.Key_B)
    painter.drag((10, 10), (80, 50))
    assert "Select one region" in painter.window.status.currentMessage()
    assert np.array_equal(painter.stored(), before)


# Size


def test_keys_and_wheel_change_the_size(painter):
    painter.press(Key.Key_B)
    size = painter.tools._size
    painter.size(24)
    painter.press(Key.Key_BracketRight)
    assert size.diameter == 27
    painter.press(Key.Key_BracketLeft)
    assert size.diameter == 24
    zoom = painter.canvas.zoom
    wheel(painter.canvas, painter.at(40, 30), modifiers=ALT, notches=2)
    assert size.diameter > 24
    assert painter.canvas.zoom == zoom
    assert f"{size.diameter} px" in painter.window.status.hint.text()
    wheel(painter.canvas, painter.at(40, 30), notches=1)
    assert painter.canvas.zoom > zoom
    for _ in range(60):
        painter.press(Key.Key_BracketLeft)
    assert size.diameter == 1
    painter.press(Key.Key_BracketRight)
    assert size.diameter == 2
    assert painter.window.preferences.number("brush", 0) == 2


def wheel(canvas, point: QPoint, *, notches: float, modifiers=NONE) -> None:
    event = QWheelEvent(
        QPointF(point),
        QPointF(canvas.mapToGlobal(point)),
        QPoint(),
        QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def test_the_tip_is_drawn_in_its_true_size(painter):
    painter.press(Key.Key_B)
    painter.size(30)
    spot = painter.at(48, 32)
    bare = rgb(painter.canvas.grab())
    QTest.mouseMove(painter.canvas, spot)
    ring = np.abs(rgb(painter.canvas.grab()).astype(int) - bare).sum(axis=2) > 60
    rows, columns = np.nonzero(ring)
    across = 30 * painter.canvas.scale
    assert abs(np.ptp(columns) - across) <= 4
    assert abs(np.ptp(rows) - across) <= 4
    centre = painter.canvas.widget_point(*snapped(painter.image(spot), 30))
    assert abs((columns.min() + columns.max()) / 2 - centre.x()) <= 1.5


def rgb(pixmap) -> np.ndarray:
    image = pixmap.toImage().convertToFormat(pixmap.toImage().Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


# Eraser


def test_the_eraser_takes_from_the_region_where_it_begins(painter):
    before = painter.stored()
    fourth = corner_ids(before)[3]
    painter.press(Key.Key_E)
    painter.size(8)
    places = painter.drag((62, 60), (61, 44), (10, 44))
    rubbed = swept(places, 8) & (before == fourth)
    after = painter.stored()
    assert np.array_equal(after == fourth, (before == fourth) & ~rubbed)
    assert np.array_equal(after[~rubbed], before[~rubbed])
    painter.press(Key.Key_Z, CONTROL)
    assert np.array_equal(painter.stored(), before)


# Polygon


def test_a_polygon_is_closed_by_enter_and_fills_exactly(painter):
    before = painter.stored()
    painter.press(Key.Key_P)
    corners = [painter.click(*corner) for corner in ((10, 10), (80, 20), (70, 55), (20, 50))]
    painter.press(Key.Key_Return)
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    covered = laid_out(polygon(corners, width=WIDTH, height=HEIGHT))
    assert np.array_equal(after == made, covered)
    assert np.array_equal(after[~covered], before[~covered])
    assert painter.window.viewer.record.path == "a1.png"  # Enter did not accept the image
    painter.press(Key.Key_Z, CONTROL)
    assert np.array_equal(painter.stored(), before)


def test_a_polygon_is_closed_at_its_first_point(painter):
    before = painter.stored()
    first = corner_ids(before)[0]
    painter.canvas.select([first])
    painter.press(Key.Key_P)
    corners = [painter.click(*corner) for corner in ((70, 10), (90, 10), (90, 30))]
    painter.click(70, 10)
    expected = before.copy()
    expected[laid_out(polygon(corners, width=WIDTH, height=HEIGHT))] = first
    assert np.array_equal(painter.stored(), expected)


def test_a_double_click_sets_the_last_point(painter):
    before = painter.stored()
    painter.press(Key.Key_P)
    corners = [painter.click(*corner) for corner in ((10, 10), (40, 10), (40, 40))]
    QTest.mouseDClick(painter.canvas, LEFT, NONE, painter.at(40, 40))
    after = painter.stored()
    covered = laid_out(polygon(corners, width=WIDTH, height=HEIGHT))
    assert np.array_equal(after != before, covered)


def test_backspace_and_escape_in_a_polygon(painter):
    before = painter.stored()
    painter.canvas.select([corner_ids(before)[0]])
    painter.press(Key.Key_P)
    for corner in ((70, 10), (90, 10), (90, 30)):
        painter.click(*corner)
    tool = painter.canvas.tool
    painter.press(Key.Key_Backspace)
    assert len(tool.points) == 2
    painter.press(Key.Key_Return)
    assert "three points" in painter.window.status.currentMessage()
    painter.press(Key.Key_Escape)
    assert not tool.points
    painter.press(Key.Key_Backspace)  # and does not take the region's name away
    assert painter.canvas.tool is tool
    assert painter.canvas.selection
    painter.press(Key.Key_Escape)
    painter.press(Key.Key_Escape)
    assert painter.tools.action_id == "tool.select"
    assert np.array_equal(painter.stored(), before)
    assert painter.window.session.history.undo == "Propose"


def test_a_lasso_is_a_polygon_too(painter):
    before = painter.stored()
    painter.press(Key.Key_P)
    way = [(30 + 20 * np.cos(a), 30 + 20 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 40)]
    painter.drag(*way)
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    assert abs(np.count_nonzero(after == made) - np.pi * 400) < 40


# Where there is nothing to edit


def test_tools_are_refused_in_a_project_that_is_open_elsewhere(hands, project_folder):
    hands.window.session.open(project_folder, read_only=True)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    hands.press(Key.Key_B)
    assert hands.window.status.currentMessage() == "The project is open read-only"
    assert hands.window.commands.tools.action_id == "tool.select"


def test_tools_are_refused_without_an_image(hands):
    hands.press(Key.Key_B)
    assert hands.window.commands.tools.action_id == "tool.select"
    assert not hands.window.actions_["tool.brush"].isEnabled()


def test_an_image_without_regions_can_be_drawn_on(hands, project_folder):
    painter = Painter(hands, project_folder)
    hands.press(Key.Key_D)
    hands.press(Key.Key_D)
    hands.rest()
    assert not painter.window.viewer.regions
    painter.press(Key.Key_B)
    painter.size(10)
    places = painter.drag((20, 20), (60, 30))
    assert np.array_equal(painter.stored() > 0, swept(places, 10))


def test_another_image_calls_off_what_is_drawn(painter):
    before = painter.stored()
    painter.press(Key.Key_P)
    painter.click(10, 10)
    painter.press(Key.Key_D)
    painter.hands.rest()
    assert not painter.canvas.tool.is_drawing
    painter.press(Key.Key_A)
    painter.hands.rest()
    assert np.array_equal(painter.stored(), before)


def test_the_tool_in_use_is_marked(painter):
    actions = painter.window.actions_
    for key, action_id in ((Key.Key_B, "tool.brush"), (Key.Key_P, "tool.polygon"), (Key.Key_V, "tool.select")):
        painter.press(key)
        checked = [each for each in painter.tools.checked if actions[each].isChecked()]
        assert checked == [action_id]
    assert painter.window.status.hint.text() == ""


# Splitting along a line


def test_a_line_dragged_across_a_region_splits_it(painter):
    before = painter.stored()
    first = corner_ids(before)[0]
    painter.press(Key.Key_X, SHIFT)
    assert painter.tools.action_id == "tool.line"
    painter.drag((30, -3), (30, 10), (30, 20), (30, 45))
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    assert np.array_equal((after == first) | (after == made), before == first)
    assert np.array_equal(after[before != first], before[before != first])
    halves = {int(np.count_nonzero(after == first)), int(np.count_nonzero(after == made))}
    assert halves == {40 * 30, 40 * 30}  # the region is 60 wide and 40 high
    assert painter.canvas.selection == {first, made}
    painter.press(Key.Key_Z, CONTROL)
    assert np.array_equal(painter.stored(), before)


def test_a_line_of_clicks_is_finished_by_enter(painter):
    before = painter.stored()
    third = corner_ids(before)[2]
    painter.canvas.select([third])
    painter.press(Key.Key_X, SHIFT)
    for point in ((-2, 50), (20, 58), (62, 48)):
        painter.click(*point)
    painter.press(Key.Key_Return)
    after = painter.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    assert np.array_equal((after == third) | (after == made), before == third)
    assert painter.window.viewer.record.path == "a1.png"


def test_a_line_that_does_not_cross_is_told_about(painter):
    before = painter.stored()
    painter.canvas.select([corner_ids(before)[0]])
    painter.press(Key.Key_X, SHIFT)
    painter.drag((62, 50), (80, 50), (90, 60))
    painter.hands.rest()
    assert "does not divide" in painter.window.status.currentMessage()
    assert np.array_equal(painter.stored(), before)


# Splitting by clicks


@pytest.fixture
def clicker(hands, tree_project) -> Painter:
    """Four regions in the corners of a 2 x 2 grid, each of a left and a right leaf that the stored tree knows."""
    return Painter(hands, tree_project)


def test_clicks_divide_a_region_by_its_leaves(clicker):
    before = clicker.stored()
    region = int(before[5, 5])
    left_leaf = (before == region) & (np.arange(WIDTH) < 30)
    clicker.press(Key.Key_C)
    clicker.click(10, 10)
    clicker.click(40, 10, button=RIGHT)
    clicker.hands.rest()
    assert np.array_equal(clicker.shown() < 0, left_leaf)  # only shown so far
    assert np.array_equal(clicker.stored(), before)
    clicker.press(Key.Key_Return)
    after = clicker.stored()
    (made,) = set(np.unique(after)) - set(np.unique(before))
    assert np.array_equal(after == made, (before == region) & ~left_leaf)  # the larger part keeps the id
    assert np.array_equal(after == region, left_leaf)
    assert clicker.canvas.selection == {region, made}
    assert clicker.window.viewer.record.path == "a1.png"
    clicker.press(Key.Key_Z, CONTROL)
    assert np.array_equal(clicker.stored(), before)


def test_enter_right_after_a_click_waits_for_its_division(clicker):
    before = clicker.stored()
    region = int(before[5, 5])
    clicker.press(Key.Key_C)
    clicker.click(40, 10, button=RIGHT)
    assert "Left click" in clicker.window.status.hint.text()
    clicker.click(10, 10)
    clicker.press(Key.Key_Return)
    after = clicker.stored()
    assert len(np.unique(after[before == region])) == 2


def test_clicks_are_taken_back_one_by_one(clicker):
    before = clicker.stored()
    clicker.press(Key.Key_C)
    clicker.click(10, 10)
    clicker.click(40, 10, button=RIGHT)
    clicker.hands.rest()
    clicker.press(Key.Key_Backspace)
    clicker.press(Key.Key_Backspace)
    clicker.hands.rest()
    assert np.array_equal(clicker.shown(), before)
    assert not clicker.canvas.tool.is_drawing
    clicker.press(Key.Key_Return)
    assert "part first" in clicker.window.status.currentMessage()  # and Enter does not accept the image
    assert np.array_equal(clicker.stored(), before)
    assert clicker.window.session.history.undo == "Propose"


def test_clicks_outside_the_region_are_refused(clicker):
    before = clicker.stored()
    clicker.press(Key.Key_C)
    clicker.click(10, 10)
    clicker.click(90, 60, button=RIGHT)
    assert "inside the region" in clicker.window.status.currentMessage()
    clicker.press(Key.Key_Escape)
    clicker.hands.rest()
    assert np.array_equal(clicker.shown(), before)
    assert clicker.tools.action_id == "tool.clicks"


def test_clicks_without_tokens_or_tree_say_what_to_do(painter):
    before = painter.stored()
    painter.press(Key.Key_C)
    painter.click(10, 10)
    painter.hands.rest()
    assert "no concept tree" in painter.window.status.currentMessage()
    painter.press(Key.Key_Escape)
    assert np.array_equal(painter.stored(), before)


# Everything together


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_by_hand_the_partition_stays_and_undo_brings_all_back(clicker, seed):
    """Random tools with real events: what is shown is what is stored, every pixel has one region."""
    random = np.random.default_rng(seed)
    before = clicker.stored()
    operations = 0

    def place() -> tuple[float, float]:
        return float(random.uniform(-4, WIDTH + 4)), float(random.uniform(-4, HEIGHT + 4))

    for _ in range(14):
        clicker.press(random.choice([Key.Key_B, Key.Key_E, Key.Key_P, Key.Key_X, Key.Key_C]), NONE)
        if clicker.tools.checked["tool.select"]:  # X alone splits by the tree
            clicker.press(Key.Key_X, SHIFT)
        ids = sorted(region.id for region in clicker.window.viewer.regions)
        clicker.canvas.select([int(random.choice(ids))] if random.random() < 0.5 else [])
        clicker.size(int(random.integers(1, 30)))
        if isinstance(clicker.canvas.tool, PathTool) and clicker.canvas.tool.closed:
            for _ in range(int(random.integers(3, 7))):
                clicker.click(*place())
            clicker.press(Key.Key_Return)
            clicker.press(Key.Key_Escape)
        elif clicker.tools.checked["tool.clicks"]:
            clicker.click(*place())
            clicker.click(*place(), button=RIGHT)
            clicker.press(Key.Key_Return)
            clicker.canvas.tool.cancel()
        else:
            modifiers = [NONE, ALT, SHIFT][int(random.integers(0, 3))]
            clicker.drag(*(place() for _ in range(int(random.integers(1, 6)))), modifiers=modifiers)
            clicker.canvas.tool.cancel()
        if random.random() < 0.5:
            stored = clicker.stored()
            assert np.array_equal(clicker.shown(), stored)
            assert (stored > 0).all()
    stored = clicker.stored()
    assert np.array_equal(clicker.shown(), stored)
    assert (stored > 0).all()
    while clicker.window.session.history.undo != "Propose":
        clicker.press(Key.Key_Z, CONTROL)
        clicker.hands.rest()
        operations += 1
        assert operations < 60
    assert operations >= 5
    assert np.array_equal(clicker.stored(), before)
    assert np.array_equal(clicker.shown(), before)
