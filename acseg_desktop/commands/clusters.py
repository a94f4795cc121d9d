"""Commands of the concept browser: group, name, merge, split, drop, find; into it and back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from acseg_core.types import OpChanges, Region, SkippedFile
from acseg_desktop.browser.fineness_bar import cluster_count
from acseg_desktop.browser.panel import ConceptBrowser
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.fineness_slider import FinenessSlider
from acseg_desktop.commands.review import named_text, no_label_text
from acseg_desktop.dialogs.lists import SkippedList
from acseg_desktop.dialogs.propose_form import remembered_config
from acseg_desktop.jobs import Job
from acseg_desktop.language.words import Words
from acseg_desktop.operations import clusters, review, suggestions
from acseg_desktop.operations.clustering import ClusteringCache
from acseg_desktop.operations.salience import find_missing_salience
from acseg_desktop.panels.banner import Notice

if TYPE_CHECKING:
    from acseg_core.workflows.clustering import ClusterReport

tr = Words("Clusters")

_TILE_SIZE = "tile_size"
"""Preference: side of the pictures in the browser, in pixels."""


class ClusterCommands(QObject):
    """What one does with clusters, and with single regions of the browser.

    Signals:
        shown(bool): The browser took the canvas's place, or gave it back.
    """

    shown = Signal(bool)

    def __init__(self, context: CommandContext) -> None:
        super().__init__(context.window)
        self._context, self._cache = context, ClusteringCache()
        self._page: ConceptBrowser | None = None
        self._is_open = False
        self._came_from_crop: int | None = None
        self._came_from_canvas = False
        context.session.closing.connect(self._on_closing)
        context.viewer.image_shown.connect(self._on_image)

    def take(self, page: ConceptBrowser) -> None:
        """Work with this page."""
        self._page = page
        self.slider = FinenessSlider(self._context, page, self._cache)
        page.back_requested.connect(self.back)
        page.grid.region_activated.connect(self._jump_to)
        page.grid.selection_changed.connect(self._context.refresh)
        page.model.listed.connect(self._context.refresh)
        page.model.salience_wanted.connect(self.find_salience)
        preferences = self._context.preferences
        page.grid.set_cell(preferences.number(_TILE_SIZE, page.grid.cell))
        page.grid.cell_changed.connect(lambda side: preferences.store(_TILE_SIZE, side))

    @property
    def page(self) -> ConceptBrowser:
        """The browser's page."""
        assert self._page is not None
        return self._page

    @property
    def cache(self) -> ClusteringCache:
        """The clustering of the open project, if it was made since it is open."""
        return self._cache

    @property
    def is_open(self) -> bool:
        """Whether the browser is shown instead of the canvas."""
        return self._is_open

    @property
    def can_return(self) -> bool:
        """Whether the image on the canvas was come to from a crop, so that Escape leads back."""
        return self._came_from_crop is not None and not self._is_open

    # In and out

    def toggle(self) -> None:
        """Open the browser where one left it, or go back to the image."""
        if self._is_open:
            self._close()
        else:
            self._open()

    def back(self) -> None:
        """From regions like one to all clusters; from these to the image."""
        if self._is_open and self.page.model.is_flat and not self._came_from_canvas:
            self.page.model.show_clusters()
        else:
            self._close()

    def return_or_clear(self) -> None:
        """Go back to the browser one came from; else select nothing."""
        if self.can_return:
            self._open()
        else:
            self._context.canvas.select(frozenset())

    def jump(self) -> None:
        """Go to the image of the region the keys are on, and select it there."""
        region = self.page.grid.current_region
        if region is not None:
            self._jump_to(region)

    def find(self) -> None:
        """Find regions like the one the keys are on."""
        region = self.page.grid.current_region
        if region is not None:
            self._came_from_canvas = False
            self.page.model.show_like(region.id)

    def find_from_canvas(self) -> None:
        """Find regions like the one selected on the canvas."""
        selection = self._context.canvas.selection
        if len(selection) != 1:
            self._context.say(tr("Select one region first"))
            return
        self._came_from_canvas = True
        self.page.model.show_like(next(iter(selection)))
        self._open()

    def show_doubtful_names(self) -> None:
        """Show the doubtful names."""
        self._came_from_canvas = not self._is_open
        self.page.model.show_doubtful_names()
        if not self._is_open:
            self._open()

    # Clusters

    def group(self) -> Job:
        """Group all regions, as finely as suits their number."""
        job = clusters.group_regions(self._context.session, self._cache, count=None)
        job.succeeded.connect(self._say_grouped)
        job.cancelled.connect(lambda: self._context.say(tr("Cancelled; the clusters have not changed")))
        job.finished.connect(self._context.refresh)
        self._context.refresh()
        return job

    def find_salience(self) -> None:
        """Let the model look at images, to know what is in their foreground."""
        context, model = self._context, self.page.model
        if model.is_finding_salience:
            return
        job = find_missing_salience(context.session, context.segmenters, remembered_config(context.preferences))
        model.set_finding_salience(True)
        job.succeeded.connect(self._on_salience_found)
        job.cancelled.connect(lambda: context.say(tr("Cancelled; finished work is kept")))
        job.finished.connect(lambda: model.set_finding_salience(False))

    def give_key(self, key: str) -> None:
        """Give what is selected the label with a key."""
        label = self._context.session.label_of_key(key)
        if label is None:
            self._context.say(no_label_text(key, self._context.key_of("clusters.name")))
            return
        self.give_name(label.name)

    def give_label(self, label_id: int) -> None:
        """Give what is selected a label."""
        label = self._context.session.labels.get(label_id)
        if label is not None:
            self.give_name(label.name)

    def give_name(self, name: str, *, is_thing: bool | None = None) -> None:
        """Name the selected clusters or regions; the label is made if there is none of that name."""
        grid, model, session = self.page.grid, self.page.model, self._context.session
        if not session.can_edit:
            return
        if grid.regions:
            chosen, was_doubtful = grid.regions, model.shows_doubtful_names
            self._stay()
            job = review.name_regions_as(session, chosen, name, looked_at=was_doubtful or None, is_thing=is_thing)
            job.succeeded.connect(partial(self._say_named, name, len(chosen)))
            if was_doubtful:
                grid.drop_decided(chosen, job)
        elif grid.clusters:
            keys = grid.clusters
            sections = model.chosen(keys)
            unnamed = sum(section.record.unnamed for section in sections if section.record is not None)
            ids = model.clusters_of(keys, with_rest=True)
            shown, rename = model.filter, not unnamed
            job = clusters.name_clusters(session, ids, name, rename=rename, shown=shown, is_thing=is_thing)
            count = unnamed or sum(section.count for section in sections)
            job.succeeded.connect(partial(self._say_named, name, count))
            self._go_on()

    def search_label(self) -> None:
        """Open the palette of labels."""
        grid, model = self.page.grid, self.page.model
        chosen = model.chosen(grid.clusters)
        unnamed = sum(section.record.unnamed for section in chosen if section.record is not None)
        count = len(grid.regions) or unnamed or sum(section.count for section in chosen)
        if count:
            self._context.search.open(tuple(self._context.session.labels.values()), count=count)

    def merge(self) -> None:
        """Make one cluster of the selected ones."""
        keys = self.page.model.clusters_of(self.page.grid.clusters)
        if len(keys) < 2:
            self._context.say(tr("To merge clusters, select two or more by their headers (Ctrl+click or Shift+↓)"))
            return
        job = clusters.merge_clusters(self._context.session, keys)
        job.succeeded.connect(lambda _result: self._context.say(tr("%Ln cluster(s) merged", len(keys))))

    def split(self) -> None:
        """Make finer clusters of the one the keys are in."""
        key = self._one_cluster()
        if key is not None:
            job = clusters.split_cluster(self._context.session, key)
            job.succeeded.connect(lambda _result: self._context.say(tr("Cluster split in two")))

    def drop(self) -> None:
        """Take the selected regions out of their clusters."""
        regions = self.page.grid.regions
        if not regions:
            self._context.say(tr("First select the regions that do not belong in their cluster"))
            return
        self._stay()
        job = clusters.drop_members(self._context.session, regions)
        job.succeeded.connect(
            lambda _result: self._context.say(
                tr("%Ln region(s) removed from the cluster; undo brings (it,them) back", len(regions))
            )
        )

    def reject(self) -> None:
        """Say that the selected regions are not worth a label."""
        self._with_regions(self._deciding(partial(review.reject_regions, self._context.session)))
        self._go_on()

    def unname(self) -> None:
        """Take the names of the selected regions away."""
        session = self._context.session
        self._stay()
        self._with_regions(self._deciding(lambda ids: review.name_regions(session, ids, None)))

    def accept(self) -> None:
        """Accept the suggestions of what is selected, and go on to the next cluster, as after a name."""
        grid = self.page.grid
        before = grid.clusters
        self._with_regions(lambda region_ids: self._accept(region_ids, before, grid.clusters))
        self._go_on()

    def decline(self) -> None:
        """Decline the suggestions of what is selected."""
        self._stay()
        self._with_regions(partial(suggestions.decline_suggestions, self._context.session))

    def _accept(self, region_ids: frozenset[int], before: frozenset[int], after: frozenset[int]) -> None:
        job = suggestions.accept_suggestions(self._context.session, region_ids)
        job.succeeded.connect(self._say_accepted)
        job.succeeded.connect(
            lambda outcome: None if outcome[1].verb else self.page.grid.go_back(before, unless_left=after)
        )

    def _go_on(self) -> None:
        """From clusters that were decided about to the next one; they stay where they are for a moment."""
        self._stay()
        if self.page.grid.clusters and self._context.session.can_edit:
            self.page.grid.go_on()

    def _stay(self) -> None:
        """Leave the clusters that something is decided in where they are, so that the next click finds its target."""
        grid, model = self.page.grid, self.page.model
        if model.is_flat or not self._context.session.can_edit:
            return
        place = model.held.place_key
        if grid.clusters:
            model.hold(grid.clusters)
        elif grid.regions and place is not None:
            model.hold({place})

    def _say_accepted(self, outcome: tuple[object, OpChanges, object]) -> None:
        count = len(outcome[1].region_ids) if outcome[1].verb else 0
        self._context.say(
            tr("%Ln region(s) named as suggested", count) if count else tr("No name is suggested for the selection")
        )

    def _deciding(self, verb: Callable[[frozenset[int]], Job]) -> Callable[[frozenset[int]], None]:
        """The verb; among doubtful names, what it is for is decided, and the next one comes."""

        def decide(region_ids: frozenset[int]) -> None:
            saving = verb(region_ids)
            if self.page.model.shows_doubtful_names:
                self.page.grid.drop_decided(region_ids, saving)

        return decide

    def _with_regions(self, verb: Callable[[frozenset[int]], object]) -> None:
        """Do something with the selected regions, or with all members shown of the selected clusters."""
        grid, model, session = self.page.grid, self.page.model, self._context.session
        if grid.regions:
            verb(grid.regions)
        elif grid.clusters:
            keys, shown = model.clusters_of(grid.clusters, with_rest=True), model.filter
            job = session.read(lambda project: clusters.shown_members(project, keys, shown), priority=1)
            job.succeeded.connect(lambda ids: verb(frozenset(ids)) if session.can_edit else None)

    def _one_cluster(self) -> int | None:
        grid, model = self.page.grid, self.page.model
        if model.is_flat or not model.sections:
            return None
        found = model.clusters_of(grid.clusters or {model.sections[grid.place.section].key})
        if len(found) != 1:
            self._context.say(tr("Select only one cluster"))
            return None
        return next(iter(found))

    def _open(self) -> None:
        self._is_open = True
        self._came_from_crop = None
        record = self._context.viewer.record
        self.page.filters.show_image(record.id if record else None, record.path if record else "")
        self.page.model.set_live(True)
        self.shown.emit(True)
        self.page.refresh()
        self.page.take_focus()
        self._context.refresh()

    def _close(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        self.page.model.set_live(False)
        if self._came_from_canvas:
            self._came_from_canvas = False
            self.page.model.show_clusters()
        self.shown.emit(False)
        self._context.canvas.setFocus()
        self._context.refresh()

    def _jump_to(self, region: Region) -> None:
        context, was_found = self._context, self._came_from_canvas
        self._came_from_canvas = False
        self._close()
        self._came_from_canvas = was_found
        self._came_from_crop = region.image_id
        context.viewer.show(region.image_id, select=frozenset({region.id}))
        keys = {"back": context.key_of("select.none"), "browser": context.key_of("clusters.browse")}
        context.say(tr("{back} or {browser} goes back to the concept browser").format(**keys))
        context.refresh()

    def _on_image(self, _record: object) -> None:
        if self._came_from_crop is not None and self._context.viewer.image_id != self._came_from_crop:
            self._came_from_crop = None

    def _on_closing(self) -> None:
        self._cache.forget()
        self._came_from_crop = None
        self._close()
        self._came_from_canvas = False

    def _on_salience_found(self, skipped: tuple[SkippedFile, ...]) -> None:
        if skipped:
            text = tr("%Ln image(s) could not be used; the others are done.", len(skipped))
            show = (tr("Show…"), lambda: SkippedList(self._context.window, skipped).open())
            self._context.banners.project.show_notice(Notice(text, "file-alert-outline", (show,)))

    def _say_grouped(self, report: ClusterReport) -> None:
        clusters = cluster_count(report.clusters)
        self._context.say(tr("%Ln region(s) in {clusters}", report.regions).format(clusters=clusters))

    def _say_named(self, name: str, count: int, outcome: tuple[object, OpChanges, object]) -> None:
        if outcome[1].verb:
            self._context.say(named_text(count, name))
        else:
            self._context.say(tr("Nothing to name: the regions are already “{name}” or rejected").format(name=name))
