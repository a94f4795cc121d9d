"""Doubtful names in figures, beside a peer measured in the same run: `pytest -m benchmark -s -n 0`."""

import numpy as np
import pytest
from stopwatch import forget_memory, median, memory, take

from acseg_core.names.doubts import doubtful_names

pytestmark = [pytest.mark.benchmark, pytest.mark.filterwarnings("default")]

REGIONS, CLASSES, DIM, WRONG = 100_000, 100, 384, 0.05
_STEP = 10_000


def named() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(n, D) float16 around one direction a class, the classes, and the names they were given, some of them wrong."""
    random = np.random.default_rng(0)
    centres = random.normal(size=(CLASSES, DIM)).astype(np.float32)
    truth = random.integers(0, CLASSES, REGIONS)
    points = np.empty((REGIONS, DIM), np.float16)
    for start in range(0, REGIONS, _STEP):
        block = centres[truth[start : start + _STEP]] + random.normal(0, 1.2, (_STEP, DIM)).astype(np.float32)
        points[start : start + _STEP] = block / np.linalg.norm(block, axis=1, keepdims=True)
    wrong = random.random(REGIONS) < WRONG
    return points, truth, np.where(wrong, random.integers(0, CLASSES, REGIONS), truth)


def test_doubts_about_100_000_names_against_scikit_learn() -> None:
    """Target: eleven analyses, each region judged by two of them, in no more than the peer takes for one; 200 MB."""
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    points, truth, given = named()
    random = np.random.default_rng(1)
    areas, images = random.integers(100, 9999, REGIONS), random.integers(0, REGIONS // 10, REGIONS)
    forget_memory()
    before = memory()
    found = doubtful_names(points, given, areas=areas, images=images)
    grown = memory() - before
    ours = median([take(lambda: doubtful_names(points, given, areas=areas, images=images)) for _ in range(3)])
    single = points.astype(np.float32)
    peer = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=0.3)
    theirs = median([take(lambda: peer.fit(single, given).predict_proba(single)) for _ in range(3)])
    right = (truth[found.rows] == found.labels).mean()
    print(
        f"\n{REGIONS} names: {ours}, {grown:.0f} MB more; LinearDiscriminantAnalysis once {theirs}: "
        f"{ours.processor / theirs.processor:.2f} x; {len(found)} doubted of {(given != truth).sum()} wrong, "
        f"{right:.3f} right"
    )
    assert ours.processor < theirs.processor
    assert not grown >= 200  # nor where memory cannot be told
