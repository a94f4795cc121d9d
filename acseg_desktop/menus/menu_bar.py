"""The menu bar: made from the table of actions, with what is no action of the table: recent projects, themes, docks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu

from acseg_desktop.actions.action_set import ActionSet
from acseg_desktop.actions.spec import FILE, MENUS, VIEW, menu_title
from acseg_desktop.commands.commands import Commands
from acseg_desktop.commands.settings import SettingsCommands
from acseg_desktop.language.words import Words
from acseg_desktop.menus.table import ACTIONS
from acseg_desktop.preferences import Preferences

tr = Words("Window")

THEMES = {
    "system": tr.mark("&Match system"),
    "light": tr.mark("&Light"),
    "dark": tr.mark("&Dark"),
}


class Menus(QObject):
    """Fills the window's menu bar."""

    def __init__(
        self,
        window: QMainWindow,
        actions: ActionSet[Commands],
        *,
        preferences: Preferences,
        settings: SettingsCommands,
        docks: Sequence[QDockWidget],
        open_project: Callable[[Path], None],
        forgot: Callable[[], None],
    ) -> None:
        """Make the menus; ``forgot`` is called when the list of recent projects was emptied."""
        super().__init__(window)
        self._preferences, self._settings = preferences, settings
        self._open, self._forgot = open_project, forgot
        self.recent = QMenu(tr("Open &recent"), window)
        self.recent.aboutToShow.connect(self._fill_recent)
        self.themes = self._make_themes(window)
        for title in MENUS:
            menu = window.menuBar().addMenu(menu_title(title))
            for spec in ACTIONS:
                if spec.menu == title:
                    if spec.separated:
                        menu.addSeparator()
                    menu.addAction(actions[spec.id])
                if spec.id == "project.open" and title == FILE:
                    menu.addMenu(self.recent)
            if title == VIEW:
                menu.addSeparator()
                for dock in docks:
                    menu.addAction(dock.toggleViewAction())
                menu.addMenu(self.themes)

    def _make_themes(self, window: QMainWindow) -> QMenu:
        menu, group = QMenu(tr("&Theme"), window), QActionGroup(self)
        for name, text in THEMES.items():
            action = QAction(tr(text), group, checkable=True, checked=name == self._preferences.theme)
            action.setObjectName(f"theme.{name}")
            action.triggered.connect(lambda _checked=False, name=name: self._settings.choose_theme(name))
            menu.addAction(action)
        menu.aboutToShow.connect(self._check_theme)
        return menu

    def _check_theme(self) -> None:
        for action in self.themes.actions():
            action.setChecked(action.objectName() == f"theme.{self._preferences.theme}")

    def _fill_recent(self) -> None:
        self.recent.clear()
        for folder, name in self._preferences.named_projects:
            action = self.recent.addAction(f"{name}\t{folder}".replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, folder=folder: self._open(folder))
        self.recent.addSeparator()
        forget = self.recent.addAction(tr("Clear list"))
        forget.triggered.connect(self._forget_recent)
        forget.setEnabled(bool(self._preferences.recent_projects))

    def _forget_recent(self) -> None:
        self._preferences.forget_projects()
        self._forgot()
