"""Fit the projection of `acseg_core.proposals.projection` to images without labels.

Every image is parted by the concept tree of its cells without a projection. How its patches differ from the mean of
their region is what does not tell things apart: along the strongest directions of that scatter, over all images,
descriptions are shrunk by 1 / sqrt(e + floor), e being the scatter along a direction as a multiple of its mean over all
directions. Other directions are kept as they are. Then everything is turned to the directions that hold most of what
is left.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from acseg_core.config import BackboneConfig, CellConfig, TreeConfig
from acseg_core.errors import ImageError, ImagesNotFoundError
from acseg_core.nets.backbone import Backbone
from acseg_core.proposals.cell_merging import CellFeatures, grow_cell_tree
from acseg_core.proposals.cell_partition import CellPartition
from acseg_core.proposals.leaves import cluster_means
from acseg_core.proposals.patches import Patches
from acseg_core.proposals.projection import Projection
from acseg_core.types import Progress, SkippedFile
from acseg_training.corpus import Corpus, CorpusImage
from acseg_training.processes import ALONE, Processes

_REGIONS = 12
"""Regions of an image inside of which scatter is measured."""

_LEAVES = 32
"""Regions of the finer cut whose means have to stay as far apart as they are."""


@dataclass(slots=True)
class Scatter:
    """What is added up over the images, each (D', D') float64, for descriptions of width D'.

    Attributes:
        within: Of patches about the mean of their region.
        moment: Of patches about the origin.
        leaves: Of the means of the tree's leaves about their mean.
        images: How many.
        place: Of the next image in the corpus.
        skipped: Images that could not be read, and why.
    """

    within: NDArray[np.float64]
    moment: NDArray[np.float64]
    leaves: NDArray[np.float64]
    images: int = 0
    place: int = 0
    skipped: list[SkippedFile] = field(default_factory=list)

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

    def added_up(self, processes: Processes) -> Scatter:
        """The sum over all processes."""
        if processes.count == 1:
            return self
        parts = [
            processes.add_up(torch.from_numpy(part.copy())).numpy() for part in (self.within, self.moment, self.leaves)
        ]
        skipped = [each for of_one in processes.gather(self.skipped) for each in of_one]
        return Scatter(parts[0], parts[1], parts[2], sum(processes.gather(self.images)), self.place, skipped)


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A projection, and a note on how it was fitted.

    Attributes:
        projection: Of the descriptions.
        note: Plain JSON values.
        images: It was fitted to.
        skipped: Images that could not be read, and why.
    """

    projection: Projection
    note: dict[str, object]
    images: int = 0
    skipped: tuple[SkippedFile, ...] = ()


def write_projection(
    corpus: Corpus, out: Path, backbone: BackboneConfig, *, processes: Processes = ALONE
) -> Generator[Progress, None, Projection]:
    """Fit a projection to the images of a corpus, and write it to ``out``; see `fit_projection`.

    Raises:
        ImagesNotFoundError: None of the images can be read.
        StorageError: The file cannot be written, or is one of those that are read.
    """
    corpus.check_output(out, weights=backbone.weights)
    fitted = yield from fit_projection(corpus, Backbone(backbone), processes=processes)
    if processes.is_first:
        fitted.projection.save(out, fitted=fitted.note)
    return fitted.projection


