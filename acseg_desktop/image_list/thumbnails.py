"""Thumbnails of the image list: made off the GUI thread, newest request first, a bounded number kept."""

from __future__ import annotations

import logging
from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from acseg_core.errors import AcsegError
from acseg_core.store import Project
from acseg_core.types import ImageRecord, OpChanges
from acseg_desktop.canvas.miniatures import read_miniature, read_thumbnail
from acseg_desktop.session import Session

logger = logging.getLogger(__name__)

_KEPT = 600
_WAITING = 80

_Key = tuple[str, int]
"""Key of a thumbnail: hash of what is shown, and the image whose regions are drawn over it; 0 for a bare thumbnail."""


class ThumbnailCache(QObject):
    """Pixmaps by what is shown; with the regions over them, by image as well.

    Signals:
        loaded(int): The thumbnail of this image is there.
        outdated(): What is shown must be asked for again.
    """

    loaded = Signal(int)
    outdated = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pixmaps: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[_Key, ImageRecord] = OrderedDict()
        self._stale: set[_Key] = set()
        self._loading: _Key | None = None
        self._with_regions = False
        session.closing.connect(self._forget)
        session.changed.connect(self._on_changed)

    @property
    def with_regions(self) -> bool:
        """Whether the regions' colours are drawn over the thumbnails."""
        return self._with_regions

    def show_regions(self, shown: bool) -> None:
        """Draw the regions' colours over the thumbnails, or not."""
        if shown != self._with_regions:
            self._with_regions = shown
            self._wanted.clear()
            self.outdated.emit()

    def get(self, record: ImageRecord) -> QPixmap | None:
        """The thumbnail, or None while it is loaded; a null pixmap when there is none to be had.

        While one with other regions is made, the one before is returned.
        """
        key = (record.info.shown_as, record.id if self._with_regions else 0)
        pixmap = self._pixmaps.get(key)
        if pixmap is not None:
            self._pixmaps.move_to_end(key)
        if pixmap is None or (key in self._stale and key != self._loading):
            self._wanted[key] = record
            self._wanted.move_to_end(key)
            while len(self._wanted) > _WAITING:
                self._wanted.popitem(last=False)
            self._load_next()
        return pixmap if pixmap is not None else self._pixmaps.get((record.info.shown_as, 0))

    def _load_next(self) -> None:
        if self._loading is not None or not self._wanted or not self._session.is_open:
            return
        key, record = self._wanted.popitem()
        self._loading = key
        self._stale.discard(key)
        make = read_miniature if key[1] else read_thumbnail
        project = self._session.require()
        job = self._session.read(lambda project: make(project, record), priority=9)
        job.on_error(lambda error: logger.info("no thumbnail of %s: %s", record.path, error), of=AcsegError)
        job.failed.connect(
            lambda _error: self._on_loaded(project, key, record, QImage())
        )  # not asked for over and over
        job.succeeded.connect(lambda image: self._on_loaded(project, key, record, image))
        job.finished.connect(self._on_finished)

    def _on_loaded(self, project: Project, key: _Key, record: ImageRecord, image: QImage) -> None:
        if project is not self._session.project:
            return
        self._pixmaps[key] = QPixmap.fromImage(image)
        while len(self._pixmaps) > _KEPT:
            dropped, _ = self._pixmaps.popitem(last=False)
            self._stale.discard(dropped)
        self.loaded.emit(record.id)

    def _on_finished(self) -> None:
        self._loading = None
        self._load_next()

    def _on_changed(self, changes: OpChanges) -> None:
        """What shows regions that changed, labels that look different, or what was missing is made when looked at."""
        missing = self._drop_missing() if changes.images and not changes.image_ids else 0
        anything = changes.labels or (changes.images and not changes.image_ids)
        stale = {key for key in self._pixmaps if key[1] and (anything or key[1] in changes.image_ids)}
        if self._loading is not None and self._loading[1] and (anything or self._loading[1] in changes.image_ids):
            stale.add(self._loading)
        if stale or missing:
            self._stale |= stale
            self.outdated.emit()

    def _drop_missing(self) -> int:
        """Forget which images could not be read, as they may be back; how many those were."""
        missing = [key for key, pixmap in self._pixmaps.items() if pixmap.isNull()]
        for key in missing:
            del self._pixmaps[key]
        return len(missing)

    def _forget(self) -> None:
        """Another project has other regions; bare thumbnails stay true, as they go by their content."""
        self._drop_missing()
        self._wanted.clear()
        self._stale.clear()
        for key in [key for key in self._pixmaps if key[1]]:
            del self._pixmaps[key]
