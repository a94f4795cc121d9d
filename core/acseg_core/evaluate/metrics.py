"""Segmentation metrics: against classes by an oracle, and against regions that people drew.

Everything is counted in contingency tables, so that images can be added up and no metric looks at pixels twice.
Regions and classes are (H, W) integer maps; in the truth, negative means void: such pixels count nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.integer[Any]]
Table = NDArray[np.int64]

BAND_PIXELS = 3
"""Pixels on either side of a class boundary that belong to its band."""

BOUNDARY_TOLERANCE = 0.0075
"""Distance, as a share of the image's diagonal, at which two boundaries still agree (Martin et al., 2004)."""


def contingency(regions: Labels, truth: Labels) -> Table:
    """Count the pixels that each pair of labels shares.

    Args:
        regions: (H, W) from 0.
        truth: (H, W) of the same shape; negative is void.

    Returns:
        (R, T) int64, ``table[r, t] = |{p : regions_p = r, truth_p = t}|``.

    Raises:
        ValueError: The shapes differ, or a region is negative.
    """
    if regions.shape != truth.shape:
        raise ValueError(f"regions of shape {regions.shape} cannot be compared with a truth of shape {truth.shape}")
    if regions.size and int(regions.min()) < 0:
        raise ValueError("regions must not be negative: they cover the image")
    rows = int(regions.max()) + 1 if regions.size else 0
    columns = max(int(truth.max()) + 1, 0) if truth.size else 0
    known = truth >= 0
    cells = regions[known].astype(np.int64) * columns + truth[known]
    return np.bincount(cells, minlength=rows * columns).reshape(rows, columns)


def oracle_classes(table: Table) -> NDArray[np.intp]:
    """Give every region the class that most of its known pixels have (ties: the lower class).

    This is the oracle of the class metrics: the best that naming whole regions can do.

    Args:
        table: (R, C) of `contingency` with classes.

    Returns:
        (R,) class; 0 for a region without known pixels, which counts nowhere.
    """
    if not table.shape[1]:
        return np.zeros(len(table), np.intp)
    return np.asarray(table.argmax(axis=1), np.intp)


def oracle_confusion(table: Table, classes: int) -> Table:
    """Add the regions up by their oracle class.

    Args:
        table: (R, C') of `contingency` with classes.
        classes: C, at least C'.

    Returns:
        (C, C) int64, ``[given class, true class]``.
    """
    confusion = np.zeros((classes, classes), np.int64)
    np.add.at(confusion[:, : table.shape[1]], oracle_classes(table), table)
    return confusion


@dataclass(frozen=True, slots=True, eq=False)
class ClassCounts:
    """What mean IoU and accuracy need of a confusion: three numbers per class, which add up over images.

    Attributes:
        agreed: (C,) int64 pixels of the class that were given it.
        given: (C,) int64 pixels that were given the class.
        true: (C,) int64 pixels that are of the class.
    """

    agreed: Table
    given: Table
    true: Table

    @classmethod
    def of(cls, confusion: Table) -> ClassCounts:
        """Read them off a (C, C) confusion ``[given class, true class]``."""
        return cls(confusion.diagonal().copy(), confusion.sum(axis=1), confusion.sum(axis=0))

    def __add__(self, other: ClassCounts) -> ClassCounts:
        return ClassCounts(self.agreed + other.agreed, self.given + other.given, self.true + other.true)


def mean_iou(counts: ClassCounts) -> float:
    """Mean over the classes that occur in the truth of agreed / (given + true - agreed) (Everingham et al., 2010).

    NaN when there is no known pixel.
    """
    occurring = counts.true > 0
    if not occurring.any():
        return float("nan")
    union = counts.given + counts.true - counts.agreed
    return float((counts.agreed[occurring] / union[occurring]).mean())


def pixel_accuracy(counts: ClassCounts) -> float:
    """Share of the known pixels that were given their own class; NaN when there is none."""
    total = int(counts.true.sum())
    return float(counts.agreed.sum()) / total if total else float("nan")


