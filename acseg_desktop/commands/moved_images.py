"""Images whose files were moved: what a scan found out about them, and the question where it could not."""

from __future__ import annotations

from collections.abc import Callable

from acseg_core.reports import ScanReport, UnsureMove
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.dialogs.moved_file import MovedFileForm
from acseg_desktop.language.words import Words
from acseg_desktop.operations import project
from acseg_desktop.panels.banner import Notice

tr = Words("Project")


class MovedImages:
    """Tells where images have gone to, and asks where several files may be one.

    Args:
        context: What it works with.
        rescan: Looks through the image folder again.
    """

    def __init__(self, context: CommandContext, *, rescan: Callable[[], None]) -> None:
        self._context, self._rescan = context, rescan

    def texts(self, report: ScanReport) -> list[str]:
        """A sentence about images that moved, and one about those that may have."""
        texts = []
        if report.moved:
            texts.append(
                tr("%Ln image(s) (was,were) moved; (its,their) regions moved with (it,them).", len(report.moved))
            )
        if report.unsure:
            texts.append(tr("%Ln missing image(s) may have been renamed: choose the right file.", len(report.unsure)))
        return texts

    def remedies(self, report: ScanReport) -> tuple[tuple[str, Callable[[], object]], ...]:
        """The way to the question, where there is one."""
        if not report.unsure:
            return ()
        return ((tr("Choose…"), lambda: self.ask(report.unsure)),)

    def ask(self, unsure: tuple[UnsureMove, ...]) -> None:
        """Ask about the first of these images, and then about the others."""
        form = MovedFileForm(self._context.window, unsure[0].path, unsure[0].candidates, more=len(unsure) - 1)
        form.submitted.connect(self._move)
        if len(unsure) > 1:
            form.skipped.connect(lambda: self.ask(unsure[1:]))
        form.open()

    def _move(self, path: str, now: str) -> None:
        job = project.move_image(self._context.session, path, now)
        job.succeeded.connect(lambda _outcome: self._on_moved())

    def _on_moved(self) -> None:
        self._context.banners.project.show_notice(
            Notice(
                tr("%Ln image(s) (was,were) moved; (its,their) regions moved with (it,them).", 1), "folder-move-outline"
            )
        )
        self._context.viewer.reload()
        self._rescan()
