"""Form for an export; it stays open while the file is written and tells where it is."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDoubleSpinBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from acseg_core.errors import AcsegError
from acseg_core.formats.instances import InstanceRule
from acseg_core.reports import ExportReport, ShapeReport
from acseg_core.store.queries.image_search import ImageSearch
from acseg_core.types import Progress
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.dialogs.export_images import ExportImages
from acseg_desktop.dialogs.form import Form, PathField, caption, form_rows, heading, muted, with_ending
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words, percent
from acseg_desktop.preferences import Preferences
from acseg_desktop.session import Session

tr = Words("Export")

logger = logging.getLogger(__name__)


class ExportForm(Form):
    """COCO: which images and regions, in which form, where to.

    Signals:
        images_requested(ImageSearch): Images that are left out are to be shown; the form is closed.
    """

    images_requested = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        session: Session,
        preferences: Preferences,
        *,
        selected: tuple[int, ...] = (),
        starts_selected: bool = False,
    ) -> None:
        """Make the form.

        Args:
            parent: The window.
            session: With an open project.
            preferences: Where the folder of the last export is kept.
            selected: Images that are selected in the list.
            starts_selected: Whether these are chosen at first.
        """
        super().__init__(parent, title=tr("Export"), confirm=tr("Export"))
        self.images = ExportImages(session, selected=selected, starts_selected=starts_selected)
        self._session = session
        self._preferences = preferences
        self._job: Job | None = None
        self._overwrite: Path | None = None
        self._result: Path | None = None
        self.accepted_only = QRadioButton(tr("Accepted regions with a label"))
        self.any_named = QRadioButton(tr("Every region with a label"))
        self.all_regions = QRadioButton(tr("All regions, unnamed ones as “region”"))
        self.masks, self.polygons = QRadioButton(tr("Masks (RLE)")), QRadioButton(tr("Polygons"))
        self.masks.setToolTip(tr("Exact to the pixel"))
        self.polygons.setToolTip(
            tr("For tools that cannot read masks; holes are joined to the outline by a cut of zero width")
        )
        self.parts, self.whole = (
            QRadioButton(tr("One annotation for each part")),
            QRadioButton(tr("One for each region")),
        )
        self.parts.setToolTip(
            tr("For things: two cars in one region become two annotations. Stuff is always one annotation.")
        )
        self.tolerance = QDoubleSpinBox(minimum=0, maximum=50, singleStep=0.5, decimals=1, suffix=" " + tr("px"))
        self.tolerance.setPrefix("± ")
        self.tolerance.setSpecialValueText(tr("exact"))
        self.tolerance.setAccessibleName(tr("Tolerance of polygons"))
        self.tolerance.setToolTip(tr("How far outlines may deviate, to save points"))
        which, shape, instances = QButtonGroup(self), QButtonGroup(self), QButtonGroup(self)
        for button in (self.accepted_only, self.any_named, self.all_regions):
            which.addButton(button)
        for button in (self.masks, self.polygons):
            shape.addButton(button)
        for button in (self.parts, self.whole):
            instances.addButton(button)
        self.accepted_only.setChecked(True)
        self.masks.setChecked(True)
        self.parts.setChecked(True)
        self.tolerance.setEnabled(False)
        self.polygons.toggled.connect(self.tolerance.setEnabled)
        self.all_regions.toggled.connect(self._follow_all_regions)
        self.out = PathField(title=tr("COCO file"), save=True, name_filter=tr("COCO annotations (*.json)"))
        self.bar = QProgressBar(textVisible=False)
        self.outcome = PlainLabel(wordWrap=True)
        self.outcome.setProperty("role", "good")
        self.show_folder = QPushButton(tr("Open folder"))
        self.show_folder.setAutoDefault(False)
        self._lay_out()
        self.out.set_path(self._suggested_path())
        self.out.changed.connect(self._check)
        self.confirmed.connect(self._on_confirmed)
        self.show_folder.clicked.connect(self._on_show_folder)
        for group in (which, shape, instances):
            group.buttonToggled.connect(self._forget_result)
        which.buttonToggled.connect(self._on_which)
        self.images.changed.connect(self._count)
        self.images.counted.connect(self._allow)
        self.images.images_requested.connect(self._on_images_requested)
        self.tolerance.valueChanged.connect(self._forget_result)
        self._check()
        self._count()

    def reject(self) -> None:
        """Stop a running export first; the file appears whole or not at all."""
        if self._job is not None:
            self._job.cancel()
            return
        self.images.stop()
        super().reject()

    def _suggested_path(self) -> Path:
        project = self._session.require()
        folder = Path(self._preferences.text("export_folder", ""))
        if not folder.is_absolute() or not folder.is_dir():
            folder = project.folder.absolute().parent
        return folder / f"{project.folder.name}-coco.json"

    def _lay_out(self) -> None:
        regions, shapes, last_row = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        regions.setSpacing(4)
        for widget in (self.accepted_only, self.any_named, self.all_regions):
            regions.addWidget(widget)
        shapes.setSpacing(16)
        shapes.addWidget(self.masks)
        shapes.addWidget(self.polygons)
        shapes.addWidget(self.tolerance)
        shapes.addStretch(1)
        counting = QHBoxLayout()
        counting.setSpacing(16)
        counting.addWidget(self.parts)
        counting.addWidget(self.whole)
        counting.addStretch(1)
        form = form_rows()
        form.addRow(tr("Images"), self.images)
        form.addRow(tr("Regions"), regions)
        form.addRow(tr("Things"), counting)
        form.addRow(tr("Shapes"), shapes)
        form.addRow(caption(tr("File")), self.out)
        last_row.setSpacing(8)
        last_row.addWidget(self.outcome, 1)
        last_row.addWidget(self.show_folder)
        self.content.addWidget(heading(tr("Export to COCO")))
        self.content.addWidget(muted(tr("One JSON file; it also lists images without regions.")))
        self.content.addLayout(form)
        self.content.addWidget(self.bar)
        self.content.addLayout(last_row)
        self.bar.hide()
        self._forget_result()

    def _follow_all_regions(self, all_regions: bool) -> None:
        """All regions are one annotation each, unless somebody wants them otherwise: together they cover the image."""
        (self.whole if all_regions else self.parts).setChecked(True)

    def _check(self) -> None:
        self._overwrite = None
        self.confirm.setText(tr("Export"))
        self._forget_result()
        self._allow()
        self.show_error("")

    def _allow(self) -> None:
        """There has to be a file, and an image for it."""
        preview = self.images.preview
        has_images = preview is not None and preview.images > 0
        self.confirm.setEnabled(has_images and self.out.path is not None and self._job is None)

    def _on_which(self, _button: QAbstractButton, checked: bool) -> None:
        if checked:
            self._count()

    def _count(self, *_: object) -> None:
        self.images.count(all_regions=self.all_regions.isChecked(), accepted_only=self.accepted_only.isChecked())
        self._forget_result()
        self._allow()

    def _on_images_requested(self, search: ImageSearch) -> None:
        self.reject()
        self.images_requested.emit(search)

    def _forget_result(self, *_: object) -> None:
        self.outcome.hide()
        self.show_folder.hide()

    def _on_confirmed(self) -> None:
        out = self.out.path
        if out is None or self._job is not None:
            return
        out = with_ending(out, ".json")
        if out.is_file() and self._overwrite != out and self._result != out:
            self._overwrite = out
            self.show_error(tr("{name} already exists. Press Replace to overwrite it.").format(name=out.name))
            self.confirm.setText(tr("Replace"))
            return
        self._preferences.store("export_folder", str(out.absolute().parent))
        self._start(out.absolute())

    def _start(self, out: Path) -> None:
        project = self._session.require()
        all_regions, polygons = self.all_regions.isChecked(), self.polygons.isChecked()
        accepted, with_problems = self.accepted_only.isChecked(), self.images.with_problems.isChecked()
        choice, image_ids = self.images.choice, self.images.image_ids
        instances: InstanceRule = "parts" if self.parts.isChecked() else "region"
        tolerance = self.tolerance.value() if polygons else 0

        def work() -> Any:
            from acseg_core.workflows.exporting import export_coco

            return export_coco(
                project,
                out,
                all_regions=all_regions,
                status="accepted" if accepted else "any",
                instances=instances,
                polygons=polygons,
                images=choice,
                tolerance=tolerance,
                image_ids=image_ids,
                with_problems=with_problems,
            )

        self.show_error("")
        self._forget_result()
        self.confirm.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._job = self._session.jobs.submit(Lane.DISK, work)
        self._job.on_error(self._on_failed)
        self._job.progressed.connect(self._on_progress)
        self._job.succeeded.connect(self._on_exported)
        self._job.cancelled.connect(self._on_cancelled)

    def _on_progress(self, tick: Progress) -> None:
        self.bar.setRange(0, tick.total)
        self.bar.setValue(tick.done)

    def _on_exported(self, report: ExportReport) -> None:
        self._end()
        self._result = report.path
        nouns = (
            tr("%Ln region(s)", report.regions),
            tr("%Ln image(s)", report.images),
            tr("%Ln categor(y,ies)", report.categories),
        )
        told = tr("Exported {what} to {name}.").format(what=", ".join(nouns), name=report.path.name)
        self.outcome.setText("\n".join([told, *_shapes_text(report.shapes)]))
        self.outcome.show()
        self.show_folder.show()
        self.leave.setText(tr("Close"))

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, AcsegError):
            self._session.jobs.failed.emit(error)
            self.show_error(tr("The export failed because of a bug in the program."))
            return
        self.show_error(translated(error))

    def _on_cancelled(self) -> None:
        self._end()
        self.show_error(tr("Cancelled; no file was written."))

    def _end(self) -> None:
        self._job = None
        self.bar.hide()
        self.confirm.setText(tr("Export"))
        self._allow()

    def _on_show_folder(self) -> None:
        if self._result is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._result.parent)))


def _shapes_text(shapes: ShapeReport) -> list[str]:
    """What an export says of the form of shapes: parts, and what polygons cost."""
    lines = []
    if shapes.divided:
        lines.append(tr("%Ln region(s) in several parts, one annotation for each part.", shapes.divided))
    if shapes.polygons:
        points = tr("%Ln point(s)", shapes.points)
        if shapes.inexact:
            pixels = tr("%Ln pixel(s)", shapes.changed)
            share = percent(shapes.changed / max(1, shapes.pixels), digits=2)
            lines.append(
                tr("%Ln polygon(s) not exact: {pixels} changed ({share}), {points} in total.", shapes.inexact).format(
                    pixels=pixels, share=share, points=points
                )
            )
        else:
            lines.append(tr("All polygons are exactly the masks: {points}.").format(points=points))
    return lines
