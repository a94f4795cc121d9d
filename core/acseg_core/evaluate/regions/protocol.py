"""The protocol `acseg eval regions`: partitions judged by an oracle and by people, at equal numbers of regions.

All methods see the same backbone pass. A first loop over the images makes trees and counts regions at many settings;
then the settings with which each method makes the wanted number of regions on average are known, and a second loop
partitions and judges. Clusters of patches that lost all their pixels are made up for in a third one.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from acseg_core.config import SegmenterConfig
from acseg_core.evaluate.metrics import spearman
from acseg_core.evaluate.regions import methods, paired_bootstrap, peers
from acseg_core.evaluate.regions.image_loop import ImageLoop, Surveyed
from acseg_core.evaluate.regions.methods import Group, Method
from acseg_core.evaluate.regions.paired_bootstrap import Figure, PairedDifference, Resampled
from acseg_core.evaluate.regions.recall import recalls
from acseg_core.evaluate.regions.report import CountCorrelation, RegionsReport, Row
from acseg_core.evaluate.regions.run_grid import CEILING, DEFAULT, Cell, corrected, make_grid
from acseg_core.evaluate.regions.scores import Scores, Totals, known
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.evaluate.truth.truth_set import TruthKind
from acseg_core.types import Progress

PEERS = tuple(methods.peer_methods())
_CORRECTIONS = 2
"""Further loops for methods that fell short of their count, at most."""

_OURS = "ours"
_ADAPTIVE = (_OURS, "adaptive-ward")
_COMPARED: tuple[Figure, ...] = ("miou", "accuracy", "covering")


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
        ceilings: Also what leaves, patches and cells could reach, on sets with classes.
        recall: Also which true parts the trees meet.
        seed: Of everything random.
        segmenter: Backbone, generator, edges and tree.
        paper: Generator in the paper's configuration, to be judged as the paper does it; None leaves it out.
        workers: Threads; None takes one for each processor, four at most.
    """

    truth: TruthKind = TruthKind.AUTO
    limit: int | None = None
    counts: tuple[int, ...] = (4, 8, 16)
    peers: tuple[str, ...] = PEERS
    ablation: bool = False
    edges: bool = False
    ceilings: bool = True
    recall: bool = True
    seed: int = 0
    segmenter: SegmenterConfig = field(default_factory=SegmenterConfig)
    paper: Path | None = None
    workers: int | None = None

    def __post_init__(self) -> None:
        tree = self.segmenter.tree
        most = methods.MOST_REGIONS if tree.fine == "cells" else min(tree.leaves, methods.MOST_REGIONS)
        if not all(1 <= count <= most for count in self.counts) or len(set(self.counts)) < len(self.counts):
            raise ValueError(f"counts must be different numbers from 1 to {most}, as many as all methods can make")
        unknown = sorted(set(self.peers) - set(PEERS))
        if unknown:
            raise ValueError(f"no such method: {', '.join(unknown)}; choose from {', '.join(PEERS)}")
        if self.limit is not None and self.limit < 1:
            raise ValueError(f"limit must be at least 1, got {self.limit}")

    def methods(self, *, classes: bool = True) -> tuple[Method, ...]:
        """All methods that are compared, ours first; without classes there are no ceilings."""
        table = methods.peer_methods(max(methods.USUAL_REACH, 2 * max(self.counts)))
        chosen = (methods.ours(), *(table[name] for name in PEERS if name in self.peers))
        as_published = () if self.paper is None else (methods.paper_method(),)
        extra = methods.ablation_methods() if self.ablation else ()
        more = methods.edge_methods() if self.edges else ()
        ceilings = methods.ceiling_methods() if self.ceilings and classes else ()
        return (*chosen, *as_published, *extra, *more, *ceilings)


