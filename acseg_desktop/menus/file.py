"""The File menu: new, open, close, rescan, import, export, quit."""

from __future__ import annotations

from acseg_desktop.actions.need import Need
from acseg_desktop.actions.spec import FILE, ActionSpec
from acseg_desktop.commands.commands import Commands

ACTIONS: tuple[ActionSpec[Commands], ...] = (
    ActionSpec(
        "project.new", "&New project…", FILE, lambda commands: commands.project.new, ("Ctrl+N",), "folder-plus-outline"
    ),
    ActionSpec(
        "project.open",
        "&Open project…",
        FILE,
        lambda commands: commands.project.open,
        ("Ctrl+O",),
        "folder-open-outline",
    ),
    ActionSpec(
        "project.close",
        "&Close project",
        FILE,
        lambda commands: commands.project.close,
        ("Ctrl+W",),
        "close",
        needs=Need.PROJECT,
    ),
    ActionSpec(
        "project.rescan",
        "Rescan &image folder",
        FILE,
        lambda commands: commands.project.rescan,
        ("F5",),
        "refresh",
        needs=Need.EDIT,
        separated=True,
    ),
    ActionSpec(
        "project.add_photos",
        "&Add photos…",
        FILE,
        lambda commands: commands.project.add_photos,
        (),
        "image-plus-outline",
        needs=Need.EDIT,
    ),
    ActionSpec(
        "project.add_folder",
        "Add a &folder of photos…",
        FILE,
        lambda commands: commands.project.add_folder,
        (),
        "folder-multiple-image",
        needs=Need.EDIT,
    ),
    ActionSpec(
        "project.relocate",
        "Re&locate images…",
        FILE,
        lambda commands: commands.project.relocate,
        (),
        "folder-search-outline",
        needs=Need.EDIT,
    ),
    ActionSpec(
        "project.skipped",
        "&Skipped files…",
        FILE,
        lambda commands: commands.project.skipped,
        (),
        "file-alert-outline",
        needs=Need.PROJECT,
    ),
    ActionSpec(
        "image.removed",
        "Re&moved images…",
        FILE,
        lambda commands: commands.batch.show_removed,
        (),
        "delete-restore",
        needs=Need.EDIT,
    ),
    ActionSpec(
        "project.trim",
        "&Trim history…",
        FILE,
        lambda commands: commands.project.trim_history,
        (),
        "history",
        needs=Need.EDIT,
    ),
    ActionSpec(
        "project.import",
        "&Import labels…",
        FILE,
        lambda commands: commands.importing.choose,
        ("Ctrl+Shift+I",),
        "import",
        needs=Need.EDIT,
        separated=True,
    ),
    ActionSpec(
        "project.export",
        "&Export…",
        FILE,
        lambda commands: commands.project.export,
        ("Ctrl+E",),
        "export-variant",
        needs=Need.PROJECT,
        tip="Export the labelled images",
    ),
    ActionSpec("app.quit", "&Quit", FILE, lambda commands: commands.view.quit, ("Ctrl+Q",), separated=True),
)
