"""Dense label propagation within one image: patch descriptors, augmented views, and a label for every pixel.

Patches are described in two views: in the whole image, where the surroundings tell what they are, and in its quarters
(multi-crop), each enlarged to the size of an image, where poles and signs are as large as patches
(docs/research/dense.md, section 24). Labelled images are learned from in augmented views, too, so that lighting counts
for less (section 36). Where few are labelled, some of the others join the training set with pseudo-labels (section 37).

The project's propagation (`workflows.propagation`) and its measurement (`evaluate.effort.propagation`) both go through
here. Nothing here imports torch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.config import RefineConfig
from acseg_core.names.patch_classifier import PatchClassifier
from acseg_core.names.pixel_classifier import PixelClassifier, working_picture
from acseg_core.proposals.patches import describe, unit
from acseg_core.proposals.refine import EdgeFilter, Sharpen, label_pixels
from acseg_core.proposals.tokens import PatchTokens, tokens_of

if TYPE_CHECKING:
    from acseg_core.nets.features import FeatureMap

_Scalar = TypeVar("_Scalar", bound=np.generic)
_Image = TypeVar("_Image")

ComputeFeatures = Callable[[Sequence[NDArray[np.uint8]]], "list[FeatureMap]"]
"""Function of the backbone that computes the features of images, each (H, W, 3) uint8 RGB."""

_KEY_SHARE = 0.5
"""Weight of keys beside tokens, where the backbone has nothing better to compare patches by."""

_SMOOTHNESS = 2.4
"""Smoothness of the edge filter for one-pixel patches, growing with their area (docs/research/dense.md, section 36)."""

_CONTRAST = 5.0
"""Difference of neighbouring pixels, in 0..255, from which on the edge filter lets little pass."""

_CHANNELS_AT_ONCE = 4
"""Channels enlarged in one go: OpenCV takes no more with every way of interpolating."""

_LEAST_PROBABILITY = 1e-3
"""Least probability, so that its logarithm stays finite."""

_LEAST_SHARE_SHIFTED = 0.05
"""Share of some patch from which on a label can get pixels where they are corrected: a crack wins no patch."""

_SAMPLE, _FEWEST, _MOST = 4096, 32, 256
"""Patches of a label sampled from all labelled images together, and the fewest and most from one of them."""

MOST_AUGMENTED = 30
"""Labelled images with augmented views, at most: where there are more, they show themselves what lighting does."""

MOST_LABELLED_WITH_PSEUDO_LABELS = 7
"""Labelled images up to which pseudo-labels of others help; more know better (section 37)."""

FEWEST_PSEUDO_LABELLED, MOST_PSEUDO_LABELLED = 10, 30
"""Fewest and most images that get pseudo-labels: a single one would be bent to its own prediction."""

_MOST_LABELS = 255
"""Labels in one image, at most, as label maps are bytes."""


@dataclass(frozen=True, slots=True)
class Augmentation:
    """Photometric augmentation of a labelled image, with or without mirroring.

    Attributes:
        gamma: Exponent of the intensities in 0..1; more than 1 darkens.
        mirrored: Whether left and right are exchanged, too.
    """

    gamma: float
    mirrored: bool

    @property
    def key(self) -> str:
        """Name of the augmentation in caches; it must not change."""
        return f"gamma {self.gamma:g}{' mirrored' if self.mirrored else ''}"

    def apply(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The augmented view of an image (H, W, 3)."""
        table = np.rint(255 * (np.arange(256) / 255) ** self.gamma).astype(np.uint8)
        return np.ascontiguousarray(self.align(table[image]))

    def align(self, pixels: NDArray[_Scalar]) -> NDArray[_Scalar]:
        """Anything that belongs to the pixels (H, W, ...) of the image, such as labels, where they lie in the view."""
        return pixels[:, ::-1] if self.mirrored else pixels


AUGMENTATIONS = (Augmentation(1.8, True), Augmentation(0.6, True))
"""Augmentations of labelled images: dusk and glare (docs/research/dense.md, section 36)."""


def augmentations_for(number: int) -> tuple[Augmentation, ...]:
    """The augmentations of the labelled image with this number, from 0."""
    return AUGMENTATIONS if number < MOST_AUGMENTED else ()


