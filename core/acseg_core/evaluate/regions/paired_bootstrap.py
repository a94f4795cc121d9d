"""Paired bootstrap over images: by how much our regions are ahead of a peer's, and how sure that is.

A Poisson bootstrap (Hanley and MacGibbon, 2006): in every resample each image counts as often as a Poisson variable of
mean 1 says, the same for all methods, so that what is easy or hard about an image cancels. Sums are all that is kept;
memory does not grow with the images.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.metrics import ClassCounts
from acseg_core.evaluate.regions.scores import ImageScores

RESAMPLES = 1000
INTERVAL = 0.95
"""Share of the resamples inside of an interval."""

Figure = Literal["miou", "accuracy", "covering"]


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """Ours less another method's, at the same target.

    Cuts and counts are chosen on the whole set, not anew in each resample.

    Attributes:
        target: Of both.
        method: The other one.
        figure: What is compared.
        difference: On the set itself; above 0 where ours is ahead.
        low: Lower end of the interval that holds `INTERVAL` of the resamples.
        high: Its upper end.
        ahead: Share of the resamples in which ours is ahead; ties count half.
    """

    target: str
    method: str
    figure: Figure
    difference: float
    low: float
    high: float
    ahead: float


def weights_of(image: int, *, seed: int) -> NDArray[np.int64]:
    """(`RESAMPLES`,) int64, how often an image counts in each resample."""
    return np.random.default_rng((seed, image)).poisson(1.0, RESAMPLES)


@dataclass(slots=True)
class Resampled:
    """Figures of one method in every resample, image by image."""

    _classes: list[NDArray[np.int64]] = field(default_factory=list)
    _covering: NDArray[np.float64] = field(default_factory=lambda: np.zeros(RESAMPLES))
    _covered: NDArray[np.int64] = field(default_factory=lambda: np.zeros(RESAMPLES, np.int64))

    def add(self, image: ImageScores, weights: NDArray[np.int64]) -> None:
        """Add one image as often as the weights (`RESAMPLES`,) say."""
        if image.classes is not None:
            found = _tables(image.classes)
            if not self._classes:
                self._classes = [np.zeros((RESAMPLES, len(each)), np.int64) for each in found]
            for total, each in zip(self._classes, found, strict=True):
                total += weights[:, None] * each
        if not np.isnan(image.covering):
            self._covering += weights * image.covering
            self._covered += weights

    def figures(self) -> dict[Figure, NDArray[np.float64]]:
        """(`RESAMPLES`,) of every figure that the set has; NaN where a resample drew nothing to judge."""
        with np.errstate(invalid="ignore", divide="ignore"):
            found: dict[Figure, NDArray[np.float64]] = {"covering": self._covering / self._covered}
            if self._classes:
                agreed, given, true = self._classes
                occurring = true > 0
                of_class = np.where(occurring, agreed / (given + true - agreed), 0.0)
                found["miou"] = of_class.sum(axis=1) / occurring.sum(axis=1)
                found["accuracy"] = agreed.sum(axis=1) / true.sum(axis=1)
        return found


def compare(
    target: str,
    ours: Resampled,
    others: Mapping[str, Resampled],
    differences: Mapping[str, Mapping[Figure, float]],
) -> Iterator[PairedDifference]:
    """Compare ours with other methods.

    Args:
        target: Of all of them.
        ours: Of the same images as the others, with the same weights.
        others: By method.
        differences: Of the figures on the set itself, by method; what is missing there is left out.
    """
    mine = ours.figures()
    for method, other in others.items():
        theirs = other.figures()
        for figure, difference in differences[method].items():
            gaps = mine[figure] - theirs[figure]
            gaps = gaps[~np.isnan(gaps)]
            if len(gaps):
                low, high = np.quantile(gaps, [(1 - INTERVAL) / 2, (1 + INTERVAL) / 2])
                ahead = (gaps > 0).mean() + (gaps == 0).mean() / 2
                yield PairedDifference(target, method, figure, difference, float(low), float(high), float(ahead))


def _tables(counts: ClassCounts) -> Sequence[NDArray[np.int64]]:
    return counts.agreed, counts.given, counts.true
