"""A label that shows the longest form of a text that there is room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from acseg_desktop.appearance.plain_text import PlainLabel, tip


class FittingLabel(PlainLabel):
    """Takes the room that is left, and says what can be read in it: nothing is cut in the middle of a word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._forms: tuple[str, ...] = ("",)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, *forms: str) -> None:
        """Say the first of these forms that fits, or nothing; the first, the longest, is the tip in any case."""
        self._forms = forms
        self.setToolTip(tip(forms[0]))
        self.setAccessibleName(forms[0])
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room, another form."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size needs other room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        room, metrics = self.contentsRect().width(), self.fontMetrics()
        self.setText(next((form for form in self._forms if metrics.horizontalAdvance(form) <= room), ""))
