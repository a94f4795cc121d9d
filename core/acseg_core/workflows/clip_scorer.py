"""CLIP scores of regions: how likely each is to show each of some classes, from crops compared with words.

Importing it loads no torch; the model comes with `acseg_core.nets.text` (extra `text`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import ImageError
from acseg_core.images.files import load_added
from acseg_core.shapes import masks
from acseg_core.store import Project
from acseg_core.store.edits import ingest
from acseg_core.types import Box, ImageRecord, Region, SkippedFile

if TYPE_CHECKING:
    from acseg_core.nets.text import TextModel

_SURROUNDINGS = 1.4
"""Side of the crop that shows a region in its surroundings, in longer sides of its box."""

_MARGIN = 1.05
"""Side of the crop that shows nothing but the region, in longer sides of its box."""


@dataclass(frozen=True, slots=True)
class RegionsOfImage:
    """Regions of one image that are scored."""

    record: ImageRecord
    regions: tuple[Region, ...]


class ClipScorer:
    """Scores regions against classes in words, from two crops of each: in its surroundings, and alone.

    Args:
        project: Open for writing, as images that cannot be read are marked.
        classes: For each class, the words for it.
        model: The text model.

    Attributes:
        skipped: Images that could not be read.
    """

    def __init__(self, project: Project, classes: Sequence[Sequence[str]], model: TextModel) -> None:
        self._project, self._model = project, model
        self._names = model.name_vectors(classes)  # (C, E)
        self._sharpness = model.sharpness
        self.skipped: list[SkippedFile] = []

    def score(self, asked: RegionsOfImage) -> dict[int, NDArray[np.float32]]:
        """(C,) float32 probabilities of every region of an image; none where it cannot be read."""
        record = asked.record
        try:
            pixels = load_added(self._project.image_root, record.info).rgb
        except ImageError as error:
            self.skipped.append(SkippedFile(record.path, error.reason))
            ingest.mark_problems(self._project, {record.path: error.reason})
            return {}
        owner = masks.paint_label_map(
            [region.mask for region in asked.regions], height=record.height, width=record.width
        )
        size, fill = self._model.size, self._model.fill
        crops = [
            crop
            for number, region in enumerate(asked.regions)
            for crop in crops_of(pixels, owner == number, region.bbox, size=size, fill=fill)
        ]
        vectors = self._model.crop_vectors(crops).reshape(len(asked.regions), 2, -1).mean(axis=1)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        logits = self._sharpness * (vectors @ self._names.T)
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares = np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
        return {region.id: each for region, each in zip(asked.regions, shares, strict=True)}


def crops_of(
    pixels: NDArray[np.uint8], mask: NDArray[np.bool_], box: Box, *, size: int, fill: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """A region in its surroundings, and alone.

    Args:
        pixels: (H, W, 3) uint8 RGB.
        mask: (H, W), the region.
        box: Of the region: x, y, width, height.
        size: Side of the crops.
        fill: (3,) uint8, the colour of what is not shown.

    Returns:
        Two (size, size, 3) uint8.
    """
    alone = _square(pixels, box, _MARGIN, size=size, fill=fill, mask=mask)
    return _square(pixels, box, _SURROUNDINGS, size=size, fill=fill), alone


def _square(
    pixels: NDArray[np.uint8],
    box: Box,
    scale: float,
    *,
    size: int,
    fill: NDArray[np.uint8],
    mask: NDArray[np.bool_] | None = None,
) -> NDArray[np.uint8]:
    """A square around a box; only as much is copied as is shown."""
    height, width = pixels.shape[:2]
    x, y, across, down = box
    side = max(1.0, scale * max(across, down))
    left, top = x + across / 2 - side / 2, y + down / 2 - side / 2
    x0, x1 = (int(np.clip(edge, 0, width)) for edge in (np.floor(left), np.ceil(left + side)))
    y0, y1 = (int(np.clip(edge, 0, height)) for edge in (np.floor(top), np.ceil(top + side)))
    shown = pixels[y0:y1, x0:x1]
    if mask is not None:
        shown = np.where(mask[y0:y1, x0:x1, None], shown, fill)
    zoom = size / side
    columns, rows = min(size, max(1, round((x1 - x0) * zoom))), min(size, max(1, round((y1 - y0) * zoom)))
    shrunk = cv2.resize(shown, (columns, rows), interpolation=cv2.INTER_AREA if zoom < 1 else cv2.INTER_CUBIC)
    square = np.broadcast_to(fill, (size, size, 3)).copy()
    column = int(np.clip(round((x0 - left) * zoom), 0, size - columns))
    row = int(np.clip(round((y0 - top) * zoom), 0, size - rows))
    square[row : row + rows, column : column + columns] = shrunk
    return square
