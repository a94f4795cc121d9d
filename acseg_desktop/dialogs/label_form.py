"""Forms about labels: what one label is, and into which one several are merged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from acseg_core.names.stuff import is_stuff_name
from acseg_core.store.records import name_key
from acseg_core.types import Label
from acseg_desktop.appearance.icons import swatch_icon
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import Form, caption, form_rows, heading, muted
from acseg_desktop.language.words import Words

tr = Words("Label form")


class LabelForm(Form):
    """Name, colour, key, kind and group of a label.

    Signals:
        submitted(object): A dict of the keyword arguments of `label_edits.create`.
    """

    submitted = Signal(object)

    def __init__(self, parent: QWidget | None, labels: Sequence[Label], *, label: Label | None = None) -> None:
        title = tr("Edit label") if label else tr("New label")
        super().__init__(parent, title=title, confirm=tr("Save") if label else tr("Create label"))
        self._label = label
        self._taken = {name_key(other.name) for other in labels if label is None or other.id != label.id}
        self.color = label.color if label else None
        self.name = QLineEdit(label.name if label else "", maxLength=200)
        self.name.setMinimumWidth(scaled(280))
        self.color_button = QPushButton()
        self.color_button.setAutoDefault(False)
        self.color_button.clicked.connect(self._choose_color)
        self.key = QComboBox()
        self.key.addItem(tr("Next free key") if label is None else tr("None"), None)
        others = (other for other in labels if label is None or other.id != label.id)
        holders = {other.hotkey: other.name for other in others if other.hotkey}
        for digit in "123456789":
            self.key.addItem(
                tr("{key}   (now {label})").format(key=digit, label=holders[digit]) if digit in holders else digit,
                digit,
            )
        if label and label.hotkey:
            self.key.setCurrentIndex(int(label.hotkey))
        self.thing, self.stuff = QRadioButton(tr("Thing")), QRadioButton(tr("Stuff"))
        self.thing.setToolTip(tr("Can be counted: car, dog, cup"))
        self.stuff.setToolTip(tr("Cannot be counted: sky, grass, water"))
        self.thing.setChecked(label is None or label.is_thing)
        self.stuff.setChecked(label is not None and not label.is_thing)
        self._chose_kind = label is not None
        for kind in (self.thing, self.stuff):
            kind.clicked.connect(self._keep_kind)
        self.void = QCheckBox(tr("Void: pixels to ignore"))
        self.void.setChecked(label is not None and label.is_void)
        self.note = muted("")
        self.group = QLineEdit(label.supercategory if label else "", placeholderText=tr("optional, such as animal"))
        kinds = QHBoxLayout()
        kinds.setSpacing(16)
        kinds.addWidget(self.thing)
        kinds.addWidget(self.stuff)
        kinds.addStretch(1)
        form = form_rows()
        form.addRow(caption(tr("Name")), self.name)
        form.addRow(caption(tr("Colour")), self.color_button)
        form.addRow(caption(tr("Key")), self.key)
        form.addRow("", self.note)
        form.addRow(tr("Kind"), kinds)
        form.addRow("", self.void)
        form.addRow("", muted(tr("Training and scoring ignore these pixels: dirt on the lens, borders.")))
        form.addRow(caption(tr("Supercategory")), self.group)
        self.content.addWidget(heading(title))
        self.content.addLayout(form)
        self._holders = holders
        self.key.currentIndexChanged.connect(self._show_conflict)
        self._show_conflict()
        self.name.textChanged.connect(self._check)
        self.name.textChanged.connect(self._guess_kind)
        self.confirmed.connect(self._on_confirmed)
        self._show_color()
        self._check()

    def set_color(self, color: QColor) -> None:
        """Take another colour."""
        self.color = color.name()
        self._show_color()

    def _choose_color(self) -> None:
        choose_color(self, self.color or "#808080", self.set_color)

    def _show_conflict(self, *_: object) -> None:
        """Say from which label a key would be taken."""
        holder = self._holders.get(self.key.currentData())
        self.note.setVisible(holder is not None)
        if holder is not None:
            self.note.setText(tr("“{label}” loses this key.").format(label=holder))

    def _keep_kind(self) -> None:
        self._chose_kind = True

    def _guess_kind(self, name: str) -> None:
        """Until somebody chooses, a new label is what its name sounds like."""
        if not self._chose_kind:
            is_stuff = is_stuff_name(name)
            self.stuff.setChecked(is_stuff)
            self.thing.setChecked(not is_stuff)

    def _show_color(self) -> None:
        self.color_button.setText(self.color or tr("Automatic"))
        self.color_button.setIcon(swatch_icon(self.color) if self.color else QIcon())
        self.color_button.setIconSize(QSize(14, 14))

    def _check(self) -> None:
        name = " ".join(self.name.text().split())
        taken = name_key(name) in self._taken
        self.show_error(tr("Another label already has that name; merge the two instead.") if taken else "")
        self.confirm.setEnabled(bool(name_key(name)) and not taken)

    def _on_confirmed(self) -> None:
        self.accept()
        self.submitted.emit(
            {
                "name": " ".join(self.name.text().split()),
                "color": self.color,
                "hotkey": self.key.currentData(),
                "supercategory": self.group.text().strip(),
                "is_thing": self.thing.isChecked(),
                "is_void": self.void.isChecked(),
            }
        )


class MergeLabelsForm(Form):
    """Which of several labels stays.

    Signals:
        submitted(int): The label that stays.
    """

    submitted = Signal(int)

    def __init__(self, parent: QWidget | None, labels: Sequence[Label]) -> None:
        super().__init__(parent, title=tr("Merge labels"), confirm=tr("Merge"))
        self.content.addWidget(heading(tr("Merge %Ln label(s) into one", len(labels))))
        self.content.addWidget(muted(tr("All of their regions get this label:")))
        self._choices: list[tuple[QRadioButton, int]] = []
        for label in labels:
            choice = QRadioButton(label.name)
            choice.setIcon(swatch_icon(label.color))
            self._choices.append((choice, label.id))
            self.content.addWidget(choice)
        self._choices[0][0].setChecked(True)
        self.confirmed.connect(self._on_confirmed)

    def _on_confirmed(self) -> None:
        self.accept()
        self.submitted.emit(next(label_id for choice, label_id in self._choices if choice.isChecked()))


def choose_color(parent: QWidget, color: str, on_chosen: object) -> QColorDialog:
    """Open the colour dialog without blocking; ``on_chosen`` gets the `QColor`."""
    dialog = QColorDialog(QColor(color), parent)
    dialog.colorSelected.connect(on_chosen)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
