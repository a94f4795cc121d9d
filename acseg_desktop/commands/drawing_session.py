"""The label that newly drawn regions get: the one that was given or chosen last."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class DrawingSession(QObject):
    """The label for drawing.

    Signals:
        changed(): It is another one.

    Attributes:
        is_active: A tool that makes new regions is in use: a label chosen with nothing selected is for these.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_active = False
        self._label_id: int | None = None

    @property
    def label_id(self) -> int | None:
        """The label of new regions; None for none."""
        return self._label_id

    @label_id.setter
    def label_id(self, label_id: int | None) -> None:
        if label_id != self._label_id:
            self._label_id = label_id
            self.changed.emit()
