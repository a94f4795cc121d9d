"""The simulated annotator on tiny sets: scores that agree with the pixels, curves that end well, a report."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from acseg_core.config import SegmenterConfig
from acseg_core.errors import ImageError
from acseg_core.evaluate.effort import propagation, review_pass, strategies
from acseg_core.evaluate.effort.costs import NAME, SPLIT, STROKE, VIEW
from acseg_core.evaluate.effort.labelled_set import LabelledImage, LabelledSet, read_labelled_set
from acseg_core.evaluate.effort.protocol import STRATEGIES, EffortConfig, EffortError, evaluate_effort
from acseg_core.evaluate.effort.report import BY_HAND, EffortReport, StrategyCurve
from acseg_core.evaluate.effort.score_table import Point, ScoreTable
from acseg_core.evaluate.effort.strategies import Regions
from acseg_core.evaluate.metrics import class_band
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.evaluate.truth.truth_set import TruthError
from acseg_core.interruptible import run_to_end
from acseg_core.names import dense
from acseg_core.names.clustering import automatic_count, cluster
from acseg_core.names.patch_classifier import PatchClassifier
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.store.edits import ingest, runs
from acseg_core.types import ImageInfo, Progress, RegionProposal, RunInfo
from acseg_core.workflows import agenda, clustering

MakeSet = Callable[[str], Path]


@pytest.fixture
def labelled(labelled_set: MakeSet, tiny_segmenter: SegmenterConfig) -> LabelledSet:
    truth = open_truth(labelled_set("png"))
    work = read_labelled_set(truth, truth.images, tiny_segmenter, granularity=0.3, ticks=4)
    return run_to_end(work, lambda tick: None)


def painted(labelled: LabelledSet, table: ScoreTable, keys: dict[int, np.ndarray]) -> list[np.ndarray]:
    """The name of every pixel, piece by piece."""
    maps = [np.full(image.tree.leaf_map.shape, -1) for image in labelled.images]
    for piece, name in zip(table.pieces, table.names, strict=True):
        inside = np.isin(labelled.images[piece.image].tree.leaf_map, piece.leaves)
        if piece.image in keys:
            inside &= keys[piece.image] == piece.key
        assert np.all(maps[piece.image][inside] == -1), "pieces overlap"
        maps[piece.image][inside] = name
    return maps


def accuracy(labelled: LabelledSet, maps: list[np.ndarray]) -> float:
    truths = [labelled.true_classes(image) for image in range(len(maps))]
    right = sum(int(((given == truth) & (truth >= 0)).sum()) for given, truth in zip(maps, truths, strict=True))
    return right / sum(int((truth >= 0).sum()) for truth in truths)


def test_a_labelled_set_knows_its_pixels(labelled: LabelledSet) -> None:
    for number, image in enumerate(labelled.images):
        truth = labelled.true_classes(number)
        assert image.pixels.sum() == (truth >= 0).sum()
        assert sorted(set(image.region_of.tolist())) == list(range(image.regions))
        sizes = np.bincount(image.label_map.ravel())
        assert sizes.tolist() == sorted(sizes.tolist(), reverse=True)
        for region, piece in enumerate(strategies.region_pieces(labelled, number)):
            inside = image.label_map == region
            assert piece.known.tolist()[:3] == [int((truth[inside] == label).sum()) for label in range(3)]
    assert [image.instances for image in labelled.images] == [2, 3, 4, 2]


def test_the_books_agree_with_the_pixels_after_names_splits_and_strokes(
    labelled: LabelledSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_pass, "SMALLEST_SPLIT", 0.0005)
    keys = {image: np.maximum(labelled.true_classes(image) - image % 2, 0) for image in (1, 2)}
    pieces = [
        piece
        for image in range(4)
        for piece in (
            propagation.keyed_pieces(labelled, image, keys[image])
            if image in keys
            else strategies.region_pieces(labelled, image)
        )
    ]
    table = ScoreTable(pieces, labelled.classes)
    table.assume(range(len(pieces)), [piece.key for piece in pieces])
    assert table.curve[-1].accuracy == pytest.approx(accuracy(labelled, painted(labelled, table, keys)))
    review_pass.check_names(table, (0,))
    assert table.curve[-1].accuracy == pytest.approx(accuracy(labelled, painted(labelled, table, keys)))
    checked = len(table.pieces)
    review_pass.split_mixed(table, labelled)
    assert len(table.pieces) > checked
    maps = painted(labelled, table, keys)
    assert table.curve[-1].accuracy == pytest.approx(accuracy(labelled, maps))
    before = table.curve[-1]
    review_pass.brush(table, labelled, keys)
    after = table.curve[-1]
    strokes = after.actions - before.actions
    assert strokes > 0
    assert after.seconds - before.seconds == strokes * STROKE
    assert before.accuracy < after.accuracy < 1  # the last pixels along the boundaries stay
    gains = np.diff([point.accuracy for point in table.curve if point.stage == "strokes"])
    assert np.all(gains[1:] <= gains[:-1] + 1e-12)


def test_accepted_images_have_augmented_views_computed_only_once(
    labelled_set: MakeSet, tiny_segmenter: SegmenterConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = open_truth(labelled_set("png"))
    work = read_labelled_set(truth, truth.images, tiny_segmenter, granularity=0.3, ticks=4, multi_crops=tmp_path)
    labelled = run_to_end(work, lambda tick: None)
    computed, learned, add = [], [], PatchClassifier.add
    compute = labelled.compute
    labelled = replace(labelled, compute=lambda images: computed.append(len(images)) or compute(images))
    monkeypatch.setattr(PatchClassifier, "add", lambda self, *some: learned.append(some[1]) or add(self, *some))
    monkeypatch.setattr(dense, "FEWEST_PSEUDO_LABELLED", 2)
    pseudo, add_pseudo = [], PatchClassifier.add_pseudo_labelled
    monkeypatch.setattr(
        PatchClassifier, "add_pseudo_labelled", lambda self, some: pseudo.append(some) or add_pseudo(self, some)
    )
    maps = {image: labelled.true_classes(image) for image in (2, 0)}
    for _ in range(2):
        run_to_end(
            propagation.predict_rest(labelled, maps, seed=0, workers=1, ticks=(0, 4)),
            lambda tick: None,
        )
    assert sum(computed) == len(maps) * len(dense.AUGMENTATIONS) * 5, "each as a whole and in quarters"
    expected = [
        each for image in (2, 0) for each in (maps[image], *(each.align(maps[image]) for each in dense.AUGMENTATIONS))
    ]
    for found, label_map in zip(learned, 2 * expected, strict=True):
        np.testing.assert_array_equal(found, label_map)
    others = [dense.patch_descriptors(labelled.images[image].all_tokens) for image in (1, 3)]
    for found, other in zip(pseudo, 2 * others, strict=True):
        np.testing.assert_array_equal(found, other)


def test_a_stroke_reaches_only_so_far(labelled: LabelledSet, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is named: all known pixels away from boundaries are wrong, and painted cell by cell."""
    monkeypatch.setattr(review_pass, "SMALLEST_STROKE", 0)
    pieces = [piece for image in range(4) for piece in strategies.region_pieces(labelled, image)]
    table = ScoreTable(pieces, labelled.classes)
    review_pass.brush(table, labelled, {})
    largest = table.curve[1].accuracy * sum(int(piece.known.sum()) for piece in pieces)
    assert 0 < largest <= 15 * 15  # a sixth of 90 pixels
    truths = [labelled.true_classes(image) for image in range(4)]
    away = sum(int(((truth >= 0) & ~class_band(truth)).sum()) for truth in truths)
    assert table.curve[-1].accuracy == pytest.approx(away / sum(int((truth >= 0).sum()) for truth in truths))


