"""Menus of the right button: on the photo, in the list of regions, and in the concept browser."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMainWindow, QMenu

from acseg_desktop.actions.action_set import ActionSet
from acseg_desktop.browser.panel import ConceptBrowser
from acseg_desktop.canvas.view import ImageCanvas
from acseg_desktop.commands.commands import Commands
from acseg_desktop.panels.region_panel import RegionPanel

LINE = ""
"""In the place of an action: a line between two groups."""

OF_REGIONS = (
    "region.name",
    "region.accept_suggestion",
    "region.decline_suggestion",
    "region.unname",
    LINE,
    "region.merge",
    "region.split",
    "region.merge_upwards",
    "region.components",
    LINE,
    "region.fill",
    "region.smooth",
    "region.give",
    "region.dissolve",
    LINE,
    "region.find",
    "view.hide",
    LINE,
    "region.void",
    "region.reject",
)
"""Actions on the selected regions of an image."""

OF_IMAGE = (
    "image.accept",
    "propose.image",
    "suggest.spread_here",
    LINE,
    "select.all",
    "edit.undo",
    LINE,
    "view.fit",
    "view.actual",
    "view.overlay",
)
"""Actions on an image, where no region is."""

OF_CLUSTERS = (
    "clusters.name",
    "clusters.accept",
    "clusters.decline",
    "clusters.unname",
    LINE,
    "clusters.merge",
    "clusters.split",
    "clusters.drop",
    LINE,
    "clusters.find",
    "clusters.jump",
    LINE,
    "clusters.reject",
)
"""Actions on the selected clusters, or regions of the browser."""

OF_DOUBTS = (
    "doubts.take",
    "doubts.keep",
    "clusters.name",
    "clusters.unname",
    LINE,
    "clusters.find",
    "clusters.jump",
    LINE,
    "clusters.reject",
)
"""Actions on doubtful names."""


class ContextMenus(QObject):
    """Opens a menu where it is asked for, with actions of the menu bar."""

    def __init__(
        self,
        window: QMainWindow,
        actions: ActionSet[Commands],
        *,
        canvas: ImageCanvas,
        regions: RegionPanel,
        browser: ConceptBrowser,
    ) -> None:
        super().__init__(window)
        self._window, self._actions = window, actions
        self.menu: QMenu | None = None
        """The one that was opened last, while it is there."""
        canvas.menu_requested.connect(lambda at: self._open(OF_REGIONS if canvas.selection else OF_IMAGE, at))
        regions.menu_requested.connect(lambda at: self._open(OF_REGIONS, at) if canvas.selection else None)
        grid, model = browser.grid, browser.model
        grid.menu_requested.connect(lambda at: self._open(OF_DOUBTS if model.shows_doubtful_names else OF_CLUSTERS, at))

    def _open(self, action_ids: Sequence[str], at: QPoint) -> None:
        menu = self.menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.destroyed.connect(lambda: self._forget(menu))
        for action_id in action_ids:
            if action_id == LINE:
                menu.addSeparator()
            else:
                menu.addAction(self._actions[action_id])
        menu.popup(at)

    def _forget(self, menu: QMenu) -> None:
        if self.menu is menu:
            self.menu = None
