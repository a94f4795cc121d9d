"""Commands that go from image to image, and to the region whose name is most informative."""

from __future__ import annotations

from acseg_core.store import Project, queries
from acseg_core.store.queries.image_list import first_not_done, first_there
from acseg_core.types import OpChanges, Region
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.image_list.listing import next_to_review
from acseg_desktop.language.words import Words

tr = Words("Images")


class BrowseCommands:
    """Next and previous in the list as it is filtered and sorted."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context
        self._seen: set[int] = set()
        """Regions the queue led to since the project was opened, or since its end was reached."""
        self._near: tuple[int, ...] = ()
        """Images around the one that is shown, nearest first, when some were removed last."""
        context.session.closing.connect(self._seen.clear)
        context.images.listed.connect(self._on_listed)
        context.viewer.lost.connect(self._on_lost)
        context.session.changed.connect(self._on_changed)

    def next(self) -> None:
        """Go to the next image of the strip."""
        self._step(1)

    def previous(self) -> None:
        """Go to the previous image of the strip."""
        self._step(-1)

    def next_not_done(self) -> None:
        """Go to the next image that is not done."""
        self._seek(backwards=False)

    def previous_not_done(self) -> None:
        """Go to the previous image that is not done."""
        self._seek(backwards=True)

    def next_region(self) -> None:
        """Go to the region whose name is most informative, in whatever image it is."""
        seen = frozenset(self._seen)

        def find(project: Project) -> Region | None:
            from acseg_core.workflows import agenda

            return agenda.next_region(project, seen)

        job = self._context.session.read(find, priority=1)
        job.succeeded.connect(self._on_region)

    def show(self, image_id: int) -> None:
        """Go to an image."""
        context = self._context
        if image_id == context.viewer.image_id:
            return
        context.viewer.show(image_id)
        row = context.images.row_of(image_id)
        following = context.images.image_id(row + 1) if row is not None else None
        if following is not None:
            context.viewer.prefetch(following)

    def _step(self, by: int) -> None:
        context = self._context
        current = context.viewer.image_id
        row = context.images.row_of(current) if current is not None else None
        target = context.images.image_id(row + by if row is not None else 0)
        if target is None:
            context.say(tr("This is the last image") if by > 0 else tr("This is the first image"))
            return
        self.show(target)

    def _seek(self, *, backwards: bool) -> None:
        context = self._context
        current = context.viewer.image_id
        if current is None:
            return
        following, listed = context.images.following(current, backwards=backwards), context.images.ids
        informative = context.images.listing.is_most_informative_first and not backwards
        job = context.session.read(
            lambda project: next_to_review(project, current, following, listed=listed, informative=informative),
            priority=1,
        )
        job.succeeded.connect(lambda image_id: self._on_found(image_id, backwards=backwards))

    def _on_region(self, region: Region | None) -> None:
        if region is not None:
            self._seen.add(region.id)
            self._context.viewer.show(region.image_id, select=frozenset({region.id}))
        elif self._seen:
            self._seen.clear()
            key = self._context.key_of("region.next")
            self._context.say(tr("You have seen every unnamed region; {key} starts again").format(key=key))
        else:
            self._context.say(tr("No unnamed regions"))

    def _on_found(self, image_id: int | None, *, backwards: bool) -> None:
        context = self._context
        if image_id is not None:
            self.show(image_id)
        elif context.session.is_open and context.viewer.image_id is not None:
            behind = context.images.following(context.viewer.image_id, backwards=not backwards)
            job = context.session.read(lambda project: first_not_done(project, behind), priority=1)
            job.succeeded.connect(lambda other: self._say_end(is_behind=other is not None, backwards=backwards))

    def _say_end(self, *, is_behind: bool, backwards: bool) -> None:
        if is_behind and backwards:
            key = self._context.key_of("image.next_open")
            self._context.say(tr("Every image before this one is done; some after it are not ({key})").format(key=key))
        elif is_behind:
            key = self._context.key_of("image.previous_open")
            self._context.say(tr("Every image after this one is done; some before it are not ({key})").format(key=key))
        elif self._context.images.is_filtered:
            self._context.say(tr("No other image in this search is unfinished; clear the search to see the rest"))
        else:
            self._context.say(tr("No other image is unfinished"))

    def _on_listed(self) -> None:
        context = self._context
        first = context.images.image_id(0)
        if context.viewer.image_id is None and first is not None:
            self.show(first)

    def _on_changed(self, changes: OpChanges) -> None:
        """Remember what is around the image before the list is read without it."""
        images, current = self._context.images, self._context.viewer.image_id
        if changes.verb.changes_which_images and current in changes.image_ids:
            self._near = (*images.following(current), *images.following(current, backwards=True))

    def _on_lost(self, image_id: int) -> None:
        """Show the image after one that was removed, or before it; of the whole project where none of the list is."""
        context, near = self._context, self._near

        def find(project: Project) -> int | None:
            return first_there(project, near) or next(iter(queries.image_ids(project)), None)

        def show(other: int | None) -> None:
            if context.viewer.image_id != image_id or not context.session.is_open:
                return
            if other is None:
                context.viewer.clear()
            else:
                context.viewer.show(other)

        context.session.read(find, priority=1).succeeded.connect(show)