def class_band(classes: Labels, distance: int = BAND_PIXELS) -> NDArray[np.bool_]:
    """Mark the pixels close to where one class ends and another begins (after Kohli et al., 2009).

    A pixel on a boundary has one of its four neighbours in another class; the border of void is none. The band holds
    the known pixels less than ``distance`` from such a pixel: that many on either side of a straight boundary.

    Args:
        classes: (H, W); negative is void.
        distance: In pixels, Euclidean.

    Returns:
        (H, W) bool.
    """
    on_boundary = np.zeros(classes.shape, np.uint8)
    for here, there in _neighbours(classes.shape):
        differs = (classes[here] != classes[there]) & (classes[here] >= 0) & (classes[there] >= 0)
        on_boundary[here] |= differs
        on_boundary[there] |= differs
    return (_distance_to(on_boundary) < distance) & (classes >= 0)


def covering(table: Table) -> float:
    """How well regions cover the segments of a truth (Arbelaez et al., 2011, section 2.3).

    1/N sum_t |t| max_r |r and t| / |r or t|, over known pixels.

    Args:
        table: (R, T) of `contingency` with the segments of one annotator.

    Returns:
        0..1; 1 for equal partitions. NaN when there is no known pixel.
    """
    total = int(table.sum())
    if not total:
        return float("nan")
    sizes = table.sum(axis=0)
    union = table.sum(axis=1, keepdims=True) + sizes - table
    best = (table / np.maximum(union, 1)).max(axis=0)
    return float((sizes * best).sum() / total)


def variation_of_information(table: Table) -> float:
    """H(R) + H(T) - 2 I(R; T) in nats (Meila, 2005): 0 for equal partitions, symmetric, a metric.

    Args:
        table: (R, T) of `contingency` with the segments of one annotator.

    Returns:
        0 .. 2 ln(N). NaN when there is no known pixel.
    """
    total = int(table.sum())
    if not total:
        return float("nan")
    joint = _entropy(table.ravel(), total)
    return max(0.0, 2 * joint - _entropy(table.sum(axis=0), total) - _entropy(table.sum(axis=1), total))


