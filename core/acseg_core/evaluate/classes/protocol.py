"""The protocol `acseg eval classes`, the paper's: classes without any label.

Descriptors of all regions go through k-means into C clusters. One Hungarian assignment for the whole set matches the
clusters with the true classes. Assignments made image by image know the truth of each image and score much higher:
such figures are not to be compared with these.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from acseg_core.config import DEFAULT_BACKBONE, SegmenterConfig
from acseg_core.errors import AcsegError
from acseg_core.evaluate.classes.clustered_regions import (
    ClusteredRegions,
    own_regions,
    peer_regions,
    published_regions,
)
from acseg_core.evaluate.classes.report import ClassesReport, ClassesRow
from acseg_core.evaluate.effort.labelled_set import LabelledSet, class_table, read_labelled_set
from acseg_core.evaluate.metrics import ClassCounts, mean_iou, pixel_accuracy
from acseg_core.evaluate.regions.protocol import spread
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.evaluate.truth.truth_set import TruthKind
from acseg_core.nets.generator import ConceptGenerator
from acseg_core.proposals.patches import describe
from acseg_core.proposals.refine import label_pixels
from acseg_core.proposals.segmenter import check_fit, published_generator
from acseg_core.proposals.tree import DEFAULT_GRANULARITY
from acseg_core.types import Progress

_MATCHED = ("kmeans", "ward")
_FIXED = ("kmeans-5", "spectral-5", "ward-5")
"""Peers with the number of regions that the paper fixes for those it compares ACSeg with."""

_MOST_CLASSES = 256
"""Classes, at most, as label maps are bytes."""


class ClassesError(AcsegError):
    """The set does not allow what is asked."""


@dataclass(frozen=True, slots=True)
class ClassesConfig:
    """What is compared.

    Attributes:
        truth: Form of the ground truth.
        limit: Images, at most, spread evenly over the set; None takes all.
        classes: C, clusters to make; None takes the classes that occur.
        granularity: Of the cut, 0..1.
        seeds: Of k-means over the set.
        seed: The first of them.
        foreground: Also with what the backbone does not attend to taken for the background.
        peers: Also k-means and Ward regions, as many as ours and a fixed number in every image, spectral clusters
            likewise, ACSeg as published, and patches.
        paper: Generator of the paper's configuration; None takes the bundled one, where it fits the backbone.
        segmenter: Backbone, generator, edges and tree.
    """

    truth: TruthKind = TruthKind.AUTO
    limit: int | None = None
    classes: int | None = None
    granularity: float = DEFAULT_GRANULARITY
    seeds: int = 5
    seed: int = 0
    foreground: bool = False
    peers: bool = True
    paper: Path | None = None
    segmenter: SegmenterConfig = field(default_factory=SegmenterConfig)

    def __post_init__(self) -> None:
        if self.classes is not None and not 2 <= self.classes <= _MOST_CLASSES:
            raise ValueError(f"classes must be from 2 to {_MOST_CLASSES}, got {self.classes}")
        if not 0 <= self.granularity <= 1:
            raise ValueError(f"granularity must be between 0 and 1, got {self.granularity}")
        if self.seeds < 1 or (self.limit is not None and self.limit < 1):
            raise ValueError("seeds and limit must be at least 1")


def hungarian(confusion: NDArray[np.int64]) -> NDArray[np.intp]:
    """Match clusters with classes, one to one, so that as many pixels as possible agree (Kuhn, 1955).

    Args:
        confusion: (K, C) int64, pixels of each class in every cluster of the whole set.

    Returns:
        (K,) class of every cluster, -1 for those left over when K is greater than C.
    """
    given = np.full(len(confusion), -1)
    clusters, classes = linear_sum_assignment(confusion, maximize=True)
    given[clusters] = classes
    return given


def matched_scores(confusion: NDArray[np.int64]) -> tuple[float, float]:
    """Mean IoU and pixel accuracy of (K, C) clusters once they are matched; what is left over is wrong."""
    classes = confusion.shape[1]
    matched = np.zeros((classes + 1, classes), np.int64)
    np.add.at(matched, hungarian(confusion), confusion)
    counts = ClassCounts(matched[:classes].diagonal().copy(), matched[:classes].sum(axis=1), confusion.sum(axis=0))
    return mean_iou(counts), pixel_accuracy(counts)


def evaluate_classes(folder: Path, config: ClassesConfig | None = None) -> Generator[Progress, None, ClassesReport]:
    """Find classes without labels, and match them with the true ones; closing the generator cancels.

    Args:
        folder: Holds ``images/`` and the ground truth; see `open_truth`.
        config: What is compared; the defaults if left out.

    Yields:
        A tick for each image of each method, and for each k-means over the set.

    Returns:
        Every figure.

    Raises:
        TruthError: The ground truth is missing, broken, has no classes, or does not fit its images.
        ClassesError: There is no background class for the foreground to stand out from, or too few regions.
        ModelError: Backbone or generator cannot be had.
    """
    config = config or ClassesConfig()
    start = time.perf_counter()
    truth = open_truth(folder, config.truth)
    if config.foreground and truth.kind is not TruthKind.COCO:
        raise ClassesError(
            f"{folder}: --foreground needs ground truth with a background, which only COCO instances have"
        )
    names = spread(truth.images, config.limit)
    published = _published_file(config)
    peers = (*_MATCHED, *(("acseg",) if published else ()), *_FIXED) if config.peers else ()
    ways = ("ours", *peers, *(("patches",) if config.peers else ()))
    total = len(names) * len(ways) + config.seeds * (len(ways) + config.foreground)
    labelled = yield from read_labelled_set(truth, names, config.segmenter, granularity=config.granularity, ticks=total)
    done = len(names)
    regions = {"ours": own_regions(labelled)}
    for way in peers:
        if way == "acseg" and published is not None:
            generator = _load_published(published, labelled)
            regions[way] = yield from published_regions(labelled, generator, way, done, total)
        else:
            regions[way] = yield from peer_regions(labelled, way, config.seed, done, total)
        done += len(labelled.images)
    occurring = int((regions["ours"].pixels.sum(axis=0) > 0).sum())
    wanted = config.classes or min(max(2, occurring), _MOST_CLASSES)
    if len(regions["ours"].descriptors) < wanted:
        raise ClassesError(f"{folder}: its images have fewer regions than the {wanted} classes; use more images")
    done += config.seeds * sum(len(each.descriptors) < wanted for each in regions.values())
    regions = {way: each for way, each in regions.items() if len(each.descriptors) >= wanted}
    trials: list[tuple[str, float, Callable[[int], NDArray[np.int64]]]] = []
    for way, found in regions.items():
        trials.append((way, len(found.descriptors) / len(labelled.images), _trial(found, wanted, in_front=False)))
        if way == "ours" and config.foreground:
            shown = f"{way}, foreground"
            trials.append(
                (shown, float(found.front.sum()) / len(labelled.images), _trial(found, wanted, in_front=True))
            )
    rows = []
    for method, count, trial in trials:
        outcomes = []
        for number in range(config.seeds):
            outcomes.append(matched_scores(trial(config.seed + number)))
            done += 1
            yield Progress(done, total, method)
        rows.append(_row(method, count, outcomes))
    if config.peers:
        rows.append((yield from _patches(labelled, wanted, config, done, total)))
    yield Progress(total, total)
    return ClassesReport(
        folder=str(folder),
        kind=truth.kind,
        images=tuple(image.name for image in labelled.images),
        skipped=labelled.skipped,
        classes=wanted,
        occurring=occurring,
        rows=tuple(rows),
        seed=config.seed,
        run=labelled.run,
        seconds=time.perf_counter() - start,
    )


def _published_file(config: ClassesConfig) -> Path | None:
    """Of ACSeg's generator; None where there is none for the backbone."""
    backbone = config.segmenter.backbone
    is_bundled = backbone.name.partition(".")[0] == DEFAULT_BACKBONE and backbone.weights is None
    return config.paper or (published_generator() if is_bundled else None)


