"""Form for names from a list: which names, looked for where, by which text model."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QPlainTextEdit, QRadioButton, QVBoxLayout, QWidget

from acseg_core.config import DEFAULT_TEXT_MODEL, TextConfig
from acseg_core.errors import EditError
from acseg_core.store.records import name_key
from acseg_desktop.dialogs.advanced import AdvancedSwitch
from acseg_desktop.dialogs.form import Form, PathField, caption, form_rows, heading, muted
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words
from acseg_desktop.operations.class_list import ListRequest
from acseg_desktop.preferences import Preferences

tr = Words("Class list")

_ROWS_SHOWN = 6


class ClassListForm(Form):
    """Asks for class names to choose from.

    Signals:
        submitted(ListRequest): Start.
    """

    submitted = Signal(object)

    def __init__(
        self,
        parent: QWidget | None,
        preferences: Preferences,
        *,
        labels: Sequence[str],
        image_id: int | None,
        has_clusters: bool,
    ) -> None:
        """Make the form.

        Args:
            parent: The window.
            preferences: Remembers the list and the model.
            labels: Names of the project's labels, offered where no list is remembered.
            image_id: The current image.
            has_clusters: Whether regions are grouped.
        """
        super().__init__(parent, title=tr("Suggest names from a list"), confirm=tr("Suggest"))
        self._preferences, self._image_id = preferences, image_id
        self.names = QPlainTextEdit(offered_list(preferences.text("text/classes", ""), labels))
        self.names.setPlaceholderText(tr("car | van\nroad\nsky"))
        self.names.setAccessibleName(tr("Class names"))
        self.names.setTabChangesFocus(True)
        self.names.setMinimumHeight(self.names.fontMetrics().lineSpacing() * _ROWS_SHOWN + 16)
        self.by_cluster = QRadioButton(tr("All images, sampling a few regions per cluster"))
        self.all_images = QRadioButton(tr("All images, region by region"))
        self.this_image = QRadioButton(tr("Only the current image"))
        self.by_cluster.setEnabled(has_clusters)
        self.by_cluster.setToolTip("" if has_clusters else tr("Group similar regions first, in the concept browser"))
        self.this_image.setEnabled(image_id is not None)
        first = self.by_cluster if has_clusters else self.all_images if image_id is None else self.this_image
        first.setChecked(True)
        self._scope = QButtonGroup(self)
        for button in (self.by_cluster, self.all_images, self.this_image):
            self._scope.addButton(button)
        self.model = QLineEdit(preferences.text("text/model", DEFAULT_TEXT_MODEL))
        self.model.setAccessibleName(tr("Text model"))
        self.weights = PathField(
            title=tr("Weights of the text model"), name_filter=tr("Weights (*.safetensors *.pt *.bin)")
        )
        self.weights.field.setText(preferences.text("text/weights", ""))
        self.weights.field.setPlaceholderText(tr("downloaded when needed"))
        is_usual = self.model.text() == DEFAULT_TEXT_MODEL and self.weights.path is None
        self.advanced = AdvancedSwitch(opened=not is_usual)
        self._lay_out()
        self.names.textChanged.connect(self._check)
        self.advanced.toggled.connect(self._check)
        self.model.textChanged.connect(self._check)
        self.weights.changed.connect(self._check)
        self.confirmed.connect(self._on_confirmed)
        self.names.setFocus()
        self._check()

    def _lay_out(self) -> None:
        scope = QVBoxLayout()
        scope.setSpacing(4)
        for button in (self.by_cluster, self.all_images, self.this_image):
            scope.addWidget(button)
        self._rows = rows = form_rows()
        rows.addRow(caption(tr("Names")), self.names)
        rows.addRow(tr("Apply to"), scope)
        rows.addRow("", self.advanced)
        rows.addRow(caption(tr("Text model")), self.model)
        rows.addRow(caption(tr("Weights")), self.weights)
        self.content.addWidget(heading(tr("Suggest names from a list")))
        self.content.addWidget(
            muted(
                tr(
                    "A text model compares regions with these names. Write one name per line; add synonyms after a "
                    "vertical bar. Regions you have named do not change."
                )
            )
        )
        self.content.addLayout(rows)

    def _check(self) -> None:
        self.advanced.show_rows(self._rows, (self.model, self.weights))
        weights = self.weights.path
        error = ""
        if find_spec("open_clip") is None:
            error = tr('This needs open_clip, which is not installed. Run: pip install "acseg-desktop[text]"')
        elif not self.model.text().partition(":")[0].strip():
            error = tr("Enter the model's name in open_clip, such as ViT-B-32:laion2b_s34b_b79k.")
        elif weights is not None and not weights.is_file():
            error = tr("{path}: no such file.").format(path=weights)
        self.show_error(error)
        self.confirm.setEnabled(not error and bool(self.names.toPlainText().strip()))

    def _on_confirmed(self) -> None:
        from acseg_core.workflows.vocabulary import parse_classes

        try:
            classes = parse_classes(self.names.toPlainText())
        except EditError as error:
            self.show_error(translated(error))
            return
        for key, value in {
            "classes": self.names.toPlainText(),
            "model": self.model.text().strip(),
            "weights": self.weights.field.text().strip(),
        }.items():
            self._preferences.store(f"text/{key}", value)
        only_here = self.this_image.isChecked() and self._image_id is not None
        request = ListRequest(
            classes=classes,
            config=remembered_text_config(self._preferences),
            image_ids=(self._image_id,) if only_here and self._image_id is not None else None,
            by_cluster=self.by_cluster.isChecked(),
        )
        self.accept()
        self.submitted.emit(request)


def offered_list(remembered: str, labels: Sequence[str]) -> str:
    """The list used last, where it is about this project, and the labels that are not in it."""
    lines = [line for line in remembered.splitlines() if line.strip()]
    known = {name_key(name) for line in lines for name in line.replace("|", ",").replace(";", ",").split(",")}
    missing = [label for label in labels if name_key(label) not in known]
    if labels and len(missing) == len(labels):
        lines = []
    return "\n".join([*lines, *missing])


def remembered_text_config(preferences: Preferences) -> TextConfig:
    """The text model used last."""
    weights = preferences.text("text/weights", "")
    return TextConfig(
        model=preferences.text("text/model", DEFAULT_TEXT_MODEL) or DEFAULT_TEXT_MODEL,
        weights=Path(weights).expanduser() if weights else None,
    )
