"""On a screen of two device pixels per logical one: in a process of its own, since Qt asks for the scale once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_SCRIPT = """
import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

app = QApplication([])
from acseg_desktop.canvas.view import ImageCanvas
from acseg_desktop.canvas.overlay import WHITE
from desktop.canvas.samples import LABELS, flat_photo, noise_photo, quarters, regions_of

ratio = float(__import__("os").environ["QT_SCALE_FACTOR"])
canvas = ImageCanvas()
canvas.resize(320, 240)
canvas.show()
assert canvas.devicePixelRatioF() == ratio
wide, high = round(320 * ratio), round(240 * ratio)

def grabbed():
    image = canvas.grab().toImage()
    image = image.convertToFormat(image.Format.Format_RGB888)
    assert (image.width(), image.height()) == (wide, high)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(high, image.bytesPerLine())
    return rows[:, : wide * 3].reshape(high, wide, 3).copy()

photo = noise_photo(high, wide)
canvas.show_image(photo)
canvas.actual_size()
assert np.array_equal(grabbed(), photo), "one image pixel is one device pixel"

moves = []
canvas.cursor_moved.connect(lambda *args: moves.append(args[:2]))
QTest.mouseMove(canvas, QPoint(100, 60))
assert max(abs(moves[-1][0] - 100 * ratio), abs(moves[-1][1] - 60 * ratio)) <= 1, moves
assert canvas._pixel_at(QPointF(100, 60)) == (int(100 * ratio), int(60 * ratio))

label_map = np.zeros((high, wide), np.int32)
label_map[:, wide // 2 :] = 1
canvas.show_image(flat_photo(high, wide))
canvas.show_regions(label_map, regions_of(label_map), LABELS)
canvas.actual_size()
canvas._leave()
before = grabbed()
odd = np.flatnonzero((before[high // 2, wide // 2 - 20 : wide // 2] != before[high // 2, 10]).any(axis=1))
assert odd.tolist() == [19], "a thin outline is one device pixel wide"
QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(240, 100))
assert canvas.selection == {20}
after = grabbed()
bright = np.flatnonzero((after[high // 2] == 255).all(axis=1))
stroke = max(1, int(ratio + 0.25))
assert bright[: 2 * stroke].tolist() == list(range(wide // 2, wide // 2 + 2 * stroke)), bright
canvas.select([])
QTest.mouseMove(canvas, QPoint(-5, -5))
canvas._leave()
assert np.array_equal(grabbed(), before), "recolouring a part leaves no traces"

at = QPointF(75, 50)
under = canvas._pixel_at(at)
canvas.zoom_by(5, at)
assert canvas._pixel_at(at) == under
assert canvas.zoom == 5.0
canvas.fit()
assert canvas._viewport.picture.width <= wide

from acseg_desktop.canvas.raster import capsule
from acseg_desktop.canvas.tools.brush import BrushTool
left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
brush = BrushTool(canvas, parent=canvas)
brush.size.diameter = 15
drawn = []
brush.drawn.connect(drawn.append)
canvas.use(brush)
canvas.select([10])
canvas.actual_size()
spots = [QPoint(200, 100), QPoint(230, 120), QPoint(260, 90)]
bare = grabbed()
QTest.mousePress(canvas, left, none, spots[0])
for spot in spots[1:]:
    QTest.mouseMove(canvas, spot)
QTest.mouseRelease(canvas, left, none, spots[-1])
expected = np.zeros((high, wide), bool)
at = [(int(spot.x() * ratio) + 0.5, int(spot.y() * ratio) + 0.5) for spot in spots]
for a, b in zip(at, at[1:]):
    patch = capsule(a, b, 15, width=wide, height=high)
    h, w = patch.mask.shape
    expected[patch.top : patch.top + h, patch.left : patch.left + w] |= patch.mask
stroke = drawn[0].stroke.patch
covered = np.zeros_like(expected)
h, w = stroke.mask.shape
covered[stroke.top : stroke.top + h, stroke.left : stroke.left + w] = stroke.mask
assert np.array_equal(covered, expected), "a stroke covers the pixels under the cursor"
canvas.use(canvas.select_tool)
canvas._leave()
piece_by_piece = grabbed()
canvas._frame.invalidate()
canvas.update()
assert np.array_equal(grabbed(), piece_by_piece), "painting piece by piece is painting at once"
print("fine")
"""


@pytest.mark.parametrize("scale", ["2", "1.25"])
def test_device_pixels(scale):
    tests = Path(__file__).parents[1]
    root = tests.parent
    path = os.pathsep.join([str(tests), str(root), str(root / "core"), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": path}
    command = [sys.executable, "-W", "error", "-c", _SCRIPT]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "fine"
