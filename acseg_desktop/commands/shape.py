"""Commands that change the shapes of regions without a tool in hand, and labels that come along."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from acseg_core.errors import EditError
from acseg_core.store.edits.labels import NewLabel
from acseg_core.types import OpChanges
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.faults import sentence
from acseg_desktop.commands.parts_offer import PartsOffer
from acseg_desktop.dialogs.resize_form import ResizeForm
from acseg_desktop.jobs import Job
from acseg_desktop.language.words import Words
from acseg_desktop.operations import review, shapes

tr = Words("Shapes")


class ShapeCommands:
    """What is done to selected regions by a key."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context
        self._offer = PartsOffer(context, self.split_all)

    def merge_as(self) -> None:
        """Merge the selection and choose the label that survives; the one in hand is offered first."""
        context, selection = self._context, self._context.canvas.selection
        labels = sorted(context.session.labels.values(), key=lambda label: label.id != context.drawing.label_id)
        context.search.open(
            tuple(labels),
            count=len(selection),
            prompt=tr("Merge %Ln region(s) as…", len(selection)),
            take=lambda label: self._merge(selection, label),
        )

    def split_components(self) -> None:
        """Make a region of each connected part of the selected one."""
        (region_id,) = self._context.canvas.selection
        self._follow(
            shapes.split_components(self._context.session, region_id),
            lambda changes: tr("%Ln part(s)", len(changes.region_ids)),
        )

    def split_all(self, region_ids: Collection[int]) -> None:
        """Make a region of each connected part of several regions."""
        for region_id in region_ids:
            self._follow(
                shapes.split_components(self._context.session, region_id),
                lambda changes: tr("%Ln part(s)", len(changes.region_ids)),
            )

    def grow(self) -> None:
        """Let the selection grow by a pixel."""
        self._resize(1)

    def shrink(self) -> None:
        """Let the selection shrink by a pixel."""
        self._resize(-1)

    def resize(self) -> None:
        """Ask by how many pixels the selection grows or shrinks."""
        form = ResizeForm(self._context.window, self._context.preferences)
        form.submitted.connect(self._resize)
        form.open()

    def smooth(self) -> None:
        """Round the outlines of the selection off."""
        job = shapes.smooth(self._context.session, self._context.canvas.selection)
        self._follow(job, lambda _: "", nothing=tr("The outline cannot get any smoother"))

    def fill_holes(self) -> None:
        """Give the selection what it encloses."""
        job = shapes.fill_holes(self._context.session, self._context.canvas.selection)
        self._follow(job, lambda _: tr("Holes filled"))

    def give_to_neighbours(self) -> None:
        """Give each selected region to the neighbour most like it, and select these."""
        self._follow(shapes.give_to_neighbours(self._context.session, self._context.canvas.selection), self._say_taken)

    def dissolve(self) -> None:
        """Divide the selection among the regions around it."""
        self._follow(
            shapes.dissolve(self._context.session, self._context.canvas.selection),
            lambda _: tr("Dissolved into neighbours"),
        )

    def mark_void(self) -> None:
        """Mark the selection as pixels to ignore."""
        count = len(self._context.canvas.selection)
        job = shapes.mark_void(self._context.session, self._context.canvas.selection)
        self._follow(job, lambda _: tr("%Ln region(s) marked as void", count))

    def copy_labels(self) -> None:
        """Give regions here the labels that matching ones have in the image before this in the list."""
        context, image_id = self._context, self._context.viewer.image_id
        row = context.images.row_of(image_id) if image_id is not None else None
        previous = context.images.image_id(row - 1) if row is not None and row > 0 else None
        if image_id is None or previous is None:
            context.say(tr("There is no previous image"))
            return
        job = shapes.copy_labels(context.session, source_id=previous, target_id=image_id)
        self._follow(job, lambda changes: tr("%Ln region(s) named as in the previous image", len(changes.region_ids)))

    def _merge(self, region_ids: frozenset[int], label: int | NewLabel) -> None:
        if self._context.session.can_edit:
            job = review.merge_regions(self._context.session, region_ids, label=label)
            self._follow(job, lambda _: tr("%Ln region(s) merged", len(region_ids)))

    def _resize(self, pixels: int) -> None:
        selection = self._context.canvas.selection
        if selection and pixels and self._context.session.can_edit:
            self._follow(shapes.resize(self._context.session, selection, pixels), lambda _: "")

    def _say_taken(self, changes: OpChanges) -> str:
        names = {region.id: region.label_id for region in self._context.viewer.regions}
        labels = {names.get(region_id) for region_id in changes.region_ids}
        label = self._context.session.labels.get(labels.pop() or 0) if len(labels) == 1 else None
        if label is not None:
            return tr("Merged into “{label}”").format(label=label.name)
        return tr("Merged into the most similar neighbour")

    def _follow(self, job: Job, tell: Callable[[OpChanges], str], *, nothing: str = "") -> None:
        """Select what came of an edit and say so; say in one line why an edit makes no sense."""
        context, image_id = self._context, self._context.viewer.image_id

        def show(outcome: tuple[Any, OpChanges, Any]) -> None:
            changes = outcome[1]
            text = tell(changes) if changes.verb else nothing or tr("Nothing to change")
            if text:
                context.say(text)
            is_here = image_id is not None and context.viewer.image_id == image_id and context.session.is_open
            if is_here and changes.region_ids and image_id is not None:
                context.viewer.show(image_id, select=changes.region_ids)

        def refuse(error: Exception) -> None:
            if isinstance(error, EditError):
                context.say(sentence(error))
            else:
                context.jobs.failed.emit(error)

        job.on_error(refuse)
        job.succeeded.connect(show)
