"""The message dialog: one clear line, its remedies as buttons, and details to copy for bugs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from acseg_desktop.appearance.icons import icon
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import heading
from acseg_desktop.dialogs.sheet import Sheet
from acseg_desktop.language.words import Words

tr = Words("Messages")


@dataclass(frozen=True, slots=True)
class Remedy:
    """A button of a message, and what it does."""

    text: str
    handler: Callable[[], object]
    primary: bool = False


class Message(Sheet):
    """Says one thing; opened without blocking."""

    def __init__(
        self,
        parent: QWidget | None,
        *,
        title: str,
        text: str,
        remedies: tuple[Remedy, ...] = (),
        details: str = "",
        image: str = "alert-circle-outline",
        tone: str = "danger",
        leave: str = "",
    ) -> None:
        super().__init__(parent, title=title)
        self.setMinimumWidth(scaled(640 if details else 440))
        picture = PlainLabel()
        picture.setPixmap(icon(image, tone=tone).pixmap(QSize(32, 32)))
        self.text = PlainLabel(text, wordWrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words = QVBoxLayout()
        words.setSpacing(8)
        words.addWidget(heading(title))
        words.addWidget(self.text)
        words.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addLayout(top)
        if details:
            outer.addWidget(self._make_details(details), 1)
        outer.addLayout(self._make_buttons(remedies, details, leave))

    def _make_details(self, details: str) -> QPlainTextEdit:
        view = QPlainTextEdit(details, readOnly=True)
        view.setObjectName("details")
        view.setAccessibleName(tr("Details"))
        view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        view.setMinimumHeight(220)
        return view

    def _make_buttons(self, remedies: tuple[Remedy, ...], details: str, leave: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if details:
            copy = QPushButton(tr("Copy details"))
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
            row.addWidget(copy)
        row.addStretch(1)
        close = QPushButton(leave or tr("Close"))
        close.clicked.connect(self.reject)
        row.addWidget(close)
        close.setDefault(not any(remedy.primary for remedy in remedies))
        for remedy in remedies:
            button = QPushButton(remedy.text)
            button.setProperty("primary", remedy.primary)
            button.setDefault(remedy.primary)
            button.clicked.connect(lambda _checked=False, remedy=remedy: self._take(remedy))
            row.addWidget(button)
        return row

    def _take(self, remedy: Remedy) -> None:
        self.accept()
        remedy.handler()
