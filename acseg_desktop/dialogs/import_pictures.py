"""Part of the import form: the first images, with the shapes that would come drawn over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from acseg_core.errors import AcsegError
from acseg_core.formats.placing import Overlaps
from acseg_core.shapes import masks
from acseg_core.store import Project
from acseg_core.types import Label, Region, RegionOrigin, RegionStatus
from acseg_core.workflows.import_preview import PreviewedImage
from acseg_core.workflows.importing import ImportSettings
from acseg_desktop.appearance.icons import SMALL, icon
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.canvas.miniatures import painted, read_thumbnail
from acseg_desktop.language.words import Words, number
from acseg_desktop.panels.canvas_header import ElidedLabel
from acseg_desktop.session import Session

tr = Words("Import")

AT_ONCE = 3
_PICTURE = QSize(144, 108)
_BUTTON = 28


class ImportPictures(QWidget):
    """A few pictures, and buttons that step through the rest."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._session = session
        self.images: tuple[PreviewedImage, ...] = ()
        self._labels: Mapping[str, Label] = {}
        self._settings = ImportSettings()
        self._first = self._round = 0
        self.cells = [_Cell() for _ in range(AT_ONCE)]
        self.place = PlainLabel()
        self.place.setProperty("role", "muted")
        self.back, self.forth = QToolButton(), QToolButton()
        for button, image, words in (
            (self.back, "chevron-left", tr("Images before")),
            (self.forth, "chevron-right", tr("Next images")),
        ):
            button.setIcon(icon(image))
            button.setIconSize(SMALL)
            button.setMinimumSize(scaled(_BUTTON), scaled(_BUTTON))  # else a layout that is made anew squeezes it
            button.setToolTip(tip(words))
            button.setAccessibleName(words)
        self.back.clicked.connect(lambda: self._step(-AT_ONCE))
        self.forth.clicked.connect(lambda: self._step(AT_ONCE))
        self._lay_out()

    @property
    def is_waiting(self) -> bool:
        """Whether a picture is still made."""
        return any(cell.is_waiting for cell in self.cells)

    def show_images(
        self, images: Sequence[PreviewedImage], labels: Mapping[str, Label], settings: ImportSettings
    ) -> None:
        """Show these.

        Args:
            images: The first images of the file.
            labels: The label each name of the file becomes; what is left out is not among them.
            settings: How they would come in.
        """
        if images and self.images and images[0] is not self.images[0]:
            self._first = 0
        self.images, self._labels, self._settings = tuple(images), labels, settings
        self._first = min(self._first, max(0, len(images) - 1) // AT_ONCE * AT_ONCE)
        self._refresh()

    def stop(self) -> None:
        """Take no more pictures."""
        self._round += 1

    def _lay_out(self) -> None:
        title = PlainLabel(tr("First images"))
        title.setProperty("role", "section")
        top, row = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(title)
        top.addStretch(1)
        for widget in (self.place, self.back, self.forth):
            top.addWidget(widget)
        row.setSpacing(8)
        for cell in self.cells:
            row.addWidget(cell)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addLayout(row)

    def _step(self, by: int) -> None:
        self._first += by
        self._refresh()

    def _refresh(self) -> None:
        self._round += 1
        count, last = len(self.images), min(self._first + AT_ONCE, len(self.images))
        for widget in (self.place, self.back, self.forth):
            widget.setVisible(count > AT_ONCE)
        places = tr("{first}–{last} of {count}")
        self.place.setText(places.format(first=number(self._first + 1), last=number(last), count=number(count)))
        self.back.setEnabled(self._first > 0)
        self.forth.setEnabled(last < count)
        for place, cell in enumerate(self.cells, self._first):
            if place < count:
                self._show(cell, self.images[place])
            else:
                cell.empty()

    def _show(self, cell: _Cell, image: PreviewedImage) -> None:
        labels, settings, round_ = self._labels, self._settings, self._round
        cell.wait_for(image, labels, keeps_work=settings.onto.value == "rest")
        job = self._session.read(lambda project: paint_preview(project, image, labels, settings), priority=3)
        job.on_error(lambda _error: self._on_painted(cell, QImage(), round_), of=AcsegError)
        job.succeeded.connect(lambda picture: self._on_painted(cell, picture, round_))

    def _on_painted(self, cell: _Cell, picture: QImage, round_: int) -> None:
        if round_ == self._round:
            cell.show_picture(picture)


class _Cell(QWidget):
    """One picture with its name."""

    def __init__(self) -> None:
        super().__init__()
        self.is_waiting = False
        self._image: PreviewedImage | None = None
        self.picture = PlainLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.picture.setObjectName("Picture")
        self.picture.setFixedSize(scaled(_PICTURE.width()), scaled(_PICTURE.height()))
        self.name, self.remark = ElidedLabel(), ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self.remark.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.picture)
        for label in (self.name, self.remark):
            label.setFixedWidth(self.picture.width())
            layout.addWidget(label)

    def empty(self) -> None:
        self.is_waiting, self._image = False, None
        self.hide()
        self.picture.clear()
        self.setToolTip("")

    def wait_for(self, image: PreviewedImage, labels: Mapping[str, Label], *, keeps_work: bool) -> None:
        if image is not self._image:
            self.picture.clear()
        self._image, self.is_waiting = image, True
        self.show()
        self.name.setText(image.record.path)
        counts = Counter(labels[label].name for label in image.labels if label in labels)
        shapes = tr("%Ln shape(s)", counts.total())
        mark = (tr("your work stays") if keeps_work else tr("over your work")) if image.has_work else ""
        self.remark.setText(", ".join(filter(None, (shapes, mark))))
        listed = "\n".join(f"{name}: {number(count)}" for name, count in counts.most_common(_NAMED))
        self.setToolTip(tip(f"{image.record.path}\n{listed}"))
        self.picture.setAccessibleName(f"{image.record.path}: {shapes}")

    def show_picture(self, picture: QImage) -> None:
        self.is_waiting = False
        if picture.isNull():
            self.picture.setPixmap(icon("image-broken-variant", tone="muted").pixmap(QSize(32, 32)))
            return
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(picture).scaled(
            self.picture.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        pixmap.setDevicePixelRatio(ratio)
        self.picture.setPixmap(pixmap)


_NAMED = 12


def paint_preview(
    project: Project, image: PreviewedImage, labels: Mapping[str, Label], settings: ImportSettings
) -> QImage:
    """A thumbnail with the shapes that would come drawn over it.

    Raises:
        ImageError: The image cannot be read, or has changed.
    """
    thumbnail = read_thumbnail(project, image.record)
    regions = shown_regions(image, labels, settings.overlaps)
    if thumbnail.isNull() or not regions:
        return thumbnail
    return painted(thumbnail, regions, {label.id: label for label in labels.values()})


def shown_regions(image: PreviewedImage, labels: Mapping[str, Label], overlaps: Overlaps) -> list[Region]:
    """The regions that would come; suggestions are too faint to be seen in a small picture, so all look accepted."""
    left_out = {name: "" for name in image.labels if name not in labels}
    box = (0.0, 0.0, 0.0, 0.0)
    return [
        Region(
            place,
            image.record.id,
            None,
            None,
            mask,
            box,
            masks.area(mask),
            RegionStatus.ACCEPTED,
            labels[name].id,
            origin=RegionOrigin.IMPORTED,
        )
        for place, (name, mask) in enumerate(image.placed(left_out, overlaps), 1)
    ]
