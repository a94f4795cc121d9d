"""The models of a project: the bundled one and those trained on its images, which one is in use, what each made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from acseg_desktop.appearance.icons import icon
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.language.words import Words, number
from acseg_desktop.panels.training_panel import TrainingPanel

tr = Words("Models")

BUNDLED = 0
"""Id of the model that comes with the program; it is always there."""

_ROWS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model as it is shown.

    Attributes:
        id: `BUNDLED`, or that of a model of the project.
        name: As it is shown.
        is_adopted: Whether new proposals are made with it.
        images: Whose proposals it made.
        regions: That are there of these.
        verdict: What the comparison found, in plain words; "" where there was none.
        details: What else its card says, line by line: what it is, and its value.
        can_compare: Whether the comparison can be shown again.
    """

    id: int
    name: str
    is_adopted: bool
    images: int = 0
    regions: int = 0
    verdict: str = ""
    details: tuple[tuple[str, str], ...] = field(default=())
    can_compare: bool = False


class CardDetails(QWidget):
    """What a card says, line by line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(3)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show these lines: what it is, and its value."""
        while self._form.rowCount():
            self._form.removeRow(0)
        for what, value in rows:
            name, text = PlainLabel(what), PlainLabel(value, wordWrap=True)
            name.setProperty("role", "muted")
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._form.addRow(name, text)
        self.setVisible(bool(rows))


