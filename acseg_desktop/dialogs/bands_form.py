"""Form for bands and contrast: which bands of an image are shown, which values black and white, and how that looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from acseg_core.errors import AcsegError
from acseg_core.images.band_choice import HIGH, LOW, BandChoice
from acseg_desktop.appearance.number_field import decimal_field
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import Form, caption, form_rows, muted
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words, number

tr = Words("Bands form")

PICTURE = QSize(400, 320)
_SETTLED_MS = 120
"""For how long nothing is changed before a preview is made."""

_FILE, _RGB, _NEAR, _SINGLE, _OWN = "", "rgb", "nir", "single", "own"
_PRESETS = {
    _FILE: tr.mark("As when it was added"),
    _RGB: tr.mark("Red, green, blue"),
    _NEAR: tr.mark("Near infrared, red, green"),
    _SINGLE: tr.mark("One band in grey"),
    _OWN: tr.mark("Three bands of your choice"),
}
_COLORS = (tr.mark("Red"), tr.mark("Green"), tr.mark("Blue"))
_BANDS = {
    "red": tr.mark("red"),
    "green": tr.mark("green"),
    "blue": tr.mark("blue"),
    "nir": tr.mark("near infrared"),
    "gray": tr.mark("grey"),
    "alpha": tr.mark("transparency"),
}
"""What bands are called; others have their number only."""

THIS_IMAGE, ALL_IMAGES = "this", "all"


@dataclass(frozen=True, slots=True)
class BandsRequest:
    """What was asked for.

    Attributes:
        choice: Which bands, and how; None for how images were shown when they were added.
        is_for_all: All images, not only the one that was looked at.
        is_default: Images that are added later, too.
    """

    choice: BandChoice | None
    is_for_all: bool
    is_default: bool


class BandsForm(Form):
    """Asks which bands are shown, and how, with a preview of one image.

    Signals:
        submitted(BandsRequest): Show images like that.
        preview_wanted(object): A preview of this choice (`BandChoice`, or None) is to be made, off the GUI thread.
    """

    submitted = Signal(object)
    preview_wanted = Signal(object)

    def __init__(self, parent: QWidget | None, *, is_tile: bool) -> None:
        super().__init__(parent, title=tr("Bands and contrast"), confirm=tr("Apply"))
        self._names: Sequence[str] = ()
        self._is_waiting = False
        self.picture = PlainLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedSize(scaled(PICTURE.width()), scaled(PICTURE.height()))
        self.picture.setAccessibleName(tr("Preview"))
        self.preset = QComboBox()
        for preset, text in _PRESETS.items():
            self.preset.addItem(tr(text), preset)
        self.bands = tuple(QComboBox() for _ in _COLORS)
        self.low = decimal_field(minimum=0, maximum=99.9, step=0.5, suffix=" %")
        self.high = decimal_field(minimum=0.1, maximum=100, step=0.5, suffix=" %")
        self.low.setValue(LOW)
        self.high.setValue(HIGH)
        self.scope = QComboBox()
        self.scope.addItem(tr("All tiles of this scene") if is_tile else tr("This image"), THIS_IMAGE)
        self.scope.addItem(tr("All images"), ALL_IMAGES)
        for box in (*self.bands, self.scope):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.default = QCheckBox(tr("Images added later, too"))
        self.note = muted(" ")
        self.reset = QPushButton(tr("Reset"))
        self.reset.setAutoDefault(False)
        self.reset.clicked.connect(self._reset)
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._timer.timeout.connect(self._ask)
        self.confirmed.connect(self._submit)
        self.confirm.setEnabled(False)
        self.preset.setFocus()

    @property
    def choice(self) -> BandChoice | None:
        """What is chosen now; None for how images were shown when they were added.

        Raises:
            BandsError: The percentiles do not fit.
        """
        preset = self.preset.currentData()
        if preset == _FILE:
            return None
        numbers = [box.currentData() for box in self.bands]
        bands = {_SINGLE: str(numbers[0]), _OWN: ",".join(map(str, numbers))}.get(preset, preset)
        return BandChoice(bands, self.low.value(), self.high.value())

    @property
    def is_waiting(self) -> bool:
        """Whether the preview is not of what is chosen yet."""
        return self._is_waiting or self._timer.isActive()

    def show_bands(self, names: Sequence[str], shown: Sequence[int], *, is_as_added: bool) -> None:
        """Offer the bands of the image.

        Args:
            names: In GDAL's words.
            shown: Which are shown, from 1; one or three.
            is_as_added: Whether it is shown as it was when it was added.
        """
        self._names = names
        for place, box in enumerate(self.bands):
            box.clear()
            for band, name in enumerate(names, 1):
                known = tr(_BANDS[name]) if name in _BANDS else ""
                box.addItem(f"{number(band)} ({known})" if known else number(band), band)
            self._set_band(place, shown)
        preset = _FILE if is_as_added else _SINGLE if len(shown) == 1 else _OWN
        self.preset.setCurrentIndex(self.preset.findData(preset))
        for box in (self.preset, *self.bands):
            box.currentIndexChanged.connect(self._on_changed)
        self.low.valueChanged.connect(self._on_changed)
        self.high.valueChanged.connect(self._on_changed)
        self._on_changed()

    def show_picture(self, rgb: NDArray[np.uint8], bands: Sequence[int], note: str) -> None:
        """Show a preview.

        Args:
            rgb: (h, w, 3).
            bands: That are shown in it, from 1; none where its kind says how it looks.
            note: Which values are black and white in it.
        """
        self._is_waiting = False
        for place, box in enumerate(self.bands if bands else ()):
            with QSignalBlocker(box):
                self._set_band(place, bands)
        height, width = rgb.shape[:2]
        image = QImage(np.ascontiguousarray(rgb).tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
        room = self.picture.size()
        fitting = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        self.picture.setPixmap(QPixmap.fromImage(fitting))
        self.note.setText(note or " ")
        self.show_error("")
        self.confirm.setEnabled(True)

    def show_problem(self, error: Exception) -> None:
        """Say why there is no preview; what cannot be shown cannot be chosen."""
        self._is_waiting = False
        self.note.setText(" ")
        text = translated(getattr(error, "reason", error))
        self.show_error(text[:1].upper() + text[1:])
        self.confirm.setEnabled(False)

    def _set_band(self, place: int, shown: Sequence[int]) -> None:
        self.bands[place].setCurrentIndex(shown[min(place, len(shown) - 1)] - 1)

    def _lay_out(self) -> None:
        rows = form_rows()
        rows.addRow(caption(tr("Show")), self.preset)
        for text, box in zip(_COLORS, self.bands, strict=True):
            rows.addRow(caption(tr(text)), box)
        rows.addRow(caption(tr("Black below")), self.low)
        rows.addRow(caption(tr("White above")), self.high)
        rows.addRow(caption(tr("For")), self.scope)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addLayout(rows)
        right.addWidget(self.default)
        right.addWidget(self.note)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        both.addLayout(right, 1)
        self.content.addLayout(both)
        self.buttons.insertWidget(0, self.reset)

    def _on_changed(self, *_: object) -> None:
        preset = self.preset.currentData()
        for place, box in enumerate(self.bands):
            box.setEnabled(preset == _OWN or (preset == _SINGLE and place == 0))
        for field in (self.low, self.high):
            field.setEnabled(preset != _FILE)
        self.confirm.setEnabled(False)
        self._timer.start()

    def _ask(self) -> None:
        try:
            choice = self.choice
        except AcsegError as error:
            self.show_problem(error)
            return
        self._is_waiting = True
        self.preview_wanted.emit(choice)

    def _reset(self) -> None:
        self.preset.setCurrentIndex(self.preset.findData(_FILE))
        self.low.setValue(LOW)
        self.high.setValue(HIGH)

    def _submit(self) -> None:
        request = BandsRequest(self.choice, self.scope.currentData() == ALL_IMAGES, self.default.isChecked())
        self.accept()
        self.submitted.emit(request)
