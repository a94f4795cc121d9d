"""Form for proposals: which model, on what device, for which images."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from acseg_core.config import (
    DEFAULT_BACKBONE,
    INPUT_SIZES,
    BackboneConfig,
    Device,
    Fine,
    Method,
    SegmenterConfig,
    TreeConfig,
)
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.dialogs.advanced import AdvancedSwitch
from acseg_desktop.dialogs.form import Form, PathField, caption, form_rows, heading, muted
from acseg_desktop.dialogs.model_choice import ModelChoice, NamedModel
from acseg_desktop.dialogs.tall_content import TallContent
from acseg_desktop.language.durations import duration_text
from acseg_desktop.language.words import Words
from acseg_desktop.operations.proposing import ProposeRequest
from acseg_desktop.pace import remembered_pace
from acseg_desktop.preferences import Preferences

tr = Words("Propose form")

_SETTLED_MS = 400
"""For how long nothing of the model is changed before it is measured."""

_REST = 220
"""Pixels that the form is high around what can be chosen."""

BUNDLED, LOCAL, HUB = "bundled", "local", "hub"
METHODS = {
    "tree": tr.mark("Concept tree"),
    "acseg": tr.mark("ACSeg (CVPR 2023)"),
}
DEVICES = {
    "auto": tr.mark("Automatic"),
    "cpu": tr.mark("Processor (CPU)"),
    "cuda": tr.mark("NVIDIA or AMD GPU (CUDA)"),
    "mps": tr.mark("Apple GPU (MPS)"),
}
DETAILS = {
    "fast": tr.mark("Fast: half the time, may miss small things"),
    "balanced": tr.mark("Balanced"),
    "fine": tr.mark("Fine: more than twice the time, for small things"),
}

FINE = {
    "cells": tr.mark("The image's pixels"),
    "ward": tr.mark("The image's patches"),
    "generator": tr.mark("The generator's concepts"),
}


def remembered_config(preferences: Preferences) -> SegmenterConfig:
    """The model settings used last; the bundled model where there are none."""
    source = preferences.text("model/source", BUNDLED)
    weights = preferences.text("model/weights", "")
    name = preferences.text("model/name", DEFAULT_BACKBONE) if source != BUNDLED else DEFAULT_BACKBONE
    generator = preferences.text("model/generator", "")
    device = preferences.text("model/device", "auto")
    input_size = INPUT_SIZES.get(preferences.text("model/detail", ""), INPUT_SIZES["balanced"])
    fine = preferences.text("model/leaves", "cells")
    method = preferences.text("model/method", "tree")
    return SegmenterConfig(
        backbone=BackboneConfig(
            name=name or DEFAULT_BACKBONE,
            weights=Path(weights) if source == LOCAL and weights else None,
            input_size=input_size,
            device=cast("Device", device if device in DEVICES else "auto"),
        ),
        generator=Path(generator) if generator else None,
        tree=TreeConfig(fine=cast("Fine", fine if fine in FINE else "cells")),
        method=cast("Method", method if method in METHODS else "tree"),
    )


class ProposeForm(Form):
    """Asks how to propose.

    Signals:
        submitted(ProposeRequest): Start.
        unmeasured(SegmenterConfig): How long an image takes with what is chosen is not known yet, and can be measured.
    """

    submitted = Signal(object)
    unmeasured = Signal(object)

    def __init__(
        self, parent: QWidget | None, preferences: Preferences, *, image_id: int | None, only_new: bool, done: int = 0
    ) -> None:
        """Make the form; ``done`` images are left out unless one asks for them to be replaced."""
        super().__init__(parent, title=tr("Propose regions"), confirm=tr("Propose"))
        self._preferences = preferences
        self._image_id = image_id
        self.all_images = QRadioButton(tr("All images you have not worked on yet"))
        self.only_new = QRadioButton(tr("Only images without proposals"))
        self.this_image = QRadioButton(tr("Only the current image"))
        self.this_image.setEnabled(image_id is not None)
        (self.only_new if only_new else self.all_images).setChecked(True)
        self.replace = QCheckBox(tr("Replace regions I have named or merged (can be undone)"))
        self._done = done
        self.left_out = muted("")
        self._half_labelled, self._is_half_labelled = 0, False
        self.around = muted("")
        self.bundled = QRadioButton(tr("Bundled: DINOv2 ViT-S/14, works offline"))
        self.local = QRadioButton(tr("From a weights file"))
        self.hub = QRadioButton(tr("Download by name (timm)"))
        scope, source = QButtonGroup(self), QButtonGroup(self)
        for button in (self.all_images, self.only_new, self.this_image):
            scope.addButton(button)
        for button in (self.bundled, self.local, self.hub):
            source.addButton(button)
        self.name = QLineEdit(preferences.text("model/name", DEFAULT_BACKBONE))
        self.weights = PathField(title=tr("Weights file"), name_filter=tr("Weights (*.safetensors)"))
        self.model = ModelChoice()
        self.generator = PathField(title=tr("Model file"), name_filter=tr("Models (*.safetensors)"))
        self.method = QComboBox()
        for method, text in METHODS.items():
            self.method.addItem(tr(text), method)
        self.method.setToolTip(
            tr(
                "Concept tree: regions of any size, down to single pixels, as coarse or fine as you like.\n"
                "ACSeg (CVPR 2023): the published method; its network finds at most five large regions per image.\n"
                "You can use both in one project."
            )
        )
        self.fine = QComboBox()
        for fine, text in FINE.items():
            self.fine.addItem(tr(text), fine)
        self.fine.setToolTip(
            tr(
                "What regions are put together from. Pixels reach the smallest things; patches give softer edges,\n"
                "as in earlier versions; the generator gives no more concepts than it has prototypes."
            )
        )
        self.device = QComboBox()
        for device, text in DEVICES.items():
            self.device.addItem(tr(text), device)
        self.detail = QComboBox()
        for detail, text in DETAILS.items():
            self.detail.addItem(tr(text), detail)
        self.estimate = PlainLabel(wordWrap=True)
        self._images = self._new = 0
        self.is_measuring = False
        """Whether somebody finds out how long an image takes with what is chosen."""
        self._unmeasurable: set[SegmenterConfig] = set()
        self._asking = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._asking.timeout.connect(self.ask_for_pace)
        self._restore()
        is_usual = self.bundled.isChecked() and self.fine.currentData() == "cells"
        self.advanced = AdvancedSwitch(opened=not is_usual)
        self._lay_out()
        scope.buttonToggled.connect(self._write_estimate)
        self.model.currentIndexChanged.connect(self._check)
        for box in (self.model, self.method, self.detail, self.device, self.fine):
            box.currentIndexChanged.connect(self._on_model_changed)
        self.method.currentIndexChanged.connect(self._check)
        for changed in (source.buttonToggled, self.name.textChanged, self.weights.changed, self.generator.changed):
            changed.connect(self._on_model_changed)
        source.buttonToggled.connect(self._check)
        self.advanced.toggled.connect(self._check)
        for said in (self._say_left_out, self._say_around):
            scope.buttonToggled.connect(said)
            self.replace.toggled.connect(said)
            said()
        self.name.textChanged.connect(self._check)
        self.weights.changed.connect(self._check)
        self.generator.changed.connect(self._check)
        self.confirmed.connect(self._on_confirmed)
        self._check()

    def _restore(self) -> None:
        text = self._preferences.text
        {LOCAL: self.local, HUB: self.hub}.get(text("model/source", BUNDLED), self.bundled).setChecked(True)
        self.weights.field.setText(text("model/weights", ""))
        self.generator.field.setText(text("model/generator", ""))
        self.model.show_models((), is_other=self.generator.path is not None)
        self.method.setCurrentIndex(max(0, self.method.findData(text("model/method", "tree"))))
        self.fine.setCurrentIndex(max(0, self.fine.findData(text("model/leaves", "cells"))))
        self.device.setCurrentIndex(max(0, self.device.findData(text("model/device", "auto"))))
        self.detail.setCurrentIndex(max(0, self.detail.findData(text("model/detail", "balanced"))))

    def _lay_out(self) -> None:
        images = QVBoxLayout()
        images.setSpacing(4)
        for widget in (self.all_images, self.only_new, self.this_image, self.replace, self.around, self.left_out):
            images.addWidget(widget)
        images.insertSpacing(3, 4)
        self._sources = QVBoxLayout()
        self._sources.setSpacing(4)
        for widget in (self.bundled, self.local, self.hub):
            self._sources.addWidget(widget)
        self._form = form_rows()
        self._form.addRow(tr("Images"), images)
        self._form.addRow(caption(tr("Model")), self.model)
        self._form.addRow(caption(tr("Model file")), self.generator)
        self._form.addRow(caption(tr("Method")), self.method)
        self._form.addRow(caption(tr("Detail")), self.detail)
        self._form.addRow(caption(tr("Device")), self.device)
        self._form.addRow("", self.advanced)
        self._form.addRow(tr("Backbone"), self._sources)
        self._form.addRow(caption(tr("timm name")), self.name)
        self._form.addRow(caption(tr("Weights")), self.weights)
        self._form.addRow(caption(tr("Built from")), self.fine)
        self.content.addWidget(heading(tr("Propose regions")))
        self.content.addWidget(muted(tr("Runs in the background. You can keep working, and cancel at any time.")))
        inside = QWidget()
        inside.setLayout(self._form)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._scroll = TallContent(inside, rest=_REST)
        self.content.addWidget(self._scroll, 1)
        self.content.addWidget(self.estimate)

    def show_models(self, models: Sequence[NamedModel]) -> None:
        """Offer these models by name, and the file that was chosen last; the one in use is chosen."""
        self.model.show_models(models, is_other=self.generator.path is not None)
        self._on_model_changed()
        self._check()

    @property
    def _model_path(self) -> Path | None:
        """The file of the chosen model; None is the one that the project uses."""
        return self.generator.path if self.model.is_other else self.model.path

    def show_counts(self, *, images: int, new: int) -> None:
        """Say how long it takes, for so many images, so many of them without regions."""
        self._images, self._new = images, new
        self._write_estimate()

    def show_half_labelled(self, image_ids: Collection[int]) -> None:
        """Say how many images were labelled before there were proposals: the rest of each is filled."""
        self._half_labelled, self._is_half_labelled = len(image_ids), self._image_id in image_ids
        self._say_around()
        self._write_estimate()

    def _write_estimate(self, *_: object) -> None:
        count = self._half_labelled + (self._new if self.only_new.isChecked() else self._images)
        count = 1 if self.this_image.isChecked() else count
        seconds = remembered_pace(self._preferences, self._config())
        if not count:
            text = ""
        elif seconds is None and self.is_measuring:
            text = tr("Loading the model to estimate the time…")
        elif seconds is None:
            text = tr("The time is measured on the first images; next time, an estimate appears here.")
        else:
            time = duration_text(max(1.0, seconds * count))
            text = tr("%Ln image(s): about {time} on this computer", count).format(time=time)
        self.estimate.setText(text)
        self.estimate.setProperty("role", "muted" if seconds is None else "")

    def ask_for_pace(self) -> None:
        """Have it measured how long an image takes, unless that is known or nothing can be measured here and now."""
        config = self._config()
        is_here = not self.hub.isChecked() and self.confirm.isEnabled()  # nothing is fetched for an estimate
        known = remembered_pace(self._preferences, config) is not None
        if is_here and not known and config not in self._unmeasurable and self._images:
            self.unmeasured.emit(config)
        self._write_estimate()

    def show_pace(self, config: SegmenterConfig, seconds: float | None) -> None:
        """So many seconds were measured for an image; None where none could be."""
        if seconds is None:
            self._unmeasurable.add(config)
        if config == self._config():
            self.is_measuring = False
        self._write_estimate()

    def _on_model_changed(self, *_: object) -> None:
        self.is_measuring = False
        self._asking.start()
        self._write_estimate()

    def _config(self) -> SegmenterConfig:
        """The settings as they are in the form."""
        usual = remembered_config(self._preferences)
        name = DEFAULT_BACKBONE if self.bundled.isChecked() else self.name.text().strip() or DEFAULT_BACKBONE
        backbone = replace(
            usual.backbone,
            name=name,
            weights=self.weights.path if self.local.isChecked() else None,
            input_size=INPUT_SIZES[self.detail.currentData()],
            device=self.device.currentData(),
        )
        tree = replace(usual.tree, fine=self.fine.currentData())
        method = self.method.currentData()
        return replace(usual, backbone=backbone, generator=self._model_path, tree=tree, method=method)

    def _say_left_out(self) -> None:
        """Say what becomes of images that are done: somebody who proposes anew may expect them among the others."""
        if self.replace.isChecked():
            text = tr("%Ln done image(s) will get new proposals too.", self._done)
        else:
            text = tr("%Ln done image(s) (is,are) left out.", self._done)
        self.left_out.setText(text)
        self.left_out.setVisible(self._done > 0 and self.all_images.isChecked())

    def _say_around(self) -> None:
        """Say what becomes of images with labels but without proposals, and that nothing of them is lost."""
        count = int(self._is_half_labelled) if self.this_image.isChecked() else self._half_labelled
        self.around.setText(
            tr("%Ln image(s) (has,have) labels but no proposals: regions are proposed around the labels.", count)
        )
        self.around.setVisible(count > 0 and not self.replace.isChecked())

    def _check(self) -> None:
        self.advanced.show_rows(self._form, (self._sources, self.fine))
        is_other = self.model.is_other
        self._form.setRowVisible(self.generator, is_other)
        is_open = self.advanced.isChecked()
        as_published = self.method.currentData() == "acseg"
        self._form.setRowVisible(self.fine, is_open and not as_published)
        self._form.setRowVisible(self.name, is_open and not self.bundled.isChecked())
        self._form.setRowVisible(self.weights, is_open and self.local.isChecked())
        weights, generator = self.weights.path, self._model_path
        error = ""
        if self.local.isChecked() and (weights is None or not weights.is_file()):
            error = tr("Choose the weights file (safetensors).") if weights is None else _missing(weights)
        elif is_other and generator is None:
            error = tr("Choose the model file (safetensors).")
        elif generator is not None and not generator.is_file():
            error = _missing(generator)
        elif not self.bundled.isChecked() and not self.name.text().strip():
            error = tr("Enter the backbone's name in timm, such as vit_small_patch14_dinov2.")
        elif as_published and not self.bundled.isChecked() and generator is None:
            error = tr("ACSeg comes for the bundled backbone only. For another one, choose a model with a generator.")
        self.show_error(error)
        self.confirm.setEnabled(not error)

    def _on_confirmed(self) -> None:
        source = LOCAL if self.local.isChecked() else HUB if self.hub.isChecked() else BUNDLED
        for key, value in {
            "source": source,
            "name": self.name.text().strip(),
            "weights": self.weights.field.text().strip(),
            "generator": self.generator.field.text().strip() if self.model.is_other else "",
            "method": self.method.currentData(),
            "leaves": self.fine.currentData(),
            "device": self.device.currentData(),
            "detail": self.detail.currentData(),
        }.items():
            self._preferences.store(f"model/{key}", value)
        this_image = self.this_image.isChecked() and self._image_id is not None
        request = ProposeRequest(
            config=replace(remembered_config(self._preferences), generator=self._model_path),
            image_ids=(self._image_id,) if this_image and self._image_id is not None else None,
            only_new=self.only_new.isChecked(),
            replace=self.replace.isChecked(),
        )
        self.accept()
        self.submitted.emit(request)


def _missing(path: Path) -> str:
    return tr("{path}: no such file.").format(path=path)
