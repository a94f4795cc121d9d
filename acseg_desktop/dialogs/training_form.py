"""Form for a training: the model's name, which images it learns from, how thoroughly, and what that takes."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QLineEdit, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from acseg_core.config import BackboneConfig
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import Form, caption, form_rows, heading, muted
from acseg_desktop.dialogs.tall_content import TallContent
from acseg_desktop.language.durations import duration_text
from acseg_desktop.language.words import Words, bytes_text, number
from acseg_desktop.operations.training import QUICK, THOROUGH, Cost, Trainable, TrainRequest

tr = Words("Training")

_REST = 230
"""Pixels that the form is high around what can be chosen."""
_LONGEST_NAME = 60
_HARDLY = 20_000_000
"""Bytes of disk that are not worth a word."""
_BESIDE_BUTTON = 24
"""Pixels by which what a button says more is moved to the right, below its text."""


class TrainingForm(Form):
    """Asks how to train.

    Signals:
        submitted(TrainRequest): Start.
    """

    submitted = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        *,
        images: Trainable,
        backbone: BackboneConfig,
        name: str,
        taken: Collection[str] = (),
        folder: Path,
        stopped: str = "",
    ) -> None:
        """Make the form.

        Args:
            parent: The window.
            images: Those that may be trained on.
            backbone: That the features come from.
            name: That is proposed for the model.
            taken: Names of the models that are there.
            folder: Of the project, on whose disk the work is kept.
            stopped: Name of a training that was stopped, and would be thrown away.
        """
        super().__init__(parent, title=tr("Train on my images"), confirm=tr("Train"))
        self._images, self._backbone, self._folder = images, backbone, folder
        self._taken = {each.casefold() for each in taken}
        self._costs: Mapping[tuple[str, int], Cost] | None = None
        self._is_measuring = True
        self.name = QLineEdit(name, maxLength=_LONGEST_NAME)
        self.name.setMinimumWidth(scaled(280))
        self.all_images = QRadioButton(tr("All %Ln image(s)", len(images.usable)))
        self.done_images = QRadioButton(tr("Only the %Ln image(s) that (is,are) done", len(images.done)))
        self.selected = QRadioButton(tr("Only the %Ln image(s) selected in the list", len(images.selected)))
        self.quick, self.thorough = QRadioButton(tr("Quick")), QRadioButton(tr("Thorough"))
        self.costs = {QUICK: muted(""), THOROUGH: muted("")}
        self.aside = PlainLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignTop)
        self.stopped = PlainLabel(wordWrap=True)
        self.stopped.setText(tr("The unfinished training of “{name}” will be discarded.").format(name=stopped))
        self.stopped.setVisible(bool(stopped))
        which, how = QButtonGroup(self), QButtonGroup(self)
        for button in (self.all_images, self.done_images, self.selected):
            which.addButton(button)
        self.done_images.setVisible(bool(images.done))
        self.selected.setVisible(bool(images.selected))
        for button in (self.quick, self.thorough):
            how.addButton(button)
        (self.selected if len(images.selected) >= images.least else self.all_images).setChecked(True)
        self.quick.setChecked(True)
        self._lay_out()
        which.buttonToggled.connect(self._check)
        how.buttonToggled.connect(self._check)
        self.name.textChanged.connect(self._check)
        self.confirmed.connect(self._on_confirmed)
        self._check()

    @property
    def image_ids(self) -> tuple[int, ...]:
        """The images that are chosen."""
        if self.done_images.isChecked():
            return self._images.done
        return self._images.selected if self.selected.isChecked() else self._images.usable

    @property
    def preset(self) -> str:
        """How thoroughly."""
        return THOROUGH if self.thorough.isChecked() else QUICK

    def show_costs(self, costs: Mapping[tuple[str, int], Cost] | None) -> None:
        """Say what it takes; None where that could not be measured."""
        self._is_measuring, self._costs = False, costs
        self._check()

    def _lay_out(self) -> None:
        images, ways = QVBoxLayout(), QVBoxLayout()
        for widget in (self.all_images, self.done_images, self.selected):
            images.addWidget(widget)
        images.setSpacing(4)
        ways.setSpacing(2)
        for button, what, cost in (
            (self.quick, tr("Learns what belongs together in your images."), self.costs[QUICK]),
            (self.thorough, tr("Also learns the concepts that recur in them."), self.costs[THOROUGH]),
        ):
            ways.addWidget(button)
            for label in (muted(what), cost):
                ways.addWidget(_indented(label))
            ways.addSpacing(6)
        rows = self._rows = form_rows()
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addRow(caption(tr("Name")), self.name)
        rows.addRow(tr("Images"), images)
        rows.addRow(tr("Training"), ways)
        rows.addRow(tr("Kept aside"), self.aside)
        inside = QWidget()
        inside.setLayout(rows)
        self.content.addWidget(heading(tr("Train on my images")))
        self.content.addWidget(
            muted(
                tr(
                    "The model learns from your own images, without labels. It runs in the background, and you decide "
                    "afterwards whether to use the result."
                )
            )
        )
        self.setMinimumWidth(scaled(480))
        self.content.addWidget(TallContent(inside, rest=_REST), 1)
        self.content.addWidget(self.stopped)

    def _check(self, *_: object) -> None:
        count = len(self.image_ids)
        aside = self._images.kept_aside(count)
        self.aside.setText(
            tr(
                "%Ln of {count} images: the model does not learn from (it,them), so (it,they) (shows,show) whether it "
                "has become any better.",
                aside,
            ).format(count=number(count))
        )
        self._rows.setRowVisible(self.aside, bool(aside))
        for preset, label in self.costs.items():
            label.setText(self._cost_text(preset, count))
        error = self._error(count)
        self.name.setProperty("invalid", bool(error) and not self._has_good_name)
        self.name.style().polish(self.name)
        self.show_error(error)
        self.confirm.setEnabled(not error)

    @property
    def _has_good_name(self) -> bool:
        name = self.name.text().strip()
        return bool(name) and name.casefold() not in self._taken

    def _error(self, count: int) -> str:
        """What stands in the way, with the remedy; "" where nothing does."""
        least = self._images.least
        if not self._images.usable:
            return tr("This project has no images that can be used. Add photos, or relocate the images.")
        if count < least:
            if len(self._images.usable) < least:
                text = tr("Training needs at least {least} images; this project has %Ln. Add more.", count)
            else:
                text = tr("Training needs at least {least} images; %Ln (is,are) chosen. Choose more.", count)
            return text.format(least=number(least))
        if not self.name.text().strip():
            return tr("Give the model a name.")
        if not self._has_good_name:
            return tr("There is a model of this name already. Choose another one.")
        return self._lack_of_room(count)

    def _lack_of_room(self, count: int) -> str:
        cost = (self._costs or {}).get((self.preset, count))
        if cost is None:
            return ""
        try:
            free = shutil.disk_usage(self._folder).free
        except OSError:
            return ""
        if free >= cost.disk_bytes:
            return ""
        text = tr("Training needs {needed} on the disk of {folder}, and {free} are free. Make room there first.")
        return text.format(needed=bytes_text(cost.disk_bytes), free=bytes_text(free), folder=self._folder)

    def _cost_text(self, preset: str, count: int) -> str:
        if self._is_measuring:
            return tr("Measuring how fast this computer is…")
        cost = (self._costs or {}).get((preset, count))
        if cost is None or count < self._images.least:
            return ""
        text = tr("About {time}, {size} on disk") if cost.disk_bytes > _HARDLY else tr("About {time}, hardly any disk")
        return text.format(time=_about(cost.seconds), size=_about_bytes(cost.disk_bytes))

    def _on_confirmed(self) -> None:
        request = TrainRequest(self.name.text().strip(), self.preset, self.image_ids, self._backbone)
        self.accept()
        self.submitted.emit(request)


def _indented(label: QLabel) -> QLabel:
    """A label below a button's text, which gets the height that its own text needs."""
    label.setContentsMargins(scaled(_BESIDE_BUTTON), 0, 0, 0)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
    return label


def _about(seconds: float) -> str:
    """A length of time, no more exactly than anybody can know beforehand."""
    step = 5 if seconds < 60 else 60 if seconds < 1800 else 300
    return duration_text(max(step, step * round(seconds / step)))


def _about_bytes(size: int) -> str:
    """So much room, to two digits."""
    unit = 10 ** max(0, len(str(size)) - 2)
    rounded = round(size / unit) * unit
    digits = 1 if rounded >= 1000 and len(str(rounded)) % 3 == 1 else 0  # 1.5 GB, but 18 MB and 180 MB
    return QLocale().formattedDataSize(rounded, digits, QLocale.DataSizeFormat.DataSizeSIFormat)
