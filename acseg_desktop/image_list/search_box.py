"""The search box of the image list: it completes words, and says what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from acseg_core.errors import SearchError
from acseg_core.store.queries.image_search import ImageSearch, parse
from acseg_core.store.queries.search_completion import complete
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words

tr = Words("Image search")

_DELAY_MS = 250
_COMPLAINT_MS = 900
"""Milliseconds for which a word that makes no sense is taken for one that is still being typed."""


class ImageSearchBox(QLineEdit):
    """Reads searches.

    Signals:
        searched(ImageSearch): Another search was typed, or Enter pressed.
        complained(str): What is wrong with the text, or "" when nothing is any more.
        left(): Enter or Esc: the keys belong to the canvas again.
        descended(): The down arrow: the keys belong to the images.
    """

    searched = Signal(object)
    complained = Signal(str)
    left = Signal()
    descended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, clearButtonEnabled=True)
        self.setPlaceholderText(tr("Search: street label:car conf<0.6"))
        self.setAccessibleName(tr("Search images"))
        self.setToolTip(_help())
        self.labels: tuple[str, ...] = ()
        self._start = 0
        self._choices = QStringListModel(self)
        self._completer = QCompleter(self._choices, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup = QListView()
        self._completer.setPopup(self._popup)
        self._completer.activated.connect(self._on_chosen)
        self._timer = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._timer.timeout.connect(self._read)
        self._complaint = QTimer(self, singleShot=True, interval=_COMPLAINT_MS)
        self._complaint.timeout.connect(lambda: self._read(complain=True))
        self.textChanged.connect(self._on_changed)
        self.textEdited.connect(self._offer)

    def set_labels(self, names: Iterable[str]) -> None:
        """Names to complete."""
        self.labels = tuple(names)

    def search_for(self, search: ImageSearch) -> None:
        """Write a search, and look for it."""
        self.setText(str(search))
        self._read(complain=True)

    def search(self) -> ImageSearch | None:
        """The search as it is written, or None when it makes no sense."""
        try:
            return parse(self.text())
        except SearchError:
            return None

    def complain(self, message: str) -> None:
        """Show that the text is wrong, or "" that it is not."""
        self.setProperty("invalid", bool(message))
        self.style().unpolish(self)
        self.style().polish(self)
        self.complained.emit(message)

    def event(self, event: QEvent) -> bool:
        """Tab takes what is offered."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self._popup.isVisible()
        ):
            chosen = self._popup.currentIndex().row() if self._popup.selectionModel().hasSelection() else 0
            self._popup.hide()
            self._on_chosen(self._choices.stringList()[chosen])
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc give the keys back; down goes to the images."""
        if self._popup.isVisible() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            if self._popup.selectionModel().hasSelection() or event.key() == Qt.Key.Key_Escape:
                event.ignore()  # the completer's
                return
            self._popup.hide()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if self._read(complain=True):
                    self.left.emit()
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Down:
                self.descended.emit()
            case _:
                super().keyPressEvent(event)

    def _on_changed(self) -> None:
        self._timer.start()
        self._complaint.start()

    def _read(self, *, complain: bool = False) -> bool:
        self._timer.stop()
        try:
            search = parse(self.text())
        except SearchError as error:
            if complain:
                self._complaint.stop()
                self.complain(translated(error))
            return False
        self._complaint.stop()
        self.complain("")
        self.searched.emit(search)
        return True

    def _offer(self, text: str) -> None:
        """Show what may be typed on at the cursor."""
        completion = complete(text, self.cursorPosition(), labels=self.labels)
        typed = text[completion.start : self.cursorPosition()]
        choices = [choice for choice in completion.choices if choice.strip().casefold() != typed.casefold()]
        is_whole = len(choices) < len(completion.choices)
        if not choices:
            self._popup.hide()
            return
        self._start = completion.start
        self._choices.setStringList(choices)
        rect = self.cursorRect()
        rect.setWidth(max(180, self._popup.sizeHintForColumn(0) + 40))
        self._completer.complete(rect)
        if choices[0].endswith(" ") and not is_whole:  # what begins like a key may be meant as it is
            self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _on_chosen(self, choice: str) -> None:
        text, cursor = self.text(), self.cursorPosition()
        self.setText(text[: self._start] + choice + text[cursor:].lstrip(" "))
        self.setCursorPosition(self._start + len(choice))
        if choice.endswith(":"):
            self._offer(self.text())


def _help() -> str:
    """What can be written, as rich text."""
    rows = [
        ("street", tr("the path contains this")),
        ("-street", tr("the path does not contain this")),
        ("label:car", tr("a region has this label")),
        ("label:car,bus", tr("a region has one of these labels")),
        ("suggested:car", tr("this label is suggested for a region")),
        ("status:done", "new, proposed, in_review, done"),
        ("queue:open", "open, review, suggested, unnamed, problem, missing, changed, unreadable"),
        ("is:reviewed", tr("checked by a second person; also {keys}").format(keys="is:commented")),
        ("comment:dark", tr("the comment contains this")),
        ("conf&lt;0.6", tr("a suggested name is less certain than this")),
        ("regions&gt;10", tr("number of regions; also {keys}").format(keys="unnamed, named, suggested, rejected")),
        ("labels&gt;2", tr("number of different labels")),
        ("width&lt;640", tr("number of pixels; also {keys}").format(keys="height")),
    ]
    lines = "".join(f"<tr><td><b>{word}</b>&nbsp;&nbsp;</td><td>{text}</td></tr>" for word, text in rows)
    rule = tr("All terms must match. A minus before a term excludes it; quotes keep words together.")
    return f"<table>{lines}</table><p>{rule}</p>"