@dataclass(frozen=True, slots=True)
class BoundaryCounts:
    """Boundary pixels and how many of them agree; they add up over images, as in the BSDS benchmark.

    Attributes:
        found: Boundary pixels of the regions.
        found_right: Those near a boundary of any annotator.
        true: Boundary pixels of the annotators, added up.
        true_found: Those near a boundary of the regions.
    """

    found: int = 0
    found_right: int = 0
    true: int = 0
    true_found: int = 0

    @property
    def precision(self) -> float:
        """Share of the regions' boundaries that is right; 1 when there are none."""
        return self.found_right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the true boundaries that is found; 1 when there are none."""
        return self.true_found / self.true if self.true else 1.0

    @property
    def f(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: BoundaryCounts) -> BoundaryCounts:
        return BoundaryCounts(
            self.found + other.found,
            self.found_right + other.found_right,
            self.true + other.true,
            self.true_found + other.true_found,
        )


@dataclass(frozen=True, slots=True, eq=False)
class TrueBoundaries:
    """The boundaries of all annotators of one image, prepared for comparing many partitions with them.

    Attributes:
        boundaries: Each (H, W) bool, of one annotator.
        near: (H, W) bool, within the tolerance of a boundary of any annotator.
        known: (H, W) bool, not void for some annotator.
        tolerance: In pixels.
    """

    boundaries: tuple[NDArray[np.bool_], ...]
    near: NDArray[np.bool_]
    known: NDArray[np.bool_]
    tolerance: float

    @classmethod
    def of(cls, truths: tuple[Labels, ...], tolerance: float = BOUNDARY_TOLERANCE) -> TrueBoundaries:
        """Prepare the (H, W) region maps of one or more annotators; the tolerance is a share of the diagonal."""
        boundaries = tuple(boundary(truth) for truth in truths)
        pixels = tolerance * float(np.hypot(*truths[0].shape))
        near = np.logical_or.reduce([_distance_to(lines) <= pixels for lines in boundaries])
        known = np.logical_or.reduce([truth >= 0 for truth in truths])
        return cls(boundaries, near, known, pixels)

    def compare(self, regions: Labels) -> BoundaryCounts:
        """Count the boundary pixels of (H, W) regions that lie within the tolerance of a true one, and vice versa.

        This is the distance-tolerance form of the boundary measure: every pixel looks for its nearest counterpart by
        a distance transform. It is not the bipartite matching of Martin et al. (2004), in which a pixel answers for
        one other only; figures are somewhat higher, and not to be compared with published ones of that benchmark.
        """
        found = boundary(regions) & self.known
        reached = _distance_to(found) <= self.tolerance
        return BoundaryCounts(
            found=int(found.sum()),
            found_right=int((found & self.near).sum()),
            true=sum(int(lines.sum()) for lines in self.boundaries),
            true_found=sum(int((lines & reached).sum()) for lines in self.boundaries),
        )


def boundary(regions: Labels) -> NDArray[np.bool_]:
    """Mark every pixel whose right or lower neighbour is in another region; the border of void is no boundary.

    Args:
        regions: (H, W); negative is void.

    Returns:
        (H, W) bool, lines one pixel thin.
    """
    marked = np.zeros(regions.shape, bool)
    for here, there in _neighbours(regions.shape):
        marked[here] |= (regions[here] != regions[there]) & (regions[here] >= 0) & (regions[there] >= 0)
    return marked


def count_regions(regions: Labels) -> int:
    """Number of labels that occur, without void."""
    labels = np.unique(regions)
    return int((labels >= 0).sum())


def components(classes: Labels) -> NDArray[np.int32]:
    """Split a class map into its 8-connected components.

    Args:
        classes: (H, W); negative is void.

    Returns:
        (H, W) int32, 0.. without gaps; -1 for void.
    """
    parts = np.full(classes.shape, -1, np.int32)
    used = 0
    for label in np.unique(classes[classes >= 0]):
        count, found = cv2.connectedComponents((classes == label).astype(np.uint8), connectivity=8)
        inside = found > 0
        parts[inside] = found[inside] + (used - 1)
        used += count - 1
    return parts


def spearman(first: NDArray[Any], second: NDArray[Any]) -> float:
    """Rank correlation (Spearman, 1904): Pearson's of the ranks, ties sharing their mean rank.

    Args:
        first: (n,) numbers.
        second: (n,) numbers.

    Returns:
        -1..1; NaN when there are fewer than two, or when one of both never varies.
    """
    ranks = [_ranks(np.asarray(values)) for values in (first, second)]
    if len(ranks[0]) < 2 or not all(np.ptp(rank) for rank in ranks):
        return float("nan")
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def _ranks(values: NDArray[Any]) -> NDArray[np.float64]:
    """(n,) ranks from 1, ties at their mean."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(counts) - (counts - 1) / 2)[place], np.float64)


def _entropy(sizes: Table, total: int) -> float:
    """Entropy in nats of a partition with parts of these sizes."""
    shares = sizes[sizes > 0] / total
    return float(-(shares * np.log(shares)).sum())


def _distance_to(marked: NDArray[np.bool_] | NDArray[np.uint8]) -> NDArray[np.float32]:
    """(H, W) float32 Euclidean distance of every pixel to the nearest marked one; infinite when there is none."""
    if not marked.any():
        return np.full(marked.shape, np.inf, np.float32)
    unmarked = (marked == 0).astype(np.uint8)
    return np.asarray(cv2.distanceTransform(unmarked, cv2.DIST_L2, cv2.DIST_MASK_PRECISE), np.float32)


def _neighbours(shape: tuple[int, ...]) -> tuple[tuple[tuple[slice, slice], tuple[slice, slice]], ...]:
    """Index pairs of all horizontal and vertical neighbours in an image of this shape."""
    height, width = shape
    everything = slice(None)
    return (
        ((everything, slice(0, max(width - 1, 0))), (everything, slice(1, None))),
        ((slice(0, max(height - 1, 0)), everything), (slice(1, None), everything)),
    )
