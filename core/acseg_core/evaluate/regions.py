"""The protocol `acseg eval regions`: partitions judged by an oracle and by people, at equal numbers of regions.

All methods see the same backbone pass. A first walk over the images makes trees and counts regions at many settings;
then the settings with which each method makes the wanted number of regions on average are known, and a second walk
parts and judges. In between the features wait in a temporary folder, so memory does not grow with the images.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import SegmenterConfig
from acseg_core.errors import ImageError
from acseg_core.evaluate import methods, peers
from acseg_core.evaluate.methods import Method, Survey
from acseg_core.evaluate.report import CountCorrelation, RegionsReport, Row
from acseg_core.evaluate.scene import FINE, OURS, Scene
from acseg_core.evaluate.scores import ImageScores, Judge, Totals, known
from acseg_core.evaluate.truth import TruthKind, TruthSet, open_truth
from acseg_core.images import load_image
from acseg_core.metrics import spearman
from acseg_core.tree import DEFAULT_GRANULARITY, threshold_of
from acseg_core.types import FeatureMap, Progress, SkippedFile

PEERS = tuple(methods.peer_methods())
DEFAULT = "default"
"""The target that is the mean count of our default cut."""

_MOST_WORKERS = 4
_ADAPTIVE = ("ours", "adaptive-ward")
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class RegionsConfig:
    """What is compared.

    Attributes:
        truth: Form of the ground truth.
        limit: Images, at most, spread evenly over the set; None takes all.
        counts: Mean numbers of regions at which the methods are compared; the default cut's is added.
        peers: Some of `PEERS`.
        ablation: Also our merges above other leaves, and flat clusters of our features.
        edges: Also our leaves with other edges.
        seed: Of everything random.
        segmenter: Backbone, generator, edges and tree.
        workers: Threads; None takes one for each processor, four at most.
    """

    truth: TruthKind = TruthKind.AUTO
    limit: int | None = None
    counts: tuple[int, ...] = (4, 8, 16)
    peers: tuple[str, ...] = PEERS
    ablation: bool = False
    edges: bool = False
    seed: int = 0
    segmenter: SegmenterConfig = field(default_factory=SegmenterConfig)
    workers: int | None = None

    def __post_init__(self) -> None:
        most = self.segmenter.tree.leaves
        if not all(1 <= count <= most for count in self.counts) or len(set(self.counts)) < len(self.counts):
            raise ValueError(f"counts must be different numbers from 1 to {most} (the tree's leaves)")
        unknown = sorted(set(self.peers) - set(PEERS))
        if unknown:
            raise ValueError(f"no such peer: {', '.join(unknown)}; there are {', '.join(PEERS)}")
        if self.limit is not None and self.limit < 1:
            raise ValueError(f"limit must be at least 1, got {self.limit}")

    def methods(self) -> tuple[Method, ...]:
        """All methods that are compared, ours first."""
        table = methods.peer_methods()
        chosen = (methods.ours(), *(table[name] for name in PEERS if name in self.peers))
        extra = methods.ablation_methods() if self.ablation else ()
        return (*chosen, *extra, *(methods.edge_methods() if self.edges else ()))


@dataclass(frozen=True, slots=True, eq=False)
class _Surveyed:
    """What the first walk keeps of an image in memory."""

    name: str
    survey: Survey
    truth_counts: dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    """One method at one target, with its setting for every image."""

    method: Method
    target: str
    settings: NDArray[np.float64]


def evaluate_regions(folder: Path, config: RegionsConfig | None = None) -> Generator[Progress, None, RegionsReport]:
    """Compare our regions with the peers' on a labelled set; closing the generator cancels.

    Args:
        folder: Holds ``images/`` and the ground truth; see `open_truth`.
        config: What is compared; the defaults if left out.

    Yields:
        A tick for each image of each of the two walks.

    Returns:
        Every figure.

    Raises:
        TruthError: The ground truth is missing, broken, or does not fit its images.
        PeerError: A peer cannot run here.
        ModelError: Backbone or generator cannot be had.
    """
    config = config or RegionsConfig()
    start = time.perf_counter()
    truth = open_truth(folder, config.truth)
    if config.ablation or {"kmeans", "spectral"} & set(config.peers):
        peers.need_scikit_learn()
    names = _spread(truth.images, config.limit)
    yield Progress(0, 2 * len(names), "loading the model")
    with TemporaryDirectory(prefix="acseg-eval-") as cache:
        walk = _Walk(truth, config, Path(cache))
        found: list[_Surveyed] = []
        with closing(walk.survey(names)) as outcomes:
            for number, outcome in enumerate(outcomes):
                if outcome is not None:
                    found.append(outcome)
                yield Progress(number + 1, 2 * len(names))
        if not found:
            raise walk.nothing_left()
        cells = _plan(config, [image.survey for image in found])
        totals = [Totals() for _ in cells]
        with closing(walk.judge(found, cells)) as verdicts:
            for number, judged in enumerate(verdicts):
                for total, (scores, seconds) in zip(totals, judged, strict=True):
                    total.add(scores, seconds)
                yield Progress(2 * len(names) - len(found) + number + 1, 2 * len(names))
    rows = tuple(_row(cell, total) for cell, total in zip(cells, totals, strict=True))
    truth_counts = {kind: tuple(image.truth_counts[kind] for image in found) for kind in found[0].truth_counts}
    return RegionsReport(
        folder=str(folder),
        kind=truth.kind,
        images=tuple(image.name for image in found),
        skipped=truth.skipped + tuple(walk.skipped),
        class_names=truth.class_names,
        truth_counts=truth_counts,
        rows=rows,
        correlations=_correlations(rows, truth_counts),
        counts=config.counts,
        limit=config.limit,
        seed=config.seed,
        run=walk.segmenter.run_info,
        seconds=time.perf_counter() - start,
    )


class _Walk:
    """Both walks over the images, with the model, the threads' number and the folder in between."""

    def __init__(self, truth: TruthSet, config: RegionsConfig, cache: Path) -> None:
        from acseg_core.segmenter import Segmenter

        self.segmenter = Segmenter(config.segmenter)
        self.skipped: list[SkippedFile] = []
        self._truth = truth
        self._config = config
        self._cache = cache
        self._methods = config.methods()
        trees = {name for method in self._methods for name in (method.tree, *method.needs) if name}
        self._wanted = sorted(trees, key=lambda name: (name == FINE, name))  # FINE asks for our tree
        self._workers = config.workers or min(_MOST_WORKERS, os.cpu_count() or 1)

    def survey(self, names: Sequence[str]) -> Generator[_Surveyed | None, None, None]:
        """First walk; None for an image that cannot be read, which is listed as skipped."""
        return _in_threads(self._survey_one, self._with_features(names), self._workers)

    def judge(
        self, found: Sequence[_Surveyed], cells: Sequence[_Cell]
    ) -> Generator[list[tuple[ImageScores, float]], None, None]:
        """Second walk: the scores of every cell, and the seconds it took."""
        items = [(image.name, index, cells) for index, image in enumerate(found)]
        return _in_threads(self._judge_one, items, self._workers)

    def nothing_left(self) -> ImageError:
        """Why there is no image to judge."""
        first = self.skipped[0]
        return ImageError(self._truth.folder / "images" / first.path, f"{first.reason}, and no other image can be used")

    def _with_features(self, names: Sequence[str]) -> Iterator[tuple[str, NDArray[np.uint8] | None, FeatureMap | None]]:
        batch = self._config.segmenter.backbone.batch
        for at in range(0, len(names), batch):
            chunk = {name: self._load(name) for name in names[at : at + batch]}
            readable = {name: image for name, image in chunk.items() if image is not None}
            features = dict(zip(readable, self.segmenter.backbone.features(list(readable.values())), strict=True))
            for name, image in chunk.items():
                yield name, image, features.get(name)

    def _load(self, name: str) -> NDArray[np.uint8] | None:
        try:
            return load_image(self._truth.folder / "images" / name)
        except ImageError as error:
            self.skipped.append(SkippedFile(name, error.reason))
            return None

    def _survey_one(self, item: tuple[str, NDArray[np.uint8] | None, FeatureMap | None]) -> _Surveyed | None:
        name, image, features = item
        if image is None or features is None:
            return None
        truth = self._truth.read(name, (image.shape[0], image.shape[1]))
        scene = Scene.of(image, features, self.segmenter, self._wanted, seed=self._config.seed)
        survey = methods.survey_scene(scene, self._methods)
        scene.save(self._place(name))
        return _Surveyed(name, survey, self._truth.region_counts(truth))

    def _judge_one(self, item: tuple[str, int, Sequence[_Cell]]) -> list[tuple[ImageScores, float]]:
        name, index, cells = item
        image = load_image(self._truth.folder / "images" / name)
        judge = Judge(self._truth.read(name, (image.shape[0], image.shape[1])), self._truth.class_count)
        config = self._config
        scene = Scene.load(self._place(name), image, config.segmenter.refine, seed=config.seed)
        results = []
        for cell in cells:
            label_map, seconds = methods.timed_partition(cell.method, scene, float(cell.settings[index]))
            results.append((judge.score(label_map), seconds))
        return results

    def _place(self, name: str) -> Path:
        """File of an image's scene."""
        return self._cache / f"{self._truth.images.index(name)}.npz"


