"""Fit the projection of `acseg_core.proposals.projection` to images without labels.

Every image is parted by the concept tree without a projection. How its patches differ from the mean of their region
is what does not tell things apart: along the strongest directions of that scatter, over all images, descriptions are
shrunk by 1 / sqrt(e + floor), e being the scatter along a direction as a multiple of its mean over all directions.
Other directions are kept as they are. Then everything is turned to the directions that hold most of what is left.
"""

from __future__ import annotations

import logging
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import BackboneConfig, TreeConfig
from acseg_core.errors import ImageError, ImagesNotFoundError
from acseg_core.images.files import load_image
from acseg_core.nets.backbone import Backbone
from acseg_core.proposals.leaves import cluster_means, fine_concepts
from acseg_core.proposals.merging import merge_concepts
from acseg_core.proposals.patches import Patches
from acseg_core.proposals.projection import Projection
from acseg_core.types import Progress
from acseg_training.corpus import Corpus

_log = logging.getLogger(__name__)

_REGIONS = 12
"""Regions of an image inside of which scatter is measured."""


@dataclass(slots=True)
class Scatter:
    """What is added up over the images, each (D', D') float64, for descriptions of width D'.

    Attributes:
        within: Of patches about the mean of their region.
        moment: Of patches about the origin.
        leaves: Of the means of the tree's leaves about their mean.
        images: How many.
    """

    within: NDArray[np.float64]
    moment: NDArray[np.float64]
    leaves: NDArray[np.float64]
    images: int = 0

    @classmethod
    def empty(cls, width: int) -> Scatter:
        """Of no image yet."""
        return cls(np.zeros((width, width)), np.zeros((width, width)), np.zeros((width, width)))

    def add(self, described: NDArray[np.float32], leaf: NDArray[np.intp], region: NDArray[np.intp]) -> None:
        """Add an image: descriptions (h, w, D'), and the leaf and region of every patch, without gaps."""
        points = described.reshape(-1, described.shape[2])
        residual = points - cluster_means(points, region.ravel())[region.ravel()]
        means = cluster_means(points, leaf.ravel())
        means = means - means.mean(axis=0)
        self.within += residual.T @ residual / len(points)
        self.moment += points.T @ points / len(points)
        self.leaves += means.T @ means / len(means)
        self.images += 1


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A projection, and a note on how it was fitted.

    Attributes:
        projection: Of the descriptions.
        note: Plain JSON values.
    """

    projection: Projection
    note: dict[str, object]


def write_projection(corpus: Corpus, out: Path, backbone: BackboneConfig) -> Generator[Progress, None, Projection]:
    """Fit a projection to the images of a corpus, and write it to ``out``; see `fit_projection`.

    Raises:
        ImagesNotFoundError: None of the images can be read.
        StorageError: The file cannot be written, or is one of those that are read.
    """
    corpus.check_output(out, weights=backbone.weights)
    fitted = yield from fit_projection(corpus, Backbone(backbone))
    fitted.projection.save(out, fitted=fitted.note)
    return fitted.projection


def fit_projection(
    corpus: Corpus, network: Backbone, *, directions: int = 128, floor: float = 30, width: int = 256
) -> Generator[Progress, None, Fitted]:
    """Fit a projection to the images of a corpus.

    Args:
        corpus: The images.
        network: The frozen backbone.
        directions: How many directions of scatter are shrunk.
        floor: The larger, the less they are.
        width: Of the descriptions afterwards, at most.

    Yields:
        A tick per image.

    Raises:
        ImagesNotFoundError: None of the images can be read.
    """
    tree = TreeConfig()
    found: Scatter | None = None
    for number, path in enumerate(corpus.paths):
        yield Progress(number, len(corpus.paths), f"projection: {path.name}")
        try:
            image = load_image(path)
        except ImageError as error:
            _log.warning("left out: %s", error)
            continue
        patches = Patches.of(network.features([image])[0], image)
        described = patches.described(key_share=tree.key_share, value_share=tree.value_share)
        leaf = fine_concepts(described, tree.leaves)
        cut = merge_concepts(patches, described, leaf, tree).cut_to(_REGIONS)
        region = np.unique(cut[leaf], return_inverse=True)[1].reshape(leaf.shape)
        found = found or Scatter.empty(described.shape[2])
        found.add(described, leaf, region)
    if found is None:
        raise ImagesNotFoundError("none of the images can be read; give a folder with photos")
    matrix, scale = projection_of(found, directions=directions, floor=floor, width=width)
    projection = Projection(matrix, scale, tree.key_share, tree.value_share, network.weights_sha256)
    settings = {"directions": directions, "floor": floor, "width": width, "regions": _REGIONS}
    yield Progress(len(corpus.paths), len(corpus.paths), "projection")
    return Fitted(projection, {"backbone": network.name, "images": found.images, **settings})


def projection_of(scatter: Scatter, *, directions: int, floor: float, width: int) -> tuple[NDArray[np.float32], float]:
    """The matrix of a projection, (D', r) float32, and its distance scale; see `fit_projection`."""
    strength, axes = np.linalg.eigh(scatter.within)  # ascending
    strength = np.maximum(strength, 0) / max(float(strength.mean()), 1e-12)
    gain = np.sqrt(floor / (strength + floor))
    gain[: max(0, len(gain) - directions)] = 1
    shrink = (axes * gain) @ axes.T
    _, turned = np.linalg.eigh(shrink @ scatter.moment @ shrink)
    matrix = shrink @ turned[:, ::-1][:, :width]

    def after(spread: NDArray[np.float64]) -> float:
        return float(np.einsum("ij,ij->", matrix, spread @ matrix))

    # Descriptions have length 1 before, and are given it again after the map.
    shorter = after(scatter.moment) / float(np.trace(scatter.moment))
    left = after(scatter.leaves) / max(float(np.trace(scatter.leaves)), 1e-12)
    return matrix.astype(np.float32), shorter / max(left, 1e-12)
