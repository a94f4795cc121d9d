"""Long lists of labels in figures, beside a short one in the same run: `pytest -m benchmark -s`."""

from pathlib import Path

import pytest
from stopwatch import Taken, median, take

from acseg_core.store import create_project
from acseg_core.store.edits import history
from acseg_core.store.edits.label_list import LabelEntry, import_labels

pytestmark = [pytest.mark.benchmark, pytest.mark.filterwarnings("default")]

LONG, SHORT = 3000, 300


def imported(folder: Path, count: int) -> Taken:
    """An import of so many names, and the same list with other colours."""
    entries = [LabelEntry(f"label {number}") for number in range(count)]
    recoloured = [LabelEntry(entry.name, color="#102030", supercategory="all") for entry in entries]
    with create_project(folder / "project", image_root=folder) as project:

        def work() -> None:
            import_labels(project, entries)
            import_labels(project, recoloured)

        taken = median([take(work)])
        for _ in range(2):
            history.undo(project)
    return taken


def test_3000_names_against_300(tmp_path: Path) -> None:
    """Target: in proportion to the names, twice that at most; less than two seconds of processor time."""
    for name in ("long", "short"):
        (tmp_path / name).mkdir()
    short, long = imported(tmp_path / "short", SHORT), imported(tmp_path / "long", LONG)
    print(f"\n{LONG} names: {long}; {SHORT}: {short}; {long.processor / short.processor:.1f} x")
    assert long.processor < 2 * LONG / SHORT * short.processor
    assert long.processor < 2
