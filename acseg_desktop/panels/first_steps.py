"""The first steps, in one line above the image: what to do next, with its key, and what is done already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from acseg_desktop.appearance.icons import SMALL, icon
from acseg_desktop.appearance.plain_text import PlainLabel
from acseg_desktop.language.words import Words

tr = Words("First steps")


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps.

    Attributes:
        name: Short.
        hint: What to do, with ``{key}`` where the key of the action goes.
        action_id: The action that does it.
        button: What a button says that does it; none where it is done with the photo.
    """

    name: str
    hint: str
    action_id: str
    button: str = ""


STEPS: Sequence[Step] = (
    Step(
        tr.mark("Propose"),
        tr.mark("Press {key}: the model proposes regions for your photos in the background."),
        "propose.all",
        tr.mark("Propose regions…"),
    ),
    Step(
        tr.mark("Look-alikes"),
        tr.mark("Press {key} to name look-alikes from all photos at once."),
        "clusters.browse",
        tr.mark("Name look-alikes"),
    ),
    Step(
        tr.mark("Select"),
        tr.mark("Click a region on the photo; Ctrl+click adds another, {key} selects all."),
        "select.all",
    ),
    Step(
        tr.mark("Name"),
        tr.mark("Press {key} and type what you have selected. Names get the keys 1 to 9."),
        "region.name",
    ),
    Step(
        tr.mark("Accept"),
        tr.mark("Does the photo look right? {key} accepts its names and goes to the next one."),
        "image.accept",
    ),
    Step(
        tr.mark("Export"),
        tr.mark("{key} exports what you have accepted to a file for training."),
        "project.export",
        tr.mark("Export…"),
    ),
)


class FirstSteps(QFrame):
    """Shows the steps; the first one that is not done is explained.

    Signals:
        dismissed(): The cross was pressed, or all is done and was read.
        told(): They are there, or not any more.
        action_requested(str): The button of the current step was pressed; the id of its action.
    """

    dismissed = Signal()
    told = Signal()
    action_requested = Signal(str)

    def __init__(self, key_of: Callable[[str], str], parent: QWidget | None = None) -> None:
        """Make the line; ``key_of`` writes the key of an action."""
        super().__init__(parent)
        self.setObjectName("Hint")
        self.setAccessibleName(tr("First steps"))
        self._key_of = key_of
        self._done = [False] * len(STEPS)
        self.is_wanted = False
        """Whether they are to be seen; they may be set aside for what comes first."""
        self._marks = [PlainLabel() for _ in STEPS]
        self.names = [PlainLabel() for _ in STEPS]
        self.hint = PlainLabel(wordWrap=True)
        self.hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.button = QPushButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click, keys still go to the photo
        self.button.clicked.connect(self._on_button)
        self.cross = QToolButton()
        self.cross.setIconSize(SMALL)
        self.cross.setToolTip(tr("Close; Help ▸ First steps shows them again"))
        self.cross.setAccessibleName(tr("Close the first steps"))
        self.cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cross.clicked.connect(self._on_cross)
        row = QHBoxLayout()
        row.setSpacing(6)
        for mark, name in zip(self._marks, self.names, strict=True):
            name.setMinimumWidth(1)  # else large text would make the window wide
            row.addWidget(mark)
            row.addWidget(name)
            row.addSpacing(12)
        row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(row)
        words.addWidget(self.hint)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(12, 8, 8, 8)
        outer.addLayout(words, 1)
        outer.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        outer.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def current(self) -> int | None:
        """The first step that is not done; None when all are."""
        return next((number for number, done in enumerate(self._done) if not done), None)

    def begin(self) -> None:
        """Show them from the start."""
        self._done = [False] * len(STEPS)
        self.refresh()
        self.is_wanted = True
        self.show()
        self.told.emit()

    def end(self) -> None:
        """Show them no more."""
        self.is_wanted = False
        self.hide()
        self.told.emit()

    def set_aside(self, aside: bool) -> None:
        """Do not show them, as something else comes first; or show them again."""
        self.setVisible(self.is_wanted and not aside)

    def tick(self, number: int) -> None:
        """A step was done; those before it need no explaining either."""
        if not self.is_wanted or all(self._done[: number + 1]):
            return
        for earlier in range(number + 1):
            self._done[earlier] = True
        self.refresh()

    def refresh(self) -> None:
        """Write it anew, in the keys and colours in use."""
        current = self.current
        for number, (step, mark, name) in enumerate(zip(STEPS, self._marks, self.names, strict=True)):
            done = self._done[number]
            tone = "good" if done else "accent" if number == current else "muted"
            image = "check-circle" if done else f"numeric-{number + 1}-circle-outline"
            mark.setPixmap(icon(image, tone=tone).pixmap(QSize(18, 18)))
            name.setText(tr(step.name))
            font = name.font()
            font.setBold(number == current)
            name.setFont(font)
        if current is None:
            self.hint.setText(
                tr("That's all. In the concept browser ({key}) you can name many similar regions at once.").format(
                    key=self._key_of("clusters.browse")
                )
            )
        else:
            step = STEPS[current]
            self.hint.setText(tr(step.hint).format(key=self._key_of(step.action_id)))
        self.button.setVisible(current is not None and bool(STEPS[current].button))
        self.button.setText(tr(STEPS[current].button) if current is not None and STEPS[current].button else "")
        self.cross.setIcon(icon("close"))

    def _on_button(self) -> None:
        if self.current is not None:
            self.action_requested.emit(STEPS[self.current].action_id)

    def _on_cross(self) -> None:
        self.end()
        self.dismissed.emit()
