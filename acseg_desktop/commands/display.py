"""Commands that change how the photo and its regions look, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from acseg_desktop.canvas.tints import PALETTES
from acseg_desktop.canvas.tone import Tone
from acseg_desktop.commands.context import Bench
from acseg_desktop.language.words import Words
from acseg_desktop.operations import labels

tr = Words("View")

SOFT, STRONG = "soft", "strong"


class LookCommands(QObject):
    """Peeking, isolating, the overview, tone, palettes, and whether the zoom is kept."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench.window)
        self._bench = bench
        self._is_peeking = False
        self.tone_shown = False
        self._minimap = bench.preferences.flag("minimap", True)
        palette = bench.preferences.text("palette", SOFT)
        self._palette = palette if palette in PALETTES else SOFT
        bench.viewer.keeps_view = bench.preferences.flag("keep_view", False)
        bench.canvas.set_minimap(self._minimap)
        bench.canvas.set_tints(PALETTES[self._palette])
        bench.session.closing.connect(self._on_closing)

    @property
    def checked(self) -> dict[str, bool]:
        """Which of the switches are on, by action."""
        return {
            "looks.minimap": self._minimap,
            "looks.keep_view": self._bench.viewer.keeps_view,
            "looks.tone": self.tone_shown,
            "looks.soft": self._palette == SOFT,
            "looks.strong": self._palette == STRONG,
        }

    def peek(self) -> None:
        """Show the bare photo until the key goes up."""
        application = QApplication.instance()
        if application is not None and not self._is_peeking:
            self._is_peeking = True
            self._bench.canvas.set_bare(True)
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key goes up, or will never be seen to."""
        is_up = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat()
        if is_up or event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.ApplicationDeactivate):
            self._end_peek()
        return super().eventFilter(watched, event)

    def isolate(self) -> None:
        """Hide all but the selected regions; when that is so already, show all."""
        canvas = self._bench.canvas
        others = frozenset(region.id for region in self._bench.viewer.regions) - canvas.selection
        if not canvas.selection or canvas.hidden == others:
            canvas.set_hidden(frozenset())
            return
        canvas.set_hidden(others)
        key = self._bench.key_of("looks.isolate")
        self._bench.say(tr("Only the selection is shown; press {key} again to show all").format(key=key))

    def toggle_minimap(self) -> None:
        """Show the overview when zoomed in, or not."""
        self._minimap = not self._minimap
        self._bench.preferences.store("minimap", self._minimap)
        self._bench.canvas.set_minimap(self._minimap)
        self._bench.refresh()

    def toggle_keep_view(self) -> None:
        """Keep zoom and place for the next image, or fit it."""
        viewer = self._bench.viewer
        viewer.keeps_view = not viewer.keeps_view
        self._bench.preferences.store("keep_view", viewer.keeps_view)
        self._bench.refresh()

    def toggle_tone(self) -> None:
        """Show the sliders for brightness, contrast and gamma, or hide them."""
        self.tone_shown = not self.tone_shown
        self._bench.refresh()

    def set_tone(self, tone: Tone) -> None:
        """Show the photos brighter, steeper and the like, until the project is closed."""
        self._bench.canvas.set_tone(tone)

    def soft(self) -> None:
        """Quiet colours for unnamed regions."""
        self._choose(SOFT)

    def strong(self) -> None:
        """Loud colours for unnamed regions."""
        self._choose(STRONG)

    def recolor_labels(self) -> None:
        """Give all labels colours that everyone can tell apart."""
        job = labels.recolor_all(self._bench.session)
        job.succeeded.connect(lambda outcome: self._say_recolored(bool(outcome[1].verb)))

    def _say_recolored(self, changed: bool) -> None:
        done = tr("All labels have the colours of the palette; undo brings the old ones back")
        self._bench.say(done if changed else tr("The labels have these colours already"))

    def _choose(self, palette: str) -> None:
        self._palette = palette
        self._bench.preferences.store("palette", palette)
        self._bench.canvas.set_tints(PALETTES[palette])
        self._bench.viewer.regions_shown.emit()  # panels show these colours too
        self._bench.refresh()

    def _end_peek(self) -> None:
        application = QApplication.instance()
        if self._is_peeking and application is not None:
            self._is_peeking = False
            application.removeEventFilter(self)
            self._bench.canvas.set_bare(False)

    def _on_closing(self) -> None:
        self._end_peek()
        self._bench.canvas.set_tone(Tone())
