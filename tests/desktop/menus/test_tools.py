"""Tools by the table: a tool that is added to it has its action, its key and its place, and draws into the project."""

import pytest
from PySide6.QtTest import QTest

from acseg_desktop.actions.need import Need
from acseg_desktop.canvas.preview import Preview, new_region_id
from acseg_desktop.canvas.raster import Stroke, capsule
from acseg_desktop.canvas.tools.tool import LEFT, Tool, ToolSpec
from acseg_desktop.commands.tools import ToolCommands
from acseg_desktop.menus import tools
from acseg_desktop.menus.table import ACTIONS
from acseg_desktop.menus.tool_bar import GROUPS


class StampTool(Tool):
    """A tool of this test: a click makes a round region."""

    spec = ToolSpec("tool.stamp", "Sta&mp", "stamper", ("K",), Need.EDIT_IMAGE, separated=True)
    makes_regions = True

    def press(self, event):
        if event.button() != LEFT or self._refuse():
            return False
        width, height = self.surface.picture_size
        point = self.surface.image_point(event.position())
        stroke = Stroke(width=width, height=height)
        stroke.add(capsule(point, point, 9, width=width, height=height))
        preview = Preview(new_region_id(), stroke, self.label_id)
        self.surface.begin_preview(preview)
        self.drawn.emit(preview)
        return True


@pytest.mark.parametrize("kind", [*tools.TOOLS, StampTool])
def test_the_action_of_a_tool_says_what_the_tool_says(kind):
    action = tools.action_of(kind)
    spec = kind.spec
    assert (action.id, action.text, action.icon, action.keys) == (spec.id, spec.title, spec.icon, spec.keys)
    assert action.needs == spec.needs
    assert action.checkable
    assert action.separated == spec.separated


def test_every_tool_has_an_action_and_a_button():
    ids = [kind.spec.id for kind in tools.TOOLS]
    assert len(ids) == len(set(ids))
    assert [spec.id for spec in ACTIONS][: len(ids)] == ids
    assert list(GROUPS[0]) == ids


def test_a_new_tool_needs_no_change_of_the_commands(hands, project_folder):
    hands.open(project_folder)
    window, canvas = hands.window, hands.window.canvas
    commands = ToolCommands(window.context, (*tools.TOOLS, StampTool))
    described = []
    commands.described.connect(described.append)
    tools.action_of(StampTool).handler(_With(commands))()
    assert canvas.tool.spec is StampTool.spec
    assert commands.checked["tool.stamp"]
    assert described[-1].startswith("Stamp · new region: unnamed")
    before = len(window.viewer.regions)
    QTest.mouseClick(canvas, LEFT, pos=canvas.widget_point(60, 40).toPoint())
    hands.rest()
    assert len(window.viewer.regions) == before + 1


class _With:
    def __init__(self, tools):
        self.tools = tools
