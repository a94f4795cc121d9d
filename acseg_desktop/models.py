"""The image strip's model: rows are ids, everything else is read in pages when it is looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QPixmap

from acseg_core.errors import ProjectError
from acseg_core.store import Project, queries
from acseg_core.types import ImageRecord, ImageStatus, OpChanges
from acseg_desktop.icons import status_text
from acseg_desktop.language import Words, number
from acseg_desktop.session import Session
from acseg_desktop.thumbnails import ThumbnailCache

tr = Words("Image list")

_PAGE = 64
_PAGES_KEPT = 64
_ANY_INDEX = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ImageRow:
    """What one cell of the strip shows."""

    record: ImageRecord
    regions: int
    named: int


class ImageListModel(QAbstractListModel):
    """Images of the project that pass the filter, in the project's order.

    Signals:
        listed(): The list of ids is there, after opening or a change of the filter.
    """

    listed = Signal()

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
        self._status: ImageStatus | None = None
        self._search = ""
        self._by_teaching = False
        self._listing = 0
        self._generation = 0
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._read_pages)
        session.opened.connect(self.relist)
        session.closing.connect(self._clear)
        session.changed.connect(self._on_changed)
        thumbnails.loaded.connect(self._on_thumbnail)

    @property
    def is_filtered(self) -> bool:
        """Whether a filter hides images."""
        return self._status is not None or bool(self._search)

    def set_filter(self, *, status: ImageStatus | None, search: str) -> None:
        """Show only images of a status whose path holds a text."""
        if (status, search) != (self._status, self._search):
            self._status, self._search = status, search
            self.relist()

    @property
    def by_teaching(self) -> bool:
        """Whether the images that teach the machine most come first."""
        return self._by_teaching

    def set_order(self, *, by_teaching: bool) -> None:
        """Show the images in their order, or those first that teach most."""
        if by_teaching != self._by_teaching:
            self._by_teaching = by_teaching
            self.relist()

    def relist(self) -> None:
        """Read the list of ids anew."""
        if not self._session.is_open:
            return
        self._listing += 1
        listing, status, search, by_teaching = self._listing, self._status, self._search, self._by_teaching
        job = self._session.read(
            lambda project: list_images(project, status=status, search=search, by_teaching=by_teaching), priority=2
        )
        job.succeeded.connect(lambda found: self._on_listed(listing, found))

    def image_id(self, row: int) -> int | None:
        """The image in a row."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, image_id: int) -> int | None:
        """The row of an image, or None where the filter hides it."""
        return self._row_of.get(image_id)

    def rowCount(self, parent: _ANY_INDEX | None = None) -> int:
        """Number of images that pass the filter."""
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
            problem = f"\n{row.record.problem}" if row.record.problem else ""
            named = tr("{named} of %Ln region(s) named", row.regions).format(named=number(row.named))
            return f"{row.record.path}\n{status_text(row.record.status)}, {named}{problem}"
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

    def _on_listed(self, listing: int, found: tuple[list[int], dict[int, int]]) -> None:
        if listing != self._listing:
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
        if changes.images and not changes.image_ids:
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
        self._listing += 1
        self._generation += 1
        self.beginResetModel()
        self._ids, self._row_of = (), {}
        self._pages.clear()
        self._asked.clear()
        self._reading.clear()
        self.endResetModel()


def list_images(
    project: Project, *, status: ImageStatus | None, search: str, by_teaching: bool = False
) -> tuple[list[int], dict[int, int]]:
    """Ids of the images that pass the filter, and the row of each."""
    ids = queries.image_ids(project, status=status, search=search)
    if by_teaching:
        from acseg_core import naming

        place = {image_id: rank for rank, image_id in enumerate(naming.review_order(project))}
        ids.sort(key=lambda image_id: place.get(image_id, len(place)))
    return ids, {image_id: row for row, image_id in enumerate(ids)}


def next_to_review(project: Project, after_id: int, *, by_teaching: bool, backwards: bool = False) -> int | None:
    """The image to look at next: the next one that is not done, or the one that teaches most."""
    if by_teaching and not backwards:
        from acseg_core import naming

        return naming.next_to_review(project, after_id)
    return queries.next_image(project, after_id, not_done=True, backwards=backwards)


def read_rows(project: Project, ids: Sequence[int]) -> list[ImageRow | None]:
    """Read what the strip shows of some images; None for one that is gone."""
    counts = queries.region_counts(project, list(ids))
    rows: list[ImageRow | None] = []
    for image_id in ids:
        try:
            record = queries.image(project, image_id)
        except ProjectError:
            rows.append(None)
            continue
        regions, named = counts.get(image_id, (0, 0))
        rows.append(ImageRow(record, regions, named))
    return rows
