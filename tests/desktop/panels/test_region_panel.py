"""The list of regions: its selection and the canvas's are one."""

import pytest
from desktop.commands.reviewing import regions
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem

from acseg_core.store.edits import review, suggestions
from acseg_core.store.edits.labels import create_label
from acseg_core.types import OpChanges
from acseg_desktop.language import words


def test_click_selects_and_list_follows(desk):
    desk.click_region(10, 10)
    (selected,) = desk.window.canvas.selection
    largest = regions(desk)[0]
    assert selected == largest.id
    rows = desk.window.regions.view.selectionModel().selectedIndexes()
    assert [index.row() for index in rows] == [0]


def test_list_selects_and_canvas_follows(desk):
    view = desk.window.regions.view
    index = desk.window.regions.model.index(2)
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    assert desk.window.canvas.selection == {regions(desk)[2].id}


@pytest.mark.parametrize("language", ["en", "de"])
def test_names_are_whole_in_a_narrow_panel(desk, qapp, language):
    """On the code of before the status took the room of the name: it was cut to a few letters."""
    words.use(qapp, language)
    try:
        project = desk.window.session.project
        label, _ = create_label(project, "traffic light pole")
        ids = [region.id for region in regions(desk)]
        review.name_regions(project, ids[:1], label.id)
        suggestions.save_suggestions(project, ids[1:2], [label.id], [0.87])
        desk.window.viewer.reload()
        desk.window.session.note_changes(project, OpChanges(images=True, labels=True))
        desk.rest()
        panel = desk.window.regions
        panel.setFixedWidth(260)
        desk.rest()
        drawn = []
        delegate = panel.view.itemDelegate()
        for row in range(2):
            painted = Recorder(panel.view.viewport().width())
            delegate.paint(painted, option_of(panel.view, row), panel.model.index(row))
            painted.end()
            drawn.append(painted.texts)
        assert "traffic light pole" in drawn[0]
        assert "traffic light pole?" in drawn[1]
        assert {"87%", "87 %"} & set(drawn[1]), "how sure it is stays, in short"
    finally:
        words.use(qapp, "en")


class Recorder(QPainter):
    """Notes the texts that are drawn."""

    def __init__(self, width):
        self.pixmap = QPixmap(width, 40)
        super().__init__(self.pixmap)
        self.texts = []

    def drawText(self, *arguments):  # noqa: N802
        self.texts.append(arguments[-1])


def option_of(view, row):
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, view.visualRect(view.model().index(row)).width(), 28)
    return option
