"""Dense propagation within one image: what patches are compared by, and how the memory's votes become pixels.

Patches are looked at twice: in the whole image, where the surroundings tell what they are, and in its quarters, each
enlarged to the size of an image, where poles and signs are as large as patches (docs/research/dense.md, section 24).
Images that teach are looked at again in other light, so that light counts for less (section 36). Where few teach,
some of the others are learned from, too, as what they are surely taken for (section 37).

The project's propagation (`workflows.suggesting`) and its measurement (`evaluate.effort.propagation`) both go through
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
from acseg_core.names.classify import TokenMemory
from acseg_core.proposals.patches import describe, unit
from acseg_core.proposals.refine import Sharpen, label_pixels
from acseg_core.proposals.tokens import PatchTokens, tokens_of

if TYPE_CHECKING:
    from acseg_core.nets.features import FeatureMap

_Scalar = TypeVar("_Scalar", bound=np.generic)
_Image = TypeVar("_Image")

Look = Callable[[Sequence[NDArray[np.uint8]]], "list[FeatureMap]"]
"""What the backbone does: features of images, each (H, W, 3) uint8 RGB."""

_KEY_SHARE = 0.5
"""Weight of keys beside tokens, where the backbone has nothing better to compare patches by."""

_SMOOTHNESS = 2.4
"""Of the edge filter, for patches one pixel wide; it grows with their area (docs/research/dense.md, section 36)."""

_CONTRAST = 5.0
"""Difference of neighbouring pixels, in 0..255, from which on the edge filter lets little pass."""

_CHANNELS_AT_ONCE = 4
"""Channels enlarged in one go: OpenCV takes no more with every way of interpolating."""

_LEAST_PROBABILITY = 1e-3
"""Keeps the logarithm of a probability finite."""

_SAMPLE, _FEWEST, _MOST = 4096, 32, 256
"""Patches of a label that all teachers give together, and the fewest and most that one of them gives."""

MOST_AGAIN = 30
"""Teachers that are looked at again in other light, at most: where more images teach, they show what light does."""

FEW_TEACHERS = 7
"""As many images with labels as may be helped by guesses about others; more know better (section 37)."""

FEWEST_GUESSED, MOST_GUESSED = 10, 30
"""Images without labels that are learned from by guessing: one would be bent to what it is taken for itself."""

_MOST_LABELS = 255
"""Labels in one image, as label maps are bytes."""


@dataclass(frozen=True, slots=True)
class Light:
    """Another light in which an image that teaches is looked at once more.

    Attributes:
        gamma: Exponent of the intensities in 0..1; more than 1 darkens.
        mirrored: Whether left and right are exchanged, too.
    """

    gamma: float
    mirrored: bool

    @property
    def key(self) -> str:
        """What tells it from others, for caches."""
        return f"gamma {self.gamma:g}{' mirrored' if self.mirrored else ''}"

    def shed(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The (H, W, 3) image in this light."""
        table = np.rint(255 * (np.arange(256) / 255) ** self.gamma).astype(np.uint8)
        return np.ascontiguousarray(self.place(table[image]))

    def place(self, pixels: NDArray[_Scalar]) -> NDArray[_Scalar]:
        """Anything that belongs to the pixels (H, W, ...) of the image, where they lie in this light."""
        return pixels[:, ::-1] if self.mirrored else pixels


LIGHTS = (Light(1.8, True), Light(0.6, True))
"""Dusk and glare, docs/research/dense.md, section 36."""


def lights_for(teacher: int) -> tuple[Light, ...]:
    """In which other light an image that teaches is looked at again; ``teacher`` counts those before it."""
    return LIGHTS if teacher < MOST_AGAIN else ()


def guessed(images: Sequence[_Image], teachers: int) -> list[_Image]:
    """Which of the images to be predicted are learned from by guessing first (`TokenMemory.guess`).

    Args:
        images: They have no labels.
        teachers: How many images have labels: where many do, guesses only blur them.

    Returns:
        None where there are too few, else at most `MOST_GUESSED`, evenly spaced, in order.
    """
    if teachers > FEW_TEACHERS or len(images) < FEWEST_GUESSED:
        return []
    places = np.linspace(0, len(images) - 1, min(len(images), MOST_GUESSED)).round()
    return [images[int(place)] for place in places]


@dataclass(frozen=True, slots=True, eq=False)
class PixelLabels:
    """What the memory sees in one image.

    Attributes:
        label_map: (H, W) uint8, index into ``labels`` of every pixel.
        labels: (C,) int64, ascending.
        probabilities: (h, w, C) float32 of every patch; see `TokenMemory.predict`.
    """

    label_map: NDArray[np.uint8]
    labels: NDArray[np.int64]
    probabilities: NDArray[np.float32]


def memory_for(images: int, *, seed: int = 0) -> TokenMemory:
    """An empty memory that so many images are going to teach: of many, a smaller sample of each is enough.

    Args:
        images: How many.
        seed: Of the samples.
    """
    of_label = _SAMPLE // max(images, 1)
    return TokenMemory(of_label=min(max(of_label, _FEWEST), _MOST), seed=seed)


