"""Fine concepts: clusters of similar patches of one image, the leaves of its concept tree. Imports no torch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.patches import unit
from acseg_core.proposals.tree import ConceptTree


@dataclass(frozen=True, slots=True, eq=False)
class DrawnCut:
    """A cut whose regions are to share the pixels as wholes: its nodes, and how near the patches are to them.

    Attributes:
        nodes: (n,) int32, for every leaf the node of the cut it belongs to.
        similarity: (h, w, k) float32, of every patch to each of the k nodes in ascending order, on the scale of
            cosines.
    """

    nodes: NDArray[np.int32]
    similarity: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class PatchTree:
    """The concept tree of an image before its leaves have pixels.

    Attributes:
        tree: Of n leaves.
        similarity: (h, w, n) float32, of every patch to every leaf, on the scale of cosines.
        drawn: From coarse to fine (see `refine.forks_of`).
    """

    tree: ConceptTree
    similarity: NDArray[np.float32]
    drawn: tuple[DrawnCut, ...] = ()


def fine_concepts(described: NDArray[np.float32], count: int) -> NDArray[np.intp]:
    """Cluster the patches of an image by Ward's method, then move each to the nearest mean.

    Args:
        described: (h, w, D') float32, L2-normalised.
        count: Clusters wanted, at least 1.

    Returns:
        (h, w) cluster of every patch, 0..n - 1 without gaps; n is at most ``count``.
    """
    rows, columns, dim = described.shape
    points = described.reshape(-1, dim)
    if len(points) <= count:
        return np.arange(len(points)).reshape(rows, columns)
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    distances = squareform(points @ points.T, checks=False)  # the upper triangle row by row, as linkage wants it
    distances *= -2
    distances += 2
    np.sqrt(np.maximum(distances, 0, out=distances), out=distances)
    clusters = fcluster(linkage(distances, "ward"), count, "maxclust") - 1
    nearest = (points @ unit(cluster_means(points, clusters)).T).argmax(axis=1)
    return np.unique(nearest, return_inverse=True)[1].reshape(rows, columns)


def settle(described: NDArray[np.float32], clusters: NDArray[np.intp], *, steps: int) -> NDArray[np.intp]:
    """Spherical k-means from given clusters: move every patch to the most similar mean, so many times.

    Args:
        described: (h, w, D') float32, L2-normalised.
        clusters: (h, w) 0..n - 1 without gaps.
        steps: How often.

    Returns:
        (h, w) cluster of every patch, without gaps; clusters that lose all their patches are gone.
    """
    points = described.reshape(-1, described.shape[2])
    for _ in range(steps):
        moved = (points @ unit(cluster_means(points, clusters.ravel())).T).argmax(axis=1)
        clusters = np.unique(moved, return_inverse=True)[1].reshape(clusters.shape)
    return clusters


def cluster_means(points: NDArray[np.float32], clusters: NDArray[np.intp]) -> NDArray[np.float32]:
    """Mean of the points of each cluster.

    Args:
        points: (N, D) float32.
        clusters: (N,) 0..n - 1 without gaps.

    Returns:
        (n, D) float32.
    """
    from scipy.sparse import csc_array

    count = len(clusters)
    members = (np.ones(count, np.float32), clusters, np.arange(count + 1))
    sums = csc_array(members, shape=(int(clusters.max()) + 1, count)) @ points  # (n, D)
    return np.asarray(sums / np.bincount(clusters)[:, None], np.float32)


def similarity_to_means(described: NDArray[np.float32], clusters: NDArray[np.intp]) -> NDArray[np.float32]:
    """Cosine of every patch to the mean of every cluster: what `refine` makes edges from.

    Args:
        described: (h, w, D) float32, L2-normalised.
        clusters: (h, w) 0..n - 1 without gaps.

    Returns:
        (h, w, n) float32.
    """
    rows, columns, dim = described.shape
    points = described.reshape(-1, dim)
    means = unit(cluster_means(points, clusters.ravel()))
    return np.asarray((points @ means.T).reshape(rows, columns, -1), np.float32)
