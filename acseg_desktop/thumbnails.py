"""Thumbnails of the image strip: decoded off the GUI thread, newest wish first, a bounded number kept."""

from __future__ import annotations

import logging
from collections import OrderedDict

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from acseg_core.images import ensure_thumbnail
from acseg_core.store import Project
from acseg_core.types import ImageRecord
from acseg_desktop.session import Session

logger = logging.getLogger(__name__)

_KEPT = 600
_WAITING = 80
_SIDE = 256


class ThumbnailCache(QObject):
    """Pixmaps by content hash.

    Signals:
        loaded(int): The thumbnail of this image is there.
    """

    loaded = Signal(int)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pixmaps: OrderedDict[str, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[str, ImageRecord] = OrderedDict()
        self._loading = 0
        session.closing.connect(self._wanted.clear)

    def get(self, record: ImageRecord) -> QPixmap | None:
        """The thumbnail, or None while it is loaded; a null pixmap when there is none to be had."""
        key = record.info.sha256
        pixmap = self._pixmaps.get(key)
        if pixmap is not None:
            self._pixmaps.move_to_end(key)
            return pixmap
        self._wanted[key] = record
        self._wanted.move_to_end(key)
        while len(self._wanted) > _WAITING:
            self._wanted.popitem(last=False)
        self._load_next()
        return None

    def _load_next(self) -> None:
        if self._loading or not self._wanted or not self._session.is_open:
            return
        _, record = self._wanted.popitem()
        self._loading += 1
        job = self._session.read(lambda project: read_thumbnail(project, record), priority=9)
        job.on_error(lambda error: self._on_failed(record, error))
        job.succeeded.connect(lambda image: self._on_loaded(record, image))
        job.finished.connect(self._on_finished)

    def _on_loaded(self, record: ImageRecord, image: QImage) -> None:
        self._pixmaps[record.info.sha256] = QPixmap.fromImage(image)
        while len(self._pixmaps) > _KEPT:
            self._pixmaps.popitem(last=False)
        self.loaded.emit(record.id)

    def _on_failed(self, record: ImageRecord, error: Exception) -> None:
        logger.info("no thumbnail of %s: %s", record.path, error)
        self._on_loaded(record, QImage())

    def _on_finished(self) -> None:
        self._loading -= 1
        self._load_next()


def read_thumbnail(project: Project, record: ImageRecord) -> QImage:
    """Decode the stored thumbnail, making it first where the cache was emptied.

    Raises:
        ImageError: The image cannot be read, or has changed.
    """
    path = ensure_thumbnail(
        project.image_root / record.path, sha256=record.info.sha256, thumbnails=project.thumbnails_dir
    )
    image = QImage(str(path))
    if image.width() > _SIDE or image.height() > _SIDE:
        image = image.scaled(
            QSize(_SIDE, _SIDE), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return image
