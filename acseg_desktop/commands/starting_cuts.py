"""Images that are shown next follow the project's default granularity, as long as nobody has touched them."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from acseg_core.errors import AcsegError
from acseg_core.types import OpChanges
from acseg_core.verbs import Verb
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.operations import cuts

logger = logging.getLogger(__name__)

_AHEAD = 6
"""Images after the one that is shown that follow before they are shown."""

_DELAY_MS = 300
"""Pause after an edit that may change the default: a slider that is being moved makes many."""

_CHANGING = frozenset({Verb.CHANGE_GRANULARITY, Verb.NOTHING})
"""Verbs of edits after which there may be another default; a reset of it is no step of the history and has none."""


class StartingCuts(QObject):
    """Lets images follow when one is shown, and when the default may have changed.

    All others follow when they are shown: so whoever goes on with the next image after moving the slider finds it as
    the last ones were left, however many images there are.
    """

    def __init__(
        self, context: CommandContext, *, is_moving: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._is_moving = context, is_moving
        self._soon = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._soon.timeout.connect(self._follow)
        context.viewer.image_shown.connect(lambda _record: self._follow())
        context.session.changed.connect(self._on_changed)
        context.session.closing.connect(self._soon.stop)

    @property
    def is_busy(self) -> bool:
        """Whether images are about to follow."""
        return self._soon.isActive()

    def _on_changed(self, changes: OpChanges) -> None:
        if changes.verb in _CHANGING:
            self._soon.start()

    def _follow(self) -> None:
        context, image_id = self._context, self._context.viewer.image_id
        if image_id is None or not context.session.can_edit:
            return
        if self._is_moving():
            self._soon.start()
            return
        ids = [image_id, *context.images.following(image_id)[:_AHEAD]]
        job = cuts.follow_default(context.session, ids)
        job.on_error(lambda error: logger.info("not cut at the default granularity: %s", error), of=AcsegError)
