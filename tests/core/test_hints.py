"""Hints: the surer of two names wins, newer ones replace older ones, and a damaged file is as none."""

import logging

import numpy as np
import pytest

from acseg_core.hints import Hints, add_hints, read_hints


def hints(**by_region):
    rows = sorted((int(key[1:]), *value) for key, value in by_region.items())
    ids, labels, sure = zip(*rows, strict=True)
    return Hints(np.array(ids, np.int64), np.array(labels, np.int64), np.array(sure, np.float32))


def rows(found):
    columns = (found.region_ids.tolist(), found.labels.tolist(), found.confidences.round(3).tolist())
    return list(zip(*columns, strict=True))


def test_the_surer_of_two_wins():
    ids = np.array([9, 2, 5, 100], np.int64)
    labels, sure = hints(r2=(7, 0.9), r5=(8, 0.3), r50=(8, 1.0)).better(
        ids, np.array([1, 1, 1, -1], np.int64), np.array([0.5, 0.5, 0.5, 0.0], np.float32)
    )
    assert labels.tolist() == [1, 7, 1, -1]
    assert sure.tolist() == pytest.approx([0.5, 0.9, 0.5, 0.0])
    assert (labels.dtype, sure.dtype) == (np.int64, np.float32)


def test_no_hints_change_nothing():
    labels, sure = np.array([1, 2]), np.array([0.1, 0.2], np.float32)
    assert Hints().better(np.array([1, 2]), labels, sure) == (labels, sure)


def test_newer_hints_replace_older_ones_of_the_same_regions(tmp_path):
    add_hints(tmp_path / "cache", hints(r3=(1, 0.9), r1=(1, 0.5)))
    add_hints(tmp_path / "cache", hints(r2=(2, 0.25), r3=(2, 0.5)))
    assert rows(read_hints(tmp_path / "cache")) == [(1, 1, 0.5), (2, 2, 0.25), (3, 2, 0.5)]


def test_there_are_none_without_a_file(tmp_path):
    assert len(read_hints(tmp_path)) == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x93NUMPY"])
def test_a_damaged_file_is_as_none(tmp_path, content, caplog):
    (tmp_path / "hints.npz").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert len(read_hints(tmp_path)) == 0
    assert "left aside" in caplog.text
    add_hints(tmp_path, hints(r1=(1, 0.5)))
    assert rows(read_hints(tmp_path)) == [(1, 1, 0.5)]


def test_columns_of_different_lengths_are_damage(tmp_path):
    np.savez(tmp_path / "hints.npz", region_ids=np.arange(3), labels=np.arange(2), confidences=np.zeros(3))
    assert len(read_hints(tmp_path)) == 0
