"""Commands of the canvas's tools: which is in use, and what becomes of what was drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from acseg_core.errors import EditError
from acseg_core.store.edits.labels import NewLabel
from acseg_core.types import ImageRecord, OpChanges
from acseg_desktop.actions.need import Need
from acseg_desktop.canvas.preview import Preview
from acseg_desktop.canvas.raster import Point
from acseg_desktop.canvas.tools.brush import BrushSize, BrushTool
from acseg_desktop.canvas.tools.clicks import ClicksTool
from acseg_desktop.canvas.tools.tool import Target, Tool
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.division import Division
from acseg_desktop.commands.faults import sentence
from acseg_desktop.jobs import Job
from acseg_desktop.language.words import Words
from acseg_desktop.operations import review, strokes
from acseg_desktop.panels.tool_options import ToolOptions, ToolState

tr = Words("Tools")

_DEFAULT_BRUSH = 24


class ToolCommands(QObject):
    """The tools of one window.

    Signals:
        described(str): The tool in use in words, with its live keys; "" for the usual one.
        state_changed(ToolState | None): Where the tool in use draws to and how large its brush is; None if it does not.
    """

    described = Signal(str)
    state_changed = Signal(object)

    def __init__(self, context: CommandContext, kinds: Sequence[type[Tool]]) -> None:
        """Make one tool of each of the ``kinds``; the canvas has made the one that selects."""
        super().__init__(context.window)
        self._context = context
        self._image_id: int | None = None
        self._naming: _Naming | None = None
        canvas = context.canvas
        self._size = BrushSize(context.preferences.number("brush", _DEFAULT_BRUSH))
        self._tools: Mapping[str, Tool] = {
            kind.spec.id: canvas.select_tool if isinstance(canvas.select_tool, kind) else kind(canvas, parent=canvas)
            for kind in kinds
        }
        for tool in self._tools.values():
            self._connect(tool)
        canvas.tool_changed.connect(self._on_tool)
        canvas.selection_changed.connect(self._describe)
        context.drawing.changed.connect(self._on_drawing_label)
        context.session.changed.connect(self._on_drawing_label)
        context.session.closing.connect(self._on_closing)
        context.viewer.image_shown.connect(self._on_image)
        context.viewer.regions_shown.connect(self._describe)

    def take(self, options: ToolOptions) -> None:
        """Show in the bar above the photo what tools are set to, and do what is set there."""
        canvas = self._context.canvas
        canvas.reserve_above(options.minimumHeight())
        self.state_changed.connect(lambda state: canvas.reserve_above(options.minimumHeight() if state is None else 0))
        self.state_changed.connect(options.show_state)
        options.size_chosen.connect(self.set_size)
        options.done.connect(self._context.canvas.setFocus)

    def _connect(self, tool: Tool) -> None:
        tool.obstacle = self._obstacle
        tool.refused.connect(self._context.say)
        tool.changed.connect(self._on_changed)
        tool.drawn.connect(self._save)
        tool.line_drawn.connect(self._split_line)
        if isinstance(tool, BrushTool):
            tool.size = self._size
            tool.size_changed.connect(self._on_size)
        if isinstance(tool, ClicksTool):
            self._division = Division(self._context, tool, self._keep_thing)
            tool.asked.connect(self._on_clicks)

    # Which tool is in use

    @property
    def facts(self) -> dict[Need, bool]:
        """What is so, for the actions."""
        tool = self._context.canvas.tool
        return {
            Need.TOOL: tool is not self._context.canvas.select_tool,
            Need.BRUSH: isinstance(tool, BrushTool),
            Need.GATHERING: tool.gathers,
            Need.DRAWING: tool.gathers and (tool.is_drawing or tool.keeps_enter),
        }

    @property
    def action_id(self) -> str:
        """The action of the tool in use."""
        return self._context.canvas.tool.spec.id

    @property
    def checked(self) -> dict[str, bool]:
        """The actions that choose tools, and which of them is on."""
        return {action_id: tool is self._context.canvas.tool for action_id, tool in self._tools.items()}

    def use(self, tool_id: str) -> None:
        """Take the tool that an action is for."""
        canvas = self._context.canvas
        canvas.use(self._tools[tool_id])
        canvas.setFocus()
        self._context.refresh()  # a click on the button in use would switch it off

    def smaller(self) -> None:
        """Make the brush smaller."""
        self._resize_brush(-1)

    def larger(self) -> None:
        """Make the brush larger."""
        self._resize_brush(1)

    def set_size(self, diameter: int) -> None:
        """Give the brush a size, in image pixels."""
        tool = self._context.canvas.tool
        if isinstance(tool, BrushTool):
            tool.set_size(diameter)

    def finish(self) -> None:
        """Complete what is being drawn."""
        self._context.canvas.tool.finish()

    def step_back(self) -> None:
        """Take the last point back."""
        self._context.canvas.tool.step_back()

    def cancel(self) -> None:
        """Call off what is being drawn; else clear the selection, for a new region; else go back to selecting."""
        canvas = self._context.canvas
        if canvas.tool.is_drawing:
            canvas.tool.cancel()
        elif canvas.selection:
            canvas.select(())
        else:
            self.use(self._context.canvas.select_tool.spec.id)

    def _resize_brush(self, steps: float) -> None:
        tool = self._context.canvas.tool
        if isinstance(tool, BrushTool):
            tool.resize_brush(steps)

    def name_shown(self, label_id: int | None = None) -> bool:
        """Keep the object that clicks show, and give it a label, or ask for its name if there is none.

        The palette opens at once, so that what is typed goes on into it; the region is made meanwhile.

        Returns:
            Whether there are clicks; if not, names are for the selection.
        """
        context, tool = self._context, self._context.canvas.tool
        if not isinstance(tool, ClicksTool) or not tool.is_drawing or not context.session.can_edit:
            return False
        if not tool.this:
            context.search.refuse(tr("Click the object first"))
            return True
        self._naming = naming = _Naming(self._give)
        if label_id is None:
            self._ask(naming.choose)
        else:
            naming.choose(label_id)
        tool.finish()
        return True

    # What the user sees of it

    def _obstacle(self) -> str:
        context = self._context
        if not context.session.can_edit:
            return tr("The project is open read-only")
        return "" if context.viewer.is_settled else tr("The image is still loading")

    def _describe(self) -> None:
        canvas, tool = self._context.canvas, self._context.canvas.tool
        target = self._target()
        if tool.target != target:
            for each in self._tools.values():
                each.target = target
            canvas.update()
        diameter = tool.diameter if isinstance(tool, BrushTool) else None
        draws = tool.makes_regions or diameter is not None
        self.state_changed.emit(ToolState(tool.spec.name, target, diameter) if draws else None)
        if tool is canvas.select_tool:
            self.described.emit("")
            return
        words = [tool.spec.name, *filter(None, (tool.details,))]
        if tool.makes_regions and not canvas.selection:
            label = self._context.session.labels.get(self._context.drawing.label_id or 0)
            words.append(tr("new region: {label}").format(label=label.name if label else tr("unnamed")))
        self.described.emit(" · ".join([*words, tool.hint]))

    def _target(self) -> Target:
        """Where the tool in use draws to."""
        context, selection = self._context, self._context.canvas.selection
        tool = context.canvas.tool
        erases = isinstance(tool, BrushTool) and tool.erases
        if len(selection) > 1:
            return Target()
        if not selection:
            label = context.session.labels.get(context.drawing.label_id or 0)
            if erases:
                return Target("", "", tr("erases from the region under the brush"))
            if label is not None:
                return Target(label.name, label.color, tr("new region: {label}").format(label=label.name))
            word = tr("asks for its name") if tool.asks_name else tr("unnamed")
            return Target(tr("new"), "", tr("new region: {label}").format(label=word))
        region = context.viewer.region(next(iter(selection)))
        label = context.session.labels.get(region.label_id or 0) if region is not None else None
        name = label.name if label is not None else tr("unnamed")
        into = tr("erases from the selected region: {label}") if erases else tr("into the selected region: {label}")
        return Target(name, label.color if label is not None else "", into.format(label=name))

    def _on_tool(self) -> None:
        self._context.drawing.is_active = self._context.canvas.tool.makes_regions
        self._on_changed()

    def _on_changed(self) -> None:
        self._describe()
        self._context.refresh()

    def _on_size(self, diameter: int) -> None:
        self._context.preferences.store("brush", diameter)
        self._describe()

    def _on_drawing_label(self) -> None:
        """The label of new regions may be another one, have another name, or be gone."""
        label = self._context.session.labels.get(self._context.drawing.label_id or 0)
        for tool in self._tools.values():
            tool.label_id, tool.label_color = (label.id, label.color) if label else (None, "")
        self._describe()

    def _on_closing(self) -> None:
        self._context.drawing.label_id = None
        self.use(self._context.canvas.select_tool.spec.id)

    def _on_image(self, record: ImageRecord) -> None:
        if record.id != self._image_id:
            self._image_id = record.id
            for tool in self._tools.values():
                tool.forget_place()
        if not self._context.session.can_edit:
            self.use(self._context.canvas.select_tool.spec.id)

    # What becomes of what was drawn

    def _save(self, preview: Preview) -> None:
        image_id = self._context.viewer.image_id
        if image_id is None or not self._context.session.can_edit:
            self._context.canvas.drop_preview(preview)
            return
        asks = preview.is_new and preview.label_id is None and self._context.canvas.tool.asks_name
        job = strokes.save(self._context.session, image_id, preview)
        job.succeeded.connect(lambda outcome: self._on_saved(preview, outcome))
        if asks:
            job.succeeded.connect(lambda outcome: self._ask_name(outcome[0]))
        job.failed.connect(lambda _error: self._context.canvas.drop_preview(preview))

    def _on_saved(self, preview: Preview, outcome: tuple[int | None, OpChanges, Any]) -> None:
        """The viewer has heard of it by now, and reads what the project made of it."""
        made, changes, _ = outcome
        preview.is_stored, preview.stored_id = True, made
        if not changes.verb:  # nothing changed, so nothing is read
            self._context.canvas.drop_preview(preview)

    def _ask_name(self, region_id: int | None) -> None:
        """Open the palette for a region that was just drawn, unless something else is done by now."""
        context = self._context
        if region_id is None or context.canvas.tool.is_drawing or not context.session.can_edit:
            return

        self._ask(lambda label: self._give(region_id, label))

    def _ask(self, take: Callable[[int | NewLabel], None]) -> None:
        labels = tuple(self._context.session.labels.values())
        self._context.search.open(labels, count=1, prompt=tr("Name the new region…"), take=take)

    def _give(self, region_id: int, label: int | NewLabel) -> None:
        session = self._context.session
        if not session.can_edit:
            return
        if isinstance(label, NewLabel):
            review.name_regions_as(session, [region_id], label.name, is_thing=label.is_thing)
        else:
            review.name_regions(session, [region_id], label)

    def _keep_thing(self, job: Job) -> None:
        """Select what clicks cut out, and ask for its name, unless that is known or being asked for already."""
        naming, self._naming = self._naming, None
        self._select_parts(job)
        job.succeeded.connect(lambda outcome: (naming.made if naming else self._ask_name)(outcome[0]))

    def _on_clicks(self, *_: object) -> None:
        """Others than those that were to be named: nothing was made of these."""
        self._naming = None

    def _split_line(self, region_id: int, points: list[Point]) -> None:
        if self._context.session.can_edit:
            self._select_parts(strokes.split_line(self._context.session, region_id, points))

    def _select_parts(self, job: Job) -> None:
        """Select what a region was split into; say why it was not."""
        context, image_id = self._context, self._context.viewer.image_id

        def select(outcome: tuple[Any, OpChanges, Any]) -> None:
            if image_id is not None and context.viewer.image_id == image_id and context.session.is_open:
                context.viewer.show(image_id, select=outcome[1].region_ids or None)

        job.on_error(
            lambda error: (
                context.say(sentence(error)) if isinstance(error, EditError) else context.jobs.failed.emit(error)
            )
        )
        job.succeeded.connect(select)


class _Naming:
    """A region that is being made, and the label that is being chosen for it; whichever comes first waits."""

    def __init__(self, give: Callable[[int, int | NewLabel], None]) -> None:
        self._give = give
        self._region_id: int | None = None
        self._label: int | NewLabel | None = None

    def choose(self, label: int | NewLabel) -> None:
        self._label = label
        self._join()

    def made(self, region_id: int | None) -> None:
        self._region_id = region_id
        self._join()

    def _join(self) -> None:
        if self._region_id is not None and self._label is not None:
            self._give(self._region_id, self._label)
