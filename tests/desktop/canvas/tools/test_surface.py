"""A tool works on anything that is a surface: here one of plain Python, without a canvas or a window.

Covers: canvas.tools.tool.
"""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from acseg_desktop.canvas.tools.brush import BrushTool
from acseg_desktop.canvas.tools.line import LineTool

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class Paper:
    """A surface of 20 by 10 pixels, drawn in its true size, with one region that fills it."""

    picture_size, scale, colors, margin = (20, 10), 1.0, {7: "#ff0000"}, 0

    def __init__(self, selection=()):
        self.selection = frozenset(selection)
        self.previews = []

    def image_point(self, point):
        return point.x(), point.y()

    def widget_point(self, x, y):
        return QPointF(x, y)

    def update(self, *_area):
        pass

    def region_at(self, _point):
        return 7

    def region_along(self, _points):
        return 7

    def begin_preview(self, preview):
        self.previews.append(preview)

    def extend_preview(self, preview, patch):
        preview.stroke.add(patch)

    def drop_preview(self, preview):
        self.previews.remove(preview)


def mouse(kind, x, y, buttons=LEFT):
    button = LEFT if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton
    return QMouseEvent(kind, QPointF(x, y), QPointF(x, y), button, buttons, NONE)


def drag(tool, start, end):
    assert tool.press(mouse(QEvent.Type.MouseButtonPress, *start))
    tool.move(mouse(QEvent.Type.MouseMove, *end))
    tool.release(mouse(QEvent.Type.MouseButtonRelease, *end, buttons=Qt.MouseButton.NoButton))


def test_a_brush_paints_into_the_selected_region(qapp):
    brush = BrushTool(Paper(selection=[7]))
    brush.size.diameter = 3
    drawn = []
    brush.drawn.connect(drawn.append)
    drag(brush, (5.5, 5.5), (12.5, 5.5))
    (preview,) = drawn
    assert preview.region_id == 7
    rows, columns = preview.stroke.patch.mask.nonzero()
    assert set(rows + preview.stroke.patch.top) == {4, 5, 6}
    assert set(columns + preview.stroke.patch.left) == set(range(4, 14))
    assert len(rows) == 3 * 10


@pytest.mark.parametrize("length", [26, 30])
def test_a_line_that_is_dragged_far_enough_splits(qapp, length):
    line = LineTool(Paper())
    drawn = []
    line.line_drawn.connect(lambda region_id, points: drawn.append((region_id, points)))
    drag(line, (1, 5), (1 + length, 5))
    assert [region_id for region_id, _ in drawn] == [7]
    assert drawn[0][1][0] == (1.0, 5.0)
    assert drawn[0][1][-1] == (1.0 + length, 5.0)


def test_two_brushes_share_a_size(qapp):
    first, second = BrushTool(Paper()), BrushTool(Paper())
    second.size = first.size
    first.resize_brush(1)
    assert second.diameter == first.diameter == 27
