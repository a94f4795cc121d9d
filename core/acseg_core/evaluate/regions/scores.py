"""Scores of partitions against the truth of their images, added up over the whole set."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate import metrics
from acseg_core.evaluate.metrics import BoundaryCounts, ClassCounts
from acseg_core.evaluate.truth.truth_set import Truth


@dataclass(frozen=True, slots=True)
class Scores:
    """Quality of one method over the set. Read it as pairs with the count: more regions always look better.

    Attributes:
        count_mean: Regions per image, as measured on the label maps.
        count_sd: Their standard deviation over the images.
        miou: Oracle mean IoU over the classes that occur; None for a set without classes.
        accuracy: Oracle pixel accuracy, or None.
        band_accuracy: The same within 3 pixels of a class boundary, or None.
        covering: Segmentation covering, mean over annotators and images.
        variation: Variation of information in nats, mean over annotators and images.
        boundary_precision: Of the boundary pixels of all images together.
        boundary_recall: Likewise.
        boundary_f: Their harmonic mean.
    """

    count_mean: float
    count_sd: float
    miou: float | None
    accuracy: float | None
    band_accuracy: float | None
    covering: float | None
    variation: float | None
    boundary_precision: float
    boundary_recall: float
    boundary_f: float


@dataclass(frozen=True, slots=True, eq=False)
class ImageScores:
    """What one partition of one image adds to the set's figures.

    Attributes:
        count: Regions.
        classes: Pixels per class by the oracle; None for a set without classes.
        band_right: Pixels in the band that the oracle gives their class.
        band: Pixels in the band.
        covering: Mean over annotators.
        variation: Mean over annotators.
        boundaries: Boundary pixels.
    """

    count: int
    classes: ClassCounts | None
    band_right: int
    band: int
    covering: float
    variation: float
    boundaries: BoundaryCounts


class Judge:
    """Scores partitions of one image; what they share is computed once."""

    def __init__(self, truth: Truth, class_count: int) -> None:
        self._truth = truth
        self._class_count = class_count
        self._boundaries = metrics.TrueBoundaries.of(truth.regions)
        self._band = None if truth.classes is None else metrics.class_band(truth.classes)

    def score(self, regions: NDArray[np.integer[Any]]) -> ImageScores:
        """Score one (H, W) partition."""
        tables = [metrics.contingency(regions, segments) for segments in self._truth.regions]
        classes, band_right, band = self._by_class(regions)
        return ImageScores(
            count=metrics.count_regions(regions),
            classes=classes,
            band_right=band_right,
            band=band,
            covering=float(np.mean([metrics.covering(table) for table in tables])),
            variation=float(np.mean([metrics.variation_of_information(table) for table in tables])),
            boundaries=self._boundaries.compare(regions),
        )

    def _by_class(self, regions: NDArray[np.integer[Any]]) -> tuple[ClassCounts | None, int, int]:
        classes, band = self._truth.classes, self._band
        if classes is None or band is None:
            return None, 0, 0
        table = metrics.contingency(regions, classes)
        given = metrics.oracle_classes(table)[regions[band]]
        right = int((given == classes[band]).sum())
        return ClassCounts.of(metrics.oracle_confusion(table, self._class_count)), right, len(given)


@dataclass(slots=True)
class Totals:
    """Figures of one method, image by image; small whatever the images.

    Attributes:
        counts: Regions of every image.
        seconds: Time spent, over all images.
    """

    counts: list[int] = field(default_factory=list)
    seconds: float = 0.0
    _classes: ClassCounts | None = None
    _band_right: int = 0
    _band: int = 0
    _covering: list[float] = field(default_factory=list)
    _variation: list[float] = field(default_factory=list)
    _boundaries: BoundaryCounts = field(default_factory=BoundaryCounts)

    def add(self, image: ImageScores, seconds: float) -> None:
        """Add one image."""
        self.counts.append(image.count)
        self.seconds += seconds
        if image.classes is not None:
            self._classes = image.classes if self._classes is None else self._classes + image.classes
        self._band_right += image.band_right
        self._band += image.band
        self._covering.append(image.covering)
        self._variation.append(image.variation)
        self._boundaries += image.boundaries

    def scores(self) -> Scores:
        """The figures of all images so far, at least one."""
        classes, boundaries = self._classes, self._boundaries
        return Scores(
            count_mean=float(np.mean(self.counts)),
            count_sd=float(np.std(self.counts)),
            miou=None if classes is None else known(metrics.mean_iou(classes)),
            accuracy=None if classes is None else known(metrics.pixel_accuracy(classes)),
            band_accuracy=self._band_right / self._band if self._band else None,
            covering=_known_mean(self._covering),
            variation=_known_mean(self._variation),
            boundary_precision=boundaries.precision,
            boundary_recall=boundaries.recall,
            boundary_f=boundaries.f,
        )


def known(value: float) -> float | None:
    """The value, or None for what is not a number (JSON has no NaN)."""
    return None if np.isnan(value) else value


def _known_mean(values: list[float]) -> float | None:
    """Mean of the numbers among the values; images that are void all over have none."""
    numbers = [value for value in values if not np.isnan(value)]
    return float(np.mean(numbers)) if numbers else None
