"""Names for what looks like something that is named already: regions by their descriptors, patches by their tokens.

Both are k-nearest-neighbour votes by cosine, softly weighted; patches are compared in the directions that tell the
labels apart. `foreground` is the paper's division of an image by the backbone's attention. NumPy only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.names.discriminants import Discriminants, PatchSums, unit
from acseg_core.names.neighbours import Cells

_COSINES_AT_ONCE = 1 << 23
"""Cosines held in memory together: 32 MB of float32."""

_GROUP = 32
"""Neighbours looked through together."""

_PIXELS_AT_ONCE = 1 << 22
"""Pixels of a label map looked at in one go."""

_REGION_LIKENESS = (0.5, 0.82)
"""Cosines of region descriptors below which a neighbour says nothing, and above which its word is fully good."""

_PATCH_LIKENESS = (0.4, 0.6)
"""The same for a patch and the mean patches of the labels."""

_LEAST_LIKENESS = 0.01

_CELLS_FROM = 8192
"""Named regions from which on only those around an unnamed one are looked through."""

_GOOD_PART = 0.1
"""Share of a patch that a label must have for the patch to count as one of it where patches are sampled."""

_SURENESS = 32
"""To this power a guess counts with its probability: of nine tenths with a thirtieth, of 98 % with half."""

_LEAST_KNOWN = 0.3
"""Share of a patch's pixels that must have labels for it to be remembered."""


