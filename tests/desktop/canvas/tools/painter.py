"""A person with a tool, and what the project holds afterwards."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from acseg_core.shapes.masks import paint_label_map
from acseg_core.store import queries
from acseg_desktop.canvas.raster import capsule

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


def corner_ids(label_map: np.ndarray) -> list[int]:
    return [int(label_map[y, x]) for y, x in ((5, 5), (5, 90), (60, 5), (60, 90))]
