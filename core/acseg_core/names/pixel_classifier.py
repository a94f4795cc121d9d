"""Logistic regression on the texture of pixels, which corrects what patches predict where these are too coarse.

Cracks, leaves and nuclei are smaller than a patch, and often plain to see by a line or a step in the image: features as
in ilastik (Berg et al., 2019). Patches keep the say about what a place is; pixels shift it (docs/research/dense.md,
section 48). NumPy, SciPy and OpenCV only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.cells import working_size

_Floats = NDArray[np.float32]

SHARES = (0.2, 0.35, 0.5)
"""How much of the correction may count, beside none of it; all of it trusts few labelled images too far."""

FEW_IMAGES = 5
"""Fewer labelled images than this can all be of one kind: of the shares only the least may count then."""

_SIGMAS = (0.7, 1.6, 3.5, 8.0, 20.0)
"""Of the blurs in pixels; the last one only tells the surroundings of the one before."""

_RIDGE = 1e-3
"""Penalty on the squared weights."""

_ROUNDS = 60
"""Rounds of the optimisation, at most."""

_MOST_DEVIATIONS = 4.0
"""Standard deviations at which features are clipped: what is stranger than anything learned from says no more."""

_LEAST_DEVIATION = 1e-4
"""Of a feature, so that none is divided by nothing."""

FOLDS = 3
"""Parts of the labelled images, each of which is predicted from the others."""

_PIXELS, _PIXELS_OF_IMAGE = 30_000, 6_000
"""Pixels that are learned from, of all images and of one, at most."""


def pixel_features(image: NDArray[np.uint8]) -> _Floats:
    """Contrast, edges, lines and structure of every pixel at four scales, in the picture that cells are found in.

    Of each scale: differences of Gaussians of the CIELAB channels; gradient, the two eigenvalues of the Hessian and the
    roots of those of the structure tensor, of the lightness. No colour as such: it differs between images.

    Args:
        image: (H, W, 3) uint8 RGB.

    Returns:
        (h, w, 32), h and w as `proposals.cells.working_size` says.
    """
    lab = cv2.cvtColor(working_picture(image).astype(np.float32) / 255, cv2.COLOR_RGB2LAB) / 100
    blurred = [cv2.GaussianBlur(lab, (0, 0), sigma) for sigma in _SIGMAS]
    found = []
    for sigma, here, around in zip(_SIGMAS, blurred, blurred[1:], strict=False):
        found += [here - around, _structure(np.ascontiguousarray(here[:, :, 0]), sigma)]
    return np.concatenate(found, axis=2)


def working_picture(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The (h, w, 3) picture that pixels are looked at in: the image, or smaller."""
    height, width = working_size(*image.shape[:2])
    if (height, width) == image.shape[:2]:
        return image
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _structure(lightness: _Floats, sigma: float) -> _Floats:
    """(h, w, 5): gradient, Hessian and structure tensor of blurred lightness, free of the scale."""

    def derivative(across: int, down: int) -> _Floats:
        scale = sigma ** (across + down) / (8 if across + down == 1 else 4)
        return np.asarray(cv2.Sobel(lightness, -1, across, down, scale=scale), np.float32)

    across, down = derivative(1, 0), derivative(0, 1)
    lines = _eigenvalues(derivative(2, 0), derivative(0, 2), derivative(1, 1))
    products = (cv2.GaussianBlur(each, (0, 0), 1.5 * sigma) for each in (across**2, down**2, across * down))
    steps = (np.sqrt(np.maximum(each, 0)) for each in _eigenvalues(*products))
    return np.stack([np.hypot(across, down), *lines, *steps], axis=2)


def _eigenvalues(first: _Floats, second: _Floats, mixed: _Floats) -> tuple[_Floats, _Floats]:
    """The greater and the smaller of symmetric matrices, element by element."""
    mean = np.asarray((first + second) / 2, np.float32)
    spread = np.sqrt(((first - second) / 2) ** 2 + mixed**2, dtype=np.float32)
    return mean + spread, mean - spread