class ModelsPanel(QWidget):
    """The training that runs, if one does, and the list of models with what can be done with each.

    Signals:
        train_requested(): Ask how to train a model.
        adopt_requested(int): Use a model from now on.
        comparison_requested(int): Show again what the comparison of a model found.
        rename_requested(int): Ask for another name.
        deletion_requested(int): Ask whether to delete a model.
    """

    train_requested = Signal()
    adopt_requested = Signal(int)
    comparison_requested = Signal(int)
    rename_requested = Signal(int)
    deletion_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ModelRow, ...] = ()
        self._can_edit = self._is_busy = False
        self.training = TrainingPanel()
        self.table = QTableWidget(0, 3)
        self.verdict, self.none = PlainLabel(wordWrap=True), PlainLabel(wordWrap=True)
        self.none.setProperty("role", "muted")
        self.none.setText(
            tr("No model trained on your images yet. Training takes minutes, needs no labels, and can be undone.")
        )
        self.details = CardDetails()
        self.train = QPushButton(tr("Train on my images…"))
        self.adopt, self.compare = QPushButton(tr("Use this model")), QPushButton(tr("Comparison…"))
        self.rename, self.delete = QPushButton(tr("Rename…")), QPushButton(tr("Delete…"))
        self.train.clicked.connect(self.train_requested)
        for button, signal in (
            (self.adopt, self.adopt_requested),
            (self.compare, self.comparison_requested),
            (self.rename, self.rename_requested),
            (self.delete, self.deletion_requested),
        ):
            button.clicked.connect(lambda _checked=False, signal=signal: self._ask(signal))
        self._set_up_table()
        self._lay_out()
        self.table.itemSelectionChanged.connect(self._show_chosen)
        self.refresh_icons()
        self.show_models(())

    @property
    def chosen(self) -> ModelRow | None:
        """The model that is selected in the list."""
        row = self.table.currentRow()
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def sizeHint(self) -> QSize:
        """As wide as one column."""
        return QSize(340, 480)

    def focus_target(self) -> QWidget:
        """Where keys go."""
        return self.table

    def show_models(self, rows: Sequence[ModelRow]) -> None:
        """Show these models; what was selected stays selected."""
        before = self.chosen
        self.rows = tuple(rows)
        blocked = self.table.blockSignals(True)
        self.table.setRowCount(len(self.rows))
        for place, row in enumerate(self.rows):
            self._fill(place, row)
        ids = [row.id for row in self.rows]
        adopted = next((place for place, row in enumerate(self.rows) if row.is_adopted), 0)
        kept = ids.index(before.id) if before is not None and before.id in ids else adopted
        if self.rows:
            self.table.setCurrentCell(kept, 0)
        self.table.blockSignals(blocked)
        self._fit_table()
        self.none.setVisible(len(self.rows) <= 1)
        self._show_chosen()

    def select(self, model_id: int) -> None:
        """Select a model."""
        for place, row in enumerate(self.rows):
            if row.id == model_id:
                self.table.setCurrentCell(place, 0)

    def enable(self, *, can_edit: bool, is_busy: bool) -> None:
        """Say whether the project can be changed, and whether a model is at work."""
        self._can_edit, self._is_busy = can_edit, is_busy
        self._show_chosen()

    def refresh_icons(self) -> None:
        """Make the icons anew in the colours in use."""
        self.train.setIcon(icon("school-outline"))
        self.training.refresh_icons()
        for place, row in enumerate(self.rows):
            self._fill(place, row)

    def _fill(self, place: int, row: ModelRow) -> None:
        name = QTableWidgetItem(row.name)
        font = QFont(self.font())
        font.setBold(row.is_adopted)
        name.setFont(font)
        told = tr("{name}, in use").format(name=row.name) if row.is_adopted else row.name
        name.setData(Qt.ItemDataRole.AccessibleTextRole, told)
        name.setToolTip(tip(told))
        name.setIcon(
            icon("check-circle" if row.is_adopted else "circle-outline", tone="good" if row.is_adopted else "faint")
        )
        self.table.setItem(place, 0, name)
        for column, count in ((1, row.images), (2, row.regions)):
            item = QTableWidgetItem(number(count) if count else "–")
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(place, column, item)

    def _show_chosen(self) -> None:
        row = self.chosen
        is_own, free = row is not None and row.id != BUNDLED, self._can_edit and not self._is_busy
        self.verdict.setText("" if row is None else row.verdict)
        self.verdict.setVisible(bool(self.verdict.text()))
        self.details.show_rows(() if row is None else row.details)
        self.adopt.setEnabled(row is not None and not row.is_adopted and free)
        self.adopt.setText(tr("In use") if row is not None and row.is_adopted else tr("Use this model"))
        self.compare.setEnabled(row is not None and row.can_compare)
        self.rename.setEnabled(is_own and self._can_edit)
        self.delete.setEnabled(is_own and self._can_edit)
        self.train.setEnabled(free)

    def _ask(self, signal: object) -> None:
        row = self.chosen
        if row is not None:
            signal.emit(row.id)  # type: ignore[attr-defined]  # a signal of this object

    def _set_up_table(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setProperty("padded", True)
        table.setAccessibleName(tr("Models"))
        for column, title, words in (
            (0, tr("Model"), ""),
            (1, tr("Images"), tr("Images whose regions this model proposed")),
            (2, tr("Regions"), tr("Regions in the project that this model proposed")),
        ):
            head = QTableWidgetItem(title)
            head.setToolTip(tip(words))
            table.setHorizontalHeaderItem(column, head)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def _fit_table(self) -> None:
        """As high as its rows, up to a few."""
        shown = max(2, min(_ROWS_SHOWN, len(self.rows)))
        row = max(scaled(28), self.table.verticalHeader().minimumSectionSize())
        self.table.verticalHeader().setDefaultSectionSize(row)
        self.table.setFixedHeight(shown * row + self.table.horizontalHeader().sizeHint().height() + 4)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(10, 6, 10, 10)
        column.setSpacing(8)
        column.addWidget(self.training)
        column.addWidget(self.table)
        column.addWidget(self.none)
        column.addWidget(self.verdict)
        column.addWidget(self.details)
        for buttons in ((self.adopt, self.compare), (self.rename, self.delete), (self.train,)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for button in buttons:
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
                row.addWidget(button)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self.area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
