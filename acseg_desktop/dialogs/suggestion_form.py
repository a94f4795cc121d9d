"""Asks which suggestions to accept at once: how sure they must be, and where."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QRadioButton, QSlider, QWidget

from acseg_desktop.dialogs.form import Form, heading, muted
from acseg_desktop.language import Words, percent
from acseg_desktop.preferences import Preferences

tr = Words("Accept suggestions")

DEFAULT_CONFIDENCE = 90

Confidences = NDArray[np.float32]


class AcceptSuggestionsForm(Form):
    """A slider, a place, and how many regions that would name.

    Signals:
        submitted(float, bool): The least confidence, 0..1; whether only this image is meant.
    """

    submitted = Signal(float, bool)

    def __init__(
        self,
        parent: QWidget | None,
        preferences: Preferences,
        *,
        here: Confidences,
        read_everywhere: Callable[[Callable[[Confidences], None]], None],
    ) -> None:
        """Make the form.

        Args:
            parent: The window.
            preferences: Remembers the slider.
            here: (n,) confidences of the suggestions in the current image.
            read_everywhere: Reads those of the whole project and gives them to a function.
        """
        super().__init__(parent, title=tr("Accept suggestions"), confirm=tr("Accept"))
        self._preferences = preferences
        self._here, self._everywhere = here, np.zeros(0, np.float32)
        self._is_read = False
        self.content.addWidget(heading(tr("Accept suggested names")))
        self.content.addWidget(muted(tr("Regions take the names suggested for them. One undo takes all of it back.")))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setValue(preferences.number("accept_above", DEFAULT_CONFIDENCE))
        self.slider.setMinimumWidth(260)
        self.slider.setAccessibleName(tr("Least confidence"))
        self.value = QLabel()
        self.value.setFixedWidth(self.value.fontMetrics().horizontalAdvance(_sure(100)))
        self.this_image, self.everywhere = (
            QRadioButton(tr("In this image")),
            QRadioButton(tr("In all images that are not done")),
        )
        (self.this_image if len(here) else self.everywhere).setChecked(True)
        self.this_image.setEnabled(bool(len(here)))
        self.count = QLabel()
        self.count.setProperty("role", "heading")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value)
        self.content.addSpacing(8)
        self.content.addLayout(row)
        self.content.addWidget(self.this_image)
        self.content.addWidget(self.everywhere)
        self.content.addSpacing(4)
        self.content.addWidget(self.count)
        self.slider.valueChanged.connect(self._refresh)
        self.this_image.toggled.connect(self._refresh)
        self.confirmed.connect(self._submit)
        self.slider.setFocus()
        self._refresh()
        read_everywhere(self._take)

    @property
    def accepted_count(self) -> int:
        """How many regions would be named."""
        chosen = self._here if self.this_image.isChecked() else self._everywhere
        return int(np.count_nonzero(chosen >= self._threshold))

    @property
    def _threshold(self) -> float:
        return self.slider.value() / 100

    def _take(self, confidences: Confidences) -> None:
        self._everywhere, self._is_read = confidences, True
        self._refresh()

    def _refresh(self, *_: object) -> None:
        self.value.setText(_sure(self.slider.value()))
        is_known = self.this_image.isChecked() or self._is_read
        count = self.accepted_count
        self.count.setText(tr("%Ln region(s) will be named", count) if is_known else tr("Counting…"))
        self.confirm.setEnabled(is_known and count > 0)

    def _submit(self) -> None:
        self._preferences.store("accept_above", self.slider.value())
        self.submitted.emit(self._threshold, self.this_image.isChecked())
        self.accept()


def _sure(least: int) -> str:
    return tr("at least {share} sure").format(share=percent(least / 100))
