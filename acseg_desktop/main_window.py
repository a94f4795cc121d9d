"""The main window: docks, menus, tool bar, status bar, and which signal goes where. It decides nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from acseg_desktop.actions.action_set import ActionSet
from acseg_desktop.actions.key_filter import KeyFilter
from acseg_desktop.actions.keymap import Keymap
from acseg_desktop.appearance.accessibility import describe_roles
from acseg_desktop.appearance.icons import application_icon
from acseg_desktop.appearance.theme import Theme
from acseg_desktop.browser.panel import ConceptBrowser
from acseg_desktop.canvas.view import ImageCanvas
from acseg_desktop.canvas.viewer import ImageViewer
from acseg_desktop.commands.action_state import met_needs
from acseg_desktop.commands.commands import make_commands
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.cut import CutSlider
from acseg_desktop.commands.drawing_session import DrawingSession
from acseg_desktop.commands.ending import WindowEnd
from acseg_desktop.commands.image_panels import ImagePanels
from acseg_desktop.commands.key_dispatch import KeyDispatch
from acseg_desktop.commands.keyboard import Stop
from acseg_desktop.commands.project import project_title
from acseg_desktop.commands.statistics import NotesKeeper
from acseg_desktop.commands.suggest import SuggestionRefresher
from acseg_desktop.commands.view import DEFAULT_OPACITY
from acseg_desktop.effort import EffortMeter
from acseg_desktop.image_list.model import ImageListModel
from acseg_desktop.image_list.strip import ImageStrip
from acseg_desktop.image_list.thumbnails import ThumbnailCache
from acseg_desktop.jobs import Jobs
from acseg_desktop.language.words import Words
from acseg_desktop.menus.clusters import CLUSTER_BUTTONS, DOUBT_BUTTONS
from acseg_desktop.menus.context_menus import ContextMenus
from acseg_desktop.menus.menu_bar import Menus
from acseg_desktop.menus.table import ACTIONS, REPEATING
from acseg_desktop.menus.tool_bar import ToolBar
from acseg_desktop.menus.tools import TOOLS
from acseg_desktop.operations.proposing import SegmenterCache
from acseg_desktop.panels.banner_stack import BannerStack
from acseg_desktop.panels.canvas_header import CanvasHeader
from acseg_desktop.panels.comment_bar import CommentBar
from acseg_desktop.panels.docks import Docks
from acseg_desktop.panels.first_steps import FirstSteps
from acseg_desktop.panels.granularity_bar import GranularityBar
from acseg_desktop.panels.label_panel import LabelPanel
from acseg_desktop.panels.label_search import LabelSearch
from acseg_desktop.panels.models_panel import ModelsPanel
from acseg_desktop.panels.region_panel import RegionPanel
from acseg_desktop.panels.start_page import StartPage, dropped_folder, dropped_paths
from acseg_desktop.panels.statistics_panel import StatisticsPanel
from acseg_desktop.panels.status_line import StatusLine
from acseg_desktop.panels.tone_bar import ToneBar
from acseg_desktop.panels.tool_options import ToolOptions
from acseg_desktop.panels.workspace import Workspace
from acseg_desktop.preferences import APPLICATION, Preferences
from acseg_desktop.session import Session

tr = Words("Window")

_MESSAGE_MS = 5000


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
        self.keymap = Keymap(ACTIONS, preferences, self)
        self.jobs = Jobs(self)
        self.session = Session(self.jobs, self)
        self.end = WindowEnd(self, self.jobs, self.session)
        self._again: tuple[Path | None, int | None] | None = None
        self.canvas = ImageCanvas()
        self.viewer = ImageViewer(self.session, self.canvas, self)
        self.thumbnails = ThumbnailCache(self.session, self)
        self.images = ImageListModel(self.session, self.thumbnails, self)
        self.first_steps_panel = FirstSteps(self.key_of)
        self.banners = BannerStack(self.first_steps_panel)
        self.workspace = Workspace()
        self.search = LabelSearch(self.workspace)
        self.context = CommandContext(
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
            drawing=DrawingSession(self),
            say=self.say,
            refresh=self.refresh,
            key_of=self.key_of,
            action_of=lambda action_id: self.actions_[action_id],
        )
        self.statistics_panel, self.models_panel = StatisticsPanel(), ModelsPanel()
        self.commands = make_commands(
            self.context,
            theme=theme,
            keymap=self.keymap,
            tools=TOOLS,
            first_steps=self.first_steps_panel,
            statistics=self.statistics_panel,
            models=self.models_panel,
            open_again=self.open_again,
        )
        self.notes = NotesKeeper(self.context, self.statistics_panel)
        self.actions_ = ActionSet(self, ACTIONS, self.commands, self.keymap)
        self.strip = ImageStrip(self.session, self.images, self.thumbnails)
        self.labels, self.regions = LabelPanel(self.session), RegionPanel()
        self.granularity = GranularityBar(coarser=self.actions_["cut.coarser"], finer=self.actions_["cut.finer"])
        self.regions.add_above(self.granularity)
        self.cut_slider = CutSlider(self.context, self.granularity)
        self.start = StartPage()
        self.header = CanvasHeader(
            previous=self.actions_["image.previous"],
            following=self.actions_["image.next"],
            accept=self.actions_["image.accept"],
            overlay=self.actions_["view.overlay"],
        )
        self.comment_bar, self.tone_bar, self.tool_options = CommentBar(), ToneBar(), ToolOptions()
        self.status = StatusLine(self.jobs)
        self.browser = ConceptBrowser(
            self.session,
            group=self.actions_["clusters.group"],
            propose=self.actions_["propose.all"],
            leave=self.actions_["clusters.back"],
            verbs=[self.actions_[action_id] for action_id in CLUSTER_BUTTONS],
            doubt_verbs=[self.actions_[action_id] for action_id in DOUBT_BUTTONS],
        )
        bars = (self.tone_bar, self.comment_bar, self.tool_options)
        self.commands.take(self.browser, self.strip, self.start, self.labels, bars=bars)
        self.refresher = SuggestionRefresher(self.context)
        self.effort = EffortMeter(self.session, self.viewer)
        self._lay_out()
        self.menus = Menus(
            self,
            self.actions_,
            preferences=preferences,
            settings=self.commands.settings,
            docks=self.docks.usual,
            open_project=self.open,
            forgot=lambda: self.start.show_recent([]),
        )
        self.popups = ContextMenus(self, self.actions_, canvas=self.canvas, regions=self.regions, browser=self.browser)
        self.commands.keyboard.stops = self._panels()
        self._key_dispatch = KeyDispatch(self.context, self.commands, self.actions_)
        self._connect()
        keys = self._key_dispatch
        self._keys = KeyFilter(
            self, keys.action_of, keys.trigger, repeating=REPEATING, hold_space=self.canvas.hold_space
        )
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self._keys)
        self._restore()
        self._refresh_icons()
        self._show_start()

    def open(self, folder: Path) -> None:
        """Open a project."""
        self.commands.project.open_folder(folder)

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
        if self.session.project is not None:
            self.setWindowTitle(f"{project_title(self.session.project)} – {APPLICATION}")
        self.actions_.enable(met_needs(self.context, self.commands))
        self.actions_.set_history(self.session.history.undo, self.session.history.redo)
        for action_id, checked in self.commands.checked.items():
            self.actions_[action_id].setChecked(checked)
        self.tone_bar.setVisible(self.commands.display.tone_shown)
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
        """A folder may be dropped, and files, too, where a project can take them."""
        if dropped_folder(event) is not None or (self.session.can_edit and dropped_paths(event)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a project, add photos, import labels: whatever is meant."""
        paths = dropped_paths(event)
        if paths:
            event.acceptProposedAction()
            self.commands.importing.take_dropped(paths)

    def changeEvent(self, event: QEvent) -> None:
        """The palette of labels goes away with the window's focus."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self.search.dismiss()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self.workspace.fill(
            above=(self.banners,),
            above_photo=(self.header, self.comment_bar, self.tone_bar, self.tool_options),
            canvas=self.canvas,
            browser=self.browser,
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.start)
        self.pages.addWidget(self.workspace)
        self.setCentralWidget(self.pages)
        self.setStatusBar(self.status)
        tabs = self.statistics_panel, self.models_panel
        self.docks = Docks(self, labels=self.labels, regions=self.regions, images=self.strip, tabs=tabs)
        self.docks.keep_heights(self.labels, self.regions, self.preferences)
        self.commands.statistics.take(self.docks.statistics)
        self.commands.models.take(self.docks.models)
        self.tools = ToolBar(self.actions_)
        self.addToolBar(Qt.ToolBarArea.LeftToolBarArea, self.tools)

    def _panels(self) -> tuple[Stop, ...]:
        """The panels in the order F6 goes through them."""
        return (
            Stop(tr("Image"), self.workspace.photo, lambda: self.canvas),
            Stop(tr("Concept browser"), self.browser, self.browser.focus_target),
            Stop(tr("Labels"), self.labels, self.labels.focus_target),
            Stop(tr("Regions"), self.regions, lambda: self.regions.view),
            Stop(tr("Statistics"), self.statistics_panel, lambda: self.statistics_panel.measure),
            Stop(tr("Models"), self.models_panel, self.models_panel.focus_target),
            Stop(tr("Images"), self.strip, lambda: self.strip.view),
            Stop(tr("Tools"), self.tools, self.tools.focus_target),
        )

    def _connect(self) -> None:
        self.jobs.failed.connect(self.commands.project.tell_error)
        self.end.over.connect(self._on_over)
        session = self.session
        session.opened.connect(self._show_workspace)
        session.closed.connect(self._on_closed)
        session.changed.connect(lambda _changes: self.refresh())
        session.counts_changed.connect(lambda: self.status.show_counts(session.summary))
        self.statistics_panel.image_chosen.connect(self._show_image)
        self.image_panels = ImagePanels(
            self.context,
            accepting=self.commands.accepting,
            header=self.header,
            regions=self.regions,
            cut_slider=self.cut_slider,
            strip=self.strip,
            status=self.status,
        )
        self.canvas.region_double_clicked.connect(lambda _region_id: self._key_dispatch.trigger("region.name"))
        self.commands.tools.described.connect(self.status.show_hint)
        self.strip.image_chosen.connect(self.commands.browse.show)
        self.strip.focus_released.connect(self._focus_stage)
        self.strip.height_requested.connect(self.docks.set_image_height)
        self.search.label_chosen.connect(self.commands.labels.give)
        self.search.creation_requested.connect(self.commands.labels.give_new)
        self.search.closed.connect(self._focus_stage)
        self.commands.clusters.shown.connect(self._show_browser)
        self.commands.clusters.shown.connect(self.effort.show_browser)
        self.effort.updated.connect(self._on_effort)
        self.header.opacity_changed.connect(self.commands.view.set_opacity)
        self.theme.changed.connect(self._refresh_icons)
        self.keymap.changed.connect(self._show_keys)
        self.canvas.installEventFilter(self.header)
        self._show_keys()

    def _show_keys(self) -> None:
        """Write the keys that are in use where panels tell of them."""
        self.labels.show_keys(name=self.key_of("region.name"))
        self.regions.show_keys(propose=self.key_of("propose.image"))
        self.first_steps_panel.refresh()

    def _focus_stage(self) -> None:
        if self.commands.clusters.is_open:
            self.browser.take_focus()
        else:
            self.canvas.setFocus()

    def _show_image(self, image_id: int) -> None:
        """Go to an image from wherever it was chosen."""
        if self.commands.clusters.is_open:
            self.commands.clusters.toggle()
        self.commands.browse.show(image_id)
        self.canvas.setFocus()

    def _show_browser(self, shown: bool) -> None:
        """The browser takes the place of the canvas, and of what is about one image."""
        if shown:
            self.docks.hide_for_browser()
        self.workspace.show_browser(shown)
        if not shown:
            self.docks.show_after_browser()

    def _show_start(self) -> None:
        self.docks.hide_all()
        self.tools.hide()
        self.start.show_recent(self.preferences.named_projects)
        self.pages.setCurrentWidget(self.start)
        self.setWindowTitle(APPLICATION)
        self.status.show_counts(None)
        self.refresh()

    def _show_workspace(self) -> None:
        state = self.preferences.blob("state")
        if not state.isEmpty():
            self.restoreState(state)
        self.docks.show_usual()
        self.tools.show()
        self.docks.share_height()
        self.pages.setCurrentWidget(self.workspace)
        self.canvas.setFocus()
        self.refresh()

    def _on_closed(self) -> None:
        if not self.session.is_open:
            self._show_start()

    def _on_effort(self) -> None:
        self.status.show_effort(self.effort.summary, image=self.effort.image_time)

    def _refresh_icons(self) -> None:
        self.actions_.refresh_icons()
        for bar in (self.start, self.header, self.tone_bar, self.comment_bar, self.browser, self.tools):
            bar.refresh_icons()
        for panel in (self.labels, self.strip, self.statistics_panel, self.models_panel):
            panel.refresh_icons()
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
        if self.session.is_open and not self.commands.clusters.is_open:  # the browser hides what is about one image
            self.preferences.store("state", self.saveState())
