"""Fewer points: near the outline, never through another one, never nothing."""

import itertools

import numpy as np
import pytest
from scipy import ndimage
from scipy.spatial import KDTree

from acseg_core.shapes import masks, polygons, simplifying
from acseg_core.shapes.simplifying import signed_area, simplified


def all_rings(seed: int) -> list[np.ndarray]:
    random = np.random.default_rng(seed)
    field = ndimage.gaussian_filter(random.normal(size=(40, 50)), random.uniform(0.7, 4))
    outline = polygons.rings(masks.encode(field > np.quantile(field, random.uniform(0.2, 0.8))))
    return [*outline.outer, *outline.holes]


def along(ring: np.ndarray) -> np.ndarray:
    steps = np.arange(0, 1, 0.02)[:, None]
    return np.concatenate([a + (b - a) * steps for a, b in zip(ring, np.roll(ring, -1, axis=0), strict=True)])


def cross(a, b, c, d) -> bool:
    def side(p, q, r):
        return np.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("tolerance", [0.8, 4])
def test_rings_stay_near_keep_their_sense_and_do_not_cross(seed, tolerance):
    before = all_rings(seed)
    after = simplified(before, tolerance)
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert signed_area(old) * signed_area(new) > 0
        for one, other in ((old, new), (new, old)):
            ways, _ = KDTree(along(one)).query(along(other))
            assert ways.max() <= tolerance + 0.5, "sampled at fiftieths of sides of up to 50 pixels"
    sides = [side for ring in after for side in zip(ring, np.roll(ring, -1, axis=0), strict=True)]
    assert not any(cross(*one, *other) for one, other in itertools.combinations(sides, 2))
    assert sum(map(len, after)) < sum(map(len, before))


def test_without_a_tolerance_nothing_changes():
    before = all_rings(1)
    assert all(a is b for a, b in zip(simplified(before, 0), before, strict=True))
    assert simplified([], 3) == []


def test_what_would_cross_is_simplified_less(monkeypatch):
    """A tongue in a bay: both flattened by six pixels would lie across each other."""
    bay = np.array([(0, 0), (40, 0), (40, 20), (22, 20), (22, 3), (18, 3), (18, 20), (0, 20)])
    tongue = np.array([(19, 4), (21, 4), (21, 30), (19, 30)])
    bent, straight = simplified([bay, tongue], 19)
    sides = [side for ring in (bent, straight) for side in zip(ring, np.roll(ring, -1, axis=0), strict=True)]
    assert not any(cross(*one, *other) for one, other in itertools.combinations(sides, 2))
    monkeypatch.setattr(simplifying, "_crossing", lambda rings: set())
    bent, straight = simplified([bay, tongue], 19)
    sides = [side for ring in (bent, straight) for side in zip(ring, np.roll(ring, -1, axis=0), strict=True)]
    assert any(cross(*one, *other) for one, other in itertools.combinations(sides, 2)), "so this was a case of it"


def test_many_sides_are_compared_in_pieces(monkeypatch):
    before = all_rings(3)
    expected = simplified(before, 3)
    monkeypatch.setattr(simplifying, "_AT_ONCE", 50)
    assert all((a == b).all() for a, b in zip(simplified(before, 3), expected, strict=True))
