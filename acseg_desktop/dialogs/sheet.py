"""The dialog under all others: it belongs to its window, goes when it is closed, and is as high as its texts need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QDialog, QWidget


class Sheet(QDialog):
    """A window-modal dialog that grows when its content does.

    How high a text is depends on how wide it is. Qt asks that only once, when a dialog is shown, and squeezes whatever
    comes later: a line that appears, larger text, another language.
    """

    def __init__(self, parent: QWidget | None, *, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def event(self, event: QEvent) -> bool:
        """Grow with the content."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._grow()
        return handled

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        wanted = layout.totalSizeHint().expandedTo(layout.totalMinimumSize())
        width = max(self.width(), layout.totalMinimumSize().width())
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else wanted.height()
        room = self.screen().availableGeometry().height()
        self.resize(width, max(self.height(), min(height, room)))