def to_pseudo_label(images: Sequence[_Image], labelled: int) -> list[_Image]:
    """Which of the images to be predicted get pseudo-labels first (`PatchClassifier.add_pseudo_labelled`).

    Args:
        images: Images without labels.
        labelled: How many images have labels: where many do, pseudo-labels only blur them.

    Returns:
        None where there are too few, else at most `MOST_PSEUDO_LABELLED`, evenly spaced, in order.
    """
    if labelled > MOST_LABELLED_WITH_PSEUDO_LABELS or len(images) < FEWEST_PSEUDO_LABELLED:
        return []
    places = np.linspace(0, len(images) - 1, min(len(images), MOST_PSEUDO_LABELLED)).round()
    return [images[int(place)] for place in places]


@dataclass(frozen=True, slots=True, eq=False)
class PixelLabels:
    """Labels predicted for one image.

    Attributes:
        label_map: (H, W) uint8, index into ``labels`` of every pixel.
        labels: (C,) int64, ascending.
        probabilities: (h, w, C) float32 of every patch; see `PatchClassifier.predict`.
    """

    label_map: NDArray[np.uint8]
    labels: NDArray[np.int64]
    probabilities: NDArray[np.float32]


def classifier_for(images: int, *, seed: int = 0) -> PatchClassifier:
    """An empty classifier for so many labelled images: of many, a smaller sample of each is enough.

    Args:
        images: How many.
        seed: Random state of the samples.
    """
    of_label = _SAMPLE // max(images, 1)
    return PatchClassifier(of_label=min(max(of_label, _FEWEST), _MOST), seed=seed)


def multi_crop_view(compute: ComputeFeatures, image: NDArray[np.uint8]) -> NDArray[np.float16]:
    """Describe the four quarters of an image, each as large an input as the whole image was.

    Costs four times as much as the whole image. Quarters of an odd side share its middle row or column.

    Args:
        compute: The backbone's features.
        image: (H, W, 3) uint8 RGB.

    Returns:
        (2 h', 2 w', E) float16, L2-normalised, for `PatchTokens.multi_crop`.
    """
    height, width = (image.shape[0] + 1) // 2, (image.shape[1] + 1) // 2
    bands = [image[:height], image[-height:]]
    quarters = [quarter for band in bands for quarter in (band[:, :width], band[:, -width:])]
    found = [_over_depths(tokens_of(features)).astype(np.float16) for features in compute(quarters)]
    return np.concatenate([np.concatenate(found[:2], axis=1), np.concatenate(found[2:], axis=1)])


def augmented_view(compute: ComputeFeatures, image: NDArray[np.uint8], augmentation: Augmentation) -> PatchTokens:
    """Tokens of an augmented view of a labelled image, with its multi-crop view.

    Args:
        compute: The backbone's features.
        image: (H, W, 3) uint8 RGB.
        augmentation: What is done to the image.

    Returns:
        The tokens, which belong to ``augmentation.align(label_map)``.
    """
    changed = augmentation.apply(image)
    return replace(tokens_of(compute([changed])[0]), multi_crop=multi_crop_view(compute, changed))


def patch_descriptors(tokens: PatchTokens) -> NDArray[np.float32]:
    """What patches are compared by: the whole image's tokens and, where there is one, the multi-crop view beside them.

    Returns:
        (h, w, D') float32, L2-normalised but for rounding; with a multi-crop view on its finer grid.
    """
    whole, crops = _over_depths(tokens), tokens.multi_crop
    if crops is None:
        return whole
    rows, columns = crops.shape[:2]
    enlarged = np.empty((rows, columns, whole.shape[2]), np.float32)
    for start in range(0, whole.shape[2], _CHANNELS_AT_ONCE):
        part = slice(start, start + _CHANNELS_AT_ONCE)
        enlarged[:, :, part] = cv2.resize(
            np.ascontiguousarray(whole[:, :, part]), (columns, rows), interpolation=cv2.INTER_LINEAR
        ).reshape(rows, columns, -1)
    both = np.concatenate([unit(enlarged), crops.astype(np.float32)], axis=-1)
    return np.asarray(both / np.float32(np.sqrt(2)), np.float32)


