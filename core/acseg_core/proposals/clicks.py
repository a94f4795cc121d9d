"""Splitting a region by positive and negative clicks: its pixels go with the clicks whose tokens they resemble.

Places are compared by their tokens, and a little by how far apart they are, so that two of a kind beside each other
can be told apart; edges are made crisp in the region's own part of the image. The window takes
`acseg_core.proposals.picking` instead; `acseg eval clicks` measures both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.config import RefineConfig
from acseg_core.proposals.patches import describe
from acseg_core.proposals.refine import label_pixels
from acseg_core.proposals.tokens import PatchTokens
from acseg_core.shapes.dividing import Point
from acseg_core.types import Box

_KEY_SHARE = 0.5
"""Weight of keys beside tokens."""

_NEARNESS = 0.15
"""Cosine that one click gains over another by being nearer by the diagonal of the region's box."""

_EDGE_RADIUS = 0.5
"""Radius of the edge filter in patches."""


@dataclass(frozen=True, slots=True, eq=False)
class Clicks:
    """Where was clicked in a region, in pixels of the image, and on what.

    Attributes:
        inside: (h, w) bool, the region in its box.
        box: Of whole pixels in the image.
        this: Points that are to be in the part, at least one.
        other: Points that are not. Without any, what is like ``this`` is told from the rest of the region.
    """

    inside: NDArray[np.bool_]
    box: Box
    this: Sequence[Point]
    other: Sequence[Point] = ()

    def __post_init__(self) -> None:
        if not self.this:
            raise ValueError("no point says what the part is")


def by_tokens(
    clicks: Clicks, tokens: PatchTokens, image: NDArray[np.uint8], *, config: RefineConfig | None = None
) -> NDArray[np.bool_]:
    """Find the part by patch tokens.

    Args:
        clicks: In the region.
        tokens: Of the whole image.
        image: (H, W, 3) uint8 RGB, the whole image.
        config: Edge settings; the defaults if left out.

    Returns:
        (h, w) bool, the pixels of the region that go with "this".
    """
    keys = None if tokens.keys is None else tokens.keys.astype(np.float32)
    described = describe(tokens.tokens.astype(np.float32), keys, key_share=_KEY_SHARE)
    rows = _Axis.around(clicks.box[1], clicks.box[3], length=image.shape[0], cells=described.shape[0])
    columns = _Axis.around(clicks.box[0], clicks.box[2], length=image.shape[1], cells=described.shape[1])
    near = described[rows.cells, columns.cells]

    def likeness(point: Point) -> NDArray[np.float32]:
        away = np.hypot(rows.middles[:, None] - point[1], columns.middles - point[0])
        alike = near @ described[rows.cell_of(point[1]), columns.cell_of(point[0])]
        return np.asarray(alike - away * _price(clicks), np.float32)

    x, y, width, height = (int(value) for value in clicks.box)
    place = slice(y - rows.start, y - rows.start + height), slice(x - columns.start, x - columns.start + width)
    laid = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.float32)
    laid[place] = clicks.inside
    covered = cv2.resize(laid, (near.shape[1], near.shape[0]), interpolation=cv2.INTER_AREA)
    maps = _maps(clicks, likeness, covered >= min(0.5, float(covered.max())))
    part = np.ascontiguousarray(image[rows.start : rows.stop, columns.start : columns.stop])
    labels = label_pixels(maps, part, _edges(config or RefineConfig(), part, near.shape[0]))
    return _settled(clicks, labels[place] == 0)


def _maps(
    clicks: Clicks, likeness: Callable[[Point], NDArray[np.float32]], within: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """How similar each place is to "this" and to "not this": (h, w, 2) float32."""
    this = np.max([likeness(point) for point in clicks.this], axis=0)
    if clicks.other:
        return np.stack((this, np.max([likeness(point) for point in clicks.other], axis=0)), axis=2)
    return np.stack((this, np.full_like(this, _valley(this[within]))), axis=2)


def _valley(values: NDArray[np.float32]) -> float:
    """Where values fall into two classes (Otsu's threshold)."""
    low, high = float(values.min()), float(values.max())
    if high <= low:
        return high
    grey = np.rint((values - low) / (high - low) * 255).astype(np.uint8)
    threshold, _ = cv2.threshold(grey.reshape(-1, 1), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return low + (float(threshold) + 0.5) / 255 * (high - low)


def _price(clicks: Clicks) -> float:
    """Cosine that a pixel's distance costs."""
    return _NEARNESS / float(np.hypot(clicks.box[2], clicks.box[3]))


def _settled(clicks: Clicks, part: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The part within the region, with every clicked pixel where the click puts it."""
    part = part & clicks.inside
    x, y, width, height = (int(value) for value in clicks.box)
    for points, value in ((clicks.other, False), (clicks.this, True)):
        for point in points:
            column, row = int(point[0]) - x, int(point[1]) - y
            if 0 <= column < width and 0 <= row < height and clicks.inside[row, column]:
                part[row, column] = value
    return part


@dataclass(frozen=True, slots=True, eq=False)
class _Axis:
    """The patches around a region, along one side of the image.

    Attributes:
        edges: (n + 1,) int64, the first pixel of every patch of the image, and the image's length.
        cells: The patches around.
    """

    edges: NDArray[np.int64]
    cells: slice

    @classmethod
    def around(cls, low: float, extent: float, *, length: int, cells: int) -> _Axis:
        """The patches that a run of pixels is in, and one more on each side."""
        edges = -(-np.arange(cells + 1) * length // cells)
        first = int(np.searchsorted(edges, low, side="right")) - 2
        last = int(np.searchsorted(edges, low + extent, side="left")) + 1
        return cls(edges, slice(max(0, first), min(cells, last)))

    @property
    def start(self) -> int:
        """The first pixel of the patches around."""
        return int(self.edges[self.cells.start])

    @property
    def stop(self) -> int:
        """The pixel after their last."""
        return int(self.edges[self.cells.stop])

    @property
    def middles(self) -> NDArray[np.float64]:
        """Where their middles are, in pixels of the image."""
        return np.asarray(self.edges[:-1] + self.edges[1:], float)[self.cells] / 2

    def cell_of(self, position: float) -> int:
        """The patch that a position in the image is in."""
        return int(np.searchsorted(self.edges, int(position), side="right")) - 1


def _edges(config: RefineConfig, part: NDArray[np.uint8], rows: int) -> RefineConfig:
    """Edge settings for a part of an image with that many rows of patches."""
    shrink = min(1.0, config.max_side / max(part.shape[:2]))
    radius = _EDGE_RADIUS * part.shape[0] / rows * shrink
    return replace(config, margin=0.0, radius=max(1, round(radius)))
