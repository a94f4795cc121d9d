"""The images that were removed from a project, to take back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPushButton, QTableWidget, QTableWidgetItem, QWidget

from acseg_core.types import RemovedImage
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import heading, muted
from acseg_desktop.dialogs.lists import ReadOnlyDialog
from acseg_desktop.language.words import Words, number

tr = Words("Images")


class RemovedList(ReadOnlyDialog):
    """Removed images with their regions; those selected are taken back, or all where none is.

    Signals:
        take_back_requested(tuple[int, ...]): These images are to be in the project again.
    """

    take_back_requested = Signal(object)

    def __init__(self, parent: QWidget | None, removed: Sequence[RemovedImage]) -> None:
        super().__init__(parent, title=tr("Removed images"))
        self._removed = tuple(removed)
        self.take_back = QPushButton()
        self.take_back.setProperty("primary", True)
        self.take_back.clicked.connect(self._on_take_back)
        self.table = QTableWidget(len(removed), 2)
        if not removed:
            self.content.addWidget(heading(tr("No images were removed")))
            self.take_back.hide()
            return
        self.content.addWidget(heading(tr("%Ln image(s) removed from the project", len(removed))))
        self.content.addWidget(muted(tr("Their files are still there. Restored images get their regions back.")))
        self._fill()
        self.content.addWidget(self.table, 1)
        self.buttons.addWidget(self.take_back)
        self._follow()

    def _fill(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels([tr("Image"), tr("Regions")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for row, image in enumerate(self._removed):
            table.setItem(row, 0, QTableWidgetItem(image.path))
            table.setItem(row, 1, QTableWidgetItem(number(image.regions)))
        table.setMinimumSize(QSize(scaled(480), 240))
        table.itemSelectionChanged.connect(self._follow)

    def _chosen(self) -> tuple[int, ...]:
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        return tuple(self._removed[row].id for row in rows or range(len(self._removed)))

    def _follow(self) -> None:
        self.take_back.setText(tr("Restore %Ln image(s)", len(self._chosen())))

    def _on_take_back(self) -> None:
        self.accept()
        self.take_back_requested.emit(self._chosen())