def _load_published(path: Path, labelled: LabelledSet) -> ConceptGenerator:
    """Raises WeightsMismatchError where it does not fit the set's tokens."""
    generator, run = ConceptGenerator.load(path), labelled.run
    dim = labelled.images[0].tokens.tokens.shape[2]
    check_fit(generator, path, backbone=run.backbone, sha256=run.backbone_sha256, dim=dim)
    return generator


def _row(method: str, count: float, outcomes: list[tuple[float, float]]) -> ClassesRow:
    miou, accuracy = zip(*outcomes, strict=True)
    return ClassesRow(method, count, miou, accuracy)


def _trial(regions: ClusteredRegions, wanted: int, *, in_front: bool) -> Callable[[int], NDArray[np.int64]]:
    """A function of the seed: (K, C) confusion of clusters of regions; the background is one cluster more."""

    def confusion(seed: int) -> NDArray[np.int64]:
        clusters = np.zeros(len(regions.descriptors), np.intp)
        if in_front:
            shown = regions.descriptors[regions.front]
            clusters[regions.front] = 1 + _kmeans(shown, min(wanted - 1, len(shown)), seed)[0]
        else:
            clusters = _kmeans(regions.descriptors, wanted, seed)[0]
        table = np.zeros((wanted, regions.pixels.shape[1]), np.int64)
        np.add.at(table, clusters, regions.pixels)
        return table

    return confusion


def _patches(
    labelled: LabelledSet, wanted: int, config: ClassesConfig, done: int, total: int
) -> Generator[Progress, None, ClassesRow]:
    """The peer without regions: k-means over all patches, and our edges between its clusters."""
    units = [describe(image.tokens.tokens.astype(np.float32), None) for image in labelled.images]
    points = np.concatenate([unit.reshape(-1, unit.shape[2]) for unit in units])
    confusions = np.zeros((config.seeds, wanted, labelled.classes), np.int64)
    centres = []
    for number in range(config.seeds):
        found = _kmeans(points, wanted, config.seed + number)[1]
        centres.append(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12))
        done += 1
        yield Progress(done, total, "patches")
    for index, unit in enumerate(units):
        image, classes = labelled.load(index), labelled.true_classes(index)
        for number, directions in enumerate(centres):
            similarity = np.asarray(unit @ directions.T, np.float32)
            label_map = label_pixels(similarity, image, labelled.config.refine)
            confusions[number] += class_table(label_map, classes, wanted, labelled.classes)
        yield Progress(done + index + 1, total, "patches")
    count = len(points) / len(units)
    return _row("patches", count, [matched_scores(confusion) for confusion in confusions])


def _kmeans(points: NDArray[np.float32], count: int, seed: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Clusters (P,) and their centres (count, D)."""
    from sklearn.cluster import KMeans

    few = len(points) <= 10_000
    made = KMeans(count, n_init=10 if few else 1, max_iter=100, random_state=seed).fit(points)
    return np.asarray(made.labels_, np.intp), np.asarray(made.cluster_centers_, np.float32)
