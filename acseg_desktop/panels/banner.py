"""Banners: lines above the canvas for what the user should know and can mend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from acseg_desktop.appearance.icons import SMALL, icon
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.language.words import Words

tr = Words("Notices")


@dataclass(frozen=True, slots=True)
class Notice:
    """One line and its remedies.

    Attributes:
        text: What is the matter.
        image: Material Design icon.
        remedies: Button texts and what they do.
        can_dismiss: Whether it has a cross.
    """

    text: str
    image: str = "alert-outline"
    remedies: tuple[tuple[str, Callable[[], object]], ...] = ()
    can_dismiss: bool = True


class Banner(QFrame):
    """Shows one notice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Banner")
        self._picture = PlainLabel()
        self.text = PlainLabel(wordWrap=True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.buttons: list[QPushButton] = []
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._cross = QToolButton()
        self._cross.setToolTip(tr("Dismiss"))
        self._cross.setIconSize(SMALL)
        self._cross.setAccessibleName(tr("Dismiss"))
        self._cross.clicked.connect(self.hide)
        self._image = ""
        self.tone = "warning"
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1)
        row.addLayout(self._buttons)
        row.addWidget(self._cross)
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice, or nothing."""
        for button in self.buttons:
            self._buttons.removeWidget(button)
            button.deleteLater()
        self.buttons.clear()
        if notice is None:
            self.hide()
            return
        self.text.setText(notice.text)
        self._image = notice.image
        for text, handler in notice.remedies:
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, handler=handler: handler())
            self._buttons.addWidget(button)
            self.buttons.append(button)
        self._cross.setVisible(notice.can_dismiss)
        self.refresh_icons()
        self.show()

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        self._cross.setIcon(icon("close"))
        if self._image:
            self._picture.setPixmap(icon(self._image, tone=self.tone).pixmap(QSize(18, 18)))


class BannerStack(QWidget):
    """Banners for how the project is open, what to do next, what is the matter with project, image, region."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.access, self.hint, self.project, self.image = Banner(), Banner(), Banner(), Banner()
        self.parts = Banner()
        for banner in (self.hint, self.parts):
            banner.setObjectName("Hint")
            banner.tone = "accent"
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for banner in self.all:
            layout.addWidget(banner)

    @property
    def all(self) -> tuple[Banner, ...]:
        """From the one that stays longest to the one that goes first."""
        return self.access, self.hint, self.project, self.image, self.parts

    def clear(self) -> None:
        """Show nothing."""
        for banner in self.all:
            banner.show_notice(None)
