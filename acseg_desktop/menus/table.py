"""The table of all actions, put together from one module a menu; menus, tool bar and shortcuts are made from it.

The keys are those an action has until the user chooses others (`actions.keymap`).
"""

from __future__ import annotations

from acseg_desktop.actions.spec import ActionSpec
from acseg_desktop.commands.commands import Commands
from acseg_desktop.menus import clusters, digits, edit, file, image, region, tools, view
from acseg_desktop.menus import help as help_menu

# Of several actions on one key the first that makes sense counts: keys of what is being drawn come first.
ACTIONS: tuple[ActionSpec[Commands], ...] = (
    *tools.ACTIONS,
    *file.ACTIONS,
    *edit.ACTIONS,
    *image.ACTIONS,
    *region.ACTIONS,
    *clusters.ACTIONS,
    *view.ACTIONS,
    *help_menu.ACTIONS,
    *digits.ACTIONS,
)

REPEATING = frozenset(
    {"image.next", "image.previous", "view.zoom_in", "view.zoom_out", "tool.smaller", "tool.larger", "tool.step_back"}
)
"""Actions that go on while their key is held down."""
