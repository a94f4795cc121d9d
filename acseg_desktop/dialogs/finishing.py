"""The small window that tells what a closing program still waits for, and offers to quit when that takes too long."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout

from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import heading, muted
from acseg_desktop.dialogs.sheet import Sheet
from acseg_desktop.language.words import Words

tr = Words("Finishing")


class FinishingWindow(Sheet):
    """Says what is still going on; it cannot be closed, as it goes by itself.

    Signals:
        quit_requested(): Whatever still goes on is not worth waiting for.
    """

    quit_requested = Signal()

    def __init__(self) -> None:
        super().__init__(None, title=tr("Closing…"))
        self.setWindowModality(Qt.WindowModality.NonModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        self.setMinimumWidth(scaled(400))
        self.waits_for = PlainLabel(wordWrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(tr("Closing…"))
        self.late = muted(
            tr(
                "This is taking longer than usual. Saved work is safe, but if you quit now, the steps above "
                "will not be finished."
            )
        )
        self.quit = QPushButton(tr("Quit now"))
        self.quit.clicked.connect(self.quit_requested)
        self.wait = QPushButton(tr("Keep waiting"))
        self.wait.setDefault(True)
        self.wait.clicked.connect(lambda: self.offer_to_quit(False))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.quit)
        buttons.addWidget(self.wait)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(heading(tr("Closing…")))
        outer.addWidget(self.waits_for)
        outer.addWidget(self.bar)
        outer.addWidget(self.late)
        outer.addLayout(buttons)
        self.offer_to_quit(False)

    def show_waiting(self, lines: Sequence[str]) -> None:
        """Name what is waited for."""
        self.waits_for.setText("\n".join(lines))

    def offer_to_quit(self, offered: bool) -> None:
        """Ask whether to go on waiting, or no longer."""
        for part in (self.late, self.quit, self.wait):
            part.setVisible(offered)
        if offered:
            self.wait.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay: it would look as if the program had ended."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stay on Esc, too."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
