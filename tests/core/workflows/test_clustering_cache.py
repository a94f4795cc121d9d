"""The clustering on disk: found for the very regions it was made of, and for nothing else."""

import logging

import numpy as np
import pytest

from acseg_core.names import clustering
from acseg_core.types import DescriptorTable
from acseg_core.workflows import clustering_cache
from acseg_core.workflows.clustering_cache import identity_of, keep_clustering, read_clustering


def table(*, count=30, seed=0):
    vectors = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float16)
    return DescriptorTable(np.arange(1, count + 1, dtype=np.int64), vectors)


def clustered(made_of):
    work = clustering.cluster(made_of.descriptors)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def test_what_was_kept_is_found_with_all_its_cuts(tmp_path):
    regions = table()
    made, identity = clustered(regions), identity_of(regions, seed=0)
    keep_clustering(tmp_path / "cache", identity, made)
    found = read_clustering(tmp_path / "cache", identity)
    for count in (1, 2, 7, 30):
        np.testing.assert_array_equal(found.cut(count), made.cut(count))
    assert found.micro.dtype == made.micro.dtype


def test_other_regions_descriptors_seeds_or_methods_are_another_clustering(monkeypatch):
    regions = table()
    known = {identity_of(regions, seed=0)}
    moved = regions.descriptors.copy()
    moved[3, 2] += np.float16(0.5)
    for other in (
        DescriptorTable(regions.region_ids + 1, regions.descriptors),
        DescriptorTable(regions.region_ids, moved),
        DescriptorTable(regions.region_ids[:-1], regions.descriptors[:-1]),
    ):
        known.add(identity_of(other, seed=0))
    known.add(identity_of(regions, seed=1))
    monkeypatch.setattr(clustering_cache, "METHOD", -1)
    known.add(identity_of(regions, seed=0))
    assert len(known) == 6


def test_another_clustering_is_not_found_and_takes_the_place(tmp_path):
    first, second = table(seed=1), table(seed=2)
    keep_clustering(tmp_path, identity_of(first, seed=0), clustered(first))
    assert read_clustering(tmp_path, identity_of(second, seed=0)) is None
    keep_clustering(tmp_path, identity_of(second, seed=0), clustered(second))
    assert read_clustering(tmp_path, identity_of(second, seed=0)) is not None
    assert read_clustering(tmp_path, identity_of(first, seed=0)) is None
    assert len(list(tmp_path.iterdir())) == 1


def test_there_is_none_without_a_file(tmp_path):
    assert read_clustering(tmp_path, "x") is None


@pytest.mark.parametrize("damage", ["empty", "garbage", "cut short", "no tree", "beyond the tree"])
def test_a_damaged_file_is_as_none(tmp_path, damage, caplog):
    regions = table()
    made, identity = clustered(regions), identity_of(regions, seed=0)
    keep_clustering(tmp_path, identity, made)
    path = tmp_path / "grouping.npz"
    whole = path.read_bytes()
    parts = {
        "identity": np.array(identity),
        "micro": made.micro,
        "merges": made.tree.merges,
        "heights": made.tree.heights,
    }
    match damage:
        case "no tree":
            np.savez(path, **(parts | {"merges": np.zeros_like(made.tree.merges)}))
        case "beyond the tree":
            np.savez(path, **(parts | {"micro": made.micro + 1000}))
        case _:
            path.write_bytes({"empty": b"", "garbage": b"no archive", "cut short": whole[: len(whole) // 2]}[damage])
    with caplog.at_level(logging.WARNING):
        assert read_clustering(tmp_path, identity) is None
    assert "clustered again" in caplog.text


def test_a_place_that_cannot_be_written_is_no_fault(tmp_path, caplog):
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    regions = table()
    with caplog.at_level(logging.WARNING):
        keep_clustering(tmp_path / "cache", identity_of(regions, seed=0), clustered(regions))
    assert "not kept" in caplog.text
