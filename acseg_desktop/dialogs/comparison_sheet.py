"""What a comparison of two models found: the verdict first, then figures and pictures, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from acseg_desktop.appearance.icons import icon
from acseg_desktop.appearance.plain_text import PlainLabel, tip
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import heading, muted
from acseg_desktop.dialogs.sheet import Sheet
from acseg_desktop.language.words import Words, number, percent
from acseg_desktop.operations.comparisons import ComparedRow
from acseg_desktop.panels.before_after import BeforeAfter

tr = Words("Comparison")

_WIDE, _HIGH = 440, 440
"""Pixels that table and picture each are given at first, where the screen has room."""
_LEAST = 200
"""Pixels that they are high in any case."""


class ComparisonSheet(Sheet):
    """Shows a comparison.

    Signals:
        adoption_requested(): Use the new model.
        deletion_requested(): Throw the new model away.
    """

    adoption_requested = Signal()
    deletion_requested = Signal()

    def __init__(
        self,
        parent: QWidget | None,
        *,
        name: str,
        verdict: str,
        is_better: bool,
        by_labels: bool,
        rows: Sequence[ComparedRow],
        can_edit: bool,
        is_adopted: bool = False,
    ) -> None:
        super().__init__(parent, title=tr("“{name}” and the bundled model").format(name=name))
        self.rows = tuple(rows)
        mark = PlainLabel()
        image, tone = ("check-circle", "good") if is_better else ("minus-circle-outline", "muted")
        mark.setPixmap(icon(image, tone=tone).pixmap(QSize(32, 32)))
        self.verdict = heading(verdict)
        self.explanation = muted(_explanation(self.rows, by_labels=by_labels))
        self.table, self.picture = QTableWidget(len(self.rows) + 1, 4), BeforeAfter()
        self.delete = QPushButton(tr("Delete this model"))
        self.keep = QPushButton(tr("Close") if is_adopted else tr("Keep the current model"))
        self.adopt = QPushButton(tr("Use this model"))
        (self.adopt if is_better else self.keep).setProperty("primary", True)
        (self.adopt if is_better and can_edit and not is_adopted else self.keep).setDefault(True)
        for button in (self.delete, self.adopt):
            button.setVisible(can_edit and not is_adopted)
        self._fill_table()
        self._lay_out(mark)
        self.table.currentCellChanged.connect(lambda row, *_: self._show(row))
        self.keep.clicked.connect(self.reject)
        self.adopt.clicked.connect(lambda: self._leave(self.adoption_requested))
        self.delete.clicked.connect(lambda: self._leave(self.deletion_requested))
        if self.rows:
            self.table.setCurrentCell(1, 0)

    def _lay_out(self, mark: QWidget) -> None:
        words, top, middle, buttons = QVBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.verdict)
        words.addWidget(self.explanation)
        top.setSpacing(16)
        top.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        middle.setSpacing(12)
        self.table.setMinimumSize(scaled(_WIDE), _LEAST)
        self.picture.setMinimumSize(_WIDE, _LEAST)
        middle.addWidget(self.table, 1)
        middle.addWidget(self.picture, 1)
        buttons.setSpacing(8)
        buttons.addWidget(self.delete)
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        buttons.addWidget(self.adopt)
        for button in (self.delete, self.keep, self.adopt):
            button.setAutoDefault(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(16)
        outer.addLayout(top)
        outer.addLayout(middle, 1)
        outer.addLayout(buttons)
        room = self.screen().availableGeometry().size()
        self.resize(min(2 * scaled(_WIDE) + 60, room.width()), min(scaled(_HIGH) + 160, room.height()))

    def _fill_table(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setProperty("padded", True)
        table.setAccessibleName(tr("Images kept aside"))
        titles = [tr("Image"), tr("Regions"), tr("Fits accepted"), tr("Steady")]
        table.setHorizontalHeaderLabels(titles)
        for column, words in (
            (1, tr("Regions before and after")),
            (2, tr("How well regions can be cut to fit those you accepted, before and after; – where none are")),
            (3, tr("How alike the regions stay when the image is mirrored or cropped, before and after")),
        ):
            head = QTableWidgetItem(titles[column])
            head.setToolTip(tip(words, wraps=True))
            table.setHorizontalHeaderItem(column, head)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(scaled(28))
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2, 3):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._write_row(0, [tr("Mean"), *_means(self.rows)], is_bold=True)
        for place, row in enumerate(self.rows, 1):
            self._write_row(place, [row.name, *_texts(row)], change=row.change)

    def _write_row(self, place: int, texts: Sequence[str], *, change: int | None = None, is_bold: bool = False) -> None:
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if is_bold:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            if column == 0 and change is not None:
                image, tone, told = _judged(change)
                item.setIcon(icon(image, tone=tone))
                item.setToolTip(tip(f"{text}: {told}"))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{text}, {told}")
            self.table.setItem(place, column, item)

    def _show(self, row: int) -> None:
        if 1 <= row <= len(self.rows):
            shown = self.rows[row - 1]
            self.picture.show_pictures(shown.name, shown.before, shown.after)

    def _leave(self, signal: object) -> None:
        self.accept()
        signal.emit()  # type: ignore[attr-defined]  # a signal of this object


def _explanation(rows: Sequence[ComparedRow], *, by_labels: bool) -> str:
    text = tr("Judged on %Ln image(s) that neither model has learned from", len(rows))
    if by_labels:
        return tr("{judged}, by the regions you have accepted there.").format(judged=text)
    return tr(
        "{judged}, by how steady the regions are: too few of these images have accepted regions to go by."
    ).format(judged=text)


def _means(rows: Sequence[ComparedRow]) -> list[str]:
    if not rows:
        return ["–", "–", "–"]
    regions = [sum(row.regions[side] for row in rows) / len(rows) for side in (0, 1)]
    steadiness = [sum(row.steadiness[side] for row in rows) / len(rows) for side in (0, 1)]
    labelled = [row.agreement for row in rows if row.agreement is not None]
    agreement = [sum(each[side] for each in labelled) / len(labelled) for side in (0, 1)] if labelled else None
    return [
        _pair(*(number(round(value)) for value in regions)),
        "–" if agreement is None else _pair(*map(percent, agreement)),
        _pair(*map(percent, steadiness)),
    ]


def _texts(row: ComparedRow) -> list[str]:
    return [
        _pair(*map(number, row.regions)),
        "–" if row.agreement is None else _pair(*map(percent, row.agreement)),
        _pair(*map(percent, row.steadiness)),
    ]


def _pair(before: str, after: str) -> str:
    return f"{before} → {after}"


def _judged(change: int) -> tuple[str, str, str]:
    """Icon, tone and words for how an image came out."""
    if change > 0:
        return "arrow-up-bold", "good", tr("better")
    if change < 0:
        return "arrow-down-bold", "warning", tr("worse")
    return "equal", "muted", tr("about the same")
