"""Moving about in a photo: the wheel, the middle button, Space, two fingers and the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QInputDevice, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from acseg_desktop.canvas.scene_view import SceneView

ZOOM_PER_NOTCH = 1.2
PAN_STEP = 64
_PAN_KEYS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class MovingView(SceneView):
    """A photo that is zoomed and panned."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._pan_from: QPointF | None = None
        self._space_held = False
        super().__init__(parent)

    def hold_space(self, held: bool) -> None:
        """Space is held down, so that the left button pans; it need not have the focus for that."""
        self._space_held = held
        self._show_cursor()

    # Panning by mouse, for subclasses to try first

    @property
    def _pans(self) -> bool:
        """Whether the mouse pans, or would with its left button."""
        return self._pan_from is not None or self._space_held

    def _begin_pan(self, event: QMouseEvent) -> bool:
        """Start to pan if this press means it: the middle button, or the left one with Space held."""
        with_space = event.button() == Qt.MouseButton.LeftButton and self._space_held
        if self._pyramid is None or not (with_space or event.button() == Qt.MouseButton.MiddleButton):
            return False
        self._pan_from = event.position()
        self._show_cursor()
        return True

    def _continue_pan(self, event: QMouseEvent) -> bool:
        if self._pan_from is None:
            return False
        delta, self._pan_from = event.position() - self._pan_from, event.position()
        self._pan(delta.x(), delta.y())
        return True

    def _end_pan(self) -> bool:
        """Stop panning if that is what goes on."""
        if self._pan_from is None:
            return False
        self._pan_from = None
        self._show_cursor()
        return True

    def _show_cursor(self) -> None:
        if self._pan_from is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space_held and self._pyramid is not None:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    # Wheel, touchpad, keys

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms at the cursor; two fingers on a touchpad pan, and zoom with Ctrl."""
        if self._pyramid is None:
            event.ignore()
            return
        touchpad = event.deviceType() == QInputDevice.DeviceType.TouchPad
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if touchpad and not control and not event.pixelDelta().isNull():
            self._pan(event.pixelDelta().x(), event.pixelDelta().y())
        else:
            turned = event.angleDelta().y() or event.angleDelta().x()  # Alt turns the wheel sideways on some systems
            self.zoom_by(ZOOM_PER_NOTCH ** (turned / 120), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinching."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(max(0.1, 1.0 + event.value()), event.position())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space arms panning; the arrow keys pan."""
        direction = _PAN_KEYS.get(event.key())
        if self._pyramid is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.hold_space(True)
        elif direction is not None:
            self._pan(direction[0] * PAN_STEP, direction[1] * PAN_STEP)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Letting go of Space disarms panning."""
        if event.key() == Qt.Key.Key_Space and self._space_held:
            if not event.isAutoRepeat():
                self.hold_space(False)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The release of Space will not be seen."""
        self.hold_space(False)
        super().focusOutEvent(event)
