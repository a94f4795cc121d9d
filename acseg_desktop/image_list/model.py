"""The image strip's model: rows are ids, everything else is read in pages when it is looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap

from acseg_core.errors import SearchError
from acseg_core.types import OpChanges
from acseg_desktop.appearance.icons import status_text
from acseg_desktop.appearance.plain_text import tip
from acseg_desktop.image_list.listing import ImageRow, Listing, list_images, read_rows
from acseg_desktop.image_list.thumbnails import ThumbnailCache
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.image_names import image_name
from acseg_desktop.language.words import Words, number
from acseg_desktop.session import Session

tr = Words("Image list")

_PAGE = 64
_PAGES_KEPT = 64
_ANY_INDEX = QModelIndex | QPersistentModelIndex


class ImageListModel(QAbstractListModel):
    """Images of the project that are listed.

    Signals:
        listed(): The list of ids is there, after opening, a search or a change of the order.
        refused(SearchError): The search makes no sense in this project; the list stays as it was.
    """

    listed = Signal()
    refused = Signal(object)

    def __init__(self, session: Session, thumbnails: ThumbnailCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._thumbnails = thumbnails
        self._ids: Sequence[int] = ()
        self._row_of: dict[int, int] = {}
        self._pages: OrderedDict[int, list[ImageRow | None]] = OrderedDict()
        self._asked: set[int] = set()
        self._reading: set[int] = set()
        self._stale: set[int] = set()
        self.listing = Listing()
        self._listings = 0
        self._generation = 0
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._read_pages)
        session.opened.connect(self.relist)
        session.closing.connect(self._clear)
        session.changed.connect(self._on_changed)
        thumbnails.loaded.connect(self._on_thumbnail)

    @property
    def is_filtered(self) -> bool:
        """Whether a search hides images."""
        return bool(self.listing.search)

    def show(self, listing: Listing) -> None:
        """List other images, or in another order."""
        self.listing = listing
        self.relist()

    def relist(self) -> None:
        """Read the list of ids anew."""
        if not self._session.is_open:
            return
        self._listings += 1
        serial, listing = self._listings, self.listing
        job = self._session.read(lambda project: list_images(project, listing), priority=2)
        job.on_error(lambda error: self._on_refused(serial, error))
        job.succeeded.connect(lambda found: self._on_listed(serial, found))

    def following(self, image_id: int, *, backwards: bool = False) -> Sequence[int]:
        """The images after (or before) another, nearest first; all of them when it is not listed."""
        row = self._row_of.get(image_id)
        if backwards:
            return self._ids[: len(self._ids) if row is None else row][::-1]
        return self._ids[0 if row is None else row + 1 :]

    @property
    def ids(self) -> Sequence[int]:
        """All images that are listed, in their order."""
        return self._ids

    def image_id(self, row: int) -> int | None:
        """The image in a row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, image_id: int) -> int | None:
        """The row of an image, or None where it is not listed."""
        return self._row_of.get(image_id)

    def rowCount(self, parent: _ANY_INDEX | None = None) -> int:
        """Number of images that are listed."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: _ANY_INDEX, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is known of a row now; what is not is asked for."""
        if not index.isValid():
            return None
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.record.path
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            problem = f"\n{translated(row.record.problem)}" if row.record.problem else ""
            named = tr("{named} of %Ln region(s) named", row.regions).format(named=number(row.named))
            told = f"{image_name(row.record)}\n{status_text(row.record.status)}, {named}{problem}"
            return tip(told) if role == Qt.ItemDataRole.ToolTipRole else told
        return None

    def thumbnail(self, row: ImageRow) -> QPixmap | None:
        """The picture of a row, or None while it is loaded; a null pixmap when there is none to be had."""
        return self._thumbnails.get(row.record)

    def row(self, number: int) -> ImageRow | None:
        """What a cell shows, or None while it is read; for delegates, which need no detour through Qt's variants."""
        page = number // _PAGE
        rows = self._pages.get(page)
        if rows is None or page in self._stale:
            self._ask(page)
        if rows is None:
            return None
        self._pages.move_to_end(page)
        return rows[number % _PAGE]

    def _ask(self, page: int) -> None:
        if page not in self._asked and page not in self._reading:
            self._asked.add(page)
            self._timer.start()

    def _read_pages(self) -> None:
        if not self._session.is_open:
            return
        generation = self._generation
        asked, self._asked = self._asked, set()
        self._reading |= asked
        for page in asked:
            ids = self._ids[page * _PAGE : (page + 1) * _PAGE]
            self._stale.discard(page)
            job = self._session.read(lambda project, ids=ids: read_rows(project, ids), priority=3)  # type: ignore[misc]
            job.succeeded.connect(lambda rows, page=page: self._on_page(generation, page, rows))
            job.finished.connect(lambda page=page: self._reading.discard(page))

    def _on_page(self, generation: int, page: int, rows: list[ImageRow | None]) -> None:
        if generation != self._generation:
            return
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        first = page * _PAGE
        self.dataChanged.emit(self.index(first), self.index(first + len(rows) - 1))

    def _on_refused(self, serial: int, error: Exception) -> None:
        if serial != self._listings:
            return
        if isinstance(error, SearchError):
            self.refused.emit(error)
        else:
            self._session.jobs.failed.emit(error)

    def _on_listed(self, serial: int, found: tuple[list[int], dict[int, int]]) -> None:
        if serial != self._listings:
            return
        if found[0] == self._ids:
            self._refresh_pages(self._pages.keys())
            self.listed.emit()
            return
        self.beginResetModel()
        self._generation += 1
        self._ids, self._row_of = found
        self._pages.clear()
        self._asked.clear()
        self._reading.clear()
        self._stale.clear()
        self.endResetModel()
        self.listed.emit()

    def _on_changed(self, changes: OpChanges) -> None:
        if changes.images and (not changes.image_ids or changes.verb.changes_which_images):
            self.relist()
            return
        changed = {self._row_of[i] // _PAGE for i in changes.image_ids if i in self._row_of}
        self._refresh_pages(changed & self._pages.keys())

    def _refresh_pages(self, pages: Iterable[int]) -> None:
        for page in tuple(pages):
            self._stale.add(page)
            first = page * _PAGE
            self.dataChanged.emit(self.index(first), self.index(first + len(self._pages[page]) - 1))

    def _on_thumbnail(self, image_id: int) -> None:
        row = self._row_of.get(image_id)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])

    def _clear(self) -> None:
        self._listings += 1
        self._generation += 1
        self.beginResetModel()
        self._ids, self._row_of = (), {}
        self._pages.clear()
        self._asked.clear()
        self._reading.clear()
        self.endResetModel()
