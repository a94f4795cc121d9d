"""The theme: light and dark colours, one accent, one small style sheet; it follows the system or the user."""

from __future__ import annotations

import contextlib
import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from acseg_desktop.appearance.scaling import USUAL, scaled, set_text_percent
from acseg_resources import resource_path

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark, "system": Qt.ColorScheme.Unknown}


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of one scheme, "#rrggbb"."""

    window: str
    panel: str
    raised: str
    hover: str
    border: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_text: str
    accent_soft: str
    canvas: str
    good: str
    warning: str
    warning_soft: str
    danger: str


LIGHT = Tones(
    window="#f3f4f6",
    panel="#ffffff",
    raised="#ffffff",
    hover="#e9ebef",
    border="#d9dce2",
    text="#1c2028",
    muted="#5a6270",
    faint="#a3a9b4",
    accent="#3458d6",
    accent_text="#ffffff",
    accent_soft="#dfe6fd",
    canvas="#e4e6ea",
    good="#1a7f4b",
    warning="#9a5b00",
    warning_soft="#fff2d9",
    danger="#b3261e",
)
DARK = Tones(
    window="#1d2026",
    panel="#23272e",
    raised="#2b3038",
    hover="#333944",
    border="#3a404b",
    text="#e6e9ef",
    muted="#a2aab8",
    faint="#6b7380",
    accent="#86a1ff",
    accent_text="#10142a",
    accent_soft="#323c60",
    canvas="#15171b",
    good="#5fd39b",
    warning="#f2bd6b",
    warning_soft="#40341f",
    danger="#ff8f86",
)


class Theme(QObject):
    """Applies the theme to the application.

    Signals:
        changed(): Colours or the size of text are different now; icons must be made anew.
    """

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice = "system"
        self._font = app.font()
        self._text_percent = USUAL
        self.tones = LIGHT
        self._applied = False
        app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._apply)
        self._apply()

    def choose(self, name: str) -> None:
        """Follow the "system", or stay "light" or "dark"."""
        self._choice = name
        hints = QGuiApplication.styleHints()
        if hasattr(hints, "setColorScheme"):
            hints.setColorScheme(_SCHEMES[name])
        self._apply()

    def set_text_size(self, percent: int) -> None:
        """Write larger or smaller, in percent of the system's size."""
        kept = set_text_percent(percent)
        if kept == self._text_percent:
            return
        self._text_percent = kept
        font = QFont(self._font)
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * kept / 100)
        else:
            font.setPixelSize(round(font.pixelSize() * kept / 100))
        with _no_collecting():
            self._app.setFont(font)
            self._app.setStyleSheet(make_style_sheet(self.tones))
        self.changed.emit()

    @property
    def is_dark(self) -> bool:
        """Whether the dark scheme is on."""
        return self.tones is DARK

    def _apply(self) -> None:
        system_is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = self._choice == "dark" or (self._choice == "system" and system_is_dark)
        if self._applied and (self.tones is DARK) == dark:
            return
        self._applied = True
        self.tones = DARK if dark else LIGHT
        with _no_collecting():
            self._app.setPalette(make_palette(self.tones))
            self._app.setStyleSheet(make_style_sheet(self.tones))
        self.changed.emit()


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Qt walks over all widgets, and calls Python on the way: no widget that nobody holds may vanish meanwhile."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def current_tones() -> Tones:
    """The colours in use, read off the application's palette."""
    lightness = QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness()
    return DARK if lightness < 128 else LIGHT


def make_palette(tones: Tones) -> QPalette:
    """Qt's palette for one scheme."""
    palette = QPalette()
    role = QPalette.ColorRole
    for which, color in {
        role.Window: tones.window,
        role.WindowText: tones.text,
        role.Base: tones.panel,
        role.AlternateBase: tones.window,
        role.Text: tones.text,
        role.Button: tones.raised,
        role.ButtonText: tones.text,
        role.BrightText: tones.danger,
        role.Highlight: tones.accent,
        role.HighlightedText: tones.accent_text,
        role.ToolTipBase: tones.raised,
        role.ToolTipText: tones.text,
        role.PlaceholderText: tones.muted,
        role.Link: tones.accent,
        role.LinkVisited: tones.accent,
        role.Light: tones.hover,
        role.Midlight: tones.border,
        role.Mid: tones.border,
        role.Dark: tones.faint,
        role.Shadow: "#000000",
        role.Accent: tones.accent,
    }.items():
        palette.setColor(which, QColor(color))
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(tones.faint))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(tones.border))
    return palette


def _url(name: str) -> str:
    return f'url("{resource_path("styles", name).as_posix()}")'


def make_style_sheet(tones: Tones) -> str:
    """Fill the colours into the bundled style sheet, and lengths that grow with the text (@14px)."""
    text = resource_path("styles", "acseg.qss").read_text(encoding="utf-8")
    mode = "dark" if tones is DARK else "light"
    text = text.replace("@chevron", _url(f"chevron-down-{mode}.svg")).replace("@check", _url(f"check-{mode}.svg"))
    for name in sorted(Tones.__dataclass_fields__, key=len, reverse=True):
        text = text.replace(f"@{name}", getattr(tones, name))
    text = text.replace("@radius", f"{scaled(14) // 2 + 1}px")  # of a circle, whatever its lengths are rounded to
    text = re.sub(r"(font-size|iconSize): (\d+)px", r"\1: @\2px", text)
    return re.sub(r"@(\d+)px", lambda found: f"{scaled(int(found[1]))}px", text)
