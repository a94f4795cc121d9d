"""The frame all forms share: a heading, content, one primary button; opened without blocking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.sheet import Sheet
from acseg_desktop.language.words import Words

tr = Words("Forms")

_LINE, _AROUND_LINE = 18, 14
"""Least height of the text in a field or button, padding and border above and below, as the style sheet has them."""


class Form(Sheet):
    """A dialog with a primary button and a way out.

    Signals:
        confirmed(): The primary button was pressed; the form closes only if it says so.
    """

    confirmed = Signal()

    def __init__(self, parent: QWidget | None, *, title: str, confirm: str, leave: str = "") -> None:
        super().__init__(parent, title=title)
        self.content = QVBoxLayout()
        self.content.setSpacing(8)
        self.error = PlainLabel(wordWrap=True)
        self.error.setProperty("role", "error")
        self.error.hide()
        self.confirm = QPushButton(confirm)
        self.confirm.setProperty("primary", True)
        self.confirm.setDefault(True)
        self.confirm.clicked.connect(self.confirmed)
        self.leave = QPushButton(leave or tr("Cancel"))
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.reject)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.leave)
        self.buttons.addWidget(self.confirm)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addLayout(self.content, 1)
        outer.addWidget(self.error)
        outer.addLayout(self.buttons)

    def show_error(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self.error.setText(text)
        self.error.setVisible(bool(text))


def heading(text: str) -> QLabel:
    """A dialog's first line."""
    label = PlainLabel(text, wordWrap=True)
    label.setProperty("role", "heading")
    return label


def muted(text: str) -> QLabel:
    """An explanation."""
    label = PlainLabel(text, wordWrap=True)
    label.setProperty("role", "muted")
    return label


class Rows(QFormLayout):
    """Labels left, fields right; a label names its field for those who do not see where it stands."""

    def addRow(self, label: QWidget | str, field: QWidget | QLayout) -> None:  # type: ignore[override]
        """Add a label and its field."""
        super().addRow(label, field)
        if isinstance(field, QLabel) and field.wordWrap():  # else it gets the size of a text that is not in a form
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        if isinstance(label, QLabel) and isinstance(field, QWidget):
            label.setBuddy(field)


def form_rows() -> Rows:
    """Labels left, fields right, on the grid."""
    rows = Rows()
    rows.setHorizontalSpacing(16)
    rows.setVerticalSpacing(12)
    rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return rows


class Caption(PlainLabel):
    """The label of a one-line field, as high as the field is in any size of text, so that it is level with its text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(max(_LINE, self.fontMetrics().height()) + _AROUND_LINE)


def caption(text: str) -> QLabel:
    """The label of a one-line field."""
    return Caption(text)


class PathField(QWidget):
    """A line for a path with a button that opens the file dialog.

    Args:
        title: Of that dialog.
        folder: It is for a folder.
        save: It is for a file that will be written.
        name_filter: Of files.
        file: Text of a second button, for a file where the line is for a folder or for a file.
        parent: As of any widget.

    Signals:
        changed(): The text is different.
    """

    changed = Signal()

    def __init__(
        self,
        *,
        title: str,
        folder: bool = False,
        save: bool = False,
        name_filter: str = "",
        file: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._folder, self._save, self._filter = title, folder, save, name_filter
        self.field = QLineEdit()
        self.field.setAccessibleName(title)
        self.field.setMinimumWidth(scaled(320))
        self.field.textChanged.connect(lambda _text: self.changed.emit())
        self.button = QPushButton(tr("Choose…"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda: self._choose(folder=self._folder))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.button)
        if file:
            self.file_button = QPushButton(file)
            self.file_button.setAutoDefault(False)
            self.file_button.clicked.connect(lambda: self._choose(folder=False))
            row.addWidget(self.file_button)

    @property
    def path(self) -> Path | None:
        """What was entered, or None."""
        text = self.field.text().strip()
        return Path(text).expanduser() if text else None

    def set_path(self, path: Path | None) -> None:
        """Fill the line."""
        self.field.setText("" if path is None else str(path))

    def ask_for(self, *, title: str, folder: bool, name_filter: str = "") -> None:
        """Choose another kind of place from now on."""
        self._title, self._folder, self._save, self._filter = title, folder, not folder, name_filter
        self.field.setAccessibleName(title)

    def mark(self, *, invalid: bool) -> None:
        """Frame the line in the colour of errors."""
        self.field.setProperty("invalid", invalid)
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)

    def _choose(self, *, folder: bool) -> None:
        start = self.path
        while start is not None and not start.exists() and start != start.parent:
            start = start.parent
        choose_path(
            self,
            title=self._title,
            start=start or Path.home(),
            on_chosen=self.set_path,
            folder=folder,
            save=self._save,
            name_filter=self._filter,
        )


def with_ending(path: Path, ending: str) -> Path:
    """The file of a name that was typed: its ending is added, whatever other dots are in it.

    What is there and is no file stays what it is: a pipe is written into, a folder is refused by whoever writes.
    """
    try:
        is_other = path.exists() and not path.is_file()
    except OSError:
        is_other = False
    return path if is_other or path.name.lower().endswith(ending) else path.with_name(f"{path.name}{ending}")


def choose_path(
    parent: QWidget,
    *,
    title: str,
    start: Path,
    on_chosen: Callable[[Path], None],
    folder: bool = False,
    save: bool = False,
    name_filter: str = "",
) -> QFileDialog:
    """Open the system's file dialog without blocking; ``on_chosen`` gets the one path."""
    dialog = QFileDialog(parent, title, str(start))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if folder:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    elif save:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    if name_filter:
        dialog.setNameFilter(name_filter)
    dialog.fileSelected.connect(lambda name: on_chosen(Path(name)))
    dialog.open()
    return dialog
