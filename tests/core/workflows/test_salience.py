"""Foreground and background: from the attention kept at proposals, for regions as they are now, in the cache only."""

import logging
import shutil
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from coloured_photos import write_photos

from acseg_core.errors import ModelError
from acseg_core.proposals.salience import foreground
from acseg_core.shapes import masks
from acseg_core.store import create_project, open_project, queries, restore_backup
from acseg_core.store.edits import history, ingest, merging, review, runs
from acseg_core.types import ImageInfo, RegionProposal, RunInfo
from acseg_core.workflows import pipeline, salience, scanning
from acseg_core.workflows.attention_cache import keep_attention
from acseg_core.workflows.salience import (
    Salience,
    find_missing_salience,
    find_salience,
    images_without_salience,
    read_salience,
)

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


def test_only_images_that_changed_are_found_out_again(project, monkeypatch):
    find(project)
    again, read = [], queries.regions
    monkeypatch.setattr(queries, "regions", lambda project, image_id: again.append(image_id) or read(project, image_id))
    assert len(find(project)) == 10
    assert again == []
    first = queries.image_ids(project)[0]
    ids = list(by_node(project, first).values())
    again.clear()
    (survivor,) = merging.merge_regions(project, ids[:2]).region_ids
    found = find(project)
    assert again == [first]
    assert len(found) == 9
    assert survivor in found.region_ids
    history.undo(project)
    assert len(find(project)) == 10


def test_names_change_nothing(project, monkeypatch):
    find(project)
    review.name_regions_as(project, [1, 2, 3], "cat")
    monkeypatch.setattr(salience, "_means", lambda *_: pytest.fail("found out again"))
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


@pytest.mark.parametrize("ids", [np.zeros((10, 1), np.int64), np.array(["x"] * 10), np.zeros(10), np.int64(3)])
def test_columns_of_another_kind_are_no_fault(project, ids, caplog):
    """A TypeError before: lists, which no dictionary takes."""
    find(project)
    np.savez(project.cache_dir / "foreground.npz", region_ids=ids, areas=np.zeros(10, int), in_front=np.zeros(10, bool))
    with caplog.at_level(logging.WARNING):
        assert len(find(project)) == 10
    assert "not readable" in caplog.text


def finish(work, ticks=None):
    while True:
        try:
            tick = next(work)
        except StopIteration as end:
            return end.value
        if ticks is not None:
            ticks.append(tick)


@pytest.fixture
def proposed(tmp_path, segmenter):
    """Three photos, proposed, and a fourth without regions."""
    write_photos(tmp_path / "photos", 4)
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as made:
        finish(scanning.scan_images(made))
        finish(pipeline.propose(made, segmenter.config, image_ids=[1, 2, 3], segmenter=segmenter))
        yield made


def everything(project):
    return [queries.regions(project, image_id) for image_id in queries.image_ids(project)]


def as_dict(found):
    return dict(zip(found.region_ids.tolist(), found.in_front.tolist(), strict=True))


def test_without_the_cache_it_is_known_again_after_another_pass(proposed, segmenter):
    before, regions = finish(find_salience(proposed)), everything(proposed)
    operations = history.operations(proposed)
    assert len(before) == sum(map(len, regions)) > 3
    shutil.rmtree(proposed.cache_dir)
    lost = finish(find_salience(proposed))
    assert (len(lost), [record.path for record in images_without_salience(proposed, lost)]) == (
        0,
        ["0.png", "1.png", "2.png"],
    )
    ticks = []
    work = find_missing_salience(proposed, segmenter.config, lost, segmenter=segmenter)
    for tick in work:
        ticks.append((tick.done, tick.message))
    assert ticks == [(0, "loading the model"), (1, "0.png"), (2, "1.png"), (3, "2.png")]
    found = finish(find_salience(proposed))
    assert as_dict(found) == as_dict(before)
    assert images_without_salience(proposed, found) == []
    assert everything(proposed) == regions
    assert history.operations(proposed) == operations


def test_a_restored_project_is_looked_at_where_it_has_to_be(proposed, segmenter):
    """Regions as they were then, and attention to only one of their images."""
    folder = proposed.folder
    before = as_dict(finish(find_salience(proposed)))
    proposed.close()
    with open_project(folder) as opened:
        merging.merge_regions(opened, [region.id for region in queries.regions(opened, 2)][:2])
        untouched = [region.id for image_id in (1, 3) for region in queries.regions(opened, image_id)]
        finish(find_salience(opened))
    restore_backup(folder)
    with open_project(folder, read_only=True) as opened:
        kept = queries.image(opened, 1).info.sha256
    for path in (folder / "cache" / "attention").rglob("*.npy"):
        if path.stem != kept:
            path.unlink()
    (folder / "cache" / "foreground.npz").unlink()
    with open_project(folder) as opened:
        found = finish(find_salience(opened))
        assert [record.id for record in images_without_salience(opened, found)] == [2, 3]
        assert finish(find_missing_salience(opened, segmenter.config, found, segmenter=segmenter)) == ()
        now = as_dict(finish(find_salience(opened)))
        there = {region.id for regions in everything(opened) for region in regions}
        assert now.keys() == there
        assert {id_: now[id_] for id_ in untouched} == {id_: before[id_] for id_ in untouched}


def test_stopped_half_way_the_rest_is_looked_at_later(proposed, segmenter):
    shutil.rmtree(proposed.cache_dir)
    work = find_missing_salience(proposed, segmenter.config, Salience(), segmenter=segmenter)
    next(work)
    next(work)
    work.close()
    left = images_without_salience(proposed, finish(find_salience(proposed)))
    assert [record.path for record in left] == ["1.png", "2.png"]


def test_what_cannot_be_read_is_told_and_not_asked_for_again(proposed, segmenter):
    shutil.rmtree(proposed.cache_dir)
    (proposed.image_root / "1.png").write_bytes(b"broken")
    ticks = []
    skipped = finish(find_missing_salience(proposed, segmenter.config, Salience(), segmenter=segmenter), ticks)
    assert [file.path for file in skipped] == ["1.png"]
    assert (ticks[-1].done, ticks[-1].total) == (3, 3)
    assert images_without_salience(proposed, finish(find_salience(proposed))) == []


def test_a_backbone_without_attention_says_so(proposed, segmenter):
    shutil.rmtree(proposed.cache_dir)
    backbone = segmenter.backbone

    def without_attention(images, *, grids):
        return [replace(each, cls_attention=None) for each in backbone.features(images, grids=grids)]

    blind = SimpleNamespace(batch=2, grid_size=backbone.grid_size, features=without_attention)
    with pytest.raises(ModelError, match="cannot tell foreground from background"):
        finish(find_missing_salience(proposed, segmenter.config, Salience(), segmenter=SimpleNamespace(backbone=blind)))
