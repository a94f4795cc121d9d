"""The question bar: a line above the photo that asks something; a key or a button answers, and work may go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from acseg_desktop.actions.spec import key_text
from acseg_desktop.language.words import Words
from acseg_desktop.panels.banner import Banner, Notice

tr = Words("Notices")

_LEAVING, _CONFIRMING = "Esc", ("Return", "Enter")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer.

    Attributes:
        text: On its button.
        key: That gives it, while the question is shown: no Ctrl, no Alt.
        handler: What it does.
    """

    text: str
    key: str
    handler: Callable[[], object]


class QuestionBar(Banner):
    """Asks one question at a time; its keys come before those of actions while it is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Hint")
        self.tone = "accent"
        self._choices: Sequence[Choice] = ()

    def ask(self, text: str, choices: Sequence[Choice]) -> None:
        """Ask; a question that is shown is replaced."""
        remedies = tuple((f"{each.text} ({key_text(each.key)})", self._answering(each)) for each in choices)
        self.show_notice(Notice(text, "help-circle-outline", remedies))
        self._choices = choices

    def dismiss(self) -> None:
        """Nothing is asked any more."""
        self._choices = ()
        self.show_notice(None)

    def takes(self, key: str) -> bool:
        """Whether a key answers, or is kept from doing something else while somebody has to answer."""
        return self.isVisible() and (key in (_LEAVING, *_CONFIRMING) or any(key == each.key for each in self._choices))

    def answer(self, key: str) -> str:
        """Do what a key stands for; Esc leaves it open. Returns what to say: Enter answers nothing by itself."""
        chosen = next((each for each in self._choices if each.key == key), None)
        if chosen is not None:
            self._answering(chosen)()
        elif key == _LEAVING:
            self.dismiss()
        else:
            keys = ", ".join(key_text(each.key) for each in self._choices)
            return tr("Choose one of the answers above the photo: {keys}").format(keys=keys)
        return ""

    def _answering(self, choice: Choice) -> Callable[[], None]:
        def answer() -> None:
            self.dismiss()
            choice.handler()

        return answer
