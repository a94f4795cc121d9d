"""The whole protocol on tiny sets with a tiny model, and on three real photos with the bundled one."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tiny_model import tiny_generator

from acseg_core.config import BackboneConfig, SegmenterConfig
from acseg_core.errors import ImageError
from acseg_core.evaluate.regions import protocol as protocol
from acseg_core.evaluate.regions.methods import Group, Method
from acseg_core.evaluate.regions.protocol import PEERS, RegionsConfig, evaluate_regions
from acseg_core.evaluate.regions.report import RegionsReport, Row
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.images.files import load_image
from acseg_core.interruptible import run_to_end
from acseg_core.proposals.refine import label_pixels
from acseg_core.proposals.segmenter import Segmenter
from acseg_core.types import Progress

LabelledSet = Callable[[str], Path]


def evaluate(folder: Path, config: RegionsConfig) -> tuple[RegionsReport, list[Progress]]:
    ticks: list[Progress] = []
    return run_to_end(evaluate_regions(folder, config), ticks.append), ticks


def row(report: RegionsReport, method: str, target: str) -> Row:
    (found,) = (each for each in report.rows if (each.method, each.target) == (method, target))
    return found


def of_patches(segmenter: SegmenterConfig) -> SegmenterConfig:
    """Edges are compared for trees whose leaves are clusters of patches: cells have edges of their own."""
    return replace(segmenter, tree=replace(segmenter.tree, fine="ward"))


@pytest.mark.parametrize("kind", ["coco", "png", "bsds"])
def test_every_method_at_every_count(labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig, kind: str) -> None:
    config = RegionsConfig(counts=(2, 3), ablation=True, edges=True, segmenter=of_patches(tiny_segmenter))
    report, ticks = evaluate(labelled_set(kind), config)
    assert report.kind == kind
    assert len(report.images) == 4
    ceilings = set() if kind == "bsds" else {"ceilings"}
    assert {each.target for each in report.rows} == {"2", "3", "default"} | {"ceiling" for _ in ceilings}
    assert [each.method for each in report.rows[: 1 + len(PEERS)]] == ["ours", *PEERS]
    assert {each.group for each in report.rows} == {"methods", "ablation", "edges"} | ceilings
    for each in report.rows:
        scores = each.scores
        assert scores.count_mean == pytest.approx(np.mean(each.counts))
        assert scores.covering is not None
        assert 0 < scores.covering <= 1
        assert (scores.miou is None) == (scores.accuracy is None) == (kind == "bsds")
    for count in (2, 3):
        for method in ("ours", "kmeans", "colour-kmeans", "ward", "adaptive-ward", "slic-tokens-ward", "ncut"):
            assert row(report, method, str(count)).scores.count_mean == pytest.approx(count, abs=0.26), method
    figures = ("covering",) if kind == "bsds" else ("miou", "accuracy", "covering")
    for each in report.rows:
        found = {lead.figure: lead for lead in report.leads if (lead.target, lead.method) == (each.target, each.method)}
        assert set(found) == (set() if each.method == "ours" or each.group in ("edges", "ceilings") else set(figures))
        for figure, lead in found.items():
            mine, theirs = (getattr(which.scores, figure) for which in (row(report, "ours", each.target), each))
            assert lead.difference == mine - theirs
            assert lead.low <= lead.high
    assert {each.method for each in report.correlations} == {"ours", "adaptive-ward"}
    ways = {"coco": {"instances", "components"}, "png": {"components"}, "bsds": {"people"}}
    assert set(report.truth_counts) == ways[kind]
    assert [tick.done for tick in ticks] == list(range(len(ticks)))
    assert all(tick.done <= tick.total for tick in ticks)
    assert ticks[-1].done == ticks[-1].total >= 8


def test_ceilings_are_what_leaves_patches_and_cells_could_reach(
    labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig
) -> None:
    folder = labelled_set("png")
    config = RegionsConfig(counts=(2,), peers=(), segmenter=tiny_segmenter)
    report, _ = evaluate(folder, config)
    found = {each.method: each.scores for each in report.rows if each.target == "ceiling"}
    assert list(found) == ["all leaves", "patches", "cells"]
    backbone, truths = Segmenter(tiny_segmenter).backbone, open_truth(folder)
    right = []
    for name in truths.images:
        image = load_image(folder / "images" / name)
        classes = truths.read(name, (60, 90)).classes
        assert classes is not None
        rows, columns = backbone.features([image])[0].tokens.shape[:2]
        assert found["patches"].count_mean == rows * columns
        bottoms, rights = (-(-np.arange(1, n + 1) * side // n) for n, side in ((rows, 60), (columns, 90)))
        for patch in (part for band in np.split(classes, bottoms[:-1]) for part in np.split(band, rights[:-1], axis=1)):
            right.append(np.bincount(patch.ravel()).max())
    assert found["patches"].accuracy == pytest.approx(sum(right) / (4 * 60 * 90))
    ours, leaves = row(report, "ours", "default").scores.accuracy, found["all leaves"].accuracy
    assert ours is not None
    assert leaves is not None
    assert ours <= leaves
    assert found["cells"].accuracy == pytest.approx(0.958, abs=0.03)
    assert not [lead for lead in report.leads if lead.target == "ceiling"]
    without, _ = evaluate(folder, replace(config, ceilings=False, recall=False))
    assert "ceilings" not in {each.group for each in without.rows}
    assert without.recall == ()


@pytest.mark.parametrize("kind", ["coco", "png", "bsds"])
def test_true_parts_are_looked_for_in_every_tree(
    labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig, kind: str
) -> None:
    config = RegionsConfig(counts=(2,), segmenter=tiny_segmenter)
    report, _ = evaluate(labelled_set(kind), config)
    assert [tree.method for tree in report.recall] == ["ours", "adaptive-ward", "slic-tokens-ward"]
    blocks = 1 + 2 + 3 + 1
    parts = {"coco": blocks, "png": blocks + 4, "bsds": blocks + 4 + 8}[kind]  # BSDS: fine and coarse, with the ground
    for tree in report.recall:
        everything = tree.bands[0]
        assert everything.parts == parts
        assert everything.met[0] >= everything.met[1] >= everything.met[2]
        assert tree.pieces >= tree.nodes / 2
        assert everything.overlap is not None
        assert everything.overlap > 0.3
    assert report.recall[0].nodes <= 2 * tiny_segmenter.cells.count - 1
    assert RegionsReport.from_json(report.to_json()) == report


def test_the_papers_configuration_at_its_own_count(
    labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig, tmp_path: Path
) -> None:
    """Judged once, with the concepts that win patches; beside it what cuts one tree for all, at the same mean count."""
    paper = tiny_generator(tmp_path, prototypes=6)
    config = RegionsConfig(counts=(2,), ablation=True, segmenter=tiny_segmenter, paper=paper)
    folder = labelled_set("png")
    report, _ = evaluate(folder, config)
    beside = [each.method for each in report.rows if each.target == "paper"]
    assert beside == ["ours", "adaptive-ward", "slic-tokens-ward", "paper"]
    assert [each.target for each in report.rows if each.method == "paper"] == ["paper"]
    alone = Segmenter(tiny_segmenter).with_generator(paper, kmeans_steps=0)
    counts = []
    for number in range(4):
        image = load_image(folder / "images" / f"photo{number}.png")
        maps = alone.similarity_maps(alone.backbone.features([image]))[0]
        counts.append(len(np.unique(label_pixels(maps, image, tiny_segmenter.refine))))
    judged = row(report, "paper", "paper")
    assert judged.counts == tuple(counts)
    assert row(report, "ours", "paper").scores.count_mean == pytest.approx(judged.scores.count_mean, abs=0.26)
    assert report.paper is not None
    assert report.paper.generator == paper.name
    assert RegionsReport.from_json(report.to_json()) == report


def test_fixed_clusters_match_a_default_cut_between_whole_numbers(
    labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig
) -> None:
    report, _ = evaluate(labelled_set("png"), RegionsConfig(counts=(3,), peers=("ward",), segmenter=tiny_segmenter))
    ours, ward = row(report, "ours", "default"), row(report, "ward", "default")
    assert len(ward.settings) in (1, 2)
    assert list(ward.settings) == list(range(int(ward.settings[0]), int(ward.settings[-1]) + 1))
    assert max(ward.settings) >= ours.scores.count_mean


def test_clusters_that_lose_their_pixels_are_made_up_for(
    labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = RegionsConfig(counts=(8,), peers=("ward", "adaptive-ward"), segmenter=tiny_segmenter)
    folder = labelled_set("png")
    report, ticks = evaluate(folder, config)
    assert ticks[-1].total > 8
    monkeypatch.setattr(protocol, "_CORRECTIONS", 0)
    before, _ = evaluate(folder, config)
    for method in ("ward", "adaptive-ward"):
        short, made_up = (row(each, method, "8").scores.count_mean for each in (before, report))
        assert short < 7
        assert abs(made_up - 8) < abs(short - 8) - 0.5


def test_same_seed_same_figures_whatever_the_threads(
    labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig
) -> None:
    folder = labelled_set("png")
    config = RegionsConfig(counts=(3,), segmenter=tiny_segmenter, workers=1)
    first, second = (evaluate(folder, each)[0] for each in (config, replace(config, workers=3)))
    for one, other in zip(first.rows, second.rows, strict=True):
        assert replace(one, seconds=0) == replace(other, seconds=0)
    assert first.leads == second.leads


def test_settings_for_leaves_are_those_of_our_cut(labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig) -> None:
    """Guided edges of our leaves are our own."""
    config = RegionsConfig(counts=(4,), peers=(), edges=True, segmenter=of_patches(tiny_segmenter))
    report, _ = evaluate(labelled_set("png"), config)
    for target in ("4", "default"):
        ours, guided = row(report, "ours", target), row(report, "guided filter edges", target)
        assert guided.scores.count_mean == pytest.approx(ours.scores.count_mean, abs=0.26)
        assert guided.scores.accuracy == pytest.approx(ours.scores.accuracy, abs=1e-9)


def test_the_oracle_wins_through_the_whole_protocol(
    labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A method that knows the truth scores 1 in every figure: nothing between label map and report is lost."""
    folder = labelled_set("png")
    truths = open_truth(folder)

    def knowing(scene: object, _setting: float) -> np.ndarray:
        image = scene.image  # type: ignore[attr-defined]
        name = next(
            name for name in truths.images if np.array_equal(np.asarray(Image.open(folder / "images" / name)), image)
        )
        return truths.read(name, (60, 90)).regions[0]

    cheat = Method("cheat", Group.METHODS, knowing, settings=tuple(float(count) for count in range(1, 65)))
    monkeypatch.setattr(protocol.methods, "peer_methods", lambda _reach: {"ward": cheat})
    report, _ = evaluate(folder, RegionsConfig(counts=(2,), peers=("ward",), segmenter=tiny_segmenter))
    cheated = row(report, "cheat", "2").scores
    assert (cheated.miou, cheated.accuracy, cheated.boundary_f) == (1, 1, 1)
    assert cheated.covering == pytest.approx(1)


