"""The frame: docks, menus, tool bar, status bar, and which signal goes where. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QMainWindow,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from acseg_core.store.queries.image_search import ImageSearch, NameKey, NameTerm
from acseg_core.types import ImageRecord, OpChanges
from acseg_desktop.actions.action_set import ActionSet
from acseg_desktop.actions.keymap import Keymap
from acseg_desktop.actions.keys import KeyFilter
from acseg_desktop.actions.refusals import hint_for
from acseg_desktop.actions.table import CLUSTER_VERBS, DOUBT_VERBS, REPEATING, TOOLBAR, Need
from acseg_desktop.appearance.accessibility import describe_roles
from acseg_desktop.appearance.icons import LARGE, application_icon, icon
from acseg_desktop.appearance.theme import Theme
from acseg_desktop.browser.panel import ConceptBrowser
from acseg_desktop.canvas import ImageCanvas
from acseg_desktop.canvas.tone import Tone
from acseg_desktop.canvas.viewer import ImageViewer
from acseg_desktop.commands.batch import BatchCommands
from acseg_desktop.commands.browse import BrowseCommands
from acseg_desktop.commands.clusters import ClusterCommands, FinenessSlider
from acseg_desktop.commands.context import Bench
from acseg_desktop.commands.cut import CutCommands, CutSlider
from acseg_desktop.commands.display import LookCommands
from acseg_desktop.commands.doubts import DoubtCommands
from acseg_desktop.commands.drawing_session import Pen
from acseg_desktop.commands.ending import WindowEnd
from acseg_desktop.commands.first_steps import FirstStepsCommands
from acseg_desktop.commands.keyboard import KeyboardCommands, Stop
from acseg_desktop.commands.labels import LabelCommands
from acseg_desktop.commands.project import ProjectCommands, project_title
from acseg_desktop.commands.propose import ProposeCommands
from acseg_desktop.commands.review import ReviewCommands
from acseg_desktop.commands.settings import SettingsCommands
from acseg_desktop.commands.shape import ShapeCommands
from acseg_desktop.commands.statistics import NotesKeeper, StatisticsCommands
from acseg_desktop.commands.suggest import SuggestCommands, SuggestionRefresher
from acseg_desktop.commands.tools import ToolCommands
from acseg_desktop.commands.view import DEFAULT_OPACITY, ViewCommands
from acseg_desktop.effort import EffortMeter
from acseg_desktop.image_list.model import ImageListModel
from acseg_desktop.image_list.strip import ImageStrip
from acseg_desktop.image_list.thumbnails import ThumbnailCache
from acseg_desktop.jobs import Jobs
from acseg_desktop.language.words import Words
from acseg_desktop.menus import Menus
from acseg_desktop.operations.clustering import GroupingCache
from acseg_desktop.operations.proposing import SegmenterCache
from acseg_desktop.panels.banner import BannerStack
from acseg_desktop.panels.canvas_header import CanvasHeader
from acseg_desktop.panels.first_steps import FirstSteps
from acseg_desktop.panels.granularity_bar import GranularityBar
from acseg_desktop.panels.label_panel import LabelPanel
from acseg_desktop.panels.label_search import LabelSearch
from acseg_desktop.panels.region_panel import RegionPanel, share_text
from acseg_desktop.panels.start_page import StartPage, dropped_folder
from acseg_desktop.panels.statistics_panel import StatisticsPanel
from acseg_desktop.panels.status_line import StatusLine
from acseg_desktop.panels.tone_bar import ToneBar
from acseg_desktop.preferences import APPLICATION, Preferences
from acseg_desktop.session import Session

tr = Words("Window")

_MESSAGE_MS = 5000
_OF_CANVAS = Need.IMAGE | Need.REGIONS | Need.SELECTION | Need.ONE | Need.SEVERAL | Need.TREE | Need.SUGGESTED


class MainWindow(QMainWindow):
    """The window of one project.

    Signals:
        closed_to_open_again(Path | None, int | None): Everything is saved; a new window is to show this project, and
            this image of it.
        ended(): It is closed, and was the last to use its threads; see `end`.
    """

    closed_to_open_again = Signal(object, object)
    ended = Signal()

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        describe_roles()
        self.theme, self.preferences = theme, preferences
        self.setWindowIcon(application_icon())
        self.setAcceptDrops(True)
        self.keymap = Keymap(preferences, self)
        self.jobs = Jobs(self)
        self.session = Session(self.jobs, self)
        self.end = WindowEnd(self, self.jobs, self.session)
        self._again: tuple[Path | None, int | None] | None = None
        self.canvas = ImageCanvas()
        self.viewer = ImageViewer(self.session, self.canvas, self)
        self.thumbnails = ThumbnailCache(self.session, self)
        self.images = ImageListModel(self.session, self.thumbnails, self)
        self.banners = BannerStack()
        self.workspace = QWidget()
        self.search = LabelSearch(self.workspace)
        bench = Bench(
            window=self,
            jobs=self.jobs,
            session=self.session,
            canvas=self.canvas,
            viewer=self.viewer,
            images=self.images,
            search=self.search,
            banners=self.banners,
            preferences=preferences,
            segmenters=SegmenterCache(),
            pen=Pen(self),
            say=self.say,
            refresh=self.refresh,
            key_of=self.key_of,
        )
        self.first_steps_panel = FirstSteps(self.key_of)
        self.first_steps = FirstStepsCommands(bench, self.first_steps_panel)
        self.propose, self.view = ProposeCommands(bench), ViewCommands(bench)
        self.project = ProjectCommands(
            bench,
            propose=self.propose.choose,
            welcome=self.first_steps.begin_once,
            exporting=self.first_steps.note_export,
        )
        self.browse, self.review = BrowseCommands(bench), ReviewCommands(bench)
        self.cut, self.suggest = CutCommands(bench), SuggestCommands(bench)
        self.shape = ShapeCommands(bench)
        self.tool, self.looks = ToolCommands(bench), LookCommands(bench)
        self.batch = BatchCommands(bench, propose=self.propose, suggest=self.suggest)
        self.label_commands = LabelCommands(bench, find_images=self._show_images_with)
        groupings = GroupingCache()
        self.clusters = ClusterCommands(bench, groupings)
        self.doubts = DoubtCommands(bench, self.clusters)
        self.keyboard = KeyboardCommands(
            bench, self.keymap, is_live=lambda action_id: self.actions_[action_id].isEnabled()
        )
        self.settings = SettingsCommands(
            bench, theme, action_of=lambda action_id: self.actions_[action_id], open_again=self.open_again
        )
        self.statistics_panel = StatisticsPanel()
        self.statistics = StatisticsCommands(bench, self.statistics_panel)
        self.notes = NotesKeeper(bench, self.statistics_panel)
        self.actions_ = ActionSet(self, self._resolve, self.keymap)
        self.strip, self.labels, self.regions = (
            ImageStrip(self.session, self.images, self.thumbnails),
            LabelPanel(self.session),
            RegionPanel(),
        )
        self.granularity = GranularityBar(coarser=self.actions_["cut.coarser"], finer=self.actions_["cut.finer"])
        self.regions.add_above(self.granularity)
        self.cut_slider = CutSlider(bench, self.granularity)
        self.start = StartPage()
        self.header = CanvasHeader(
            previous=self.actions_["image.previous"],
            following=self.actions_["image.next"],
            accept=self.actions_["image.accept"],
            overlay=self.actions_["view.overlay"],
        )
        self.tone_bar = ToneBar()
        self.status = StatusLine(self.jobs)
        self.browser = ConceptBrowser(
            self.session,
            group=self.actions_["clusters.group"],
            propose=self.actions_["propose.all"],
            verbs=[self.actions_[action_id] for action_id in CLUSTER_VERBS],
            doubt_verbs=[self.actions_[action_id] for action_id in DOUBT_VERBS],
        )
        self.clusters.take(self.browser)
        self.batch.take(self.strip)
        self.fineness_slider = FinenessSlider(bench, self.browser, groupings)
        self.refresher = SuggestionRefresher(bench)
        self.effort = EffortMeter(self.session, self.viewer)
        self._docks_left: list[QDockWidget] = []
        self._lay_out()
        self.menus = Menus(
            self,
            self.actions_,
            preferences=preferences,
            settings=self.settings,
            docks=self.docks,
            open_project=self.open,
            forgot=lambda: self.start.show_recent([]),
        )
        self.keyboard.stops = self._panels()
        self._connect()
        self._keys = KeyFilter(self, self._action_of, self._trigger, repeating=REPEATING)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self._keys)
        self._restore()
        self._refresh_icons()
        self._show_start()

    def open(self, folder: Path) -> None:
        """Open a project."""
        self.project.open_folder(folder)

    def open_again(self) -> None:
        """Close, and let a new window show the same."""
        project = self.session.project
        self._again = None if project is None else project.folder, self.viewer.image_id
        self.close()

    def say(self, text: str) -> None:
        """Show a passing message."""
        self.status.say(text, _MESSAGE_MS)

    def key_of(self, action_id: str) -> str:
        """How the key of an action is written, for hints."""
        return self.actions_.key_of(action_id)

    def refresh(self) -> None:
        """Enable what makes sense now."""
        self.actions_.enable(self._state())
        self.actions_.set_history(self.session.history.undo, self.session.history.redo)
        self.actions_["view.overlay"].setChecked(self.view.overlay_shown)
        self.actions_["view.outlines"].setChecked(self.view.outlines_shown)
        for action_id, checked in (self.tool.checked | self.looks.checked).items():
            self.actions_[action_id].setChecked(checked)
        self.tone_bar.setVisible(self.looks.tone_shown)
        self.labels.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window, and hide it; it is closed when what runs is stopped and the project is closed."""
        if not self.end.is_begun:
            self._remember()
            self.hide()
            application = QApplication.instance()
            if application is not None:
                application.removeEventFilter(self._keys)
            self.effort.stop()
            self.notes.save()
            self.end.begin()
        event.setAccepted(self.end.is_over)

    def _on_over(self) -> None:
        if self.session.has_ended and self._again is not None:
            self.closed_to_open_again.emit(*self._again)
        self.close()
        self.ended.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A folder may be dropped."""
        if dropped_folder(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the folder, or make a project of it."""
        folder = dropped_folder(event)
        if folder is not None:
            event.acceptProposedAction()
            self.project.open_dropped(folder)

    def changeEvent(self, event: QEvent) -> None:
        """The palette of labels goes away with the window's focus."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self.search.dismiss()
        super().changeEvent(event)

    def _resolve(self, handler: str) -> Callable[[], object]:
        found = reduce(getattr, handler.split("."), self)
        assert callable(found)
        return found

    def _action_of(self, key: str) -> str | None:
        """What a key stands for now; where there are no clusters to act on, keys go on to the button that is shown."""
        action_id = self.actions_.action_of(key, browsing=self.clusters.is_open)
        is_empty = self.clusters.is_open and not self.browser.model.sections
        if action_id is None or (is_empty and not self.actions_[action_id].isEnabled()):
            return None
        return action_id

    def _trigger(self, action_id: str) -> bool:
        action = self.actions_[action_id]
        if action.isEnabled():
            action.trigger()
            return True
        if not self.session.is_open:
            return False
        needs = self.actions_.specs[action_id].needs
        if self.clusters.is_open and Need.BROWSER not in needs and self.viewer.image_id is not None:
            needs = needs & ~(_OF_CANVAS)
            if needs in self._state():
                key = self.actions_.key_of("clusters.browse")
                self.say(tr("That is for the image: press {key} to go back to it").format(key=key))
                return True
        missing = needs & ~self._state()
        hint = hint_for(missing, self.actions_.key_of)
        if hint:
            self.say(hint)
        return True

    def _state(self) -> Need:
        session, record = self.session, self.viewer.record
        browsing, chosen = self.clusters.is_open, self.browser.grid
        selection = frozenset() if browsing else self.canvas.selection
        facts = {
            Need.PROJECT: session.is_open,
            Need.WRITABLE: session.can_edit,
            Need.IMAGE: not browsing and self.viewer.image_id is not None,
            Need.REGIONS: not browsing and bool(self.viewer.regions),
            Need.SELECTION: bool(selection),
            Need.ONE: len(selection) == 1,
            Need.SEVERAL: len(selection) >= 2,
            Need.TREE: not browsing and record is not None and record.granularity is not None,
            Need.UNDO: session.history.undo is not None,
            Need.REDO: session.history.redo is not None,
            Need.NO_PROPOSING: not self.propose.is_running,
            Need.SUGGESTED: not browsing and bool(self.suggest.suggested),
            Need.BROWSER: browsing,
            Need.CHOSEN: browsing and bool(chosen.clusters or chosen.regions),
            Need.CHOSEN_REGIONS: browsing and bool(chosen.regions) and not self.browser.model.is_flat,
            Need.DOUBTS: browsing and self.browser.model.is_doubting and bool(self.browser.model.sections),
            Need.ONE_CLUSTER: browsing and len(self.browser.model.clusters_of(chosen.clusters)) == 1,
            Need.CLUSTERS: browsing and len(self.browser.model.clusters_of(chosen.clusters)) >= 2,
            **self.tool.facts,
        }
        return reduce(Need.__or__, (need for need, holds in facts.items() if holds), Need.NOTHING)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self.workspace)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.photo = QWidget()
        photo = QVBoxLayout(self.photo)
        photo.setContentsMargins(0, 0, 0, 0)
        photo.setSpacing(0)
        photo.addWidget(self.header)
        photo.addWidget(self.tone_bar)
        photo.addWidget(self.canvas, 1)
        self.stage = QStackedWidget()
        self.stage.addWidget(self.photo)
        self.stage.addWidget(self.browser)
        column.addWidget(self.first_steps_panel)
        column.addWidget(self.banners)
        column.addWidget(self.stage, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.workspace)
        self.setCentralWidget(self.pages)
        self.setStatusBar(self.status)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.docks = [
            self._add_dock("labels", tr("Labels"), self.labels, Qt.DockWidgetArea.RightDockWidgetArea),
            self._add_dock("regions", tr("Regions"), self.regions, Qt.DockWidgetArea.RightDockWidgetArea),
            self._add_dock("images", tr("Images"), self.strip, Qt.DockWidgetArea.BottomDockWidgetArea),
        ]
        self.docks[2].setTitleBarWidget(QWidget(self.docks[2]))
        self.statistics_dock = self._add_dock(
            "statistics", tr("Statistics"), self.statistics_panel, Qt.DockWidgetArea.RightDockWidgetArea
        )
        self.statistics_dock.setFeatures(
            self.statistics_dock.features()
            | QDockWidget.DockWidgetFeature.DockWidgetFloatable
            | QDockWidget.DockWidgetFeature.DockWidgetClosable
        )
        self.tabifyDockWidget(self.docks[1], self.statistics_dock)
        self.statistics_dock.hide()
        self.statistics.take(self.statistics_dock)
        self.resizeDocks(self.docks[:1], [300], Qt.Orientation.Horizontal)
        self.tools = QToolBar(tr("Tools"), movable=False, floatable=False, iconSize=LARGE)
        self.tools.setObjectName("tools")
        for group in TOOLBAR:
            if self.tools.actions():
                self.tools.addSeparator()
            for action_id in group:
                self.tools.addAction(self.actions_[action_id])
                self.tools.widgetForAction(self.actions_[action_id]).setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.tools)

    def _panels(self) -> tuple[Stop, ...]:
        """The panels in the order F6 goes through them."""
        return (
            Stop(tr("Image"), self.photo, lambda: self.canvas),
            Stop(tr("Concept browser"), self.browser, self.browser.focus_target),
            Stop(tr("Labels"), self.labels, self.labels.focus_target),
            Stop(tr("Regions"), self.regions, lambda: self.regions.view),
            Stop(tr("Statistics"), self.statistics_panel, lambda: self.statistics_panel.measure),
            Stop(tr("Images"), self.strip, lambda: self.strip.view),
            Stop(tr("Tools"), self.tools, self._first_tool),
        )

    def _first_tool(self) -> QWidget:
        """The first button of the tool bar that can be pressed."""
        buttons = [self.tools.widgetForAction(self.actions_[action_id]) for group in TOOLBAR for action_id in group]
        return next((button for button in buttons if button.isEnabled()), buttons[0])

    def _add_dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(f"dock.{name}")
        dock.setWidget(widget)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        self.addDockWidget(area, dock)
        return dock

    def _connect(self) -> None:
        self.jobs.failed.connect(self.project.tell_error)
        self.end.over.connect(self._on_over)
        session, viewer, canvas = self.session, self.viewer, self.canvas
        session.opened.connect(self._show_workspace)
        session.closed.connect(self._on_closed)
        session.changed.connect(self._on_changed)
        session.counts_changed.connect(self._on_counts)
        self.statistics_panel.image_chosen.connect(self._show_image)
        viewer.image_shown.connect(self._on_image)
        viewer.regions_shown.connect(self._on_regions)
        viewer.cleared.connect(self._on_cleared)
        canvas.selection_changed.connect(self._on_selection)
        canvas.region_double_clicked.connect(lambda _region_id: self._trigger("region.name"))
        canvas.zoom_changed.connect(self._on_zoom)
        canvas.cursor_moved.connect(self._on_cursor)
        self.tone_bar.changed.connect(self.looks.set_tone)
        self.tone_bar.closed.connect(self.looks.toggle_tone)
        session.closing.connect(lambda: self.tone_bar.show_tone(Tone()))
        self.tool.described.connect(self.status.show_hint)
        canvas.cursor_left.connect(lambda: self.status.show_cursor(None, None, ""))
        self.regions.selection_changed.connect(canvas.select)
        self.regions.centre_requested.connect(canvas.centre_on_region)
        self.strip.image_chosen.connect(self.browse.show)
        self.strip.focus_released.connect(self._focus_stage)
        self.strip.height_requested.connect(self._set_strip_height)
        self.images.listed.connect(self._on_listed)
        self.search.label_chosen.connect(self._give_label)
        self.search.creation_requested.connect(self._give_name)
        self.search.closed.connect(self._focus_stage)
        self.clusters.shown.connect(self._show_browser)
        self.clusters.shown.connect(self.effort.show_browser)
        self.effort.updated.connect(self._on_effort)
        self.header.opacity_changed.connect(self.view.set_opacity)
        self.theme.changed.connect(self._refresh_icons)
        self.keymap.changed.connect(self._show_keys)
        self.canvas.installEventFilter(self.header)
        self._show_keys()
        self._connect_labels()
        self._connect_start()

    def _show_keys(self) -> None:
        """Write the keys that are in use where panels tell of them."""
        self.labels.show_keys(name=self.key_of("region.name"))
        self.regions.show_keys(propose=self.key_of("propose.image"))
        self.first_steps_panel.refresh()

    def _set_strip_height(self, height: int) -> None:
        self.resizeDocks([self.docks[2]], [height], Qt.Orientation.Vertical)

    def _connect_labels(self) -> None:
        self.labels.label_given.connect(self._give_label)
        self.label_commands.take(self.labels)

    def _show_images_with(self, label: str) -> None:
        if self.clusters.is_open:
            self.clusters.toggle()
        self.strip.search.search_for(ImageSearch((NameTerm(NameKey.LABEL, (label,)),)))

    def _give_label(self, label_id: int) -> None:
        (self.clusters if self.clusters.is_open else self.review).give_label(label_id)

    def _give_name(self, name: str) -> None:
        (self.clusters if self.clusters.is_open else self.review).give_name(name)

    def _focus_stage(self) -> None:
        if self.clusters.is_open:
            self.browser.take_focus()
        else:
            self.canvas.setFocus()

    def _show_image(self, image_id: int) -> None:
        """Go to an image from wherever it was chosen."""
        if self.clusters.is_open:
            self.clusters.toggle()
        self.browse.show(image_id)
        self.canvas.setFocus()

    def _show_browser(self, shown: bool) -> None:
        """The browser takes the place of the canvas, and of what is about one image."""
        of_image = (self.docks[1], self.docks[2])
        if shown:
            self._docks_left = [dock for dock in of_image if dock.isVisible()]
            for dock in of_image:
                dock.hide()
        self.stage.setCurrentWidget(self.browser if shown else self.photo)
        if not shown:
            for dock in self._docks_left:
                dock.show()
            self._docks_left = []

    def _connect_start(self) -> None:
        start, project = self.start, self.project
        start.new_requested.connect(project.new)
        start.open_requested.connect(project.open)
        start.sample_requested.connect(project.open_sample)
        start.project_chosen.connect(project.open_folder)
        start.folder_dropped.connect(project.open_dropped)

    def _show_start(self) -> None:
        for part in (*self.docks, self.statistics_dock, self.tools):
            part.hide()
        self.start.show_recent(self.preferences.recent_projects)
        self.pages.setCurrentWidget(self.start)
        self.setWindowTitle(APPLICATION)
        self.status.show_counts(None)
        self.refresh()

    def _show_workspace(self) -> None:
        state = self.preferences.blob("state")
        if not state.isEmpty():
            self.restoreState(state)
        for part in (*self.docks, self.tools):
            part.show()
        if state.isEmpty():
            self.resizeDocks(self.docks[:2], [300, 420], Qt.Orientation.Vertical)
        self.pages.setCurrentWidget(self.workspace)
        self.setWindowTitle(f"{project_title(self.session.require())} – {APPLICATION}")
        self.canvas.setFocus()
        self.refresh()

    def _on_closed(self) -> None:
        if not self.session.is_open:
            self._show_start()

    def _on_changed(self, _changes: OpChanges) -> None:
        self.refresh()

    def _on_counts(self) -> None:
        self.status.show_counts(self.session.summary)

    def _on_effort(self) -> None:
        self.status.show_effort(self.effort.summary)
        self.header.show_time(self.effort.image_time)

    def _on_listed(self) -> None:
        self.strip.follow(self.viewer.image_id)
        self._show_position()

    def _on_image(self, record: ImageRecord) -> None:
        self.header.show_record(record)
        self.strip.follow(record.id)
        self._show_position()
        self.refresh()

    def _show_position(self) -> None:
        record = self.viewer.record
        row = self.images.row_of(record.id) if record is not None else None
        self.status.show_image(record, row=row, rows=self.images.rowCount())

    def _on_regions(self) -> None:
        record = self.viewer.record
        pixels = record.width * record.height if record else 1
        self.regions.show_regions(
            self.viewer.regions,
            dict(self.session.labels),
            self.canvas.colors,
            pixels=pixels,
            has_image=record is not None,
        )
        self.regions.follow(self.canvas.selection)
        self.cut_slider.refresh()
        self.refresh()

    def _on_cleared(self) -> None:
        self.header.show_record(None)
        self.regions.show_regions((), {}, {}, pixels=1, has_image=False)
        self.strip.follow(None)
        self.cut_slider.refresh()
        self._show_position()
        self.refresh()

    def _on_zoom(self, zoom: float) -> None:
        if self.viewer.image_id is not None:
            self.status.show_zoom(zoom)

    def _on_selection(self, selection: frozenset[int]) -> None:
        self.regions.follow(selection)
        self.refresh()

    def _on_cursor(self, x: int, y: int, region_id: object) -> None:
        region = self.viewer.region(region_id) if isinstance(region_id, int) else None
        text = ""
        record = self.viewer.record
        if region is not None and record is not None:
            label = self.session.labels.get(region.label_id or 0)
            share = share_text(region.area / max(1, record.width * record.height))
            text = f"{label.name if label else tr('unnamed')}, {share}"
        self.status.show_cursor(x, y, text, self.canvas.pixel_value(x, y))

    def _refresh_icons(self) -> None:
        self.actions_.refresh_icons()
        more = self.tools.findChild(QToolButton, "qt_toolbar_ext_button")  # Qt's own icon is made for light windows
        if isinstance(more, QToolButton):
            more.setIcon(icon("chevron-double-down"))
        for part in (
            self.labels,
            self.strip,
            self.start,
            self.header,
            self.tone_bar,
            self.browser,
            self.statistics_panel,
        ):
            part.refresh_icons()
        self.status.jobs.refresh_icons()
        self.first_steps_panel.refresh()
        for banner in self.banners.all:
            banner.refresh_icons()

    def _restore(self) -> None:
        opacity = self.preferences.number("opacity", DEFAULT_OPACITY)
        self.header.slider.setValue(opacity)
        self.canvas.set_overlay_opacity(opacity / 100)
        self.strip.overlays.setChecked(self.preferences.flag("thumbnail_regions", False))
        geometry = self.preferences.blob("geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(1280, 820)

    def _remember(self) -> None:
        self.preferences.store("geometry", self.saveGeometry())
        self.preferences.store("thumbnail_regions", self.strip.overlays.isChecked())
        if self.session.is_open and not self.clusters.is_open:  # the browser hides what is about one image
            self.preferences.store("state", self.saveState())
