"""Doubtful names: label errors found by cross-validated linear discriminant analysis of all named regions.

Names given to many regions at once, by cluster or by accepting what is suggested, are wrong for some. The analysis
learns from all of them as they stand; what it takes for something else is wrong far more often than the rest
(`docs/research/naming.md`, section 39).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from acseg_core.names.discriminants import Discriminants, PatchSums, unit

_FOLDS = 10
"""Parts of the images; of each, what the others say counts beside what all say: a region confirms its own name."""

_RIDGE = 0.3
"""Share of the mean variance that is added to every direction: regions are few, beside patches."""

_SUPPORT = 2
"""Regions of a name in other parts, at least, without which these cannot know that name well enough to doubt it."""

_TEMPERATURE = 4.0
"""Divisor of the Gaussians' logarithms, as they are far too sure of themselves."""

LEAST_DOUBT = 0.1
"""How likely the other name has to be, 0..1, for a name to be worth a person's look."""

_ROWS = 4096
"""Regions compared at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Doubts:
    """Names that are doubted, the surest doubt first.

    Attributes:
        rows: (m,) int64, which of the regions.
        labels: (m,) int64, what each is taken for instead.
        confidences: (m,) float32, how likely that is, 0..1.
    """

    rows: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    labels: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    confidences: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))

    def __len__(self) -> int:
        """How many there are."""
        return len(self.rows)

    def only(self, chosen: NDArray[np.bool_]) -> Doubts:
        """Some of them, in the same order."""
        return Doubts(self.rows[chosen], self.labels[chosen], self.confidences[chosen])


def doubtful_names(
    descriptors: NDArray[np.floating],
    labels: NDArray[np.integer],
    *,
    areas: NDArray[np.number],
    images: NDArray[np.integer],
) -> Doubts:
    """Which names of regions an analysis of all names would give otherwise.

    Fisher's linear discriminant analysis (R. A. Fisher, 1936) of the descriptors, centred on their mean; a region
    weighs the root of its area, as a large one is more surely what it is called. It is made once from all regions, and
    once for each tenth of the images without it. A name is doubted when the analysis without the region's own tenth
    gives it another one; what it may be, and how sure that is, is what both say together. Names that too few regions
    outside of that tenth have are not doubted, and rows that are no direction (zero, or not finite) are passed by.

    Memory grows with the labels and the length of a descriptor, not with the regions beyond a copy of a few thousand.

    Args:
        descriptors: (n, D), L2-normalised.
        labels: (n,) label of each region.
        areas: (n,) pixels, above zero.
        images: (n,) image of each region; with fewer than ten, regions are left out instead of images.

    Returns:
        The doubts; none when there are fewer than two labels, or they do not differ in their descriptors.

    Raises:
        ValueError: The arguments differ in length.
    """
    if not len(descriptors) == len(labels) == len(areas) == len(images):
        raise ValueError("descriptors, labels, areas and images must be equally many")
    usable = np.flatnonzero(_are_directions(descriptors))
    names, codes = np.unique(labels[usable], return_inverse=True)
    if len(names) < 2:
        return Doubts()
    folds = _folds(images[usable])
    centred = _CentredDescriptors(descriptors, usable)
    weights = np.sqrt(np.maximum(areas[usable], 1) / np.maximum(areas[usable], 1).mean()).astype(np.float32)
    parts = [_sums(centred, codes, weights, np.flatnonzero(folds == fold), len(names)) for fold in range(_FOLDS)]
    everything = _total(parts)
    all_together = Discriminants(everything)
    if not all_together.are_any:
        return Doubts()
    support = np.bincount(codes, minlength=len(names)) - _counts(codes, folds, len(names))  # (folds, C)
    rows, others, confidences = [], [], []
    for fold, part in enumerate(parts):
        members = np.flatnonzero(folds == fold)
        members = members[support[fold, codes[members]] >= _SUPPORT]
        if not len(members):
            continue
        rest = Discriminants(everything.without(part))
        for block, points in centred.blocks(members):
            apart = np.where(support[fold] > 0, rest.scores(points), -np.inf)
            own = codes[block]
            doubted = apart.argmax(axis=1) != own
            both = apart[doubted] + all_together.scores(points[doubted])
            likely = _softmax(both / (2 * _TEMPERATURE))
            likely[np.arange(len(likely)), own[doubted]] = -1  # below any other, however unlikely that is
            rows.append(block[doubted])
            others.append(likely.argmax(axis=1))
            confidences.append(likely.max(axis=1, initial=0))
    if not rows:
        return Doubts()
    found, other, confidence = np.concatenate(rows), np.concatenate(others), np.concatenate(confidences)
    order = np.lexsort((found, -confidence))
    return Doubts(
        usable[found[order]].astype(np.int64),
        names[other[order]].astype(np.int64),
        confidence[order].astype(np.float32),
    )


class _CentredDescriptors:
    """Descriptors of the usable rows, centred and of length one again, a block at a time."""

    def __init__(self, descriptors: NDArray[np.floating], usable: NDArray[np.intp]) -> None:
        self._descriptors, self._usable = descriptors, usable
        total = np.zeros(descriptors.shape[1])
        for start in range(0, len(usable), _ROWS):
            total += descriptors[usable[start : start + _ROWS]].sum(axis=0, dtype=np.float64)
        self._centre = (total / len(usable)).astype(np.float32)

    @property
    def dim(self) -> int:
        return int(self._descriptors.shape[1])

    def blocks(self, rows: NDArray[np.intp]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float32]]]:
        """Rows and their (r, D) points."""
        for start in range(0, len(rows), _ROWS):
            block = rows[start : start + _ROWS]
            yield block, unit(self._descriptors[self._usable[block]].astype(np.float32) - self._centre)


def _are_directions(descriptors: NDArray[np.floating]) -> NDArray[np.bool_]:
    """(n,) bool, block by block."""
    found = np.zeros(len(descriptors), bool)
    for start in range(0, len(descriptors), _ROWS):
        block = descriptors[start : start + _ROWS]
        found[start : start + _ROWS] = np.isfinite(block).all(axis=1) & (block != 0).any(axis=1)
    return found


def _folds(images: NDArray[np.integer]) -> NDArray[np.intp]:
    """(n,) part of each region: by image, in turn; by region where there are few images."""
    numbers = np.unique(images, return_inverse=True)[1]
    if numbers.max() + 1 < _FOLDS:
        numbers = np.arange(len(images))
    return np.asarray(numbers % _FOLDS, np.intp)


def _sums(
    centred: _CentredDescriptors,
    codes: NDArray[np.intp],
    weights: NDArray[np.float32],
    rows: NDArray[np.intp],
    count: int,
) -> PatchSums:
    """What the analysis needs of some rows."""
    dim = centred.dim
    sums = PatchSums(np.zeros(count), np.zeros((count, dim)), np.zeros((dim, dim)), least_ridge=_RIDGE)
    for block, points in centred.blocks(rows):
        shares = np.zeros((len(block), count), np.float32)
        shares[np.arange(len(block)), codes[block]] = weights[block]
        sums.add(points, shares)
    return sums


def _total(parts: list[PatchSums]) -> PatchSums:
    return PatchSums(
        np.sum([part.weights for part in parts], axis=0),
        np.sum([part.sums for part in parts], axis=0),
        np.sum([part.products for part in parts], axis=0),
        views=sum(part.views for part in parts),
        least_ridge=_RIDGE,
    )


def _counts(codes: NDArray[np.intp], folds: NDArray[np.intp], count: int) -> NDArray[np.int64]:
    """(folds, C) regions of each label in each part."""
    return np.bincount(folds * count + codes, minlength=_FOLDS * count).reshape(_FOLDS, count)


def _softmax(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf), dtype=np.float64)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float64)
