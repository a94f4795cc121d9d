"""How labels and regions share the height beside the image: every label is seen where there is room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow

from acseg_desktop.preferences import Preferences

_PREFERENCE = "side_heights_chosen"
LEAST_SHARE = 0.35
"""Of the height, for either of the two."""


class SideHeights(QObject):
    """Gives two docks, one over the other, the room they need; what a person drags is theirs from then on."""

    def __init__(
        self,
        window: QMainWindow,
        docks: tuple[QDockWidget, QDockWidget],
        wanted: tuple[Callable[[], int], Callable[[], int]],
        preferences: Preferences,
    ) -> None:
        """Make it.

        Args:
            window: That the docks are in.
            docks: The upper and the lower one.
            wanted: How many pixels each could fill.
            preferences: Where it is kept that somebody has dragged the border between them.
        """
        super().__init__(window)
        self._window, (self._upper, self._lower) = window, docks
        self._wanted, self._preferences = wanted, preferences
        self.is_chosen = preferences.flag(_PREFERENCE, False)
        """Whether the heights are a person's: then they are left as they are."""
        self._is_due = False
        self._pressed_at: int | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._share)
        window.installEventFilter(self)

    def share(self) -> None:
        """Share the height as it is needed, once everything is laid out."""
        self._timer.start()

    def catch_up(self) -> None:
        """Both are there again: share, if there was a reason meanwhile."""
        if self._is_due:
            self.share()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The borders between docks belong to the window: a drag is a press and a release on it."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed_at = self._upper.height() if self._are_stacked() else None
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed_at is not None:
            if self._upper.height() != self._pressed_at and not self.is_chosen:
                self.is_chosen = True
                self._preferences.store(_PREFERENCE, True)
            self._pressed_at = None
        elif event.type() == QEvent.Type.Resize:
            self.share()
        return False

    def _share(self) -> None:
        self._is_due = not self._are_stacked()
        if self.is_chosen or self._is_due:
            return
        room = self._upper.height() + self._lower.height()
        upper = shared(room, *(each() for each in self._wanted))
        if upper != self._upper.height():
            heights = [upper, room - upper]
            self._window.resizeDocks([self._upper, self._lower], heights, Qt.Orientation.Vertical)

    def _are_stacked(self) -> bool:
        upper, lower = self._upper, self._lower
        return (
            upper.isVisible()
            and lower.isVisible()
            and not (upper.isFloating() or lower.isFloating())
            and upper.x() == lower.x()
            and upper.geometry().bottom() < lower.geometry().top()
        )


def shared(room: int, upper: int, lower: int) -> int:
    """Of so many pixels for two lists, those for the upper one, of so many wanted for each.

    What is to spare is shared; where it is not enough, each gets its least share before the other gets more.
    """
    least = round(LEAST_SHARE * room)
    spare = room - upper - lower
    if spare >= 0:
        return max(least, min(upper + spare // 2, room - least))
    return max(least, min(upper, room - least))
