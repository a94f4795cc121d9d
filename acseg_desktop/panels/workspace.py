"""The middle of the window while a project is open: first steps, banners, and the image or the concept browser."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget


class Workspace(QWidget):
    """What is between the docks.

    Attributes:
        photo: The canvas with what is above it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.photo = QWidget()
        self._stage = QStackedWidget()
        self._browser = QWidget()
        self._column = _column(self)

    def fill(
        self, *, above: Iterable[QWidget], above_photo: Iterable[QWidget], canvas: QWidget, browser: QWidget
    ) -> None:
        """Put the parts in: what is ``above`` stays there whichever of the two is shown."""
        photo = _column(self.photo)
        for part in above_photo:
            photo.addWidget(part)
        photo.addWidget(canvas, 1)
        self._browser = browser
        self._stage.addWidget(self.photo)
        self._stage.addWidget(browser)
        for part in above:
            self._column.addWidget(part)
        self._column.addWidget(self._stage, 1)

    def show_browser(self, shown: bool) -> None:
        """Show the concept browser, or the image."""
        self._stage.setCurrentWidget(self._browser if shown else self.photo)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
