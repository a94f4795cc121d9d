"""The slider over the number of clusters: its movements become clusterings, made while one drags."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from acseg_desktop.browser.panel import ConceptBrowser
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.jobs import Job
from acseg_desktop.operations import clusters
from acseg_desktop.operations.clustering import ClusterDrag, ClusteringCache

_PREVIEW_MS = 80
_PAUSE_MS = 400


class FinenessSlider(QObject):
    """Turns movements of the slider into clusterings: one at a time, one undo step for all of a movement."""

    def __init__(self, context: CommandContext, page: ConceptBrowser, cache: ClusteringCache) -> None:
        super().__init__(page)
        self._context, self._page, self._cache = context, page, cache
        self._drag: ClusterDrag | None = None
        self._wanted: list[tuple[ClusterDrag, int]] = []  # of each movement what is to come of it
        self._job: Job | None = None
        self._preview = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._preview.timeout.connect(self._send)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        page.fineness.moved.connect(self._on_moved)
        page.fineness.released.connect(self._on_released)
        context.session.closing.connect(self._forget)

    @property
    def is_moving(self) -> bool:
        """Whether the user moves it, or did just now."""
        return self._pause.isActive() or self._preview.isActive() or self._job is not None

    def _on_moved(self, count: int) -> None:
        if not self._context.session.can_edit:
            self._page.refresh()
            return
        if self._drag is None or self._drag.is_over:
            self._drag = ClusterDrag()
        self._wanted = [each for each in self._wanted if each[0] is not self._drag] + [(self._drag, count)]
        self._page.is_recutting = True
        self._pause.start()
        if not self._preview.isActive():
            self._preview.start()

    def _on_released(self) -> None:
        if self._drag is not None:
            self._send()
            self._drag.is_over = True

    def _send(self) -> None:
        """Cut as wanted last in a movement; the first time after opening, the regions are grouped before."""
        session = self._context.session
        if not self._wanted or self._job is not None or not session.can_edit:
            return
        drag, count = self._wanted.pop(0)
        if self._cache.of(session.require()) is None:
            self._job = clusters.group_regions(session, self._cache, count=count, drag=drag)
        else:
            self._job = clusters.recut_clusters(session, self._cache, count=count, drag=drag)
        self._job.finished.connect(self._on_cut)
        self._context.refresh()

    def _on_cut(self) -> None:
        self._job = None
        self._context.refresh()
        if self._wanted:
            self._send()
        elif not self._pause.isActive():
            self._settle()

    def _on_pause(self) -> None:
        if self._page.fineness.is_held or self._job is not None or self._wanted:
            self._pause.start()
            return
        self._settle()

    def _settle(self) -> None:
        self._drag = None
        self._page.is_recutting = False
        self._page.refresh()

    def _forget(self) -> None:
        self._preview.stop()
        self._pause.stop()
        self._drag = None
        self._wanted.clear()
        self._page.is_recutting = False
