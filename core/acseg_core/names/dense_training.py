"""Learning for dense propagation: patches of labelled images, then pixels, by what patches of other images say of them.

Nothing here imports torch.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from acseg_core.names import dense
from acseg_core.names.pixel_classifier import FOLDS, PixelClassifier
from acseg_core.proposals.tokens import PatchTokens

MOST_WITH_PIXELS = 10
"""Labelled images whose pixels are learned from, at most."""


class DenseTraining:
    """Trains what predicts pixels: `add` all labelled images, then pseudo-labelled ones; then `add_pixels`, `finish`.

    Patches know the images that they were learned from too well for pixels to find anything to correct there. So a
    few classifiers learn from two thirds of some of the images each, and predict the others: neighbours, which may be
    frames of one film, are predicted together.

    Args:
        images: How many images are labelled.
        seed: Random state of all samples.

    Attributes:
        patches: The classifier of patches, of all images.
        pixels: The classifier that corrects it; before `finish` it does not.
    """

    def __init__(self, images: int, *, seed: int = 0) -> None:
        self.patches = dense.classifier_for(images, seed=seed)
        count = min(images, MOST_WITH_PIXELS) if images > 1 else 0
        places = np.linspace(0, images - 1, count).round().astype(int).tolist()
        folds = min(count, FOLDS)
        self._fold_of = {place: rank * folds // count for rank, place in enumerate(places)}
        self._without = [dense.classifier_for(count, seed=seed) for _ in range(folds)]
        self.pixels = PixelClassifier(count, seed=seed)

    def wants_pixels(self, number: int) -> bool:
        """Whether `add_pixels` learns from the image with this number: some, evenly spaced, are enough."""
        return number in self._fold_of

    def add(self, number: int, tokens: PatchTokens, label_map: NDArray[np.integer]) -> None:
        """Learn patches from a labelled image, or from an augmented view of it.

        Args:
            number: Of the image, from 0.
            tokens: Its patches, or those of the view.
            label_map: (H, W) the label of every pixel; -1 where it is unknown.
        """
        descriptors = dense.patch_descriptors(tokens)
        self.patches.add(descriptors, label_map)
        for fold, classifier in enumerate(self._without if number in self._fold_of else ()):
            if fold != self._fold_of[number]:
                classifier.add(descriptors, label_map)

    def add_pixels(
        self, number: int, tokens: PatchTokens, image: NDArray[np.uint8], label_map: NDArray[np.integer]
    ) -> None:
        """Learn pixels from an image that was added, in the order of the numbers.

        Args:
            number: Under which it was added.
            tokens: Its patches.
            image: (H, W, 3) uint8 RGB.
            label_map: (H, W) the label of every pixel; -1 where it is unknown.
        """
        if number not in self._fold_of:
            return
        classifier = self._without[self._fold_of[number]]
        if len(classifier.labels) > 1:
            logits = dense.pixel_logits(classifier.predict(dense.patch_descriptors(tokens)), image)
            self.pixels.add(image, logits, classifier.labels, label_map)

    def finish(self) -> None:
        """Train the pixels' classifier; what was only needed for that is let go."""
        self._without.clear()
        self._fold_of.clear()
        self.pixels.train()
