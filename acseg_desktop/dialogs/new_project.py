"""Form for a new project: which photos, where the project goes, what it is called; checked while one types."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from acseg_core.errors import AcsegError
from acseg_core.images import find_images
from acseg_desktop.core_words import said
from acseg_desktop.dialogs.form import Form, PathField, caption, form_rows, heading, muted
from acseg_desktop.jobs import Jobs, Lane
from acseg_desktop.language import Words

tr = Words("New project")


def suggested_folder(images: Path) -> Path:
    """A free place for the project beside the images."""
    base = images.parent / f"{images.name or 'photos'}-labels"
    number, folder = 2, base
    while folder.exists():
        folder = base.with_name(f"{base.name}-{number}")
        number += 1
    return folder


class NewProjectForm(Form):
    """Asks for the three things a project needs.

    Signals:
        creation_requested(Path, Path, str): Image folder, project folder, name.
    """

    creation_requested = Signal(object, object, str)

    def __init__(self, parent: QWidget | None, jobs: Jobs, *, images: Path | None = None) -> None:
        super().__init__(parent, title=tr("New project"), confirm=tr("Create project"))
        self._jobs = jobs
        self._counting = 0
        self._project_touched = False
        self._name_touched = False
        self._image_count: int | None = None
        self._image_error = tr("Choose the folder of your photos.")
        self.images = PathField(title=tr("Folder of photos"), folder=True)
        self.found = QLabel(" ")
        self.found.setProperty("role", "muted")
        self.folder = PathField(title=tr("Project folder"), folder=True)
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Project name"))
        form = form_rows()
        form.addRow(caption(tr("Photos")), self.images)
        form.addRow("", self.found)
        form.addRow(caption(tr("Project")), self.folder)
        form.addRow("", muted(tr("A small folder for names and regions. The photos stay where they are.")))
        form.addRow(caption(tr("Name")), self.name)
        self.content.addWidget(heading(tr("A new project from a folder of photos")))
        self.content.addLayout(form)
        self._timer = QTimer(self, singleShot=True, interval=150)
        self._timer.timeout.connect(self._count)
        self.images.changed.connect(self._on_images)
        self.folder.changed.connect(self._check)
        self.folder.field.textEdited.connect(self._on_project_edited)
        self.name.textEdited.connect(self._on_name_edited)
        self.name.textChanged.connect(self._check)
        self.confirmed.connect(self._on_confirmed)
        self.images.set_path(images)
        self._check()

    def _on_project_edited(self, _text: str) -> None:
        self._project_touched = True

    def _on_name_edited(self, _text: str) -> None:
        self._name_touched = True

    def _on_images(self) -> None:
        images = self.images.path
        self._image_count, self._image_error = None, ""
        self.found.setText(tr("Looking…") if images else " ")
        if images is not None:
            if not self._project_touched:
                self.folder.set_path(suggested_folder(images.absolute()))
            if not self._name_touched:
                self.name.setText(images.name)
        self._timer.start()
        self._check()

    def _count(self) -> None:
        images = self.images.path
        if images is None:
            return
        self._counting += 1
        counting = self._counting
        job = self._jobs.submit(Lane.READ, lambda: len(find_images(images).paths))
        job.on_error(lambda error: self._on_counted(counting, None, error))
        job.succeeded.connect(lambda count: self._on_counted(counting, count, None))

    def _on_counted(self, counting: int, count: int | None, error: Exception | None) -> None:
        if counting != self._counting:
            return
        self._image_count = count
        if error is not None:
            reason = tr("That folder cannot be read: {error}").format(error=error)
            self._image_error = said(error) if isinstance(error, AcsegError) else reason
            self.found.setText(" ")
        elif not count:
            self._image_error = tr("There are no images in that folder.")
            self.found.setText(" ")
        else:
            self.found.setText(tr("%Ln image(s) found", count))
        self._check()

    def _check(self) -> None:
        folder = self.folder.path
        folder_error = ""
        if folder is not None and (folder / "project.db").exists():
            folder_error = tr("There is a project in that folder already; open it, or choose another folder.")
        elif folder is not None and folder.is_file():
            folder_error = tr("The project folder is a file; choose another place.")
        image_error = self._image_error if self.images.path is not None else ""
        self.images.mark(invalid=bool(image_error))
        self.folder.mark(invalid=bool(folder_error))
        self.show_error(image_error or folder_error)
        self.confirm.setEnabled(
            bool(self._image_count)
            and folder is not None
            and not folder_error
            and not image_error
            and bool(self.name.text().strip())
        )

    def _on_confirmed(self) -> None:
        images, folder = self.images.path, self.folder.path
        if images is not None and folder is not None:
            self.accept()
            self.creation_requested.emit(images.absolute(), folder.absolute(), self.name.text().strip())
