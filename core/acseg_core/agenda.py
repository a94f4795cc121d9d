"""What to review next: the images, and the regions, that teach most.

An image teaches by the clusters it shows: a name given there helps all unnamed regions of the cluster, the less the
surer the machine is of their names already. Every image that comes before and shows the same cluster halves what is
left to learn of it, so that the order goes through all of the data set's looks before it repeats one.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection

from acseg_core.store import Project, clusters, queries, suggestions
from acseg_core.types import Region

_REPEATED = 0.5
"""What is left to learn of a cluster after each image that shows it."""


def review_order(project: Project) -> list[int]:
    """Images that are not done, those that teach most first; those that teach the same in display order."""
    open_regions = suggestions.open_regions(project)
    doubts: defaultdict[int, float] = defaultdict(float)  # of all regions of a cluster
    for regions in open_regions.values():
        for cluster_id, doubt in regions:
            if cluster_id is not None:
                doubts[cluster_id] += doubt
    worth: dict[int, dict[int, float]] = {}
    alone: dict[int, float] = {}
    for image_id, regions in open_regions.items():
        worth[image_id] = {id_: doubts[id_] for id_, _ in regions if id_ is not None}
        alone[image_id] = sum(doubt for id_, doubt in regions if id_ is None)
    return _greedy(worth, alone)


def next_to_review(project: Project, after_id: int) -> int | None:
    """The image to review after another one: the next in `review_order`, or its first; None when none is left."""
    order = review_order(project)
    if after_id not in order:
        return order[0] if order else None
    following = order[order.index(after_id) + 1 :]
    return following[0] if following else None


def next_region(project: Project, seen: Collection[int]) -> Region | None:
    """The region whose name teaches most: the most typical of the cluster with most left to learn.

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
    worth = {id_: doubts[id_] * _REPEATED ** times[id_] for id_ in waiting}
    best = max(worth, key=lambda id_: (worth[id_], -id_), default=None)
    if best is not None and worth[best] >= (-min(alone)[0] if alone else 0.0):
        typical = clusters.member_ids(project, best)
        wanted = next(id_ for id_ in typical if id_ in waiting[best])
    elif alone:
        wanted = min(alone)[1]
    else:
        return None
    return queries.regions_by_id(project, [wanted]).get(wanted)


def _greedy(worth: dict[int, dict[int, float]], alone: dict[int, float]) -> list[int]:
    """Take the image with the greatest worth, lower that of its clusters, and so on; worths are looked up when due."""
    times: Counter[int] = Counter()

    def current(image_id: int) -> float:
        shown = sum(doubt * _REPEATED ** times[id_] for id_, doubt in worth[image_id].items())
        return shown + alone[image_id]

    heap = [(-current(image_id), place, image_id) for place, image_id in enumerate(worth)]
    heapq.heapify(heap)
    order = []
    while heap:
        _, place, image_id = heapq.heappop(heap)
        value = -current(image_id)
        if heap and (value, place) > heap[0][:2]:
            heapq.heappush(heap, (value, place, image_id))
            continue
        order.append(image_id)
        times.update(worth[image_id].keys())
    return order
