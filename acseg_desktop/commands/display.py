"""Commands that change how the photo and its regions look, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from acseg_desktop.canvas.tints import PALETTES
from acseg_desktop.canvas.tone import Tone
from acseg_desktop.commands.context import CommandContext
from acseg_desktop.language.words import Words
from acseg_desktop.operations import labels
from acseg_desktop.panels.tone_bar import ToneBar

tr = Words("View")

SOFT, STRONG = "soft", "strong"


class DisplayCommands(QObject):
    """Peeking, isolating, the overview, tone, palettes, and whether the zoom is kept."""

    def __init__(self, context: CommandContext) -> None:
        super().__init__(context.window)
        self._context = context
        self._is_peeking = False
        self.tone_shown = False
        self._minimap = context.preferences.flag("minimap", True)
        palette = context.preferences.text("palette", SOFT)
        self._palette = palette if palette in PALETTES else SOFT
        context.viewer.keeps_view = context.preferences.flag("keep_view", False)
        context.canvas.set_minimap(self._minimap)
        context.canvas.set_tints(PALETTES[self._palette])
        context.session.closing.connect(self._on_closing)

    def take(self, tone_bar: ToneBar) -> None:
        """Show the photos as the sliders of this bar say."""
        tone_bar.changed.connect(self.set_tone)
        tone_bar.closed.connect(self.toggle_tone)
        self._context.session.closing.connect(lambda: tone_bar.show_tone(Tone()))

    @property
    def checked(self) -> dict[str, bool]:
        """Which of the switches are on, by action."""
        return {
            "looks.minimap": self._minimap,
            "looks.keep_view": self._context.viewer.keeps_view,
            "looks.tone": self.tone_shown,
            "looks.soft": self._palette == SOFT,
            "looks.strong": self._palette == STRONG,
        }

    def peek(self) -> None:
        """Show the bare photo until the key goes up."""
        application = QApplication.instance()
        if application is not None and not self._is_peeking:
            self._is_peeking = True
            self._context.canvas.set_bare(True)
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key goes up, or will never be seen to."""
        is_up = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat()
        if is_up or event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.ApplicationDeactivate):
            self._end_peek()
        return super().eventFilter(watched, event)

    def isolate(self) -> None:
        """Hide all but the selected regions; when that is so already, show all."""
        canvas = self._context.canvas
        others = frozenset(region.id for region in self._context.viewer.regions) - canvas.selection
        if not canvas.selection or canvas.hidden == others:
            canvas.set_hidden(frozenset())
            return
        canvas.set_hidden(others)
        key = self._context.key_of("looks.isolate")
        self._context.say(tr("Only the selection is shown; press {key} again to show all").format(key=key))

    def toggle_minimap(self) -> None:
        """Show the overview when zoomed in, or not."""
        self._minimap = not self._minimap
        self._context.preferences.store("minimap", self._minimap)
        self._context.canvas.set_minimap(self._minimap)
        self._context.refresh()

    def toggle_keep_view(self) -> None:
        """Keep zoom and place for the next image, or fit it."""
        viewer = self._context.viewer
        viewer.keeps_view = not viewer.keeps_view
        self._context.preferences.store("keep_view", viewer.keeps_view)
        self._context.refresh()

    def toggle_tone(self) -> None:
        """Show the sliders for brightness, contrast and gamma, or hide them."""
        self.tone_shown = not self.tone_shown
        self._context.refresh()

    def set_tone(self, tone: Tone) -> None:
        """Show the photos brighter, steeper and the like, until the project is closed."""
        self._context.canvas.set_tone(tone)

    def soft(self) -> None:
        """Quiet colours for unnamed regions."""
        self._choose(SOFT)

    def strong(self) -> None:
        """Loud colours for unnamed regions."""
        self._choose(STRONG)

    def recolor_labels(self) -> None:
        """Give all labels colours that everyone can tell apart."""
        job = labels.recolor_all(self._context.session)
        job.succeeded.connect(lambda outcome: self._say_recolored(bool(outcome[1].verb)))

    def _say_recolored(self, changed: bool) -> None:
        done = tr("All labels now have distinct colours; undo brings the old ones back")
        self._context.say(done if changed else tr("The labels already have these colours"))

    def _choose(self, palette: str) -> None:
        self._palette = palette
        self._context.preferences.store("palette", palette)
        self._context.canvas.set_tints(PALETTES[palette])
        self._context.viewer.regions_shown.emit()  # panels show these colours too
        self._context.refresh()

    def _end_peek(self) -> None:
        application = QApplication.instance()
        if self._is_peeking and application is not None:
            self._is_peeking = False
            application.removeEventFilter(self)
            self._context.canvas.set_bare(False)

    def _on_closing(self) -> None:
        self._end_peek()
        self._context.canvas.set_tone(Tone())
