"""Model of the concept browser: clusters, or regions like one; members are read in pages when they are seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, QTimer, Signal

from acseg_core.store import queries
from acseg_core.store.queries.cluster_queries import NO_CLUSTER
from acseg_core.types import OpChanges, Region
from acseg_core.verbs import Verb
from acseg_core.workflows.cluster_reading import (
    ClusterFilter,
    Likeness,
    Overview,
    Section,
    find_like,
    find_salience_of_all,
    read_overview,
    read_page,
    read_shown,
)
from acseg_desktop.browser.doubts import DoubtList
from acseg_desktop.browser.hold import Hold
from acseg_desktop.jobs import Lane
from acseg_desktop.language.words import Words
from acseg_desktop.session import Session

tr = Words("Concept browser")

PAGE = 48
_PAGES_KEPT = 120
ALIKE = 0
DOUBTFUL = -2
FLAT = frozenset({ALIKE, DOUBTFUL})
"""Keys of sections that are no cluster: single regions in an order of their own, all of them shown."""


@dataclass(slots=True)
class _Pages:
    """Members by section and page; those that are stale are shown until newer ones are there.

    ``order`` has the ids of all members of a section, so that they are sorted once and not for every page.
    """

    read: OrderedDict[tuple[int, int], tuple[Region, ...]] = field(default_factory=OrderedDict)
    asked: dict[tuple[int, int], None] = field(default_factory=dict)
    reading: set[tuple[int, int]] = field(default_factory=set)
    stale: set[tuple[int, int]] = field(default_factory=set)
    order: dict[int, list[int]] = field(default_factory=dict)

    def clear(self) -> None:
        for part in (self.read, self.asked, self.reading, self.stale, self.order):
            part.clear()


class ClusterModel(QObject):
    """Sections and their members; everything is read off the GUI thread.

    Signals:
        listed(): The sections were read anew.
        members_changed(): Members that were asked for are there, or differ.
        salience_wanted(): What is in the foreground is asked for, and images have to be looked at to know.
    """

    listed = Signal()
    salience_wanted = Signal()
    members_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.overview: Overview | None = None
        self.likeness: Likeness | None = None
        self.filter = ClusterFilter()
        self.doubts = DoubtList(session, self)
        self._pages = _Pages()
        self._request = 0
        self._generation = 0
        self._is_live = False
        self._is_stale = True
        self._is_reading = False
        self.is_finding_salience = False
        self.held = Hold(self)
        self.held.ended.connect(self._on_hold_ended)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._read_pages)
        session.closing.connect(self._clear)
        session.changed.connect(self._on_changed)
        self.doubts.changed.connect(self.listed)

    @property
    def sections(self) -> Sequence[Section]:
        """What is shown, top to bottom."""
        if self.likeness is not None:
            return (Section(ALIKE, len(self.likeness.regions)),)
        if self.shows_doubtful_names:
            return (Section(DOUBTFUL, len(self.doubts.regions)),) if self.doubts.regions else ()
        return self.overview.sections if self.overview is not None else ()

    @property
    def shows_doubtful_names(self) -> bool:
        """Whether the doubtful names are shown, and not clusters, or regions like one."""
        return self.doubts.is_open and self.likeness is None

    @property
    def ungrouped(self) -> int:
        """How many regions belong to no cluster."""
        return 0 if self.overview is None else self.overview.regions - self.overview.clustered

    def set_live(self, live: bool) -> None:
        """Follow the project while somebody looks."""
        self._is_live = live
        self.doubts.set_live(live)
        if live and self._is_stale:
            self.relist()

    def hold(self, keys: Collection[int]) -> None:
        """Leave all sections where they are for a moment, as some are being decided about."""
        self.held.begin(keys, self.sections)

    def set_filter(self, wanted: ClusterFilter) -> None:
        """Show only what passes."""
        if wanted != self.filter:
            self.held.end()
            self.filter = wanted
            self._pages.clear()
            self._generation += 1
            if wanted.in_front is not None and self._session.is_open:
                title = tr("Finding the foreground")
                project = self._session.require()
                job = self._session.jobs.submit(Lane.DISK, lambda: find_salience_of_all(project), title=title)
                job.succeeded.connect(self._on_ground_found)
                job.finished.connect(self.relist)
            else:
                self.relist()

    def set_finding_salience(self, is_finding_salience: bool) -> None:
        """Whether images are being looked at to know what is in their foreground."""
        self.is_finding_salience = is_finding_salience
        self.relist()

    def show_clusters(self) -> None:
        """Show the clusters again, or the doubtful names one came from."""
        if self.likeness is not None:
            self.likeness = None
            self.listed.emit()
        else:
            self.doubts.close()

    def show_doubtful_names(self) -> None:
        """Show the names that are in doubt."""
        self.likeness = None
        self._request += 1
        self.doubts.open()

    def show_like(self, region_id: int) -> None:
        """Find regions like one."""
        self._request += 1
        request = self._request
        job = self._session.read(lambda project: find_like(project, region_id), priority=1)
        job.succeeded.connect(lambda found: self._on_found(request, found))

    def relist(self) -> None:
        """Read the sections anew; requests that come meanwhile are one."""
        if not self._session.is_open:
            return
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        wanted, generation, held = self.filter, self._generation, self.clusters_of(self.held.keys, with_rest=True)
        job = self._session.read(lambda project: read_overview(project, wanted, held), priority=2)
        job.succeeded.connect(lambda overview: self._on_listed(generation, overview))
        job.finished.connect(self._on_read)

    def _on_ground_found(self, is_all: bool) -> None:
        if not is_all and self._session.can_edit:
            self.salience_wanted.emit()

    def section_of(self, key: int) -> int | None:
        """Position of a cluster."""
        return next((place for place, section in enumerate(self.sections) if section.key == key), None)

    def region(self, section: int, cell: int) -> Region | None:
        """What a cell shows, or None while it is read."""
        flat = self._flat
        if flat is not None:
            return flat[cell] if cell < len(flat) else None
        number, place = divmod(cell, PAGE)
        key = self.sections[section].key, number
        page = self._pages.read.get(key)
        if (page is None or key in self._pages.stale) and key not in self._pages.reading:
            self._pages.asked[key] = None
            self._timer.start()
        if page is None:
            return None
        self._pages.read.move_to_end(key)
        return page[place] if place < len(page) else None

    def similarity(self, cell: int) -> float | None:
        """How like the query a found region is; None for the query itself, and in clusters."""
        if self.likeness is None or cell == 0 or cell >= len(self.likeness.similarities):
            return None
        return self.likeness.similarities[cell]

    @property
    def is_flat(self) -> bool:
        """Whether regions are shown in an order of their own, and not clusters."""
        return self._flat is not None

    @property
    def _flat(self) -> tuple[Region, ...] | None:
        """The regions of the one section that is no cluster, or None where clusters are shown."""
        if self.likeness is not None:
            return self.likeness.regions
        return self.doubts.regions if self.shows_doubtful_names else None

    def between(self, section: int, first: int, last: int, then: Callable[[list[Region]], None]) -> None:
        """Give the members of a range of cells, reading those that are not there yet."""
        flat = self._flat
        if flat is not None:
            then(list(flat[first : last + 1]))
            return
        known = [self.region(section, cell) for cell in range(first, min(last + 1, first + PAGE))]
        if last - first < PAGE and all(region is not None for region in known):
            then([region for region in known if region is not None])
            return
        chosen, wanted, generation = self.sections[section], self.filter, self._generation
        job = self._session.read(
            lambda project: read_page(project, chosen, wanted, None, slice(first, last + 1))[1], priority=1
        )
        job.succeeded.connect(lambda found: then(list(found)) if generation == self._generation else None)

    def still_shown(
        self, region_ids: frozenset[int], then: Callable[[frozenset[int]], None], *, with_rest: bool
    ) -> None:
        """Give those of some regions that are among what is shown now; none of a project that is being closed.

        Regions in no cluster count ``with_rest`` only.
        """
        if not self._session.is_open:
            then(frozenset())
            return
        flat = self._flat
        if flat is not None:
            then(region_ids & {region.id for region in flat})
            return
        listed = self.clusters_of({section.key for section in self.sections}, with_rest=with_rest)
        wanted = self.filter
        job = self._session.read(lambda project: read_shown(project, region_ids, listed, wanted), priority=1)
        job.succeeded.connect(then)

    def clusters_of(self, keys: Collection[int], *, with_rest: bool = False) -> frozenset[int]:
        """The clusters of sections; ``with_rest`` counts the regions in no cluster as one."""
        found = {id_ for section in self.sections if section.key in keys for id_ in section.cluster_ids}
        return frozenset(found if with_rest else found - {NO_CLUSTER})

    def chosen(self, keys: Collection[int]) -> list[Section]:
        """Sections by their keys."""
        return [section for section in self.sections if section.key in keys]

    def _read_pages(self) -> None:
        if not self._session.is_open:
            return
        asked = list(self._pages.asked)
        self._pages.asked.clear()
        sections = {section.key: section for section in self.sections}
        for key in reversed(asked):
            if key[0] in sections:
                self._pages.reading.add(key)
                self._pages.stale.discard(key)
                self._read_page(key, sections[key[0]])

    def _read_page(self, key: tuple[int, int], section: Section) -> None:
        wanted, generation, order = self.filter, self._generation, self._pages.order.get(section.key)
        rows = slice(key[1] * PAGE, (key[1] + 1) * PAGE)
        job = self._session.read(lambda project: read_page(project, section, wanted, order, rows), priority=3)
        job.succeeded.connect(lambda found: self._on_page(generation, key, found))
        job.finished.connect(lambda: self._on_page_read(generation, key))

    def _on_page(self, generation: int, key: tuple[int, int], found: tuple[list[int], tuple[Region, ...]]) -> None:
        if generation != self._generation:
            return
        self._pages.order[key[0]], self._pages.read[key] = found
        self._pages.read.move_to_end(key)
        while len(self._pages.read) > _PAGES_KEPT:
            gone, _ = self._pages.read.popitem(last=False)
            self._pages.stale.discard(gone)
        self.members_changed.emit()

    def _on_page_read(self, generation: int, key: tuple[int, int]) -> None:
        if generation == self._generation:
            self._pages.reading.discard(key)

    def _on_listed(self, generation: int, overview: Overview) -> None:
        if generation != self._generation:
            self._is_stale = True
            return
        self.overview = replace(overview, sections=self.held.in_place(overview.sections))
        self._pages.stale |= self._pages.read.keys()
        self._pages.order.clear()
        if self._flat is None:
            self.listed.emit()

    def _on_hold_ended(self) -> None:
        if self._is_live:
            self.relist()
        else:
            self._is_stale = True

    def _on_read(self) -> None:
        self._is_reading = False
        if self._is_stale and self._is_live:
            self.relist()

    def _on_found(self, request: int, found: Likeness) -> None:
        if request == self._request and self._session.is_open:
            self.likeness = found
            self.listed.emit()

    def _on_changed(self, changes: OpChanges) -> None:
        if not (changes.image_ids or changes.images or changes.labels or changes.region_ids or changes.verb):
            return
        if changes.verb.changes_clusters_only and changes.verb is not Verb.DROP_FROM_CLUSTER:
            self.held.end()  # the clusters are others now
        if self._is_live:
            self.relist()
        else:
            self._is_stale = True
        if self.likeness is not None:
            self._refresh_likeness(self.likeness)

    def _refresh_likeness(self, shown: Likeness) -> None:
        """The same regions as they are now; those that are gone go."""
        request = self._request
        ids = [region.id for region in shown.regions]
        job = self._session.read(lambda project: queries.regions_by_id(project, ids), priority=2)

        def take(found: dict[int, Region]) -> None:
            if request != self._request or self.likeness is None:
                return
            kept = [
                (found[id_], similarity)
                for id_, similarity in zip(ids, shown.similarities, strict=True)
                if id_ in found
            ]
            regions, similarities = zip(*kept, strict=True) if kept else ((), ())
            self.likeness = Likeness(shown.query_id, regions, similarities)
            self.listed.emit()

        job.succeeded.connect(take)

    def _clear(self) -> None:
        self._request += 1
        self._generation += 1
        self.held.end()
        self.overview = self.likeness = None
        self.filter = ClusterFilter()
        self._pages.clear()
        self._is_stale, self._is_reading = True, False
        self.listed.emit()
