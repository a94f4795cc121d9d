"""Commands on the list of labels."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor

from acseg_core.formats.label_files import SUFFIXES, LabelFormat
from acseg_core.store.edits.labels import NewLabel
from acseg_core.store.queries.image_search import ImageSearch, NameKey, NameTerm
from acseg_core.store.records import name_key
from acseg_desktop.commands.clusters import ClusterCommands
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.output_dialog import choose_output
from acseg_desktop.commands.review import ReviewCommands
from acseg_desktop.dialogs.label_form import LabelForm, MergeLabelsForm, choose_color
from acseg_desktop.image_list.search_box import ImageSearchBox
from acseg_desktop.language.words import Words
from acseg_desktop.operations import labels
from acseg_desktop.panels.banner import Notice
from acseg_desktop.panels.label_panel import LabelPanel

tr = Words("Labels")

_FORMATS = {
    LabelFormat.ACSEG: tr.mark("ACSeg labels, with all details"),
    LabelFormat.TEXT: tr.mark("Plain text, one name per line"),
    LabelFormat.COCO: tr.mark("COCO categories"),
    LabelFormat.CVAT: tr.mark("CVAT labels"),
    LabelFormat.LABELME: tr.mark("labelme labels.txt"),
    LabelFormat.YOLO: tr.mark("YOLO data.yaml"),
}


class LabelCommands:
    """What the label panel asks for."""

    def __init__(
        self,
        context: CommandContext,
        *,
        review: ReviewCommands,
        clusters: ClusterCommands,
        import_labels: Callable[[], None],
    ) -> None:
        """Make them.

        Args:
            context: What they work with.
            review: Gives labels on the canvas.
            clusters: Gives them in the concept browser.
            import_labels: Opens the form for an import.
        """
        self._context, self._import = context, import_labels
        self._review, self._clusters = review, clusters
        self._image_search: ImageSearchBox | None = None

    def take(self, panel: LabelPanel, image_search: ImageSearchBox) -> None:
        """Do what the panel asks for; images are found by ``image_search``."""
        self._image_search = image_search
        panel.label_given.connect(self.give)
        panel.creation_requested.connect(self.create)
        panel.edit_requested.connect(self.edit)
        panel.recolor_requested.connect(self.recolor)
        panel.rename_requested.connect(self.rename)
        panel.change_requested.connect(self.change)
        panel.move_requested.connect(self.move)
        panel.merge_requested.connect(self.merge)
        panel.deletion_requested.connect(self.delete)
        panel.images_requested.connect(self.find_images)
        panel.import_requested.connect(self._import)
        panel.export_requested.connect(self.choose_export)

    def give(self, label_id: int) -> None:
        """Give a label to what is selected, on the canvas or in the concept browser."""
        (self._clusters if self._clusters.is_open else self._review).give_label(label_id)

    def give_new(self, new: NewLabel) -> None:
        """Give a label that is made now to what is selected."""
        commands = self._clusters if self._clusters.is_open else self._review
        commands.give_name(new.name, is_thing=new.is_thing)

    def create(self) -> None:
        """Ask for a new label."""
        form = LabelForm(self._context.window, tuple(self._context.session.labels.values()))
        form.submitted.connect(lambda fields: labels.create(self._context.session, **fields))
        form.open()

    def edit(self, label_id: int) -> None:
        """Ask what a label is to be."""
        label = self._context.session.labels.get(label_id)
        if label is None:
            return
        form = LabelForm(self._context.window, tuple(self._context.session.labels.values()), label=label)
        form.submitted.connect(partial(self._update, label_id))
        form.open()

    def recolor(self, label_id: int) -> None:
        """Ask for a label's colour."""
        label = self._context.session.labels.get(label_id)
        if label is None or not self._context.session.can_edit:
            return

        def take(color: QColor) -> None:
            labels.recolor(self._context.session, label_id, color.name())

        choose_color(self._context.window, label.color, take)

    def rename(self, label_id: int, name: str) -> None:
        """Give a label another name; the name of another label means merging, which is asked for."""
        same = [label for label in self._context.session.labels.values() if name_key(label.name) == name_key(name)]
        if same and same[0].id != label_id:
            self.merge([same[0].id, label_id])
            return
        labels.rename(self._context.session, label_id, name)

    def change(self, label_ids: Sequence[int], fields: Mapping[str, Any]) -> None:
        """Change what several labels have in common."""
        labels.change(self._context.session, label_ids, **fields)

    def move(self, label_ids: Sequence[int], before: int | None, supercategory: str | None) -> None:
        """Put labels elsewhere in the list."""
        labels.move(self._context.session, label_ids, before=before, supercategory=supercategory)

    def merge(self, label_ids: Sequence[int]) -> None:
        """Ask which of several labels stays."""
        chosen = [label for i in label_ids if (label := self._context.session.labels.get(i)) is not None]
        if len(chosen) < 2:
            return
        form = MergeLabelsForm(self._context.window, chosen)
        form.submitted.connect(lambda target: self._merge(label_ids, target))
        form.open()

    def delete(self, label_ids: Sequence[int]) -> None:
        """Delete labels; undo brings them back."""
        chosen = [label for i in label_ids if (label := self._context.session.labels.get(i)) is not None]
        if not chosen:
            return
        message = tr("Deleted “{name}”; undo brings it back").format(name=chosen[0].name)
        if len(chosen) > 1:
            message = tr("%Ln label(s) deleted; undo brings (it,them) back", len(chosen))
        job = labels.delete(self._context.session, [label.id for label in chosen])
        job.succeeded.connect(lambda _outcome: self._context.say(message))

    def find_images(self, label_id: int) -> None:
        """Show the images that have a region with a label."""
        label = self._context.session.labels.get(label_id)
        if label is None or self._image_search is None:
            return
        if self._clusters.is_open:
            self._clusters.toggle()
        self._image_search.search_for(ImageSearch((NameTerm(NameKey.LABEL, (label.name,)),)))

    def choose_export(self) -> None:
        """Ask where to write the labels, and as what."""
        names = {f"{tr(text)} (*{SUFFIXES[kind]})": kind for kind, text in _FORMATS.items()}
        dialog = choose_output(
            self._context,
            title=tr("Export labels"),
            start=self._folder(),
            on_chosen=lambda path: self.export_to(path, names.get(dialog.selectedNameFilter(), LabelFormat.ACSEG)),
            kinds={name: SUFFIXES[kind] for name, kind in names.items()},
        )

    def export_to(self, path: Path, kind: LabelFormat) -> None:
        """Write the labels to a file."""
        self._context.preferences.store("label_folder", str(path.absolute().parent))
        count = len(self._context.session.labels)
        job = labels.write_file(self._context.session, path, kind)
        job.succeeded.connect(lambda notes: self._on_exported(path, count, notes))

    def _folder(self) -> Path:
        stored = Path(self._context.preferences.text("label_folder", ""))
        return stored if stored.is_absolute() and stored.is_dir() else self._context.preferences.last_folder()

    def _on_exported(self, path: Path, count: int, notes: Sequence[str]) -> None:
        self._context.say(tr("%Ln label(s) exported to {name}", count).format(name=path.name))
        self._note(path, notes)

    def _note(self, path: Path, notes: Sequence[str]) -> None:
        if notes:
            self._context.banners.project.show_notice(Notice(f"{path.name}: {'; '.join(notes)}", "information-outline"))

    def _update(self, label_id: int, fields: Mapping[str, Any]) -> None:
        labels.update(self._context.session, label_id, **fields)

    def _merge(self, label_ids: Sequence[int], target_id: int) -> None:
        sources = [label_id for label_id in label_ids if label_id != target_id]
        labels.merge(self._context.session, sources, target_id=target_id)
