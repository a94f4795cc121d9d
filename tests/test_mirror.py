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
    "core/images/test_rasters.py": "rasters as GDAL writes them, over the whole of reading",
    "core/formats/test_round_trip.py": "every format written and read again",
    "core/store/queries/test_label_names.py": "names of labels in every script, from edits to searches",
    "core/output/test_special_targets.py": "pipes, links and devices, asked of every writer",
    "core/images/test_files_bad.py": "broken files, beside the tests of those that read",
    "core/store/edits/test_editing_sequences.py": "every verb of the edits in one random sequence",
    "core/store/test_faults.py": "the machine fails under the whole store",
    "core/store/test_scale.py": "large projects, over the whole store",
    "core/test_public_names.py": "what the package itself offers to notebooks",
    "desktop/cli/test_outputs.py": "files that no command writes over, asked of every command",
    "resources/test_build_translations.py": "the build hook, which is beside the package",
    "resources/test_sample_scene.py": "a scene, which is data, and the script beside the package that paints it",
    "resources/test_sample_photos.py": "photos, which are data and no module",
}
"""Tests below the mirrored folders that no single module is the subject of, and why."""


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
    assert missing == set(), "write a test of that name, or name the module where it is tested"


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
    assert others - set(OF_NO_MODULE) == set(), "move it to its module, or to tests/journeys"
    assert set(OF_NO_MODULE) <= others, "a file that is gone, or has a module now"


def test_a_line_of_covered_modules_may_be_several_lines_long() -> None:
    assert covers("Tests.\n\nCovers: a.b, a.c,\na.d.\n") == ["a.b", "a.c", "a.d"]
    assert covers("Tests of what covers: nothing.") == []