@dataclass(frozen=True, slots=True, eq=False)
class _Sample:
    """Pixels of one labelled image: features (n, F), logits (n, C) of some labels, true label and weight (n,) each."""

    features: _Floats
    logits: _Floats
    labels: NDArray[np.int64]
    truth: NDArray[np.int64]
    weights: _Floats


class PixelClassifier:
    """Multinomial logistic regression on `pixel_features`, beside the logarithms of patches' probabilities.

    Add labelled images, neighbours one after the other, each with what patches of *other* images predict for it; then
    `train`, then `correction`. How
    much the correction counts is what makes the labels of images likeliest that it was not fitted to: nothing, where
    that is best.

    Args:
        images: How many images will be added.
        seed: Random state of the sample of pixels.

    Attributes:
        share: One of `SHARES`, or 0: before training, and where the texture of pixels tells nothing.
    """

    def __init__(self, images: int, *, seed: int = 0) -> None:
        self._of_image = min(_PIXELS_OF_IMAGE, _PIXELS // max(images, 1))
        self._random = np.random.default_rng(seed)
        self._samples: list[_Sample] = []
        self._labels = np.zeros(0, np.int64)
        self._fitted: _Fitted | None = None
        self.share = 0.0

    def __bool__(self) -> bool:
        """Whether there is a correction."""
        return self.share > 0

    def add(
        self, image: NDArray[np.uint8], logits: _Floats, labels: NDArray[np.int64], label_map: NDArray[np.integer]
    ) -> None:
        """Sample pixels of a labelled image, rare labels more often; together, those of an image weigh 1.

        Args:
            image: (H, W, 3) uint8 RGB.
            logits: (h, w, C), what its patches tell without it, of the size of `working_picture`.
            labels: (C,) int64, ascending, of the logits; pixels of other labels are left out.
            label_map: (H, W) the label of every pixel; -1 where it is unknown.
        """
        height, width = logits.shape[:2]
        truth = cv2.resize(label_map.astype(np.int32), (width, height), interpolation=cv2.INTER_NEAREST).ravel()
        known = np.flatnonzero(np.isin(truth, labels))
        if not len(known):
            return
        _, which, counts = np.unique(truth[known], return_inverse=True, return_counts=True)
        rarity = 1 / np.sqrt(counts[which])
        size = min(self._of_image, len(known))
        taken = self._random.choice(len(known), size, replace=False, p=rarity / rarity.sum())
        weights = (1 / rarity[taken]).astype(np.float32)
        pixels = known[taken]
        features = pixel_features(image).reshape(height * width, -1)[pixels]
        flat = logits.reshape(height * width, -1)[pixels]
        self._samples.append(_Sample(features, flat, labels, truth[pixels].astype(np.int64), weights / weights.sum()))

    def train(self) -> None:
        """Fit to what was added, and choose the share; of one image, or one label, there is nothing to tell."""
        samples, self._samples = self._samples, []
        self._labels = np.unique(np.concatenate([np.zeros(0, np.int64), *(sample.truth for sample in samples)]))
        if len(samples) < 2 or len(self._labels) < 2:
            return
        gains, allowed = np.zeros(len(SHARES)), len(SHARES) if len(samples) >= FEW_IMAGES else 1
        for part in np.array_split(np.arange(len(samples)), min(FOLDS, len(samples))):
            fitted = _fit([each for number, each in enumerate(samples) if number not in part], self._labels)
            for number in part:
                gains += fitted.gains(samples[number], self._labels)
        best = int(gains[:allowed].argmax())
        if gains[best] > 0:
            self.share = SHARES[best]
            self._fitted = _fit(samples, self._labels)

    def correction(self, image: NDArray[np.uint8], labels: NDArray[np.int64]) -> _Floats:
        """What to add to the logarithms of the labels' probabilities; 0 for one that it does not know.

        Args:
            image: (H, W, 3) uint8 RGB.
            labels: (C,) int64, ascending.

        Returns:
            (C, h, w), of the size of `working_picture`.

        Raises:
            ValueError: It is not trained, or its share is 0.
        """
        if self._fitted is None:
            raise ValueError("there is no correction: it was not trained, or its share is 0")
        features = pixel_features(image)
        height, width = features.shape[:2]
        shifts = self.share * self._fitted.shifts(features.reshape(height * width, -1))
        found = np.zeros((len(labels), height, width), np.float32)
        known, of_all, of_known = np.intersect1d(labels, self._labels, return_indices=True)
        found[of_all] = shifts[:, of_known].T.reshape(len(known), height, width)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class _Fitted:
    """Weights (F + 1, C) for features in deviations (F,) from their means (F,), the last row for none of them."""

    mean: _Floats
    deviation: _Floats
    weights: _Floats

    def shifts(self, features: _Floats) -> _Floats:
        """(n, C) logits to be added."""
        return _with_ones(features, self.mean, self.deviation) @ self.weights

    def gains(self, sample: _Sample, labels: NDArray[np.int64]) -> NDArray[np.float64]:
        """By how much each of `SHARES` of the shifts raises the log-likelihood of a sample."""
        logits, shifts = _columns(sample, labels), self.shifts(sample.features)
        target = np.searchsorted(labels, sample.truth)
        found = [_log_likelihoods(logits + share * shifts, target) @ sample.weights for share in (0.0, *SHARES)]
        return np.array(found[1:], np.float64) - float(found[0])


def _with_ones(features: _Floats, mean: _Floats, deviation: _Floats) -> _Floats:
    """(n, F + 1): features in standard deviations, and ones."""
    scaled = np.clip((features - mean) / deviation, -_MOST_DEVIATIONS, _MOST_DEVIATIONS)
    return np.concatenate([scaled, np.ones((len(scaled), 1), np.float32)], axis=1, dtype=np.float32)


def _columns(sample: _Sample, labels: NDArray[np.int64]) -> _Floats:
    """(n, C) logits of the labels wanted; one that nothing is known of is as unlikely as the least likely one."""
    found = np.full((len(sample.truth), len(labels)), sample.logits.min(), np.float32)
    _, wanted, there = np.intersect1d(labels, sample.labels, return_indices=True)
    found[:, wanted] = sample.logits[:, there]
    return found


def _log_likelihoods(logits: _Floats, target: NDArray[np.intp]) -> _Floats:
    """(n,) of the target column of (n, C) logits."""
    logits = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(logits[np.arange(len(target)), target] - np.log(np.exp(logits).sum(axis=1)), np.float32)


def _fit(samples: Sequence[_Sample], labels: NDArray[np.int64]) -> _Fitted:
    """The weights that make the true labels likeliest on top of the logits that are there, with a penalty."""
    from scipy.optimize import minimize

    features = np.concatenate([sample.features for sample in samples])
    mean, deviation = features.mean(axis=0), np.maximum(features.std(axis=0), _LEAST_DEVIATION)
    points = _with_ones(features, mean, deviation)
    offsets = np.concatenate([_columns(sample, labels) for sample in samples])
    target = np.searchsorted(labels, np.concatenate([sample.truth for sample in samples]))
    weights = np.concatenate([sample.weights for sample in samples]) / np.float32(len(samples))
    shape, rows = (points.shape[1], len(labels)), np.arange(len(target))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        current = flat.reshape(shape).astype(np.float32)
        logits = offsets + points @ current
        logits -= logits.max(axis=1, keepdims=True)
        shares = np.exp(logits)
        total = shares.sum(axis=1, keepdims=True)
        likelihood = logits[rows, target] - np.log(total[:, 0])
        shares /= total
        shares[rows, target] -= 1
        slope = points.T @ (shares * weights[:, None])
        slope[:-1] += _RIDGE * current[:-1]
        value = -float(weights @ likelihood) + _RIDGE / 2 * float((current[:-1] ** 2).sum())
        return value, slope.ravel().astype(np.float64)

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS})
    return _Fitted(mean, deviation, found.x.reshape(shape).astype(np.float32))
