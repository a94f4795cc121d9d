"""Active learning: what to review next, the most informative images and regions first.

An image informs about the clusters it shows: a name given there helps all unnamed regions of the cluster, those of
similar clusters a little too, and the less the surer the machine is of their names already. Every image that comes
before takes away most of what was to learn of the clusters it shows, so that the order goes through all clusters of the
data set before it repeats one. It is facility location, solved greedily; docs/research/annotator.md, section
21, compares.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from acseg_core.store import Project, queries
from acseg_core.store.edits import suggestions
from acseg_core.store.queries import cluster_queries
from acseg_core.types import Region

_LEFT_AFTER_REGION = 0.5
"""Share of what is to learn of a cluster that is left after each of its regions that was seen."""

_LEARNED_FROM_IMAGE = 0.9
"""Share of what is to learn of a cluster that is gone with each image that shows it."""

_CHOSEN_GREEDILY = 200
"""Images that are chosen one by one; those after them come by how informative they are then."""

_CANDIDATES = 4000
"""Images among which these are chosen, at most."""


def review_order(project: Project) -> list[int]:
    """Images that are not done, the most informative first; equally informative ones in display order."""
    open_regions = suggestions.open_regions(project)
    doubts: defaultdict[int, float] = defaultdict(float)  # of all regions of a cluster
    for regions in open_regions.values():
        for cluster_id, doubt in regions:
            if cluster_id is not None:
                doubts[cluster_id] += doubt
    centroids = cluster_queries.centroids(project)
    rank = {id_: number for number, id_ in enumerate(doubts)}
    shown = [sorted({rank[id_] for id_, _ in regions if id_ is not None}) for regions in open_regions.values()]
    alone = [sum(doubt for id_, doubt in regions if id_ is None) for regions in open_regions.values()]
    need = np.array(list(doubts.values()), np.float32)
    order = most_informative(shown, need, likeness(doubts, centroids), np.array(alone, np.float32))
    ids = list(open_regions)
    return [ids[place] for place in order]


def next_to_review(project: Project, after_id: int) -> int | None:
    """The image to review after another one: the next in `review_order`, or its first; None when none is left."""
    order = review_order(project)
    if after_id not in order:
        return order[0] if order else None
    following = order[order.index(after_id) + 1 :]
    return following[0] if following else None


def next_region(project: Project, seen: Collection[int]) -> Region | None:
    """The region whose name is most informative: the most typical of the cluster with most left to learn.

    Every region that was seen halves what is left to learn of its cluster, whether it got a name or not. As the machine
    gets surer of the big clusters, the uncertain regions come to the front.

    Args:
        project: Open.
        seen: Regions that are not to come again.

    Returns:
        It, or None where all that wait for a name were seen.
    """
    shown = queries.regions_by_id(project, seen)
    times = Counter(region.cluster_id for region in shown.values() if region.cluster_id is not None)
    waiting: dict[int, set[int]] = defaultdict(set)
    doubts: defaultdict[int, float] = defaultdict(float)
    alone: list[tuple[float, int]] = []
    for id_, cluster_id, doubt in suggestions.waiting_regions(project):
        if cluster_id is None:
            alone += [(-doubt, id_)] if id_ not in seen else []
            continue
        doubts[cluster_id] += doubt
        if id_ not in seen:
            waiting[cluster_id].add(id_)
    worth = {id_: doubts[id_] * _LEFT_AFTER_REGION ** times[id_] for id_ in waiting}
    best = max(worth, key=lambda id_: (worth[id_], -id_), default=None)
    if best is not None and worth[best] >= (-min(alone)[0] if alone else 0.0):
        typical = cluster_queries.member_ids(project, best)
        wanted = next(id_ for id_ in typical if id_ in waiting[best])
    elif alone:
        wanted = min(alone)[1]
    else:
        return None
    return queries.regions_by_id(project, [wanted]).get(wanted)


def likeness(weights: Mapping[int, float], centroids: Mapping[int, NDArray[np.floating]]) -> NDArray[np.float32]:
    """How much a name in one cluster says about another.

    Args:
        weights: By id of the cluster, its share in what all have in common, which tells nothing.
        centroids: By id, (D,) mean directions; clusters without one are like no other.

    Returns:
        (k, k) float32 in 0..1, in the order of ``weights``: cosines of what is left of the centroids, 1 on the
        diagonal.
    """
    alike = np.eye(len(weights), dtype=np.float32)
    length = max((len(each) for each in centroids.values()), default=0)
    known = [(place, id_) for place, id_ in enumerate(weights) if len(centroids.get(id_, ())) == length]
    if not length or len(known) < 2:
        return alike
    rows = [place for place, _ in known]
    directions = _unit(np.stack([np.asarray(centroids[id_], np.float32) for _, id_ in known]))
    share = np.array([weights[id_] for _, id_ in known], np.float32)
    directions = _unit(directions - share @ directions / max(float(share.sum()), 1e-12))
    alike[np.ix_(rows, rows)] = np.clip(directions @ directions.T, 0, 1)
    np.fill_diagonal(alike, 1)
    return alike


def most_informative(
    shown: list[list[int]],
    need: NDArray[np.float32],
    alike: NDArray[np.float32],
    alone: NDArray[np.float32] | None = None,
) -> list[int]:
    """Order images by how informative they are.

    Args:
        shown: For each of n images, the clusters it shows.
        need: (k,) float32, what is to learn of each cluster.
        alike: (k, k) float32; see `likeness`.
        alone: (n,) float32, what is to learn of an image that no other shows; nothing if left out.

    Returns:
        Places of all images, the most informative first; ties by their place.
    """
    count = len(shown)
    own = np.zeros(count, np.float32) if alone is None else alone
    spread = np.linspace(0, count - 1, min(count, _CANDIDATES))  # all of them, where they are not very many
    candidates = np.rint(spread).astype(np.intp)
    coverage = _coverage([shown[place] for place in candidates], alike)
    left, waiting = need.astype(np.float32), np.ones(len(candidates), bool)
    order: list[int] = []
    for _ in range(min(_CHOSEN_GREEDILY, len(candidates))):
        worth = np.where(waiting, coverage @ left + own[candidates], -np.inf)
        best = int(worth.argmax())
        waiting[best] = False
        order.append(int(candidates[best]))
        left = left * (1 - np.float32(_LEARNED_FROM_IMAGE) * coverage[best])
    first = set(order)
    rest = [place for place in range(count) if place not in first]
    worths = {place: float(own[place]) + float(_coverage([shown[place]], alike)[0] @ left) for place in rest}
    return order + sorted(rest, key=lambda place: (-worths[place], place))


def _coverage(shown: list[list[int]], alike: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, k) float32, how well each image covers each cluster: as the most similar of those it shows does."""
    coverage = np.zeros((len(shown), len(alike)), np.float32)
    for row, clusters in zip(coverage, shown, strict=True):
        if clusters:
            row[:] = alike[clusters].max(axis=0)
    return coverage


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), np.float32)
