"""The filters of the concept browser: by label, status, image, and foreground or background."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from acseg_core.types import Label, RegionStatus
from acseg_core.workflows.cluster_reading import ClusterFilter
from acseg_desktop.appearance.icons import swatch_icon
from acseg_desktop.appearance.plain_text import tip
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.language.words import Words
from acseg_desktop.panels.filter_box import FilterBox
from acseg_desktop.panels.region_panel import status_name

tr = Words("Concept browser")

_UNNAMED, _DOUBTFUL = -1, -2
_WIDEST_FILTER, _WIDEST_GROUND = 160, 230
_LETTERS = 6
"""Letters of a filter that are seen in the narrowest window."""
_SPACING = 8
_AIR = 2
"""Pixels that a text is given beside what it is wide."""


class FilterBar(QWidget):
    """Which clusters and members are shown.

    Signals:
        changed(ClusterFilter): The user chose another filter, or what was chosen is not there any more.
        doubtful_names_requested(): The user chose the doubtful names, which are a list of their own; the filter stays.
    """

    changed = Signal(object)
    doubtful_names_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image_id: int | None = None
        self._label_row = 0
        self.boxes = self.label, self.status, self.image, self.ground = tuple(FilterBox() for _ in range(4))
        self.label.setAccessibleName(tr("Filter by label"))
        self.status.setAccessibleName(tr("Filter by status"))
        self.image.setAccessibleName(tr("Filter by image"))
        self.status.addItem(tr("Status: any"), None)
        for status in RegionStatus:
            self.status.addItem(status_name(status).capitalize(), status.value)
        self.ground.setAccessibleName(tr("Filter by foreground or background"))
        self.ground.setToolTip(tr("Foreground: what stands out in an image. Background: the rest"))
        for text, in_front in (
            (tr("Foreground and background"), None),
            (tr("Foreground"), True),
            (tr("Background"), False),
        ):
            self.ground.addItem(text, in_front)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for box in self.boxes:
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            box.setMinimumContentsLength(_LETTERS)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentTextChanged.connect(lambda text, box=box: self._on_text(box, text))
            box.activated.connect(lambda _row: self._on_activated())
            row.addWidget(box)
        self._on_text(self.status, self.status.currentText())
        self._fit()
        self.show_labels({})
        self.show_image(None, "")

    @property
    def chosen(self) -> ClusterFilter:
        """What is chosen."""
        label, status = self.label.currentData(), self.status.currentData()
        return ClusterFilter(
            unnamed_only=label == _UNNAMED,
            label_id=label if isinstance(label, int) and label != _UNNAMED else None,
            status=RegionStatus(status) if status else None,
            image_id=self._image_id if self.image.currentIndex() == 1 else None,
            in_front=self.ground.currentData(),
        )

    def wanted_width(self) -> int:
        """Pixels at which what is chosen can be read."""
        return sum(self._wanted_width(box) for box in self.boxes) + _SPACING * (len(self.boxes) - 1)

    def changeEvent(self, event: QEvent) -> None:
        """Text of another size needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        for box in self.boxes:
            box.setMaximumWidth(scaled(_WIDEST_GROUND if box is self.ground else _WIDEST_FILTER))
        self.setMaximumWidth(sum(box.maximumWidth() + _SPACING for box in self.boxes) - _SPACING)
        self._share_room()

    def _on_text(self, box: QComboBox, text: str) -> None:
        box.setToolTip(tip(f"{box.accessibleName()}: {text}"))
        self._share_room()

    def _share_room(self) -> None:
        """Room by what there is to be read: one of them says more than the others."""
        for place, box in enumerate(self.boxes):
            self._row.setStretch(place, self._wanted_width(box))

    def _wanted_width(self, box: QComboBox) -> int:
        metrics = box.fontMetrics()
        around = box.sizeHint().width() - _LETTERS * metrics.horizontalAdvance("X")
        return min(box.maximumWidth(), around + metrics.horizontalAdvance(box.currentText()) + _AIR)

    def show_labels(self, labels: Mapping[int, Label]) -> None:
        """Offer these labels; what is chosen stays chosen while it is there."""
        before, chosen = self.chosen, self.label.currentData()
        self.label.clear()
        self.label.addItem(tr("Label: any"), None)
        self.label.addItem(tr("Unnamed"), _UNNAMED)
        self.label.addItem(tr("Doubtful names"), _DOUBTFUL)
        for label in sorted(labels.values(), key=lambda label: label.name.casefold()):
            self.label.addItem(swatch_icon(label.color), label.name, label.id)
        self.label.setCurrentIndex(max(0, self.label.findData(chosen)))
        self._label_row = self.label.currentIndex()
        self._tell_if_other(before)

    def show_image(self, image_id: int | None, path: str) -> None:
        """Offer this image; another one that was chosen is not any more."""
        before = self.chosen
        chosen = self.image.currentIndex() == 1 and image_id == self._image_id
        self._image_id = image_id
        self.image.clear()
        self.image.addItem(tr("Image: any"))
        if image_id is not None:
            self.image.addItem(tr("This image"))
            self.image.setItemData(1, tip(path), Qt.ItemDataRole.ToolTipRole)
        self.image.setCurrentIndex(int(chosen))
        self._tell_if_other(before)

    def reset(self) -> None:
        """Hide nothing."""
        before = self.chosen
        for box in self.boxes:
            box.setCurrentIndex(0)
        self._label_row = 0
        self._tell_if_other(before)

    def _on_activated(self) -> None:
        if self.label.currentData() == _DOUBTFUL:
            self.label.setCurrentIndex(self._label_row)
            self.doubtful_names_requested.emit()
        else:
            self._label_row = self.label.currentIndex()
            self.changed.emit(self.chosen)

    def _tell_if_other(self, before: ClusterFilter) -> None:
        if self.chosen != before:
            self.changed.emit(self.chosen)
