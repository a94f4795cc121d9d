"""Scores of partitions: perfect for the truth itself, and those of the largest class for a single region."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from acseg_core.evaluate.regions import protocol as protocol
from acseg_core.evaluate.regions.scores import Judge, Totals
from acseg_core.evaluate.truth.ground_truth import open_truth

LabelledSet = Callable[[str], Path]


def test_a_perfect_partition_is_perfect(labelled_set: LabelledSet) -> None:
    for kind in ("coco", "png"):
        truths = open_truth(labelled_set(kind))
        totals = Totals()
        for name in truths.images:
            truth = truths.read(name, (60, 90))
            totals.add(Judge(truth, truths.class_count).score(truth.regions[0]), 0.0)
        scores = totals.scores()
        perfect = (scores.miou, scores.accuracy, scores.band_accuracy, scores.covering, scores.boundary_f)
        assert perfect == (1, 1, 1, pytest.approx(1), 1)
        assert scores.variation == pytest.approx(0, abs=1e-12)


def test_one_region_gets_the_largest_class(labelled_set: LabelledSet, true_classes: Callable[[int], object]) -> None:
    truths = open_truth(labelled_set("png"))
    totals = Totals()
    for name in truths.images:
        image = Judge(truths.read(name, (60, 90)), truths.class_count).score(np.zeros((60, 90), int))
        assert image.count == 1
        totals.add(image, 0.0)
    background = np.mean([np.asarray(true_classes(number)) == 0 for number in range(4)])
    scores = totals.scores()
    assert scores.accuracy == pytest.approx(background)
    assert scores.miou == pytest.approx(background / 3)
    assert (scores.boundary_precision, scores.boundary_recall) == (1, 0)
