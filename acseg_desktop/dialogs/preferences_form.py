"""The preferences: how the window looks and speaks, and what it works with. All of it counts at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from acseg_desktop.actions.spec import without_mnemonic
from acseg_desktop.appearance.number_field import number_field
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import LEAST, MOST, USUAL
from acseg_desktop.dialogs.form import caption, form_rows, heading, muted
from acseg_desktop.dialogs.lists import ReadOnlyDialog
from acseg_desktop.dialogs.propose_form import DEVICES
from acseg_desktop.dialogs.propose_form import tr as tr_device
from acseg_desktop.language.words import LANGUAGES, SYSTEM, Words, language_of, percent, percent_text
from acseg_desktop.preferences import DEFAULT_SURE, SURE_ENOUGH, Preferences

tr = Words("Preferences")

_STEP = 10


class PreferencesForm(ReadOnlyDialog):
    """Each field stores what is chosen as it is chosen.

    Signals:
        theme_chosen(str): "system", "light" or "dark".
        text_size_chosen(int): Percent.
        restart_requested(): Another language is to be spoken now.
    """

    theme_chosen = Signal(str)
    text_size_chosen = Signal(int)
    restart_requested = Signal()

    def __init__(self, parent: QWidget | None, preferences: Preferences, *, switches: Sequence[QAction]) -> None:
        """Make the form; ``switches`` are actions of the menus that are kept, too."""
        super().__init__(parent, title=tr("Preferences"))
        self._preferences, self._spoken = preferences, language_of(preferences.language)
        self.theme = QComboBox()
        for name, text in (("system", tr("Match system")), ("light", tr("Light")), ("dark", tr("Dark"))):
            self.theme.addItem(text, name)
        self.theme.setCurrentIndex(self.theme.findData(preferences.theme))
        self.text_size = QSlider(Qt.Orientation.Horizontal)
        self.text_size.setRange(LEAST // _STEP, MOST // _STEP)
        self.text_size.setPageStep(2)
        self.text_size.setValue(round(preferences.text_size / _STEP))
        self.text_size.setAccessibleName(tr("Text size"))
        self.text_value = PlainLabel()
        self.usual = QPushButton(tr("Reset"))
        self.usual.setAutoDefault(False)
        self.language = QComboBox()
        system = LANGUAGES[language_of(SYSTEM)]
        self.language.addItem(tr("Match system ({language})").format(language=system), SYSTEM)
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(self.language.findData(preferences.language))
        self.restart = muted(
            tr(
                "The language changes when the window restarts. Your edits are saved. Running tasks are "
                "cancelled; finished work is kept."
            )
        )
        self.restart_now = QPushButton(tr("Restart window"))
        self.restart_now.setAutoDefault(False)
        self.restart_now.clicked.connect(self.restart_requested)
        self.device = QComboBox()
        for device, text in DEVICES.items():
            self.device.addItem(tr_device(text), device)
        self.device.setCurrentIndex(max(0, self.device.findData(preferences.text("model/device", "auto"))))
        self.sure = number_field(minimum=0, maximum=100, value=preferences.number(SURE_ENOUGH, DEFAULT_SURE))
        self.sure.setSingleStep(5)
        self.sure.setSuffix(percent_text(""))
        self.sure.setSpecialValueText(tr("never"))
        self.sure.setToolTip(tr("Accepting an image asks about suggested names below this confidence."))
        self.switches = [_check_box(action) for action in switches]
        self._lay_out()
        self.theme.activated.connect(lambda _row: self.theme_chosen.emit(self.theme.currentData()))
        self.text_size.valueChanged.connect(self._on_text_size)
        self.text_size.sliderReleased.connect(self._choose_text_size)
        self.usual.clicked.connect(lambda: self.text_size.setValue(USUAL // _STEP))
        self.language.activated.connect(self._on_language)
        self.device.activated.connect(lambda _row: preferences.store("model/device", self.device.currentData()))
        self.sure.valueChanged.connect(lambda value: preferences.store(SURE_ENOUGH, value))
        self._show_value()
        self.theme.setFocus()

    def _lay_out(self) -> None:
        size = QHBoxLayout()
        size.setSpacing(12)
        size.addWidget(self.text_size, 1)
        size.addWidget(self.text_value)
        size.addWidget(self.usual)
        boxes = QVBoxLayout()
        boxes.setSpacing(4)
        for switch in self.switches:
            boxes.addWidget(switch)
        again = QHBoxLayout()
        again.addWidget(self.restart_now)
        again.addStretch(1)
        for box in (self.theme, self.language, self.device):
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        form = form_rows()
        for text, field in (
            (tr("Theme"), self.theme),
            (tr("Text size"), size),
            (tr("Language"), self.language),
            ("", self.restart),  # a row of its own: in a widget of a row, Qt gives a text too little height
            ("", again),
            (tr("Device for models"), self.device),
        ):
            form.addRow(caption(text), field)
        self._again = again
        self._show_restart(form, False)
        form.addRow(caption(tr("Ask about names below")), self.sure)
        form.addRow(tr("Image"), boxes)
        self._form = form
        self.content.addWidget(heading(tr("Preferences")))
        self.content.addWidget(muted(tr("Changes apply immediately.")))
        self.content.addSpacing(4)
        self.content.addLayout(form)

    def _on_text_size(self, _value: int) -> None:
        """While the mouse holds the slider, all would move away below it."""
        self._show_value()
        if not self.text_size.isSliderDown():
            self._choose_text_size()

    def _choose_text_size(self) -> None:
        percent_chosen = self.text_size.value() * _STEP
        if percent_chosen != self._preferences.text_size:
            self.text_size_chosen.emit(percent_chosen)

    def _show_value(self) -> None:
        self.text_value.setText(percent(self.text_size.value() * _STEP / 100))
        self.text_value.setMinimumWidth(self.text_value.fontMetrics().horizontalAdvance(percent(MOST / 100)))
        self.usual.setEnabled(self.text_size.value() * _STEP != USUAL)

    def _on_language(self, _row: int) -> None:
        self._preferences.language = self.language.currentData()
        speaks_it = language_of(self._preferences.language) == self._spoken
        self._show_restart(self._form, not speaks_it)

    def _show_restart(self, form: QFormLayout, shown: bool) -> None:
        form.setRowVisible(self.restart, shown)
        form.setRowVisible(self._again, shown)


def _check_box(action: QAction) -> QCheckBox:
    box = QCheckBox(without_mnemonic(action.text().partition("\t")[0]))
    box.setChecked(action.isChecked())
    box.clicked.connect(action.trigger)
    return box
