"""Banners: lines above the canvas for what the user should know and can mend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

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
        about_files: Whether it is about files of images that are missing or have changed.
    """

    text: str
    image: str = "alert-outline"
    remedies: tuple[tuple[str, Callable[[], object]], ...] = ()
    can_dismiss: bool = True
    about_files: bool = False


class Banner(QFrame):
    """Shows one notice.

    Signals:
        told(): There is another notice, or none any more.
    """

    told = Signal()

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
        self._cross.clicked.connect(lambda: self.show_notice(None))
        self._image = ""
        self.notice: Notice | None = None
        """What it tells, or would if it were not set aside."""
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
            button.hide()
            button.deleteLater()
        self.buttons.clear()
        self.notice = notice
        if notice is None:
            self.hide()
            self.told.emit()
            return
        self.text.setText(notice.text)
        self._image = notice.image
        for text, handler in notice.remedies:
            button = QPushButton(text)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click, keys still go to the photo
            button.clicked.connect(lambda _checked=False, handler=handler: handler())
            self._buttons.addWidget(button)
            self.buttons.append(button)
        self._cross.setVisible(notice.can_dismiss)
        self.refresh_icons()
        self.show()
        self.told.emit()

    @property
    def is_wanted(self) -> bool:
        """Whether it has something to tell."""
        return self.notice is not None

    def set_aside(self, aside: bool) -> None:
        """Do not show what it tells, as another banner tells it now; or show it again."""
        self.setVisible(self.notice is not None and not aside)

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        self._cross.setIcon(icon("close"))
        if self._image:
            self._picture.setPixmap(icon(self._image, tone=self.tone).pixmap(QSize(18, 18)))
