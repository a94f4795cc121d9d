"""The tool bar at the left edge of the window: which actions have a button there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from acseg_desktop.actions.action_set import ActionSet
from acseg_desktop.appearance.icons import LARGE, icon
from acseg_desktop.commands.commands import Commands
from acseg_desktop.language.words import Words
from acseg_desktop.menus.tools import TOOLS

tr = Words("Window")

GROUPS: tuple[tuple[str, ...], ...] = (
    tuple(tool.spec.id for tool in TOOLS),
    ("view.fit", "view.zoom_in", "view.zoom_out"),
    ("region.name", "region.merge", "region.split", "region.reject"),
    ("propose.image", "propose.all", "clusters.browse"),
    ("edit.undo", "edit.redo"),
    ("project.export",),
)


class ToolBar(QToolBar):
    """Buttons for tools and for what one does most."""

    def __init__(self, actions: ActionSet[Commands]) -> None:
        super().__init__(tr("Tools"), movable=False, floatable=False, iconSize=LARGE)
        self.setObjectName("tools")
        self._buttons: list[QWidget] = []
        for group in GROUPS:
            if self._buttons:
                self.addSeparator()
            for action_id in group:
                self.addAction(actions[action_id])
                button = self.widgetForAction(actions[action_id])
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                self._buttons.append(button)

    def focus_target(self) -> QWidget:
        """The first button that can be pressed."""
        return next((button for button in self._buttons if button.isEnabled()), self._buttons[0])

    def refresh_icons(self) -> None:
        """Make the icon of the button for what has no room anew: Qt's own is made for light windows."""
        more = self.findChild(QToolButton, "qt_toolbar_ext_button")
        if isinstance(more, QToolButton):
            more.setIcon(icon("chevron-double-down"))
