"""Commands on the images that are selected in the list, and on the list itself."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from acseg_core.types import ImageStatus, OpChanges
from acseg_desktop.appearance.icons import icon, status_text
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.propose import ProposeCommands
from acseg_desktop.commands.suggest import SuggestCommands
from acseg_desktop.dialogs.export_form import ExportForm
from acseg_desktop.dialogs.propose_form import remembered_config
from acseg_desktop.image_list.listing import read_paths
from acseg_desktop.image_list.strip import ImageStrip
from acseg_desktop.language.words import Words
from acseg_desktop.operations import images
from acseg_desktop.operations.proposing import ProposeRequest

tr = Words("Images")

_STATUSES = (ImageStatus.NEW, ImageStatus.IN_REVIEW, ImageStatus.DONE)
"""Statuses that a person may give images; that they are proposed, the machine says."""


class BatchCommands:
    """What one does with many images at once."""

    def __init__(self, context: CommandContext, *, propose: ProposeCommands, suggest: SuggestCommands) -> None:
        self._context = context
        self._propose = propose
        self._suggest = suggest
        self._strip: ImageStrip | None = None

    def take(self, strip: ImageStrip) -> None:
        """Listen to the list of images."""
        self._strip = strip
        strip.menu_requested.connect(self.open_menu)

    def search(self) -> None:
        """Let the user type what to search for."""
        if self._strip is None:
            return
        dock = self._strip.parentWidget()
        if dock is not None:
            dock.show()  # it may have been closed
        self._strip.take_focus()

    def open_menu(self, at: QPoint) -> None:
        """Show what can be done with the selected images."""
        assert self._strip is not None
        ids = tuple(self._strip.view.selected_ids())
        if not ids:
            return
        menu = QMenu(self._context.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        can_edit = self._context.session.can_edit
        can_propose = can_edit and not self._propose.is_running
        menu.addSection(tr("%Ln image(s)", len(ids)))
        propose = menu.addAction(tr("Propose regions"), lambda: self.propose(ids))
        propose.setIcon(icon("creation-outline"))
        spread = menu.addAction(tr("Suggest partitions"), lambda: self._suggest.spread_in(ids))
        spread.setIcon(icon("auto-fix"))
        accept = menu.addAction(tr("Accept all suggestions"), lambda: self.accept_suggestions(ids))
        accept.setIcon(icon("tag-check-outline"))
        menu.addSeparator()
        for status in _STATUSES:
            text = tr("Set status: {status}").format(status=status_text(status))
            action = menu.addAction(text, lambda status=status: self.set_status(ids, status))  # type: ignore[misc]
            action.setEnabled(can_edit)
        menu.addSeparator()
        menu.addAction(tr("Export only these…"), lambda: self.export(ids)).setIcon(icon("export-variant"))
        menu.addAction(tr("Copy paths"), lambda: self.copy_paths(ids)).setIcon(icon("content-copy"))
        for action in (propose, spread):
            action.setEnabled(can_propose)
        accept.setEnabled(can_edit)
        menu.popup(at)

    def propose(self, image_ids: tuple[int, ...]) -> None:
        """Propose regions of images with the settings used last; those a person worked on stay as they are."""
        self._propose.start(ProposeRequest(remembered_config(self._context.preferences), image_ids))

    def set_status(self, image_ids: tuple[int, ...], status: ImageStatus) -> None:
        """Say how far images have come."""
        job = images.set_status(self._context.session, image_ids, status)
        message = tr("%Ln image(s): {status}", len(image_ids)).format(status=status_text(status))
        job.succeeded.connect(lambda _outcome: self._context.say(message))

    def accept_suggestions(self, image_ids: tuple[int, ...]) -> None:
        """Give the regions of images the names suggested for them."""
        job = images.accept_suggestions(self._context.session, image_ids)
        job.succeeded.connect(self._say_accepted)

    def export(self, image_ids: tuple[int, ...]) -> None:
        """Ask what of images to export."""
        context = self._context
        ExportForm(context.window, context.session, context.preferences, image_ids=image_ids).open()

    def copy_paths(self, image_ids: tuple[int, ...]) -> None:
        """Put the paths of images on the clipboard, one on each line."""

        def copy(paths: list[str]) -> None:
            QGuiApplication.clipboard().setText("\n".join(paths))
            self._context.say(tr("%Ln path(s) copied", len(paths)))

        job = self._context.session.read(lambda project: read_paths(project, image_ids), priority=1)
        job.succeeded.connect(copy)

    def _say_accepted(self, outcome: tuple[object, OpChanges, object]) -> None:
        count = len(outcome[1].region_ids)
        self._context.say(tr("%Ln region(s) named as suggested", count) if count else tr("Nothing is suggested there"))
