"""Preferences, what the window remembers between runs: theme, geometry, recent projects, the last model settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from acseg_desktop.appearance.scaling import LEAST, MOST, USUAL
from acseg_desktop.language.words import LANGUAGES

ORGANISATION = "ACSeg"
APPLICATION = "ACSeg Desktop"
SURE_ENOUGH, DEFAULT_SURE = "sure_enough", 60
"""Key of the percent of confidence below which accepting an image asks about a suggested name, and what it is at first.
"""
_MAX_RECENT = 8


class Preferences:
    """Typed access to the settings file."""

    def __init__(self) -> None:
        self._settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, ORGANISATION, APPLICATION)

    @property
    def theme(self) -> str:
        """One of "system", "light", "dark"."""
        value = self.text("theme", "system")
        return value if value in ("system", "light", "dark") else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._settings.setValue("theme", value)

    @property
    def language(self) -> str:
        """The code of the language that was chosen, or "system"."""
        value = self.text("language", "system")
        return value if value in LANGUAGES else "system"

    @language.setter
    def language(self, value: str) -> None:
        self._settings.setValue("language", value)

    @property
    def text_size(self) -> int:
        """Percent of the system's size."""
        return min(MOST, max(LEAST, self.number("text_size", USUAL)))

    @text_size.setter
    def text_size(self, value: int) -> None:
        self._settings.setValue("text_size", value)

    @property
    def recent_projects(self) -> list[Path]:
        """Newest first; folders that are gone are left out."""
        stored: Any = self._settings.value("recent_projects", [])
        names = [stored] if isinstance(stored, str) else list(stored or [])
        return [path for path in (Path(str(name)) for name in names) if (path / "project.db").is_file()]

    @property
    def named_projects(self) -> list[tuple[Path, str]]:
        """The recent projects, newest first, with their names."""
        return [(folder, self.project_name(folder)) for folder in self.recent_projects]

    def project_name(self, folder: Path) -> str:
        """What the recent project in a folder is called; the folder's name, where that is not known."""
        return self._project_names().get(str(folder)) or folder.name

    def _project_names(self) -> dict[str, str]:
        try:
            names = json.loads(self.text("recent_names", "{}"))
        except ValueError:
            return {}
        return {str(key): str(name) for key, name in names.items()} if isinstance(names, dict) else {}

    def remember_project(self, folder: Path, name: str = "") -> None:
        """Put ``folder`` on top of the recent projects, with the name of the project in it."""
        folder = folder.absolute()
        names = {**self._project_names(), str(folder): name}
        others = [path for path in self.recent_projects if path != folder]
        recent = [str(path) for path in [folder, *others][:_MAX_RECENT]]
        self._settings.setValue("recent_projects", recent)
        self._settings.setValue("recent_names", json.dumps({path: names[path] for path in recent if path in names}))

    def forget_projects(self) -> None:
        """Empty the list of recent projects."""
        self._settings.remove("recent_projects")
        self._settings.remove("recent_names")

    def last_folder(self) -> Path:
        """Where folder dialogs start."""
        folder = Path(self.text("last_folder", ""))
        return folder if folder.is_dir() and str(folder) != "." else Path.home()

    def text(self, key: str, default: str) -> str:
        """Read a text."""
        return str(self._settings.value(key, default))

    def number(self, key: str, default: int) -> int:
        """Read a whole number; anything else reads as the default."""
        try:
            return int(str(self._settings.value(key, default)))
        except ValueError:
            return default

    def flag(self, key: str, default: bool) -> bool:
        """Read yes or no."""
        return str(self._settings.value(key, default)).lower() in ("true", "1")

    def blob(self, key: str) -> QByteArray:
        """Read bytes, such as a window's geometry; empty when there are none."""
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def store(self, key: str, value: Any) -> None:
        """Write any value Qt can store."""
        self._settings.setValue(key, value)
