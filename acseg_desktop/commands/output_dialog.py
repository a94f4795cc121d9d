"""The file dialog for what a command writes: the name gets the ending of its kind, and what is there is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from acseg_desktop.commands.context import CommandContext
from acseg_desktop.dialogs.form import choose_path, with_ending
from acseg_desktop.language.words import Words

tr = Words("Forms")


def choose_output(
    context: CommandContext, *, title: str, start: Path, on_chosen: Callable[[Path], None], kinds: Mapping[str, str]
) -> QFileDialog:
    """Ask where a file goes.

    Args:
        context: Its window gets the dialog.
        title: Of the dialog.
        start: Where it begins.
        on_chosen: Gets the path.
        kinds: The endings by what the dialog offers, such as "Tables (*.csv)"; the first is chosen at first.
    """
    endings = list(kinds.values())

    def take(chosen: Path) -> None:
        path = with_ending(chosen, kinds.get(dialog.selectedNameFilter(), endings[0]))
        if path != chosen and path.exists():  # the dialog asked about another name
            context.say(tr("{name} already exists; choose that name to replace it").format(name=path.name))
            return
        on_chosen(path)

    dialog = choose_path(
        context.window, title=title, start=start, on_chosen=take, save=True, name_filter=";;".join(kinds)
    )
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, False)
    dialog.setDefaultSuffix(endings[0])
    dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(kinds[name]))
    return dialog
