"""ACSeg as published: the concepts of one image as its partition, and a tree above them. Imports no torch.

Each patch belongs to the concept it is most similar to, concepts that win no patch vanish, and what is left is the
partition: ACSeg (arXiv 2210.05944), section 3.2. The paper stops here. Merges above, by the criterion of the concept
tree, are ours: with them a stored image can be made coarser and merged upwards as any other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import RefineConfig, TreeConfig
from acseg_core.proposals.merging import merge_concepts
from acseg_core.proposals.patches import Patches
from acseg_core.proposals.refine import label_pixels
from acseg_core.proposals.tree import DEFAULT_THRESHOLD, ConceptTree

_LOWEST = (1.001, 1.05)
"""Heights, in default thresholds, between which merges that would lie below the default cut are spread evenly."""


def winning_concepts(cosines: NDArray[np.float32]) -> NDArray[np.intp]:
    """The most similar concept of every patch.

    Args:
        cosines: (h, w, K) float32, of every patch to every concept.

    Returns:
        (h, w) 0..n - 1 without gaps, for the n of K concepts that win a patch.
    """
    nearest = cosines.argmax(axis=2)
    return np.asarray(np.unique(nearest, return_inverse=True)[1].reshape(nearest.shape), np.intp)


def label_concepts(cosines: NDArray[np.float32], image: NDArray[np.uint8], config: RefineConfig) -> NDArray[np.uint8]:
    """Assign every pixel to a concept that wins a patch, numbered as `winning_concepts` does.

    Args:
        cosines: (h, w, K) float32, of every patch to every concept.
        image: (H, W, 3) uint8 RGB.
        config: Of the edges.

    Returns:
        (H, W) uint8; not every concept needs to get a pixel.
    """
    alive = np.unique(cosines.argmax(axis=2))
    number = np.zeros(cosines.shape[2], np.uint8)
    number[alive] = np.arange(len(alive), dtype=np.uint8)
    return number[label_pixels(cosines, image, config)]


def tree_of_concepts(patches: Patches, concept_of_patch: NDArray[np.intp], config: TreeConfig) -> ConceptTree:
    """Merge the concepts of an image bottom-up, all merges above the default cut: that cut has every concept.

    Args:
        patches: Of the image.
        concept_of_patch: (h, w) as `winning_concepts` returns it.
        config: What merges compare.

    Returns:
        A tree of n leaves.
    """
    described = patches.described(key_share=config.key_share, value_share=config.value_share)
    tree = merge_concepts(patches, described, concept_of_patch, config)
    low = int(np.searchsorted(tree.heights, _LOWEST[1] * DEFAULT_THRESHOLD))
    raised = DEFAULT_THRESHOLD * np.linspace(*_LOWEST, low + 1)[:low]
    return ConceptTree(tree.merges, np.concatenate((raised.astype(np.float32), tree.heights[low:])))
