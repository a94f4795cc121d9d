"""The cache of fallback names: shown for the very regions and labels they were found for; a damaged file is as none."""

import logging
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from acseg_core.images.files import inspect_image
from acseg_core.names.fallback import FallbackNames
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, open_project, queries, restore_backup
from acseg_core.store.edits import history, ingest, merging, review, runs
from acseg_core.store.edits.label_list import delete_label
from acseg_core.store.edits.labels import create_labels, update_label
from acseg_core.types import RegionProposal, RunInfo
from acseg_core.workflows.fallback_cache import add_fallback_names, read_fallback_names


def propose(project: Project, *, columns: int) -> None:
    """Partition the image that is new into so many equal columns."""
    label_map = np.repeat(np.arange(columns), 48 // columns)[None].repeat(32, axis=0).astype(np.uint8)
    run_id = runs.begin_run(project, RunInfo("vit", "0" * 64, "acg", "1" * 64, "{}", "0"))
    proposals = [
        RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), np.eye(8, dtype=np.float16)[node])
        for node, mask in masks.encode_label_map(label_map).items()
    ]
    runs.save_proposals(project, run_id, 1, proposals)
    runs.finish_run(project, run_id)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One photo without regions, labels car (1) and road (2); closed once, so that there is a backup of it."""
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (32, 48, 3), np.uint8)).save(photos / "0.png")
    with create_project(tmp_path / "project", image_root=photos) as made:
        ingest.add_images(made, [inspect_image(photos, "0.png", thumbnails=None)])
        create_labels(made, ["car", "road"])
    with open_project(tmp_path / "project") as opened:
        yield opened


def names(**by_region):
    rows = sorted((int(key[1:]), *value) for key, value in by_region.items())
    ids, labels, sure = zip(*rows, strict=True)
    return FallbackNames(np.array(ids, np.int64), np.array(labels, np.int64), np.array(sure, np.float32))


def rows(found):
    columns = (found.region_ids.tolist(), found.labels.tolist(), found.confidences.round(3).tolist())
    return list(zip(*columns, strict=True))


def goes_back_to(project, backup):
    """The project as it was at the backup; the cache stays."""
    project.close()
    for side in project.folder.glob("project.db*"):
        side.unlink()
    for other in (project.folder / "backups").iterdir():
        other.unlink()
    shutil.copyfile(backup, project.folder / "backups" / "project-20260101-000000-000000.db")
    restore_backup(project.folder)


@pytest.fixture
def backup(project, tmp_path):
    """A copy of the project's backup, outside it."""
    (newest,) = (project.folder / "backups").glob("project-*.db")
    return shutil.copyfile(newest, tmp_path / "backup.db")


def test_newer_names_replace_older_ones_of_the_same_regions(project):
    propose(project, columns=3)
    add_fallback_names(project, names(r3=(1, 0.75), r1=(1, 0.5)))
    add_fallback_names(project, names(r2=(2, 0.25), r3=(2, 0.5)))
    assert rows(read_fallback_names(project)) == [(1, 1, 0.5), (2, 2, 0.25), (3, 2, 0.5)]


def test_names_of_another_history_are_not_shown_for_regions_of_the_same_ids(backup, project):
    propose(project, columns=3)
    add_fallback_names(project, names(r1=(1, 0.75), r2=(2, 0.75), r3=(1, 0.75)))
    goes_back_to(project, backup)
    with open_project(project.folder) as restored:
        propose(restored, columns=4)
        assert [region.id for region in queries.regions(restored, 1)] == [1, 2, 3, 4], "the ids are used again"
        assert rows(read_fallback_names(restored)) == []
        add_fallback_names(restored, names(r2=(1, 0.5)))
        assert rows(read_fallback_names(restored)) == [(2, 1, 0.5)]


