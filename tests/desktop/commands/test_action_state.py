"""Which needs of actions are met: by an open project, an image, a selection, the concept browser."""

import pytest
from PySide6.QtCore import Qt

from acseg_desktop.actions.need import Need
from acseg_desktop.commands.action_state import met_needs

CONTROL = Qt.KeyboardModifier.ControlModifier
OF_IMAGE = Need.IMAGE | Need.REGIONS | Need.SELECTION | Need.ONE | Need.SEVERAL | Need.TREE | Need.SUGGESTED


@pytest.fixture
def met(hands):
    return lambda: met_needs(hands.window.context, hands.window.commands)


def test_without_a_project_nothing_is_there(met):
    assert met() == Need.NO_PROPOSING


def test_a_selection_of_one_and_of_several(hands, met, tree_project):
    hands.open(tree_project)
    usual = Need.EDIT_TREE | Need.REGIONS | Need.NO_PROPOSING | Need.UNDO  # of the proposals
    assert met() == usual
    regions = [region.id for region in hands.window.viewer.regions]
    hands.window.canvas.select(regions[:1])
    assert met() == usual | Need.SELECTION | Need.ONE
    hands.window.canvas.select(regions[:2])
    assert met() == usual | Need.SELECTION | Need.SEVERAL
    hands.press(Qt.Key.Key_M)
    hands.rest()
    assert Need.REDO not in met()
    hands.press(Qt.Key.Key_Z, CONTROL)
    hands.rest()
    assert Need.REDO in met()


def test_in_the_browser_nothing_of_the_image_counts(hands, met, project_folder):
    hands.open(project_folder)
    hands.window.canvas.select_all()
    hands.press(Qt.Key.Key_G)
    hands.rest()
    assert Need.IN_BROWSER in met()
    assert not met() & OF_IMAGE


def test_a_tool_in_use(hands, met, project_folder):
    hands.open(project_folder)
    hands.press(Qt.Key.Key_B)
    assert Need.TOOL | Need.BRUSH in met()
    assert Need.DRAWING not in met()
    hands.press(Qt.Key.Key_P)
    assert Need.TOOL | Need.GATHERING in met()
    assert Need.DRAWING not in met(), "Enter accepts the image as long as nothing is drawn"
    assert Need.BRUSH not in met()
