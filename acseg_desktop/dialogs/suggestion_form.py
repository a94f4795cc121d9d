"""Form for accepting suggestions at once: how sure they must be, and where."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.dialogs.confidence_slider import ConfidenceSlider
from acseg_desktop.dialogs.form import Form, heading, muted
from acseg_desktop.language.words import Words
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
        self.content.addWidget(
            muted(tr("Accepts every suggested name at this confidence or above. You can undo this in one step."))
        )
        self.confidence = ConfidenceSlider(preferences.number("accept_above", DEFAULT_CONFIDENCE))
        self.this_image, self.everywhere = (
            QRadioButton(tr("In this image")),
            QRadioButton(tr("In all unfinished images")),
        )
        (self.this_image if len(here) else self.everywhere).setChecked(True)
        self.this_image.setEnabled(bool(len(here)))
        self.count = PlainLabel()
        self.count.setProperty("role", "heading")
        self.content.addSpacing(8)
        self.content.addWidget(self.confidence)
        self.content.addWidget(self.this_image)
        self.content.addWidget(self.everywhere)
        self.content.addSpacing(4)
        self.content.addWidget(self.count)
        self.confidence.changed.connect(self._refresh)
        self.this_image.toggled.connect(self._refresh)
        self.confirmed.connect(self._submit)
        self.confidence.setFocus()
        self._refresh()
        read_everywhere(self._take)

    @property
    def accepted_count(self) -> int:
        """How many regions would be named."""
        chosen = self._here if self.this_image.isChecked() else self._everywhere
        return int(np.count_nonzero(chosen >= self.confidence.least))

    def _take(self, confidences: Confidences) -> None:
        self._everywhere, self._is_read = confidences, True
        self._refresh()

    def _refresh(self, *_: object) -> None:
        is_known = self.this_image.isChecked() or self._is_read
        count = self.accepted_count
        self.count.setText(tr("%Ln region(s) will be named", count) if is_known else tr("Counting…"))
        self.confirm.setEnabled(is_known and count > 0)

    def _submit(self) -> None:
        self._preferences.store("accept_above", self.confidence.slider.value())
        self.submitted.emit(self.confidence.least, self.this_image.isChecked())
        self.accept()
