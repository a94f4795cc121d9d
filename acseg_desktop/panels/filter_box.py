"""A combo box that says when there is no room for all of its text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter


class FilterBox(QComboBox):
    """Qt's cuts the text off in the middle of a letter where a style sheet is used."""

    @property
    def shown_text(self) -> str:
        """What is chosen, as far as there is room for it."""
        return self._option().currentText

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, and its text with an ellipsis where it is too long."""
        painter, option = QStylePainter(self), self._option()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        picture = 0 if self.itemIcon(self.currentIndex()).isNull() else self.iconSize().width() + 4
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, field.width() - picture - 2
        )
        return option
