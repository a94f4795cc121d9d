"""The start page, shown while no project is open: ways to begin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from acseg_desktop.appearance.icons import application_icon, icon
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.language.words import Words
from acseg_desktop.samples import scenes_are_read

tr = Words("Start page")

_WIDTH = 640


def dropped_folder(event: QDropEvent) -> Path | None:
    """The one folder that is dragged, or None."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.is_dir() else None


def dropped_paths(event: QDropEvent) -> list[Path]:
    """The files and folders that are dragged; none where one of them is not on this computer."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []


class StartPage(QWidget):
    """An invitation.

    Signals:
        new_requested(): Make a project.
        open_requested(): Choose a project.
        sample_requested(): Try the sample photos.
        scene_requested(): Try the sample scene; only offered where scenes can be read.
        project_chosen(Path): A recent project.
        folder_dropped(Path): A folder was dropped here.
    """

    new_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    scene_requested = Signal()
    project_chosen = Signal(object)
    folder_dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("StartPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._drop_icon = PlainLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.new_button = QPushButton(f" {tr('New project from photos…')}")
        self.new_button.setProperty("primary", True)
        self.new_button.clicked.connect(self.new_requested)
        self.open_button = QPushButton(f" {tr('Open project…')}")
        self.open_button.clicked.connect(self.open_requested)
        self.sample_button = QPushButton(f" {tr('Try the sample photos')}")
        self.sample_button.setProperty("flat", True)
        self.sample_button.clicked.connect(self.sample_requested)
        self.scene_button = QPushButton(f" {tr('Try the sample orthophoto')}")
        self.scene_button.setProperty("flat", True)
        self.scene_button.setVisible(scenes_are_read())
        self.scene_button.clicked.connect(self.scene_requested)
        self._drop = self._make_drop_card()
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._recent_card = QFrame()
        self._recent_card.setObjectName("Card")
        self.recent_buttons: list[QPushButton] = []
        self._lay_out()
        self.refresh_icons()

    def show_recent(self, projects: Sequence[tuple[Path, str]]) -> None:
        """List the recent projects: their folders and names."""
        for button in self.recent_buttons:
            self._recent.removeWidget(button)
            button.deleteLater()
        self.recent_buttons.clear()
        for folder, name in projects:
            button = QPushButton()
            button.setProperty("row", True)
            button.setProperty("large", True)
            metrics = button.fontMetrics()
            text = f" {name}    {metrics.elidedText(str(folder), Qt.TextElideMode.ElideMiddle, scaled(380))}"
            button.setText(text.replace("&", "&&"))
            button.setToolTip(tip(str(folder)))
            button.clicked.connect(lambda _checked=False, folder=folder: self.project_chosen.emit(folder))
            self._recent.addWidget(button)
            self.recent_buttons.append(button)
        self._recent_card.setVisible(bool(projects))
        self.refresh_icons()

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        self._column.setMaximumWidth(scaled(_WIDTH))
        self._drop_icon.setPixmap(icon("image-plus-outline", tone="accent").pixmap(QSize(44, 44)))
        self.open_button.setIcon(icon("folder-open-outline"))
        self.new_button.setIcon(icon("folder-plus-outline", tone="accent_text"))
        self.sample_button.setIcon(icon("image-multiple-outline", tone="accent"))
        self.scene_button.setIcon(icon("map-outline", tone="accent"))
        for button in self.recent_buttons:
            button.setIcon(icon("folder-image", tone="muted"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that a folder may be dropped."""
        if dropped_folder(event) is not None:
            self._set_hot(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Calm down."""
        self._set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the folder."""
        self._set_hot(False)
        folder = dropped_folder(event)
        if folder is not None:
            event.acceptProposedAction()
            self.folder_dropped.emit(folder)

    def _set_hot(self, hot: bool) -> None:
        self._drop.setProperty("hot", hot)
        self._drop.style().unpolish(self._drop)
        self._drop.style().polish(self._drop)

    def _make_drop_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("DropCard")
        heading = PlainLabel(tr("Drop a folder of photos here"), alignment=Qt.AlignmentFlag.AlignCenter)
        heading.setProperty("role", "heading")
        text = PlainLabel(
            tr(
                "Every photo is divided into regions for you to merge, name and export. Your photos stay where "
                "they are; nothing leaves this computer."
            ),
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        text.setProperty("role", "muted")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.new_button)
        buttons.addWidget(self.open_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(32, 32, 32, 24)
        layout.setSpacing(8)
        layout.addWidget(self._drop_icon)
        layout.addWidget(heading)
        layout.addWidget(text)
        layout.addSpacing(16)
        layout.addLayout(buttons)
        layout.addWidget(self.sample_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.scene_button, 0, Qt.AlignmentFlag.AlignHCenter)
        return card

    def _lay_out(self) -> None:
        mark = PlainLabel()
        mark.setPixmap(application_icon().pixmap(QSize(48, 48)))
        title = PlainLabel("ACSeg Desktop")
        title.setProperty("role", "title")
        subtitle = PlainLabel(tr("Segmentation labels for photos that have none yet"))
        subtitle.setProperty("role", "muted")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(subtitle)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(mark)
        head.addLayout(words, 1)
        recent_title = PlainLabel(tr("Recent projects"))
        recent_title.setProperty("role", "section")
        recent_title.setContentsMargins(8, 0, 0, 4)
        recent = QVBoxLayout(self._recent_card)
        recent.setContentsMargins(16, 16, 16, 12)
        recent.setSpacing(0)
        recent.addWidget(recent_title)
        recent.addLayout(self._recent)
        self._column = column = QWidget()
        column.setMinimumWidth(320)
        inner = QVBoxLayout(column)
        inner.setContentsMargins(24, 32, 24, 32)
        inner.setSpacing(24)
        inner.addStretch(1)
        inner.addLayout(head)
        inner.addWidget(self._drop)
        inner.addWidget(self._recent_card)
        inner.addStretch(2)
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(middle)
        scroll.viewport().setAutoFillBackground(False)
        middle.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
