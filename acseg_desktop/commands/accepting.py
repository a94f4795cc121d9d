"""Commands that accept an image: its names, also suggested ones, and on to the next; what has to be asked before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject

from acseg_core.store import settings
from acseg_core.store.queries.image_list import first_not_done
from acseg_core.types import ImageRecord, ImageStatus
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.suggest import is_suggested
from acseg_desktop.image_list.listing import next_to_review
from acseg_desktop.language.words import Words
from acseg_desktop.operations import review
from acseg_desktop.operations.review import AcceptQuestion, Empty
from acseg_desktop.panels.question_bar import Choice
from acseg_desktop.preferences import DEFAULT_SURE, SURE_ENOUGH

tr = Words("Review")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked about.

    Attributes:
        image_id: The image.
        unsure: The suggestions; none, where nothing is named.
        unnamed: Regions that were said to stay without a name.
    """

    image_id: int
    unsure: tuple[int, ...]
    unnamed: Collection[int]


class AcceptCommands(QObject):
    """Accept & next."""

    def __init__(self, context: CommandContext) -> None:
        super().__init__(context.window)
        self._context = context
        self._asked: _Asked | None = None
        self._empty_is_done = False
        context.viewer.image_shown.connect(self._on_image)
        context.viewer.regions_shown.connect(self._on_regions)
        context.session.opened.connect(self._read_setting)
        context.session.closing.connect(self.forget)

    @property
    def checked(self) -> dict[str, bool]:
        """Which of the switches are on, by action."""
        return {"image.empty_is_done": self._empty_is_done}

    @property
    def names(self) -> int:
        """How many names would be accepted now: given or suggested; 0 where that is done already."""
        viewer = self._context.viewer
        offered = sum(is_suggested(each) for each in viewer.regions)
        if viewer.record is not None and viewer.record.status is ImageStatus.DONE and not offered:
            return 0
        return offered + sum(each.label_id is not None for each in viewer.regions)

    def accept(self) -> None:
        """Accept the names that are shown, then go to the next image that is not done."""
        context = self._context
        if context.viewer.image_id is None or not context.session.can_edit:
            return
        if context.viewer.record is None:
            return  # the project was opened just now
        if not context.viewer.is_settled:
            context.say(tr("The image is still loading"))
            return
        self._accept(at_least=context.preferences.number(SURE_ENOUGH, DEFAULT_SURE) / 100)

    def toggle_empty_is_done(self) -> None:
        """Choose whether images in which nothing is named are accepted unasked in this project."""
        self._set_empty_is_done(not self._empty_is_done)
        review.set_empty_is_done(self._context.session, self._empty_is_done)

    def forget(self) -> None:
        """Ask nothing any more."""
        self._asked = None
        self._context.banners.question.dismiss()

    def _accept(self, *, at_least: float = 0.0, unnamed: Collection[int] = (), empty: Empty = Empty.ASK) -> None:
        image_id = self._context.viewer.image_id
        if image_id is None or not self._context.session.can_edit:
            return
        self.forget()
        shown = self._suggested()
        job = review.accept_image(
            self._context.session, image_id, shown=shown, at_least=at_least, unnamed=unnamed, empty=empty
        )
        job.succeeded.connect(lambda outcome: self._on_accepted(image_id, outcome[0], unnamed))

    def _suggested(self) -> Mapping[int, int]:
        return {each.id: each.suggestion_id or 0 for each in self._context.viewer.regions if is_suggested(each)}

    def _on_accepted(self, image_id: int, question: AcceptQuestion | None, unnamed: Collection[int]) -> None:
        if question is None:
            self._go_on(image_id)
        elif self._context.viewer.image_id == image_id:
            self._asked = _Asked(image_id, question.unsure, unnamed)
            self._ask(question.unsure, unnamed)

    def _ask(self, unsure: tuple[int, ...], unnamed: Collection[int]) -> None:
        bar = self._context.banners.question
        if unsure:
            bar.ask(
                tr("%Ln name(s) (is,are) unsure", len(unsure)),
                (
                    Choice(tr("Look"), "L", lambda: self._look(unsure)),
                    Choice(tr("Accept"), "Y", self._accept),
                    Choice(tr("Leave unnamed"), "N", lambda: self._accept(unnamed=unsure)),
                ),
            )
            return
        bar.ask(
            tr("Nothing is named here. Mark as an image without objects?"),
            (
                Choice(tr("Yes"), "Y", lambda: self._accept(unnamed=unnamed, empty=Empty.ACCEPT)),
                Choice(tr("Yes, always in this project"), "Shift+Y", lambda: self._accept_always(unnamed)),
                Choice(tr("No"), "N", self.forget),
            ),
        )

    def _look(self, unsure: tuple[int, ...]) -> None:
        """Select the first of them that is there."""
        here = [each.id for each in self._context.viewer.regions if each.id in unsure]
        if here:
            self._context.canvas.select(here[:1])
            self._context.canvas.reveal_region(here[0])
            self._context.canvas.setFocus()

    def _accept_always(self, unnamed: Collection[int]) -> None:
        self._set_empty_is_done(True)
        self._accept(unnamed=unnamed, empty=Empty.ACCEPT_ALWAYS)
        switch = self._context.action_of("image.empty_is_done").text().replace("&", "")
        self._context.say(
            tr("You will not be asked again in this project; to change that, use Image ▸ {switch}").format(
                switch=switch
            )
        )

    def _on_image(self, record: ImageRecord) -> None:
        if self._asked is not None and self._asked.image_id != record.id:
            self.forget()

    def _on_regions(self) -> None:
        """What is asked about may have got another name meanwhile, or one at all."""
        asked, regions = self._asked, self._context.viewer.regions
        if asked is None or asked.image_id != self._context.viewer.image_id:
            return
        suggested = self._suggested().keys()
        is_named = bool(suggested - set(asked.unnamed)) or any(each.label_id is not None for each in regions)
        if not suggested >= set(asked.unsure) or (not asked.unsure and is_named):
            self.forget()

    def _read_setting(self) -> None:
        job = self._context.session.read(lambda project: settings.read_setting(project, settings.EMPTY_IS_DONE))
        job.succeeded.connect(self._set_empty_is_done)

    def _set_empty_is_done(self, chosen: bool) -> None:
        self._empty_is_done = chosen
        self._context.refresh()

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

    def _on_next(self, image_id: int, following: int | None) -> None:
        context = self._context
        if context.viewer.image_id != image_id:
            return
        if following is None or following == image_id:
            self._say_end(image_id)
        else:
            context.viewer.show(following)

    def _say_end(self, image_id: int) -> None:
        def tell(before: int | None) -> None:
            if before in (None, image_id):
                self._context.say(
                    tr("Every image in this search is done") if is_filtered else tr("Every image is done")
                )
                return
            key = self._context.key_of("image.previous_open")
            self._context.say(tr("Every image after this one is done; some before it are not ({key})").format(key=key))

        is_filtered = self._context.images.is_filtered
        earlier = self._context.images.following(image_id, backwards=True)
        job = self._context.session.read(lambda project: first_not_done(project, earlier), priority=1)
        job.succeeded.connect(tell)
