"""The switch of a form's advanced rows: what few people ever change is out of the way of the others."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLayout, QSizePolicy, QToolButton, QWidget

from acseg_desktop.language.words import Words

tr = Words("Forms")


class AdvancedSwitch(QToolButton):
    """Shows or hides rows of a form; they stay in it either way, so that nothing that was entered is lost."""

    def __init__(self, *, opened: bool) -> None:
        """Make it; ``opened`` where something behind it is not as usual, which nobody shall overlook."""
        super().__init__()
        self.setText(tr("Advanced"))
        self.setCheckable(True)
        self.setChecked(opened)
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._show_arrow)
        self._show_arrow()

    def show_rows(self, form: QFormLayout, rows: Sequence[QWidget | QLayout]) -> None:
        """Show these rows where it is open, and hide them where it is not."""
        for row in rows:
            form.setRowVisible(row, self.isChecked())

    def _show_arrow(self, *_: object) -> None:
        self.setArrowType(Qt.ArrowType.DownArrow if self.isChecked() else Qt.ArrowType.RightArrow)
