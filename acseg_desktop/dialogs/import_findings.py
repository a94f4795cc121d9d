"""Part of the import form: what a file brings and what not, in words, each with the list behind it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from acseg_core.formats.placing import Overlaps
from acseg_core.workflows.import_preview import ImportPreview
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.appearance.scaling import scaled
from acseg_desktop.dialogs.form import heading
from acseg_desktop.dialogs.lists import ReadOnlyDialog
from acseg_desktop.language.core_messages import translated, translated_part
from acseg_desktop.language.words import Words, number

tr = Words("Import")

_MOST_ROWS = 5000
_SEPARATOR = ", "

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say.

    Attributes:
        text: In a line.
        headers: Of the columns of its list; none has no list.
        rows: Begins to make that list, which may be long.
    """

    text: str
    headers: tuple[str, ...] = ()
    rows: Callable[[], Iterable[Row]] = field(default=tuple, compare=False)


class ImportFindings(QWidget):
    """The lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[PlainLabel | QPushButton] = []
        self._findings: list[Finding] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say these, instead of what was said before; a line that stays the same stays where the mouse is."""
        shown = list(findings)
        if shown == self._findings:
            return
        self._findings = shown
        for line in self.lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [self._line(finding) for finding in shown]
        for line in self.lines:
            is_link = isinstance(line, QPushButton)
            alignment = Qt.AlignmentFlag.AlignLeft if is_link else Qt.AlignmentFlag(0)
            self._layout.addWidget(line, 0, alignment)

    def texts(self) -> list[str]:
        """What is said, line by line."""
        return [line.text().replace("&&", "&") for line in self.lines]

    def _line(self, finding: Finding) -> PlainLabel | QPushButton:
        if not finding.headers:
            label = PlainLabel(finding.text, wordWrap=True)
            label.setProperty("role", "muted")
            return label
        link = QPushButton(finding.text.replace("&", "&&"))
        link.setProperty("link", True)
        link.setAutoDefault(False)
        link.setToolTip(tr("Show the list"))
        link.clicked.connect(lambda: FindingList(self.window(), finding).open())
        return link


class FindingList(ReadOnlyDialog):
    """What is behind a line."""

    def __init__(self, parent: QWidget | None, finding: Finding) -> None:
        super().__init__(parent, title=tr("Import labels"))
        self.content.addWidget(heading(finding.text))
        listed = iter(finding.rows())
        rows = list(itertools.islice(listed, _MOST_ROWS))
        columns = len(finding.headers)
        table = self.table = QTableWidget(len(rows), columns)
        table.setHorizontalHeaderLabels(list(finding.headers))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        for column in range(columns):
            table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for row, cells in enumerate(rows):
            for column in range(columns):
                table.setItem(row, column, QTableWidgetItem(cells[column]))
        table.setMinimumSize(QSize(scaled(480), scaled(240)))
        self.content.addWidget(table, 1)
        if next(listed, None) is not None:
            self.content.addWidget(PlainLabel(tr("Only the first {count} are shown.").format(count=number(_MOST_ROWS))))


def findings(preview: ImportPreview, overlaps: Overlaps) -> Iterator[Finding]:
    """What there is to say of a file with labelled images, with what is chosen for shapes that overlap."""
    matches = preview.matches
    if preview.by_place:
        yield Finding(tr("Labels on %Ln image(s) of this project", preview.total))
    else:
        found = tr("%Ln image(s) in the file, {found} of them in this project", preview.total)
        yield Finding(found.format(found=number(len(matches.paths))))
    in_file, in_project = tr("In the file"), tr("In the project")
    if matches.unknown:
        text = tr("%Ln image(s) of the file not in this project", len(matches.unknown))
        yield Finding(text, (in_file,), lambda: ((name, "") for name in matches.unknown))
    if ambiguous := matches.ambiguous:
        text = tr("%Ln name(s) could mean several images", len(ambiguous))
        yield Finding(text, (in_file, tr("Could be")), lambda: _joined(ambiguous))
    if shared := matches.shared:
        text = tr("%Ln image(s) meant by several names", len(shared))
        yield Finding(text, (in_project, in_file), lambda: _joined(shared))
    if preview.worked_on:
        yield Finding(tr("%Ln of these images already (has,have) work of yours", preview.worked_on))
    if preview.left_out:
        text = tr("%Ln image(s) would be left alone", preview.left_out_count)
        reasons = preview.left_out
        yield Finding(
            text, (tr("Image"), tr("Reason")), lambda: ((file.path, translated(file.reason)) for file in reasons)
        )
    if preview.covered and overlaps is Overlaps.LATER:
        text = tr("%Ln shape(s) of the first images (lies,lie) completely under others.", preview.covered)
        yield Finding(f"{text} {smaller_hint()}")
    for part in preview.unused:
        yield Finding(tr("Not used: {what}").format(what=f"{translated_part(part)}: {part.places_text}"))
    for note in preview.notes:
        yield Finding(translated(note))
    if preview.total and not preview.is_complete and preview.read:
        yield Finding(tr("Shapes are counted in the first %Ln image(s)", preview.read))


def list_findings(preview: ImportPreview, *, there: int) -> Iterator[Finding]:
    """What there is to say of a list of labels."""
    names = len({label.name for label in preview.labels})
    known = tr("%Ln (is,are) there already", there)
    yield Finding(tr("Labels only: %Ln name(s), {known}", names).format(known=known))
    if there:
        yield Finding(tr("Labels that are there get the colour and kind of the file."))
    for note in preview.notes:
        yield Finding(translated(note))


def smaller_hint() -> str:
    """What to choose so that shapes that lie under others come in, too."""
    names = {"field": tr("Where shapes overlap"), "choice": tr("The smaller one is on top")}
    return tr("To keep them, set “{field}” to “{choice}”.").format(**names)


def _joined(names: Mapping[str, Sequence[str]]) -> Iterator[Row]:
    return ((name, _SEPARATOR.join(others)) for name, others in names.items())
