"""Doubtful names that the concept browser shows: searched for off the GUI thread, and again when names change."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from acseg_core.store import Project, queries
from acseg_core.types import DoubtfulName, OpChanges, Region
from acseg_core.workflows.doubts import find_doubtful_names
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.session import Session

tr = Words("Concept browser")

SHOWN = 480
"""Doubtful names that are shown at once, the surest ones."""

_Found = tuple[tuple[DoubtfulName, ...], tuple[Region, ...]]


class DoubtList(QObject):
    """Doubtful names, the surest first, while somebody looks at them.

    What a person has decided goes at once, and nothing else moves under the hand; the list is made anew when other
    names change, and when all that it shows is decided.

    Signals:
        changed(): Others are shown, or they are being searched for.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.is_open = False
        self.names: tuple[DoubtfulName, ...] = ()
        """Doubtful names, all of them."""
        self.regions: tuple[Region, ...] = ()
        """Regions of the first of them."""
        self._by_region: Mapping[int, DoubtfulName] = {}
        self._decided: set[int] = set()
        """Regions decided about since the last search, which may not know of that yet."""
        self._unsaved: set[int] = set()
        """Regions whose decision is not saved yet."""
        self._job: Job | None = None
        self._is_live = False
        self._is_stale = True
        session.changed.connect(self._on_changed)
        session.closing.connect(self._forget)

    @property
    def is_busy(self) -> bool:
        """Whether doubtful names are being searched for, or will be once what was decided is saved."""
        return self._job is not None or (self._is_stale and bool(self._unsaved))

    def of(self, region_id: int) -> DoubtfulName | None:
        """The doubt about a region's name."""
        return self._by_region.get(region_id)

    def open(self) -> None:
        """Show them, and look for them where names have changed."""
        self.is_open = True
        self._look_if_stale()
        self.changed.emit()

    def close(self) -> None:
        """Show something else."""
        if self.is_open:
            self.is_open = False
            self.changed.emit()

    def set_live(self, live: bool) -> None:
        """Follow the project while somebody looks."""
        self._is_live = live
        self._look_if_stale()

    def drop(self, region_ids: Collection[int], saving: Job) -> None:
        """What was decided about is shown no longer, before that is saved; where it cannot be, it comes back."""
        gone = set(region_ids)
        self._decided |= gone
        self._unsaved |= gone
        saving.finished.connect(lambda: self._on_saved(gone))
        saving.failed.connect(lambda _error: self._come_back(gone))
        rest = [name for name in self.names if name.region_id not in gone]
        self._take(rest, [region for region in self.regions if region.id not in gone])
        if not self.regions:
            self._is_stale = True  # searched for when what was decided is saved
        self.changed.emit()

    def look(self) -> None:
        """Look for doubtful names; requests that come meanwhile are one."""
        if not self._session.is_open:
            return
        if self._job is not None:
            self._is_stale = True
            return
        self._is_stale = False
        self._decided = set(self._unsaved)
        project = self._session.require()
        title = "" if self.regions else tr("Looking for doubtful names")
        self._job = job = self._session.jobs.submit(Lane.DISK, lambda: _find(project), title=title)
        job.succeeded.connect(lambda found: self._on_found(job, found))
        job.finished.connect(lambda: self._on_finished(job))
        self.changed.emit()

    def _take(self, names: Sequence[DoubtfulName], regions: Sequence[Region]) -> None:
        self.names, self.regions = tuple(names), tuple(regions)
        self._by_region = {name.region_id: name for name in self.names}

    def _look_if_stale(self) -> None:
        if self.is_open and self._is_live and self._is_stale:
            self.look()

    def _on_found(self, job: Job, found: _Found) -> None:
        if job is not self._job:
            return
        names, regions = found
        self._take(
            [name for name in names if name.region_id not in self._decided],
            [region for region in regions if region.id not in self._decided],
        )

    def _on_finished(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._look_if_stale()
            self.changed.emit()

    def _on_changed(self, changes: OpChanges) -> None:
        if not changes.verb.changes_names:
            return
        is_decided_here = bool(changes.region_ids) and changes.region_ids <= self._unsaved
        if is_decided_here and (self.regions or not self.is_open):
            return
        self._is_stale = True
        self._look_if_stale()

    def _on_saved(self, region_ids: set[int]) -> None:
        """Go on where the list is at its end, also if there was nothing to change any more."""
        self._unsaved -= region_ids
        self._look_if_stale()

    def _come_back(self, region_ids: set[int]) -> None:
        self._decided -= region_ids
        self._unsaved -= region_ids
        self.look()

    def _forget(self) -> None:
        self._job = None
        self.is_open, self._is_stale = False, True
        self._decided.clear()
        self._unsaved.clear()
        self._take((), ())
        self.changed.emit()


def _find(project: Project) -> _Found:
    """All doubtful names, and the regions of the surest."""
    names = find_doubtful_names(project)
    regions = queries.regions_by_id(project, [name.region_id for name in names[:SHOWN]])
    return tuple(names), tuple(regions[name.region_id] for name in names[:SHOWN] if name.region_id in regions)
