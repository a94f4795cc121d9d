"""Undo and redo, which show where something changed, with what was selected when it was done."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from acseg_core.types import OpChanges
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.jobs import Job
from acseg_desktop.language.verbs import verb_text, verb_title
from acseg_desktop.language.words import Words
from acseg_desktop.operations import history

tr = Words("Review")

_REMEMBERED = 1000
"""Steps whose selection is remembered; one goes back through fewer."""


@dataclass(frozen=True, slots=True)
class _Selected:
    """What was selected in an image."""

    image_id: int
    region_ids: frozenset[int]


class SelectionMemory(QObject):
    """What was selected before each step of this window, and after it where it was undone."""

    def __init__(self, context: CommandContext) -> None:
        super().__init__(context.window)
        self._context = context
        self._before: OrderedDict[int, _Selected] = OrderedDict()
        self._after: OrderedDict[int, _Selected] = OrderedDict()
        self._last: frozenset[int] = frozenset()
        """The last selection of stored regions: what is being drawn is selected before the project has it."""
        self._kept: OrderedDict[int, _Selected] | None = self._before
        context.canvas.selection_changed.connect(self._on_selection)
        context.session.editing.connect(self._on_editing)
        context.session.closing.connect(self._forget)

    def at(self, operation_id: int, *, undone: bool) -> _Selected | None:
        """What was selected before a step that was undone, or after one that was done again; None if nobody knows."""
        return (self._before if undone else self._after).get(operation_id)

    @contextlib.contextmanager
    def travelling(self, *, undone: bool) -> Iterator[None]:
        """While undo or redo is asked for: that is no step of its own."""
        self._kept = self._after if undone else None
        yield
        self._kept = self._before

    def _on_selection(self, selection: frozenset[int]) -> None:
        if all(region_id > 0 for region_id in selection):
            self._last = selection

    def _on_editing(self, job: Job) -> None:
        image_id, selection, last = self._context.viewer.image_id, self._context.canvas.selection, self._last
        kept = self._kept
        if image_id is None or kept is None:
            return

        def note(outcome: tuple[Any, OpChanges, Any]) -> None:
            made, changes, _ = outcome
            if changes.operation_id is None:
                return
            drawn = {id_: self._context.session.merged_into.get(id_, id_) for id_ in selection if id_ < 0}
            before = last if made in drawn.values() else frozenset(drawn.get(id_, id_) for id_ in selection)
            kept[changes.operation_id] = _Selected(image_id, before)
            if len(kept) > _REMEMBERED:
                kept.popitem(last=False)

        job.succeeded.connect(note)

    def _forget(self) -> None:
        self._before.clear()
        self._after.clear()
        self._last = frozenset()


class UndoCommands:
    """Back and forth in the history."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context
        self._memory = SelectionMemory(context)

    def undo(self) -> None:
        """Take the last operation back, and show where that was."""
        self._travel(undone=True)

    def redo(self) -> None:
        """Do it again, and show where that was."""
        self._travel(undone=False)

    def _travel(self, *, undone: bool) -> None:
        session = self._context.session
        with self._memory.travelling(undone=undone):
            job = history.undo(session) if undone else history.redo(session)
        job.succeeded.connect(lambda outcome: self._show(outcome[1], undone=undone))

    def _show(self, changes: OpChanges, *, undone: bool) -> None:
        context = self._context
        if not context.session.is_open:
            return
        if changes.verb:
            message = tr("Undone: {verb}") if undone else tr("Redone: {verb}")
            context.say(message.format(verb=verb_text(changes.verb)))
        if not changes.image_ids or not context.canvas.isVisible():
            return
        if changes.verb.changes_clusters_only:
            state = tr("The clusters are as they were before") if undone else tr("The clusters are as they were after")
            context.say(f"{state} “{verb_title(changes.verb)}”")
            return
        image_id, remembered = context.viewer.image_id, None
        if changes.operation_id is not None:
            remembered = self._memory.at(changes.operation_id, undone=undone)
        if image_id is None or image_id not in changes.image_ids:
            image_id = min(changes.image_ids)
        elif not changes.region_ids:
            return
        context.viewer.show(image_id, select=_selection(changes, remembered, image_id))


def _selection(changes: OpChanges, remembered: _Selected | None, image_id: int) -> frozenset[int] | None:
    """What to select; None leaves the selection alone.

    Nothing is better than regions that nobody had selected: the next digit would name them all.
    """
    if remembered is not None and remembered.image_id == image_id:
        return remembered.region_ids
    if changes.verb.moves_outlines:
        return frozenset()
    return changes.region_ids or None
