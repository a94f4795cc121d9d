"""Form for an export in any format of the table; it stays open while files are written and tells where they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from acseg_core.errors import AcsegError
from acseg_core.formats.dataset import Kept
from acseg_core.formats.format import ENDINGS
from acseg_core.formats.image_files import ImageFiles
from acseg_core.reports import ExportReport
from acseg_core.store.queries.image_search import ImageSearch
from acseg_core.types import Progress
from acseg_core.workflows.exporting import ExportSettings, check_ending, export_labels
from acseg_desktop.appearance.number_field import decimal_field
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.dialogs.advanced import AdvancedSwitch
from acseg_desktop.dialogs.export_format import ExportFormat
from acseg_desktop.dialogs.export_images import ExportImages
from acseg_desktop.dialogs.export_options import ExportOptions
from acseg_desktop.dialogs.export_texts import outcome_text, place_question
from acseg_desktop.dialogs.form import Form, PathField, caption, form_rows, heading, with_ending
from acseg_desktop.dialogs.tall_content import TallContent
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words
from acseg_desktop.preferences import Preferences
from acseg_desktop.session import Session

tr = Words("Export")

_LABEL = QFormLayout.ItemRole.LabelRole
_REST = 150
"""Pixels that the form is high around what scrolls: the place and the buttons are always in sight, and a message."""


class ExportForm(Form):
    """Which format, which images and regions, in which form, where to.

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
        self.format = ExportFormat(session, preferences, self)
        self.images = ExportImages(session, selected=selected, starts_selected=starts_selected)
        self.options = ExportOptions(preferences, self)
        self.options.follow(self.format.format)
        self.advanced = AdvancedSwitch(opened=not self.options.is_usual)
        self._session = session
        self._preferences = preferences
        self._job: Job | None = None
        self._overwrite: Path | None = None
        self._suggested: Path | None = None
        self._result: Path | None = None
        self.accepted_only = QRadioButton(tr("Accepted regions with a label"))
        self.any_named = QRadioButton(tr("Every region with a label"))
        self.all_regions = QRadioButton(tr("All regions, unnamed ones as “region”"))
        self.masks, self.polygons = QRadioButton(tr("Masks")), QRadioButton(tr("Polygons"))
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
        self.tolerance = decimal_field(minimum=0, maximum=50, step=0.5, suffix=" " + tr("px"))
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
        self.polygons.toggled.connect(self._follow_shape)
        self.all_regions.toggled.connect(self._follow_all_regions)
        self.out = PathField(title=tr("Export to"), save=True)
        self.bar = QProgressBar(textVisible=False)
        self.outcome = PlainLabel(wordWrap=True)
        self.outcome.setProperty("role", "good")
        self.show_folder = QPushButton(tr("Open folder"))
        self.show_folder.setAutoDefault(False)
        self._lay_out()
        self._follow_format()
        self.out.changed.connect(self._check)
        self.format.changed.connect(self._on_format)
        self.options.changed.connect(self._on_options)
        self.confirmed.connect(self._on_confirmed)
        self.show_folder.clicked.connect(self._on_show_folder)
        for group in (which, shape, instances):
            group.buttonToggled.connect(self._forget_result)
        which.buttonToggled.connect(self._on_which)
        instances.buttonToggled.connect(self._on_which)
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
        self.format.stop()
        super().reject()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the field for the place below the others, although it does not scroll with them."""
        super().resizeEvent(event)
        self._align()

    @property
    def _is_file(self) -> bool:
        """Whether one file is written, not a folder."""
        is_folder = self.options.is_split or self.options.has_chips or self.options.image_files is not ImageFiles.NONE
        return self.format.format.write_file is not None and not is_folder

    def _suggested_path(self) -> Path:
        project, format_ = self._session.require(), self.format.format
        folder = Path(self._preferences.text("export_folder", ""))
        if not folder.is_absolute() or not folder.is_dir():
            folder = project.folder.absolute().parent
        return folder / f"{project.folder.name}-{format_.key}{format_.suffixes[0] if self._is_file else ''}"

    def _on_format(self) -> None:
        self.options.follow(self.format.format)
        self._follow_format()
        self._count()

    def _on_options(self) -> None:
        self._suggest()
        self._forget_result()

    def _follow_format(self) -> None:
        """Ask only what the format can have."""
        format_ = self.format.format
        polygons = self._preferences.flag(f"export_polygons_{format_.key}", format_.is_polygons)
        (self.polygons if polygons or format_.only_polygons else self.masks).setChecked(True)
        self._rows.setRowVisible(self._shapes, format_.has_polygons or format_.simplifies)  # first: shows all of it
        self.masks.setVisible(format_.has_polygons and not format_.only_polygons)
        self.polygons.setVisible(format_.has_polygons)
        self._follow_shape()
        self._rows.setRowVisible(self._instances, Kept.INSTANCES in format_.keeps)
        self._suggest()

    def _follow_shape(self, *_: object) -> None:
        self.tolerance.setEnabled(self.polygons.isChecked() or self.format.format.simplifies)

    def _suggest(self) -> None:
        """A place for this format, unless somebody typed another one."""
        suggested = self._suggested_path()
        if self.out.path in (None, self._suggested):
            self._suggested = suggested
            self.out.set_path(suggested)
        suffix = self.format.format.suffixes[0] if self._is_file else ""
        self.out.ask_for(
            title=tr("Export to"),
            folder=not self._is_file,
            name_filter=f"{translated(self.format.format.title)} (*{suffix})" if suffix else "",
        )
        self._place.setText(tr("File") if self._is_file else tr("Folder"))

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
        self._shapes, self._instances = shapes, counting
        counting.setSpacing(16)
        counting.addWidget(self.parts)
        counting.addWidget(self.whole)
        counting.addStretch(1)
        form = self._rows = form_rows()
        self._place = caption(tr("File"))
        form.addRow(caption(tr("Format")), self.format.box)
        form.addRow("", self.format.losses)
        form.addRow(tr("Images"), self.images)
        form.addRow(tr("Regions"), regions)
        form.addRow(tr("Things"), counting)
        form.addRow(tr("Shapes"), shapes)
        form.addRow("", self.advanced)
        rows = self.options.add_rows(form)
        self.advanced.show_rows(form, rows)
        self.advanced.toggled.connect(lambda _opened: self.advanced.show_rows(form, rows))
        self.advanced.toggled.connect(lambda _opened: self._align())
        last_row.setSpacing(8)
        last_row.addWidget(self.outcome, 1)
        last_row.addWidget(self.show_folder)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addLayout(last_row)
        column.addStretch(1)
        place = form_rows()
        place.addRow(self._place, self.out)
        self._scroll = TallContent(inside, rest=_REST)
        self.content.addWidget(heading(tr("Export labels")))
        self.content.addWidget(self._scroll, 1)
        self.content.addSpacing(4)
        self.content.addLayout(place)
        self.content.addWidget(self.bar)
        self.bar.hide()
        self._forget_result()

    def _align(self) -> None:
        """The captions that scroll, and that of the place below them, are equally wide."""
        captions = [item.widget() for row in range(self._rows.rowCount()) if (item := self._rows.itemAt(row, _LABEL))]
        shown = [each.sizeHint().width() for each in captions if each is not None and not each.isHidden()]
        self._place.setMinimumWidth(max(shown, default=0))

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
        self.images.count(self._settings(), needs_map=self.format.format.needs_map)
        self.format.count(replace(self._settings(), split=None, into=False))
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
        try:
            settings = replace(self._settings(), split=self.options.chosen_split(), chips=self.options.chosen_chips())
            if self._is_file and out.suffix.lower() not in ENDINGS:
                out = with_ending(out, self.format.format.suffixes[0])
            check_ending(self.format.format, out, settings)
            is_confirmed = out in (self._overwrite, self._result)
            question = "" if is_confirmed else place_question(out, is_file=self._is_file)
        except (AcsegError, OSError) as error:
            self.show_error(translated(error) if isinstance(error, AcsegError) else str(error))
            return
        if question:
            self._overwrite = out
            self.show_error(question)
            self.confirm.setText(tr("Replace") if self._is_file else tr("Write into it"))
            return
        self._preferences.store("export_folder", str(out.absolute().parent))
        self._preferences.store(f"export_polygons_{self.format.format.key}", self.polygons.isChecked())
        self.format.remember()
        self.options.remember()
        self._start(out.absolute(), replace(settings, into=self._overwrite == out and not self._is_file))

    def _settings(self) -> ExportSettings:
        """What leaves, but for the split."""
        polygons = self.format.format.has_polygons and self.polygons.isChecked()
        return ExportSettings(
            images=self.images.choice,
            image_ids=self.images.image_ids,
            with_problems=self.images.with_problems.isChecked(),
            all_regions=self.all_regions.isChecked(),
            status="accepted" if self.accepted_only.isChecked() else "any",
            instances="parts" if self.parts.isChecked() else "region",
            polygons=polygons,
            tolerance=self.tolerance.value() if polygons else 0,
            simplify=self.tolerance.value() if self.format.format.simplifies else 0,
            degrees=self.options.has_degrees,
            with_images=self.options.image_files,
            frame=self.options.stored_frame,
        )

    def _start(self, out: Path, settings: ExportSettings) -> None:
        project, format_ = self._session.require(), self.format.format
        self.format.stop()

        def work() -> Any:
            return export_labels(project, out, format_, settings)

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
        self.outcome.setText(outcome_text(report, self.format.format))
        self.outcome.show()
        self.show_folder.show()
        self.leave.setText(tr("Close"))
        self._scroll.bring_into_sight(self.outcome)

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
            folder = self._result if self._result.is_dir() else self._result.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