def test_unreadable_images_are_listed(labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig) -> None:
    folder = labelled_set("png")
    config = RegionsConfig(counts=(2,), peers=(), segmenter=tiny_segmenter)
    (folder / "images" / "photo1.png").write_bytes(b"no image")
    report, ticks = evaluate(folder, config)
    assert [file.path for file in report.skipped] == ["photo1.png"]
    assert len(report.images) == 3
    assert ticks[-1].done == ticks[-1].total == 8
    for number in (0, 2, 3):
        (folder / "images" / f"photo{number}.png").write_bytes(b"no image")
    with pytest.raises(ImageError, match="no other image can be used"):
        evaluate(folder, config)


def test_a_limit_takes_images_from_all_over_the_set(labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig) -> None:
    config = RegionsConfig(counts=(2,), peers=(), limit=2, segmenter=tiny_segmenter)
    assert evaluate(labelled_set("png"), config)[0].images == ("photo0.png", "photo2.png")


def test_closing_cancels_and_leaves_nothing_behind(
    labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    work = evaluate_regions(labelled_set("png"), RegionsConfig(counts=(2,), segmenter=tiny_segmenter))
    for _ in range(3):
        next(work)
    assert list(place.iterdir())
    work.close()
    assert not list(place.iterdir())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"counts": (0,)}, "counts"),
        ({"counts": (4, 4)}, "counts"),
        ({"peers": ("sam",)}, "sam"),
        ({"limit": 0}, "lim"),
    ],
)
def test_settings_out_of_range(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RegionsConfig(**changes)  # type: ignore[arg-type]


def test_three_photos_with_the_bundled_model(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "coco-mini"
    if not source.is_dir():
        pytest.skip(f"needs {source}")
    (tmp_path / "images").mkdir()
    shutil.copy(source / "instances.json", tmp_path)
    for path in sorted((source / "images").iterdir())[:3]:
        shutil.copy(path, tmp_path / "images")
    segmenter = SegmenterConfig(backbone=BackboneConfig(device="cpu", input_size=336))
    config = RegionsConfig(counts=(8,), peers=("ward", "adaptive-ward", "slic"), segmenter=segmenter)
    report, _ = evaluate(tmp_path, config)
    assert len(report.skipped) == 61  # in the file, but not in the folder
    ours, superpixels = row(report, "ours", "8").scores, row(report, "slic", "8").scores
    for method in ("ours", "ward", "adaptive-ward"):
        scores = row(report, method, "8").scores
        assert scores.count_mean == pytest.approx(8, abs=0.4)
        assert scores.accuracy is not None
        assert scores.miou is not None
        assert 0.75 < scores.accuracy < 1
        assert 0.3 < scores.miou < 1
    assert ours.accuracy is not None
    assert superpixels.accuracy is not None
    assert ours.accuracy > superpixels.accuracy
    assert ours.boundary_f > superpixels.boundary_f
