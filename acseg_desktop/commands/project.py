"""Commands about the project as a whole: new, open, close, rescan, relocate, export.

It stays one module although it is long: each command is a few lines, and all are of the File menu.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from acseg_core.errors import AcsegError, ProjectDamagedError, ProjectReplacedError
from acseg_core.images.label_maps import LABEL_MAP
from acseg_core.images.left_out import OTHER_FOLDER, is_about_pages, is_left_out
from acseg_core.reports import ScanReport
from acseg_core.store import Project, is_project, queries
from acseg_core.store.upkeep.trimming import HistorySize, Kept
from acseg_core.types import ImageRecord, OpChanges, ProjectSummary, SkippedFile
from acseg_core.workflows.adding import CopyPlan, plan_copies
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.faults import sentence, show_error, show_open_error
from acseg_desktop.commands.moved_images import MovedImages
from acseg_desktop.dialogs.form import choose_path
from acseg_desktop.dialogs.lists import SkippedList
from acseg_desktop.dialogs.message import Message, Remedy
from acseg_desktop.dialogs.new_project import NewProjectForm
from acseg_desktop.dialogs.trim_form import TrimHistoryForm
from acseg_desktop.jobs import Lane
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words, bytes_text
from acseg_desktop.operations import history, project
from acseg_desktop.operations.scene_hashing import SceneHashing
from acseg_desktop.panels.banner import Notice
from acseg_desktop.panels.start_page import StartPage
from acseg_desktop.session import Session

tr = Words("Project")

logger = logging.getLogger(__name__)


class ProjectCommands:
    """What the File menu does."""

    def __init__(
        self,
        context: CommandContext,
        *,
        propose: Callable[[], None],
        welcome: Callable[[], None],
        export: Callable[[], None],
        exporting: Callable[[], None],
    ) -> None:
        """Make the commands.

        Args:
            context: What they work with.
            propose: Opens the form for proposals.
            welcome: Called when a new project was made.
            export: Opens the form for an export.
            exporting: Called when something is to be exported.
        """
        self._context = context
        self._propose = propose
        self._welcome_new, self._export, self._on_exporting = welcome, export, exporting
        session = context.session
        session.opened.connect(self._on_opened)
        session.closing.connect(context.banners.clear)
        session.open_failed.connect(self._on_open_failed)
        session.counts_changed.connect(self._on_counts)
        context.viewer.image_shown.connect(self._on_image_shown)
        context.viewer.cleared.connect(self._on_cleared)
        self._told: set[str] = set()
        session.closed.connect(self._told.clear)
        self._fresh = self._is_restoring = False
        self._moves = MovedImages(context, rescan=self.rescan)
        self._hashing = SceneHashing(session)
        self._typed: tuple[Path, Path, str] | None = None
        """What was entered for a project that is being made, so that it is there again if that fails."""

    def take(self, start: StartPage) -> None:
        """Do what the start page asks for."""
        start.new_requested.connect(self.new)
        start.open_requested.connect(self.open)
        start.sample_requested.connect(self.open_sample)
        start.scene_requested.connect(self.open_sample_scene)
        start.project_chosen.connect(self.open_folder)
        start.folder_dropped.connect(self.open_dropped)

    def new(self) -> None:
        """Ask for a new project."""
        self.new_from(None)

    def new_from(self, images: Path | None) -> None:
        """Ask for a new project of a folder of images."""
        self._ask_for_new(NewProjectForm(self._context.window, self._context.jobs, images=images))

    def _ask_for_new(self, form: NewProjectForm) -> None:
        form.creation_requested.connect(self._create)
        form.open()

    def open(self) -> None:
        """Ask which project to open."""
        choose_path(
            self._context.window,
            title=tr("Open project"),
            start=self._context.preferences.last_folder(),
            on_chosen=self.open_folder,
            folder=True,
        )

    def open_folder(self, folder: Path) -> None:
        """Open a project; a folder of photos is offered as a new one."""
        folder = folder.absolute()
        if folder.is_dir() and not is_project(folder) and _has_files(folder):
            self._offer_new(folder)
            return
        self._context.session.open(folder)

    def open_dropped(self, folder: Path) -> None:
        """Open a dropped project, or make one of a dropped folder of photos."""
        if is_project(folder):
            self.open_folder(folder)
        else:
            self.new_from(folder)

    def open_sample(self) -> None:
        """Make a project of the bundled photos, or open the one made before."""
        self._open_made("sample-photos", project.create_sample)

    def open_sample_scene(self) -> None:
        """The same with the bundled scene."""
        self._open_made("sample-scene", project.create_sample_scene)

    def _open_made(self, name: str, make: Callable[[Session, Path], None]) -> None:
        place = Path.home() / "ACSeg" / name
        if is_project(place / "project"):
            self._context.session.open(place / "project")
            return
        self._fresh = True
        make(self._context.session, place)

    def close(self) -> None:
        """Close the project."""
        self._context.session.close()

    def rescan(self) -> None:
        """Look for new, changed and missing images."""
        self._scan()

    def take_label_maps(self) -> None:
        """Take label maps in the folder as photos, too."""
        self._scan(label_maps=True)

    def _scan(self, *, label_maps: bool | None = None) -> None:
        job = project.scan(self._context.session, label_maps=label_maps)
        job.on_error(self._on_scan_failed)
        job.succeeded.connect(self._on_rescanned)

    def add_photos(self) -> None:
        """Ask which photos to add."""
        dialog = QFileDialog(self._context.window, tr("Add photos"), str(self._context.preferences.last_folder()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.add([Path(name) for name in names]))
        dialog.open()

    def add_folder(self) -> None:
        """Ask for a folder of photos to add."""
        choose_path(
            self._context.window,
            title=tr("Add a folder of photos"),
            start=self._context.preferences.last_folder(),
            on_chosen=lambda folder: self.add([folder]),
            folder=True,
        )

    def add(self, sources: Sequence[Path]) -> None:
        """Say what would be copied where, and do it if that is right."""
        job = self._context.session.read(lambda project: plan_copies(project.image_root, sources), lane=Lane.DISK)
        job.succeeded.connect(self._ask_to_copy)

    def _ask_to_copy(self, plan: CopyPlan) -> None:
        session = self._context.session
        if not session.can_edit:
            return
        if not plan.copies:
            self.rescan()
            return
        root = session.require().image_root
        text = tr(
            "%Ln photo(s), {size}, will be copied to {folder}, where the photos of this project are. The "
            "originals stay where they are.",
            len(plan.copies),
        )
        Message(
            self._context.window,
            title=tr("Add %Ln photo(s)?", len(plan.copies)),
            text=text.format(size=bytes_text(plan.bytes), folder=root),
            remedies=(Remedy(tr("Copy and add"), lambda: self._add(plan), primary=True),),
            image="image-plus-outline",
            tone="accent",
            leave=tr("Cancel"),
        ).open()

    def _add(self, plan: CopyPlan) -> None:
        job = project.add_images(self._context.session, plan)
        job.succeeded.connect(self._on_rescanned)

    def relocate(self) -> None:
        """Ask where the images are now."""
        choose_path(
            self._context.window,
            title=tr("Where are the images now?"),
            start=self._context.preferences.last_folder(),
            on_chosen=self.relocate_to,
            folder=True,
        )

    def relocate_to(self, folder: Path) -> None:
        """Tell the project where its images are."""
        job = project.relocate(self._context.session, folder)
        job.succeeded.connect(self._on_relocated)

    def skipped(self) -> None:
        """Show which files cannot be used."""
        job = self._context.session.read(lambda project: queries.summary(project).skipped)
        job.succeeded.connect(self._show_skipped)

    def trim_history(self) -> None:
        """Ask how much of the history is kept, and drop the rest."""
        context = self._context

        def measure(kept: Kept, take: Callable[[HistorySize], None]) -> None:
            history.measure(context.session, kept).succeeded.connect(take)

        form = TrimHistoryForm(context.window, context.preferences, measure)
        form.submitted.connect(self._trim)
        form.open()

    def _trim(self, kept: Kept) -> None:
        job = history.trim(self._context.session, kept)
        job.succeeded.connect(self._say_trimmed)

    def _say_trimmed(self, size: HistorySize) -> None:
        message = tr("%Ln edit(s) removed from the history, {size} freed", size.edits)
        self._context.say(message.format(size=bytes_text(size.bytes)))

    def export(self) -> None:
        """Ask what to export."""
        self._export()
        self._on_exporting()

    def adopt(self, record: ImageRecord) -> None:
        """Ask whether the new content of a file is to be used."""

        def take() -> None:
            job = project.adopt_changed(self._context.session, record.id)
            job.succeeded.connect(lambda _result: self._context.viewer.reload())

        Message(
            self._context.window,
            title=tr("Use the changed file?"),
            text=tr(
                "{path} is not the image its regions were made for. Using it removes those regions; undo brings "
                "them back."
            ).format(path=record.path),
            remedies=(Remedy(tr("Use the changed file"), take, primary=True),),
            tone="warning",
            leave=tr("Cancel"),
        ).open()

    def _create(self, images: Path, folder: Path, name: str, label_maps: bool = False) -> None:
        self._context.preferences.store("last_folder", str(images.parent))
        self._fresh, self._typed = True, (images, folder, name)
        project.create(self._context.session, folder, image_root=images, name=name, label_maps=label_maps)

    def _offer_new(self, folder: Path) -> None:
        Message(
            self._context.window,
            title=tr("No project found"),
            text=tr("{folder} contains no ACSeg project. Create one from the photos in it?").format(folder=folder),
            remedies=(Remedy(tr("New project…"), lambda: self.new_from(folder), primary=True),),
            image="folder-search-outline",
            tone="accent",
            leave=tr("Cancel"),
        ).open()

    def _on_opened(self) -> None:
        context, project = self._context, self._context.session.require()
        context.preferences.remember_project(project.folder, project.name)
        fresh, self._fresh, self._is_restoring, self._typed = self._fresh, False, False, None
        if project.notice:
            context.banners.opened.show_notice(Notice(translated(project.notice), "folder-alert-outline", ()))
        if project.left_root is not None:
            self._tell_copied(project.left_root)
        if project.read_only:
            self._tell_read_only()
        elif fresh:
            job = context.session.read(queries.summary)
            job.succeeded.connect(self._welcome)
        else:
            self.rescan()
            context.session.read(queries.summary).succeeded.connect(self._welcome_back)

    def _tell_copied(self, left: Path) -> None:
        text = tr(
            "This project was copied together with its photos. It now uses the copies, not the photos in {folder}."
        )
        self._context.banners.access.show_notice(Notice(text.format(folder=left), "folder-multiple-image"))

    def _welcome(self, summary: ProjectSummary) -> None:
        self._tell_skipped(summary.skipped)
        self._tell_how_to_begin(summary)

    def _welcome_back(self, summary: ProjectSummary) -> None:
        """Somebody who left before anything was proposed learns again how to go on."""
        if self._context.session.is_open and summary.images and not summary.regions and not summary.last_run:
            self._tell_how_to_begin(summary)

    def _tell_how_to_begin(self, summary: ProjectSummary) -> None:
        self._welcome_new()
        self._context.banners.hint.show_notice(
            Notice(
                tr(
                    "%Ln photo(s) ready. Next: let the model propose regions for you to merge and name.", summary.images
                ),
                "creation-outline",
                ((tr("Propose regions…"), self._on_welcome_propose),),
            )
        )

    def _on_welcome_propose(self) -> None:
        self._context.banners.hint.show_notice(None)
        self._propose()

    def tell_error(self, error: Exception) -> None:
        """Show why work on the project failed; if it turns out to be damaged, with the way to its backup."""
        opened = self._context.session.project
        if isinstance(error, ProjectDamagedError) and self._is_restoring:
            logger.info("told already: %s", error)
        elif isinstance(error, ProjectDamagedError) and opened is not None:
            self._tell_damage(error, opened.folder)
        elif isinstance(error, ProjectReplacedError):
            self._tell_replaced(error)
        else:
            show_error(self._context.window, error)

    def _tell_read_only(self) -> None:
        text = tr("Opened read-only: you can view and export, but not change anything.")
        self._context.banners.access.show_notice(Notice(text, "lock-outline", (), False))

    def _tell_replaced(self, error: ProjectReplacedError) -> None:
        """From now on the project is read-only; or it is closed already, and this was its last word."""
        opened = self._context.session.project
        if opened is None:
            show_error(self._context.window, error)
            return
        self._tell_read_only()
        self._context.session.note_changes(opened, OpChanges(images=True, labels=True))
        self._show_open_error(error, opened.folder)

    def _tell_damage(self, error: ProjectDamagedError, folder: Path) -> None:
        """Once in full; then in passing, as one bad row may stop many reads, and the other images are still there."""
        if str(error) in self._told:
            self._context.say(sentence(error))
            return
        self._told.add(str(error))
        self._show_open_error(error, folder)

    def _on_open_failed(self, error: Exception, folder: Path) -> None:
        typed, self._typed = self._typed, None
        self._fresh = self._is_restoring = False
        if typed is not None and isinstance(error, AcsegError):
            form = NewProjectForm(self._context.window, self._context.jobs)
            form.fill(*typed, failure=translated(error))
            self._ask_for_new(form)
            return
        self._show_open_error(error, folder)

    def _show_open_error(self, error: Exception, folder: Path) -> None:
        session = self._context.session
        show_open_error(
            self._context.window,
            error,
            folder,
            restore=self._restore,
            open_read_only=lambda folder: session.open(folder, read_only=True),
        )

    def _restore(self, folder: Path, source: Path | None) -> None:
        self._is_restoring = True
        project.restore(self._context.session, folder, source=source)

    def _on_scan_failed(self, error: Exception) -> None:
        if not isinstance(error, AcsegError):
            show_error(self._context.window, error)
            return
        self._context.banners.project.show_notice(
            Notice(translated(error), "folder-alert-outline", ((tr("Relocate…"), self.relocate),))
        )

    def _on_rescanned(self, report: ScanReport) -> None:
        self._tell_scan(report)
        if report.added:
            maps = sum(file.reason == LABEL_MAP for file in report.skipped)
            left_out = [tr("%Ln label map(s) left out", maps)] if maps else []
            self._context.say(", ".join([tr("%Ln new image(s)", report.added), *left_out]))

    def _on_relocated(self, report: ScanReport) -> None:
        self._context.banners.project.show_notice(None)
        self._tell_scan(report)
        self._context.viewer.reload()
        self._context.say(tr("%Ln image(s) found and checked", report.unchanged + len(report.moved)))

    def _tell_scan(self, report: ScanReport) -> None:
        parts, remedies = self._moves.texts(report), self._moves.remedies(report)
        missing = len(report.missing) - len(report.unsure)
        has_problems = bool(report.unsure or report.changed or report.missing or report.unreadable)
        if report.changed:
            parts.append(tr("%Ln image(s) (has,have) changed since being added.", len(report.changed)))
        if missing > 0:
            parts.append(tr("%Ln image(s) (is,are) missing.", missing))
        if report.unreadable:
            parts.append(tr("%Ln image(s) can no longer be read.", len(report.unreadable)))
        if has_problems:
            parts.append(tr("Regions are kept, but not shown on a changed picture."))
        image = "alert-outline" if has_problems else "folder-move-outline"
        remedies += ((tr("Relocate…"), self.relocate),) if report.missing else ()
        if not parts:
            self._context.banners.project.show_notice(None)
            self._tell_skipped(tuple(file for file in report.skipped if not is_left_out(file.reason)))
            return
        is_told_there = has_problems and not report.unsure  # what is asked is asked here only
        notice = Notice(" ".join(parts), image, remedies, about_files=is_told_there)
        self._context.banners.project.show_notice(notice)
        self._keep_one_banner()

    def _tell_skipped(self, skipped: tuple[SkippedFile, ...]) -> None:
        if not skipped:
            return
        unusable = sum(not is_left_out(file.reason) for file in skipped)
        texts = [tr("%Ln file(s) could not be used; the others were added.", unusable)] if unusable else []
        if maps := sum(file.reason == LABEL_MAP for file in skipped):
            texts.append(tr("%Ln label map(s) left out: (it,they) (belongs,belong) to photos.", maps))
        if folders := sum(file.reason == OTHER_FOLDER for file in skipped):
            texts.append(tr("%Ln folder(s) of thumbnails or deleted files left out.", folders))
        if paged := sum(is_about_pages(file.reason) for file in skipped):
            texts.append(tr("Only the first page of %Ln file(s) is used.", paged))
        self._context.banners.project.show_notice(
            Notice(" ".join(texts), "file-alert-outline", ((tr("Show…"), lambda: self._show_skipped(skipped)),))
        )

    def _show_skipped(self, skipped: tuple[SkippedFile, ...]) -> None:
        dialog = SkippedList(self._context.window, skipped, can_take=self._context.session.can_edit)
        dialog.label_maps_requested.connect(self.take_label_maps)
        dialog.open()

    def _on_counts(self) -> None:
        self._context.refresh()

    def _on_image_shown(self, record: ImageRecord) -> None:
        banner = self._context.banners.image
        remedies: tuple[tuple[str, Callable[[], object]], ...] = ()
        if record.problem and self._context.session.can_edit:
            if record.problem.startswith("changed"):
                remedies = ((tr("Use the changed file…"), lambda: self.adopt(record)),)
            elif record.problem == "missing":
                remedies = ((tr("Relocate…"), self.relocate),)
        text = _problem_text(record)
        banner.show_notice(Notice(text, "image-broken-variant", remedies, False) if record.problem else None)
        self._keep_one_banner()

    def _on_cleared(self) -> None:
        self._context.banners.image.show_notice(None)
        self._keep_one_banner()

    def _keep_one_banner(self) -> None:
        """Of files, the banner of the image tells, where it has something to tell: that of the project waits."""
        banners = self._context.banners
        if banners.project.notice is not None and banners.project.notice.about_files:
            banners.project.set_aside(banners.image.notice is not None)


def _problem_text(record: ImageRecord) -> str:
    if record.problem == "missing":
        return tr("{path} is missing. Its regions are kept.").format(path=record.path)
    if record.problem.startswith("changed"):
        return tr("{path} has changed since it was added. Its regions are kept.").format(path=record.path)
    return tr("{path}: {problem}. Its regions are kept.").format(path=record.path, problem=translated(record.problem))


def _has_files(folder: Path) -> bool:
    try:
        return next(folder.iterdir(), None) is not None
    except OSError:
        return False


def project_title(project: Project) -> str:
    """A project's name for the title of the window."""
    return tr("{name} (read-only)").format(name=project.name) if project.read_only else project.name
