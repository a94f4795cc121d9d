"""Commands of the statistics: shown and put away by their key, and the numbers shown are those that are saved.

Covers: panels.statistics_panel.
"""

import csv

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from acseg_core.store import open_project, queries
from acseg_core.store.edits import review

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_what_is_shown_is_what_is_saved(hands, project_folder, tmp_path):
    with open_project(project_folder) as project:
        review.name_regions_as(project, [queries.regions(project, 1)[0].id], "sky")
    hands.open(project_folder)
    window = hands.window
    panel, commands = window.statistics_panel, window.commands.statistics
    hands.press(Qt.Key.Key_S, CTRL | SHIFT)
    hands.wait(lambda: panel.isVisible() and panel.statistics is not None)
    hands.rest()
    commands.save_table_to(tmp_path / "numbers.csv")
    commands.save_picture_to(tmp_path / "numbers.png")
    hands.rest()
    with (tmp_path / "numbers.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows if row["group"] == "label"][:1] == ["sky"]
    picture = QImage(str(tmp_path / "numbers.png"))
    assert picture.width() >= 2 * panel.notes.width()
    hands.press(Qt.Key.Key_S, CTRL | SHIFT)
    assert not panel.isVisible()
    assert window.canvas.hasFocus()


def test_without_numbers_nothing_is_saved(hands, tmp_path):
    hands.window.commands.statistics.save_table_to(tmp_path / "numbers.csv")
    hands.rest()
    assert not (tmp_path / "numbers.csv").exists()
