"""The guided filter (He, Sun and Tang, 2013) with a colour guide, its coefficients found at a fraction of the scale.

It computes what OpenCV's `createGuidedFilter` does. But the maps here start out much smaller than the image: they are
enlarged no further than to the scale of the coefficients, only the part of the image that is asked for is found, and
what is large is written into memory that is kept. `tests/benchmarks/bench_tree.py` compares the two.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Box = tuple[slice, slice]
"""Rows and columns of an image, each with a start and a stop."""

_PIXEL_UNIT = 255.0
"""Greatest value of an 8-bit guide."""


class GuidedFilter:
    """Makes maps of patches follow the edges of one image.

    Args:
        guide: (H, W, 3) uint8, the image.
        radius: Half of the filter's window, in samples: every ``step``-th pixel of the guide; at least 1.
        epsilon: Regulariser, for guides in 0..1.
        step: Pixels from one sample of the coefficients to the next (He and Sun, 2015); 1 finds them at every pixel.
    """

    def __init__(self, guide: NDArray[np.uint8], radius: int, epsilon: float, step: int = 1) -> None:
        height, width = guide.shape[:2]
        self._shape, self._step = (height, width), step
        self._window, self._reach = (2 * radius + 1, 2 * radius + 1), 2 * radius
        self._colours = np.ascontiguousarray(guide.transpose(2, 0, 1), np.float32)
        samples = -(-height // step), -(-width // step)
        padded = cv2.copyMakeBorder(
            guide, 0, samples[0] * step - height, 0, samples[1] * step - width, cv2.BORDER_REPLICATE
        )
        guide_samples = cv2.resize(padded, samples[::-1]).astype(np.float32)
        self._moments = np.dstack([np.ones(samples, np.float32), guide_samples])
        self._mean = np.stack(cv2.split(self._means(guide_samples)))
        self._precision = self._inverse_covariance(cv2.split(guide_samples), epsilon * _PIXEL_UNIT**2)
        room = samples[0] * samples[1] * step**2
        self._crisp, self._coefficient = (np.empty(room, np.float32) for _ in range(2))

    def sharpen(self, patches: NDArray[np.float32], box: Box | None = None) -> NDArray[np.float32]:
        """Enlarge a map and let it follow the guide.

        Args:
            patches: (h, w) float32, of any size; bilinear in between.
            box: The part of the image that is wanted; all of it if left out.

        Returns:
            (H, W) float32, or as large as the box; the next call writes over it.
        """
        box = box or (slice(0, self._shape[0]), slice(0, self._shape[1]))
        wanted = [self._samples_of(side, length) for side, length in zip(box, self._mean.shape[1:], strict=True)]
        near = tuple(  # two windows away nothing matters any more
            slice(max(0, side.start - self._reach), min(length, side.stop + self._reach))
            for side, length in zip(wanted, self._mean.shape[1:], strict=True)
        )
        value = self._sampled(np.asarray(patches, np.float32), (near[0], near[1]))
        mean, *products = cv2.split(self._means(cv2.multiply(self._moments[near], cv2.merge([value] * 4))))
        guide_mean = self._mean[:, near[0], near[1]]
        covariance = np.stack(products) - guide_mean * mean
        slopes = np.einsum("cdhw,dhw->chw", self._precision[:, :, near[0], near[1]], covariance)
        offset = mean - np.einsum("chw,chw->hw", slopes, guide_mean)
        inside = tuple(
            slice(side.start - around.start, side.stop - around.start)
            for side, around in zip(wanted, near, strict=True)
        )
        offset, *slopes_found = cv2.split(self._means(cv2.merge([offset, *slopes]))[inside])
        origin = wanted[0].start * self._step, wanted[1].start * self._step
        crisp = self._enlarged(offset, origin, box, self._crisp)
        for slope, colour in zip(slopes_found, self._colours, strict=True):
            cv2.accumulateProduct(self._enlarged(slope, origin, box, self._coefficient), colour[box], crisp)
        return crisp

    def _samples_of(self, side: slice, length: int) -> slice:
        """The samples along an axis, of so many, that pixels there are interpolated from."""
        return slice(max(0, side.start // self._step - 1), min(length, -(-side.stop // self._step) + 1))

    def _sampled(self, patches: NDArray[np.float32], near: Box) -> NDArray[np.float32]:
        """What a map (h, w) is at some samples, bilinearly."""
        (rows, columns), (height, width) = patches.shape, self._shape
        down, across = _weights(rows, height, self._step)[near[0]], _weights(columns, width, self._step)[near[1]]
        return np.asarray(down @ patches @ across.T, np.float32)

    def _means(self, maps: NDArray[np.float32]) -> NDArray[np.float32]:
        """Means of maps (h, w, n) over the window around every sample."""
        return np.asarray(cv2.boxFilter(maps, -1, self._window, borderType=cv2.BORDER_REFLECT), np.float32)

    def _enlarged(
        self, samples: NDArray[np.float32], origin: tuple[int, int], box: Box, memory: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """A map (h, w) of samples, bilinearly at full size, and of that what is in a box of the image.

        Args:
            samples: The map; may be of a part of the image.
            origin: Row and column of the pixel where it begins.
            box: What is wanted of it.
            memory: To write it into.
        """
        height, width = (length * self._step for length in samples.shape)
        found = memory[: height * width].reshape(height, width)
        cv2.resize(samples, (width, height), dst=found)
        top, left = origin
        return found[box[0].start - top : box[0].stop - top, box[1].start - left : box[1].stop - left]

    def _inverse_covariance(self, colours: Sequence[NDArray[np.float32]], epsilon: float) -> NDArray[np.float32]:
        """(3, 3, h, w): of the guide's colours in the window around every sample, epsilon added to their variances."""
        products = [[self._means(first * second) for second in colours] for first in colours]
        covariance = np.asarray(products) - self._mean[:, None] * self._mean
        covariance += epsilon * np.eye(3, dtype=np.float32)[:, :, None, None]
        # By cofactors: np.linalg.inv would take fifty times as long.
        (a, b, c), (_, d, e), (_, _, f) = covariance
        cofactors = (
            (d * f - e * e, c * e - b * f, b * e - c * d),
            (c * e - b * f, a * f - c * c, b * c - a * e),
            (b * e - c * d, b * c - a * e, a * d - b * b),
        )
        determinant = a * cofactors[0][0] + b * cofactors[0][1] + c * cofactors[0][2]
        return np.asarray([[each / determinant for each in row] for row in cofactors], np.float32)


@functools.lru_cache(maxsize=64)
def _weights(count: int, pixels: int, step: int) -> NDArray[np.float32]:
    """(samples, count) weights of ``count`` cells along an axis at every ``step``-th of its pixels, bilinearly."""
    samples = -(-pixels // step)
    middles = (np.arange(samples) + 0.5) * step  # in pixels
    position = np.clip(middles * count / pixels - 0.5, 0, count - 1)
    return np.asarray(np.maximum(0, 1 - np.abs(position[:, None] - np.arange(count))), np.float32)
