"""Tests mirror the sources: a module and its test are found by one name.

The test of `core/acseg_core/shapes/masks.py` is `tests/core/shapes/test_masks.py`. What only other tests exercise, or
has nothing of its own to be tested, is named by the test in the same folder of tests that does so, at the end of its
docstring, without the package's own name:

    Covers: shapes.masks, types.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"

MIRRORED = {
    "core": ROOT / "core" / "acseg_core",
    "desktop": ROOT / "acseg_desktop",
    "training": ROOT / "training" / "acseg_training",
    "resources": ROOT / "resources" / "acseg_resources",
}
"""Folders of tests, and the packages whose modules they mirror."""

OF_NO_MODULE = {
    "core/images/test_files_bad.py": "broken files, beside the tests of those that read",
    "core/store/edits/test_editing_sequences.py": "every verb of the edits in one random sequence",
    "core/store/test_faults.py": "the machine fails under the whole store",
    "core/store/test_scale.py": "large projects, over the whole store",
    "core/test_public_names.py": "what the package itself offers to notebooks",
    "resources/test_build_translations.py": "the build hook, which is beside the package",
    "resources/test_sample_photos.py": "photos, which are data and no module",
}
"""Tests below the mirrored folders that no single module is the subject of, and why."""

_DESKTOP_TO_DO = {
    "acseg_desktop.actions.action_set",
    "acseg_desktop.actions.need",
    "acseg_desktop.actions.refusals",
    "acseg_desktop.app",
    "acseg_desktop.appearance.icons",
    "acseg_desktop.appearance.scaling",
    "acseg_desktop.appearance.theme",
    "acseg_desktop.browser.crop_grid",
    "acseg_desktop.browser.crops",
    "acseg_desktop.browser.delegate",
    "acseg_desktop.browser.doubts",
    "acseg_desktop.browser.empty_state",
    "acseg_desktop.browser.filter_bar",
    "acseg_desktop.browser.fineness_bar",
    "acseg_desktop.browser.model",
    "acseg_desktop.canvas.anchors",
    "acseg_desktop.canvas.chips",
    "acseg_desktop.canvas.drawing",
    "acseg_desktop.canvas.layer",
    "acseg_desktop.canvas.moving",
    "acseg_desktop.canvas.picture",
    "acseg_desktop.canvas.preview",
    "acseg_desktop.canvas.region_view",
    "acseg_desktop.canvas.slots",
    "acseg_desktop.canvas.tools.brush",
    "acseg_desktop.canvas.tools.clicks",
    "acseg_desktop.canvas.tools.eraser",
    "acseg_desktop.canvas.tools.line",
    "acseg_desktop.canvas.tools.path",
    "acseg_desktop.canvas.tools.polygon",
    "acseg_desktop.canvas.tools.select",
    "acseg_desktop.canvas.tools.tool",
    "acseg_desktop.canvas.viewer",
    "acseg_desktop.cli.demo",
    "acseg_desktop.cli.doctor",
    "acseg_desktop.cli.effort",
    "acseg_desktop.cli.export",
    "acseg_desktop.cli.history",
    "acseg_desktop.cli.init",
    "acseg_desktop.cli.options",
    "acseg_desktop.cli.propose",
    "acseg_desktop.cli.status",
    "acseg_desktop.cli.tables",
    "acseg_desktop.cli.terminal",
    "acseg_desktop.cli.train",
    "acseg_desktop.commands.batch",
    "acseg_desktop.commands.browse",
    "acseg_desktop.commands.clusters",
    "acseg_desktop.commands.commands",
    "acseg_desktop.commands.context",
    "acseg_desktop.commands.division",
    "acseg_desktop.commands.drawing_session",
    "acseg_desktop.commands.fineness_slider",
    "acseg_desktop.commands.first_steps",
    "acseg_desktop.commands.image_panels",
    "acseg_desktop.commands.key_dispatch",
    "acseg_desktop.commands.keyboard",
    "acseg_desktop.commands.project",
    "acseg_desktop.commands.propose",
    "acseg_desktop.commands.settings",
    "acseg_desktop.commands.statistics",
    "acseg_desktop.commands.tools",
    "acseg_desktop.commands.view",
    "acseg_desktop.dialogs.class_list_form",
    "acseg_desktop.dialogs.confidence",
    "acseg_desktop.dialogs.doubts_form",
    "acseg_desktop.dialogs.export_form",
    "acseg_desktop.dialogs.finishing",
    "acseg_desktop.dialogs.form",
    "acseg_desktop.dialogs.label_form",
    "acseg_desktop.dialogs.lists",
    "acseg_desktop.dialogs.message",
    "acseg_desktop.dialogs.new_project",
    "acseg_desktop.dialogs.propose_form",
    "acseg_desktop.dialogs.resize_form",
    "acseg_desktop.dialogs.shortcut_editor",
    "acseg_desktop.dialogs.shortcut_tree",
    "acseg_desktop.dialogs.suggestion_form",
    "acseg_desktop.dialogs.trim_form",
    "acseg_desktop.image_list.listing",
    "acseg_desktop.image_list.miniatures",
    "acseg_desktop.image_list.search_box",
    "acseg_desktop.image_list.thumbnail_delegate",
    "acseg_desktop.image_list.thumbnails",
    "acseg_desktop.image_list.view",
    "acseg_desktop.language.core_messages",
    "acseg_desktop.language.durations",
    "acseg_desktop.language.verbs",
    "acseg_desktop.logs",
    "acseg_desktop.main_window",
    "acseg_desktop.menus.clusters",
    "acseg_desktop.menus.digits",
    "acseg_desktop.menus.edit",
    "acseg_desktop.menus.file",
    "acseg_desktop.menus.help",
    "acseg_desktop.menus.image",
    "acseg_desktop.menus.menu_bar",
    "acseg_desktop.menus.region",
    "acseg_desktop.menus.tool_bar",
    "acseg_desktop.menus.view",
    "acseg_desktop.operations.clustering",
    "acseg_desktop.operations.clusters",
    "acseg_desktop.operations.doubts",
    "acseg_desktop.operations.images",
    "acseg_desktop.operations.labels",
    "acseg_desktop.operations.project",
    "acseg_desktop.operations.proposing",
    "acseg_desktop.operations.review",
    "acseg_desktop.operations.salience",
    "acseg_desktop.operations.shapes",
    "acseg_desktop.operations.strokes",
    "acseg_desktop.operations.suggestions",
    "acseg_desktop.panels.banner",
    "acseg_desktop.panels.canvas_header",
    "acseg_desktop.panels.filter_box",
    "acseg_desktop.panels.first_steps",
    "acseg_desktop.panels.fitting_label",
    "acseg_desktop.panels.fuzzy",
    "acseg_desktop.panels.granularity_bar",
    "acseg_desktop.panels.label_list",
    "acseg_desktop.panels.label_model",
    "acseg_desktop.panels.label_panel",
    "acseg_desktop.panels.label_search",
    "acseg_desktop.panels.plots",
    "acseg_desktop.panels.region_panel",
    "acseg_desktop.panels.rows",
    "acseg_desktop.panels.start_page",
    "acseg_desktop.panels.statistics_panel",
    "acseg_desktop.panels.status_line",
    "acseg_desktop.panels.tone_bar",
    "acseg_desktop.panels.workspace",
    "acseg_desktop.preferences",
    "acseg_desktop.session",
    "acseg_desktop.watchdog",
}
"""Modules of the window that still lack a test of their name; to become empty, and then to go."""

_DESKTOP_TESTS_TO_MOVE = {
    "desktop/canvas/test_hidpi.py",
    "desktop/canvas/tools/test_tools.py",
    "desktop/cli/test_outputs.py",
    "desktop/commands/test_bare_keys.py",
}
"""Tests of the window whose name is no module's; to become empty, and then to go."""


