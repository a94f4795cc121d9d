"""What one action is: its text, menu, shortcut keys and icon, what it calls, and when it is enabled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtGui import QKeySequence

from acseg_desktop.actions.need import Need
from acseg_desktop.language.words import Words

tr = Words("Actions")

FILE, EDIT, IMAGE = tr.mark("&File"), tr.mark("&Edit"), tr.mark("&Image")
REGION, CLUSTERS = tr.mark("&Region"), tr.mark("&Clusters")
TOOLS, VIEW, HELP = tr.mark("&Tools"), tr.mark("&View"), tr.mark("&Help")
MENUS = (FILE, EDIT, IMAGE, REGION, TOOLS, CLUSTERS, VIEW, HELP)

Commands = TypeVar("Commands", contravariant=True)


@dataclass(frozen=True, slots=True)
class ActionSpec(Generic[Commands]):
    """One thing the user can do.

    Attributes:
        id: Unique, dotted; the keys that users choose are stored by it, so it stays as it is.
        text: In menus, with its mnemonic, in English.
        menu: Which menu; "" for keys only.
        handler: Gives what it calls, from the commands of the window.
        keys: Shortcuts in Qt's portable text. Keys without Ctrl or Alt go through the key filter.
        icon: Material Design icon, or "".
        needs: When it is enabled.
        checkable: Whether it is a switch.
        separated: Whether a line goes before it in its menu.
        number: Tells it from others with the same text, at ``{number}``.
        short: What a button with words calls it, in English; "" for the text.
        tip: What the tip of a button says that it does, in English; "" for the text.
    """

    id: str
    text: str
    menu: str
    handler: Callable[[Commands], Callable[[], object]]
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: Need = Need.NOTHING
    checkable: bool = False
    separated: bool = False
    number: str = ""
    short: str = ""
    tip: str = ""

    @property
    def place(self) -> Need:
        """Where its keys without Ctrl or Alt count: in the browser, among doubtful names there, with a tool, else."""
        return self.needs & (Need.BROWSER | Need.DOUBTFUL_NAMES | Need.TOOL)

    @property
    def menu_text(self) -> str:
        """The text in the language of the window."""
        return tr(self.text).format(number=self.number) if self.number else tr(self.text)

    @property
    def plain_text(self) -> str:
        """The text without mnemonic and dots, in the language of the window."""
        return without_mnemonic(self.menu_text).rstrip("…")

    @property
    def button_text(self) -> str:
        """What a button with words calls it, in the language of the window."""
        return tr(self.short) if self.short else self.plain_text

    @property
    def tip_text(self) -> str:
        """What the tip of a button says that it does, in the language of the window, without its keys."""
        return tr(self.tip) if self.tip else self.plain_text


def menu_title(menu: str) -> str:
    """The title of a menu, with its mnemonic, in the language of the window."""
    return tr(menu)


def without_mnemonic(text: str) -> str:
    """A text without the mark of the letter that Alt chooses."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def is_bare(key: str) -> bool:
    """Whether a shortcut has neither Ctrl nor Alt and so must not reach text fields."""
    last = key.removeprefix("Shift+")
    return not last.startswith(("Ctrl+", "Alt+", "Meta+")) and not (last.startswith("F") and last[1:].isdigit())


def key_text(key: str) -> str:
    """How a shortcut is written for people on this system."""
    names = {"Return": tr("Enter"), "Enter": tr("Enter"), "Del": tr("Del"), "Esc": tr("Esc")}
    names["Backspace"] = tr("Backspace")
    return names.get(key) or QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
