"""Asks how sure the other names have to be that doubtful ones are replaced by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from acseg_core.types import DoubtfulName
from acseg_desktop.dialogs.form import Form, heading, muted
from acseg_desktop.language import Words, percent
from acseg_desktop.preferences import Preferences

tr = Words("Doubtful names")

DEFAULT_CONFIDENCE = 70


class CorrectNamesForm(Form):
    """A slider, and how many names that would correct.

    Signals:
        submitted(float): The least confidence, 0..1.
    """

    submitted = Signal(float)

    def __init__(self, parent: QWidget | None, preferences: Preferences, *, names: Sequence[DoubtfulName]) -> None:
        super().__init__(parent, title=tr("Correct names"), confirm=tr("Correct"))
        self._preferences = preferences
        self._confidences = np.array([name.confidence for name in names], np.float32)
        self.content.addWidget(heading(tr("Take the other name where it is sure")))
        self.content.addWidget(
            muted(
                tr(
                    "These regions get the other name without a look; some names that were right will be lost. "
                    "One undo takes all of it back."
                )
            )
        )
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setValue(preferences.number("correct_above", DEFAULT_CONFIDENCE))
        self.slider.setMinimumWidth(260)
        self.slider.setAccessibleName(tr("Least confidence"))
        self.value = QLabel()
        self.value.setFixedWidth(self.value.fontMetrics().horizontalAdvance(_sure(100)))
        self.count = QLabel()
        self.count.setProperty("role", "heading")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value)
        self.content.addSpacing(8)
        self.content.addLayout(row)
        self.content.addSpacing(4)
        self.content.addWidget(self.count)
        self.slider.valueChanged.connect(self._refresh)
        self.confirmed.connect(self._submit)
        self.slider.setFocus()
        self._refresh()

    @property
    def corrected_count(self) -> int:
        """How many names would be corrected."""
        return int(np.count_nonzero(self._confidences >= self.slider.value() / 100))

    def _refresh(self, *_: object) -> None:
        count = self.corrected_count
        self.value.setText(_sure(self.slider.value()))
        self.count.setText(tr("%Ln name(s) of {count} will be corrected", count).format(count=len(self._confidences)))
        self.confirm.setEnabled(count > 0)

    def _submit(self) -> None:
        self._preferences.store("correct_above", self.slider.value())
        self.submitted.emit(self.slider.value() / 100)
        self.accept()


def _sure(least: int) -> str:
    return tr("at least {share} sure").format(share=percent(least / 100))
