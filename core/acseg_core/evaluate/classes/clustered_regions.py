"""The regions of all images that are clustered into classes, ours or a peer's, with their descriptors and truth."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.effort.labelled_set import LabelledSet, class_table
from acseg_core.evaluate.regions import peers
from acseg_core.evaluate.regions.equal_counts import matched_settings
from acseg_core.nets.generator import ConceptGenerator, similarity
from acseg_core.proposals.leaves import similarity_to_means
from acseg_core.proposals.patches import describe
from acseg_core.proposals.refine import label_pixels
from acseg_core.proposals.regions import region_descriptors
from acseg_core.proposals.salience import foreground
from acseg_core.types import Progress

_MOST_COUNT = 64
"""Regions of one image that a peer may be asked for, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class ClusteredRegions:
    """Regions of all images, one image after the other.

    Attributes:
        descriptors: (R, D) float32, L2-normalised.
        pixels: (R, C) int64, known pixels of each class.
        front: (R,) bool, foreground.
    """

    descriptors: NDArray[np.float32]
    pixels: NDArray[np.int64]
    front: NDArray[np.bool_]


def own_regions(labelled: LabelledSet) -> ClusteredRegions:
    """Our regions."""
    pixels, front = [], []
    for image in labelled.images:
        table = np.zeros((image.regions, labelled.classes), np.int64)
        np.add.at(table, image.region_of, image.pixels)
        pixels.append(table)
        everything = np.ones(image.regions, bool)
        shown = image.attention
        front.append(everything if shown is None else foreground(shown, image.label_map, image.regions))
    descriptors = np.concatenate([image.descriptors for image in labelled.images]).astype(np.float32)
    return ClusteredRegions(descriptors, np.concatenate(pixels), np.concatenate(front))


def peer_regions(
    labelled: LabelledSet, way: str, seed: int, done: int, total: int
) -> Generator[Progress, None, ClusteredRegions]:
    """Regions of a peer on plain tokens.

    Args:
        labelled: The set.
        way: "kmeans" or "ward" makes as many per image as ours on average; with a number behind it, as "kmeans-5",
            so many in every image, as "spectral-5" does, too.
        seed: Of its starts.
        done: Ticks before.
        total: Ticks in all.

    Yields:
        A tick per image.
    """
    method, _, fixed = way.partition("-")
    if fixed:
        chosen = np.full(len(labelled.images), int(fixed))
    else:
        mean = float(np.mean([image.regions for image in labelled.images]))
        counts = np.tile(np.arange(1, _MOST_COUNT + 1), (len(labelled.images), 1))
        chosen = 1 + matched_settings(counts, mean, seed=seed)

    def similarity_maps(index: int) -> NDArray[np.float32]:
        unit = describe(labelled.images[index].tokens.tokens.astype(np.float32), None)
        points = unit.reshape(-1, unit.shape[2])
        clusters = _clusters(method, points, min(int(chosen[index]), len(points)), seed)
        return similarity_to_means(unit, clusters.reshape(unit.shape[:2]))

    return (yield from _on_pixels(labelled, similarity_maps, way, done, total))


def published_regions(
    labelled: LabelledSet, generator: ConceptGenerator, way: str, done: int, total: int
) -> Generator[Progress, None, ClusteredRegions]:
    """Regions of ACSeg as published: of each patch the most similar concept, as many as win one."""

    def similarity_maps(index: int) -> NDArray[np.float32]:
        import torch

        tokens = torch.from_numpy(labelled.images[index].tokens.tokens.astype(np.float32))
        with torch.inference_mode():
            row = tokens.flatten(0, 1)[None]
            cosines = similarity(row, generator(row))[0]
        return np.asarray(cosines.view(*tokens.shape[:2], -1).numpy(), np.float32)

    return (yield from _on_pixels(labelled, similarity_maps, way, done, total))


def _clusters(method: str, points: NDArray[np.float32], count: int, seed: int) -> NDArray[np.intp]:
    """(N,) cluster of every point, without gaps."""
    if len(points) < 2:
        return np.zeros(len(points), np.intp)
    if method == "ward":
        return np.asarray(np.unique(peers.ward_tree(points).cut_to(count), return_inverse=True)[1], np.intp)
    return {"kmeans": peers.kmeans, "spectral": peers.spectral}[method](points, count, seed=seed)


def _on_pixels(
    labelled: LabelledSet, similarity_maps: Callable[[int], NDArray[np.float32]], way: str, done: int, total: int
) -> Generator[Progress, None, ClusteredRegions]:
    """Regions with our edges, from what gives the similarity maps (h, w, K) of an image."""
    descriptors, pixels = [], []
    for index, image in enumerate(labelled.images):
        found = label_pixels(similarity_maps(index), labelled.load(index), labelled.config.refine)
        there, inverse = np.unique(found, return_inverse=True)
        label_map = inverse.reshape(found.shape).astype(np.uint8)
        tokens = image.tokens.description_tokens.astype(np.float32)
        descriptors.append(region_descriptors(label_map, tokens, len(there)).astype(np.float32))
        pixels.append(class_table(label_map, labelled.true_classes(index), len(there), labelled.classes))
        yield Progress(done + index + 1, total, way)
    table = np.concatenate(pixels)
    return ClusteredRegions(np.concatenate(descriptors), table, np.ones(len(table), bool))
