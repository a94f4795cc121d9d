"""Commands of what people say about an image: its comment, and that a second person found it right."""

from __future__ import annotations

from acseg_core.errors import EditError
from acseg_core.types import ImageRecord, ImageStatus
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.faults import sentence
from acseg_desktop.language.words import Words
from acseg_desktop.operations import images
from acseg_desktop.panels.comment_bar import CommentBar

tr = Words("Review")


class RemarkCommands:
    """Comment and review of the image that is shown."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context
        self._bar: CommentBar | None = None

    def take(self, bar: CommentBar) -> None:
        """Show and change comments in this bar."""
        self._bar = bar
        bar.written.connect(self._write)
        bar.left.connect(self._context.canvas.setFocus)
        self._context.viewer.image_shown.connect(self._show)
        self._context.viewer.cleared.connect(lambda: self._show(None))

    @property
    def checked(self) -> dict[str, bool]:
        """Which of the switches are on, by action."""
        record = self._context.viewer.record
        return {"image.reviewed": record is not None and record.is_reviewed}

    def comment(self) -> None:
        """Let somebody write a comment."""
        if self._bar is not None:
            self._bar.begin()

    def toggle_reviewed(self) -> None:
        """Say that a second person found the image right, or take that back."""
        context, record = self._context, self._context.viewer.record
        if record is None or not context.session.can_edit:
            return
        context.refresh()  # the click has switched it; what is stored says whether it is on
        if not record.is_reviewed and record.status is not ImageStatus.DONE:
            key = context.key_of("image.accept")
            context.say(
                tr("This image is not done yet: accept it ({key}) before marking it as reviewed").format(key=key)
            )
            return
        wanted = not record.is_reviewed
        message = tr("Marked as reviewed by a second person") if wanted else tr("No longer marked as reviewed")
        job = images.set_reviewed(context.session, [record.id], is_reviewed=wanted)
        job.on_error(lambda error: context.say(sentence(error)), of=EditError)
        job.succeeded.connect(lambda _outcome: context.say(message))

    def _write(self, image_id: int, text: str) -> None:
        if self._context.session.can_edit:
            images.write_comment(self._context.session, image_id, text)

    def _show(self, record: ImageRecord | None) -> None:
        if self._bar is not None:
            self._bar.show_record(record, can_edit=self._context.session.can_edit)