def test_splits_are_paid_for(labelled: LabelledSet) -> None:
    regions = Regions(labelled)
    table = ScoreTable(regions.pieces, labelled.classes)
    strategies.name_regions(table, regions.of_image)
    named = table.curve[-1]
    review_pass.check_names(table, range(4))
    assert table.curve[-1] == named
    review_pass.split_mixed(table, labelled)
    split = table.curve[-1]
    names, splits = split.names - named.names, len(table.pieces) - len(regions)
    assert split.seconds - named.seconds == names * NAME + splits * SPLIT
    assert split.accuracy >= named.accuracy


def test_true_keys_make_perfect_pieces(labelled: LabelledSet) -> None:
    keys = {image: np.maximum(labelled.true_classes(image), 0) for image in range(4)}
    pieces = [piece for image in range(4) for piece in propagation.keyed_pieces(labelled, image, keys[image])]
    table = ScoreTable(pieces, labelled.classes)
    table.assume(range(len(pieces)), [piece.key for piece in pieces])
    assert (table.curve[-1].accuracy, table.curve[-1].miou) == (1, 1)
    review_pass.split_mixed(table, labelled)
    review_pass.brush(table, labelled, keys)
    assert table.curve[-1].actions == 0


def evaluate(folder: Path, config: EffortConfig) -> tuple[EffortReport, list[Progress]]:
    ticks: list[Progress] = []
    return run_to_end(evaluate_effort(folder, config), ticks.append), ticks


