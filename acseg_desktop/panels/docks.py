"""The docks of the window: where labels, regions, statistics, models and images are, and when they are hidden."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from acseg_desktop.language.words import Words
from acseg_desktop.panels.label_panel import LabelPanel
from acseg_desktop.panels.region_panel import RegionPanel
from acseg_desktop.panels.side_heights import SideHeights
from acseg_desktop.preferences import Preferences

tr = Words("Window")

_RIGHT, _BOTTOM = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea


class Docks:
    """The panels around the canvas.

    Attributes:
        usual: Labels, regions and images: those that are there whenever a project is open.
    """

    def __init__(
        self,
        window: QMainWindow,
        *,
        labels: QWidget,
        regions: QWidget,
        images: QWidget,
        tabs: tuple[QWidget, QWidget],
    ) -> None:
        """Make them; ``tabs`` are statistics and models, which share the place of the regions."""
        self._window = window
        self._hidden: list[QDockWidget] = []
        self._heights: tuple[int, int] | None = None
        """Of labels and regions beside an image; beside the browser the labels have all the room."""
        window.setCorner(Qt.Corner.BottomRightCorner, _RIGHT)
        self.labels = self._add("labels", tr("Labels"), labels, _RIGHT)
        self.regions = self._add("regions", tr("Regions"), regions, _RIGHT)
        self.images = self._add("images", tr("Images"), images, _BOTTOM)
        self.images.setTitleBarWidget(QWidget(self.images))
        self.statistics = self._add("statistics", tr("Statistics"), tabs[0], _RIGHT)
        self.models = self._add("models", tr("Models"), tabs[1], _RIGHT)
        for dock in (self.statistics, self.models):
            dock.setFeatures(
                dock.features()
                | QDockWidget.DockWidgetFeature.DockWidgetFloatable
                | QDockWidget.DockWidgetFeature.DockWidgetClosable
            )
            window.tabifyDockWidget(self.regions, dock)
            dock.hide()
        window.resizeDocks([self.labels], [300], Qt.Orientation.Horizontal)
        self.usual = (self.labels, self.regions, self.images)
        self.heights: SideHeights | None = None
        """Who shares the height between labels and regions, if anybody does."""

    def hide_all(self) -> None:
        """No project is open."""
        for dock in (*self.usual, self.statistics, self.models):
            dock.hide()

    def show_usual(self) -> None:
        """A project is open."""
        for dock in self.usual:
            dock.show()

    def keep_heights(self, labels: LabelPanel, regions: RegionPanel, preferences: Preferences) -> None:
        """From now on give labels and regions the room they need, until somebody chooses it."""
        wanted = (labels.wanted_height, regions.wanted_height)
        self.heights = SideHeights(self._window, (self.labels, self.regions), wanted, preferences)
        labels.model.modelReset.connect(self.heights.share)

    def share_height(self) -> None:
        """Give labels and regions the room they need, unless somebody has chosen it."""
        if self.heights is not None:
            self.heights.share()

    def set_image_height(self, height: int) -> None:
        """Make the image list so many pixels high."""
        self._window.resizeDocks([self.images], [height], Qt.Orientation.Vertical)

    def hide_for_browser(self) -> None:
        """Hide what is about one image, as long as the concept browser is shown."""
        of_image = (self.regions, self.images)
        self._hidden = [dock for dock in of_image if dock.isVisible()]
        self._heights = self.labels.height(), self.regions.height()
        for dock in of_image:
            dock.hide()

    def show_after_browser(self) -> None:
        """Show again what was hidden for the concept browser."""
        for dock in self._hidden:
            dock.show()
        if self.regions in self._hidden and self._heights is not None:
            self._window.resizeDocks([self.labels, self.regions], list(self._heights), Qt.Orientation.Vertical)
            if self.heights is not None:
                self.heights.catch_up()
        self._hidden = []

    def _add(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"dock.{name}")
        dock.setWidget(widget)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        self._window.addDockWidget(area, dock)
        return dock
