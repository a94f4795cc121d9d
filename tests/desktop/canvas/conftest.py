"""A canvas in a window, and what it draws."""

from collections.abc import Callable

import numpy as np
import pytest
from desktop.canvas.samples import LABELS, flat_photo, quarters, regions_of
from numpy.typing import NDArray
from PySide6.QtGui import QCursor

from acseg_desktop.canvas.view import ImageCanvas


@pytest.fixture
def canvas(qtbot) -> ImageCanvas:
    """Shown, 640 x 480, the cursor elsewhere, no picture yet."""
    QCursor.setPos(5000, 5000)
    widget = ImageCanvas()
    qtbot.addWidget(widget)
    widget.resize(640, 480)
    with qtbot.waitExposed(widget):
        widget.show()
    assert widget.devicePixelRatioF() == 1.0
    return widget


@pytest.fixture
def four(canvas: ImageCanvas) -> ImageCanvas:
    """The quarters of a flat 300 x 200 photo at zoom 2, its corner at (20, 40); ids 10, 20, 30, 40, none named."""
    label_map = quarters()
    canvas.show_image(flat_photo())
    canvas.show_regions(label_map, regions_of(label_map), LABELS)
    canvas.grab()
    assert canvas.zoom == 2.0
    return canvas


@pytest.fixture
def grabbed(canvas: ImageCanvas) -> Callable[[], NDArray[np.uint8]]:
    """(H, W, 3) uint8 RGB of the canvas as drawn now."""

    def grab() -> NDArray[np.uint8]:
        image = canvas.grab().toImage()
        image = image.convertToFormat(image.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()

    return grab
