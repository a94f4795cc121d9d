"""One table of every action; the menus, the tool bar and the list of shortcuts are made from it.

The keys are those an action has until the user chooses others (`keymap`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto

from PySide6.QtGui import QKeySequence

from acseg_desktop.language.words import Words

tr = Words("Actions")


class Need(Flag):
    """What must be so for an action to make sense."""

    NOTHING = 0
    PROJECT = auto()
    WRITABLE = auto()
    IMAGE = auto()
    REGIONS = auto()
    SELECTION = auto()
    ONE = auto()
    SEVERAL = auto()
    TREE = auto()
    UNDO = auto()
    REDO = auto()
    NO_PROPOSING = auto()
    SUGGESTED = auto()
    BROWSER = auto()
    CHOSEN = auto()
    CHOSEN_REGIONS = auto()
    ONE_CLUSTER = auto()
    CLUSTERS = auto()
    DOUBTS = auto()
    TOOL = auto()
    BRUSH = auto()
    DRAWING = auto()


_EDIT = Need.PROJECT | Need.WRITABLE
_EDIT_SELECTION = _EDIT | Need.SELECTION
_EDIT_TREE = _EDIT | Need.IMAGE | Need.TREE
_EDIT_IMAGE = _EDIT | Need.IMAGE
_IMAGE = Need.PROJECT | Need.IMAGE
_BRUSH = Need.IMAGE | Need.TOOL | Need.BRUSH
_DRAWING = Need.IMAGE | Need.TOOL | Need.DRAWING
_BROWSER = Need.PROJECT | Need.BROWSER
_EDIT_BROWSER = _EDIT | Need.BROWSER


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing the user can do.

    Attributes:
        id: Unique, dotted.
        text: In menus, with its mnemonic, in English.
        menu: Which menu; "" for keys only.
        handler: Attribute path of what it calls, from the commands.
        keys: Shortcuts in Qt's portable text. Keys without Ctrl or Alt go through the key filter.
        icon: Material Design icon, or "".
        needs: When it is enabled.
        checkable: Whether it is a switch.
        separated: Whether a line goes before it in its menu.
        number: Tells it from others with the same text, at ``{number}``.
    """

    id: str
    text: str
    menu: str
    handler: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: Need = Need.NOTHING
    checkable: bool = False
    separated: bool = False
    number: str = ""

    @property
    def place(self) -> Need:
        """Where its keys without Ctrl or Alt count: in the browser, among doubtful names there, with a tool, else."""
        return self.needs & (Need.BROWSER | Need.DOUBTS | Need.TOOL)

    @property
    def menu_text(self) -> str:
        """The text in the language of the window."""
        return tr(self.text).format(number=self.number) if self.number else tr(self.text)

    @property
    def plain_text(self) -> str:
        """The text without mnemonic and dots, in the language of the window."""
        return self.menu_text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


FILE, EDIT, IMAGE = tr.mark("&File"), tr.mark("&Edit"), tr.mark("&Image")
REGION, CLUSTERS = tr.mark("&Region"), tr.mark("&Clusters")
TOOLS, VIEW, HELP = tr.mark("&Tools"), tr.mark("&View"), tr.mark("&Help")
MENUS = (FILE, EDIT, IMAGE, REGION, TOOLS, CLUSTERS, VIEW, HELP)