def evaluate_regions(folder: Path, config: RegionsConfig | None = None) -> Generator[Progress, None, RegionsReport]:
    """Compare our regions with the peers' on a labelled set; closing the generator cancels.

    Args:
        folder: Holds ``images/`` and the ground truth; see `open_truth`.
        config: What is compared; the defaults if left out.

    Yields:
        A tick for each image of each loop; the total grows when counts have to be corrected.

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
    if config.ablation or peers.NEED_SCIKIT_LEARN & set(config.peers):
        peers.need_scikit_learn()
    names = spread(truth.images, config.limit)
    chosen = config.methods(classes=truth.class_count > 0)
    yield Progress(0, 2 * len(names), "loading the model")
    with TemporaryDirectory(prefix="acseg-eval-") as cache:
        loop = ImageLoop(
            truth,
            config.segmenter,
            chosen,
            Path(cache),
            seed=config.seed,
            workers=config.workers,
            paper=config.paper,
            recall=config.recall,
        )
        found = yield from _survey(loop, names)
        judged = yield from _judge(loop, config, chosen, found, total=2 * len(names))
    rows = tuple(_row(each) for each in judged)
    truth_counts = {kind: tuple(image.truth_counts[kind] for image in found) for kind in found[0].truth_counts}
    return RegionsReport(
        folder=str(folder),
        kind=truth.kind,
        images=tuple(image.name for image in found),
        skipped=truth.skipped + tuple(loop.skipped),
        class_names=truth.class_names,
        truth_counts=truth_counts,
        rows=rows,
        correlations=_correlations(rows, truth_counts),
        leads=tuple(_paired_differences(judged)),
        counts=config.counts,
        limit=config.limit,
        seed=config.seed,
        run=loop.segmenter.run_info,
        paper=loop.paper_info,
        recall=tuple(recalls(image.met for image in found)),
        seconds=time.perf_counter() - start,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """A cell, and what its partitions are worth."""

    cell: Cell
    totals: Totals = field(default_factory=Totals)
    resampled: Resampled = field(default_factory=Resampled)

    @property
    def miss(self) -> float:
        """By how much the mean count misses its target."""
        return abs(float(np.mean(self.totals.counts)) - self.cell.count)


def _survey(loop: ImageLoop, names: Sequence[str]) -> Generator[Progress, None, list[Surveyed]]:
    """First loop; images that cannot be read are left out."""
    found: list[Surveyed] = []
    with closing(loop.survey(names)) as outcomes:
        for number, outcome in enumerate(outcomes):
            if outcome is not None:
                found.append(outcome)
            yield Progress(number + 1, 2 * len(names))
    if not found:
        raise loop.nothing_left()
    return found


def _judge(
    loop: ImageLoop, config: RegionsConfig, chosen: Sequence[Method], found: Sequence[Surveyed], *, total: int
) -> Generator[Progress, None, list[_Judged]]:
    """Second loop; and further ones for what fell short of its count, as long as that brings it closer."""
    surveys = [image.survey for image in found]
    wanted = make_grid(chosen, config.counts, surveys, seed=config.seed)
    best: dict[tuple[str, str], _Judged] = {}
    for _ in range(1 + _CORRECTIONS):
        judged = [_Judged(cell) for cell in wanted]
        with closing(loop.judge(found, wanted)) as verdicts:
            for number, verdict in enumerate(verdicts):
                weights = paired_bootstrap.weights_of(number, seed=config.seed)
                for each, (scores, seconds) in zip(judged, verdict, strict=True):
                    each.totals.add(scores, seconds)
                    each.resampled.add(scores, weights)
                yield Progress(total - len(found) + number + 1, total)
        for each in judged:
            key = (each.cell.method.name, each.cell.target)
            if key not in best or each.miss < best[key].miss:
                best[key] = each
        again = (corrected(each.cell, float(np.mean(each.totals.counts)), surveys, seed=config.seed) for each in judged)
        wanted = [cell for cell in again if cell is not None]
        if not wanted:
            break
        total += len(found)
    return list(best.values())


def _row(judged: _Judged) -> Row:
    cell, totals = judged.cell, judged.totals
    return Row(
        group=cell.method.group.value,
        method=cell.method.name,
        target=cell.target,
        scores=totals.scores(),
        counts=tuple(totals.counts),
        settings=tuple(float(setting) for setting in np.unique(cell.settings)),
        seconds=totals.seconds / len(totals.counts),
    )


def _paired_differences(judged: Sequence[_Judged]) -> Iterator[PairedDifference]:
    """Of our default way over all others but those that only find other pixels for the same leaves."""
    for target in dict.fromkeys(each.cell.target for each in judged if each.cell.target != CEILING):
        here = {each.cell.method.name: each for each in judged if each.cell.target == target}
        ours = here.pop(_OURS)
        others = {name: each for name, each in here.items() if each.cell.method.group is not Group.EDGES}
        mine = ours.totals.scores()
        differences = {name: _differences(mine, each.totals.scores()) for name, each in others.items()}
        yield from paired_bootstrap.compare(
            target, ours.resampled, {name: each.resampled for name, each in others.items()}, differences
        )


def _differences(mine: Scores, theirs: Scores) -> dict[Figure, float]:
    pairs = {figure: (getattr(mine, figure), getattr(theirs, figure)) for figure in _COMPARED}
    return {figure: one - other for figure, (one, other) in pairs.items() if None not in (one, other)}


def _correlations(rows: Sequence[Row], truth_counts: dict[str, tuple[float, ...]]) -> tuple[CountCorrelation, ...]:
    """How well the counts of the adaptive methods follow the scene, at the default cut's mean count."""
    adaptive = {row.method: row for row in rows if row.target == DEFAULT and row.method in _ADAPTIVE}
    return tuple(
        CountCorrelation(method, kind, known(spearman(np.array(row.counts), np.array(counts))))
        for method, row in adaptive.items()
        for kind, counts in truth_counts.items()
    )


def spread(names: tuple[str, ...], limit: int | None) -> tuple[str, ...]:
    """At most so many of the names, spread evenly."""
    if limit is None or limit >= len(names):
        return names
    return tuple(names[index * len(names) // limit] for index in range(limit))
