"""The protocol `acseg eval effort`: a simulated annotator labels a whole set, once with each strategy.

Every name is the oracle's: the class that most known pixels have. What is suggested counts as it stands, as it could be
accepted at any time; what has no name is wrong. At the end of each strategy the annotator reviews what nobody has
viewed yet, then splits and brushes, so that all strategies can be timed to the same quality.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import SegmenterConfig
from acseg_core.errors import AcsegError
from acseg_core.evaluate.effort import propagation, review_pass, strategies
from acseg_core.evaluate.effort.labelled_set import LabelledSet, Labels, read_labelled_set
from acseg_core.evaluate.effort.report import BY_HAND, ClusterShare, EffortReport, Propagation, StrategyCurve
from acseg_core.evaluate.effort.score_table import ScoreTable
from acseg_core.evaluate.effort.strategies import Regions
from acseg_core.evaluate.regions.protocol import spread
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.evaluate.truth.truth_set import TruthKind
from acseg_core.names import clustering
from acseg_core.names.clustering import Clustering
from acseg_core.proposals.tree import DEFAULT_GRANULARITY
from acseg_core.types import Progress

STRATEGIES = ("region", "cluster", "cluster+doubts", "pure-cluster", "suggest", "cluster+suggest", "dense")
"""Strategies: by region; by cluster; by cluster, then doubtful names; by cluster, split when impure; by region with
suggestions; clusters, then suggestions; dense propagation."""

_SHARES = (32, 16, 8, 4, 2)
"""Regions for each cluster, where naming by cluster is compared with naming every region."""

NAMED_REGIONS, TRUE_MAPS = "named regions", "true maps"

BY_QUEUE, AT_RANDOM = "by the queue", "at random"


class EffortError(AcsegError):
    """The set does not allow what is asked."""


@dataclass(frozen=True, slots=True)
class EffortConfig:
    """What is simulated.

    Attributes:
        truth: Form of the ground truth.
        limit: Images, at most, spread evenly over the set; None takes all.
        granularity: Of the cut, 0..1.
        strategies: Some of `STRATEGIES`.
        accepted: Images accepted before dense propagation.
        seeds: Random choices of these images, beside the queue's.
        reference: Also with accepted images whose every pixel is true, at `BY_HAND` seconds each.
        seed: Random state of the clustering, and of the first random choice.
        segmenter: Backbone, generator, edges and tree.
        workers: Threads.
    """

    truth: TruthKind = TruthKind.AUTO
    limit: int | None = None
    granularity: float = DEFAULT_GRANULARITY
    strategies: tuple[str, ...] = STRATEGIES
    accepted: tuple[int, ...] = (3, 10)
    seeds: int = 5
    reference: bool = False
    seed: int = 0
    segmenter: SegmenterConfig = field(default_factory=SegmenterConfig)
    workers: int = 2

    def __post_init__(self) -> None:
        unknown = sorted(set(self.strategies) - set(STRATEGIES))
        if unknown:
            raise ValueError(f"no such strategy: {', '.join(unknown)}; choose from {', '.join(STRATEGIES)}")
        if not self.strategies:
            raise ValueError(f"no strategy given; choose from {', '.join(STRATEGIES)}")
        if not 0 <= self.granularity <= 1:
            raise ValueError(f"granularity must be between 0 and 1, got {self.granularity}")
        if min((*self.accepted, self.seeds, self.workers), default=0) < 1:
            raise ValueError("accepted images, seeds and workers must be at least 1")
        if self.limit is not None and self.limit < 1:
            raise ValueError(f"limit must be at least 1, got {self.limit}")

    @property
    def training_labels(self) -> tuple[str, ...]:
        """Kinds of labels that dense propagation learns from."""
        return (NAMED_REGIONS, TRUE_MAPS) if self.reference else (NAMED_REGIONS,)

    def ticks(self, images: int) -> int:
        """Of the whole run."""
        dense = sum(images - count for count in self.accepted) * (1 + self.seeds) * len(self.training_labels)
        return images + len(self.strategies) + (dense if "dense" in self.strategies else 0)


def evaluate_effort(folder: Path, config: EffortConfig | None = None) -> Generator[Progress, None, EffortReport]:
    """Let the simulated annotator label a set with each strategy; closing the generator cancels.

    Args:
        folder: Holds ``images/`` and the ground truth; see `open_truth`.
        config: What is simulated; the defaults if left out.

    Yields:
        A tick for each image, each strategy, and each image predicted.

    Returns:
        Every figure.

    Raises:
        TruthError: The ground truth is missing, broken, has no classes, or does not fit its images.
        EffortError: There are too few images to accept some and predict the rest.
        ModelError: Backbone or generator cannot be had.
    """
    with tempfile.TemporaryDirectory(prefix="acseg-") as multi_crops:
        return (yield from _evaluated(folder, config or EffortConfig(), Path(multi_crops)))


def _evaluated(folder: Path, config: EffortConfig, multi_crops: Path) -> Generator[Progress, None, EffortReport]:
    start = time.perf_counter()
    truth = open_truth(folder, config.truth)
    names = spread(truth.images, config.limit)
    if "dense" in config.strategies and max(config.accepted, default=0) >= len(names):
        raise EffortError(
            f"{folder}: {len(names)} images are too few for --accepted {max(config.accepted)}; give a smaller number"
        )
    total = config.ticks(len(names))
    labelled = yield from read_labelled_set(
        truth,
        names,
        config.segmenter,
        granularity=config.granularity,
        ticks=total,
        multi_crops=multi_crops if "dense" in config.strategies else None,
    )
    if "dense" in config.strategies and max(config.accepted) >= len(labelled.images):
        raise EffortError(
            f"{folder}: too few of its images can be read for --accepted {max(config.accepted)}; give a smaller number"
        )
    regions = Regions(labelled)
    cluster_tree = yield from _cluster_tree(regions, config, total)
    curves, done = [], len(names)
    for strategy in config.strategies:
        if strategy != "dense":
            curve = _curve(labelled, regions, cluster_tree, strategy, config)
            curves.append(StrategyCurve.of(strategy, curve.curve, len(labelled.images)))
            done += 1
            yield Progress(done, total, strategy)
    found: list[Propagation] = []
    if "dense" in config.strategies:
        queue = regions.queue(cluster_tree.cut(clustering.automatic_count(len(regions))))
        more, found = yield from _dense(labelled, regions, queue, config, done, total)
        curves += more
    return EffortReport(
        folder=str(folder),
        kind=truth.kind,
        images=tuple(image.name for image in labelled.images),
        skipped=labelled.skipped,
        class_names=truth.class_names,
        granularity=config.granularity,
        regions=len(regions),
        instances=sum(image.instances for image in labelled.images),
        curves=tuple(curves),
        clusters=_shares(labelled, regions, cluster_tree, seed=config.seed),
        propagation=tuple(found),
        seed=config.seed,
        run=labelled.run,
        seconds=time.perf_counter() - start,
    )


def _cluster_tree(regions: Regions, config: EffortConfig, total: int) -> Generator[Progress, None, Clustering]:
    """Cluster all regions; the ticks stay where they are."""
    work = clustering.cluster(regions.descriptors, seed=config.seed)
    while True:
        try:
            next(work)
        except StopIteration as end:
            made: Clustering = end.value
            return made
        yield Progress(len(regions.of_image), total, "grouping")


def _curve(
    labelled: LabelledSet, regions: Regions, cluster_tree: Clustering, strategy: str, config: EffortConfig
) -> ScoreTable:
    """One strategy but the dense one, from nothing to the end."""
    table = ScoreTable(regions.pieces, labelled.classes)
    clusters = cluster_tree.cut(clustering.automatic_count(len(regions)))
    images = [regions.of_image[image] for image in regions.queue(clusters)]
    ways: dict[str, Callable[[], object]] = {
        "region": lambda: strategies.name_regions(table, images),
        "cluster": lambda: strategies.name_clusters(table, clusters),
        "cluster+doubts": lambda: strategies.name_clusters_and_review_doubts(table, regions, clusters),
        "pure-cluster": lambda: strategies.name_pure_clusters(table, regions, clusters, seed=config.seed),
        "suggest": lambda: strategies.name_with_suggestions(table, regions, images),
        "cluster+suggest": lambda: strategies.name_with_suggestions(
            table, regions, images, strategies.name_first_clusters(table, clusters)
        ),
    }
    ways[strategy]()
    by_cluster = strategy in ("cluster", "cluster+doubts", "pure-cluster")
    _review(table, labelled, done=() if by_cluster else range(len(labelled.images)))
    return table


def _review(
    table: ScoreTable,
    labelled: LabelledSet,
    *,
    done: tuple[int, ...] | range,
    keys: Mapping[int, NDArray[np.integer]] | None = None,
) -> None:
    review_pass.check_names(table, done)
    review_pass.split_mixed(table, labelled)
    review_pass.brush(table, labelled, keys or {})


def _dense(
    labelled: LabelledSet, regions: Regions, queue: list[int], config: EffortConfig, done: int, total: int
) -> Generator[Progress, None, tuple[list[StrategyCurve], list[Propagation]]]:
    """Dense propagation from several numbers of accepted images, with a curve for those that the queue proposes."""
    curves, found = [], []
    images = len(labelled.images)
    for count in config.accepted:
        at_random = [
            np.random.default_rng(config.seed + number).choice(images, count, replace=False).tolist()
            for number in range(config.seeds)
        ]
        for kind in config.training_labels:
            scores = []
            for number, chosen in enumerate([queue[:count], *at_random]):
                maps = {image: _training_map(labelled, regions, image, kind) for image in chosen}
                predicted = yield from propagation.predict_rest(
                    labelled, maps, seed=config.seed, workers=config.workers, ticks=(done, total)
                )
                done += images - count
                scores.append(propagation.scores(predicted) if predicted else (0.0, 0.0))
                if number == 0:
                    keys = {each.image: each.keys for each in predicted}
                    table = _propagated(labelled, chosen, keys, kind)
                    extra = "" if kind == NAMED_REGIONS else " by hand"
                    curves.append(StrategyCurve.of(f"dense from {count}{extra}", table.curve, images))
            for way, some in ((BY_QUEUE, scores[:1]), (AT_RANDOM, scores[1:])):
                accuracy, miou = zip(*some, strict=True)
                found.append(Propagation(count, kind, way, accuracy, miou))
    yield Progress(total, total, "dense")
    return curves, found


def _training_map(labelled: LabelledSet, regions: Regions, image: int, kind: str) -> Labels:
    """(H, W) int32 classes that are learned from an accepted image."""
    if kind == TRUE_MAPS:
        return labelled.true_classes(image)
    table = ScoreTable(strategies.region_pieces(labelled, image), labelled.classes)
    names = np.array([table.oracle([piece]) for piece in range(len(regions.of_image[image]))], np.int32)
    return names[labelled.images[image].label_map]


def _propagated(
    labelled: LabelledSet, chosen: list[int], predicted: Mapping[int, NDArray[np.integer]], kind: str
) -> ScoreTable:
    """The curve: label the accepted images, take over what is predicted of the others, and finish."""
    keys = dict(predicted)
    if kind == TRUE_MAPS:
        keys |= {image: np.maximum(labelled.true_classes(image), 0) for image in chosen}
    pieces = []
    for image in (*chosen, *(image for image in range(len(labelled.images)) if image not in chosen)):
        own = propagation.keyed_pieces(labelled, image, keys[image]) if image in keys else None
        pieces += strategies.region_pieces(labelled, image) if own is None else own
    table = ScoreTable(pieces, labelled.classes)
    for image in chosen:
        mine = [number for number, piece in enumerate(pieces) if piece.image == image]
        if kind == TRUE_MAPS:
            table.spend(BY_HAND)
            table.assume(mine, [pieces[number].key for number in mine])
        else:
            strategies.name_regions(table, [range(mine[0], mine[-1] + 1)])
    rest = [number for number, piece in enumerate(pieces) if piece.image in predicted]
    table.assume(rest, [pieces[number].key for number in rest])
    _review(table, labelled, done=tuple(chosen), keys=keys)
    return table


def _shares(
    labelled: LabelledSet, regions: Regions, cluster_tree: Clustering, *, seed: int
) -> tuple[ClusterShare, ...]:
    """Naming by cluster at several counts, against naming every region.

    Each count also with half of the clusters and splits, with a view of all doubtful names, and with sure ones taken.
    """
    every = ScoreTable(regions.pieces, labelled.classes)
    strategies.name_regions(every, regions.of_image)
    best = every.curve[-1]
    found = []
    for share, way in product(_SHARES, ("plain", "splits", "doubts", "sure doubts")):
        table = ScoreTable(regions.pieces, labelled.classes)
        count, splits, views, renamed = max(1, len(regions) // share), 0, 0, 0
        if way == "splits":
            half = cluster_tree.cut(max(1, count // 2))
            splits = strategies.name_divided_clusters(table, regions, half, count=count, seed=seed)
        else:
            strategies.name_clusters(table, cluster_tree.cut(count))
        names = table.curve[-1].names
        if way == "doubts":
            views, renamed = strategies.review_doubtful_names(table, regions)
        elif way == "sure doubts":
            renamed = strategies.take_sure_doubts(table, regions)
        end = table.curve[-1]
        found.append(
            ClusterShare(
                names=names,
                splits=splits,
                looks=views,
                renamed=renamed,
                seconds=end.seconds,
                of_names=names / len(regions),
                accuracy=end.accuracy,
                miou=end.miou,
                of_accuracy=end.accuracy / max(best.accuracy, 1e-12),
                of_miou=end.miou / max(best.miou, 1e-12),
            )
        )
    return tuple(found)
