"""Fisher's linear discriminant analysis from running sums: the directions in which labels differ.

The patches themselves are not kept: means and scatter are sums, so memory does not grow with the images.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_RIDGE = (0.1, 0.3)
"""Least and greatest share of the mean variance that is added to every direction of the scatter."""

_LEAST_RIDGE_JOINED = 0.03
"""Least share where pseudo-labels of many more images fill the space."""

_RIDGE_OF_ONE = 0.9
"""Share with a single view of an image, before these bounds: few views do not fill the space, and each fills more."""

_LEAST_RIDGE_OF_ALL = 8 * float(np.finfo(np.float32).eps)
"""Share of the points' mean square that every direction gets in any case: where the points of each label are all alike,
the rest is what rounding left of them, and may be below zero."""

_LEAST_WEIGHT = 1e-9
"""Patches that each label has at least, so that its mean and the logarithm of its share are finite."""

_LEAST_SHARE_LEFT = 1e-9
"""Share of a label's weight below which what is left without a part of it is but what rounding left."""

_LEAST_SPREAD = 1e-10
"""Share of the greatest spread of the labels' means below which a direction tells nothing."""

_POINTS_AT_ONCE = 2048
"""Points whose products are summed in one go: adding (D, D) numbers in double precision for a few takes longer."""

_ROUNDS = 2
"""Rounds in which an image's offset and its labels settle."""

_OFFSET_PATCHES = 400
"""Patches without an offset that are counted with each image, so that a small one is not moved by its content."""


class PatchSums:
    """What linear discriminant analysis needs of all patches: weights (C,), sums (C, D) and products (D, D).

    Args:
        weights: (C,) of the labels.
        sums: (C, D) of the points, by label.
        products: (D, D), see below; taken over, not copied.
        views: See below.
        waiting: (n, D) points times the roots of their weights, whose products are not summed yet.
        least_ridge: Bound of `ridge`.

    Attributes:
        views: How often points were added: views of images.
    """

    def __init__(
        self,
        weights: NDArray[np.float64],
        sums: NDArray[np.float64],
        products: NDArray[np.float64],
        *,
        views: int = 0,
        waiting: Sequence[NDArray[np.float32]] = (),
        least_ridge: float = _RIDGE[0],
    ) -> None:
        self.weights, self.sums, self.views = weights, sums, views
        self._products, self._waiting, self._least_ridge = products, list(waiting), least_ridge

    @property
    def ridge(self) -> float:
        """Share of the mean variance that every direction gets beside its own."""
        return float(np.clip(_RIDGE_OF_ONE / max(self.views, 1), self._least_ridge, _RIDGE[1]))

    @property
    def products(self) -> NDArray[np.float64]:
        """(D, D) sum of the points' products with themselves."""
        self._sum_up()
        return self._products

    def add(self, points: NDArray[np.float32], shares: NDArray[np.float32]) -> None:
        """Count (n, D) points with their (n, C) shares."""
        self.views += 1
        self.weights += shares.sum(axis=0)
        self.sums += shares.T @ points
        self._waiting.append(points * np.sqrt(shares.sum(axis=1, keepdims=True)))
        if sum(map(len, self._waiting)) >= _POINTS_AT_ONCE:
            self._sum_up()

    def spread(self, places: NDArray[np.intp], count: int, dim: int) -> PatchSums:
        """The same with room for ``count`` labels; those known so far move to ``places``."""
        weights, sums = np.zeros(count), np.zeros((count, dim))
        weights[places], sums[places] = self.weights, self.sums.reshape(-1, dim)
        products = self._products if self._products.size else np.zeros((dim, dim))
        return PatchSums(weights, sums, products, views=self.views, waiting=self._waiting)

    def joined(self, others: PatchSums) -> PatchSums:
        """These and others of the same labels; the others count no more than these do, all together."""
        share = min(1.0, float(self.weights.sum()) / max(float(others.weights.sum()), _LEAST_WEIGHT))
        return PatchSums(
            self.weights + share * others.weights,
            self.sums + share * others.sums,
            self.products + share * others.products,
            views=self.views + others.views,
            least_ridge=_LEAST_RIDGE_JOINED,
        )

    def without(self, part: PatchSums) -> PatchSums:
        """These without a part of them, counted with the same labels; what no label is left of has no weight."""
        weights = self.weights - part.weights
        is_left = weights > _LEAST_SHARE_LEFT * self.weights
        return PatchSums(
            np.where(is_left, weights, 0.0),
            np.where(is_left[:, None], self.sums - part.sums, 0.0),
            self.products - part.products,
            views=self.views - part.views,
            least_ridge=self._least_ridge,
        )

    def _sum_up(self) -> None:
        """Count the products of the points that wait for it."""
        if self._waiting:
            points = np.concatenate(self._waiting)
            self._waiting.clear()
            self._products += points.T @ points  # NumPy sees that it is symmetric, and computes half of it


