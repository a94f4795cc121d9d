"""Part of the export form: the format, and what it cannot keep of this project."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from acseg_core.formats.dataset import Kept
from acseg_core.formats.format import FORMATS, Format
from acseg_core.workflows.exporting import ExportSettings, preview_losses
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.core_messages import translated
from acseg_desktop.language.words import Words
from acseg_desktop.preferences import Preferences
from acseg_desktop.session import Session

tr = Words("Export")

_KEY = "export_format"

_LOST: Mapping[Kept, Callable[[int], str]] = {
    Kept.INSTANCES: lambda count: tr("%Ln object(s) (merges,merge) with others of the same label", count),
    Kept.PARTS: lambda count: tr("%Ln region(s) in several parts (becomes,become) several", count),
    Kept.NEGATIVES: lambda count: tr("%Ln image(s) without objects (looks,look) unlabelled", count),
    Kept.VOID: lambda count: tr("void areas in %Ln image(s)", count),
    Kept.THINGS: lambda count: tr("that %Ln label(s) (is,are) stuff", count),
    Kept.IDS: lambda count: tr("the ids of %Ln label(s)", count),
    Kept.COLORS: lambda count: tr("the colors of %Ln label(s)", count),
    Kept.SUPERCATEGORIES: lambda count: tr("the supercategories of %Ln label(s)", count),
    Kept.REMARKS: lambda count: tr("comments or reviews of %Ln image(s)", count),
}


class ExportFormat(QObject):
    """The choice of a format; what it loses of this project is counted whenever something changes.

    Signals:
        changed(): Another format was chosen.
    """

    changed = Signal()

    def __init__(self, session: Session, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._preferences = session, preferences
        self._job: Job | None = None
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Format"))
        for each in FORMATS:
            if each.write is not None:
                self.box.addItem(translated(each.title), each.key)
        self.box.setCurrentIndex(max(0, self.box.findData(preferences.text(_KEY, "coco"))))
        self.losses = PlainLabel(wordWrap=True)
        self.losses.setProperty("role", "muted")
        self.box.currentIndexChanged.connect(lambda _index: self.changed.emit())

    @property
    def format(self) -> Format:
        """What was chosen."""
        return next(each for each in FORMATS if each.key == self.box.currentData())

    def remember(self) -> None:
        """Begin with this format the next time."""
        self._preferences.store(_KEY, self.format.key)

    def count(self, settings: ExportSettings) -> None:
        """Find out, in the background, what the format cannot keep."""
        self.stop()
        format_, project = self.format, self._session.require()
        self._say(tr("Checking what {format} cannot keep…").format(format=translated(format_.title)))
        job = self._job = self._session.jobs.submit(Lane.DISK, lambda: preview_losses(project, format_, settings))
        job.on_error(lambda _error: self._say("") if job is self._job else None)  # the count of images tells why
        job.succeeded.connect(lambda lost: self._on_counted(job, format_, lost))

    def stop(self) -> None:
        """Count no more."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    def _on_counted(self, job: Job, format_: Format, lost: Mapping[str, int]) -> None:
        if job is self._job:
            self._job = None
            self._say(losses_text(format_, lost))

    def _say(self, text: str) -> None:
        """Show a text; a line that wraps gets its height, which the form does not find out by itself."""
        self.losses.setText(text)
        self.losses.setMinimumHeight(max(0, self.losses.heightForWidth(self.losses.width())))


def losses_text(format_: Format, lost: Mapping[str, int]) -> str:
    """What a format does not keep, in a sentence."""
    parts = [_LOST[feature](lost[feature]) for feature in Kept if lost.get(feature)]
    if not parts:
        return tr("{format} keeps everything in this export.").format(format=translated(format_.title))
    return tr("{format} does not keep: {list}.").format(format=translated(format_.title), list="; ".join(parts))
