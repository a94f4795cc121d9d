"""The house as it is drawn: import contracts, light starts, packages that hold what they need."""

import itertools
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from graphlib import CycleError, TopologicalSorter
from importlib import resources
from pathlib import Path

import grimp
import pytest
from scene_files import texture, write_scene

ROOT = Path(__file__).resolve().parents[1]

TOP_LEVEL = {
    "acseg_desktop",
    "core",
    "training",
    "resources",
    "tests",
    "docs",
    "pyproject.toml",
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
}


GEO = {"rasterio", "shapely", "pyogrio"}
"""What reads and writes scenes: an extra, loaded at first use."""

HEAVY = {"torch", "timm", "torchvision", "open_clip", "scipy", "sklearn", "alembic", "matplotlib", "filelock"} | GEO
"""What the window and the command line load only when they need it."""


def test_import_contracts_hold(tmp_path: Path) -> None:
    """In a process of its own: import-linter disables the loggers of everything that is loaded."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(cache_dir=sys.argv[1]))"
    command = [sys.executable, "-c", code, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def circle_in(package: str) -> list[str]:
    """Modules of a package that import each other in a circle, imports for type checkers counted; [] for none.

    What a package has to do with its own modules does not count: its `__init__` may offer them, and they its version.
    """
    graph = grimp.build_graph(package, cache_dir=None)
    imports = {
        module: [
            other
            for other in graph.find_modules_directly_imported_by(module)
            if not f"{module}.".startswith(f"{other}.") and not f"{other}.".startswith(f"{module}.")
        ]
        for module in graph.modules
    }
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.mark.parametrize("package", ["acseg_desktop", "acseg_core", "acseg_training", "acseg_resources"])
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    assert circle_in(package) == []


def test_a_circle_of_types_only_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "ring"
    package.mkdir()
    (package / "__init__.py").write_text("from ring import tool\n")
    (package / "canvas.py").write_text("from ring.tool import Tool\n")
    (package / "tool.py").write_text(
        "from typing import TYPE_CHECKING\nimport ring\nif TYPE_CHECKING:\n    from ring.canvas import Canvas\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert set(circle_in("ring")) == {"ring.canvas", "ring.tool"}
    (package / "tool.py").write_text("import ring\n")
    assert circle_in("ring") == []


def test_nothing_else_is_at_the_top_level() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    top = {name.split("/")[0] for name in listed if name}
    assert {name for name in top if not name.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize("folder", ["core", "training", "resources"])
def test_folders_are_not_packages(folder: str) -> None:
    assert not (ROOT / folder / "__init__.py").exists()


@pytest.mark.parametrize(
    ("module", "banned"),
    [
        ("acseg_core", {"torch", "timm", "cv2", "PySide6"} | GEO),
        ("acseg_desktop.cli.main", {"torch", "timm", "PySide6", "cv2", "sqlalchemy"} | GEO),
        ("acseg_desktop.app", HEAVY),
        ("acseg_desktop.main_window", HEAVY),
        ("acseg_core.workflows.pipeline", HEAVY | {"PySide6"}),
        ("acseg_core.workflows.clustering", HEAVY | {"PySide6"}),
        ("acseg_core.workflows.vocabulary", HEAVY | {"PySide6"}),
        ("acseg_core.workflows.scene_scan", HEAVY | {"PySide6"}),
        ("acseg_core.store", {"torch", "timm", "cv2", "scipy", "PySide6"} | GEO),
        ("acseg_core.store.edits.describing", {"torch", "timm", "PySide6"}),
        ("acseg_core.store.edits.splitting", {"torch", "timm", "PySide6"}),
        ("acseg_core.names.dense", {"torch", "timm", "PySide6"}),
        ("acseg_core.formats.format", {"torch", "timm", "PySide6"} | GEO),
        ("acseg_core.proposals.segmenter", {"PySide6"}),
        ("acseg_training.training", {"PySide6"}),
    ],
)
def test_importing_a_module_loads_nothing_heavy(module: str, banned: set[str]) -> None:
    code = f"import sys, {module}; sys.exit(' '.join(sorted({banned!r} & set(sys.modules))) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{module} loads {done.stderr}"


READS = """
import sys
IMPORTS
import numpy as np
from pathlib import Path
from acseg_core.images.scenes.raster import Box, read_samples
samples, valid = read_samples(Path(sys.argv[1]), Box(0, 0, 30, 20), (1, 2, 3))
assert samples.shape == (20, 30, 3) and valid is None and samples.max() > 0
pyogrio.list_drivers()
assert shapely.box(0, 0, 1, 1).area == 1
cv2.resize(samples, (15, 10))
assert torch.ones(2).sum() == 2
assert QtCore.QCoreApplication([]) is not None
"""
"""Loads them in some order, then uses each."""

BESIDE = {
    "Qt": "from PySide6 import QtCore, QtGui, QtWidgets",
    "OpenCV": "import cv2",
    "torch": "import torch",
}


def test_scenes_are_read_whatever_was_loaded_before(tmp_path: Path) -> None:
    """Each of these brings libraries of its own, some of them the same ones in other versions; takes a minute."""
    scene = write_scene(tmp_path / "a.tif", (texture(20, 30) * 255).astype("uint8"))
    inner = itertools.cycle(itertools.permutations(sorted(GEO)))

    def outcome(order: tuple[str, ...], geo: tuple[str, ...]) -> tuple[tuple[str, ...], int, str]:
        loads = {**BESIDE, "geo": f"import {', '.join(geo)}"}
        code = READS.replace("IMPORTS", "\n".join(loads[each] for each in order))
        done = subprocess.run([sys.executable, "-c", code, str(scene)], capture_output=True, text=True, check=False)
        return (*order, *geo), done.returncode, done.stderr

    orders = list(itertools.permutations([*BESIDE, "geo"]))
    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(outcome, orders, itertools.islice(inner, len(orders))))
    assert len({order for order, _, _ in outcomes}) == 24
    assert [each for each in outcomes if each[1:] != (0, "")] == []


def test_the_wheel_holds_every_resource(tmp_path: Path) -> None:
    """Build from the checkout and look inside: a missing weight or icon would only show on a user's machine."""
    from zipfile import ZipFile

    builder = pytest.importorskip("hatchling.builders.wheel", reason="needs hatchling to build")
    (wheel,) = builder.WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    inside = set(ZipFile(wheel).namelist())
    for package, folder in {
        "acseg_resources": "resources",
        "acseg_core": "core",
        "acseg_training": "training",
        "acseg_desktop": "",
    }.items():
        for file in (ROOT / folder / package).rglob("*"):
            relative = file.relative_to(ROOT / folder).as_posix()
            if file.is_file() and "__pycache__" not in relative:
                assert relative in inside, f"{relative} is not in the wheel"


def test_resources_are_found_as_installed() -> None:
    weights = ("vit_small_patch14_dinov2", "acg_default", "acg_paper", "projection_default")
    for name in (*(f"{each}.safetensors" for each in weights), "MODEL_CARD.md"):
        assert resources.files("acseg_resources").joinpath("weights", name).is_file()


def test_every_public_module_says_what_it_is() -> None:
    import ast

    for folder in ("acseg_desktop", "core/acseg_core", "training/acseg_training", "resources/acseg_resources"):
        for file in (ROOT / folder).rglob("*.py"):
            if "versions" not in file.parts:
                assert ast.get_docstring(ast.parse(file.read_text("utf-8"))), f"{file} has no docstring"


def test_a_module_is_short_or_says_why_it_is_long() -> None:
    import ast

    for folder in ("acseg_desktop", "core/acseg_core", "training/acseg_training", "resources/acseg_resources"):
        for file in (ROOT / folder).rglob("*.py"):
            text = file.read_text("utf-8")
            if len(text.splitlines()) > 400:
                assert "although it is long" in (ast.get_docstring(ast.parse(text)) or ""), f"{file} is over 400 lines"
