"""What is clustered into classes: the regions of all images, ours or a peer's."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.effort.labelled_set import Album, class_table
from acseg_core.evaluate.regions import peers
from acseg_core.evaluate.regions.equal_counts import matched_settings
from acseg_core.names.classify import foreground
from acseg_core.proposals.leaves import similarity_to_means
from acseg_core.proposals.patches import describe
from acseg_core.proposals.refine import label_pixels
from acseg_core.proposals.regions import region_descriptors
from acseg_core.types import Progress

_MOST_COUNT = 64
"""Regions of one image that a peer may be asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What is clustered: parts of all images, one after the other.

    Attributes:
        descriptors: (P, D) float32, L2-normalised.
        pixels: (P, C) int64, known pixels of each class.
        front: (P,) bool, foreground.
    """

    descriptors: NDArray[np.float32]
    pixels: NDArray[np.int64]
    front: NDArray[np.bool_]


def own_parts(album: Album) -> Parts:
    """Our regions."""
    pixels, front = [], []
    for page in album.pages:
        table = np.zeros((page.regions, album.classes), np.int64)
        np.add.at(table, page.region_of, page.pixels)
        pixels.append(table)
        everything = np.ones(page.regions, bool)
        shown = page.attention
        front.append(everything if shown is None else foreground(shown, page.label_map, page.regions))
    descriptors = np.concatenate([page.descriptors for page in album.pages]).astype(np.float32)
    return Parts(descriptors, np.concatenate(pixels), np.concatenate(front))


def peer_parts(album: Album, way: str, seed: int, done: int, total: int) -> Generator[Progress, None, Parts]:
    """Regions from k-means or Ward's method on plain tokens, as many per image as ours on average."""
    mean = float(np.mean([page.regions for page in album.pages]))
    counts = np.tile(np.arange(1, _MOST_COUNT + 1), (len(album.pages), 1))
    chosen = 1 + matched_settings(counts, mean, seed=seed)
    descriptors, pixels = [], []
    for index, page in enumerate(album.pages):
        tokens, looks = page.seen.tokens.astype(np.float32), page.seen.looks.astype(np.float32)
        unit = describe(tokens, None)
        points = unit.reshape(-1, unit.shape[2])
        count = min(int(chosen[index]), len(points))
        if way == "kmeans":
            clusters = peers.kmeans(points, count, seed=seed)
        elif len(points) > 1:
            clusters = np.unique(peers.ward_tree(points).cut_to(count), return_inverse=True)[1]
        else:
            clusters = np.zeros(1, np.intp)
        patches = clusters.reshape(unit.shape[:2]).astype(np.intp)
        found = label_pixels(similarity_to_means(unit, patches), album.image(index), album.config.refine)
        there, inverse = np.unique(found, return_inverse=True)
        label_map = inverse.reshape(found.shape).astype(np.uint8)
        descriptors.append(region_descriptors(label_map, looks, len(there)).astype(np.float32))
        pixels.append(class_table(label_map, album.true_classes(index), len(there), album.classes))
        yield Progress(done + index + 1, total, way)
    table = np.concatenate(pixels)
    return Parts(np.concatenate(descriptors), table, np.ones(len(table), bool))
