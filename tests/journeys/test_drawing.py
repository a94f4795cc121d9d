"""Many tools in turn, in a real window: what is shown is what is stored, and undo brings all back."""

import numpy as np
import pytest
from desktop.canvas.tools.painter import ALT, CONTROL, HEIGHT, NONE, RIGHT, SHIFT, WIDTH, Key

from acseg_desktop.canvas.tools.path import PathTool


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_by_hand_the_partition_stays_and_undo_brings_all_back(clicker, seed):
    """Random tools with real events: what is shown is what is stored, every pixel has one region."""
    random = np.random.default_rng(seed)
    before = clicker.stored()
    operations = 0

    def place() -> tuple[float, float]:
        return float(random.uniform(-4, WIDTH + 4)), float(random.uniform(-4, HEIGHT + 4))

    for _ in range(14):
        clicker.window.search.dismiss()  # what was drawn as new may ask for its name by now
        clicker.press(random.choice([Key.Key_B, Key.Key_E, Key.Key_P, Key.Key_X, Key.Key_C]), NONE)
        if clicker.tools.checked["tool.select"]:  # X alone splits by the tree
            clicker.press(Key.Key_X, SHIFT)
        ids = sorted(region.id for region in clicker.window.viewer.regions)
        clicker.canvas.select([int(random.choice(ids))] if random.random() < 0.5 else [])
        clicker.size(int(random.integers(1, 30)))
        if isinstance(clicker.canvas.tool, PathTool) and clicker.canvas.tool.closed:
            for _ in range(int(random.integers(3, 7))):
                clicker.click(*place())
            clicker.press(Key.Key_Return)
            clicker.press(Key.Key_Escape)
        elif clicker.tools.checked["tool.clicks"]:
            clicker.click(*place())
            clicker.click(*place(), button=RIGHT)
            clicker.press(Key.Key_Return)
            clicker.canvas.tool.cancel()
        else:
            modifiers = [NONE, ALT, SHIFT][int(random.integers(0, 3))]
            clicker.drag(*(place() for _ in range(int(random.integers(1, 6)))), modifiers=modifiers)
            clicker.canvas.tool.cancel()
        if random.random() < 0.5:
            stored = clicker.stored()
            assert np.array_equal(clicker.shown(), stored)
            assert (stored > 0).all()
    stored = clicker.stored()
    assert np.array_equal(clicker.shown(), stored)
    assert (stored > 0).all()
    clicker.window.search.dismiss()
    while clicker.window.session.history.undo != "Propose":
        clicker.press(Key.Key_Z, CONTROL)
        clicker.hands.rest()
        operations += 1
        assert operations < 60
    assert operations >= 5
    assert np.array_equal(clicker.stored(), before)
    assert np.array_equal(clicker.shown(), before)
