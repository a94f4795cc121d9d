"""Commands on the images that are selected in the list, and on the list itself."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from acseg_core.store import queries
from acseg_core.store.edits.removal import removed_images
from acseg_core.store.queries.image_search import ImageSearch
from acseg_core.types import ImageStatus, OpChanges, RemovedImage
from acseg_desktop.appearance.icons import icon, status_text
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.propose import ProposeCommands
from acseg_desktop.commands.suggest import SuggestCommands
from acseg_desktop.dialogs.export_form import ExportForm
from acseg_desktop.dialogs.message import Message, Remedy
from acseg_desktop.dialogs.propose_form import remembered_config
from acseg_desktop.dialogs.removed_images import RemovedList
from acseg_desktop.image_list.listing import read_paths
from acseg_desktop.image_list.strip import ImageStrip
from acseg_desktop.language.words import Words, number
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
        strip.removal_requested.connect(lambda: self.remove(self.selected()))

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
        spread = menu.addAction(tr("Segment from labelled images"), lambda: self._suggest.spread_in(ids))
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
        menu.addSeparator()
        remove = menu.addAction(tr("Remove from project…"), lambda: self.remove(ids))
        remove.setIcon(icon("delete-outline"))
        remove.setEnabled(can_edit)
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

    def export(self, image_ids: tuple[int, ...] = ()) -> None:
        """Ask what to export: of these images, or of all; those selected in the list are offered."""
        context = self._context
        selected = image_ids or self.selected()
        form = ExportForm(
            context.window,
            context.session,
            context.preferences,
            selected=selected if image_ids or len(selected) > 1 else (),
            starts_selected=bool(image_ids),
        )
        form.images_requested.connect(self.find)
        form.open()

    def find(self, search: ImageSearch) -> None:
        """Show the images that a search finds."""
        if self._strip is None:
            return
        dock = self._strip.parentWidget()
        if dock is not None:
            dock.show()
        self._strip.search.search_for(search)

    def remove_chosen(self) -> None:
        """Ask whether the selected images are to be removed; the one on the canvas, unless several are."""
        current, selected = self._context.viewer.image_id, self.selected()
        if len(selected) > 1:
            self.remove(selected)
        elif current is not None:
            self.remove((current,))

    def remove(self, image_ids: tuple[int, ...]) -> None:
        """Ask whether images are to be removed from the project, and say what goes along."""
        if not image_ids or not self._context.session.can_edit:
            return
        job = self._context.session.read(lambda project: queries.region_counts(project, image_ids), priority=1)
        job.succeeded.connect(lambda counts: self._ask_removal(image_ids, counts))

    def _ask_removal(self, image_ids: tuple[int, ...], counts: Mapping[int, tuple[int, int]]) -> None:
        regions, named = (sum(each[place] for each in counts.values()) for place in (0, 1))
        parts = [tr("The files stay where they are; undo brings the images back.")]
        if regions:
            gone = tr("%Ln region(s) will be removed too, {named} of them named.", regions).format(named=number(named))
            parts.insert(0, gone)
        Message(
            self._context.window,
            title=tr("Remove %Ln image(s) from the project?", len(image_ids)),
            text=" ".join(parts),
            remedies=(Remedy(tr("Remove"), lambda: self._remove(image_ids), primary=True),),
            tone="warning",
            leave=tr("Cancel"),
        ).open()

    def _remove(self, image_ids: tuple[int, ...]) -> None:
        job = images.remove(self._context.session, image_ids)
        message = tr("%Ln image(s) removed; undo brings (it,them) back", len(image_ids))
        job.succeeded.connect(lambda _outcome: self._context.say(message))

    def show_removed(self) -> None:
        """Show which images were removed, to take them back."""
        self._context.session.read(removed_images).succeeded.connect(self._open_removed)

    def _open_removed(self, removed: list[RemovedImage]) -> None:
        dialog = RemovedList(self._context.window, removed)
        dialog.take_back_requested.connect(self._take_back)
        dialog.open()

    def _take_back(self, image_ids: tuple[int, ...]) -> None:
        job = images.take_back(self._context.session, image_ids)
        message = tr("%Ln image(s) restored", len(image_ids))
        job.succeeded.connect(lambda _outcome: self._context.say(message))

    def selected(self) -> tuple[int, ...]:
        """Ids of the images that are selected in the list."""
        return () if self._strip is None else tuple(self._strip.view.selected_ids())

    def copy_paths(self, image_ids: tuple[int, ...]) -> None:
        """Put the paths of images on the clipboard, one on each line."""

        def copy(paths: list[str]) -> None:
            QGuiApplication.clipboard().setText("\n".join(paths))
            self._context.say(tr("%Ln path(s) copied", len(paths)))

        job = self._context.session.read(lambda project: read_paths(project, image_ids), priority=1)
        job.succeeded.connect(copy)

    def _say_accepted(self, outcome: tuple[object, OpChanges, object]) -> None:
        count = len(outcome[1].region_ids)
        self._context.say(
            tr("%Ln region(s) named as suggested", count) if count else tr("No names are suggested there")
        )
