"""The Help menu: first steps, shortcuts, log folder, about."""

from __future__ import annotations

from acseg_desktop.actions.need import Need
from acseg_desktop.actions.spec import HELP, ActionSpec
from acseg_desktop.commands.commands import Commands

ACTIONS: tuple[ActionSpec[Commands], ...] = (
    ActionSpec(
        "help.first_steps",
        "&First steps",
        HELP,
        lambda commands: commands.first_steps.begin,
        (),
        "school-outline",
        needs=Need.PROJECT,
    ),
    ActionSpec(
        "help.shortcuts",
        "Keyboard &shortcuts",
        HELP,
        lambda commands: commands.keyboard.show_shortcuts,
        ("F1",),
        "keyboard-outline",
    ),
    ActionSpec(
        "help.edit_shortcuts",
        "&Change shortcuts…",
        HELP,
        lambda commands: commands.keyboard.edit_shortcuts,
        (),
        "keyboard-settings-outline",
    ),
    ActionSpec("help.log", "Open &log folder", HELP, lambda commands: commands.view.open_log_folder),
    ActionSpec(
        "help.about",
        "&About ACSeg Desktop",
        HELP,
        lambda commands: commands.view.show_about,
        (),
        "information-outline",
        separated=True,
    ),
)
