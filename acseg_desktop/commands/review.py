"""Commands of reviewing: naming, merging, rejecting regions, accepting images, undo and redo."""

from __future__ import annotations

from acseg_core.store.queries.image_list import first_not_done
from acseg_core.types import OpChanges
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.image_list.listing import next_to_review
from acseg_desktop.jobs import Job
from acseg_desktop.language.verbs import verb_text, verb_title
from acseg_desktop.language.words import Words
from acseg_desktop.operations import history, review

tr = Words("Review")


class ReviewCommands:
    """What one does all day."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context

    def undo(self) -> None:
        """Take the last operation back, and show where that was."""
        self._travel(history.undo(self._context.session), undone=True)

    def redo(self) -> None:
        """Do it again, and show where that was."""
        self._travel(history.redo(self._context.session), undone=False)

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
            self._context.say(no_label_text(key, self._context.key_of("region.name")))
            return
        self.give_label(label.id)

    def give_label(self, label_id: int) -> None:
        """Give the selection a label; without one, new regions are drawn with it."""
        label = self._context.session.labels.get(label_id)
        if label is not None:
            self._context.drawing.label_id = label_id
            if self._context.drawing.is_active and not self._context.canvas.selection:
                self._context.say(tr("New regions are “{label}”").format(label=label.name))
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

    def accept_image(self) -> None:
        """Accept the image, then go to the next one that is not done."""
        context = self._context
        image_id = context.viewer.image_id
        if image_id is None or not context.session.can_edit:
            return
        if not context.viewer.is_settled:
            context.say(tr("The image is still being read"))
            return
        job = review.accept_image(context.session, image_id)
        job.succeeded.connect(lambda _result: self._go_on(image_id))

    def _selection(self) -> frozenset[int]:
        selection = self._context.canvas.selection
        if not selection:
            self._context.say(tr("Select a region first"))
        return selection if self._context.session.can_edit else frozenset()

    def _say_named(self, count: int, name: str) -> None:
        self._context.say(named_text(count, name))

    def _go_on(self, image_id: int) -> None:
        context = self._context
        if not context.session.is_open:
            return
        following, listed = context.images.following(image_id), context.images.ids
        informative = context.images.listing.is_most_informative_first
        job = context.session.read(
            lambda project: next_to_review(project, image_id, following, listed=listed, informative=informative),
            priority=1,
        )
        job.succeeded.connect(lambda following: self._on_next(image_id, following))

    def _say_end(self, image_id: int) -> None:
        def tell(before: int | None) -> None:
            if before in (None, image_id):
                self._context.say(tr("Every image that is found is done") if is_filtered else tr("Every image is done"))
                return
            key = self._context.key_of("image.previous_open")
            self._context.say(tr("Every image after this one is done; some before it are not ({key})").format(key=key))

        is_filtered = self._context.images.is_filtered
        earlier = self._context.images.following(image_id, backwards=True)
        job = self._context.session.read(lambda project: first_not_done(project, earlier), priority=1)
        job.succeeded.connect(tell)

    def _on_next(self, image_id: int, following: int | None) -> None:
        context = self._context
        if context.viewer.image_id != image_id:
            return
        if following is None or following == image_id:
            self._say_end(image_id)
        else:
            context.viewer.show(following)

    def _travel(self, job: Job, *, undone: bool) -> None:
        session, viewer = self._context.session, self._context.viewer

        def show(outcome: tuple[object, OpChanges, object]) -> None:
            changes = outcome[1]
            if changes.verb and session.is_open:
                message = tr("Undone: {verb}") if undone else tr("Done again: {verb}")
                self._context.say(message.format(verb=verb_text(changes.verb)))
            if not changes.image_ids or not session.is_open or not self._context.canvas.isVisible():
                return
            if changes.verb.changes_clusters_only:
                state = (
                    tr("The clusters are as they were before") if undone else tr("The clusters are as they were after")
                )
                self._context.say(f"{state} “{verb_title(changes.verb)}”")
                return
            image_id = viewer.image_id
            if image_id is None or image_id not in changes.image_ids:
                image_id = min(changes.image_ids)
            elif not changes.region_ids:
                return
            viewer.show(image_id, select=changes.region_ids or None)

        job.succeeded.connect(show)


def named_text(count: int, name: str) -> str:
    """What to say when regions were named."""
    return tr("%Ln region(s) named “{name}”", count).format(name=name)


def no_label_text(key: str, naming: str) -> str:
    """What to say when no label has a key; ``naming`` is the key that opens the palette."""
    return tr("No label has the key {key}; press {naming} to name the selection").format(key=key, naming=naming)
