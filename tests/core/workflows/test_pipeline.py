"""Folder to store: scanning, proposing, relocating; stopping and going on; what a person did stays.

Covers: reports.
"""

import contextlib
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from blas import blas_threads, usual_blas_threads
from PIL import Image
from tiny_model import tiny_config

from acseg_core import cpu
from acseg_core.config import SegmenterConfig
from acseg_core.errors import EditError, ImagesNotFoundError
from acseg_core.images.files import load_image
from acseg_core.images.label_maps import LABEL_MAP
from acseg_core.proposals.regions import region_descriptors
from acseg_core.reports import ImageCount, ProposeReport
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, open_project, queries
from acseg_core.store.edits import history, ingest, painting, removal, review
from acseg_core.store.edits.describing import cached_tokens
from acseg_core.store.queries.cluster_queries import descriptor_table
from acseg_core.store.schema import REGION
from acseg_core.types import ImageStatus, PixelPatch, Progress
from acseg_core.workflows import local_engine, pipeline, scanning
from acseg_core.workflows.salience import find_salience


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> SegmenterConfig:
    return tiny_config(tmp_path_factory.mktemp("model"))


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    (folder / "more").mkdir(parents=True)
    random = np.random.default_rng(0)
    for number in range(5):
        pixels = np.zeros((60, 80 + number, 3), np.uint8)
        pixels[:, : 30 + 5 * number] = random.integers(0, 256, 3)
        pixels[30:, 40:] = random.integers(0, 256, 3)
        Image.fromarray(pixels).save(folder / ("more" if number % 2 else ".") / f"{number}.png")
    return folder


@pytest.fixture
def project(tmp_path: Path, photos: Path) -> Generator[Project, None, None]:
    with create_project(tmp_path / "project", image_root=photos) as opened:
        yield opened


def finish(work: Generator[Progress, None, Any]) -> Any:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def assert_partitions(project: Project, image_id: int) -> None:
    record, regions = queries.image(project, image_id), queries.regions(project, image_id)
    covered = np.zeros((record.height, record.width), int)
    for region in regions:
        covered += masks.decode(region.mask)
    assert (covered == 1).all()


def test_a_count_is_of_what_a_scan_takes(project: Project, photos: Path) -> None:
    values = (np.arange(60 * 80) % 65).reshape(60, 80)
    for name, mode, most in (("0_mask.png", np.uint8, 63), ("1_gt.png", np.uint16, 63), ("2_seg.png", np.uint8, 64)):
        Image.fromarray(np.minimum(values, most).astype(mode)).save(photos / name)
    (photos / "note.txt").write_text("no image")
    counted = finish(scanning.count_images(photos))
    report = finish(scanning.scan_images(project))
    assert counted == ImageCount(photos=6, label_maps=2)
    assert (report.added, [file.reason for file in report.skipped]) == (6, [LABEL_MAP] * 2)


def test_images_of_other_kinds_are_counted_and_told_what_to_do_about(project: Project, photos: Path) -> None:
    Image.new("RGB", (80, 60)).save(photos / "moving.GIF")
    (photos / "phone.heic").write_bytes(b"....ftypheic")
    (photos / "folder.gif").mkdir()
    assert finish(scanning.count_images(photos)) == ImageCount(photos=5, label_maps=0, unread=2)
    report = finish(scanning.scan_images(project))
    reason = "unsupported image format; convert it to PNG, JPEG or TIFF"
    assert [(file.path, file.reason) for file in report.skipped] == [("moving.GIF", reason), ("phone.heic", reason)]
    assert report.added == 5