@pytest.mark.parametrize("kind", ["png", "coco"])
def test_every_strategy(labelled_set: MakeSet, tiny_segmenter: SegmenterConfig, kind: str) -> None:
    config = EffortConfig(accepted=(1, 2), seeds=2, reference=True, granularity=0.4, segmenter=tiny_segmenter)
    report, ticks = evaluate(labelled_set(kind), config)
    dense = ["dense from 1", "dense from 1 by hand", "dense from 2", "dense from 2 by hand"]
    assert [curve.strategy for curve in report.curves] == [*STRATEGIES[:-1], *dense]
    region = report.curves[0]
    assert region.named.names == report.regions
    assert region.named.actions == report.regions + 4
    for curve in report.curves:
        seconds = [point.seconds for point in curve.points]
        assert seconds == sorted(seconds)
        assert curve.points[-1] == curve.end
        assert curve.goal is None or curve.goal.accuracy >= 0.9
        assert curve.named.accuracy <= curve.checked.accuracy <= curve.end.accuracy
        assert curve.milestones[0].seconds <= 5 * 4
    for curve in report.curves[:6]:
        assert curve.checked.accuracy == pytest.approx(region.checked.accuracy)  # every region has its best name
    by_hand = report.curves[7]
    assert by_hand.named.seconds == BY_HAND
    assert [(each.accepted, each.taught, each.chosen) for each in report.propagation] == [
        (count, taught, chosen)
        for count in (1, 2)
        for taught in ("named regions", "true maps")
        for chosen in ("by the queue", "at random")
    ]
    for each in report.propagation:
        assert len(each.accuracy) == len(each.miou) == (1 if each.chosen == "by the queue" else 2)
    plain, split, reviewed, taken = (report.clusters[way::4] for way in range(4))
    assert [share.names for share in plain] == sorted(share.names for share in plain)
    assert {share.splits for share in plain} == {0}
    assert all(after.names <= before.names for before, after in zip(plain, split, strict=True))
    for before, after, at_once in zip(plain, reviewed, taken, strict=True):
        assert before.names == after.names == at_once.names
        assert (before.looks, before.renamed, at_once.looks) == (0, 0, 0)
        assert after.accuracy >= before.accuracy
        assert after.seconds == before.seconds + after.looks * VIEW + after.renamed * NAME
        assert at_once.seconds == before.seconds + NAME
    assert all(share.of_accuracy <= 1 + 1e-9 for share in report.clusters)
    assert report.instances == sum(1 + number % 3 for number in range(4)) + 4 * (kind == "png")
    assert [tick.done for tick in ticks] == sorted(tick.done for tick in ticks)
    assert ticks[-1].done == ticks[-1].total == max(tick.total for tick in ticks)
    content = json.loads(report.to_json())
    assert content["costs"]["name"] == 2
    assert content["references"]["every pixel by hand, 19 min per image"] == 4 * 1140
    assert len(content["curves"]) == 10


