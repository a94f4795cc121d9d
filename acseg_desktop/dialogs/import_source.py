"""Part of the import form: which file or folder is read, and what it is taken for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from acseg_core.formats.format import FORMATS, Format
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import choose_path
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words

tr = Words("Import")

_TYPING_MS = 400
"""Pause after which what was typed is looked at."""


class ImportSource(QWidget):
    """A line for the path, and a button each for a file and a folder.

    Signals:
        changed(): Another file is to be read.
    """

    changed = Signal()

    def __init__(self, start: Path) -> None:
        """Make it; dialogs begin in the folder ``start`` while nothing is chosen."""
        super().__init__()
        self._start = start
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("File or folder"))
        self.field.setPlaceholderText(tr("Choose a file or folder, or drag it here"))
        self.field.setMinimumWidth(scaled(280))
        self.field.setAcceptDrops(False)  # the form takes what is dropped: as a path, not as the text of an address
        self.file, self.folder = QPushButton(tr("File…")), QPushButton(tr("Folder…"))
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.field.textEdited.connect(lambda _text: self._typing.start())
        self.file.clicked.connect(lambda: self._choose(folder=False))
        self.folder.clicked.connect(lambda: self._choose(folder=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        for button in (self.file, self.folder):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.setFocusProxy(self.file)

    @property
    def path(self) -> Path | None:
        """What was entered, or None."""
        text = self.field.text().strip()
        return Path(text).expanduser().absolute() if text else None

    def take(self, path: Path) -> None:
        """Read this one from now on."""
        self._typing.stop()
        self.field.setText(str(path))
        self.changed.emit()

    def _choose(self, *, folder: bool) -> None:
        at = self.path
        while at is not None and not at.exists() and at != at.parent:
            at = at.parent
        choose_path(
            self,
            title=tr("Folder with labels") if folder else tr("File with labels"),
            start=at or self._start,
            on_chosen=self.take,
            folder=folder,
            name_filter="" if folder else name_filters(),
        )


class FormatChoice(QComboBox):
    """What a file is taken for: what its content says, or a format of the table.

    Signals:
        chosen(): Somebody chose another one.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Format"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.addItem("", None)
        self.insertSeparator(1)
        for each in FORMATS:
            if each.opener is not None and not each.labels_only:
                self.addItem(translated(each.title), each.key)
        self.insertSeparator(self.count())
        self._add_heading(tr("Labels only"))
        for each in FORMATS:
            if each.labels_only:
                self.addItem(translated(each.title), each.key)
        self.say(None)
        self.activated.connect(lambda _index: self.chosen.emit())

    @property
    def key(self) -> str | None:
        """Key of the format that was chosen; None where the content says what it is."""
        key = self.currentData()
        return key if isinstance(key, str) else None

    def choose(self, key: str | None) -> None:
        """Choose a format, or that the content says what it is."""
        self.setCurrentIndex(max(0, self.findData(key)) if key is not None else 0)

    def say(self, found: Format | None) -> None:
        """Say what the content was found to be."""
        title = tr("Recognised by its content") if found is None else tr("Recognised: {format}")
        self.setItemText(0, title.format(format="" if found is None else translated(found.title)))

    def _add_heading(self, text: str) -> None:
        item = QStandardItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        model = self.model()
        if isinstance(model, QStandardItemModel):
            model.appendRow(item)


def name_filters() -> str:
    """What the dialog for a file offers, made from the table."""
    suffixes = dict.fromkeys(suffix for each in FORMATS for suffix in each.suffixes)
    known = " ".join(f"*{suffix}" for suffix in suffixes)
    return f"{tr('Files with labels')} ({known});;{tr('All files')} (*)"
