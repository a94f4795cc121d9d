"""The Tools menu: which tools of the canvas there are, and what can be done while one is in use."""

from __future__ import annotations

from functools import partial

from acseg_desktop.actions.need import Need
from acseg_desktop.actions.spec import TOOLS as MENU
from acseg_desktop.actions.spec import ActionSpec
from acseg_desktop.canvas.tools.brush import BrushTool
from acseg_desktop.canvas.tools.clicks import ClicksTool
from acseg_desktop.canvas.tools.eraser import EraserTool
from acseg_desktop.canvas.tools.line import LineTool
from acseg_desktop.canvas.tools.polygon import PolygonTool
from acseg_desktop.canvas.tools.select import SelectTool
from acseg_desktop.canvas.tools.tool import Tool
from acseg_desktop.commands.commands import Commands

TOOLS: tuple[type[Tool], ...] = (SelectTool, BrushTool, EraserTool, PolygonTool, LineTool, ClicksTool)
"""Tools in the order of the menu and the tool bar. A tool that is added here has its action, its key and its button."""


def action_of(tool: type[Tool]) -> ActionSpec[Commands]:
    """The action that chooses a tool."""
    spec = tool.spec
    return ActionSpec(
        spec.id,
        spec.title,
        MENU,
        lambda commands: partial(commands.tools.use, spec.id),
        spec.keys,
        spec.icon,
        needs=spec.needs,
        checkable=True,
        separated=spec.separated,
        tip=spec.tip,
    )


ACTIONS: tuple[ActionSpec[Commands], ...] = (
    *map(action_of, TOOLS),
    ActionSpec(
        "tool.smaller",
        "S&maller brush",
        MENU,
        lambda commands: commands.tools.smaller,
        ("[",),
        needs=Need.BRUSH | Need.IMAGE,
        separated=True,
    ),
    ActionSpec(
        "tool.larger",
        "Lar&ger brush",
        MENU,
        lambda commands: commands.tools.larger,
        ("]",),
        needs=Need.IMAGE | Need.TOOL | Need.BRUSH,
    ),
    ActionSpec(
        "tool.finish",
        "&Finish drawing",
        MENU,
        lambda commands: commands.tools.finish,
        ("Return", "Enter"),
        needs=Need.IMAGE | Need.TOOL | Need.DRAWING,
        separated=True,
    ),
    ActionSpec(
        "tool.step_back",
        "&Remove last point",
        MENU,
        lambda commands: commands.tools.step_back,
        ("Backspace",),
        needs=Need.IMAGE | Need.TOOL | Need.GATHERING,
    ),
    ActionSpec(
        "tool.cancel", "C&ancel", MENU, lambda commands: commands.tools.cancel, ("Esc",), needs=Need.TOOL | Need.IMAGE
    ),
    ActionSpec(
        "training.train",
        "&Train on my images…",
        MENU,
        lambda commands: commands.training.choose,
        ("Ctrl+T",),
        "school-outline",
        needs=Need.EDIT | Need.NO_PROPOSING,
        separated=True,
        tip="Train a model on the images of this project, without labels",
    ),
    ActionSpec(
        "view.models",
        "M&odels",
        MENU,
        lambda commands: commands.models.toggle,
        ("Ctrl+Shift+M",),
        "cube-outline",
        needs=Need.PROJECT,
        tip="Models of this project: which made what, and which is in use",
    ),
)
