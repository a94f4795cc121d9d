"""The comment bar: a line above the photo with what people noted about the image, to be read and changed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from acseg_core.types import ImageRecord
from acseg_desktop.appearance.icons import icon
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.language.words import Words

tr = Words("Image comment")


class CommentField(QLineEdit):
    """Where a comment is written.

    Signals:
        left(): Esc: nothing is to be changed.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc calls it off."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CommentBar(QFrame):
    """Shown while the image has a comment, or one is being written.

    What was typed counts when Enter is pressed and when the keys go elsewhere, also to another image.

    Signals:
        written(int, str): An image, and its new comment; "" takes it away.
        left(): Enter or Esc: the keys belong to the photo again.
    """

    written = Signal(int, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("CanvasHeader")
        self._record: ImageRecord | None = None
        self._picture = PlainLabel()
        self.field = CommentField()
        self.field.setPlaceholderText(tr("What should others know about this image?"))
        self.field.setAccessibleName(tr("Comment on this image"))
        self.field.returnPressed.connect(self._on_return)
        self.field.editingFinished.connect(self._take)
        self.field.left.connect(self._on_left)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self._picture)
        row.addWidget(self.field, 1)
        self.refresh_icons()
        self.hide()

    def show_record(self, record: ImageRecord | None, *, can_edit: bool) -> None:
        """Show an image's comment; one that is being written belongs to the image before, and is taken first."""
        is_another = record is None or self._record is None or record.id != self._record.id
        if is_another:
            self._take()
        self._record = record
        if is_another or not self.field.isModified():
            self._show_stored()
        self.field.setReadOnly(not can_edit)

    def begin(self) -> None:
        """Let somebody write."""
        if self._record is not None:
            self.show()
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.end(False)

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        self._picture.setPixmap(icon("comment-text-outline", tone="muted").pixmap(QSize(18, 18)))

    def _take(self) -> None:
        """Hand over what was typed, once."""
        record, text = self._record, self.field.text().strip()
        if record is not None and self.field.isModified():
            self.field.setModified(False)
            if text != record.comment:
                self.written.emit(record.id, text)
        self.setVisible(bool(text) or self.field.hasFocus())

    def _show_stored(self) -> None:
        comment = self._record.comment if self._record is not None else ""
        self.field.setText(comment)
        self.field.setToolTip("")
        self.setVisible(bool(comment) or self.field.hasFocus())

    def _on_return(self) -> None:
        self._take()
        self.left.emit()

    def _on_left(self) -> None:
        self.field.setModified(False)
        self._show_stored()
        self.left.emit()
        self.setVisible(bool(self.field.text()))
