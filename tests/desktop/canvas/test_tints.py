"""Tints: told apart by everybody, different for neighbours, and kept while a region is there."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from acseg_core.store.edits.palette import PALETTE
from acseg_desktop.canvas.tints import PALETTES, STRONG, TINTS, TintChooser

# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
_VISIONS = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
_TO_LMS = [
    [0.41222147, 0.53633254, 0.05144599],
    [0.2119035, 0.68069955, 0.10739696],
    [0.08830246, 0.28171884, 0.62997870],
]
_TO_LAB = [
    [0.21045426, 0.79361779, -0.00407205],
    [1.9779985, -2.42859221, 0.45059371],
    [0.02590404, 0.78277177, -0.80867577],
]


def oklab(color: str, vision: str) -> np.ndarray:
    srgb = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.asarray(_VISIONS[vision]) @ linear, 0, 1)
    return np.asarray(_TO_LAB) @ np.cbrt(np.asarray(_TO_LMS) @ seen)


@pytest.mark.parametrize("vision", list(_VISIONS))
def test_any_two_tints_can_be_told_apart(vision):
    colors = [oklab(color, vision) for color in TINTS]
    assert min(np.linalg.norm(a - b) for a, b in combinations(colors, 2)) > 0.09


def test_what_has_no_name_has_no_colour():
    """On the code of before, the tints were blues, yellows and browns, and one of them the blue of a label."""

    def chroma(color: str) -> float:
        return float(np.hypot(*oklab(color, "normal")[1:]))

    assert max(map(chroma, TINTS)) < 0.001
    assert min(map(chroma, PALETTE)) > 0.05


@pytest.mark.parametrize("vision", list(_VISIONS))
def test_strong_tints_are_twice_as_far_apart(vision):
    colors = [oklab(color, vision) for color in STRONG]
    assert min(np.linalg.norm(a - b) for a, b in combinations(colors, 2)) > 0.19


def test_a_region_has_its_place_in_every_palette():
    assert len({len(palette) for palette in PALETTES.values()}) == 1
    chooser = TintChooser()
    before = chooser.choose(range(8), chain(8))
    chooser.palette = STRONG
    assert chooser.choose(range(8), chain(8)) == [STRONG[TINTS.index(tint)] for tint in before]


def chain(count: int) -> list[set[int]]:
    return [{i - 1, i + 1} & set(range(count)) for i in range(count)]


def test_neighbours_differ():
    everyone = [set(range(8)) - {i} for i in range(8)]
    assert len(set(TintChooser().choose(range(8), everyone))) == 8
    colors = TintChooser().choose(range(40), chain(40))
    assert all(a != b for a, b in pairwise(colors))


def test_more_neighbours_than_tints_still_get_one():
    crowd = [set(range(30)) - {i} for i in range(30)]
    colors = TintChooser().choose(range(30), crowd)
    assert set(colors) == set(TINTS)


def test_a_region_keeps_its_tint_when_others_go_or_change_places():
    chooser = TintChooser()
    before = dict(zip(range(100, 106), chooser.choose(range(100, 106), [set() for _ in range(6)]), strict=True))
    left = [104, 101, 100]
    assert chooser.choose(left, [set(), set(), set()]) == [before[i] for i in left]


def test_a_region_keeps_its_tint_while_a_neighbour_is_divided():
    """On the code of before, a piece that found no tint free took one, and the region that had it got another."""
    chooser = TintChooser()
    around = list(range(10, 18))
    star = [set(range(1, 9)), *({0} for _ in around)]
    before = dict(zip([1, *around], chooser.choose([1, *around], star), strict=True))
    assert len(set(before.values())) == 8
    # The middle one, larger than all others, falls apart: its pieces come first in the list, each touching all others.
    ids = [1, 2, 3, *around]
    everyone = [set(range(11)) - {i} if i < 3 else {0, 1, 2} for i in range(11)]
    after = dict(zip(ids, chooser.choose(ids, everyone), strict=True))
    assert {i: after[i] for i in around} == {i: before[i] for i in around}


def test_a_merge_that_makes_equals_neighbours_recolours_the_later_one():
    chooser = TintChooser()
    first = chooser.choose([1, 2, 3], [{1}, {0, 2}, {1}])
    same = chooser.choose([1, 9], [set(), set()])[1]
    chooser._chosen[9] = TINTS.index(first[0])
    again = chooser.choose([1, 9], [{1}, {0}])
    assert again[0] == first[0]
    assert again[1] != first[0]
    assert same in TINTS
    chooser.clear()
    assert chooser.choose([9], [set()]) == [TINTS[0]]
