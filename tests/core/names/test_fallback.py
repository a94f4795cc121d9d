"""FallbackNames: the surer of two names wins, and newer ones replace older ones."""

import numpy as np
import pytest

from acseg_core.names.fallback import FallbackNames


def names(**by_region):
    rows = sorted((int(key[1:]), *value) for key, value in by_region.items())
    ids, labels, sure = zip(*rows, strict=True)
    return FallbackNames(np.array(ids, np.int64), np.array(labels, np.int64), np.array(sure, np.float32))


def test_the_surer_of_two_wins():
    ids = np.array([9, 2, 5, 100], np.int64)
    labels, sure = names(r2=(7, 0.9), r5=(8, 0.3), r50=(8, 1.0)).surer(
        ids, np.array([1, 1, 1, -1], np.int64), np.array([0.5, 0.5, 0.5, 0.0], np.float32)
    )
    assert labels.tolist() == [1, 7, 1, -1]
    assert sure.tolist() == pytest.approx([0.5, 0.9, 0.5, 0.0])
    assert (labels.dtype, sure.dtype) == (np.int64, np.float32)


def test_no_names_change_nothing():
    labels, sure = np.array([1, 2]), np.array([0.1, 0.2], np.float32)
    assert FallbackNames().surer(np.array([1, 2]), labels, sure) == (labels, sure)


def test_newer_names_replace_older_ones_of_the_same_regions():
    merged = names(r3=(1, 0.9), r1=(1, 0.5)).updated(names(r2=(2, 0.25), r3=(2, 0.5)))
    assert merged.region_ids.tolist() == [1, 2, 3]
    assert merged.labels.tolist() == [1, 2, 2]
    assert merged.confidences.tolist() == [0.5, 0.25, 0.5]
