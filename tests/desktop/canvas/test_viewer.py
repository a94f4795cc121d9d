"""The image that is shown, its regions and its selection follow what is done, and nothing that came too late.

Covers: commands.image_panels.
"""

from desktop.commands.reviewing import regions
from PySide6.QtCore import Qt

from acseg_core.store import queries
from acseg_core.types import ImageStatus

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_opening_shows_first_image_and_its_regions(desk):
    window = desk.window
    assert window.viewer.record.path == "a1.png"
    assert len(window.viewer.regions) == 4
    assert window.regions.model.rowCount() == 4
    assert window.images.rowCount() == 4
    assert window.header.name.text() == "a1.png"
    assert window.status.position.text() == "1 / 4"
    assert window.status.size_text.text() == "96 × 64"


def test_a_selection_made_while_an_edit_is_on_its_way_stays(desk):
    desk.click_region(10, 10)
    desk.press(Qt.Key.Key_Delete)
    desk.click_region(80, 10)
    chosen = desk.window.canvas.selection
    desk.rest()
    assert desk.window.canvas.selection == chosen
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.rest()
    assert desk.window.canvas.selection == {regions(desk)[0].id}, "undo shows what it changed"


def test_an_image_not_yet_on_the_canvas_cannot_be_accepted(desk):
    desk.press(Qt.Key.Key_D)
    desk.press(Qt.Key.Key_Return)
    desk.rest()
    project = desk.window.session.project
    assert [record.status for record in queries.images(project)[:2]] == [ImageStatus.PROPOSED] * 2
