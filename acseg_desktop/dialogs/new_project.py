"""Form for a new project: which photos, where the project goes, what it is called; checked while one types."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from acseg_core.errors import AcsegError
from acseg_core.images.label_maps import RULE
from acseg_core.images.scenes.raster import INSTALL_HINT
from acseg_core.images.scenes.tiling import TILE_SIDE
from acseg_core.reports import ImageCount
from acseg_core.workflows.scanning import count_images
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.dialogs.form import Form, PathField, caption, form_rows, heading, muted
from acseg_desktop.jobs import Job, Jobs, Lane
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words

tr = Words("New project")


def suggested_folder(images: Path) -> Path:
    """A free place for the project beside the images, or beside the one file of them."""
    base = images.parent / f"{_name_of(images) or 'photos'}-labels"
    number, folder = 2, base
    while folder.exists():
        folder = base.with_name(f"{base.name}-{number}")
        number += 1
    return folder


def _name_of(images: Path) -> str:
    return images.stem if images.is_file() else images.name


class NewProjectForm(Form):
    """Asks for the three things a project needs, and whether label maps among the photos are photos, too.

    Signals:
        creation_requested(Path, Path, str, bool): Image folder or file, project folder, name, whether to take label
            maps.
    """

    creation_requested = Signal(object, object, str, bool)

    def __init__(self, parent: QWidget | None, jobs: Jobs, *, images: Path | None = None) -> None:
        super().__init__(parent, title=tr("New project"), confirm=tr("Create project"))
        self._jobs = jobs
        self._counting: Job | None = None
        self._project_touched = False
        self._name_touched = False
        self._count: ImageCount | None = None
        self._failure = ""
        self._image_error = tr("Choose the folder with your photos.")
        self.images = PathField(title=tr("Photo folder"), folder=True, file=tr("Scene file…"))
        self.found = PlainLabel(" ")
        self.found.setProperty("role", "muted")
        self.label_maps = QCheckBox(tr("Add label maps as photos too"))
        self.label_maps.setToolTip(tip(translated(RULE), wraps=True))
        self.folder = PathField(title=tr("Project folder"), folder=True)
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Project name"))
        form = form_rows()
        form.addRow(caption(tr("Photos")), self.images)
        form.addRow("", self.found)
        form.addRow("", self.label_maps)
        form.setRowVisible(self.label_maps, False)
        self._rows = form
        form.addRow(caption(tr("Project")), self.folder)
        form.addRow("", muted(tr("A small folder for names and regions. The photos stay where they are.")))
        form.addRow(caption(tr("Name")), self.name)
        self.content.addWidget(heading(tr("A new project from a folder of photos")))
        self.content.addLayout(form)
        self._timer = QTimer(self, singleShot=True, interval=150)
        self._timer.timeout.connect(self._start_counting)
        self.images.changed.connect(self._on_images)
        self.folder.changed.connect(self._check)
        self.folder.field.textEdited.connect(self._on_project_edited)
        self.name.textEdited.connect(self._on_name_edited)
        self.name.textChanged.connect(self._check)
        self.label_maps.toggled.connect(self._show_count)
        self.confirmed.connect(self._on_confirmed)
        self.finished.connect(self._stop_counting)
        self.images.set_path(images)
        self._check()
        self.images.field.setFocus()

    def fill(self, images: Path, folder: Path, name: str, *, failure: str) -> None:
        """Enter what was entered before, and say why that failed; it is said until something is changed."""
        self.images.set_path(images)
        self.folder.set_path(folder)
        self.name.setText(name)
        self._project_touched = self._name_touched = True
        self._failure = failure
        for edited in (self.images.field.textEdited, self.folder.field.textEdited, self.name.textEdited):
            edited.connect(lambda _text: self._forget_failure())
        self._check()

    def _forget_failure(self) -> None:
        self._failure = ""
        self._check()

    def _on_project_edited(self, _text: str) -> None:
        self._project_touched = True

    def _on_name_edited(self, _text: str) -> None:
        self._name_touched = True

    def _on_images(self) -> None:
        images = self.images.path
        self._count, self._image_error = None, ""
        self._stop_counting()
        self.found.setText(tr("Searching…") if images else " ")
        if images is not None:
            if not self._project_touched:
                self.folder.set_path(suggested_folder(images.absolute()))
            if not self._name_touched:
                self.name.setText(_name_of(images))
        self._timer.start()
        self._check()

    def _start_counting(self) -> None:
        images = self.images.path
        if images is None:
            return
        self._stop_counting()
        job = self._jobs.submit(Lane.READ, lambda: count_images(images))
        job.on_error(lambda _error: None, of=AcsegError)  # it is said in the form
        job.failed.connect(lambda error: self._on_counted(job, None, error))
        job.succeeded.connect(lambda count: self._on_counted(job, count, None))
        self._counting = job

    def _stop_counting(self) -> None:
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None

    def _on_counted(self, job: Job, count: ImageCount | None, error: Exception | None) -> None:
        if job is not self._counting:
            return
        self._counting, self._count = None, count
        if error is not None:
            reason = tr("That folder cannot be read: {error}").format(error=error)
            self._image_error = translated(error) if isinstance(error, AcsegError) else reason
        elif count is not None and count.needs_extra and not count.photos and not count.scenes:
            self._image_error = tr("Scenes need the package rasterio, which is not installed: {command}").format(
                command=INSTALL_HINT
            )
        elif count is not None and count.unread and not count.photos and not count.scenes:
            self._image_error = tr(
                "That folder contains no images in a supported format; convert %Ln image(s) to PNG or JPEG.",
                count.unread,
            )
        elif count is None or not (count.photos or count.scenes):
            self._image_error = tr("That folder contains no images.")
        self._show_count()
        self._check()

    def _show_count(self) -> None:
        """Say what would be taken, and what would not."""
        count = self._count
        maps = count.label_maps if count is not None else 0
        takes_maps = self.label_maps.isChecked()
        texts = [] if count is None else _told(count, takes_maps=takes_maps)
        self.found.setText(", ".join(texts) or " ")
        self._rows.setRowVisible(self.label_maps, maps > 0)

    def _check(self) -> None:
        folder = self.folder.path
        folder_error = ""
        if folder is not None and (folder / "project.db").exists():
            folder_error = tr("That folder already contains a project; open it or choose another folder.")
        elif folder is not None and folder.is_file():
            folder_error = tr("The project folder is a file; choose another place.")
        image_error = self._image_error if self.images.path is not None else ""
        self.images.mark(invalid=bool(image_error))
        self.folder.mark(invalid=bool(folder_error))
        self.show_error(image_error or folder_error or self._failure)
        self.confirm.setEnabled(
            self._count is not None
            and folder is not None
            and not folder_error
            and not image_error
            and bool(self.name.text().strip())
        )

    def _on_confirmed(self) -> None:
        images, folder = self.images.path, self.folder.path
        if images is not None and folder is not None:
            self.accept()
            takes_maps = self.label_maps.isChecked() and self._count is not None and self._count.label_maps > 0
            self.creation_requested.emit(images.absolute(), folder.absolute(), self.name.text().strip(), takes_maps)


def _told(count: ImageCount, *, takes_maps: bool) -> list[str]:
    """What would be taken, and what would not."""
    photos, maps = count.photos, count.label_maps
    texts = []
    if photos:
        texts.append(tr("%Ln image(s) found", photos + maps if takes_maps else photos))
    if photos and maps:
        texts.append(tr("%Ln of them label map(s)", maps) if takes_maps else tr("%Ln label map(s) left out", maps))
    if count.scenes:
        tiles = tr("%Ln tile(s) of about {side} px", count.tiles).format(side=TILE_SIDE)
        texts += [tr("%Ln scene(s)", count.scenes), tiles]
    if texts and count.unread + count.needs_extra:
        texts.append(tr("%Ln in an unsupported format", count.unread + count.needs_extra))
    if texts and count.other_folders:
        texts.append(tr("%Ln folder(s) of thumbnails or deleted files left out", count.other_folders))
    return texts