# Of several actions on one key the first that makes sense counts: keys of what is being drawn come first.
ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "tool.select", "&Select", TOOLS, "tool.select", ("V",), "cursor-default-outline", _IMAGE, checkable=True
    ),
    ActionSpec("tool.brush", "&Brush", TOOLS, "tool.brush", ("B",), "brush", _EDIT | Need.IMAGE, checkable=True),
    ActionSpec("tool.eraser", "&Eraser", TOOLS, "tool.eraser", ("E",), "eraser", _EDIT | Need.IMAGE, checkable=True),
    ActionSpec(
        "tool.polygon",
        "&Polygon",
        TOOLS,
        "tool.polygon",
        ("P",),
        "shape-polygon-plus",
        _EDIT | Need.IMAGE,
        checkable=True,
    ),
    ActionSpec(
        "tool.line",
        "Split along a &line",
        TOOLS,
        "tool.line",
        ("Shift+X",),
        "content-cut",
        _EDIT | Need.REGIONS,
        checkable=True,
        separated=True,
    ),
    ActionSpec(
        "tool.clicks",
        "Split by &clicks",
        TOOLS,
        "tool.clicks",
        ("C",),
        "cursor-default-click-outline",
        _EDIT | Need.REGIONS,
        checkable=True,
    ),
    ActionSpec(
        "tool.smaller", "S&maller tip", TOOLS, "tool.smaller", ("[",), "", Need.BRUSH | Need.IMAGE, separated=True
    ),
    ActionSpec("tool.larger", "Lar&ger tip", TOOLS, "tool.larger", ("]",), "", _BRUSH),
    ActionSpec(
        "tool.finish", "&Finish drawing", TOOLS, "tool.finish", ("Return", "Enter"), "", _DRAWING, separated=True
    ),
    ActionSpec("tool.step_back", "&Take back a point", TOOLS, "tool.step_back", ("Backspace",), "", _DRAWING),
    ActionSpec("tool.cancel", "C&ancel", TOOLS, "tool.cancel", ("Esc",), "", Need.TOOL | Need.IMAGE),
    ActionSpec("project.new", "&New project…", FILE, "project.new", ("Ctrl+N",), "folder-plus-outline"),
    ActionSpec("project.open", "&Open project…", FILE, "project.open", ("Ctrl+O",), "folder-open-outline"),
    ActionSpec("project.close", "&Close project", FILE, "project.close", ("Ctrl+W",), "close", Need.PROJECT),
    ActionSpec(
        "project.rescan",
        "&Rescan image folder",
        FILE,
        "project.rescan",
        ("F5",),
        "refresh",
        _EDIT,
        separated=True,
    ),
    ActionSpec("project.relocate", "Re&locate images…", FILE, "project.relocate", (), "folder-search-outline", _EDIT),
    ActionSpec("project.skipped", "&Skipped files…", FILE, "project.skipped", (), "file-alert-outline", Need.PROJECT),
    ActionSpec("project.trim", "&Trim history…", FILE, "project.trim_history", (), "history", _EDIT),
    ActionSpec(
        "project.export",
        "&Export…",
        FILE,
        "project.export",
        ("Ctrl+E",),
        "export-variant",
        Need.PROJECT,
        separated=True,
    ),
    ActionSpec("app.quit", "&Quit", FILE, "view.quit", ("Ctrl+Q",), "", separated=True),
    ActionSpec("edit.undo", "&Undo", EDIT, "review.undo", ("Ctrl+Z",), "undo", _EDIT | Need.UNDO),
    ActionSpec("edit.redo", "&Redo", EDIT, "review.redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", _EDIT | Need.REDO),
    ActionSpec(
        "select.all",
        "Select &all regions",
        EDIT,
        "review.select_all",
        ("Ctrl+A",),
        "select-all",
        Need.REGIONS,
        separated=True,
    ),
    ActionSpec(
        "select.invert",
        "&Invert selection",
        EDIT,
        "review.invert_selection",
        ("Ctrl+I",),
        "select-inverse",
        Need.REGIONS,
    ),
    ActionSpec("select.none", "&Clear selection", EDIT, "clusters.return_or_clear", ("Esc",), "", Need.REGIONS),
    ActionSpec(
        "app.preferences",
        "Pre&ferences…",
        EDIT,
        "settings.show",
        ("Ctrl+,",),
        "cog-outline",
        separated=True,
    ),
    ActionSpec("image.next", "&Next image", IMAGE, "browse.next", ("D",), "chevron-right", Need.IMAGE),
    ActionSpec("image.previous", "&Previous image", IMAGE, "browse.previous", ("A",), "chevron-left", Need.IMAGE),
    ActionSpec(
        "image.next_open",
        "Next not &done",
        IMAGE,
        "browse.next_not_done",
        ("Ctrl+Shift+D",),
        "skip-next-outline",
        Need.IMAGE,
    ),
    ActionSpec(
        "image.previous_open",
        "Previous not d&one",
        IMAGE,
        "browse.previous_not_done",
        ("Ctrl+Shift+A",),
        "skip-previous-outline",
        Need.IMAGE,
    ),
    ActionSpec(
        "region.next",
        "Next &region to name",
        IMAGE,
        "browse.next_region",
        ("R",),
        "target",
        Need.PROJECT | Need.IMAGE,
    ),
    ActionSpec(
        "image.search",
        "&Search images…",
        IMAGE,
        "batch.search",
        ("Ctrl+F",),
        "magnify",
        Need.IMAGE,
    ),
    ActionSpec(
        "image.accept",
        "&Accept image and go on",
        IMAGE,
        "review.accept_image",
        ("Return", "Enter"),
        "check-circle-outline",
        _EDIT | Need.IMAGE,
        separated=True,
    ),
    ActionSpec(
        "propose.image",
        "Propose th&is image",
        IMAGE,
        "propose.this_image",
        ("I",),
        "creation-outline",
        _EDIT | Need.IMAGE | Need.NO_PROPOSING,
        separated=True,
    ),
    ActionSpec(
        "propose.all",
        "Propose &regions…",
        IMAGE,
        "propose.choose",
        ("Ctrl+B",),
        "image-multiple-outline",
        _EDIT | Need.NO_PROPOSING,
    ),
    ActionSpec(
        "suggest.spread_here",
        "&Suggest a partition of this image",
        IMAGE,
        "suggest.spread_here",
        ("Shift+I",),
        "auto-fix",
        _EDIT | Need.IMAGE | Need.NO_PROPOSING,
        separated=True,
    ),
    ActionSpec(
        "suggest.spread",
        "Suggest partitions of all &unfinished images",
        IMAGE,
        "suggest.spread",
        ("Ctrl+Shift+B",),
        "",
        _EDIT | Need.NO_PROPOSING,
    ),
    ActionSpec(
        "suggest.refresh",
        "Suggest na&mes for all regions",
        IMAGE,
        "suggest.refresh",
        (),
        "",
        _EDIT | Need.NO_PROPOSING,
    ),
    ActionSpec(
        "suggest.from_list",
        "Suggest names from a &list…",
        IMAGE,
        "suggest.from_list",
        (),
        "format-list-bulleted",
        _EDIT | Need.NO_PROPOSING,
    ),
    ActionSpec(
        "cut.coarser",
        "&Coarser regions",
        IMAGE,
        "cut.coarser",
        (",",),
        "square-outline",
        _EDIT_TREE,
        separated=True,
    ),
    ActionSpec("cut.finer", "&Finer regions", IMAGE, "cut.finer", (".",), "grid", _EDIT_TREE),
    ActionSpec(
        "cut.all",
        "Use this &granularity for all images",
        IMAGE,
        "cut.apply_to_all",
        (),
        "",
        _EDIT_TREE | Need.NO_PROPOSING,
    ),
    ActionSpec("region.name", "&Name…", REGION, "review.search_label", ("/",), "tag-outline", _EDIT_SELECTION),
    ActionSpec(
        "region.unname", "&Un-name", REGION, "review.unname", ("Backspace",), "tag-off-outline", _EDIT_SELECTION
    ),
    ActionSpec("region.merge", "&Merge", REGION, "review.merge", ("M",), "vector-union", _EDIT | Need.SEVERAL),
    ActionSpec(
        "region.merge_as",
        "Mer&ge as…",
        REGION,
        "shape.merge_as",
        ("Shift+M",),
        "tag-multiple-outline",
        _EDIT | Need.SEVERAL,
    ),
    ActionSpec(
        "region.split",
        "&Split by concept tree",
        REGION,
        "cut.split",
        ("X",),
        "call-split",
        _EDIT_SELECTION | Need.ONE | Need.TREE,
    ),
    ActionSpec(
        "region.merge_upwards",
        "Merge u&pwards",
        REGION,
        "cut.merge_upwards",
        ("U",),
        "call-merge",
        _EDIT_SELECTION | Need.ONE | Need.TREE,
    ),
    ActionSpec(
        "region.components",
        "Split into c&onnected parts",
        REGION,
        "shape.split_components",
        ("Shift+C",),
        "scatter-plot-outline",
        _EDIT_SELECTION | Need.ONE,
    ),
    ActionSpec(
        "region.grow", "Gro&w", REGION, "shape.grow", ("W",), "arrow-expand-all", _EDIT_SELECTION, separated=True
    ),
    ActionSpec("region.shrink", "Shrin&k", REGION, "shape.shrink", ("Shift+W",), "arrow-collapse-all", _EDIT_SELECTION),
    ActionSpec("region.resize", "Grow or shrink b&y…", REGION, "shape.resize", (), "", _EDIT_SELECTION),
    ActionSpec("region.smooth", "Smoot&h outline", REGION, "shape.smooth", ("S",), "blur", _EDIT_SELECTION),
    ActionSpec("region.fill", "Fill ho&les", REGION, "shape.fill_holes", ("O",), "format-color-fill", _EDIT_SELECTION),
    ActionSpec(
        "region.give",
        "Give &to neighbour",
        REGION,
        "shape.give_to_neighbours",
        ("J",),
        "arrow-decision-outline",
        _EDIT_SELECTION,
    ),
    ActionSpec(
        "region.dissolve", "D&issolve into neighbours", REGION, "shape.dissolve", ("Shift+J",), "", _EDIT_SELECTION
    ),
    ActionSpec(
        "region.void", "Mark as &void", REGION, "shape.mark_void", ("0",), "cancel", _EDIT_SELECTION, separated=True
    ),
    ActionSpec(
        "region.copy_labels",
        "&Copy labels of the previous image",
        REGION,
        "shape.copy_labels",
        ("Ctrl+Shift+V",),
        "content-copy",
        _EDIT | Need.REGIONS,
    ),
    ActionSpec(
        "region.reject",
        "&Reject",
        REGION,
        "review.reject",
        ("Del",),
        "close-circle-outline",
        _EDIT_SELECTION,
    ),
    ActionSpec(
        "region.accept_suggestion",
        "Accept s&uggestion",
        REGION,
        "suggest.accept",
        ("Y",),
        "tag-check-outline",
        _EDIT_SELECTION | Need.SUGGESTED,
        separated=True,
    ),
    ActionSpec(
        "region.decline_suggestion",
        "&Decline suggestion",
        REGION,
        "suggest.decline",
        ("N",),
        "tag-remove-outline",
        _EDIT_SELECTION | Need.SUGGESTED,
    ),
    ActionSpec(
        "suggest.accept_many",
        "Accept suggestions a&bove…",
        REGION,
        "suggest.accept_many",
        ("Shift+Y",),
        "check-all",
        _EDIT,
    ),
    ActionSpec(
        "region.find",
        "&Find regions like this",
        REGION,
        "clusters.find_from_canvas",
        ("Shift+F",),
        "image-search-outline",
        Need.PROJECT | Need.SELECTION | Need.ONE,
        separated=True,
    ),
    ActionSpec(
        "clusters.browse", "Concept &browser", CLUSTERS, "clusters.toggle", ("G",), "view-grid-outline", Need.PROJECT
    ),
    ActionSpec(
        "doubts.show",
        "&Doubtful names",
        CLUSTERS,
        "doubts.show",
        ("Shift+G",),
        "help-circle-outline",
        Need.PROJECT,
    ),
    ActionSpec(
        "clusters.group",
        "&Group similar regions",
        CLUSTERS,
        "clusters.group",
        ("Ctrl+G",),
        "group",
        _EDIT | Need.NO_PROPOSING,
    ),
    ActionSpec(
        "clusters.name",
        "&Name…",
        CLUSTERS,
        "clusters.search_label",
        ("/",),
        "tag-outline",
        _EDIT_BROWSER | Need.CHOSEN,
        separated=True,
    ),
    ActionSpec(
        "doubts.take",
        "&Take the other name",
        CLUSTERS,
        "doubts.take",
        ("Y",),
        "swap-horizontal",
        _EDIT_BROWSER | Need.DOUBTS | Need.CHOSEN,
        separated=True,
    ),
    ActionSpec(
        "doubts.keep",
        "&Keep the name",
        CLUSTERS,
        "doubts.keep",
        ("N",),
        "check",
        _EDIT_BROWSER | Need.DOUBTS | Need.CHOSEN,
    ),
    ActionSpec(
        "doubts.take_sure",
        "Take the other name where it is s&ure…",
        CLUSTERS,
        "doubts.take_sure",
        ("Shift+Y",),
        "check-all",
        _EDIT_BROWSER | Need.DOUBTS,
    ),
    ActionSpec(
        "clusters.accept",
        "Accept s&uggestions",
        CLUSTERS,
        "clusters.accept",
        ("Y",),
        "tag-check-outline",
        _EDIT_BROWSER | Need.CHOSEN,
    ),
    ActionSpec(
        "clusters.decline",
        "&Decline suggestions",
        CLUSTERS,
        "clusters.decline",
        ("N",),
        "tag-remove-outline",
        _EDIT_BROWSER | Need.CHOSEN,
    ),
    ActionSpec(
        "clusters.merge",
        "&Merge clusters",
        CLUSTERS,
        "clusters.merge",
        ("M",),
        "call-merge",
        _EDIT_BROWSER | Need.CLUSTERS,
        separated=True,
    ),
    ActionSpec(
        "clusters.split",
        "&Split cluster",
        CLUSTERS,
        "clusters.split",
        ("X",),
        "call-split",
        _EDIT_BROWSER | Need.ONE_CLUSTER,
    ),
    ActionSpec(
        "clusters.drop",
        "Take &out of cluster",
        CLUSTERS,
        "clusters.drop",
        ("O",),
        "selection-remove",
        _EDIT_BROWSER | Need.CHOSEN_REGIONS,
    ),
    ActionSpec(
        "clusters.unname",
        "Un-na&me",
        CLUSTERS,
        "clusters.unname",
        ("Backspace",),
        "tag-off-outline",
        _EDIT_BROWSER | Need.CHOSEN,
    ),
    ActionSpec(
        "clusters.reject",
        "&Reject",
        CLUSTERS,
        "clusters.reject",
        ("Del",),
        "close-circle-outline",
        _EDIT_BROWSER | Need.CHOSEN,
    ),
    ActionSpec(
        "clusters.find",
        "&Find regions like this",
        CLUSTERS,
        "clusters.find",
        ("F",),
        "image-search-outline",
        _BROWSER | Need.CHOSEN,
        separated=True,
    ),
    ActionSpec(
        "clusters.jump",
        "Show in its &image",
        CLUSTERS,
        "clusters.jump",
        ("Return", "Enter"),
        "image-outline",
        _BROWSER | Need.CHOSEN,
    ),
    ActionSpec("clusters.back", "Bac&k", CLUSTERS, "clusters.back", ("Esc",), "arrow-left", _BROWSER),
    ActionSpec(
        "view.hide",
        "&Hide selected regions",
        VIEW,
        "view.hide_selected",
        ("H",),
        "eye-off-outline",
        Need.REGIONS,
    ),
    ActionSpec(
        "view.overlay",
        "&Overlay",
        VIEW,
        "view.toggle_overlay",
        ("T",),
        "eye-outline",
        checkable=True,
    ),
    ActionSpec(
        "looks.isolate",
        "Show only the &selection",
        VIEW,
        "display.isolate",
        ("Shift+H",),
        "eye-circle-outline",
        Need.REGIONS,
    ),
    ActionSpec("looks.peek", "Peek at the &bare photo (hold)", VIEW, "display.peek", ("Q",), "", Need.IMAGE),
    ActionSpec("view.outlines", "Out&lines", VIEW, "view.toggle_outlines", (), "vector-polygon", checkable=True),
    ActionSpec("view.fit", "&Fit", VIEW, "view.fit", ("F",), "fit-to-screen-outline", Need.IMAGE, separated=True),
    ActionSpec("view.actual", "&100 %", VIEW, "view.actual_size", ("Ctrl+0",), "relation-one-to-one", Need.IMAGE),
    ActionSpec("view.zoom_in", "Zoom &in", VIEW, "view.zoom_in", ("+", "="), "magnify-plus-outline", Need.IMAGE),
    ActionSpec("view.zoom_out", "Zoom o&ut", VIEW, "view.zoom_out", ("-",), "magnify-minus-outline", Need.IMAGE),
    ActionSpec("looks.keep_view", "Keep &zoom on the next image", VIEW, "display.toggle_keep_view", checkable=True),
    ActionSpec("looks.minimap", "Over&view map", VIEW, "display.toggle_minimap", (), "map-outline", checkable=True),
    ActionSpec(
        "looks.tone",
        "Bright&ness and contrast",
        VIEW,
        "display.toggle_tone",
        ("Shift+T",),
        "brightness-6",
        Need.IMAGE,
        checkable=True,
        separated=True,
    ),
    ActionSpec("looks.soft", "Soft region &colours", VIEW, "display.soft", checkable=True),
    ActionSpec("looks.strong", "Hi&gh-contrast region colours", VIEW, "display.strong", checkable=True),
    ActionSpec(
        "looks.recolor", "&Distinct colours for all labels", VIEW, "display.recolor_labels", (), "palette", _EDIT
    ),
    ActionSpec(
        "view.statistics",
        "S&tatistics and notes",
        VIEW,
        "statistics.toggle",
        ("Ctrl+Shift+S",),
        "chart-bar",
        Need.PROJECT,
        separated=True,
    ),
    ActionSpec("view.next_panel", "Next &panel", VIEW, "keyboard.next_panel", ("F6",), "", Need.PROJECT),
    ActionSpec(
        "view.previous_panel", "P&revious panel", VIEW, "keyboard.previous_panel", ("Shift+F6",), "", Need.PROJECT
    ),
    ActionSpec("help.first_steps", "&First steps", HELP, "first_steps.begin", (), "school-outline", Need.PROJECT),
    ActionSpec("help.shortcuts", "&Shortcuts", HELP, "keyboard.show_shortcuts", ("F1",), "keyboard-outline"),
    ActionSpec(
        "help.edit_shortcuts", "&Change shortcuts…", HELP, "keyboard.edit_shortcuts", (), "keyboard-settings-outline"
    ),
    ActionSpec("help.log", "Open &log folder", HELP, "view.open_log_folder"),
    ActionSpec(
        "help.about", "&About ACSeg Desktop", HELP, "view.show_about", (), "information-outline", separated=True
    ),
    *(
        ActionSpec(
            f"region.label_{digit}",
            "Give label {number}",
            "",
            f"review.give_label_{digit}",
            (str(digit),),
            "",
            _EDIT | Need.IMAGE,
            number=str(digit),
        )
        for digit in range(1, 10)
    ),
    *(
        ActionSpec(
            f"clusters.label_{digit}",
            "Give label {number}",
            "",
            f"clusters.give_label_{digit}",
            (str(digit),),
            "",
            _EDIT_BROWSER | Need.CHOSEN,
            number=str(digit),
        )
        for digit in range(1, 10)
    ),
)

