"""The banners of a window, one over the other: each about one matter."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from acseg_desktop.panels.banner import Banner
from acseg_desktop.panels.question_bar import QuestionBar


class BannerStack(QWidget):
    """Banners for how the project is open, what to do next, what is wrong with project and image, parts, questions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.access, self.hint, self.project, self.image = Banner(), Banner(), Banner(), Banner()
        self.question = QuestionBar()
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
        return self.access, self.hint, self.project, self.image, self.parts, self.question

    def clear(self) -> None:
        """Show nothing."""
        for banner in self.all:
            banner.show_notice(None)
