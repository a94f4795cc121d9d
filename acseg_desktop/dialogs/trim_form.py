"""Form for trimming the history: how much is kept, and what dropping the rest frees."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from acseg_core.store.upkeep.trimming import HistorySize, Kept
from acseg_desktop.appearance.number_field import number_field
from acseg_desktop.dialogs.form import Form, caption, form_rows, heading, muted
from acseg_desktop.language.words import Words, bytes_text
from acseg_desktop.preferences import Preferences

tr = Words("Trim history")

_DAYS, _EDITS = "days", "edits"
_USUAL = 30
_MOST = 100_000

Measure = Callable[[Kept, Callable[[HistorySize], None]], None]
"""Function that finds out how much is older than what is kept, off the GUI thread, and calls back."""


class TrimHistoryForm(Form):
    """How much is kept: edits of so many days, or so many edits.

    Signals:
        submitted(Kept): What is kept; the rest goes.
    """

    submitted = Signal(object)

    def __init__(self, parent: QWidget | None, preferences: Preferences, measure: Measure) -> None:
        super().__init__(parent, title=tr("Trim history"), confirm=tr("Remove older history"))
        self._preferences, self._measure = preferences, measure
        self._request = 0
        self.number = number_field(minimum=0, maximum=_MOST, value=preferences.number("history/kept", _USUAL))
        self.number.setAccessibleName(tr("How many to keep"))
        self.unit = QComboBox()
        self.unit.setAccessibleName(tr("Days or edits"))
        self.unit.addItem(tr("days"), _DAYS)
        self.unit.addItem(tr("edits"), _EDITS)
        self.unit.setCurrentIndex(max(0, self.unit.findData(preferences.text("history/unit", _DAYS))))
        self.effect = muted(" ")
        kept = QHBoxLayout()
        kept.setSpacing(8)
        kept.addWidget(self.number, 1)
        kept.addWidget(self.unit, 1)
        rows = form_rows()
        rows.addRow(caption(tr("Keep the last")), kept)
        self.content.addWidget(heading(tr("Undo reaches back to the first day, which takes up space")))
        self.content.addWidget(
            muted(tr("Removed edits can no longer be undone. Regions, names, statistics and backups do not change."))
        )
        self.content.addLayout(rows)
        self.content.addWidget(self.effect)
        self._timer = QTimer(self, singleShot=True, interval=150)
        self._timer.timeout.connect(self._ask)
        self.number.valueChanged.connect(self._on_changed)
        self.unit.currentIndexChanged.connect(self._on_changed)
        self.confirmed.connect(self._submit)
        self._on_changed()
        self.number.selectAll()
        self.number.setFocus()

    @property
    def kept(self) -> Kept:
        """What was chosen."""
        count = self.number.value()
        return Kept(days=count) if self.unit.currentData() == _DAYS else Kept(edits=count)

    def _on_changed(self, *_: object) -> None:
        self._request += 1
        self.confirm.setEnabled(False)
        self.effect.setText(tr("Searching…"))
        self._timer.start()

    def _ask(self) -> None:
        request = self._request
        self._measure(self.kept, lambda size: self._show(request, size))

    def _show(self, request: int, size: HistorySize) -> None:
        if request != self._request:
            return
        self.confirm.setEnabled(size.edits > 0)
        if size.edits:
            text = tr("%Ln edit(s) will be removed, freeing about {size}.", size.edits)
            self.effect.setText(text.format(size=bytes_text(size.bytes)))
        else:
            self.effect.setText(tr("Nothing is older than that."))

    def _submit(self) -> None:
        self._preferences.store("history/kept", self.number.value())
        self._preferences.store("history/unit", self.unit.currentData())
        self.accept()
        self.submitted.emit(self.kept)