def _over_depths(tokens: PatchTokens) -> NDArray[np.float32]:
    """Tokens of three depths, alike in weight; of a shallow network, tokens and keys: (h, w, D') float32, unit."""
    last = tokens.tokens.astype(np.float32)
    if tokens.middle is None or tokens.upper is None:
        keys = None if tokens.keys is None else tokens.keys.astype(np.float32)
        return describe(last, keys, key_share=_KEY_SHARE)
    inner = (tokens.middle.astype(np.float32), tokens.upper.astype(np.float32))
    depths = [describe(depth, None) for depth in (last, *inner)]
    return np.concatenate(depths, axis=-1) / np.float32(np.sqrt(len(depths)))


def predict_pixels(
    classifier: PatchClassifier,
    tokens: PatchTokens,
    image: NDArray[np.uint8],
    config: RefineConfig,
    *,
    pixels: PixelClassifier | None = None,
) -> PixelLabels:
    """Predict the label of every pixel of an image, with crisp edges.

    Args:
        classifier: Trained on `patch_descriptors`.
        tokens: The image's patches.
        image: (H, W, 3) uint8 RGB.
        config: Edge settings; only the temperature and the longest side matter.
        pixels: Trained beside the classifier (`dense_training`); it corrects the patches where that is better.

    Raises:
        ValueError: The classifier has learned nothing yet.
    """
    probabilities = classifier.predict(patch_descriptors(tokens))
    winners = np.bincount(probabilities.argmax(axis=2).ravel(), minlength=len(classifier.labels))
    likely = np.sort(np.argsort(-winners, kind="stable")[:_MOST_LABELS])
    probabilities = probabilities[:, :, likely]
    settings = replace(config, margin=0.0)
    # label_pixels takes cosines and divides them by its temperature; logarithms come back as probabilities.
    logits = _logarithms(probabilities) * np.float32(settings.temperature)
    smoother = edge_smoother(probabilities.shape[:2])
    labels = classifier.labels[likely]
    if not pixels:
        return PixelLabels(label_pixels(logits, image, settings, edges=smoother), labels, probabilities)
    shifts = pixels.correction(image, labels)

    def shifted(column: int, found: NDArray[np.float32]) -> NDArray[np.float32]:
        shift = cv2.resize(shifts[column], found.shape[::-1], interpolation=cv2.INTER_LINEAR)
        return np.asarray(np.log(np.maximum(found, _LEAST_PROBABILITY)) + shift, np.float32)

    found = label_pixels(logits, image, settings, edges=smoother, adjust=shifted, least=_LEAST_SHARE_SHIFTED)
    return PixelLabels(found, labels, probabilities)


def pixel_logits(probabilities: NDArray[np.float32], image: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What patches tell of the pixels that a `PixelClassifier` looks at, before it corrects them.

    Args:
        probabilities: (h, w, C), see `PatchClassifier.predict`.
        image: (H, W, 3) uint8 RGB.

    Returns:
        (h', w', C) float32 logarithms of probabilities, of the size of `working_picture`.
    """
    picture = working_picture(image)
    smooth = edge_smoother(probabilities.shape[:2])(picture)
    shares = np.exp(_logarithms(probabilities))
    found = np.stack([smooth(shares[:, :, column]) for column in range(shares.shape[2])], axis=2)
    return np.asarray(np.log(np.maximum(found, _LEAST_PROBABILITY)), np.float32)


def edge_smoother(grid: tuple[int, ...]) -> EdgeFilter:
    """The filter of maps of so many patches (h, w): a fast global smoother (Min et al., 2014).

    Thin things survive it better than the guided filter.
    """

    def prepare(guide: NDArray[np.uint8]) -> Sharpen:
        patch = max(guide.shape[:2]) / max(grid)
        smoothed = cv2.ximgproc.createFastGlobalSmootherFilter(guide, _SMOOTHNESS * patch**2, _CONTRAST)
        return lambda patches: smoothed.filter(cv2.resize(np.ascontiguousarray(patches), guide.shape[1::-1]))

    return prepare


def _logarithms(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logarithms of the shares that labels have of each patch, finite."""
    shares = probabilities / probabilities.sum(axis=2, keepdims=True)
    return np.asarray(np.log(np.maximum(shares, _LEAST_PROBABILITY)), np.float32)
