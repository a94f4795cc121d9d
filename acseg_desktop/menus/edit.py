"""The Edit menu: undo, redo, selecting, preferences."""

from __future__ import annotations

from acseg_desktop.actions.need import Need
from acseg_desktop.actions.spec import EDIT, ActionSpec
from acseg_desktop.commands.commands import Commands

ACTIONS: tuple[ActionSpec[Commands], ...] = (
    ActionSpec(
        "edit.undo",
        "&Undo",
        EDIT,
        lambda commands: commands.undoing.undo,
        ("Ctrl+Z",),
        "undo",
        needs=Need.EDIT | Need.UNDO,
    ),
    ActionSpec(
        "edit.redo",
        "&Redo",
        EDIT,
        lambda commands: commands.undoing.redo,
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "redo",
        needs=Need.EDIT | Need.REDO,
    ),
    ActionSpec(
        "select.all",
        "Select &all regions",
        EDIT,
        lambda commands: commands.review.select_all,
        ("Ctrl+A",),
        "select-all",
        needs=Need.REGIONS,
        separated=True,
    ),
    ActionSpec(
        "select.invert",
        "&Invert selection",
        EDIT,
        lambda commands: commands.review.invert_selection,
        ("Ctrl+I",),
        "select-inverse",
        needs=Need.REGIONS,
    ),
    ActionSpec(
        "select.none",
        "&Clear selection",
        EDIT,
        lambda commands: commands.clusters.return_or_clear,
        ("Esc",),
        needs=Need.REGIONS,
    ),
    ActionSpec(
        "app.preferences",
        "Pre&ferences…",
        EDIT,
        lambda commands: commands.settings.show,
        ("Ctrl+,",),
        "cog-outline",
        separated=True,
    ),
)
