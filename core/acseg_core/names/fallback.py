"""Fallback names: names for regions found by other means than nearest neighbours, kept until those are surer.

Suggestions from named regions are made anew all the time, and would wipe out what was found for a list of words.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class FallbackNames:
    """Fallback names of some regions.

    Attributes:
        region_ids: (n,) int64, ascending.
        labels: (n,) int64 ids of labels.
        confidences: (n,) float32 in 0..1.
    """

    region_ids: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    labels: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    confidences: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))

    def __len__(self) -> int:
        """How many regions."""
        return len(self.region_ids)

    def surer(
        self, region_ids: NDArray[np.int64], labels: NDArray[np.int64], confidences: NDArray[np.float32]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The surer of two names for each region: what is given, or the fallback.

        Args:
            region_ids: (m,) int64.
            labels: (m,) int64, found by nearest neighbours.
            confidences: (m,) float32, how sure that is.

        Returns:
            (m,) int64 labels and (m,) float32 confidences.
        """
        if not len(self):
            return labels, confidences
        place = np.minimum(np.searchsorted(self.region_ids, region_ids), len(self) - 1)
        surer = (self.region_ids[place] == region_ids) & (self.confidences[place] > confidences)
        return (
            np.where(surer, self.labels[place], labels),
            np.where(surer, self.confidences[place], confidences).astype(np.float32),
        )

    def of_labels(self, label_ids: Collection[int]) -> FallbackNames:
        """Those with one of these labels."""
        kept = np.isin(self.labels, np.fromiter(label_ids, np.int64))
        return FallbackNames(self.region_ids[kept], self.labels[kept], self.confidences[kept])

    def updated(self, newer: FallbackNames) -> FallbackNames:
        """These, but the newer ones where there are both."""
        kept = ~np.isin(self.region_ids, newer.region_ids)
        ids = np.concatenate([self.region_ids[kept], newer.region_ids])
        order = np.argsort(ids, kind="stable")
        labels = np.concatenate([self.labels[kept], newer.labels])
        confidences = np.concatenate([self.confidences[kept], newer.confidences])
        return FallbackNames(ids[order], labels[order], confidences[order])
