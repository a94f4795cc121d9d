"""Starting: fast, without torch; the start page; what is remembered."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QPalette

from acseg_desktop.appearance.theme import DARK, LIGHT, make_style_sheet
from acseg_desktop.dialogs.new_project import NewProjectForm
from acseg_desktop.panels.fuzzy import is_meant, rank
from acseg_desktop.preferences import Preferences
from acseg_desktop.watchdog import Watchdog

PROBE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from acseg_desktop import app
application = app.make_application()
QTimer.singleShot(300, QApplication.closeAllWindows)
code = app.run(None)
heavy = [name for name in ("torch", "timm", "torchvision", "sklearn", "pandas") if name in sys.modules]
print("HEAVY", heavy)
sys.exit(code)
"""


def test_empty_window_loads_nothing_heavy():
    outcome = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROBE],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    assert "HEAVY []" in outcome.stdout
    complaints = [line for line in outcome.stderr.splitlines() if "propagateSizeHints" not in line]
    assert complaints == []


def test_start_page_has_ways_to_begin(hands):
    start = hands.window.start
    assert start.isVisible()
    hands.click(start.new_button)
    hands.dialog(NewProjectForm).reject()
    assert not hands.window.actions_["project.export"].isEnabled()
    assert not hands.window.tools.isVisible()


def test_recent_projects_are_offered(hands, make_window, project_folder):
    hands.open(project_folder)
    hands.close()
    again = make_window()
    buttons = again.window.start._recent_buttons
    assert [button.toolTip() for button in buttons] == [str(project_folder)]
    again.click(buttons[0])
    again.wait(lambda: again.window.viewer.record is not None)
    again.rest()
    assert again.window.images.rowCount() == 4


def drop(widget, folder):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    widget.dropEvent(event)


def test_dropped_folder_becomes_a_project(hands, photos):
    drop(hands.window.start, photos)
    form = hands.dialog(NewProjectForm)
    hands.wait(form.confirm.isEnabled)
    hands.click(form.confirm)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    assert hands.window.images.rowCount() == 4


def test_dropped_project_is_opened(hands, project_folder):
    drop(hands.window, project_folder)
    hands.wait(lambda: hands.window.session.is_open)
    hands.rest()


def test_closing_a_project_shows_the_start_page(hands, project_folder):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    hands.wait(hands.window.start.isVisible)
    hands.rest()
    assert not hands.window.session.is_open
    assert hands.window.images.rowCount() == 0
    hands.open(project_folder)


def test_opening_another_project_closes_the_first(hands, project_folder, many_images):
    hands.open(project_folder)
    hands.window.open(many_images)
    hands.wait(lambda: hands.window.images.rowCount() == 24)
    hands.rest()
    assert hands.window.session.project.folder == many_images
    assert hands.window.viewer.record.path == "0.png"
    hands.window.open(project_folder)
    hands.window.open(many_images)
    hands.wait(lambda: hands.window.images.rowCount() == 24)
    hands.rest()
    assert hands.window.session.project.folder == many_images


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


def test_fuzzy_search_ranks():
    from acseg_core.types import Label

    labels = [Label(i, name, "#000000") for i, name in enumerate(("traffic light", "tree", "light", "street", "Car"))]
    assert [label.name for label in rank("light", labels)] == ["light", "traffic light"]
    assert [label.name for label in rank("tr", labels)][:2] == ["tree", "traffic light"]
    assert [label.name for label in rank("tl", labels)] == ["traffic light"]
    assert [label.name for label in rank("car", labels)] == ["Car"]
    assert rank("xyz", labels) == []
    assert is_meant("tl", "traffic light")
    assert is_meant("LIGHT", "traffic light")
    assert not is_meant("tail", "traffic light")


def test_fuzzy_search_takes_an_accent_as_a_letter_or_as_a_mark():
    """File names and lists from a Mac have marks, its keyboard types letters."""
    from acseg_core.types import Label

    label = Label(1, "cafe\u0301", "#000000")
    assert rank("Caf\u00e9", [label]) == [label]


def test_watchdog_logs_a_stall(qtbot, caplog):
    import time

    watchdog = Watchdog(limit=0.1)
    qtbot.wait(120)
    time.sleep(0.5)
    qtbot.wait(120)
    watchdog.stop()
    assert "did not answer" in caplog.text
    assert "test_watchdog_logs_a_stall" in caplog.text


def test_sample_photos_become_a_project(hands):
    hands.click(hands.window.start.sample_button)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    assert hands.window.images.rowCount() >= 4
    assert hands.window.banners.hint.isVisible()
    folder = hands.window.session.project.folder
    hands.window.session.close()
    hands.wait(hands.window.start.isVisible)
    hands.click(hands.window.start.sample_button)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    assert hands.window.session.project.folder == folder


def test_the_layout_inside_the_concept_browser_is_not_remembered(make_window, tree_project):
    hands = make_window()
    hands.open(tree_project)
    hands.press(Qt.Key.Key_G)
    hands.rest()
    assert hands.window.commands.clusters.is_open
    hands.close()
    assert Preferences().blob("state").isEmpty()