def test_the_simulated_queue_is_the_projects(labelled: LabelledSet, tmp_path: Path) -> None:
    """The same regions in a project, clustered as here, are proposed for review in the same order."""
    regions = Regions(labelled)
    clusters = automatic_count(len(regions))
    made = run_to_end(cluster(regions.descriptors), lambda tick: None).cut(clusters)
    run = RunInfo("vit", "b" * 64, "acg", "a" * 64, "{}", "0.1.0")
    with create_project(tmp_path / "project", image_root=tmp_path) as project:
        sizes = [image.tree.leaf_map.shape for image in labelled.images]
        ingest.add_images(
            project,
            [ImageInfo(f"{n}.png", f"{n:064x}", 1, 1, *size[::-1], *size[::-1]) for n, size in enumerate(sizes)],
        )
        run_id = runs.begin_run(project, run)
        for image_id, image in zip(queries.image_ids(project), labelled.images, strict=True):
            runs.save_proposals(project, run_id, image_id, proposals(image))
        runs.finish_run(project, run_id)
        run_to_end(clustering.cluster_regions(project), lambda tick: None)
        assert agenda.review_order(project) == [image + 1 for image in regions.queue(made)]


def proposals(image: LabelledImage) -> list[RegionProposal]:
    found = masks.encode_label_map(image.label_map)
    return [
        RegionProposal(
            number,
            found[number],
            masks.bounding_box(found[number]),
            masks.area(found[number]),
            image.descriptors[number],
        )
        for number in range(image.regions)
    ]


def test_same_seed_same_figures(labelled_set: MakeSet, tiny_segmenter: SegmenterConfig) -> None:
    folder = labelled_set("png")
    first, second = (
        evaluate(folder, EffortConfig(accepted=(2,), seeds=2, workers=workers, segmenter=tiny_segmenter))[0]
        for workers in (1, 3)
    )
    assert (first.curves, first.propagation) == (second.curves, second.propagation)


def test_a_curve_keeps_its_ends_and_finds_its_goal() -> None:
    curve = [Point("names" if n < 500 else "strokes", n, n, float(n), n / 1000, 0.0) for n in range(1000)]
    kept = StrategyCurve.of("test", curve, images=10)
    assert (kept.points[0], kept.points[-1]) == (curve[0], curve[-1])
    assert len(kept.points) <= 303
    assert kept.named in kept.points
    assert (kept.named, kept.checked) == (curve[499], curve[499])
    assert [point.seconds for point in kept.milestones] == [50, 100, 200, 400]
    assert kept.goal == curve[900]
    assert StrategyCurve.of("test", curve[:500], images=10).goal is None


def test_sets_that_do_not_do(labelled_set: MakeSet, tiny_segmenter: SegmenterConfig) -> None:
    with pytest.raises(TruthError, match="no classes to name"):
        evaluate(labelled_set("bsds"), EffortConfig(accepted=(1,), segmenter=tiny_segmenter))
    folder = labelled_set("png")
    with pytest.raises(EffortError, match="4 images are too few to accept 10"):
        evaluate(folder, EffortConfig(segmenter=tiny_segmenter))
    (folder / "images" / "photo1.png").write_bytes(b"no image")
    with pytest.raises(EffortError, match="too few of its images can be read"):
        evaluate(folder, EffortConfig(accepted=(3,), segmenter=tiny_segmenter))
    report, _ = evaluate(folder, EffortConfig(strategies=("region",), segmenter=tiny_segmenter))
    assert [file.path for file in report.skipped] == ["photo1.png"]
    for number in (0, 2, 3):
        (folder / "images" / f"photo{number}.png").write_bytes(b"no image")
    with pytest.raises(ImageError):
        evaluate(folder, EffortConfig(strategies=("region",), segmenter=tiny_segmenter))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"strategies": ("guess",)}, "guess"),
        ({"strategies": ()}, "no strategy"),
        ({"granularity": 2.0}, "granularity"),
        ({"accepted": (0,)}, "at least 1"),
        ({"seeds": 0}, "at least 1"),
        ({"limit": 0}, "limit"),
    ],
)
def test_settings_out_of_range(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        EffortConfig(**changes)  # type: ignore[arg-type]
