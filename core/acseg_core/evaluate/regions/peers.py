"""The peers: well-known segmentation methods, on the backbone's tokens or on its pixels."""

from __future__ import annotations

from importlib.util import find_spec

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage

from acseg_core.errors import AcsegError
from acseg_core.proposals.tree import ConceptTree

_STARTS = 10
_AFFINITY_EXPONENT = 3
_COLOUR_SIDE = 400
"""Longest side in pixels at which colours are clustered."""

_COLOUR_SAMPLE = 4000
_COLOUR_STARTS = 3
_COLOUR_PLACE = 0.5
"""Weight of a pixel's place, in longest sides, beside its colour in CIELAB in units of 100.

Chosen on the same images as `cells.COLOUR_WEIGHT`: mean mIoU .579 at 0, .611 at 0.25, .624 here, .615 at 1.
"""

_SLIC_STEPS = 10
_SLIC_COMPACTNESS = 10.0
_FELZENSZWALB_SIGMA = 0.8
_FELZENSZWALB_SMALLEST = 0.002
"""Smallest segment, as a share of the image."""


NEED_SCIKIT_LEARN = frozenset({"kmeans", "colour-kmeans", "spectral", "ncut"})
"""Peers that are not there without scikit-learn."""


class PeerError(AcsegError):
    """A peer cannot run here."""


def need_scikit_learn() -> None:
    """Check that the peers of `NEED_SCIKIT_LEARN` can run.

    Raises:
        PeerError: scikit-learn is not installed.
    """
    if find_spec("sklearn") is None:
        raise PeerError(
            "k-means, spectral clustering and normalised cut need scikit-learn; run `pip install scikit-learn`, or "
            "leave them out with `--peers ward,adaptive-ward,slic-tokens-ward,slic,felzenszwalb --no-ablation`"
        )


def kmeans(points: NDArray[np.float32], count: int, *, seed: int) -> NDArray[np.intp]:
    """k-means (scikit-learn, the best of ten starts).

    Args:
        points: (N, D) float32.
        count: Clusters.
        seed: Of the starts.

    Returns:
        (N,) cluster of every point, without gaps.
    """
    from sklearn.cluster import KMeans

    if len(points) <= count:
        return np.arange(len(points))
    return _without_gaps(KMeans(count, n_init=_STARTS, random_state=seed).fit_predict(points))


def spectral(points: NDArray[np.float32], count: int, *, seed: int) -> NDArray[np.intp]:
    """Spectral clustering of the affinities max(0, cosine)^3, as scikit-learn's `SpectralClustering` does it.

    Args:
        points: (N, D) float32, L2-normalised.
        count: Clusters.
        seed: Of the eigenvectors and of the k-means at its end.

    Returns:
        (N,) cluster of every point, without gaps.
    """
    if len(points) <= count + 1:
        return np.arange(len(points)) % count
    return spectral_clusters(spectral_places(points, count, seed=seed), count, seed=seed)


def spectral_places(points: NDArray[np.float32], most: int, *, seed: int) -> NDArray[np.float64]:
    """Where spectral clustering puts the points: (N, m) float64, of which K clusters look at the first K columns.

    Args:
        points: (N, D) float32, L2-normalised.
        most: Columns, if there are so many points and one more.
        seed: Of where the iteration begins.
    """
    from sklearn.manifold import spectral_embedding

    affinity = np.maximum(points @ points.T, 0).astype(np.float64) ** _AFFINITY_EXPONENT + 1e-6  # never falls apart
    affinity = (affinity + affinity.T) / 2
    columns = min(most, len(points) - 1)
    return np.asarray(spectral_embedding(affinity, n_components=columns, random_state=seed, drop_first=False))


def spectral_clusters(places: NDArray[np.float64], count: int, *, seed: int) -> NDArray[np.intp]:
    """Clusters, (N,) without gaps, of the points at `spectral_places`, by the first ``count`` columns."""
    from sklearn.cluster import KMeans

    found = KMeans(count, n_init=_STARTS, random_state=seed).fit_predict(places[:, :count])
    return _without_gaps(found)


def ward_tree(points: NDArray[np.float32]) -> ConceptTree:
    """Ward's merges (SciPy) of all points, each of them a leaf.

    Args:
        points: (N, D) float32, N at least 2.
    """
    merges = linkage(points, "ward")
    heights = np.maximum.accumulate(merges[:, 2]).astype(np.float32)
    return ConceptTree(merges[:, :2].astype(np.int32), heights)


def colour_kmeans(image: NDArray[np.uint8], count: int, *, seed: int) -> NDArray[np.int32]:
    """k-means (scikit-learn) of pixels by their colour and place: what can be had without any network.

    Args:
        image: (H, W, 3) uint8 RGB.
        count: Clusters.
        seed: Of the pixels that the means are found with, and of the starts.

    Returns:
        (H, W) int32 cluster of every pixel, without gaps.
    """
    from sklearn.cluster import KMeans

    height, width = image.shape[:2]
    shrink = min(1.0, _COLOUR_SIDE / max(height, width))
    size = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2LAB) / 100
    row, column = np.mgrid[: size[1], : size[0]].astype(np.float32) * (_COLOUR_PLACE / max(size))
    points = np.concatenate((lab, row[..., None], column[..., None]), axis=2).reshape(-1, 5)
    sample = np.random.default_rng(seed).permutation(len(points))[:_COLOUR_SAMPLE]
    if len(sample) <= count:
        clusters = np.arange(len(points)) % count
    else:
        found = KMeans(count, n_init=_COLOUR_STARTS, random_state=seed).fit(points[sample])
        clusters = found.predict(points)
    labels = _without_gaps(clusters).reshape(small.shape[:2]).astype(np.uint16)
    return np.asarray(cv2.resize(labels, (width, height), interpolation=cv2.INTER_NEAREST), np.int32)


def slic(image: NDArray[np.uint8], count: float) -> NDArray[np.int32]:
    """SLIC superpixels (Achanta et al., 2012; OpenCV) in CIELAB.

    Args:
        image: (H, W, 3) uint8 RGB.
        count: Superpixels wanted; the grid they start from makes it some more or fewer.

    Returns:
        (H, W) int32, from 0.
    """
    height, width = image.shape[:2]
    side = max(1, round((height * width / count) ** 0.5))
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB)
    superpixels = cv2.ximgproc.createSuperpixelSLIC(lab, cv2.ximgproc.SLIC, side, _SLIC_COMPACTNESS)
    superpixels.iterate(_SLIC_STEPS)
    superpixels.enforceLabelConnectivity()
    return np.asarray(superpixels.getLabels(), np.int32)


def felzenszwalb(image: NDArray[np.uint8], scale: float) -> NDArray[np.int32]:
    """Graph-based segmentation (Felzenszwalb and Huttenlocher, 2004; OpenCV).

    Args:
        image: (H, W, 3) uint8 RGB.
        scale: k of the paper: larger makes fewer segments.

    Returns:
        (H, W) int32, from 0.
    """
    smallest = max(1, round(_FELZENSZWALB_SMALLEST * image.shape[0] * image.shape[1]))
    graph = cv2.ximgproc.segmentation.createGraphSegmentation(_FELZENSZWALB_SIGMA, scale, smallest)
    return np.asarray(graph.processImage(image), np.int32)


def _without_gaps(clusters: NDArray[np.integer]) -> NDArray[np.intp]:
    return np.asarray(np.unique(clusters, return_inverse=True)[1], np.intp)
