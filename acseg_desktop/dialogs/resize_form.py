"""Form for growing and shrinking regions: by how many pixels."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from acseg_desktop.appearance.number_field import number_field
from acseg_desktop.dialogs.form import Form, caption, form_rows, heading
from acseg_desktop.language.words import Words
from acseg_desktop.preferences import Preferences

tr = Words("Shapes")

_MOST = 200


class ResizeForm(Form):
    """A number of pixels and a direction, as they were last.

    Signals:
        submitted(int): Pixels; below zero to shrink.
    """

    submitted = Signal(int)

    def __init__(self, parent: QWidget | None, preferences: Preferences) -> None:
        super().__init__(parent, title=tr("Grow or shrink"), confirm=tr("Grow"))
        self.setMinimumWidth(340)
        self._preferences = preferences
        last = preferences.number("resize_pixels", 3)
        self.content.addWidget(heading(tr("Move the outline on all sides")))
        self.grow, self.shrink = QRadioButton(tr("Grow")), QRadioButton(tr("Shrink"))
        (self.grow if last > 0 else self.shrink).setChecked(True)
        self.pixels = number_field(minimum=1, maximum=_MOST, value=abs(last))
        self.pixels.setSuffix(f" {tr('px')}")
        self.pixels.setMinimumWidth(120)
        self.pixels.setAccessibleName(tr("Pixels"))
        rows = form_rows()
        rows.addRow(caption(tr("By")), self.pixels)
        self.content.addWidget(self.grow)
        self.content.addWidget(self.shrink)
        self.content.addLayout(rows)
        self.grow.toggled.connect(self._refresh)
        self.confirmed.connect(self._submit)
        self._refresh()
        self.pixels.selectAll()
        self.pixels.setFocus()

    def _refresh(self) -> None:
        self.confirm.setText(tr("Grow") if self.grow.isChecked() else tr("Shrink"))

    def _submit(self) -> None:
        pixels = self.pixels.value() if self.grow.isChecked() else -self.pixels.value()
        self._preferences.store("resize_pixels", pixels)
        self.submitted.emit(pixels)
        self.accept()