def suggest_names(
    named: NDArray[np.floating[Any]],
    labels: NDArray[np.int64],
    unnamed: NDArray[np.floating[Any]],
    *,
    neighbours: int = 10,
    temperature: float = 0.1,
    centre: NDArray[np.float32] | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Suggest for every unnamed region the label for which its nearest named ones vote.

    A neighbour's vote weighs exp(cosine / temperature). The confidence is the label's share of the votes, lowered
    where not even the nearest neighbour looks alike.

    Args:
        named: (m, D) float16 or float32, L2-normalised.
        labels: (m,) int64, theirs.
        unnamed: (n, D), like ``named``.
        neighbours: How many vote, at most.
        temperature: A small one lets the nearest decide, with a large one all count alike.
        centre: (D,) float32, taken from all before they are compared: the mean of a data set's descriptors, which they
            have in common and which tells nothing.

    Returns:
        (n,) int64 labels, and (n,) float32 confidences in 0..1.

    Raises:
        ValueError: Nothing is named, or there are not as many labels as named regions.
    """
    memory = NameMemory(named, labels, neighbours=neighbours, temperature=temperature, centre=centre)
    return memory.suggest(unnamed)


class NameMemory:
    """Named regions, made ready once to be compared with many unnamed ones.

    Of very many, an unnamed region is compared with those around it only (`neighbours`): on the tokens of
    camvid-mini, 24,000 of them named, 99.5 % of the ten nearest are found and 99.8 % of the names are those of the full
    search. Arguments as of `suggest_names`.

    Raises:
        ValueError: Nothing is named, or there are not as many labels as named regions.
    """

    def __init__(
        self,
        named: NDArray[np.floating[Any]],
        labels: NDArray[np.int64],
        *,
        neighbours: int = 10,
        temperature: float = 0.1,
        centre: NDArray[np.float32] | None = None,
    ) -> None:
        if not len(named) or len(named) != len(labels):
            raise ValueError(f"{len(named)} named regions with {len(labels)} labels: no names to learn from")
        self._neighbours, self._temperature, self._centre = neighbours, temperature, centre
        self._known, self._classes = np.unique(labels, return_inverse=True)
        self._plain = np.asarray(named, np.float32)
        self._compared = self._plain if centre is None else unit(self._plain - centre)
        self._cells = Cells(self._compared) if len(named) >= _CELLS_FROM else None

    def suggest(self, unnamed: NDArray[np.floating[Any]]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Let the nearest vote for each.

        Args:
            unnamed: (n, D) float16 or float32, L2-normalised.

        Returns:
            (n,) int64 labels, and (n,) float32 confidences in 0..1.
        """
        points = np.asarray(unnamed, np.float32)
        best = np.zeros(len(points), np.int64)
        confidences = np.zeros(len(points), np.float32)
        count = len(self._known)
        for rows, indices, cosines in self._nearest(points if self._centre is None else unit(points - self._centre)):
            weights = _vote_weights(cosines, self._temperature)
            ballot = np.arange(len(indices))[:, None] * count + self._classes[indices]
            votes = np.bincount(ballot.ravel(), weights.ravel(), minlength=len(indices) * count)
            votes = votes.reshape(len(indices), -1)
            winner = votes.argmax(axis=1)
            best[rows] = self._known[winner]
            share = np.take_along_axis(votes, winner[:, None], axis=1)[:, 0]
            nearest = np.take_along_axis(indices, cosines.argmax(axis=1)[:, None], axis=1)[:, 0]
            alike = np.einsum("nd,nd->n", points[rows], self._plain[nearest])
            confidences[rows] = share * _likeness(alike, _REGION_LIKENESS)
        return best, np.clip(confidences, 0, 1)

    def _nearest(self, points: NDArray[np.float32]) -> Iterator[tuple[slice, NDArray[np.intp], NDArray[np.float32]]]:
        """Blocks of points, (r, k) indices of their neighbours and (r, k) cosines."""
        if self._cells is None:
            return _nearest(points, self._compared, self._neighbours)
        return self._cells.nearest(points, self._neighbours)


class TokenMemory:
    """Patch tokens of images that are named, with the labels of their pixels: what dense propagation compares with.

    Two classifiers share the vote. Linear discriminant analysis needs only sums over all patches ever added: the mean
    of each label and the scatter around the means. The nearest neighbours are found among the patches kept, in the
    directions that analysis finds (at most one fewer than labels), where light and weather count for little. What an
    image has in common beside its labels is taken from it first. Plain cosines of last-layer tokens do far worse
    (docs/research/dense.md, section 20). Images without labels can join in with what they are surely taken for
    (`guess`).

    Memory and time are bounded: of an image, no more than so many patches of a label are looked at, and above the
    limit, patches of the commonest labels are forgotten, both at random. Those that stay speak for them, so that no
    label is lost and none is outvoted.

    Args:
        limit: Patches kept, at most.
        of_label: Patches of one label that are taken from one image, at most.
        seed: Decides which are taken and which forgotten.
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
        self._seen = np.zeros(0)  # patches of which each label has most
        self._sums = PatchSums(np.zeros(0), np.zeros((0, 0)), np.zeros((0, 0)))
        self._guessed: PatchSums | None = None
        self._taught: Discriminants | None = None  # of labels alone
        self._analysis: Discriminants | None = None  # of labels and guesses
        self._projected: NDArray[np.float32] = np.zeros((0, 0), np.float32)

    def __len__(self) -> int:
        """Patches it holds."""
        return len(self._order)

    @property
    def labels(self) -> NDArray[np.int64]:
        """(C,) int64, ascending."""
        return self._labels

    def add(self, tokens: NDArray[np.floating[Any]], label_map: NDArray[np.integer[Any]]) -> None:
        """Remember an image. Guesses made so far are dropped, as with this image they would be better ones.

        Args:
            tokens: (h, w, D), patch tokens of any length, D the same for all images.
            label_map: (H, W) integers, the label of every pixel; -1 where it is unknown.
        """
        labels, shares = label_shares(label_map, tokens.shape[:2])
        known, stands_for = self._taken(shares)
        if not len(known):
            return
        self._learn_labels(labels, tokens.shape[-1])
        fresh = np.zeros((len(known), len(self._labels)), np.float32)
        fresh[:, np.searchsorted(self._labels, labels)] = shares[known]
        dim = tokens.shape[-1]
        points = unit(np.asarray(tokens, np.float32).reshape(-1, dim)[known])
        self._tokens = np.concatenate([self._tokens.reshape(-1, dim), points.astype(np.float16)])
        self._shares = np.concatenate([self._shares, fresh])
        self._order = np.concatenate([self._order, self._random.random(len(known))])
        self._sums.add(points, fresh * stands_for[:, None])
        self._guessed = self._taught = self._analysis = None
        self._seen += np.bincount(fresh.argmax(axis=1), stands_for, minlength=len(self._labels))
        if len(self) > self._limit:
            self._forget()

    def guess(self, tokens: NDArray[np.floating[Any]]) -> None:
        """Learn from an image without labels what the labels look like there, too.

        Its patches count as what images with labels say they are, the surer the more, in the analysis only: no guess
        votes as a neighbour or rests on another guess, so that the order of the images does not matter. All guesses
        together count no more than all labels (docs/research/dense.md, section 37).

        Args:
            tokens: (h, w, D), as of the images with labels, all of which come first.

        Raises:
            ValueError: The memory is empty.
        """
        points = self._points(tokens)
        taught = self._taught_analysis()
        _, votes = taught.settled(points)
        likely = votes.argmax(axis=1)
        taken, stands_for = self._sample(likely)
        sure = votes[taken].max(axis=1) ** _SURENESS * _likeness(
            taught.cosines(points[taken]).max(axis=1), _PATCH_LIKENESS
        )
        shares = np.zeros((len(taken), len(self._labels)), np.float32)
        shares[np.arange(len(taken)), likely[taken]] = sure * stands_for
        if self._guessed is None:
            count, dim = self._sums.sums.shape
            self._guessed = PatchSums(np.zeros(count), np.zeros((count, dim)), np.zeros((dim, dim)))
        self._guessed.add(points[taken], shares)
        self._analysis = None

    def predict(self, tokens: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """Let the memory vote for every patch of an image.

        Args:
            tokens: (h, w, D), patch tokens of any length.

        Returns:
            (h, w, C) float32 probabilities of `labels`. They add up to 1, and to less where a patch looks like
            nothing that has a label.

        Raises:
            ValueError: The memory is empty.
        """
        points = self._points(tokens)
        taught = self._taught_analysis()
        if self._analysis is None:
            self._analysis = Discriminants(self._sums.joined(self._guessed)) if self._guessed is not None else taught
            self._projected = self._analysis.project(self._tokens)
        settled, votes = self._analysis.settled(points)
        if len(self._labels) > 1:
            votes += self._neighbour_votes(unit(settled))
            votes /= 2
        likeness = _likeness(taught.cosines(points).max(axis=1), _PATCH_LIKENESS)
        return np.asarray(votes * likeness[:, None], np.float32).reshape(*tokens.shape[:2], -1)

    def _points(self, tokens: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """(h * w, D), L2-normalised: the patches of an image to be recognised."""
        if not len(self):
            raise ValueError("the memory is empty: add an image with labels first")
        return unit(np.asarray(tokens, np.float32).reshape(-1, tokens.shape[-1]))

    def _taught_analysis(self) -> Discriminants:
        if self._taught is None:
            self._taught = Discriminants(self._sums)
        return self._taught

    def _neighbour_votes(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, C): the shares of the nearest patches, which also speak for those forgotten."""
        main = self._shares.argmax(axis=1)
        there = np.bincount(main, minlength=len(self._labels))
        speaks_for = self._seen / np.maximum(there, 1)
        shares = self._shares * speaks_for[main, None].astype(np.float32)
        result = np.zeros((len(points), len(self._labels)), np.float32)
        for block, indices, cosines in _nearest(points, self._projected, self._neighbours):
            votes = np.einsum("rk,rkc->rc", _vote_weights(cosines, self._temperature), shares[indices])
            result[block] = votes / votes.sum(axis=1, keepdims=True)
        return result

    def _taken(self, shares: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """The patches of an image that are learned from, ascending, and for how many each of them stands.

        A patch counts as one of the rarest label that has a good part of it: what is thin has no patch for its own.

        Args:
            shares: (n, C) of the labels, of all its patches.
        """
        known = np.flatnonzero(shares.sum(axis=1) >= _LEAST_KNOWN)
        if not len(known):
            return known, np.ones(0, np.float32)
        rare_first = np.argsort(shares[known].sum(axis=0), kind="stable")
        ordered = shares[known][:, rare_first]
        good = np.minimum(_GOOD_PART, ordered.max(axis=1, keepdims=True))
        taken, stands_for = self._sample((ordered >= good).argmax(axis=1))
        return known[taken], stands_for

    def _sample(self, main: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Of (n,) labels of patches, where a random sample of each is, ascending, and for how many each one stands."""
        there = np.bincount(main)
        by_label = np.lexsort((self._random.random(len(main)), main))
        first = np.cumsum(there) - there
        taken = np.sort(by_label[np.arange(len(main)) - first[main[by_label]] < self._of_label])
        stands_for = there / np.maximum(np.minimum(there, self._of_label), 1)
        return taken, stands_for[main[taken]].astype(np.float32)

    def _learn_labels(self, labels: NDArray[np.int64], dim: int) -> None:
        """Make room for labels not met before."""
        merged = np.union1d(self._labels, labels)
        places = np.searchsorted(merged, self._labels)
        shares = np.zeros((len(self), len(merged)), np.float32)
        seen = np.zeros(len(merged))
        shares[:, places], seen[places] = self._shares, self._seen
        self._labels, self._shares, self._seen = merged, shares, seen
        self._sums = self._sums.spread(places, len(merged), dim)

    def _forget(self) -> None:
        """Keep a random sample of each label's patches, the same number of all labels that have that many."""
        main = self._shares.argmax(axis=1)
        quota = _quota(np.bincount(main, minlength=len(self._labels)), self._limit)
        by_label = np.lexsort((self._order, main))
        starts = np.searchsorted(main[by_label], np.arange(len(self._labels)))
        rank = np.arange(len(main)) - starts[main[by_label]]
        kept = np.sort(by_label[rank < quota])[: self._limit]
        self._tokens, self._shares, self._order = self._tokens[kept], self._shares[kept], self._order[kept]


def label_shares(
    label_map: NDArray[np.integer[Any]], grid: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """How much of every patch each label has.

    Args:
        label_map: (H, W) integers; -1 where nothing is known.
        grid: Patches (h, w) the image is divided into.

    Returns:
        (C,) int64 labels that occur, ascending; (h * w, C) float32 shares of the patch's pixels, which add up to less
        than 1 where some are unknown.
    """
    rows, columns = grid
    height, width = label_map.shape
    labels = np.unique(label_map)
    labels = labels[labels >= 0].astype(np.int64)
    row_of = np.arange(height) * rows // height
    column_of = np.arange(width) * columns // width
    counts = np.zeros((rows * columns, len(labels) + 1), np.int64)
    step = max(1, _PIXELS_AT_ONCE // width)
    for start in range(0, height, step):
        block = slice(start, start + step)
        pixels = label_map[block]
        index = np.where(pixels < 0, len(labels), np.searchsorted(labels, pixels))
        cell = (row_of[block, None] * columns + column_of) * counts.shape[1] + index
        counts += np.bincount(cell.ravel(), minlength=counts.size).reshape(counts.shape)
    total = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return labels, np.asarray(counts[:, :-1] / total, np.float32)


def foreground(attention: NDArray[np.float32], label_map: NDArray[np.integer[Any]], count: int) -> NDArray[np.bool_]:
    """Which regions of an image are foreground: those the CLS token attends to (section 3.4 of the ACSeg paper).

    The attention is averaged over each region, and the means are divided in two by 2-means (exactly: in one
    dimension its best division is a threshold).

    Args:
        attention: (h, w) float32, of the CLS token to every patch.
        label_map: (H, W) integers, region of every pixel, 0..count - 1; -1 outside of all.
        count: R, the number of regions.

    Returns:
        (R,) bool; all of them where the regions do not differ, and never one without pixels.
    """
    labels, shares = label_shares(label_map, (attention.shape[0], attention.shape[1]))
    pixels = shares.sum(axis=0)
    means = (attention.ravel() @ shares) / np.maximum(pixels, 1e-12)
    result = np.zeros(count, bool)
    result[labels] = stand_out(means)
    return result


def stand_out(means: NDArray[np.floating[Any]]) -> NDArray[np.bool_]:
    """Which of the (R,) mean attentions to the regions of an image belong to its foreground; all where none differ."""
    return np.asarray(means > _two_means_threshold(means), bool)


def _two_means_threshold(values: NDArray[np.floating[Any]]) -> float:
    """The threshold that divides values into two groups with the least squared distance to their means."""
    ordered = np.sort(values.astype(np.float64))
    if not len(ordered) or ordered[0] == ordered[-1]:
        return -math.inf
    count = np.arange(1, len(ordered))
    below = np.cumsum(ordered)[:-1]
    above = ordered.sum() - below
    gain = below**2 / count + above**2 / (len(ordered) - count)  # the greater, the less is left within
    gain[ordered[1:] == ordered[:-1]] = -math.inf  # equal values stay together
    return float(ordered[gain.argmax()])


def _nearest(
    points: NDArray[np.float32], memory: NDArray[np.float32], count: int
) -> Iterator[tuple[slice, NDArray[np.intp], NDArray[np.float32]]]:
    """The memory's nearest rows, block by block: a slice of the points, (r, k) indices and (r, k) cosines."""
    count = min(count, len(memory))
    step = max(1, _COSINES_AT_ONCE // len(memory))
    for start in range(0, len(points), step):
        block = slice(start, start + step)
        cosines = points[block] @ memory.T
        indices = _largest(cosines, count)
        yield block, indices, np.take_along_axis(cosines, indices, axis=1)


def _largest(values: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Where the largest values of each row are, (r, count), in no particular order.

    They are in the groups with the largest maxima: only those are looked through, which is three times as fast.
    """
    rows, columns = values.shape
    grouped = columns // _GROUP * _GROUP
    if grouped < 4 * _GROUP * count:
        return np.argpartition(values, -count, axis=1)[:, -count:]
    maxima = values[:, :grouped].reshape(rows, -1, _GROUP).max(axis=2)
    groups = np.argpartition(maxima, -count, axis=1)[:, -count:]
    inside = (groups[:, :, None] * _GROUP + np.arange(_GROUP)).reshape(rows, -1)
    rest = np.broadcast_to(np.arange(grouped, columns), (rows, columns - grouped))
    candidates = np.concatenate([inside, rest], axis=1)
    best = np.argpartition(np.take_along_axis(values, candidates, axis=1), -count, axis=1)[:, -count:]
    return np.take_along_axis(candidates, best, axis=1)


def _vote_weights(cosines: NDArray[np.float32], temperature: float) -> NDArray[np.float32]:
    """Softmax over the last axis."""
    powers = np.exp((cosines - cosines.max(axis=1, keepdims=True)) / temperature)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def _likeness(cosines: NDArray[np.float32], between: tuple[float, float]) -> NDArray[np.float32]:
    """From almost 0 (nothing alike, and yet the best guess there is) to 1, linear between two cosines."""
    low, high = between
    return np.asarray(np.clip((cosines - low) / (high - low), _LEAST_LIKENESS, 1), np.float32)


def _quota(counts: NDArray[np.intp], limit: int) -> int:
    """The largest q for which the counts, none taken for more than q, add up to at most the limit; at least 1."""
    ordered = np.sort(counts)
    below = np.concatenate(([0], np.cumsum(ordered)))[:-1]
    quotas = (limit - below) // np.arange(len(ordered), 0, -1)
    fits = quotas <= ordered
    return max(1, int(quotas[fits.argmax()]) if fits.any() else int(ordered[-1]))
