"""The language of the window: Qt's translation files, and the words of one part of it.

A module that shows text has ``tr = Words("Labels")`` and writes ``tr("Delete labels")``, or, where a count decides the
form, ``tr("%Ln label(s) deleted", count)``. English is the language of the sources; its file holds the plurals only.
What the core says (errors, reasons) comes through `acseg_desktop.language.core_messages`: the core knows no Qt.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from acseg_resources import resource_path

logger = logging.getLogger(__name__)

SYSTEM = "system"
LANGUAGES = {"en": "English", "de": "Deutsch"}
"""Languages there are translations for, by code, each in its own words."""


class Words:
    """The texts of one part of the window, which translators see together."""

    def __init__(self, context: str) -> None:
        self._context = context

    def __call__(self, text: str, count: int = -1) -> str:
        """The text in the language of the window; with a ``count`` in the form for it, and ``%Ln`` filled in."""
        return QCoreApplication.translate(self._context, text, None, count)

    @staticmethod
    def mark(text: str) -> str:
        """A text of a table that is made before the language is known; it is translated when it is shown."""
        return text


tr = Words("Numbers")


def number(value: int) -> str:
    """A whole number as people write it here: 1,234 or 1.234."""
    return QLocale().toString(value)


def decimal(value: float, *, digits: int = 1) -> str:
    """A number with a few digits after the point or comma, none where it is whole."""
    return QLocale().toString(float(value), "f", 0 if value == round(value) else digits)


def bytes_text(size: int) -> str:
    """How much room something takes, such as 1.5 MB."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def percent(share: float, *, digits: int = 0) -> str:
    """A share as a percentage, as people write it here: 0.5 is 50%, in German with a narrow space between."""
    return percent_text(QLocale().toString(100 * share, "f", digits))


def percent_text(digits: str) -> str:
    """The sign of per cent where it belongs: behind digits, or behind a field of them where there are none."""
    return tr("{number}%").format(number=digits)


def language_of(choice: str) -> str:
    """The code of the language to use: the one chosen, or what the system speaks if there is a translation."""
    if choice in LANGUAGES:
        return choice
    languages = (language.replace("_", "-").partition("-")[0] for language in QLocale.system().uiLanguages())
    return next((language for language in languages if language in LANGUAGES), "en")


_installed: list[tuple[QTranslator, bytes]] = []
"""Translators in use, with what each reads from: Qt does not copy it."""


def use(application: QCoreApplication, choice: str) -> str:
    """Speak a language from now on; texts that are shown already stay as they are. Returns its code."""
    code = language_of(choice)
    for translator, _ in _installed:
        application.removeTranslator(translator)
    _installed.clear()
    QLocale.setDefault(QLocale(code) if choice in LANGUAGES else _locale_of_system(code))
    ours = resource_path("translations")
    theirs = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for path in (theirs / f"qtbase_{code}.qm", ours / f"acseg_{code}.qm"):
        translator, data = QTranslator(application), _read(path)
        # From memory: Qt maps a file, and one that is replaced by an update would end the program.
        if data and translator.load(data):
            application.installTranslator(translator)
            _installed.append((translator, data))
        else:
            logger.warning("%s: no translations there", path)
    return code


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _locale_of_system(code: str) -> QLocale:
    """How numbers are written: as the system says, where it speaks the language of the window."""
    system = QLocale.system()
    return system if system.name().startswith(code) else QLocale(code)
