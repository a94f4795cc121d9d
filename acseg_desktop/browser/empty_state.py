"""The page that the concept browser shows instead of crops: why there are none, and a button for what to do."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from acseg_desktop.appearance.icons import icon
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import scaled

_MARGIN = 8
_READABLE = 420
"""Width of a text that is read in one glance, in pixels."""


class EmptyState(QWidget):
    """What there is to do when there is nothing to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = "shape-outline"
        self.setMinimumWidth(1)  # the text gives way to a narrow window
        self.picture, self.title, self.text = PlainLabel(), PlainLabel(), PlainLabel(wordWrap=True)
        self.title.setProperty("role", "heading")
        self.text.setProperty("role", "muted")
        self.button = QPushButton()
        self.button.setProperty("primary", True)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for widget in (self.picture, self.title, self.text, self.button):
            if isinstance(widget, QLabel):
                widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._action: QAction | None = None
        self.button.clicked.connect(self._on_clicked)

    def tell(self, image: str, title: str, text: str, action: QAction | None = None, button: str = "") -> None:
        """Say what is the matter, and offer an action."""
        self._image, self._action = image, action
        if action is None:
            self._keep_keys()
        self.title.setText(title)
        self.text.setText(text)
        self.button.setText(button)
        self.button.setVisible(action is not None)
        self.follow()
        self.refresh_icons()

    def follow(self) -> None:
        """The action can or cannot be done now."""
        is_possible = self._action is not None and self._action.isEnabled()
        if not is_possible:
            self._keep_keys()
        self.button.setEnabled(is_possible)

    def focus_target(self) -> QWidget:
        """What takes the keys: the button where it can be pressed."""
        return self.button if self._action is not None and self._action.isEnabled() else self

    def refresh_icons(self) -> None:
        """Make the picture anew in the colours in use, and room for the text in its size."""
        self.picture.setPixmap(icon(self._image, tone="faint").pixmap(QSize(56, 56)))
        self._fit_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The text is as wide as can be read in one glance, and there is room for."""
        super().resizeEvent(event)
        self._fit_text()

    def _fit_text(self) -> None:
        width = max(1, min(scaled(_READABLE), self.width() - 2 * _MARGIN))
        self.text.setMinimumSize(0, 0)  # else it would count as what the text needs, and as its least width
        self.text.setFixedSize(width, self.text.heightForWidth(width) if self.text.text() else 0)

    def _keep_keys(self) -> None:
        """Before the button that has the keys cannot have them any more: Qt would give them to another panel."""
        if self.button.hasFocus():
            self.setFocus()

    def _on_clicked(self) -> None:
        if self._action is not None:
            self._action.trigger()