class Discriminants:
    """Fisher's linear discriminant analysis: labels are Gaussians that differ in their means only."""

    def __init__(self, sums: PatchSums) -> None:
        total = sums.weights.sum()
        weights = np.maximum(sums.weights, _LEAST_WEIGHT)  # a label may be in no patch that was learned from
        means = sums.sums / weights[:, None]
        scatter = (sums.products - (means * sums.weights[:, None]).T @ means) / total
        least = _LEAST_RIDGE_OF_ALL * np.trace(sums.products) / total
        scatter += max(sums.ridge * np.trace(scatter) / len(scatter), least, 1e-9) * np.eye(len(scatter))
        self._centre = (sums.sums.sum(axis=0) / total).astype(np.float32)
        weighted = np.sqrt(sums.weights / total)[:, None]
        centred = means - self._centre
        from scipy.linalg import cho_factor, cho_solve

        # The directions lie in the span of scatter^-1 (mean - centre): one factorisation, and the rest is (C, C).
        slopes = cho_solve(cho_factor(scatter), (weighted * centred).T)  # (D, C)
        spread, axes = np.linalg.eigh((weighted * centred) @ slopes)
        useful = spread > _LEAST_SPREAD * max(spread[-1], 1e-24)
        axes = axes[:, useful] / np.sqrt(spread[useful])
        along = slopes @ axes
        self._axes = along.astype(np.float32)  # (D, at most C - 1)
        self._means = (centred @ along).astype(np.float32)
        self._bias = (np.log(weights / total) - np.square(self._means).sum(axis=1) / 2).astype(np.float32)
        self._mean_directions = unit(means.astype(np.float32))

    @property
    def are_any(self) -> bool:
        """Whether there is a direction in which labels differ at all."""
        return bool(self._axes.shape[1])

    def scores(self, points: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """(n, C) logarithms of the labels' probabilities for (n, D) points, but for what a point's labels share."""
        return self._scores(self._along(points))

    def project(self, points: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """(n, D) points in the directions that tell labels apart, L2-normalised."""
        return unit(self._along(points))

    def settled(self, points: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What the patches of one image are when its own offset is taken from them.

        Light, weather and camera move all patches of an image alike: what is left of them, on average, when their
        likely labels' means are subtracted.

        Args:
            points: (n, D) all patches of one image.

        Returns:
            (n, C - 1 at most) float32 places along the directions that tell labels apart, and (n, C) float32
            probabilities of the labels.
        """
        along = self._along(points)
        settled, votes = along, self._posterior(along)
        for _ in range(_ROUNDS):
            offset = (along - votes @ self._means).sum(axis=0) / (len(along) + _OFFSET_PATCHES)
            settled = along - offset
            votes = self._posterior(settled)
        return settled, votes

    def cosines(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, C) cosines of the points with the labels' means."""
        return np.asarray(points @ self._mean_directions.T, np.float32)

    def _posterior(self, along: NDArray[np.float32]) -> NDArray[np.float32]:
        return _softmax(self._scores(along))

    def _scores(self, along: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(along @ self._means.T + self._bias, np.float32)

    def _along(self, points: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        return np.asarray((points - self._centre) @ self._axes, np.float32)


def unit(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """(..., D) vectors made of length one; those of length zero stay."""
    return np.asarray(points / np.maximum(np.linalg.norm(points, axis=-1, keepdims=True), 1e-12), np.float32)


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
