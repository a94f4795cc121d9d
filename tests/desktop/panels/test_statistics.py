"""Statistics: right numbers, fresh while seen, saved as table and picture; notes kept."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QFileDialog, QToolTip

from acseg_core.store import open_project, queries
from acseg_core.store.edits import review
from acseg_core.store.edits.labels import create_label
from acseg_core.store.edits.notes import read_notes
from acseg_core.store.upkeep import timings
from acseg_core.store.upkeep.timings import Activity, WorkSpan
from acseg_desktop.panels.plots import BarRows, Columns, Mark, SplitBar
from acseg_desktop.panels.statistics import read_statistics, write_csv

NONE, CTRL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NOW = datetime.now(UTC)


@pytest.fixture
def worked_project(project_folder):
    """Two labels, one image done, work on two days."""
    with open_project(project_folder) as project:
        first, second = queries.image_ids(project)[:2]
        regions = queries.regions(project, first)
        review.name_regions_as(project, [regions[0].id, regions[1].id], "sky")
        review.name_regions_as(project, [regions[2].id], "car")
        review.accept_image(project, first)
        timings.record_work(
            project,
            [
                WorkSpan(first, Activity.REVIEW, NOW, 120, 6),
                WorkSpan(second, Activity.REVIEW, NOW - timedelta(days=3), 30, 2),
                WorkSpan(None, Activity.BROWSE, NOW, 60, 1),
            ],
        )
    return project_folder


def show(hands):
    hands.press(Qt.Key.Key_S, CTRL | SHIFT)
    panel = hands.window.statistics_panel
    hands.wait(lambda: panel.isVisible() and panel.statistics is not None)
    hands.rest()
    return panel


def values(plot):
    return {mark.name: mark.value for mark in plot.marks}


def test_the_numbers_are_those_of_the_project(hands, worked_project):
    hands.open(worked_project)
    panel = show(hands)
    assert values(panel.progress) == {"Done": 1, "In review": 0, "Proposed": 1, "New": 2}
    assert panel.done.text() == "25% done"
    assert values(panel.labels) == {"sky": 2, "car": 1}
    panel.measure.setCurrentIndex(2)
    pixels = {label.name: usage.pixels for label, usage in panel.statistics.labels}
    assert values(panel.labels) == pixels
    assert sum(pixels.values()) > 3000
    assert [mark.value for mark in panel.days.marks] == [30, 0, 0, 120], "days without work have their place"
    assert panel.days.marks[-1].second == 60
    assert [mark.value for mark in panel.day_actions.marks] == [2, 0, 0, 7]
    assert values(panel.images) == {"a1.png": 120, "a2.png": 30}
    assert panel.pace.text() == "17.1 images per hour"
    assert "2 min and 6 actions on each done image" in panel.pace_details.text()
    assert "3 images left: about 10 min" in panel.pace_details.text()
    assert "sky" in panel.labels.accessibleDescription()


def test_they_follow_edits_while_they_are_seen_and_rest_otherwise(hands, worked_project, monkeypatch):
    hands.open(worked_project)
    readings = []
    monkeypatch.setattr(
        "acseg_desktop.commands.statistics.read_statistics",
        lambda project: readings.append(1) or read_statistics(project),
    )
    hands.press(Qt.Key.Key_D)
    hands.rest()
    hands.press(Qt.Key.Key_A, CTRL)
    hands.press(Qt.Key.Key_1)
    hands.rest()
    assert not readings, "nobody looks"
    panel = show(hands)
    assert values(panel.labels)["sky"] == 6
    hands.window.canvas.setFocus()
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert values(panel.labels)["sky"] == 2
    hands.press(Qt.Key.Key_S, CTRL | SHIFT)
    assert not panel.isVisible()
    assert hands.window.canvas.hasFocus()


def test_an_image_of_the_list_is_gone_to_by_mouse_and_by_key(hands, worked_project):
    hands.open(worked_project)
    panel = show(hands)
    panel.area.ensureWidgetVisible(panel.images)
    row = panel.images.sizeHint().height() // 2
    hands.qtbot.mouseDClick(panel.images, Qt.MouseButton.LeftButton, pos=QPoint(20, row + row // 2))
    hands.rest()
    assert hands.window.viewer.record.path == "a2.png"
    panel.images.setFocus()
    hands.press(Qt.Key.Key_Up)
    hands.press(Qt.Key.Key_Space)
    hands.rest()
    assert hands.window.viewer.record.path == "a1.png"


def test_the_table_is_complete_and_readable(worked_project, tmp_path):
    out = tmp_path / "statistics.csv"
    with open_project(worked_project) as project:
        write_csv(read_statistics(project), out)
    with out.open(newline="", encoding="utf-8") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file)]
    assert ("project", "Test", "images", "4") in rows
    assert ("images_by_status", "done", "images", "1") in rows
    assert ("label", "sky", "regions", "2") in rows
    assert ("image", "a1.png", "seconds", "120.0") in rows
    assert ("day", f"{(NOW - timedelta(days=3)).astimezone():%Y-%m-%d}", "review_seconds", "30.0") in rows
    assert len(rows) == len({row[:3] for row in rows}), "every number is there once"


def test_a_spreadsheet_runs_no_name(worked_project, tmp_path):
    """What a label or a file is called may come from somebody else: "=HYPERLINK(...)" would be run where it is read."""
    names = ["=1+1", "+1", "-1", "@sum", " =1", "＝1", "'quoted", "a=b", "5 - 3"]
    with open_project(worked_project) as project:
        for name in names:
            create_label(project, name)
        write_csv(read_statistics(project), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as file:
        shown = {row["name"] for row in csv.DictReader(file) if row["group"] == "label"}
    assert {"'=1+1", "'+1", "'-1", "'@sum", "'=1", "'＝1", "'quoted", "a=b", "5 - 3"} <= shown
    assert not shown & {"=1+1", "+1", "-1", "@sum", "=1", "＝1"}


def test_table_and_picture_are_saved_from_the_panel(hands, worked_project, tmp_path):
    hands.open(worked_project)
    panel = show(hands)
    hands.click(panel.table)
    dialog = hands.dialog(QFileDialog)
    dialog.reject()
    hands.window.commands.statistics.save_table_to(tmp_path / "out.csv")
    hands.window.commands.statistics.save_picture_to(tmp_path / "out.png")
    hands.rest()
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").startswith("group,name,measure,value")
    picture = QImage(str(tmp_path / "out.png"))
    assert picture.width() == 2 * panel.cards.width()
    assert picture.height() == 2 * panel.cards.height()
    colors = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 7) for y in range(0, 900, 7)}
    assert len(colors) > 5


def test_a_place_that_cannot_be_written_is_told(hands, worked_project, tmp_path):
    from acseg_desktop.dialogs.message import Message

    hands.open(worked_project)
    show(hands)
    hands.window.commands.statistics.save_table_to(tmp_path / "nowhere" / "out.csv")
    message = hands.dialog(Message)
    assert message.windowTitle() == "Cannot read or write"
    message.reject()


def test_an_empty_project_says_so(hands, many_images):
    hands.open(many_images)
    panel = show(hands)
    assert panel.no_labels.isVisible()
    assert not panel.labels.isVisible()
    assert panel.pace.text() == "–"
    assert panel.days.marks == ()


def test_notes_are_saved_while_one_types_and_when_the_window_closes(hands, make_window, worked_project):
    hands.open(worked_project)
    panel = show(hands)
    panel.notes.setFocus()
    hands.type("d is for dogs")
    hands.wait(lambda: panel.notes_state.text() == "saved")
    assert read_notes(hands.window.session.project) == "d is for dogs"
    assert hands.window.viewer.record.path == "a1.png", "d stayed in the notes"
    before = hands.window.session.history.undo
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.rest()
    assert hands.window.session.history.undo == before, "undo in the notes is the notes'"
    panel.notes.setPlainText("last words")
    hands.close()
    again = make_window()
    again.open(worked_project)
    assert again.window.statistics_panel.notes.toPlainText() == "last words"


def test_notes_are_saved_when_another_project_is_opened(hands, worked_project, many_images):
    hands.open(worked_project)
    panel = show(hands)
    panel.notes.setPlainText("of the first")
    hands.window.open(many_images)
    hands.wait(lambda: hands.window.images.rowCount() == 24)
    hands.rest()
    assert panel.notes.toPlainText() == ""
    with open_project(worked_project, read_only=True) as project:
        assert read_notes(project) == "of the first"


def test_notes_of_a_read_only_project_cannot_be_edited(hands, worked_project):
    hands.window.session.open(worked_project, read_only=True)
    hands.wait(lambda: hands.window.viewer.record is not None)
    hands.rest()
    assert hands.window.statistics_panel.notes.isReadOnly()


def rendered(widget, width, height):
    widget.resize(width, height)
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(0xFFFFFF)
    widget.render(picture, QPoint())
    return picture


def test_bars_are_as_long_as_their_values(qtbot):
    rows = BarRows("x")
    qtbot.addWidget(rows)
    rows.show_marks([Mark("a", 4, "4", "#ff0000"), Mark("b", 1, "1", "#ff0000"), Mark("c", 0, "0", "#ff0000")])
    height = rows.sizeHint().height()
    picture = rendered(rows, 400, height)
    lengths = [
        sum(picture.pixelColor(x, height * (2 * row + 1) // 6).name() == "#ff0000" for x in range(400))
        for row in range(3)
    ]
    assert lengths[0] > 200
    assert lengths[1] == pytest.approx(lengths[0] / 4, abs=3)
    assert lengths[2] == 0


def test_parts_of_the_split_bar_share_its_width(qtbot):
    bar = SplitBar("x")
    qtbot.addWidget(bar)
    bar.show_marks([Mark("a", 3, "3", "#ff0000"), Mark("b", 1, "1", "#0000ff"), Mark("c", 0, "0", "#00ff00")])
    picture = rendered(bar, 400, bar.sizeHint().height())
    row = [picture.pixelColor(x, 8).name() for x in range(400)]
    assert row.count("#ff0000") == pytest.approx(300, abs=6)
    assert row.count("#0000ff") == pytest.approx(100, abs=6)
    assert "#00ff00" not in row


def test_columns_stand_on_the_line_and_are_as_high_as_their_values(qtbot):
    columns = Columns("x")
    qtbot.addWidget(columns)
    columns.show_columns([Mark("a", 2, "2", "#ff0000"), Mark("b", 1, "1", "#ff0000")], top="2")
    height = columns.sizeHint().height()
    picture = rendered(columns, 300, height)
    reds = [sum(picture.pixelColor(x, y).name() == "#ff0000" for y in range(height)) for x in (75, 225)]
    assert reds[0] > 40
    assert reds[1] == pytest.approx(reds[0] / 2, abs=2)


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_plots_tell_values_under_the_cursor(qtbot):
    rows = BarRows("x")
    qtbot.addWidget(rows)
    rows.show_marks([Mark("a", 4, "four"), Mark("b", 1, "one")])
    rows.show()
    at = QPoint(10, rows.sizeHint().height() * 3 // 4)
    rows.event(QHelpEvent(QEvent.Type.ToolTip, at, rows.mapToGlobal(at)))
    assert QToolTip.text() == "b: one"
    QToolTip.hideText()
