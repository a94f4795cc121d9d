"""The eraser tool: the brush turned round, which takes pixels from a region."""

from __future__ import annotations

from acseg_desktop.actions.need import Need
from acseg_desktop.canvas.tools.brush import BrushTool
from acseg_desktop.canvas.tools.tool import ToolSpec
from acseg_desktop.language.words import Words

tr = Words("Tools")


class EraserTool(BrushTool):
    """Takes pixels from the selected region, or from the one where a stroke begins, and gives them to its neighbours.

    Whose they become is the project's to say: until then they are shown bare.
    """

    spec = ToolSpec(
        "tool.eraser", "&Eraser", "eraser", ("E",), Need.EDIT_IMAGE, tip="Eraser: remove pixels from a region"
    )
    erases = True

    @property
    def hint(self) -> str:
        """The keys that are live."""
        return tr("[ ] size · Alt paints · Shift+click line")
