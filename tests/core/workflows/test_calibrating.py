"""A project is calibrated on its own trees at the first run; what somebody chose or gave stays."""

import numpy as np
import pytest
from coloured_photos import finish
from PIL import Image
from tiny_model import tiny_config

from acseg_core.config import TreeConfig
from acseg_core.store import create_project, queries
from acseg_core.store.edits import cuts, history, ingest, review, runs
from acseg_core.store.queries.default_granularity import STANDARD, default_granularity
from acseg_core.types import DefaultGranularity, GranularitySource, RunInfo
from acseg_core.workflows import calibrating, pipeline, scanning

RUN = RunInfo("vit", "b" * 64, "acg.safetensors", "a" * 64, "{}", "0.1.0")


@pytest.fixture
def photos(tmp_path):
    """Ten photos of two fields that hardly differ: one region each at the default granularity, if any."""
    folder = tmp_path / "plain"
    folder.mkdir()
    random = np.random.default_rng(0)
    for number in range(10):
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


def coarse_heights(monkeypatch, factor):
    """Trees as of a data set whose heights are all so much lower, or higher, than those of photographs."""
    from acseg_core.proposals import cell_merging

    usual = cell_merging.ConceptTree

    def scaled(merges, heights):
        return usual(merges, (heights * factor).astype(np.float16).astype(np.float32))

    monkeypatch.setattr(cell_merging, "ConceptTree", scaled)


def counts(project):
    return [count for count, _ in queries.region_counts(project).values()]


@pytest.mark.parametrize(("factor", "finer"), [(0.05, True), (40.0, False)])
def test_the_first_run_calibrates_and_all_images_follow_in_the_same_step(project, config, monkeypatch, factor, finer):
    coarse_heights(monkeypatch, factor)
    report = finish(pipeline.propose(project, config))
    found = default_granularity(project)
    assert (found.source, found.images) == (GranularitySource.IMAGES, 10)
    assert (found.granularity > 0.5) is finer
    assert {record.granularity for record in queries.images(project)} == {found.granularity}
    usual = np.exp(np.mean(np.log(counts(project))))
    assert 3 <= usual <= 25
    assert report.regions == sum(counts(project)) == queries.summary(project).regions
    assert [operation.verb for operation in history.operations(project)] == ["Propose"]
    history.undo(project)
    assert queries.summary(project).regions == 0


def test_a_granularity_that_is_given_wins_and_stays(project, config, monkeypatch):
    coarse_heights(monkeypatch, 0.05)
    ids = queries.image_ids(project)
    finish(pipeline.propose(project, config, image_ids=ids[:2], granularity=0.4))
    assert default_granularity(project) == STANDARD
    finish(pipeline.propose(project, config, only_new=True))
    found = default_granularity(project)
    assert found.granularity > 0.5
    granularities = [record.granularity for record in queries.images(project)]
    assert granularities == [0.4] * 2 + [found.granularity] * 8


def test_what_somebody_did_before_the_calibration_stays(project, config, monkeypatch):
    coarse_heights(monkeypatch, 0.05)
    ids = queries.image_ids(project)
    finish(pipeline.propose(project, config, image_ids=ids[:4]))
    assert default_granularity(project) == STANDARD, "four images are no data set"
    named = queries.regions(project, ids[0])
    review.name_regions_as(project, [named[0].id], "field")
    cuts.recut_image(project, ids[1], 0.3)
    finish(pipeline.propose(project, config, only_new=True))
    found = default_granularity(project).granularity
    granularities = [record.granularity for record in queries.images(project)]
    assert granularities == [0.5, 0.3] + [found] * 8
    assert [region.id for region in queries.regions(project, ids[0])] == [region.id for region in named]


def test_a_data_set_that_is_cut_sensibly_says_so_and_nothing_is_cut_anew(project, config, monkeypatch):
    coarse_heights(monkeypatch, 1.0)
    finish(pipeline.propose(project, config, granularity=0.5))
    if not 3 <= np.exp(np.mean(np.log(counts(project)))) <= 25:
        pytest.skip("these photos are not cut sensibly by the tiny model")
    before = [region.id for image_id in queries.image_ids(project) for region in queries.regions(project, image_id)]
    assert calibrating.calibrate(project) == 0.5
    assert default_granularity(project) == DefaultGranularity(0.5, GranularitySource.IMAGES, 10)
    after = [region.id for image_id in queries.image_ids(project) for region in queries.regions(project, image_id)]
    assert after == before


def test_a_project_that_grew_is_calibrated_again(world):
    """On eight images, then on all of twenty; not on one more."""
    project = world.create(images=8)
    world.propose_tree(project, queries.image_ids(project))
    assert calibrating.wants_calibration(project)
    calibrating.calibrate(project)
    assert default_granularity(project).images == 8
    assert not calibrating.wants_calibration(project)
    ingest.add_images(project, [world.info(f"new{n}.jpg", sha256=f"{100 + n:064x}") for n in range(12)])
    ids = queries.image_ids(project)
    world.propose_tree(project, ids[8:9])
    assert not calibrating.wants_calibration(project)
    world.propose_tree(project, ids[9:])
    assert calibrating.wants_calibration(project)
    calibrating.calibrate(project)
    assert default_granularity(project).images == 20
    assert not calibrating.wants_calibration(project)


def test_too_few_images_are_no_data_set(world):
    project = world.create(images=7)
    world.propose_tree(project, queries.image_ids(project))
    assert not calibrating.wants_calibration(project)
    assert calibrating.calibrate(project) is None
    assert default_granularity(project) == STANDARD
