"""Commands on the concept tree: coarser, finer, split, merge upwards; and the slider's movements."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from acseg_core.types import OpChanges
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.starting_cuts import StartingCuts
from acseg_desktop.jobs import Job
from acseg_desktop.language.words import Words
from acseg_desktop.operations import cuts
from acseg_desktop.operations.cuts import CutDrag
from acseg_desktop.panels.granularity_bar import GranularityBar, count_text

tr = Words("Granularity")

_PREVIEW_MS = 60
_PAUSE_MS = 400
"""Pause in milliseconds up to which keys pressed on the slider are one movement, and one undo step."""


class CutCommands:
    """Coarser and finer regions without running a model."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context

    def coarser(self) -> None:
        """One region fewer."""
        self._step(finer=False)

    def finer(self) -> None:
        """One region more."""
        self._step(finer=True)

    def apply_to_all(self) -> Job | None:
        """Cut all images as finely as this one."""
        context, record = self._context, self._context.viewer.record
        if record is None or record.granularity is None:
            return None
        job = cuts.recut_images(context.session, record.granularity)
        job.succeeded.connect(self._on_all_cut)
        job.cancelled.connect(lambda: context.say(tr("Cancelled")))
        job.finished.connect(context.refresh)
        context.refresh()
        return job

    def split(self) -> None:
        """Make two regions of the selected one, and select both."""
        region_id = self._selected()
        if region_id is not None:
            self._select_after(cuts.split_by_tree(self._context.session, region_id))

    def merge_upwards(self) -> None:
        """Merge the selected region with its relatives in the tree, and select what came of it."""
        region_id = self._selected()
        if region_id is not None:
            self._select_after(cuts.merge_upwards(self._context.session, region_id))

    def _step(self, *, finer: bool) -> None:
        context, image_id = self._context, self._context.viewer.image_id
        if image_id is None:
            return
        job = cuts.step_cut(context.session, image_id, finer=finer)
        end = tr("The regions cannot get any finer") if finer else tr("The regions cannot get any coarser")
        job.succeeded.connect(lambda outcome: context.say(count_text(outcome[0]) if outcome[1].verb else end))

    def _selected(self) -> int | None:
        selection = self._context.canvas.selection
        return next(iter(selection)) if len(selection) == 1 else None

    def _select_after(self, job: Job) -> None:
        context, image_id = self._context, self._context.viewer.image_id

        def select(outcome: tuple[object, OpChanges, object]) -> None:
            if image_id is not None and context.viewer.image_id == image_id and context.session.is_open:
                context.viewer.show(image_id, select=outcome[1].region_ids or None)

        job.succeeded.connect(select)

    def _on_all_cut(self, changes: OpChanges) -> None:
        count = len(changes.image_ids)
        self._context.say(tr("%Ln image(s) updated", count) if count else tr("Nothing to change"))


class CutSlider(QObject):
    """Turns movements of the slider into edits: shown as they go, one at a time, one undo step for all of them."""

    def __init__(self, context: CommandContext, bar: GranularityBar) -> None:
        super().__init__(bar)
        self._context, self._bar = context, bar
        self._drag: CutDrag | None = None
        self._wanted: list[tuple[CutDrag, float]] = []  # of each movement what is to come of it
        self._job: Job | None = None
        self._is_stale = False
        self._preview = QTimer(self, singleShot=True, interval=_PREVIEW_MS)
        self._preview.timeout.connect(self._send)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        bar.moved.connect(self._on_moved)
        bar.released.connect(self._on_released)
        bar.reset_requested.connect(self._on_reset)
        self.starting = StartingCuts(context, is_moving=lambda: self.is_moving, parent=self)
        bar.default_reset_requested.connect(lambda: cuts.reset_default(context.session))
        context.session.counts_changed.connect(self._show_default)
        context.session.closing.connect(self._forget)

    @property
    def is_moving(self) -> bool:
        """Whether the user moves it, or did just now."""
        return self._pause.isActive() or self._preview.isActive() or self._job is not None

    def refresh(self) -> None:
        """Show the cut of the image on the canvas, unless the user is at it."""
        viewer, session = self._context.viewer, self._context.session
        record = viewer.record
        self._bar.show_count(len(viewer.regions) if record is not None else None)
        if self._drag is not None and record is not None and record.id == self._drag.image_id and self.is_moving:
            self._is_stale = True
            return
        self._is_stale = False
        granularity = record.granularity if record is not None else None
        key = self._context.key_of("propose.image")
        no_tree = tr("This image has no proposed regions yet; press {key} to propose some").format(key=key)
        reason = "" if granularity is not None else no_tree
        self._bar.show_cut(granularity, reason=reason if session.can_edit else tr("The project is open read-only"))

    def _show_default(self) -> None:
        summary, session = self._context.session.summary, self._context.session
        default = None if summary is None else summary.default_granularity
        self._bar.show_default(default, can_edit=session.can_edit)

    def _on_moved(self, granularity: float) -> None:
        image_id = self._context.viewer.image_id
        if image_id is None or not self._context.session.can_edit or not self._context.viewer.is_settled:
            self.refresh()
            return
        if self._drag is None or self._drag.image_id != image_id or self._drag.is_over:
            self._drag = CutDrag(image_id)
        self._want(granularity)

    def _on_reset(self) -> None:
        """The click before the double click has moved the handle: that and this are one step."""
        if self._drag is not None and self._pause.isActive():
            self._drag.is_over = False
        self._bar.slider.setValue(self._bar.default_value)
        self._on_released()

    def _on_released(self) -> None:
        if self._drag is not None:
            self._send()
            self._drag.is_over = True

    def _want(self, granularity: float) -> None:
        assert self._drag is not None
        self._wanted = [each for each in self._wanted if each[0] is not self._drag] + [(self._drag, granularity)]
        self._pause.start()
        if not self._preview.isActive():
            self._preview.start()

    def _send(self) -> None:
        """Cut as wanted last in a movement; while a cut is being made, the next one waits."""
        if not self._wanted or self._job is not None or not self._context.session.can_edit:
            return
        drag, granularity = self._wanted.pop(0)
        self._job = cuts.recut_image(self._context.session, granularity, drag=drag)
        self._job.finished.connect(self._on_cut)

    def _on_cut(self) -> None:
        """It was shown by now, is about to be shown, or failed."""
        self._job = None
        self._is_stale = True
        if self._wanted:
            self._send()
        elif not self._pause.isActive():
            self.refresh()

    def _on_pause(self) -> None:
        if self._bar.is_held or self._job is not None or self._wanted:
            self._pause.start()
            return
        self._drag = None
        if self._is_stale:
            self.refresh()

    def _forget(self) -> None:
        self._preview.stop()
        self._pause.stop()
        self._drag = None
        self._wanted.clear()
        self._bar.show_default(None)