TOOLBAR: tuple[tuple[str, ...], ...] = (
    ("tool.select", "tool.brush", "tool.eraser", "tool.polygon", "tool.line", "tool.clicks"),
    ("view.fit", "view.zoom_in", "view.zoom_out", "view.overlay"),
    ("region.name", "region.merge", "region.split", "region.reject"),
    ("propose.image", "propose.all", "clusters.browse"),
    ("edit.undo", "edit.redo"),
    ("project.export",),
)

CLUSTER_VERBS = {
    "clusters.name": tr.mark("Name"),
    "clusters.accept": tr.mark("Accept"),
    "clusters.merge": tr.mark("Merge"),
    "clusters.split": tr.mark("Split"),
    "clusters.drop": tr.mark("Take out"),
    "clusters.reject": tr.mark("Reject"),
    "clusters.find": tr.mark("Find alike"),
    "clusters.jump": tr.mark("Show image"),
}
"""What the concept browser offers as buttons, and in short what they do."""

DOUBT_VERBS = {
    "doubts.take": tr.mark("Take"),
    "doubts.keep": tr.mark("Keep"),
    "doubts.take_sure": tr.mark("Take sure ones"),
    "clusters.name": tr.mark("Name"),
    "clusters.reject": tr.mark("Reject"),
    "clusters.find": tr.mark("Find alike"),
    "clusters.jump": tr.mark("Show image"),
}
"""The same where it shows doubtful names."""

REPEATING = frozenset(
    {"image.next", "image.previous", "view.zoom_in", "view.zoom_out", "tool.smaller", "tool.larger", "tool.step_back"}
)
"""Actions that go on while their key is held down."""


def is_bare(key: str) -> bool:
    """Whether a shortcut has neither Ctrl nor Alt and so must not reach text fields."""
    last = key.removeprefix("Shift+")
    return not last.startswith(("Ctrl+", "Alt+", "Meta+")) and not (last.startswith("F") and last[1:].isdigit())


def key_text(key: str) -> str:
    """How a shortcut is written for people on this system."""
    names = {"Return": tr("Enter"), "Enter": tr("Enter"), "Del": tr("Del"), "Esc": tr("Esc")}
    names["Backspace"] = tr("Backspace")
    return names.get(key) or QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def menu_title(menu: str) -> str:
    """The title of a menu, with its mnemonic, in the language of the window."""
    return tr(menu)