def _plan(config: RegionsConfig, surveys: Sequence[Survey]) -> list[_Cell]:
    """Settings of every method at every target; what cuts our tree is cut where our default cut is."""
    threshold = threshold_of(DEFAULT_GRANULARITY)
    default = float(np.mean([1 + (survey.heights[OURS] > threshold).sum() for survey in surveys]))
    targets = {**{str(count): float(count) for count in config.counts}, DEFAULT: default}
    cells = []
    for target, count in targets.items():
        for method in config.methods():
            if target == DEFAULT and method.tree == OURS:
                settings = np.full(len(surveys), threshold)
            else:
                settings = methods.settings_for(method, surveys, count, seed=config.seed)
            cells.append(_Cell(method, target, settings))
    return cells


def _row(cell: _Cell, total: Totals) -> Row:
    return Row(
        group=cell.method.group.value,
        method=cell.method.name,
        target=cell.target,
        scores=total.scores(),
        counts=tuple(total.counts),
        settings=tuple(float(setting) for setting in np.unique(cell.settings)),
        seconds=total.seconds / len(total.counts),
    )


def _correlations(rows: Sequence[Row], truth_counts: dict[str, tuple[float, ...]]) -> tuple[CountCorrelation, ...]:
    """How well the counts of the adaptive methods follow the scene, at the default cut's mean count."""
    adaptive = {row.method: row for row in rows if row.target == DEFAULT and row.method in _ADAPTIVE}
    return tuple(
        CountCorrelation(method, kind, known(spearman(np.array(row.counts), np.array(counts))))
        for method, row in adaptive.items()
        for kind, counts in truth_counts.items()
    )


def _spread(names: tuple[str, ...], limit: int | None) -> tuple[str, ...]:
    """At most so many of the names, spread evenly."""
    if limit is None or limit >= len(names):
        return names
    return tuple(names[index * len(names) // limit] for index in range(limit))


def _in_threads(
    work: Callable[[_Item], _Result], items: Iterable[_Item], workers: int
) -> Generator[_Result, None, None]:
    """Results in order; few items are under way at a time, and closing the iterator drops those not begun."""
    waiting: list[Future[_Result]] = []
    with ThreadPoolExecutor(workers, "evaluate") as pool:
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > 2 * workers:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
