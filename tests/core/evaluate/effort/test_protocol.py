"""The simulated annotator on tiny sets: scores that agree with the pixels, curves that end well, a report."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from acseg_core.config import SegmenterConfig
from acseg_core.errors import ImageError
from acseg_core.evaluate.effort.costs import NAME, VIEW
from acseg_core.evaluate.effort.labelled_set import LabelledImage, LabelledSet
from acseg_core.evaluate.effort.protocol import STRATEGIES, EffortConfig, EffortError, evaluate_effort
from acseg_core.evaluate.effort.report import BY_HAND, EffortReport
from acseg_core.evaluate.effort.strategies import Regions
from acseg_core.evaluate.truth.truth_set import TruthError
from acseg_core.interruptible import run_to_end
from acseg_core.names.clustering import automatic_count, cluster
from acseg_core.shapes import masks
from acseg_core.store import create_project, queries
from acseg_core.store.edits import ingest, runs
from acseg_core.types import ImageInfo, Progress, RegionProposal, RunInfo
from acseg_core.workflows import agenda, clustering

MakeSet = Callable[[str], Path]


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


def test_sets_that_do_not_do(labelled_set: MakeSet, tiny_segmenter: SegmenterConfig) -> None:
    with pytest.raises(TruthError, match="no classes to name"):
        evaluate(labelled_set("bsds"), EffortConfig(accepted=(1,), segmenter=tiny_segmenter))
    folder = labelled_set("png")
    with pytest.raises(EffortError, match="4 images are too few for --accepted 10"):
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
