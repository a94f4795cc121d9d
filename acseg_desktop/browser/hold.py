"""Clusters that stay where they are for a moment after something in one of them was decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from acseg_core.workflows.cluster_reading import Section

HOLD_MS = 2500
"""For how long: one sees what became of it."""


class Hold(QObject):
    """Keeps sections in their order, so that what one is about to click does not move away under the mouse.

    The moment begins anew when what was decided is seen, and while the mouse moves over the sections. It does not end
    while the keys are in a cluster that is named in part: that would go to the end of the list, and take them along.

    Signals:
        ended(): The sections may be sorted anew.
    """

    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.keys: frozenset[int] = frozenset()
        """Sections that something was decided in."""
        self.place_key: int | None = None
        """The section that the keys are in."""
        self._order: dict[int, int] = {}
        self._sections: Sequence[Section] = ()
        self._is_new = False
        self._timer = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._timer.timeout.connect(self._on_timeout)

    def begin(self, keys: Collection[int], sections: Sequence[Section]) -> None:
        """Leave all sections where they are, as something is being decided in some of them."""
        if not self.keys:
            self._order = {section.key: place for place, section in enumerate(sections)}
        self.keys |= frozenset(keys)
        self._sections, self._is_new = sections, True
        self._timer.start()

    def go_on(self) -> None:
        """Somebody is on the way to something that is shown."""
        if self.keys:
            self._timer.start()

    def in_place(self, sections: tuple[Section, ...]) -> tuple[Section, ...]:
        """Sections that were read anew, in the order that is held; new ones come last."""
        if not self.keys:
            return sections
        self._sections = sections
        if self._is_new:
            self._is_new = False
            self._timer.start()
        return tuple(sorted(sections, key=lambda section: self._order.get(section.key, len(self._order))))

    def end(self) -> None:
        """Hold nothing."""
        self._timer.stop()
        self.keys = frozenset()

    def _on_timeout(self) -> None:
        if self._is_at_work():
            self._timer.start()
            return
        self.end()
        self.ended.emit()

    def _is_at_work(self) -> bool:
        return any(
            section.key == self.place_key and section.record is not None and 0 < section.record.unnamed < section.count
            for section in self._sections
            if section.key in self.keys
        )
