"""Part of the export form: splits, image files and rotated photos, which are behind *Advanced*."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from acseg_core.errors import ExportError
from acseg_core.formats.chips import Chips
from acseg_core.formats.dataset import Frame
from acseg_core.formats.format import Format
from acseg_core.formats.image_files import ImageFiles
from acseg_core.formats.splits import Split, SplitBy, split_from
from acseg_desktop.appearance.number_field import number_field
from acseg_desktop.dialogs.form import Rows, caption
from acseg_desktop.language.words import Words
from acseg_desktop.preferences import Preferences

tr = Words("Export")

_SPLIT, _SPLIT_BY, _FILES, _FRAME = "export_split", "export_split_by", "export_image_files", "export_frame"


class ExportOptions(QObject):
    """What few exports need to change.

    Signals:
        changed(): Something was chosen.
    """

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._format: Format | None = None
        self.split, self.split_by, self.files, self.frame = (QComboBox() for _ in range(4))
        self.split.setEditable(True)
        self.split.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.split.addItems([tr("No split"), "train=.8, val=.2", "train=.8, val=.1, test=.1"])
        self.split.setToolTip(tr("Names and shares; near-duplicates and frames of one video always stay together"))
        self.split.setAccessibleName(tr("Split"))
        field = self.split.lineEdit()
        assert field is not None  # it can be edited
        field.setAccessibleName(tr("Split"))
        for text, by in (
            (tr("at random"), SplitBy.RANDOM.value),
            (tr("by folder"), SplitBy.FOLDER.value),
            (tr("by cluster"), SplitBy.CLUSTER.value),
        ):
            self.split_by.addItem(text, by)
        self.split_by.setAccessibleName(tr("How to split"))
        for text, files in (
            (tr("Copy them"), ImageFiles.COPY.value),
            (tr("Link to them"), ImageFiles.LINK.value),
            (tr("Leave them out"), ImageFiles.NONE.value),
        ):
            self.files.addItem(text, files)
        self.files.setAccessibleName(tr("Image files"))
        self.frame.setAccessibleName(tr("Rotated photos"))
        self.frame.addItem(tr("As displayed"), Frame.DISPLAYED.value)
        self.frame.addItem(tr("As stored in the file"), Frame.STORED.value)
        self.frame.setToolTip(tr("Some tools ignore the EXIF rotation and need masks of the stored picture"))
        self.coordinates = QComboBox()
        self.coordinates.setAccessibleName(tr("Coordinates"))
        self.coordinates.addItem(tr("As in the image"), False)
        self.coordinates.addItem(tr("Longitude and latitude"), True)
        self.coordinates.setToolTip(tr("Most web maps need longitude and latitude"))
        self.chip_size = number_field(minimum=0, maximum=8192, suffix=" " + tr("px"))
        self.chip_size.setSingleStep(64)
        self.chip_size.setSpecialValueText(tr("No chips"))
        self.chip_size.setAccessibleName(tr("Size of chips"))
        self.chip_size.setToolTip(tr("Cuts scenes into training images of this size, across the borders of tiles"))
        self.chip_stride = number_field(minimum=0, maximum=8192, suffix=" " + tr("px"))
        self.chip_stride.setSingleStep(64)
        self.chip_stride.setSpecialValueText(tr("side by side"))
        self.chip_stride.setAccessibleName(tr("Distance from chip to chip"))
        self._restore()
        self.split.currentTextChanged.connect(self._on_changed)
        for box in (self.split_by, self.files, self.frame, self.coordinates):
            box.currentIndexChanged.connect(self._on_changed)
        for number in (self.chip_size, self.chip_stride):
            number.valueChanged.connect(self._on_changed)
        self._on_changed()

    @property
    def is_usual(self) -> bool:
        """Whether nothing here is unlike what it is at first."""
        is_displayed = self.stored_frame is Frame.DISPLAYED
        usual = None if self._format is None else self._format.image_files
        return self._is_whole and is_displayed and usual in (None, self.image_files)

    @property
    def image_files(self) -> ImageFiles:
        """What becomes of the image files."""
        return ImageFiles(self.files.currentData())

    @property
    def stored_frame(self) -> Frame:
        """Which way up rotated photos are."""
        return Frame(self.frame.currentData())

    def chosen_split(self) -> Split | None:
        """How the data set is split; None where it is not.

        Raises:
            ExportError: What was typed is no split.
        """
        if self._is_whole:
            return None
        return split_from(self.split.currentText(), by=SplitBy(self.split_by.currentData()))

    @property
    def has_degrees(self) -> bool:
        """Whether coordinates are longitude and latitude."""
        return self._format is not None and self._format.has_degrees and bool(self.coordinates.currentData())

    @property
    def has_chips(self) -> bool:
        """Whether scenes are cut into chips."""
        return self._format is not None and self._format.has_chips and self.chip_size.value() > 0

    def chosen_chips(self) -> Chips | None:
        """Into which chips scenes are cut; None where they are not.

        Raises:
            ExportError: They are too small.
        """
        return Chips(self.chip_size.value(), self.chip_stride.value() or None) if self.has_chips else None

    @property
    def is_split(self) -> bool:
        """Whether there is a split that makes sense."""
        try:
            return self.chosen_split() is not None
        except ExportError:
            return False

    def add_rows(self, form: Rows) -> list[QWidget | QHBoxLayout]:
        """Add the rows to a form; they are returned, so that they can be hidden."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.split, 1)
        row.addWidget(self.split_by)
        form.addRow(caption(tr("Split")), row)
        chips = QHBoxLayout()
        chips.setSpacing(8)
        chips.addWidget(self.chip_size, 1)
        chips.addWidget(self.chip_stride, 1)
        form.addRow(caption(tr("Chips")), chips)
        form.addRow(caption(tr("Image files")), self.files)
        form.addRow(caption(tr("Rotated photos")), self.frame)
        form.addRow(caption(tr("Coordinates")), self.coordinates)
        return [row, chips, self.files, self.frame, self.coordinates]

    def follow(self, format_: Format) -> None:
        """Choose for the image files what was chosen for this format the last time."""
        self._format = format_
        self._follow_format()
        files = self._preferences.text(f"{_FILES}_{format_.key}", format_.image_files.value)
        _choose(self.files, files)

    def remember(self) -> None:
        """Begin with all of this the next time."""
        self._preferences.store(_SPLIT, "" if self._is_whole else self.split.currentText())
        self._preferences.store(_SPLIT_BY, self.split_by.currentData())
        self._preferences.store(_FRAME, self.frame.currentData())
        if self._format is not None:
            self._preferences.store(f"{_FILES}_{self._format.key}", self.image_files.value)

    def _restore(self) -> None:
        split = self._preferences.text(_SPLIT, "")
        if split:
            self.split.setCurrentText(split)
        _choose(self.split_by, self._preferences.text(_SPLIT_BY, ""))
        _choose(self.frame, self._preferences.text(_FRAME, ""))

    @property
    def _is_whole(self) -> bool:
        return self.split.currentText().strip() in ("", self.split.itemText(0))

    def _on_changed(self, *_: object) -> None:
        self.split_by.setEnabled(not self._is_whole)
        self._follow_format()
        self.changed.emit()

    def _follow_format(self) -> None:
        """Formats without chips, or with one kind of coordinates, have nothing to choose there."""
        self.coordinates.setEnabled(self._format is not None and self._format.has_degrees)
        self.chip_size.setEnabled(self._format is not None and self._format.has_chips)
        self.chip_stride.setEnabled(self.has_chips)


def _choose(box: QComboBox, value: str) -> None:
    """Choose what was remembered; what is nothing of the box leaves it as it is."""
    for index in range(box.count()):
        if box.itemData(index) == value:
            box.setCurrentIndex(index)
