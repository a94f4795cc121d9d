"""Form for another name of a model."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import Form, caption, form_rows, heading
from acseg_desktop.language.words import Words

tr = Words("Models")

LONGEST_NAME = 60


class ModelNameForm(Form):
    """Asks for a name that no other model has.

    Signals:
        submitted(str): The name.
    """

    submitted = Signal(str)

    def __init__(self, parent: QWidget | None, *, name: str, taken: Collection[str]) -> None:
        """Make the form; ``taken`` are the names of the other models."""
        super().__init__(parent, title=tr("Rename model"), confirm=tr("Rename"))
        self._before, self._taken = name, {each.casefold() for each in taken}
        self.name = QLineEdit(name, maxLength=LONGEST_NAME)
        self.name.setMinimumWidth(scaled(280))
        rows = form_rows()
        rows.addRow(caption(tr("Name")), self.name)
        self.content.addWidget(heading(tr("Rename model")))
        self.content.addLayout(rows)
        self.name.selectAll()
        self.name.setFocus()
        self.name.textChanged.connect(self._check)
        self.confirmed.connect(self._on_confirmed)
        self._check()

    def _check(self, *_: object) -> None:
        name = self.name.text().strip()
        error = ""
        if not name:
            error = tr("Give the model a name.")
        elif name.casefold() in self._taken:
            error = tr("There is a model of this name already. Choose another one.")
        self.show_error(error)
        self.confirm.setEnabled(not error)

    def _on_confirmed(self) -> None:
        name = self.name.text().strip()
        self.accept()
        if name != self._before:
            self.submitted.emit(name)
