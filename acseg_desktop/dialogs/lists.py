"""Dialogs that only show: the shortcuts, the skipped files, what the program is."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence

import PySide6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from acseg_core import __version__
from acseg_core.images.label_maps import LABEL_MAP, RULE
from acseg_core.images.left_out import FOLDER_RULE, OTHER_FOLDER, is_left_out
from acseg_core.types import SkippedFile
from acseg_desktop.actions.keymap import Keymap
from acseg_desktop.appearance.icons import application_icon
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import heading, muted
from acseg_desktop.dialogs.sheet import Sheet
from acseg_desktop.dialogs.shortcut_tree import ShortcutTree
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words

tr = Words("Help")

MOUSE = (
    (tr.mark("Select a region"), tr.mark("Click")),
    (tr.mark("Add to the selection"), tr.mark("Ctrl/Shift+click")),
    (tr.mark("Select several"), tr.mark("Drag a box")),
    (tr.mark("Zoom at the cursor"), tr.mark("Wheel")),
    (tr.mark("Pan"), tr.mark("Middle drag, Space+drag")),
    (tr.mark("Brush and eraser: size"), tr.mark("Alt+wheel, Shift+wheel")),
    (tr.mark("Brush erases, eraser paints"), tr.mark("Alt+drag, right drag")),
    (tr.mark("Brush and eraser: straight line"), tr.mark("Shift+click")),
    (tr.mark("Polygon: draw freely"), tr.mark("Drag")),
    (tr.mark("Split by clicks: add, remove"), tr.mark("Click, right click")),
)


BROWSER_KEYS = (
    (tr.mark("Next cluster, its regions"), tr.mark("↓, →")),
    (tr.mark("Select more"), tr.mark("Shift+arrows, Ctrl+click")),
    (tr.mark("Show all regions of a cluster"), tr.mark("Space")),
    (tr.mark("Select the whole cluster"), tr.mark("Ctrl+A")),
)


class ReadOnlyDialog(Sheet):
    """A dialog with nothing to answer."""

    def __init__(self, parent: QWidget | None, *, title: str) -> None:
        super().__init__(parent, title=title)
        self.content = QVBoxLayout()
        self.content.setSpacing(8)
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.reject)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addLayout(self.content, 1)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.buttons.addWidget(close)
        outer.addLayout(self.buttons)


class ShortcutList(ReadOnlyDialog):
    """Every key as it is now; what makes no sense now is grey.

    Signals:
        change_requested(): The keys are to be changed.
    """

    change_requested = Signal()

    def __init__(self, parent: QWidget | None, keymap: Keymap, is_live: Callable[[str], bool]) -> None:
        super().__init__(parent, title=tr("Shortcuts"))
        self.list = ShortcutTree(keymap)
        self.list.add_section(tr("Mouse"), [(tr(text), tr(keys)) for text, keys in MOUSE])
        self.list.add_section(tr("In the concept browser"), [(tr(text), tr(keys)) for text, keys in BROWSER_KEYS])
        self.list.grey_out(is_live)
        change = QPushButton(tr("Change…"))
        change.setAutoDefault(False)
        change.clicked.connect(self._on_change)
        self.content.addWidget(heading(tr("Shortcuts")))
        self.content.addWidget(muted(tr("Greyed-out actions are not available right now.")))
        self.content.addWidget(self.list, 1)
        self.buttons.insertWidget(0, change)
        self.list.search.setFocus()
        self.resize(scaled(620), min(scaled(680), 900))

    def _on_change(self) -> None:
        self.reject()
        self.change_requested.emit()


class SkippedList(ReadOnlyDialog):
    """Files of the folder that cannot be used, with reasons; label maps can be, and are if one asks for it.

    Signals:
        label_maps_requested(): They are to be taken as photos.
    """

    label_maps_requested = Signal()

    def __init__(self, parent: QWidget | None, skipped: Sequence[SkippedFile], *, can_take: bool = False) -> None:
        super().__init__(parent, title=tr("Skipped files"))
        count = len(skipped)
        self.content.addWidget(heading(tr("%Ln file(s) skipped", count) if count else tr("No file was skipped")))
        maps = sum(file.reason == LABEL_MAP for file in skipped)
        if not count:
            self.content.addWidget(muted(tr("All images in the folder can be used.")))
            return
        if not all(is_left_out(file.reason) for file in skipped):
            self.content.addWidget(
                muted(
                    tr("These files in the image folder cannot be used; fix or replace them, then rescan the folder.")
                )
            )
        if maps:
            self.content.addWidget(muted(tr("%Ln label map(s) left out: (it,they) (belongs,belong) to photos.", maps)))
            take = QPushButton(tr("Add label maps as photos"))
            take.setToolTip(tip(translated(RULE), wraps=True))
            take.setAutoDefault(False)
            take.setEnabled(can_take)
            take.clicked.connect(self._on_take)
            self.buttons.insertWidget(0, take)
        if any(file.reason == OTHER_FOLDER for file in skipped):
            self.content.addWidget(muted(translated(FOLDER_RULE)))
        table = QTableWidget(count, 2)
        table.setHorizontalHeaderLabels([tr("File"), tr("Reason")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        for row, file in enumerate(skipped):
            table.setItem(row, 0, QTableWidgetItem(file.path))
            table.setItem(row, 1, QTableWidgetItem(translated(file.reason)))
        table.setMinimumSize(QSize(scaled(600), 280))
        self.content.addWidget(table, 1)

    def _on_take(self) -> None:
        self.reject()
        self.label_maps_requested.emit()


class About(ReadOnlyDialog):
    """Name, version, licence, method."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, title=tr("About ACSeg Desktop"))
        mark = PlainLabel()
        mark.setPixmap(application_icon().pixmap(QSize(64, 64)))
        self.content.addWidget(mark)
        title = PlainLabel("ACSeg Desktop")
        title.setProperty("role", "title")
        self.content.addWidget(title)
        self.content.addWidget(muted(tr("Version {version}, Apache License 2.0").format(version=__version__)))
        text = PlainLabel(
            tr(
                "Segmentation labels for photos that have none: a frozen vision transformer (DINOv2) and the Adaptive "
                "Concept Generator (ACSeg, CVPR 2023) propose regions; you merge, name and export them."
            ),
            wordWrap=True,
        )
        text.setMinimumWidth(scaled(380))
        self.content.addWidget(text)
        self.content.addWidget(
            muted(
                tr("Python {python}, Qt {qt}, icons: Material Design Icons").format(
                    python=platform.python_version(), qt=PySide6.__version__
                )
            )
        )