def fit_projection(
    corpus: Corpus,
    network: Backbone,
    *,
    found: Scatter | None = None,
    processes: Processes = ALONE,
    directions: int = 128,
    floor: float = 30,
    width: int = 256,
) -> Generator[Progress, None, Fitted]:
    """Fit a projection to the images of a corpus.

    Args:
        corpus: The images.
        network: The frozen backbone.
        found: Of the images before its place; the rest is added to it. Empty if left out.
        processes: Each takes its share of the images.
        directions: How many directions of scatter are shrunk.
        floor: The larger, the less they are.
        width: Of the descriptions afterwards, at most.

    Yields:
        A tick before each image; what ``found`` holds then is whole.

    Raises:
        ImagesNotFoundError: None of the images can be read.
    """
    found = found or Scatter.empty(description_width(network))
    for turn in range(found.place // processes.count, processes.rounds(len(corpus))):
        place = turn * processes.count + processes.rank
        mine = corpus.images[place] if place < len(corpus) else None
        name = "" if mine is None else f": {mine.path.name}"
        yield Progress(turn * processes.count, len(corpus), f"projection{name}")
        if mine is not None:
            add_image(found, mine, network)
        found.place = (turn + 1) * processes.count
    total = found.added_up(processes)
    if not total.images:
        raise ImagesNotFoundError("none of the images can be read; give a folder with photos")
    settings = {"directions": directions, "floor": floor, "width": width}
    fitted = Fitted(
        projection_from(total, network, directions=directions, floor=floor, width=width),
        {"backbone": network.name, "images": total.images, "regions": _REGIONS, "leaves": _LEAVES, **settings},
        total.images,
        tuple(total.skipped),
    )
    yield Progress(len(corpus), len(corpus), "projection")
    return fitted


def description_width(network: Backbone) -> int:
    """Numbers that describe a patch, before any projection."""
    blank = np.zeros((network.patch, network.patch, 3), np.uint8)
    tree = TreeConfig()
    described = Patches.of(network.features([blank])[0], None).described(
        key_share=tree.key_share, value_share=tree.value_share
    )
    return int(described.shape[2])


def add_image(found: Scatter, image: CorpusImage, network: Backbone) -> None:
    """Add what one image tells; one that cannot be read tells nothing."""
    tree = TreeConfig()
    try:
        pixels = image.load()
    except ImageError as error:
        found.skipped.append(SkippedFile(str(image.path), error.reason))
        return
    patches = Patches.of(network.features([pixels])[0], None)
    described = patches.described(key_share=tree.key_share, value_share=tree.value_share)
    leaf, region = regions_of_patches(pixels, patches, described)
    found.add(described, leaf, region)


def regions_of_patches(
    pixels: NDArray[np.uint8], patches: Patches, described: NDArray[np.float32]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Divide the patches of an image as the tree of its cells divides its pixels.

    Args:
        pixels: (H, W, 3) uint8 RGB.
        patches: Of the image, (h, w).
        described: (h, w, D') float32, their descriptions.

    Returns:
        Two (h, w) intp, without gaps: the region of a fine cut that most of each patch is of, and that of a coarse one.
    """
    config = CellConfig()
    begun = CellPartition.begin(pixels, config)
    under = begun.patches_under(pixels, patches.grid)
    attention = None if patches.attention is None else under @ patches.attention.ravel()
    seen = CellFeatures(under @ described.reshape(-1, described.shape[2]), attention)
    tree = grow_cell_tree(begun.cells, seen, config)
    leaf, region = (
        _mostly(begun.cells.numbers, np.unique(tree.cut_to(count), return_inverse=True)[1], patches.grid)
        for count in (_LEAVES, _REGIONS)
    )
    return leaf, region


def _mostly(numbers: NDArray[np.int32], node_of: NDArray[np.intp], grid: tuple[int, int]) -> NDArray[np.intp]:
    """(h, w) intp without gaps: the node that most pixels of each patch are of.

    Args:
        numbers: (H, W) cell of every pixel.
        node_of: (n,) node of every cell.
        grid: Rows and columns of patches.
    """
    rows, columns = grid
    height, width = numbers.shape
    if height < rows or width < columns:  # a tiny image: patches are smaller than its pixels
        down, across = np.arange(rows) * height // rows, np.arange(columns) * width // columns
        chosen = node_of[numbers[down][:, across]]
    else:
        row, column = np.arange(height) * rows // height, np.arange(width) * columns // width
        patch = row[:, None] * columns + column
        count = int(node_of.max()) + 1
        shared = np.bincount((patch * count + node_of[numbers]).ravel(), minlength=rows * columns * count)
        chosen = shared.reshape(rows * columns, count).argmax(axis=1)
    return np.unique(chosen, return_inverse=True)[1].reshape(rows, columns)


def projection_from(
    scatter: Scatter, network: Backbone, *, directions: int = 128, floor: float = 30, width: int = 256
) -> Projection:
    """The projection of what was added up."""
    tree = TreeConfig()
    matrix, scale = projection_of(scatter, directions=directions, floor=floor, width=width)
    return Projection(matrix, scale, tree.key_share, tree.value_share, network.weights_sha256)


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
