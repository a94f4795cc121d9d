"""Form for an import: what a file is, what would come of it, and how; the import itself goes on in the background."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QProgressBar, QVBoxLayout, QWidget

from acseg_core.errors import AcsegError, UnknownFormatError
from acseg_core.formats.format import FORMATS, Format
from acseg_core.workflows.import_preview import ImportPreview
from acseg_desktop.appearance.icons import icon
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import Form, caption, form_rows, heading, muted
from acseg_desktop.dialogs.import_findings import ImportFindings, findings, list_findings
from acseg_desktop.dialogs.import_names import ImportNames
from acseg_desktop.dialogs.import_options import ImportOptions
from acseg_desktop.dialogs.import_pictures import ImportPictures
from acseg_desktop.dialogs.import_source import FormatChoice, ImportSource
from acseg_desktop.dialogs.tall_content import AROUND, TallContent
from acseg_desktop.jobs import Job
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words
from acseg_desktop.operations import importing
from acseg_desktop.operations.importing import ImportRequest, Look
from acseg_desktop.preferences import Preferences
from acseg_desktop.session import Session

tr = Words("Import")

_WIDTH = 980
"""Pixels that pictures and names need side by side, with text of the usual size."""
_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_REST = 240
"""Pixels that the rest of the form is high."""
_NAMES_KEPT = 200
"""Replaced names that are remembered, of the file that was imported last."""


class ImportForm(Form):
    """Labelled images of another tool, or a list of labels.

    Signals:
        submitted(ImportRequest): Start.
    """

    submitted = Signal(object)

    def __init__(
        self, parent: QWidget | None, session: Session, preferences: Preferences, *, path: Path | None = None
    ) -> None:
        """Make the form; ``path`` is read at once, if given."""
        super().__init__(parent, title=tr("Import labels"), confirm=tr("Import"))
        self.setAcceptDrops(True)
        self._session, self._preferences = session, preferences
        self._job: Job | None = None
        self._names: dict[str, str] | None = None
        self.format: Format | None = None
        self.preview: ImportPreview | None = None
        self.source = ImportSource(_folder(preferences))
        self.choice = FormatChoice()
        self.pictures, self.names = ImportPictures(session), ImportNames()
        self.findings, self.options = ImportFindings(), ImportOptions(preferences)
        self.bar = QProgressBar(textVisible=False)
        self._lay_out()
        self.source.changed.connect(self._on_path)
        self.choice.chosen.connect(self._look)
        self.options.match_changed.connect(self._look)
        self.options.changed.connect(self._show_pictures)
        self.options.changed.connect(self._show_findings)
        self.names.changed.connect(self._on_names)
        self.names.refused.connect(self.show_error)
        self.confirmed.connect(self._on_confirmed)
        self._show_state()
        self.source.file.setFocus()
        if path is not None:
            self.source.take(path)

    @property
    def is_looking(self) -> bool:
        """Whether the file is still read, or a picture made."""
        return self._job is not None or self.pictures.is_waiting

    def take(self, request: ImportRequest, *, failure: str) -> None:
        """Show what was asked for before, and why that failed."""
        self._names = dict(request.settings.names or {})
        self.options.take(request.settings)
        self.choice.choose(request.format.key)
        self.source.field.setText(str(request.path))
        self._look()
        self.show_error(failure)

    def done(self, result: int) -> None:
        """Stop looking."""
        self._stop()
        self.pictures.stop()
        super().done(result)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file or folder may be dropped."""
        if _dropped(event) is not None:
            self._set_hot(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: object) -> None:
        """Calm down."""
        self._set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        path = _dropped(event)
        self._set_hot(False)
        if path is not None:
            event.acceptProposedAction()
            self.source.take(path)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the width that pictures and names need side by side, as far as there is room."""
        super().showEvent(event)
        self.resize(min(scaled(_WIDTH), self._room - AROUND), self.height())

    @property
    def _room(self) -> int:
        """Width of the screen."""
        return self.screen().availableGeometry().width()

    def _lay_out(self) -> None:
        rows = form_rows()
        rows.addRow(caption(tr("File or folder")), self.source)
        rows.addRow(caption(tr("Format")), self.choice)
        self._empty = _drop_card()
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.pictures)
        left.addWidget(self.findings)
        left.addStretch(1)
        self._known = QWidget()
        self._columns = QBoxLayout(_BESIDE, self._known)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(24)
        self._columns.addLayout(left)
        self._columns.addWidget(self.names, 1)
        inside = QWidget()
        content = QVBoxLayout(inside)
        content.setContentsMargins(0, 0, 0, 0)
        content.setSpacing(16)
        content.addWidget(self._empty, 1)
        content.addWidget(self._known, 1)
        content.addWidget(self.options)
        self._scroll = TallContent(inside, rest=_REST)
        self.content.addWidget(heading(tr("Import labels")))
        self.content.addWidget(
            muted(
                tr("Labelled images of another tool, or a list of labels. Runs in the background; undo takes it back.")
            )
        )
        self.content.addSpacing(4)
        self.content.addLayout(rows)
        self.content.addWidget(self.bar)
        self.content.addSpacing(4)
        self.content.addWidget(self._scroll, 1)

    def _on_path(self) -> None:
        self._names = None
        self.options.forget_field()
        self.choice.choose(None)
        self._look()

    def _look(self) -> None:
        """Read the file anew."""
        self._stop()
        self.format = self.preview = None
        self.choice.say(None)
        self.show_error("")
        path = self.source.path
        if path is not None:
            key, match = self.choice.key, self.options.match_rule
            job = self._job = importing.look(self._session, path, key=key, match=match, on_map=self.options.on_map)
            job.on_error(lambda error: self._on_failed(job, error))
            job.progressed.connect(lambda look: self._on_look(job, look))
            job.succeeded.connect(lambda look: self._on_looked(job, look))
        self._show_state()

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _on_look(self, job: Job, look: Look) -> None:
        if job is not self._job or not self._session.is_open:
            return
        if self.choice.key is None:
            self.choice.say(look.format)
        self.format = look.format
        self.bar.setRange(0, look.total)
        self.bar.setValue(look.done)
        if look.preview is not None:
            self._take(look.preview)

    def _on_looked(self, job: Job, look: Look) -> None:
        if job is self._job:
            self._on_look(job, look)
            self._job = None
            self._show_state()

    def _on_failed(self, job: Job, error: Exception) -> None:
        if job is not self._job:
            return
        self._job = None
        if isinstance(error, UnknownFormatError):
            name = self.source.path.name if self.source.path is not None else ""
            self.show_error(tr("{name} is not in a known format. Choose its format above.").format(name=name))
        elif isinstance(error, AcsegError):
            self.show_error(translated(error))
        else:
            self._session.jobs.failed.emit(error)
            self.show_error(tr("The file could not be read because of a bug in the program."))
        self._show_state()

    def _take(self, preview: ImportPreview) -> None:
        is_first, self.preview = self.preview is None, preview
        self.options.offer_fields(preview.fields, preview.field, by_place=preview.by_place)
        if is_first:
            known = list(self._session.labels.values())
            names = self._remembered_names() if self._names is None else self._names
            self.names.fill(preview.labels, known, names=names, is_list=preview.is_list)
            self._names = self.names.model.names
            if preview.problem:
                self.show_error(translated(preview.problem))
            self._show_pictures()
            self._show_state()
        elif len(preview.images) != len(self.pictures.images):
            self._show_pictures()
        self.names.model.count(preview.shapes, is_complete=preview.is_complete)
        self._show_findings()

    def _on_names(self) -> None:
        self._names = self.names.model.names
        self.show_error("" if self.preview is None else translated(self.preview.problem))
        self._show_pictures()
        self._show_findings()
        self._allow()

    def _show_pictures(self) -> None:
        if self.preview is not None:
            self.pictures.show_images(self.preview.images, self.names.model.results, self.options.settings())
            self.pictures.setVisible(bool(self.preview.images))

    def _show_findings(self) -> None:
        if self.preview is not None:
            is_list, there = self.preview.is_list, self.names.model.there
            overlaps = self.options.settings().overlaps
            said = list_findings(self.preview, there=there) if is_list else findings(self.preview, overlaps)
            self.findings.show_findings(list(said))

    def _show_state(self) -> None:
        """Show what there is to show: nothing is chosen yet, it is looked at, or it is known what would come."""
        has_preview = self.preview is not None
        is_list = self.preview is not None and self.preview.is_list
        self.bar.setVisible(self._job is not None)
        if self._job is not None and not has_preview:
            self.bar.setRange(0, 0)
        is_wide = scaled(_WIDTH) <= self._room - AROUND
        self._columns.setDirection(_BESIDE if is_wide and not is_list else _BELOW)
        self.options.arrange(is_wide=is_wide)
        self._empty.setVisible(not has_preview and self._job is None)
        self._known.setVisible(has_preview)
        self.pictures.setVisible(self.preview is not None and bool(self.preview.images))
        self.options.setVisible(has_preview and not is_list)
        self._allow()

    def _allow(self) -> None:
        """There has to be something to import."""
        is_sound = self.preview is not None and not self.preview.problem
        self.confirm.setEnabled(is_sound and self.names.model.taken > 0 and self._session.can_edit)

    def _set_hot(self, hot: bool) -> None:
        self._empty.setProperty("hot", hot)
        self._empty.style().unpolish(self._empty)
        self._empty.style().polish(self._empty)

    def _remembered_names(self) -> dict[str, str]:
        """The names that were chosen for this file, if it was imported last: so it goes on as it began."""
        if self._preferences.text("import/path", "") != str(self.source.path):
            return {}
        try:
            names = json.loads(self._preferences.text("import/names", "{}"))
        except ValueError:
            return {}
        return {str(key): str(value) for key, value in names.items()} if isinstance(names, dict) else {}

    def _on_confirmed(self) -> None:
        path, preview, chosen = self.source.path, self.preview, self.format
        if path is None or preview is None or chosen is None:
            return
        self._stop()
        names = self.names.model.names
        self.options.remember()
        self._preferences.store("import/path", str(path))
        self._preferences.store("import/names", json.dumps(dict(list(names.items())[:_NAMES_KEPT])))
        self._preferences.store("label_folder", str(path.parent))
        self.accept()
        self.submitted.emit(ImportRequest(path, chosen, self.options.settings(names)))


def _drop_card() -> QFrame:
    """What is shown while nothing is chosen."""
    card = QFrame()
    card.setObjectName("DropCard")
    mark = PlainLabel(alignment=Qt.AlignmentFlag.AlignCenter)
    mark.setPixmap(icon("file-import-outline", tone="accent").pixmap(QSize(44, 44)))
    first = PlainLabel(tr("Drag a file or folder with labels here"), alignment=Qt.AlignmentFlag.AlignCenter)
    first.setProperty("role", "heading")
    titles = ", ".join(translated(each.title) for each in FORMATS if each.opener and not each.labels_only)
    lists = ", ".join(translated(each.title) for each in FORMATS if each.labels_only)
    layout = QVBoxLayout(card)
    layout.setContentsMargins(32, 24, 32, 24)
    layout.setSpacing(8)
    layout.addStretch(1)
    layout.addWidget(mark)
    layout.addWidget(first)
    for text in (titles, tr("Labels only: {formats}").format(formats=lists)):
        line = muted(text)
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(line)
    layout.addStretch(1)
    return card


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _folder(preferences: Preferences) -> Path:
    stored = Path(preferences.text("label_folder", ""))
    return stored if stored.is_absolute() and stored.is_dir() else preferences.last_folder()