def test_labels_of_another_history_are_known_by_their_names(backup, project):
    create_labels(project, ["bus", "tree"])
    propose(project, columns=3)
    add_fallback_names(project, names(r1=(1, 0.75), r2=(3, 0.75), r3=(4, 0.75)))
    goes_back_to(project, backup)
    with open_project(project.folder) as restored:
        made, _ = create_labels(restored, ["sky", "bus"])
        assert [(label.id, label.name) for label in made] == [(3, "sky"), (4, "bus")]
        propose(restored, columns=3)
        assert rows(read_fallback_names(restored)) == [(1, 1, 0.75), (2, 4, 0.75)], (
            "bus is another number, tree is no label"
        )
        add_fallback_names(restored, names(r3=(3, 0.5)))
        assert rows(read_fallback_names(restored)) == [(1, 1, 0.75), (2, 4, 0.75), (3, 3, 0.5)]


def test_regions_of_another_history_are_known_by_their_pixels(backup, project):
    """Proposed again, the same regions have other ids: what was looked at for the list need not be looked at again."""
    propose(project, columns=4)
    review.reject_regions(project, [1])  # ids go on, so that they differ
    add_fallback_names(project, names(r1=(1, 0.75), r2=(2, 0.5), r3=(1, 0.625), r4=(2, 0.875)))
    goes_back_to(project, backup)
    with open_project(project.folder) as restored:
        propose(restored, columns=3)
        history.undo(restored)
        propose(restored, columns=4)
        ids = [region.id for region in queries.regions(restored, 1)]
        assert ids != [1, 2, 3, 4]
        expected = list(zip(ids, [1, 2, 1, 2], [0.75, 0.5, 0.625, 0.875], strict=True))
        assert rows(read_fallback_names(restored)) == expected
        add_fallback_names(restored, FallbackNames(np.array(ids[:1]), np.array([2]), np.array([0.25], np.float32)))
        assert rows(read_fallback_names(restored)) == [(ids[0], 2, 0.25), *expected[1:]]


def test_a_fallback_name_follows_its_renamed_label_and_comes_back_with_a_deleted_one(project):
    propose(project, columns=3)
    add_fallback_names(project, names(r1=(1, 0.75), r2=(2, 0.75)))
    update_label(project, 1, name="vehicle")
    delete_label(project, 2)
    add_fallback_names(project, names(r3=(1, 0.625)))
    history.undo(project)
    assert rows(read_fallback_names(project)) == [(1, 1, 0.75), (2, 2, 0.75), (3, 1, 0.625)]


def test_a_region_whose_pixels_changed_has_no_fallback_name_until_they_are_back(project):
    propose(project, columns=3)
    add_fallback_names(project, names(r1=(1, 0.75), r2=(2, 0.75), r3=(2, 0.625)))
    merging.merge_regions(project, [1, 2])
    assert (
        1 not in read_fallback_names(project).region_ids.tolist()
        or 2 not in read_fallback_names(project).region_ids.tolist()
    )
    history.undo(project)
    assert rows(read_fallback_names(project)) == [(1, 1, 0.75), (2, 2, 0.75), (3, 2, 0.625)]


def test_there_are_none_without_a_file(project):
    assert len(read_fallback_names(project)) == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x93NUMPY"])
def test_a_damaged_file_is_as_none(project, content, caplog):
    propose(project, columns=3)
    project.cache_dir.mkdir(exist_ok=True)
    (project.cache_dir / "hints.npz").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert len(read_fallback_names(project)) == 0
    assert "left aside" in caplog.text
    add_fallback_names(project, names(r1=(1, 0.5)))
    assert rows(read_fallback_names(project)) == [(1, 1, 0.5)]


def test_columns_of_different_lengths_are_damage(project, caplog):
    propose(project, columns=3)
    add_fallback_names(project, names(r1=(1, 0.5), r2=(1, 0.5)))
    path = project.cache_dir / "hints.npz"
    with np.load(path) as stored:
        columns = {**stored, "labels": np.arange(1)}
    np.savez(path, **columns)
    with caplog.at_level(logging.WARNING):
        assert len(read_fallback_names(project)) == 0
    assert "different lengths" in caplog.text
