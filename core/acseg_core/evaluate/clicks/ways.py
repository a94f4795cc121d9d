"""Ways to find a thing by clicks, side by side: ours, our earlier one, and OpenCV's GrabCut as the peer."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.evaluate.clicks.annotator import Picker
from acseg_core.proposals.clicks import Clicks, by_tokens
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.picking import Picks, pick
from acseg_core.proposals.tokens import PatchTokens

_WORK_SIDE = 320
"""Longer side of the picture that GrabCut gets: as it is used in tools, which show its result at once."""
_ROUNDS = 5
_HELD, _GUESSED = 0.01, 0.05
"""Radii, of the longer side, around a click that are held to be the thing, and guessed to be it at first."""


def by_tree(image: NDArray[np.uint8], tree: ImageTree) -> Picker:
    """Pieces of the concept tree; see `acseg_core.proposals.picking`."""
    return lambda picks: pick(picks, tree, image)


def by_patches(image: NDArray[np.uint8], tokens: PatchTokens) -> Picker:
    """What resembles the clicks more than the others by patch tokens, in the whole image as one region."""
    height, width = image.shape[:2]
    inside = np.ones((height, width), np.bool_)
    return lambda picks: by_tokens(Clicks(inside, (0, 0, width, height), picks.this, picks.other), tokens, image)


def by_grabcut(image: NDArray[np.uint8]) -> Picker:
    """Colours of the thing and of the rest as mixtures, and a cut along edges (Rother et al., 2004); no network."""
    height, width = image.shape[:2]
    scale = min(1.0, _WORK_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA) if scale < 1 else image

    def find(picks: Picks) -> NDArray[np.bool_]:
        marks = np.full(small.shape[:2], cv2.GC_PR_BGD, np.uint8)
        for points, value, share in (
            (picks.this, cv2.GC_PR_FGD, _GUESSED),
            (picks.this, cv2.GC_FGD, _HELD),
            (picks.other, cv2.GC_BGD, _HELD),
        ):
            for x, y in points:
                radius = max(1, round(share * max(size)))
                cv2.circle(marks, (int(x * scale), int(y * scale)), radius, value, -1)
        if np.isin(marks, (cv2.GC_PR_BGD, cv2.GC_BGD)).any() and np.isin(marks, (cv2.GC_FGD, cv2.GC_PR_FGD)).any():
            models = np.zeros((1, 65)), np.zeros((1, 65))
            cv2.setRNGSeed(0)
            cv2.grabCut(np.ascontiguousarray(small), marks, None, *models, _ROUNDS, cv2.GC_INIT_WITH_MASK)
        found = np.isin(marks, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
        return np.asarray(cv2.resize(found, (width, height), interpolation=cv2.INTER_NEAREST) > 0)

    return find
