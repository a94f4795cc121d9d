"""Form for doubtful names: how sure the other names have to be that replace them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from acseg_core.types import DoubtfulName
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.dialogs.confidence_slider import ConfidenceSlider
from acseg_desktop.dialogs.form import Form, heading, muted
from acseg_desktop.language.words import Words
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
        self.content.addWidget(heading(tr("Use suggestions")))
        self.content.addWidget(
            muted(
                tr(
                    "These regions get the suggested name without being checked one by one, so some correct names "
                    "will be lost. You can undo this in one step."
                )
            )
        )
        self.confidence = ConfidenceSlider(preferences.number("correct_above", DEFAULT_CONFIDENCE))
        self.count = PlainLabel()
        self.count.setProperty("role", "heading")
        self.content.addSpacing(8)
        self.content.addWidget(self.confidence)
        self.content.addSpacing(4)
        self.content.addWidget(self.count)
        self.confidence.changed.connect(self._refresh)
        self.confirmed.connect(self._submit)
        self.confidence.setFocus()
        self._refresh()

    @property
    def corrected_count(self) -> int:
        """How many names would be corrected."""
        return int(np.count_nonzero(self._confidences >= self.confidence.least))

    def _refresh(self, *_: object) -> None:
        count = self.corrected_count
        self.count.setText(tr("%Ln name(s) of {count} will be corrected", count).format(count=len(self._confidences)))
        self.confirm.setEnabled(count > 0)

    def _submit(self) -> None:
        self._preferences.store("correct_above", self.confidence.slider.value())
        self.submitted.emit(self.confidence.least)
        self.accept()