def test_label_maps_that_a_project_has_taken_once_are_taken_when_more_come(project: Project, photos: Path) -> None:
    """The choice is seen in what the project holds: it needs no record, and is the same after a restart."""
    for number in range(3):
        Image.new("L", (80, 60), 3).save(photos / f"{number}_mask.png")
    assert finish(scanning.scan_images(project)).added == 5
    (photos / "0_mask.png").unlink()
    assert finish(scanning.scan_images(project, label_maps=True)).added == 2
    Image.new("L", (80, 60), 3).save(photos / "4_mask.png")
    report = finish(scanning.scan_images(project))
    assert (report.added, report.skipped) == (1, ())
    Image.new("L", (80, 60), 3).save(photos / "0_mask.png")
    refused = finish(scanning.scan_images(project, label_maps=False))
    assert (refused.added, [file.path for file in refused.skipped]) == (0, ["0_mask.png"])


def test_tokens_are_kept_for_the_edits_that_follow(project: Project, config: SegmenterConfig) -> None:
    finish(scanning.scan_images(project))
    finish(pipeline.propose(project, config))
    for record in queries.images(project):
        with project.read() as connection:
            kept = cached_tokens(project, connection, record.id)
        image = load_image(project.image_root / record.path, expected_sha256=record.info.sha256)
        (features,) = local_engine.load_segmenter(config).backbone.features([image])
        assert kept is not None
        np.testing.assert_allclose(kept.tokens, features.tokens.numpy(), atol=2e-2)
    region = queries.regions(project, 1)[0]
    painting.paint(project, 1, PixelPatch(0, 0, np.ones((30, 50), bool)), region_id=region.id)
    painted = queries.regions_by_id(project, [region.id])[region.id]
    with project.read() as connection:
        (found,) = descriptor_table(connection, REGION.c.id == region.id).descriptors
        tokens = cached_tokens(project, connection, 1)
    assert tokens is not None
    mask = masks.decode(painted.mask).astype(np.uint8)
    expected = region_descriptors(mask, tokens.description_tokens.astype(np.float32), 2)[1]
    np.testing.assert_allclose(found, expected, atol=2e-3)


def test_scan_then_propose(project: Project, config: SegmenterConfig) -> None:
    report = finish(scanning.scan_images(project))
    assert report.added == 5
    assert [record.path for record in queries.images(project)] == [
        "0.png",
        "2.png",
        "4.png",
        "more/1.png",
        "more/3.png",
    ]
    proposed = finish(pipeline.propose(project, config))
    assert proposed.images == 5
    assert proposed.regions == queries.summary(project).regions
    for image_id in queries.image_ids(project):
        assert_partitions(project, image_id)
        assert queries.image(project, image_id).status is ImageStatus.PROPOSED
        assert all(vector.shape == (64,) for vector in queries.descriptors(project, image_id).values())
    assert queries.summary(project).last_run.backbone == "test_vit"


