"""The banners of a window, one over the other: each about one matter, and one thing to do at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from acseg_desktop.panels.banner import Banner
from acseg_desktop.panels.first_steps import FirstSteps
from acseg_desktop.panels.question_bar import QuestionBar


class BannerStack(QWidget):
    """Banners for how the project is open, what opening found, models, what to do next, what is wrong, questions.

    What asks or tells what to do next comes one at a time: a question before the offer to split parts, that before
    the first steps, these before the hint. What is set aside comes when its turn is.
    """

    def __init__(self, first_steps: FirstSteps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.access, self.opened, self.hint = Banner(), Banner(), Banner()
        self.project, self.image, self.training, self.adoption = Banner(), Banner(), Banner(), Banner()
        self.question = QuestionBar()
        self.parts = Banner()
        for banner in (self.hint, self.parts, self.training, self.adoption):
            banner.setObjectName("Hint")
            banner.tone = "accent"
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.first_steps = first_steps
        layout.addWidget(first_steps)
        for banner in self.all:
            layout.addWidget(banner)
        for guide in self._guides:
            guide.told.connect(self._take_turns)

    @property
    def _guides(self) -> tuple[Banner | FirstSteps, ...]:
        return self.question, self.parts, self.first_steps, self.hint

    def _take_turns(self) -> None:
        is_taken = False
        for guide in self._guides:
            guide.set_aside(is_taken)
            is_taken = is_taken or guide.is_wanted

    @property
    def all(self) -> tuple[Banner, ...]:
        """From the one that stays longest to the one that goes first."""
        models, files = (self.training, self.adoption), (self.project, self.image)
        return self.access, self.opened, *models, self.hint, *files, self.parts, self.question

    def clear(self) -> None:
        """Show nothing."""
        for banner in self.all:
            banner.show_notice(None)
