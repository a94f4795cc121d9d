"""Commands that bring labels in: the form, what is dropped on the window, and what is said of it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from acseg_core.errors import AcsegError
from acseg_core.formats.format import Format
from acseg_core.formats.placing import Overlaps
from acseg_core.images.finding import IMAGE_SUFFIXES
from acseg_core.reports import ImportReport
from acseg_core.store import is_project
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.dialogs.import_findings import Finding, FindingList, Row, smaller_hint
from acseg_desktop.dialogs.import_form import ImportForm
from acseg_desktop.jobs import Job
from acseg_desktop.language.core_messages import translated, translated_part
from acseg_desktop.language.words import Words
from acseg_desktop.operations import importing
from acseg_desktop.operations.importing import ImportRequest
from acseg_desktop.panels.banner import Notice

tr = Words("Import")


class ImportCommands:
    """Import labels, from a form or from what is dropped."""

    def __init__(
        self,
        context: CommandContext,
        *,
        open_folder: Callable[[Path], None],
        add_photos: Callable[[Sequence[Path]], None],
    ) -> None:
        """Make them.

        Args:
            context: What they work with.
            open_folder: Opens a project, or makes one of a folder of photos.
            add_photos: Adds photos to the project.
        """
        self._context = context
        self._open_folder, self._add_photos = open_folder, add_photos

    def choose(self) -> None:
        """Ask what to import."""
        self._open(None)

    def choose_from(self, path: Path) -> None:
        """Ask how to import a file or folder."""
        self._open(path)

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Do what is meant by dropping files or a folder on the window.

        A project is opened, photos are added, labels are imported, and of any other folder a project is made.
        """
        session = self._context.session
        if len(paths) == 1 and paths[0].is_dir() and (not session.can_edit or is_project(paths[0])):
            self._open_folder(paths[0])
        elif session.can_edit and all(path.suffix.lower() in IMAGE_SUFFIXES for path in paths):
            self._add_photos(paths)
        elif session.can_edit and len(paths) == 1:
            job = importing.guess(session, paths[0])
            job.succeeded.connect(lambda found: self._on_guessed(paths[0], found))

    def start(self, request: ImportRequest) -> Job:
        """Import; the images are shown as they are finished."""
        job = importing.start(self._context.session, request)
        job.on_error(lambda error: self._on_failed(request, error), of=AcsegError)
        job.succeeded.connect(lambda report: self._on_imported(request, report))
        job.cancelled.connect(
            lambda: self._context.say(tr("Cancelled; what was imported is kept. Import again to continue."))
        )
        job.finished.connect(self._context.refresh)
        self._context.refresh()
        return job

    def _open(self, path: Path | None) -> ImportForm:
        form = ImportForm(self._context.window, self._context.session, self._context.preferences, path=path)
        form.submitted.connect(self.start)
        form.open()
        return form

    def _on_guessed(self, path: Path, found: Format | None) -> None:
        if not self._context.session.can_edit:
            return
        if found is not None or not path.is_dir():
            self.choose_from(path)
        else:
            self._open_folder(path)

    def _on_failed(self, request: ImportRequest, error: Exception) -> None:
        if self._context.session.can_edit:
            self._open(None).take(request, failure=translated(error))

    def _on_imported(self, request: ImportRequest, report: ImportReport) -> None:
        context, name = self._context, request.path.name
        context.say(f"{name}: {_told(report)}")
        if report.notes:
            notes = "; ".join(map(translated, report.notes))
            context.banners.project.show_notice(Notice(f"{name}: {notes}", "information-outline"))
        rows = list(_left_out(report, request.settings.overlaps))
        if rows:
            text = tr("{name}: some of it was not imported.").format(name=name)
            finding = Finding(text, (tr("In the file"), tr("Reason")), lambda: rows)
            show = (tr("Show…"), lambda: FindingList(context.window, finding).open())
            context.banners.project.show_notice(Notice(text, "information-outline", (show,)))


def _told(report: ImportReport) -> str:
    if report.is_list:
        parts = [tr("%Ln label(s) added", len(report.labels))] if report.labels else []
        parts += [tr("%Ln label(s) changed", len(report.changed))] if report.changed else []
        return ", ".join(parts) or tr("nothing that is not there already")
    comments = [tr("%Ln comment(s)", report.comments)] if report.comments else []
    if not report.regions and comments:
        return comments[0]
    if not report.regions:
        return tr("nothing that is not there already")
    told = [tr("%Ln region(s)", report.regions), tr("in %Ln image(s)", report.images)]
    labels = [tr("%Ln new label(s)", len(report.labels))] if report.labels else []
    return ", ".join([" ".join(told), *labels, *comments])


def _left_out(report: ImportReport, overlaps: Overlaps) -> Iterator[Row]:
    """What did not come in, and why."""
    for file in report.left_out:
        yield file.path, translated(file.reason)
    for part in report.unused:
        yield part.places_text, translated_part(part)
    if report.empty > report.covered:
        yield tr("%Ln shape(s)", report.empty - report.covered), tr("without a pixel of their own")
    if report.covered:
        remedy = f" {tr('Undo this import first.')} {smaller_hint()}" if overlaps is Overlaps.LATER else ""
        yield tr("%Ln shape(s)", report.covered), tr("completely under others.") + remedy
    for name in report.unmatched:
        yield name, tr("not in this project")
