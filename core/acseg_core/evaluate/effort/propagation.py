"""Dense propagation over a labelled set: some images are accepted, the pixels of all others are predicted from them."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.effort.labelled_set import LabelledSet, Labels, class_table
from acseg_core.evaluate.effort.score_table import Piece
from acseg_core.evaluate.metrics import ClassCounts, mean_iou, pixel_accuracy
from acseg_core.evaluate.regions.image_loop import in_threads
from acseg_core.names import dense
from acseg_core.names.dense_training import DenseTraining
from acseg_core.types import Progress

Keys = NDArray[np.uint8] | NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class Predicted:
    """Prediction for one image.

    Attributes:
        image: Its index in the set.
        keys: (H, W) class of every pixel.
        counts: Against the truth.
    """

    image: int
    keys: Keys
    counts: ClassCounts


def predict_rest(
    labelled: LabelledSet, training: Mapping[int, Labels], *, seed: int, workers: int, ticks: tuple[int, int]
) -> Generator[Progress, None, list[Predicted]]:
    """Learn from some images, and predict all others as the product does.

    Args:
        labelled: The images.
        training: By image, (H, W) int32 class of every pixel, -1 where nothing is known.
        seed: Random state of the classifier's samples.
        workers: Threads.
        ticks: Done before, and in total.

    Yields:
        A tick per image predicted, and one that stands still before each augmented view, each image that gets
        pseudo-labels, and each whose pixels are learned from.
    """
    done, total = ticks
    learning = DenseTraining(len(training), seed=seed)
    for number, (image, classes) in enumerate(training.items()):
        learning.add(number, labelled.images[image].all_tokens, classes)
        for augmentation in dense.augmentations_for(number):
            yield Progress(done, total, "learning")
            learning.add(number, labelled.augmented_tokens(image, augmentation), augmentation.align(classes))
    if not len(learning.patches):
        return []
    rest = [image for image in range(len(labelled.images)) if image not in training]
    for image in dense.to_pseudo_label(rest, len(training)):
        yield Progress(done, total, "learning")
        learning.patches.add_pseudo_labelled(dense.patch_descriptors(labelled.images[image].all_tokens))
    for number, (image, classes) in enumerate(training.items()):
        if not learning.wants_pixels(number):
            continue
        yield Progress(done, total, "learning")
        learning.add_pixels(number, labelled.images[image].all_tokens, labelled.load(image), classes)
    learning.finish()
    # Its discriminants are computed here, not by each thread.
    learning.patches.predict(dense.patch_descriptors(labelled.images[next(iter(training))].all_tokens))
    found = []
    with closing(in_threads(lambda image: _predict(labelled, learning, image), rest, workers)) as outcomes:
        for number, predicted in enumerate(outcomes):
            found.append(predicted)
            yield Progress(done + number + 1, total, "propagating")
    return found


def _predict(labelled: LabelledSet, learned: DenseTraining, image: int) -> Predicted:
    """As `acseg_core.workflows.propagation.propagate` makes a partition, on an image of which nothing is decided."""
    tokens, pixels = labelled.images[image].all_tokens, labelled.load(image)
    found = dense.predict_pixels(learned.patches, tokens, pixels, labelled.config.refine, pixels=learned.pixels)
    keys = found.labels.astype(np.uint16)[found.label_map]
    confusion = class_table(keys, labelled.true_classes(image), labelled.classes, labelled.classes)
    return Predicted(image, keys, ClassCounts.of(confusion))


def scores(found: Sequence[Predicted]) -> tuple[float, float]:
    """Pixel accuracy and mean IoU over all predicted images together."""
    counts = sum((each.counts for each in found[1:]), start=found[0].counts)
    return pixel_accuracy(counts), mean_iou(counts)


def keyed_pieces(labelled: LabelledSet, image: int, keys: NDArray[np.integer]) -> list[Piece]:
    """One piece for each key of an image, the largest first.

    Args:
        labelled: The images.
        image: Index of the image.
        keys: (H, W) key of every pixel, 0..
    """
    tree = labelled.images[image].tree
    found, number = np.unique(keys, return_inverse=True)
    leaves = tree.tree.leaves
    parts = number.reshape(keys.shape) * leaves + tree.leaf_map
    count = len(found) * leaves
    there = np.bincount(parts.ravel(), minlength=count).reshape(len(found), leaves)
    table = class_table(parts, labelled.true_classes(image), count, labelled.classes).reshape(len(found), leaves, -1)
    pieces = []
    for row in np.argsort(-there.sum(axis=1), kind="stable"):
        kept = np.flatnonzero(there[row])
        pieces.append(Piece(image, kept, table[row, kept], int(found[row])))
    return pieces
