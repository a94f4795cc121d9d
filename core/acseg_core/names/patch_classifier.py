"""Linear-discriminant and nearest-neighbour classification of patches, learned from images with labelled pixels.

What dense propagation predicts with (`acseg_core.names.dense`). NumPy and SciPy only.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.names.discriminants import Discriminants, PatchSums, unit
from acseg_core.names.neighbours import certainty, exact_neighbours, vote_weights
from acseg_core.proposals.patches import label_shares

_CERTAINTY_RANGE = (0.4, 0.6)
"""Cosines of a patch with the mean patches of the labels below which it is like none, and above which surely one."""

_LEAST_SHARE_OF_PATCH = 0.1
"""Share of a patch that a label must have for the patch to count as one of it where patches are sampled."""

_PSEUDO_LABEL_POWER = 32
"""Power of its probability that a pseudo-label counts with: of nine tenths a thirtieth, of 98 % half."""

_LEAST_KNOWN = 0.3
"""Share of a patch's pixels that must have labels for it to be learned from."""


class PatchClassifier:
    """Classifier of patches, trained image by image: add the labelled ones first, then predict.

    Two classifiers share the vote. Linear discriminant analysis needs only sums over all patches ever added: the mean
    of each label and the scatter around the means. The nearest neighbours are found among the patches kept, in the
    directions that analysis finds (at most one fewer than labels), where light and weather count for little. What an
    image has in common beside its labels is taken from it first. Plain cosines of last-layer tokens do far worse
    (docs/research/dense.md, section 20). Images without labels can join in with pseudo-labels
    (`add_pseudo_labelled`).

    Memory and time are bounded: of an image, no more than so many patches of a label are sampled, and above the
    limit, patches of the commonest labels are dropped, both at random. Those that stay weigh as much as all, so that
    no label is lost and none is outvoted.

    Args:
        limit: Patches kept, at most.
        of_label: Patches of one label that are taken from one image, at most.
        seed: Random state that decides which are sampled and which dropped.
        neighbours: Patches that vote for one.
        temperature: As in `suggest_names`.
    """

    def __init__(
        self,
        *,
        limit: int = 12_000,
        of_label: int = 256,
        seed: int = 0,
        neighbours: int = 30,
        temperature: float = 0.1,
    ) -> None:
        if limit < 1 or of_label < 1:
            raise ValueError(f"the limits must be at least 1, got {limit} and {of_label}")
        self._limit, self._of_label, self._neighbours, self._temperature = limit, of_label, neighbours, temperature
        self._random = np.random.default_rng(seed)
        self._labels = np.zeros(0, np.int64)
        self._tokens: NDArray[np.float16] = np.zeros((0, 0), np.float16)
        self._shares = np.zeros((0, 0), np.float32)
        self._order = np.zeros(0)
        self._added = np.zeros(0)  # patches ever added of which each label has most
        self._sums = PatchSums(np.zeros(0), np.zeros((0, 0)), np.zeros((0, 0)))
        self._pseudo_sums: PatchSums | None = None
        self._by_labels: Discriminants | None = None  # without pseudo-labels
        self._by_all: Discriminants | None = None  # of labels and pseudo-labels
        self._projected: NDArray[np.float32] = np.zeros((0, 0), np.float32)

    def __len__(self) -> int:
        """Patches it holds."""
        return len(self._order)

    @property
    def labels(self) -> NDArray[np.int64]:
        """(C,) int64, ascending."""
        return self._labels

    def add(self, tokens: NDArray[np.floating[Any]], label_map: NDArray[np.integer[Any]]) -> None:
        """Learn from a labelled image. Pseudo-labels so far are dropped, as with this image they would be better.

        Args:
            tokens: (h, w, D), patch tokens of any length, D the same for all images.
            label_map: (H, W) integers, the label of every pixel; -1 where it is unknown.
        """
        labels, shares = label_shares(label_map, tokens.shape[:2])
        known, weights = self._taken(shares)
        if not len(known):
            return
        self._make_room_for(labels, tokens.shape[-1])
        fresh = np.zeros((len(known), len(self._labels)), np.float32)
        fresh[:, np.searchsorted(self._labels, labels)] = shares[known]
        dim = tokens.shape[-1]
        points = unit(np.asarray(tokens, np.float32).reshape(-1, dim)[known])
        self._tokens = np.concatenate([self._tokens.reshape(-1, dim), points.astype(np.float16)])
        self._shares = np.concatenate([self._shares, fresh])
        self._order = np.concatenate([self._order, self._random.random(len(known))])
        self._sums.add(points, fresh * weights[:, None])
        self._pseudo_sums = self._by_labels = self._by_all = None
        self._added += np.bincount(fresh.argmax(axis=1), weights, minlength=len(self._labels))
        if len(self) > self._limit:
            self._drop_surplus()

    def add_pseudo_labelled(self, tokens: NDArray[np.floating[Any]]) -> None:
        """Learn from an image without labels, by the labels predicted for it (self-training).

        Its patches count as what the labelled images say they are, the surer the more, in the linear discriminants
        only: no pseudo-label votes as a neighbour or rests on another one, so that the order of the images does not
        matter. All of them together count no more than all labels (docs/research/dense.md, section 37).

        Args:
            tokens: (h, w, D), as of the images with labels, all of which come first.

        Raises:
            ValueError: Nothing was learned yet.
        """
        points = self._points(tokens)
        by_labels = self._label_discriminants()
        _, votes = by_labels.settled(points)
        likely = votes.argmax(axis=1)
        taken, weights = self._sample(likely)
        sure = votes[taken].max(axis=1) ** _PSEUDO_LABEL_POWER * certainty(
            by_labels.cosines(points[taken]).max(axis=1), _CERTAINTY_RANGE
        )
        shares = np.zeros((len(taken), len(self._labels)), np.float32)
        shares[np.arange(len(taken)), likely[taken]] = sure * weights
        if self._pseudo_sums is None:
            count, dim = self._sums.sums.shape
            self._pseudo_sums = PatchSums(np.zeros(count), np.zeros((count, dim)), np.zeros((dim, dim)))
        self._pseudo_sums.add(points[taken], shares)
        self._by_all = None

    def predict(self, tokens: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """Classify every patch of an image.

        Args:
            tokens: (h, w, D), patch tokens of any length.

        Returns:
            (h, w, C) float32 probabilities of `labels`. They add up to 1, and to less where a patch is like
            nothing that has a label.

        Raises:
            ValueError: Nothing was learned yet.
        """
        points = self._points(tokens)
        by_labels, pseudo = self._label_discriminants(), self._pseudo_sums
        if self._by_all is None:
            self._by_all = by_labels if pseudo is None else Discriminants(self._sums.joined(pseudo))
            self._projected = self._by_all.project(self._tokens)
        settled, votes = self._by_all.settled(points)
        if len(self._labels) > 1:
            votes += self._neighbour_votes(unit(settled))
            votes /= 2
        sure = certainty(by_labels.cosines(points).max(axis=1), _CERTAINTY_RANGE)
        return np.asarray(votes * sure[:, None], np.float32).reshape(*tokens.shape[:2], -1)

    def _points(self, tokens: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """(h * w, D), L2-normalised: the patches of an image to be classified."""
        if not len(self):
            raise ValueError("nothing was learned yet: add an image with labels first")
        return unit(np.asarray(tokens, np.float32).reshape(-1, tokens.shape[-1]))

    def _label_discriminants(self) -> Discriminants:
        if self._by_labels is None:
            self._by_labels = Discriminants(self._sums)
        return self._by_labels

    def _neighbour_votes(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, C): the shares of the nearest patches, which weigh as much as those dropped did with them."""
        main = self._shares.argmax(axis=1)
        there = np.bincount(main, minlength=len(self._labels))
        weights = self._added / np.maximum(there, 1)
        shares = self._shares * weights[main, None].astype(np.float32)
        result = np.zeros((len(points), len(self._labels)), np.float32)
        for block, indices, cosines in exact_neighbours(points, self._projected, self._neighbours):
            votes = np.einsum("rk,rkc->rc", vote_weights(cosines, self._temperature), shares[indices])
            result[block] = votes / votes.sum(axis=1, keepdims=True)
        return result

    def _taken(self, shares: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The patches of an image that are learned from, ascending, and the weight of each: how many it represents.

        A patch counts as one of the rarest label that has a good part of it: what is thin has no patch for its own.

        Args:
            shares: (n, C) of the labels, of all its patches.
        """
        known = np.flatnonzero(shares.sum(axis=1) >= _LEAST_KNOWN)
        if not len(known):
            return known, np.ones(0, np.float32)
        rare_first = np.argsort(shares[known].sum(axis=0), kind="stable")
        ordered = shares[known][:, rare_first]
        good = np.minimum(_LEAST_SHARE_OF_PATCH, ordered.max(axis=1, keepdims=True))
        taken, weights = self._sample((ordered >= good).argmax(axis=1))
        return known[taken], weights

    def _sample(self, main: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Of (n,) labels of patches, where a random sample of each is, ascending, and the weight of each patch."""
        there = np.bincount(main)
        by_label = np.lexsort((self._random.random(len(main)), main))
        first = np.cumsum(there) - there
        taken = np.sort(by_label[np.arange(len(main)) - first[main[by_label]] < self._of_label])
        weights = there / np.maximum(np.minimum(there, self._of_label), 1)
        return taken, weights[main[taken]].astype(np.float32)

    def _make_room_for(self, labels: NDArray[np.int64], dim: int) -> None:
        """Make room for labels not met before."""
        merged = np.union1d(self._labels, labels)
        places = np.searchsorted(merged, self._labels)
        shares = np.zeros((len(self), len(merged)), np.float32)
        added = np.zeros(len(merged))
        shares[:, places], added[places] = self._shares, self._added
        self._labels, self._shares, self._added = merged, shares, added
        self._sums = self._sums.spread(places, len(merged), dim)

    def _drop_surplus(self) -> None:
        """Keep a random sample of each label's patches, the same number of all labels that have that many."""
        main = self._shares.argmax(axis=1)
        quota = _quota(np.bincount(main, minlength=len(self._labels)), self._limit)
        by_label = np.lexsort((self._order, main))
        starts = np.searchsorted(main[by_label], np.arange(len(self._labels)))
        rank = np.arange(len(main)) - starts[main[by_label]]
        kept = np.sort(by_label[rank < quota])[: self._limit]
        self._tokens, self._shares, self._order = self._tokens[kept], self._shares[kept], self._order[kept]


def _quota(counts: NDArray[np.intp], limit: int) -> int:
    """The largest q for which the counts, none taken for more than q, add up to at most the limit; at least 1."""
    ordered = np.sort(counts)
    below = np.concatenate(([0], np.cumsum(ordered)))[:-1]
    quotas = (limit - below) // np.arange(len(ordered), 0, -1)
    fits = quotas <= ordered
    return max(1, int(quotas[fits.argmax()]) if fits.any() else int(ordered[-1]))
