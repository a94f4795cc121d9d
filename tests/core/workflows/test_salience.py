"""Foreground and background: from the attention kept at proposals, for regions as they are now, in the cache only."""

import logging

import numpy as np
import pytest

from acseg_core.names.classify import foreground
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.store.edits import history, ingest, review, runs
from acseg_core.types import ImageInfo, RegionProposal, RunInfo
from acseg_core.workflows import salience
from acseg_core.workflows.salience import find_salience, keep_attention, read_salience

HEIGHT, WIDTH = 8, 12


def label_map(seed):
    found = np.random.default_rng(seed).integers(0, 5, (HEIGHT // 2, WIDTH // 2)).repeat(2, 0).repeat(2, 1)
    found[0, :5] = np.arange(5)
    return found.astype(np.uint8)


def attention(seed):
    """(4, 6) float32, as small as that of a thousand patches."""
    return np.random.default_rng(100 + seed).random((4, 6)).astype(np.float32) ** 4 / 1000


@pytest.fixture
def project(tmp_path):
    """Three images of five regions; the attention to the first two is known."""
    with create_project(tmp_path / "project", image_root=tmp_path) as made:
        infos = [ImageInfo(f"{n}.jpg", f"{n:064x}", 100, 1, WIDTH, HEIGHT, WIDTH, HEIGHT) for n in range(3)]
        ingest.add_images(made, infos)
        run_id = runs.begin_run(made, RunInfo("vit", "b" * 64, "acg", "a" * 64, "{}", "0"))
        for number, image_id in enumerate(queries.image_ids(made)):
            proposals = [
                RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), np.ones(8, np.float16))
                for node, mask in masks.encode_label_map(label_map(number)).items()
            ]
            runs.save_proposals(made, run_id, image_id, proposals)
            if number < 2:
                keep_attention(made.cache_dir, f"{number:064x}", attention(number))
        runs.finish_run(made, run_id)
        yield made


def find(project):
    for _ in (work := find_salience(project)):
        pass
    work.close()
    return read_salience(project.cache_dir)


def by_node(project, image_id):
    return {region.node: region.id for region in queries.regions(project, image_id)}


def test_it_is_the_division_of_the_paper(project):
    found = find(project)
    front = found.regions(in_front=True)
    for number, image_id in enumerate(queries.image_ids(project)[:2]):
        expected = foreground(attention(number), label_map(number), 5)
        assert {node for node, id_ in by_node(project, image_id).items() if id_ in front} == set(
            np.flatnonzero(expected)
        )
        assert 0 < expected.sum() < 5
    assert front.isdisjoint(found.regions(in_front=False))


def test_images_whose_attention_is_unknown_are_neither(project):
    found = find(project)
    assert len(found) == 10
    third = set(by_node(project, queries.image_ids(project)[2]).values())
    assert third.isdisjoint(found.region_ids.tolist())


def test_only_images_that_changed_are_looked_at_again(project, monkeypatch):
    find(project)
    looked, read = [], queries.regions
    monkeypatch.setattr(
        queries, "regions", lambda project, image_id: looked.append(image_id) or read(project, image_id)
    )
    assert len(find(project)) == 10
    assert looked == []
    first = queries.image_ids(project)[0]
    ids = list(by_node(project, first).values())
    looked.clear()
    (survivor,) = review.merge_regions(project, ids[:2]).region_ids
    found = find(project)
    assert looked == [first]
    assert len(found) == 9
    assert survivor in found.region_ids
    history.undo(project)
    assert len(find(project)) == 10


def test_names_change_nothing(project, monkeypatch):
    find(project)
    review.name_regions_as(project, [1, 2, 3], "cat")
    monkeypatch.setattr(salience, "_means", lambda *_: pytest.fail("looked at again"))
    assert len(find(project)) == 10


def test_the_scale_of_attention_does_not_matter_and_small_values_are_not_lost(project):
    before = find(project).regions(in_front=True)
    (project.cache_dir / "foreground.npz").unlink()
    for number in range(2):
        keep_attention(project.cache_dir, f"{number:064x}", attention(number) / 1e4)
    assert find(project).regions(in_front=True) == before


def test_a_cache_that_was_deleted_leaves_all_unknown(project):
    find(project)
    for path in sorted(project.cache_dir.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert len(find(project)) == 0


@pytest.mark.parametrize("name", ["foreground.npz", f"attention/00/{0:064x}.npy"])
@pytest.mark.parametrize("content", [b"", b"no array", b"\x93NUMPY\x01\x00v\x00"])
def test_damaged_files_are_no_fault(project, name, content, caplog):
    find(project)
    (project.cache_dir / "foreground.npz").unlink()
    (project.cache_dir / name).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        found = find(project)
    assert "not readable" in caplog.text
    assert len(found) == (10 if name == "foreground.npz" else 5)


def test_a_place_that_cannot_be_written_is_no_fault(tmp_path, caplog):
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    with caplog.at_level(logging.WARNING):
        keep_attention(tmp_path / "cache", "ab" * 32, attention(0))
    assert "not kept" in caplog.text
