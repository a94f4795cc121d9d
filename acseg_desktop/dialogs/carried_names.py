"""Form of the names that new regions have after another model proposed anew: a list to approve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from acseg_desktop.appearance.icons import swatch
from acseg_desktop.appearance.plain_text import tip
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import Form, heading, muted
from acseg_desktop.language.words import Words, number, percent

tr = Words("Carried names")

_ROW, _ROWS_SHOWN = 28, 9
_NAME, _REGIONS, _AGREEMENT = range(3)


@dataclass(frozen=True, slots=True)
class CarriedRow:
    """A name that new regions have from those in whose place they are.

    Attributes:
        name: Of the label.
        color: Of the label, "#rrggbb".
        regions: That have it now.
        agreement: How far they are the same as before, 0..1.
    """

    name: str
    color: str
    regions: int
    agreement: float


class CarriedNamesForm(Form):
    """Lists the names; all are approved at first. Space or a click on a box takes one out.

    Signals:
        approved(tuple): Places in the list whose names stay. A form that is left without an answer says nothing.
    """

    approved = Signal(object)

    def __init__(self, parent: QWidget | None, rows: Sequence[CarriedRow], *, done: str) -> None:
        """Make the form; ``done`` says what the new model has done."""
        super().__init__(parent, title=tr("Names carried over"), confirm="", leave=tr("Take all back"))
        self.rows = tuple(rows)
        self.table = QTableWidget(len(self.rows), 3)
        self._names: list[QTableWidgetItem] = []
        self.all, self.none = QPushButton(tr("All")), QPushButton(tr("None"))
        self._fill()
        self._lay_out(done)
        self.table.itemChanged.connect(lambda _item: self._check())
        self.all.clicked.connect(lambda: self._set_all(Qt.CheckState.Checked))
        self.none.clicked.connect(lambda: self._set_all(Qt.CheckState.Unchecked))
        self.confirmed.connect(self.accept)
        self.confirmed.connect(lambda: self.approved.emit(self.chosen))
        self.leave.clicked.connect(lambda: self.approved.emit(()))
        self._check()
        self.table.setFocus()

    @property
    def chosen(self) -> tuple[int, ...]:
        """Places of the names that are approved."""
        return tuple(place for place, name in enumerate(self._names) if name.checkState() is Qt.CheckState.Checked)

    def _lay_out(self, done: str) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.all, self.none):
            button.setProperty("flat", True)
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.content.addWidget(heading(tr("Names carried over")))
        self.content.addWidget(muted(done))
        self.content.addWidget(
            muted(
                tr(
                    "New regions have the names of those in whose place they are. Uncheck a name to take it back from "
                    "its regions. Undo takes everything back at once."
                )
            )
        )
        self.content.addWidget(self.table, 1)
        self.content.addLayout(buttons)

    def _fill(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setProperty("padded", True)
        table.setAccessibleName(tr("Names to carry over"))
        table.setHorizontalHeaderLabels([tr("Name"), tr("Regions"), tr("Alike")])
        alike = QTableWidgetItem(tr("Alike"))
        alike.setToolTip(tip(tr("How far they are the same pixels, and look alike")))
        table.setHorizontalHeaderItem(_AGREEMENT, alike)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setMinimumSize(scaled(400), scaled(_ROW) * (min(_ROWS_SHOWN, len(self.rows)) + 1) + 8)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (_REGIONS, _AGREEMENT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for place, row in enumerate(self.rows):
            name = QTableWidgetItem(QIcon(swatch(row.color)), row.name)
            name.setFlags(name.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            name.setCheckState(Qt.CheckState.Checked)
            self._names.append(name)
            table.setItem(place, _NAME, name)
            for column, text in ((_REGIONS, number(row.regions)), (_AGREEMENT, percent(row.agreement))):
                item = QTableWidgetItem(text)
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(place, column, item)
        if self.rows:
            table.setCurrentCell(0, _NAME)

    def _set_all(self, state: Qt.CheckState) -> None:
        for name in self._names:
            name.setCheckState(state)

    def _check(self) -> None:
        count = len(self.chosen)
        self.confirm.setText(tr("Keep %Ln name(s)", count))
        self.confirm.setEnabled(count > 0)
