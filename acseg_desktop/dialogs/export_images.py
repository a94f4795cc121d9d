"""Part of the export form: which images leave, what is in them, and which stay behind and why."""

from __future__ import annotations

from collections.abc import Callable, Generator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QPushButton, QRadioButton, QVBoxLayout, QWidget

from acseg_core.formats.selection import ExportPreview, ImageChoice, preview_export, search_of
from acseg_core.reports import LeftOut
from acseg_core.types import Progress
from acseg_core.workflows.exporting import ExportSettings
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words
from acseg_desktop.operations import images
from acseg_desktop.session import Session

tr = Words("Export")

_LEFT_OUT: dict[LeftOut, Callable[[int], str]] = {
    LeftOut.NOT_DONE: lambda count: tr("%Ln image(s) left out: not done", count),
    LeftOut.NOT_NAMED: lambda count: tr("%Ln image(s) left out: nothing named", count),
    LeftOut.MISSING: lambda count: tr("%Ln image(s) left out: file missing", count),
    LeftOut.CHANGED: lambda count: tr("%Ln image(s) left out: file changed since it was labelled", count),
    LeftOut.UNREADABLE: lambda count: tr("%Ln image(s) left out: file cannot be read", count),
    LeftOut.NOT_ON_MAP: lambda count: tr("%Ln image(s) left out: no map coordinates", count),
}


class ExportImages(QWidget):
    """The choice of images, counted anew whenever it changes.

    Signals:
        changed(): Another choice was made; what was counted is out of date.
        counted(): `preview` is up to date.
        images_requested(ImageSearch): Those that are left out for a reason are to be shown.
    """

    changed = Signal()
    counted = Signal()
    images_requested = Signal(object)

    def __init__(self, session: Session, *, selected: tuple[int, ...] = (), starts_selected: bool = False) -> None:
        """Make it; ``selected`` are the images that are selected in the list, which may be chosen, too."""
        super().__init__()
        self._session, self._selected = session, selected
        self._job: Job | None = None
        self.preview: ExportPreview | None = None
        self.done = QRadioButton(tr("Done images"))
        self.named = QRadioButton(tr("All images with names"))
        self.selected = QRadioButton(tr("The %Ln selected image(s)", len(selected)))
        self.everything = QRadioButton(tr("All images"))
        self.with_problems = QCheckBox(tr("Include images whose file is missing or has changed"))
        self.counts = PlainLabel(wordWrap=True)
        self.counts.setProperty("role", "muted")
        self.reasons = {reason: QPushButton() for reason in LeftOut}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for button in (self.done, self.named, self.selected, self.everything):
            self._group.addButton(button)
            layout.addWidget(button)
        layout.addWidget(self.with_problems)
        layout.addWidget(self.counts)
        for reason, link in self.reasons.items():
            link.setFlat(True)
            link.setAutoDefault(False)
            link.setToolTip("" if reason is LeftOut.NOT_ON_MAP else tr("Show these images"))
            link.setEnabled(reason is not LeftOut.NOT_ON_MAP)  # no search finds those
            link.hide()
            link.clicked.connect(lambda _checked=False, reason=reason: self._on_link(reason))
            layout.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.selected.setVisible(bool(selected))
        (self.selected if starts_selected else self.done).setChecked(True)
        self._group.buttonToggled.connect(self._on_toggled)
        self.with_problems.toggled.connect(self.changed)

    @property
    def choice(self) -> ImageChoice:
        """Which images."""
        if self.done.isChecked():
            return ImageChoice.DONE
        return ImageChoice.NAMED if self.named.isChecked() else ImageChoice.ALL

    @property
    def image_ids(self) -> tuple[int, ...] | None:
        """Only some of these; None is all."""
        return self._selected if self.selected.isChecked() else None

    def count(self, settings: ExportSettings, *, needs_map: bool) -> None:
        """Count what an export would write, on a lane for the disk, as it looks at every file.

        Args:
            settings: Which regions leave.
            needs_map: Only images that have map coordinates leave.
        """
        self.stop()
        self.preview = None
        self._say(tr("Counting…"))
        for link in self.reasons.values():
            link.hide()
        choice, image_ids, with_problems = self.choice, self.image_ids, self.with_problems.isChecked()
        project = self._session.require()

        def work() -> Generator[Progress, None, ExportPreview]:
            return preview_export(
                project,
                choice,
                image_ids=image_ids,
                with_problems=with_problems,
                all_regions=settings.all_regions,
                accepted_only=settings.status == "accepted",
                needs_map=needs_map,
            )

        job = self._job = self._session.jobs.submit(Lane.DISK, work)
        job.on_error(lambda error: self._on_failed(job, error))
        job.succeeded.connect(lambda preview: self._on_counted(job, preview))

    def stop(self) -> None:
        """Count no more."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _on_counted(self, job: Job, preview: ExportPreview) -> None:
        if job is not self._job or not self._session.is_open:
            return
        self._job, self.preview = None, preview
        self._say(_told(preview))
        for reason, image_ids in preview.left_out.items():
            self.reasons[reason].setText(_LEFT_OUT[reason](len(image_ids)))
            self.reasons[reason].show()
        if preview.found and self._session.can_edit:
            images.note_problems(self._session, preview.found)  # so that the search finds them
        self.counted.emit()

    def _on_failed(self, job: Job, error: Exception) -> None:
        if job is self._job:
            self._job = None
            self._say(translated(error))

    def _say(self, text: str) -> None:
        """Show what was counted; a line that wraps gets its height, which the form does not find out by itself."""
        self.counts.setText(text)
        self.counts.setMinimumHeight(max(0, self.counts.heightForWidth(self.counts.width())))

    def _on_toggled(self, _button: QAbstractButton, checked: bool) -> None:
        if checked:
            self.changed.emit()

    def _on_link(self, reason: LeftOut) -> None:
        self.images_requested.emit(search_of(reason, self.choice))


def _told(preview: ExportPreview) -> str:
    if preview.images:
        return counts_text(preview)
    if set(preview.left_out) == {LeftOut.NOT_DONE}:
        return tr("No image is done yet. Finish one or choose other images.")
    return tr("Nothing to export.")


def counts_text(preview: ExportPreview) -> str:
    """What would be written."""
    parts = [tr("%Ln image(s)", preview.images), tr("%Ln region(s)", preview.regions)]
    if preview.regions:
        parts.append(tr("%Ln of them thing(s)", preview.things))
    if preview.negatives:
        parts.append(tr("%Ln image(s) without regions", preview.negatives))
    return ", ".join(parts)
