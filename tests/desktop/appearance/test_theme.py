"""The theme: chosen, remembered, and legible in light and dark."""

import pytest
from PySide6.QtGui import QPalette

from acseg_desktop.appearance.theme import DARK, LIGHT, make_style_sheet
from acseg_desktop.preferences import Preferences


def test_theme_is_chosen_and_remembered(hands, qapp):
    hands.window.commands.settings.choose_theme("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert Preferences().theme == "dark"
    hands.window.commands.settings.choose_theme("light")
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.window


def luminance(color):
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tones", [LIGHT, DARK])
def test_texts_are_legible(tones):
    for ink in (tones.text, tones.muted, tones.danger, tones.good, tones.warning):
        for paper in (tones.window, tones.panel, tones.raised):
            assert contrast(ink, paper) >= 4.5, (ink, paper)
    assert contrast(tones.accent_text, tones.accent) >= 4.5
    assert contrast(tones.text, tones.accent_soft) >= 4.5
    assert contrast(tones.text, tones.warning_soft) >= 4.5
    assert "@" not in make_style_sheet(tones)
