"""Form for an image whose file was moved, where several files hold the same picture: which one it is now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QPushButton, QWidget

from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import Form, heading, muted
from acseg_desktop.language.words import Words

tr = Words("Moved file")


class MovedFileForm(Form):
    """The files one of which is the image now.

    Args:
        parent: The window.
        path: Of the image, as it was.
        candidates: Paths of the files.
        more: How many images are asked about after this one.

    Signals:
        submitted(str, str): The image of that path has this file now.
        skipped(): Not this one; ask about the next.
    """

    submitted = Signal(str, str)
    skipped = Signal()

    def __init__(self, parent: QWidget | None, path: str, candidates: Sequence[str], *, more: int = 0) -> None:
        super().__init__(parent, title=tr("Moved image"), confirm=tr("Use this file"))
        self._path = path
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Files with the same picture"))
        self.list.addItems(list(candidates))
        self.list.setCurrentRow(0)
        self.list.setMinimumSize(scaled(440), 160)
        self.list.itemDoubleClicked.connect(lambda _item: self._submit())
        self.content.addWidget(heading(tr("Where is {path} now?").format(path=path)))
        text = tr(
            "The image is no longer there. These files contain the same picture, pixel for pixel. The one "
            "you choose gets its regions, its history and the time spent on it."
        )
        self.content.addWidget(muted(text))
        self.content.addWidget(self.list, 1)
        if more:
            skip = QPushButton(tr("Skip (%Ln more)", more))
            skip.setAutoDefault(False)
            skip.clicked.connect(self._skip)
            self.buttons.insertWidget(0, skip)
        self.confirmed.connect(self._submit)
        self.list.setFocus()

    def _submit(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self.submitted.emit(self._path, item.text())

    def _skip(self) -> None:
        self.reject()
        self.skipped.emit()
