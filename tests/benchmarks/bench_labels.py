"""Long lists of labels in figures, beside a short one in the same run: `pytest -m benchmark -s`.

In the store and in the window, which shows them in its list, its filters and the search.
"""

from pathlib import Path

import pytest
from desktop.conftest import *  # noqa: F403 - fixtures
from desktop.conftest import _own_settings, make_project  # noqa: F401
from desktop.hands import Hands
from PySide6.QtCore import Qt
from stopwatch import Taken, median, take

from acseg_core.store import create_project, open_project
from acseg_core.store.edits import history
from acseg_core.store.edits.label_list import LabelEntry, import_labels
from acseg_core.store.edits.labels import create_label

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


def seconds_in_window(hands: Hands, folder: Path, photos: Path, count: int) -> tuple[Taken, Taken]:
    """One label more, and one letter typed into the search, in a window with a project of so many labels."""
    make_project(folder, photos, proposed=1)
    with open_project(folder) as project:
        import_labels(project, [LabelEntry(f"label {number}") for number in range(count)])
    hands.open(folder)
    session = hands.window.session

    def one_more() -> None:
        session.edit(lambda project: create_label(project, "one more")[1])
        hands.rest()

    def one_letter() -> None:
        hands.type("l")
        hands.rest()

    added = take(one_more)
    hands.click_region(5, 5)
    hands.press(Qt.Key.Key_Slash)
    return added, take(one_letter)


def test_a_window_with_3000_labels(make_window, tmp_path: Path, photos: Path) -> None:
    """Target: less than two seconds of processor time for each; it drew nine thousand icons for each before."""
    short = seconds_in_window(make_window(), tmp_path / "short", photos, SHORT)
    long = seconds_in_window(make_window(), tmp_path / "long", photos, LONG)
    for what, one, other in zip(("one label more", "one letter typed"), short, long, strict=True):
        print(f"\n{what}: {other} with {LONG} labels, {one} with {SHORT}", end="")
    assert all(taken.processor < 2 for taken in long)
