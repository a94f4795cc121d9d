"""Commands of reviewing: naming, merging, rejecting regions."""

from __future__ import annotations

from collections.abc import Callable

from acseg_desktop.commands.context import CommandContext
from acseg_desktop.language.words import Words
from acseg_desktop.operations import review

tr = Words("Review")


class ReviewCommands:
    """What one does all day."""

    def __init__(self, context: CommandContext, *, name_shown: Callable[[int | None], bool]) -> None:
        """Make them.

        Args:
            context: What they work with.
            name_shown: Names what clicks show, in place of what is selected, and tells whether they show anything.
        """
        self._context, self._name_shown = context, name_shown

    def select_all(self) -> None:
        """Select all regions."""
        self._context.canvas.select_all()

    def invert_selection(self) -> None:
        """Select the others."""
        self._context.canvas.invert_selection()

    def clear_selection(self) -> None:
        """Select nothing."""
        self._context.canvas.select(frozenset())

    def give_key(self, key: str) -> None:
        """Give the selection the label with a key."""
        label = self._context.session.label_of_key(key)
        if label is None:
            self._context.say(
                no_label_text(key, self._context.key_of("region.name") if self._context.canvas.selection else "")
            )
            return
        self.give_label(label.id)

    def give_label(self, label_id: int) -> None:
        """Give the selection a label; without one, new regions are drawn with it."""
        label = self._context.session.labels.get(label_id)
        if label is not None and self._name_shown(label_id):
            return
        if label is not None:
            self._context.drawing.label_id = label_id
            if self._context.drawing.is_active and not self._context.canvas.selection:
                self._context.say(tr("New regions will be “{label}”").format(label=label.name))
                return
        selection = self._selection()
        if selection and label is not None:
            job = review.name_regions(self._context.session, selection, label_id)
            job.succeeded.connect(lambda _result: self._say_named(len(selection), label.name))

    def give_name(self, name: str, *, is_thing: bool | None = None) -> None:
        """Give the selection the label of that name, new or not."""
        selection = self._selection()
        if selection:
            job = review.name_regions_as(self._context.session, selection, name, is_thing=is_thing)
            job.succeeded.connect(lambda _result: self._say_named(len(selection), name))

    def search_label(self) -> None:
        """Open the palette of labels."""
        if self._name_shown(None):
            return
        selection = self._selection()
        if selection:
            self._context.search.open(tuple(self._context.session.labels.values()), count=len(selection))

    def unname(self) -> None:
        """Take the names of the selection away."""
        selection = self._selection()
        if selection:
            review.name_regions(self._context.session, selection, None)

    def merge(self) -> None:
        """Make one region of the selection."""
        selection = self._context.canvas.selection
        if len(selection) < 2:
            self._context.say(tr("Select two or more regions to merge them"))
            return
        review.merge_regions(self._context.session, selection)

    def reject(self) -> None:
        """Reject the selection."""
        selection = self._selection()
        if selection:
            review.reject_regions(self._context.session, selection)

    def _selection(self) -> frozenset[int]:
        selection = self._context.canvas.selection
        if not selection:
            self._context.say(tr("Select a region first"))
        return selection if self._context.session.can_edit else frozenset()

    def _say_named(self, count: int, name: str) -> None:
        self._context.say(named_text(count, name))


def named_text(count: int, name: str) -> str:
    """What to say when regions were named."""
    return tr("%Ln region(s) named “{name}”", count).format(name=name)


def no_label_text(key: str, naming: str) -> str:
    """What to say when no label has a key; ``naming`` opens the palette, "" where nothing is selected to be named."""
    if not naming:
        return tr("No label has the key {key}").format(key=key)
    return tr("No label has the key {key}; press {naming} to name the selection").format(key=key, naming=naming)
