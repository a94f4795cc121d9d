"""Commands of the statistics: kept fresh while they are seen, saved as a table or a picture; and the notes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QDockWidget, QTabBar

from acseg_core.output.protected import write_output
from acseg_core.store import Project
from acseg_core.store.edits.notes import read_notes, write_notes
from acseg_core.store.inputs import refuse_inputs
from acseg_desktop.appearance.theme import current_tones
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.commands.output_dialog import choose_output
from acseg_desktop.jobs import Lane
from acseg_desktop.language.words import Words
from acseg_desktop.panels.statistics import Statistics, read_statistics, write_csv
from acseg_desktop.panels.statistics_panel import StatisticsPanel

tr = Words("Statistics")

_FRESHEN_MS = 600
_SAVE_MS = 800
_PICTURE_SCALE = 2.0


class StatisticsCommands(QObject):
    """Reads only while somebody looks, one reading at a time, and never on the GUI thread."""

    def __init__(self, context: CommandContext, panel: StatisticsPanel) -> None:
        super().__init__(context.window)
        self._context, self._panel = context, panel
        self._dock: QDockWidget | None = None
        self._is_reading = self._is_stale = False
        self._timer = QTimer(self, singleShot=True, interval=_FRESHEN_MS)
        self._timer.timeout.connect(self._read)
        panel.table_requested.connect(self.save_table)
        panel.picture_requested.connect(self.save_picture)
        session = context.session
        session.counts_changed.connect(self.freshen)
        session.closing.connect(self._forget)

    @property
    def is_busy(self) -> bool:
        """Whether newer numbers than those shown are on their way."""
        return self._is_reading or self._timer.isActive()

    def take(self, dock: QDockWidget) -> None:
        """Work with this dock."""
        self._dock = dock
        dock.visibilityChanged.connect(self._on_visible)

    def toggle(self) -> None:
        """Show the statistics, or put them away."""
        dock = self._dock
        if dock is None:
            return
        if self._panel.isVisible():
            dock.hide()
            self._context.canvas.setFocus()
            return
        dock.show()
        dock.raise_()
        self._panel.measure.setFocus()
        self._read()

    def freshen(self) -> None:
        """Read anew soon, if somebody looks."""
        if self._panel.isVisible() and self._context.session.is_open:
            self._timer.start()

    def save_table(self) -> None:
        """Ask where the table goes."""
        self._ask(tr("Save the numbers"), ".csv", tr("Tables (*.csv)"), self.save_table_to)

    def save_table_to(self, path: Path) -> None:
        """Save the numbers that are shown."""
        statistics = self._panel.statistics
        if statistics is not None:
            self._save(path, lambda: write_csv(statistics, path))

    def save_picture(self) -> None:
        """Ask where the picture goes."""
        self._ask(tr("Save the picture"), ".png", tr("Pictures (*.png)"), self.save_picture_to)

    def save_picture_to(self, path: Path) -> None:
        """Save the cards as they are shown, the whole length of them, twice as fine as the screen."""
        picture = self._painted()

        def write() -> None:
            data = QBuffer()
            data.open(QBuffer.OpenModeFlag.WriteOnly)
            QImageWriter(data, QByteArray(b"png")).write(picture)
            with write_output(path, picture=True) as out:
                out.write(bytes(data.data().data()))

        self._save(path, write)

    def _on_visible(self, _visible: bool) -> None:
        """Read what is stale; the tabs Qt has made get a name for those who do not see them."""
        for bar in self._context.window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setAccessibleName(tr("Panels"))
        self.freshen()

    def _painted(self) -> QImage:
        cards = self._panel.cards
        picture = QImage(cards.size() * _PICTURE_SCALE, QImage.Format.Format_RGB32)
        picture.setDevicePixelRatio(_PICTURE_SCALE)
        picture.fill(current_tones().window)
        painter = QPainter(picture)
        cards.render(painter, QPoint())
        painter.end()
        return picture

    def _ask(self, title: str, suffix: str, name_filter: str, on_chosen: Callable[[Path], None]) -> None:
        project = self._context.session.project
        if project is None:
            return

        start = project.folder.absolute().parent / f"{project.folder.name}-statistics{suffix}"
        choose_output(self._context, title=title, start=start, on_chosen=on_chosen, kinds={name_filter: suffix})

    def _save(self, path: Path, write: Callable[[], None]) -> None:
        project = self._context.session.project

        def work() -> None:
            refuse_inputs(path, project)
            write()

        job = self._context.jobs.submit(Lane.DISK, work)
        job.succeeded.connect(lambda _result: self._context.say(tr("Saved {name}").format(name=path.name)))

    def _read(self) -> None:
        session = self._context.session
        project = session.project
        if project is None or not self._panel.isVisible():
            return
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading, self._is_stale = True, False
        job = session.read(read_statistics, priority=9)
        job.succeeded.connect(lambda statistics: self._show(project, statistics))
        job.finished.connect(self._on_read)

    def _show(self, project: Project, statistics: Statistics) -> None:
        if project is self._context.session.project:
            self._panel.show_statistics(statistics)

    def _on_read(self) -> None:
        self._is_reading = False
        if self._is_stale:
            self.freshen()

    def _forget(self) -> None:
        self._timer.stop()
        self._is_stale = False
        self._panel.show_statistics(None)


class NotesKeeper(QObject):
    """Saves the notes a moment after the last key, and before the project is closed."""

    def __init__(self, context: CommandContext, panel: StatisticsPanel) -> None:
        super().__init__(context.window)
        self._context, self._panel = context, panel
        self._project: Project | None = None
        self._text = self._saved = ""
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self._timer.timeout.connect(self.save)
        panel.notes_edited.connect(self._on_edited)
        context.session.opened.connect(self._on_opened)
        context.session.closing.connect(self._on_closing)

    @property
    def is_busy(self) -> bool:
        """Whether something is not saved yet."""
        return self._timer.isActive()

    def save(self) -> None:
        """Save what was typed."""
        self._timer.stop()
        project, text = self._project, self._text
        if project is None or text == self._saved:
            return
        before, self._saved = self._saved, text
        job = self._context.jobs.submit(Lane.STORE, lambda: write_notes(project, text))
        job.failed.connect(lambda error: self._on_failed(project, before, error))
        job.succeeded.connect(lambda _result: self._on_saved(project))

    def _on_edited(self, text: str) -> None:
        self._text = text
        self._panel.notes_state.setText("")
        self._timer.start()

    def _on_saved(self, project: Project) -> None:
        if project is self._project and self._text == self._saved:
            self._panel.notes_state.setText(tr("saved"))

    def _on_failed(self, project: Project, before: str, _error: Exception) -> None:
        if project is self._project:
            self._saved = before
            self._panel.notes_state.setText(tr("not saved"))

    def _on_opened(self) -> None:
        self._project = project = self._context.session.require()
        self._text = self._saved = ""
        self._panel.show_notes("", editable=False)
        job = self._context.session.read(read_notes)
        job.succeeded.connect(lambda text: self._on_read(project, text))

    def _on_read(self, project: Project, text: str) -> None:
        if project is self._project:
            self._text = self._saved = text
            self._panel.show_notes(text, editable=self._context.session.can_edit)

    def _on_closing(self) -> None:
        self.save()
        self._project = None
        self._panel.show_notes("", editable=False)
