"""The size of the window's text, and of what is drawn around it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

LEAST, USUAL, MOST = 80, 100, 200
"""Sizes of the text that can be chosen, in percent of the system's."""

_PROPERTY = "acseg_text_percent"


def set_text_percent(percent: int) -> int:
    """Remember the size for all who draw; returns it, kept within what is offered."""
    kept = min(MOST, max(LEAST, percent))
    application = QCoreApplication.instance()
    if application is not None:
        application.setProperty(_PROPERTY, kept)
    return kept


def text_scale() -> float:
    """The size of text, 1.0 as usual."""
    application = QCoreApplication.instance()
    percent = application.property(_PROPERTY) if application is not None else None
    return percent / 100 if isinstance(percent, int) else 1.0


def scaled(pixels: float) -> int:
    """A length that suits the usual text, as it suits the text in use."""
    return round(pixels * text_scale())
