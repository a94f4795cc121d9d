"""Content of a form that may be higher than the screen: then it scrolls, and the buttons below stay in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from acseg_desktop.appearance.scaling import scaled

AROUND = 64
"""Pixels around a form that is as wide as the screen lets it be."""
_LEAST_HEIGHT = 160
"""Pixels that are always seen of the content."""


class TallContent(QScrollArea):
    """As large as what is in it, as long as the screen has room."""

    def __init__(self, inside: QWidget, *, rest: int) -> None:
        """Make it.

        Args:
            inside: The content.
            rest: Pixels that the rest of the form is high, with text of the usual size.
        """
        super().__init__(widgetResizable=True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the fields in it have the focus, and bring themselves into sight
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._inside, self._rest = inside, rest
        self.setWidget(inside)
        inside.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for other room when what is in it does."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def bring_into_sight(self, widget: QWidget) -> None:
        """Show what has just appeared: ask for room for it first, and scroll if there is none."""
        QTimer.singleShot(0, self, self.updateGeometry)  # when it has its width, and so its height
        QTimer.singleShot(1, widget, lambda: self.ensureWidgetVisible(widget))

    def sizeHint(self) -> QSize:
        """All of it."""
        inside = self._inside
        hint = inside.sizeHint().expandedTo(inside.minimumSizeHint())
        width = max(self.viewport().width(), hint.width())
        height = inside.heightForWidth(width) if inside.hasHeightForWidth() else hint.height()
        room = self.screen().availableGeometry().height() - scaled(self._rest)
        return QSize(hint.width(), min(max(hint.height(), height), room))

    def minimumSizeHint(self) -> QSize:
        """All of its width, as far as the screen is wide, and a piece of its height."""
        room = self.screen().availableGeometry().width() - AROUND
        width = min(self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width(), room)
        return QSize(width, min(self.sizeHint().height(), scaled(_LEAST_HEIGHT)))