def test_scanning_again_changes_nothing_and_reads_no_file(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(scanning.scan_images(project))
    monkeypatch.setattr(scanning, "inspect_image", lambda *_, **__: pytest.fail("read again"))
    report = finish(scanning.scan_images(project))
    assert (report.added, report.unchanged) == (0, 5)


def test_a_stopped_scan_keeps_what_it_read(project: Project) -> None:
    work = scanning.scan_images(project)
    while next(work).done < 3:
        pass
    work.close()
    assert len(queries.image_ids(project)) == 3
    assert finish(scanning.scan_images(project)).added == 2


def test_scan_tells_touched_changed_missing_and_restored_apart(
    project: Project, photos: Path, config: SegmenterConfig
) -> None:
    finish(scanning.scan_images(project))
    finish(pipeline.propose(project, config))
    backup = photos.with_name("backup")
    shutil.copytree(photos, backup)
    (photos / "0.png").touch()
    Image.new("RGB", (7, 7)).save(photos / "2.png")
    (photos / "4.png").unlink()
    (photos / "more" / "1.png").write_bytes(b"no image any more")
    report = finish(scanning.scan_images(project))
    assert (report.unchanged, report.changed, report.missing) == (2, ("2.png",), ("4.png",))
    assert [file.path for file in report.unreadable] == ["more/1.png"]
    assert report.skipped == ()
    assert queries.summary(project).images_with_problem == 3
    shutil.copytree(backup, photos, dirs_exist_ok=True)
    report = finish(scanning.scan_images(project))
    assert (report.changed, report.missing, report.unreadable) == ((), (), ())
    assert queries.summary(project).images_with_problem == 0


def test_a_folder_without_readable_images_is_refused(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "text.jpg").write_text("no photo")
    with create_project(tmp_path / "project", image_root=tmp_path / "photos") as project:
        with pytest.raises(ImagesNotFoundError, match=r"text\.jpg"):
            finish(scanning.scan_images(project))
        shutil.rmtree(tmp_path / "photos")
        with pytest.raises(ImagesNotFoundError, match="photos"):
            finish(scanning.scan_images(project))


def test_stopped_proposals_keep_what_is_finished(project: Project, config: SegmenterConfig) -> None:
    finish(scanning.scan_images(project))
    work = pipeline.propose(project, config)
    done = [next(work).message for _ in range(3)][1:]
    work.close()
    assert [record.path for record in queries.images(project, status=ImageStatus.PROPOSED)] == done
    report: ProposeReport = finish(pipeline.propose(project, config, only_new=True))
    assert report.images == 3


def test_what_a_person_did_is_kept_unless_asked(project: Project, config: SegmenterConfig) -> None:
    finish(scanning.scan_images(project))
    finish(pipeline.propose(project, config))
    first = queries.image_ids(project)[0]
    region = queries.regions(project, first)[0]
    review.name_regions_as(project, [region.id], "wall")
    named = queries.regions(project, first)
    report = finish(pipeline.propose(project, config))
    assert (report.images, report.kept) == (4, 1)
    assert queries.regions(project, first) == named
    assert finish(pipeline.propose(project, config, image_ids=[first], replace=True)).images == 1
    assert all(region.label_id is None for region in queries.regions(project, first))
    history.undo(project)
    assert queries.regions(project, first) == named


def test_a_whole_run_is_one_undo_and_not_while_it_runs(project: Project, config: SegmenterConfig) -> None:
    finish(scanning.scan_images(project))
    work = pipeline.propose(project, config)
    for _ in range(3):
        next(work)
    with pytest.raises(EditError):
        history.undo(project)
    finish(work)
    history.undo(project)
    assert queries.summary(project).regions == 0
    assert queries.summary(project).images_by_status["new"] == 5


def test_an_image_edited_during_the_run_is_left_to_the_person(project: Project, config: SegmenterConfig) -> None:
    finish(scanning.scan_images(project))
    finish(pipeline.propose(project, config))
    last = queries.image_ids(project)[-1]
    work = pipeline.propose(project, config)
    next(work)
    review.name_regions_as(project, [queries.regions(project, last)[0].id], "mine")
    named = queries.regions(project, last)
    report = finish(work)
    assert (report.images, report.kept) == (4, 1)
    assert queries.regions(project, last) == named


def test_unreadable_images_are_listed_and_marked(project: Project, photos: Path, config: SegmenterConfig) -> None:
    finish(scanning.scan_images(project))
    (photos / "0.png").unlink()
    Image.new("RGB", (80, 60)).save(photos / "2.png")
    report = finish(pipeline.propose(project, config))
    assert {file.path: file.reason for file in report.skipped} == {
        "0.png": scanning.MISSING,
        "2.png": ingest.CHANGED,
    }
    assert report.images == 3
    assert queries.image_by_path(project, "2.png").problem == ingest.CHANGED


def test_large_images_are_decoded_a_few_at_a_time(
    project: Project, config: SegmenterConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(scanning.scan_images(project))
    monkeypatch.setattr(local_engine, "_PIXELS_AT_ONCE", 10_000)  # two of about 80 x 60, not three
    chunks = [len(chunk) for chunk in local_engine.decoded(project.image_root, queries.images(project), most=4)]
    assert chunks == [2, 2, 1]


def test_relocation_is_checked_by_hash(project: Project, photos: Path, tmp_path: Path) -> None:
    finish(scanning.scan_images(project))
    moved = tmp_path / "moved"
    photos.rename(moved)
    Image.new("RGB", (3, 3)).save(moved / "0.png")
    (moved / "2.png").unlink()
    report = finish(scanning.relocate_images(project, moved))
    assert (report.unchanged, report.changed, report.missing) == (3, ("0.png",), ("2.png",))
    assert project.image_root == moved
    with pytest.raises(ImagesNotFoundError, match="none of the project's images"):
        finish(scanning.relocate_images(project, tmp_path / "project"))
    with pytest.raises(ImagesNotFoundError, match="no such folder"):
        finish(scanning.relocate_images(project, tmp_path / "nowhere"))
    assert project.image_root == moved


def test_project_and_images_moved_together_need_no_relocation(
    tmp_path: Path, photos: Path, config: SegmenterConfig
) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    shutil.move(photos, whole / "photos")
    with create_project(whole / "project", image_root=whole / "photos") as project:
        finish(scanning.scan_images(project))
    whole.rename(tmp_path / "elsewhere")
    with open_project(tmp_path / "elsewhere" / "project") as project:
        assert project.image_root == tmp_path / "elsewhere" / "photos"
        assert finish(pipeline.propose(project, config)).images == 5


def test_a_full_disk_stops_the_run_with_one_line_and_keeps_what_is_there(
    tmp_path: Path, photos: Path, config: SegmenterConfig
) -> None:
    """A real full disk where file systems can be mounted (root on Linux)."""
    from acseg_core.errors import StorageError

    disk = tmp_path / "disk"
    disk.mkdir()
    if not _mounted(disk, "2m"):
        pytest.skip("needs the right to mount a small file system")
    try:
        with create_project(disk / "project", image_root=photos) as project:
            finish(scanning.scan_images(project))
            (disk / "filler").write_bytes(b"x")
            with pytest.raises(StorageError, match=r"full|space"):
                _propose_until_it_breaks(project, config, disk / "filler")
            (disk / "filler").unlink()
            for image_id in queries.image_ids(project):
                if queries.regions(project, image_id):
                    assert_partitions(project, image_id)
            assert finish(pipeline.propose(project, config)).images == 5
    finally:
        _unmount(disk)


def _propose_until_it_breaks(project: Project, config: SegmenterConfig, filler: Path) -> None:
    for _ in range(200):
        _fill(filler)
        finish(pipeline.propose(project, config))


def _fill(file: Path) -> None:
    """Append until the disk is full."""
    with file.open("ab", buffering=0) as filler:
        for size in (1 << 16, 1 << 12, 1 << 8):
            with contextlib.suppress(OSError):
                while True:
                    filler.write(bytes(size))


def _mounted(folder: Path, size: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    return (
        shutil.which("mount") is not None and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )


def _unmount(folder: Path) -> None:
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(("there", "together"), [(2, 2), (8, 3)])
def test_more_cores_find_regions_of_more_images_at_once(
    project: Project, config: SegmenterConfig, monkeypatch: pytest.MonkeyPatch, there: int, together: int
) -> None:
    """Each waits until so many are at work; a thread too few, and they would wait in vain."""
    finish(scanning.scan_images(project))
    segmenter = local_engine.load_segmenter(config)
    assert segmenter.backbone.batch >= 3
    met = threading.Barrier(together)
    partition = segmenter.tree_of
    ids = queries.image_ids(project)[:together]

    def together_with_others(*arguments: Any, **settings: Any) -> Any:
        met.wait(timeout=20)
        return partition(*arguments, **settings)

    monkeypatch.setattr(cpu, "usable_cores", lambda: there)
    monkeypatch.setattr(segmenter, "tree_of", together_with_others)
    assert finish(pipeline.propose(project, config, segmenter=segmenter, image_ids=ids)).images == together


def test_proposing_tells_foreground_from_background(project: Project, config: SegmenterConfig) -> None:
    finish(scanning.scan_images(project))
    finish(pipeline.propose(project, config))
    found = finish(find_salience(project))
    regions = [region.id for image_id in queries.image_ids(project) for region in queries.regions(project, image_id)]
    assert found.region_ids.tolist() == sorted(regions)
    assert found.in_front.any()


@pytest.fixture
def two_threads() -> Iterator[None]:
    """BLAS uses two threads, if nobody says otherwise."""
    with usual_blas_threads(2):
        yield


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_blas_has_one_thread_while_regions_are_found_and_no_longer(
    project: Project, config: SegmenterConfig, two_threads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    segmenter = local_engine.load_segmenter(config)
    partition, seen = segmenter.tree_of, []

    def watched(*arguments: Any, **options: Any) -> Any:
        seen.append(blas_threads())
        return partition(*arguments, **options)

    monkeypatch.setattr(segmenter, "tree_of", watched)
    finish(scanning.scan_images(project))
    work = pipeline.propose(project, config, segmenter=segmenter)
    for tick in work:
        if tick.done:
            break
    wait_for(lambda: len(seen) == 4)
    wait_for(lambda: blas_threads() == {2})
    assert seen == [{1}] * 4, "the first chunk: the next one is not begun before somebody asks"
    work.close()
    assert blas_threads() == {2}


def test_work_that_is_dropped_or_fails_half_way_leaves_blas_as_it_was(
    project: Project, config: SegmenterConfig, two_threads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(scanning.scan_images(project))
    segmenter = local_engine.load_segmenter(config)
    work = pipeline.propose(project, config, segmenter=segmenter)
    for tick in work:
        if tick.done == 2:
            break
    del work
    assert blas_threads() == {2}

    def broken(*_arguments: Any, **_options: Any) -> Any:
        raise ArithmeticError

    monkeypatch.setattr(segmenter, "tree_of", broken)
    with pytest.raises(ArithmeticError):
        finish(pipeline.propose(project, config, replace=True, segmenter=segmenter))
    assert blas_threads() == {2}


def test_two_that_work_at_a_time_leave_blas_as_it_was(
    project: Project, config: SegmenterConfig, photos: Path, tmp_path: Path, two_threads: None
) -> None:
    segmenter = local_engine.load_segmenter(config)
    with create_project(tmp_path / "other", image_root=photos) as other:
        works = []
        for each in (project, other):
            finish(scanning.scan_images(each))
            works.append(pipeline.propose(each, config, segmenter=segmenter))
        for work in works:
            next(tick for tick in work if tick.done)
        for work in works:
            finish(work)
    assert blas_threads() == {2}


def test_a_scan_passes_removed_images_by(project):
    finish(scanning.scan_images(project))
    removal.remove_images(project, [1, 2])
    report = finish(scanning.scan_images(project))
    assert (report.added, report.unchanged, report.removed, report.missing) == (0, 3, 2, ())
    removal.remove_images(project, [3, 4, 5])
    assert finish(scanning.scan_images(project)).removed == 5, "no image is left: that is no empty folder"
    assert queries.images(project) == []


def test_images_that_are_removed_while_the_model_is_loaded_are_passed_by(project, config, monkeypatch):
    """A run began with them then, and ended in an error at the first."""
    finish(scanning.scan_images(project))
    original = local_engine.load_segmenter

    def load(config):
        removal.remove_images(project, [2, 4])
        return original(config)

    monkeypatch.setattr(pipeline, "load_segmenter", load)
    report = finish(pipeline.propose(project, config))
    assert (report.images, report.kept) == (3, 2)
    history.undo(project)
    history.undo(project)
    assert len(queries.images(project)) == 5