def look_closer(look: Look, image: NDArray[np.uint8]) -> NDArray[np.float16]:
    """Look at the four quarters of an image one by one, each as large as the whole image was.

    Costs four times as much as the look at the whole image. Quarters of an odd side share its middle row or column.

    Args:
        look: The backbone's.
        image: (H, W, 3) uint8 RGB.

    Returns:
        (2 h', 2 w', E) float16, L2-normalised, for `PatchTokens.closer`.
    """
    height, width = (image.shape[0] + 1) // 2, (image.shape[1] + 1) // 2
    bands = [image[:height], image[-height:]]
    quarters = [quarter for band in bands for quarter in (band[:, :width], band[:, -width:])]
    seen = [_in_depth(tokens_of(features)).astype(np.float16) for features in look(quarters)]
    return np.concatenate([np.concatenate(seen[:2], axis=1), np.concatenate(seen[2:], axis=1)])


def look_again(look: Look, image: NDArray[np.uint8], light: Light) -> PatchTokens:
    """Look at an image that teaches once more, in another light, with its quarters; ten times in all with two lights.

    Args:
        look: The backbone's.
        image: (H, W, 3) uint8 RGB.
        light: The other light.

    Returns:
        What is seen, which belongs to ``light.place(label_map)``.
    """
    changed = light.shed(image)
    return replace(tokens_of(look([changed])[0]), closer=look_closer(look, changed))


def compared(seen: PatchTokens) -> NDArray[np.float32]:
    """What patches are compared by: what the whole image shows and, where there is one, the closer look beside it.

    Returns:
        (h, w, D') float32, L2-normalised but for rounding; with a closer look on its finer grid.
    """
    whole = _in_depth(seen)
    if seen.closer is None:
        return whole
    rows, columns = seen.closer.shape[:2]
    enlarged = np.empty((rows, columns, whole.shape[2]), np.float32)
    for start in range(0, whole.shape[2], _CHANNELS_AT_ONCE):
        part = slice(start, start + _CHANNELS_AT_ONCE)
        enlarged[:, :, part] = cv2.resize(
            np.ascontiguousarray(whole[:, :, part]), (columns, rows), interpolation=cv2.INTER_LINEAR
        ).reshape(rows, columns, -1)
    both = np.concatenate([unit(enlarged), seen.closer.astype(np.float32)], axis=-1)
    return np.asarray(both / np.float32(np.sqrt(2)), np.float32)


def _in_depth(seen: PatchTokens) -> NDArray[np.float32]:
    """Tokens of three depths, alike in weight; of a shallow network, tokens and keys: (h, w, D') float32, unit."""
    tokens = seen.tokens.astype(np.float32)
    if seen.middle is None or seen.upper is None:
        keys = None if seen.keys is None else seen.keys.astype(np.float32)
        return describe(tokens, keys, key_share=_KEY_SHARE)
    depths = [
        describe(depth, None) for depth in (tokens, seen.middle.astype(np.float32), seen.upper.astype(np.float32))
    ]
    return np.concatenate(depths, axis=-1) / np.float32(np.sqrt(len(depths)))


def recognise(memory: TokenMemory, seen: PatchTokens, image: NDArray[np.uint8], config: RefineConfig) -> PixelLabels:
    """Give every pixel of an image a label from the memory.

    Args:
        memory: Of patches that are `compared`.
        seen: The image's patches.
        image: (H, W, 3) uint8 RGB.
        config: Edge settings; only the temperature and the longest side matter.

    Raises:
        ValueError: The memory is empty.
    """
    probabilities = memory.predict(compared(seen))
    winners = np.bincount(probabilities.argmax(axis=2).ravel(), minlength=len(memory.labels))
    likely = np.sort(np.argsort(-winners, kind="stable")[:_MOST_LABELS])
    probabilities = probabilities[:, :, likely]
    settings = replace(config, margin=0.0)
    patch = min(max(image.shape[:2]), config.max_side) / max(probabilities.shape[:2])

    def smoother(guide: NDArray[np.uint8]) -> Sharpen:
        # The fast global smoother (Min et al., 2014): thin things survive it better than the guided filter.
        smoothed = cv2.ximgproc.createFastGlobalSmootherFilter(guide, _SMOOTHNESS * patch**2, _CONTRAST)
        return lambda patches: smoothed.filter(cv2.resize(np.ascontiguousarray(patches), guide.shape[1::-1]))

    # label_pixels takes cosines and divides them by its temperature; logarithms come back as probabilities.
    shares = probabilities / probabilities.sum(axis=2, keepdims=True)
    logits = np.log(np.maximum(shares, _LEAST_PROBABILITY)) * np.float32(settings.temperature)
    return PixelLabels(label_pixels(logits, image, settings, edges=smoother), memory.labels[likely], probabilities)
