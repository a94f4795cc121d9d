"""A project is calibrated on its own trees at the first run; what somebody chose or gave stays."""

import numpy as np
import pytest
from coloured_photos import finish
from PIL import Image

from acseg_core.proposals import cell_merging
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.tree import ConceptTree, threshold_of
from acseg_core.store import create_project, queries
from acseg_core.store.edits import cuts, history, ingest, review, runs
from acseg_core.store.queries.default_granularity import STANDARD, default_granularity
from acseg_core.types import DefaultGranularity, GranularitySource, ImageInfo, RunInfo
from acseg_core.workflows import calibrating, pipeline, scanning

RUN = RunInfo("vit", "b" * 64, "acg.safetensors", "a" * 64, "{}", "0.1.0")


@pytest.fixture
def photos(tmp_path):
    """Eight photos of two fields that hardly differ: one region each at the default granularity, if any."""
    folder = tmp_path / "plain"
    folder.mkdir()
    random = np.random.default_rng(0)
    for number in range(8):
        pixels = np.full((64, 64, 3), 120, np.uint8)
        pixels[10 + number : 40, 20:50] += 2
        pixels[50:, 5:20] += 1
        Image.fromarray((pixels + random.integers(0, 2, pixels.shape)).astype(np.uint8)).save(folder / f"{number}.png")
    return folder


@pytest.fixture
def project(tmp_path, photos):
    with create_project(tmp_path / "plain-project", image_root=photos) as opened:
        finish(scanning.scan_images(opened))
        yield opened


def other_heights(monkeypatch, factor):
    """Trees as of a data set whose heights are all so much lower, or higher, than those of photographs."""
    usual = cell_merging._heights
    monkeypatch.setattr(cell_merging, "_heights", lambda *parts, **seen: usual(*parts, **seen) * np.float32(factor))


def counts(project):
    return [count for count, _ in queries.region_counts(project).values()]


@pytest.mark.parametrize(("factor", "finer"), [(0.5, True), (8.0, False)])
def test_the_first_run_calibrates_and_all_images_follow_in_the_same_step(project, config, monkeypatch, factor, finer):
    other_heights(monkeypatch, factor)
    report = finish(pipeline.propose(project, config))
    found = default_granularity(project)
    assert (found.source, found.images) == (GranularitySource.IMAGES, 8)
    assert (found.granularity > 0.5) is finer
    assert {record.granularity for record in queries.images(project)} == {found.granularity}
    usual = np.exp(np.mean(np.log(counts(project))))
    assert 3 <= usual <= 25
    assert report.regions == sum(counts(project)) == queries.summary(project).regions
    assert [operation.verb for operation in history.operations(project)] == ["Propose"]
    history.undo(project)
    assert queries.summary(project).regions == 0


def test_a_granularity_that_is_given_wins_and_stays(project, config, monkeypatch):
    other_heights(monkeypatch, 0.5)
    ids = queries.image_ids(project)
    finish(pipeline.propose(project, config, image_ids=ids[:2], granularity=0.4))
    assert default_granularity(project) == STANDARD
    finish(pipeline.propose(project, config, only_new=True))
    found = default_granularity(project)
    assert found.granularity > 0.5
    granularities = [record.granularity for record in queries.images(project)]
    assert granularities == [0.4] * 2 + [found.granularity] * 6


def test_what_somebody_did_before_the_calibration_stays(project, config, monkeypatch):
    other_heights(monkeypatch, 0.5)
    ids = queries.image_ids(project)
    finish(pipeline.propose(project, config, image_ids=ids[:4]))
    assert default_granularity(project) == STANDARD, "four images are no data set"
    named = queries.regions(project, ids[0])
    review.name_regions_as(project, [named[0].id], "field")
    cuts.recut_image(project, ids[1], 0.3)
    finish(pipeline.propose(project, config, only_new=True))
    found = default_granularity(project).granularity
    granularities = [record.granularity for record in queries.images(project)]
    assert granularities == [0.5, 0.3] + [found] * 6
    assert [region.id for region in queries.regions(project, ids[0])] == [region.id for region in named]


@pytest.fixture
def trees(tmp_path):
    """A project to which images with trees of four leaves can be added."""
    (tmp_path / "none").mkdir()
    with create_project(tmp_path / "trees", image_root=tmp_path / "none") as opened:
        yield opened


def add(project, count):
    """Images with a stored tree, without any model."""
    start = len(queries.image_ids(project))
    infos = [ImageInfo(f"{n}.png", f"{n:064x}", 100, 1, 4, 4, 4, 4) for n in range(start, start + count)]
    ingest.add_images(project, infos)
    leaf_map = np.arange(4).repeat(4).reshape(4, 4)
    heights = np.array([threshold_of(each) for each in (0.9, 0.4, 0.2)], np.float32)
    merges = np.array([(0, 1), (2, 3), (4, 5)], np.int32)
    tree = ImageTree.of(ConceptTree(merges, heights), leaf_map, np.eye(4, 8, dtype=np.float32))
    run_id = runs.begin_run(project, RUN)
    for image_id in queries.image_ids(project)[start:]:
        regions = tree.regions(tree.tree.cut(threshold_of(0.5)))
        runs.save_proposals(project, run_id, image_id, regions, tree=tree, granularity=0.5)
    runs.finish_run(project, run_id)


def test_a_project_that_grew_is_calibrated_again(trees):
    """On eight images, then on all of twenty; not on one more."""
    add(trees, 8)
    assert calibrating.wants_calibration(trees)
    assert calibrating.calibrate(trees) == 0.5
    assert default_granularity(trees) == DefaultGranularity(0.5, GranularitySource.IMAGES, 8)
    add(trees, 1)
    assert not calibrating.wants_calibration(trees)
    add(trees, 11)
    assert calibrating.wants_calibration(trees)
    calibrating.calibrate(trees)
    assert default_granularity(trees).images == 20
    assert not calibrating.wants_calibration(trees)


def test_of_many_images_some_from_all_over_are_taken(trees, monkeypatch):
    add(trees, 40)
    monkeypatch.setattr(calibrating, "MOST_IMAGES", 10)
    calibrating.calibrate(trees)
    assert default_granularity(trees).images == 10
    assert not calibrating.wants_calibration(trees)


def test_too_few_images_are_no_data_set(trees):
    add(trees, 7)
    assert not calibrating.wants_calibration(trees)
    assert calibrating.calibrate(trees) is None
    assert default_granularity(trees) == STANDARD
