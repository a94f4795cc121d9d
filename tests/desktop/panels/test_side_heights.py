"""Labels and regions share the height as they need it, until somebody drags the border: in the real window."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from acseg_core.store.edits import labels
from acseg_core.types import OpChanges
from acseg_core.verbs import Verb
from acseg_desktop.panels.side_heights import shared


def rows_in_sight(view):
    return view.viewport().height() // view.sizeHintForRow(0)


def with_labels(hands, count):
    project = hands.window.session.project
    for number in range(count):
        labels.create_label(project, f"label {number}")
    hands.window.session.note_changes(project, OpChanges(Verb.CREATE_LABEL, labels=True))
    hands.rest()


def move(window, place):
    """Move the mouse with its left button held."""
    held, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    where = QPointF(window.mapToGlobal(place))
    kind, plain = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QMouseEvent(kind, QPointF(place), where, none, held, plain))


def test_all_twelve_labels_are_seen_where_there_is_room(hands, project_folder):
    """On the code of before seven were, beside a list of regions that was half empty."""
    hands.window.resize(1380, 860)
    hands.open(project_folder)
    docks = hands.window.docks
    hands.wait(lambda: docks.labels.height() < docks.regions.height(), timeout=5000)  # there are no labels yet
    with_labels(hands, 12)
    hands.wait(lambda: rows_in_sight(hands.window.labels.view) >= 12)
    assert rows_in_sight(hands.window.regions.view) >= 6


def test_what_somebody_drags_is_theirs_and_stays_so(hands, make_window, project_folder):
    hands.window.resize(1380, 860)
    hands.open(project_folder)
    docks = hands.window.docks
    border = QPoint(docks.labels.geometry().center().x(), docks.labels.geometry().bottom() + 2)
    before = docks.labels.height()
    hands.qtbot.mousePress(hands.window, Qt.MouseButton.LeftButton, pos=border)
    move(hands.window, border - QPoint(0, 60))
    hands.wait(lambda: docks.labels.height() != before)
    hands.qtbot.mouseRelease(hands.window, Qt.MouseButton.LeftButton, pos=border - QPoint(0, 60))
    hands.rest()
    height = docks.labels.height()
    assert height < before
    assert docks.heights.is_chosen
    with_labels(hands, 12)
    assert docks.labels.height() == height
    again = make_window()
    assert again.window.docks.heights.is_chosen


def test_a_click_on_the_border_chooses_nothing(hands, project_folder):
    hands.open(project_folder)
    docks = hands.window.docks
    border = QPoint(docks.labels.geometry().center().x(), docks.labels.geometry().bottom() + 2)
    hands.qtbot.mouseClick(hands.window, Qt.MouseButton.LeftButton, pos=border)
    assert not docks.heights.is_chosen


def test_neither_is_pressed_below_its_share():
    assert shared(800, 200, 300) == 350, "what is to spare is shared"
    assert shared(800, 900, 300) == 520
    assert shared(800, 500, 450) == 500
    assert shared(800, 10, 2000) == 280