def module_name(file: Path, package: Path) -> str:
    return ".".join(file.relative_to(package.parent).with_suffix("").parts)


def modules() -> dict[str, Path]:
    """Every module that has to have a test, and where that is; packages themselves and migrations' environment not."""
    found = {}
    for folder, package in MIRRORED.items():
        for file in sorted(package.rglob("*.py")):
            if file.stem not in ("__init__", "__main__", "env"):
                inside = file.relative_to(package)
                found[module_name(file, package)] = TESTS / folder / inside.parent / f"test_{inside.name}"
    return found


def covers(docstring: str) -> list[str]:
    """The modules that a test says to cover."""
    found = re.search(r"^Covers: (.*)\Z", docstring.strip(), re.MULTILINE | re.DOTALL)
    return [] if found is None else re.split(r",\s+", found[1].rstrip("."))


def coverings() -> Iterator[tuple[Path, list[str]]]:
    """Every test below the mirrored folders, and the full names of the modules it covers."""
    for folder, package in MIRRORED.items():
        for test in sorted((TESTS / folder).rglob("test_*.py")):
            docstring = ast.get_docstring(ast.parse(test.read_text("utf-8"))) or ""
            yield test, [f"{package.name}.{name}" for name in covers(docstring)]


def test_every_module_has_a_test_of_its_name() -> None:
    covered = {name for _, names in coverings() for name in names}
    missing = {name for name, test in modules().items() if not test.exists() and name not in covered}
    assert missing - _DESKTOP_TO_DO == set(), "write a test of that name, or name the module where it is tested"


def test_what_is_covered_exists_and_has_no_test_of_its_own() -> None:
    there = modules()
    for test, names in coverings():
        for name in names:
            assert name in there, f"{test.relative_to(ROOT)} covers {name}, which is no module"
            assert not there[name].exists(), f"{name} has a test of its own; {test.relative_to(ROOT)} need not cover it"
        assert len(set(names)) == len(names)


def test_every_test_has_a_module_of_its_name() -> None:
    wanted = set(modules().values())
    mirrored = {file for folder in MIRRORED for file in (TESTS / folder).rglob("test_*.py")}
    others = {file.relative_to(TESTS).as_posix() for file in mirrored - wanted}
    assert others - set(OF_NO_MODULE) - _DESKTOP_TESTS_TO_MOVE == set(), "move it to its module, or to tests/journeys"
    assert set(OF_NO_MODULE) <= others, "a file that is gone, or has a module now"


def test_a_line_of_covered_modules_may_be_several_lines_long() -> None:
    assert covers("Tests.\n\nCovers: a.b, a.c,\na.d.\n") == ["a.b", "a.c", "a.d"]
    assert covers("Tests of what covers: nothing.") == []
