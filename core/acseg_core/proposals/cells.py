"""Cells: an over-segmentation of the pixels of an image, whose borders are those of all regions of its concept tree.

Water is poured over the image from seeds at the flattest places of a grid, finer than is wanted, and stops where it
meets water from elsewhere (watershed; the seeds as in waterpixels, Machairas et al., 2015). The basins are then merged
by colour, with Ward's criterion, so that a thin or small thing keeps a cell of its own where a plain area needs few.
Nothing here imports torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.images.shrinking import shrunk
from acseg_core.proposals.cell_runs import CellRuns
from acseg_core.proposals.margins import NO_MARGINS, Margins
from acseg_core.proposals.region_graph import MergeCost, MergeLog, RegionGraph, merge_neighbours

_MOST_PIXELS = 310_000
"""Pixels of the picture that cells are found in; of a larger one their borders are enlarged."""

_SEEDS = 4
"""Basins for each cell."""

_LEAST_SIDE = 4
"""Pixels between two seeds, at least: closer ones leave basins of noise."""

_BLUR = 1.0
"""Sigma in pixels of the blur before edges are followed."""

_SURROUNDINGS = 8.0
"""Sigma in pixels of the blur that tells a pixel's surroundings."""

_WARD = MergeCost(size=1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The cells of an image.

    Attributes:
        numbers: (h, w) int32, 0..n - 1; each cell is 4-connected, and they are numbered in the order of their first
            pixels, row by row. -1 where the image is void.
        graph: Where they touch; described by their mean colours, (n, 3) CIELAB in units of 100.
        contrasts: (n, 3) float32, by how much these differ from their surroundings: a thin dark line's is strong.
        margins: What of ``numbers`` is around the image.
    """

    numbers: NDArray[np.int32]
    graph: RegionGraph
    contrasts: NDArray[np.float32]
    margins: Margins = NO_MARGINS


def working_size(height: int, width: int) -> tuple[int, int]:
    """Height and width of the picture that the cells of an image are found in."""
    scale = min(1.0, (_MOST_PIXELS / (height * width)) ** 0.5)
    return max(1, round(height * scale)), max(1, round(width * scale))


def find_cells(
    image: NDArray[np.uint8], count: int, *, valid: NDArray[np.bool_] | None = None, margins: Margins = NO_MARGINS
) -> Cells:
    """Divide an image into cells.

    Args:
        image: (H, W, 3) uint8 RGB.
        count: Cells wanted; a few more where basins fall apart, fewer where there are fewer pixels.
        valid: (H, W) bool, at least one of them set: pixels that are not are of no cell; all are if left out.
        margins: What of the image is around that whose cells are wanted, which has so many of them.

    Returns:
        Of the image made smaller, margins aside to `working_size`, where it is larger.
    """
    rows, columns = margins.inside(image.shape)
    size = working_size(rows.stop - rows.start, columns.stop - columns.start)
    small = np.asarray(margins.in_pieces(image, size, _smaller), np.uint8)
    height, width = small.shape[:2]
    count = round(count * height * width / (size[0] * size[1]))
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB)
    smooth = np.asarray(cv2.GaussianBlur(lab, (0, 0), _BLUR), np.uint8)
    strength = _edge_strength(smooth)
    basins = _basins(lab, smooth, strength, _SEEDS * count)
    if valid is not None and not valid.all():
        basins = _where(basins, np.asarray(margins.in_pieces(valid, size, _shrunk_mask), bool))
    runs, count_of_basins = CellRuns.of(basins), int(basins.max()) + 1
    graph = RegionGraph.of(basins, mean_colours(lab, runs, count_of_basins), strength, runs=runs)
    graph, cell = merge_neighbours(graph, _WARD, count, MergeLog.of(graph.count))
    order = np.argsort(np.unique(cell, return_index=True)[1], kind="stable")  # basins are in that order
    number = np.empty(graph.count, np.int32)
    number[order] = np.arange(graph.count, dtype=np.int32)
    numbers = np.append(number[cell], np.int32(-1))[basins]
    graph, runs = graph.ordered(order), runs.renumbered(number[cell])
    around = mean_colours(_surroundings(lab, numbers >= 0), runs, graph.count)
    return Cells(numbers, graph, graph.features - around, margins.scaled(image.shape, size))


def _smaller(image: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """(h, w, 3), the image itself where it has that size."""
    return image if image.shape[:2] == size else np.asarray(shrunk(image, (size[1], size[0])), np.uint8)


def _surroundings(lab: NDArray[np.uint8], known: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The picture without what is small, void left out; blurred at a quarter of its size, which is as good."""
    height, width = lab.shape[:2]
    quarter = max(1, width // 4), max(1, height // 4)

    def blurred(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
        coarse = cv2.GaussianBlur(cv2.resize(values, quarter, interpolation=cv2.INTER_AREA), (0, 0), _SURROUNDINGS / 4)
        return np.asarray(cv2.resize(coarse, (width, height)), np.uint8)

    if known.all():
        return blurred(lab)
    shares = blurred(np.where(known, np.uint8(255), np.uint8(0)))[..., None] / np.float32(255)
    return np.asarray(np.minimum(blurred(lab * known[..., None]) / np.maximum(shares, 1e-2), 255), np.uint8)


def mean_colours(lab: NDArray[np.uint8], runs: CellRuns, count: int) -> NDArray[np.float32]:
    """(n, 3) float32 mean colours of cells in units of 100, from 8-bit CIELAB (h, w, 3) as OpenCV makes it."""
    sums = np.stack([runs.sums(np.asarray(channel, np.uint8), count) for channel in cv2.split(lab)], axis=1)
    means = sums / runs.counts(count)[:, None]
    return np.asarray((means - (0, 128, 128)) * (1 / 255, 0.01, 0.01), np.float32)


def _edge_strength(smooth: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(h, w) uint8, the slope in the channel where it is greatest, in levels a pixel."""
    across, down = (
        cv2.convertScaleAbs(cv2.Sobel(smooth, cv2.CV_16S, *order), alpha=0.25) for order in ((1, 0), (0, 1))
    )
    return _greatest(np.asarray(cv2.add(across, down), np.uint8))


def _basins(
    lab: NDArray[np.uint8], smooth: NDArray[np.uint8], strength: NDArray[np.uint8], count: int
) -> NDArray[np.int32]:
    """(h, w) int32, the 4-connected part that each pixel was reached in, in the order of their first pixels."""
    height, width = strength.shape
    side = max(_LEAST_SIDE, round((height * width / count) ** 0.5))
    rows, columns = height // side, width // side
    if rows * columns < 2 or min(height, width) < 3:  # so small that each pixel may be one
        return np.arange(height * width, dtype=np.int32).reshape(height, width)
    blocks = strength[: rows * side, : columns * side].reshape(rows, side, columns, side)
    flattest = blocks.transpose(0, 2, 1, 3).reshape(rows, columns, -1).argmin(axis=2)
    marks = np.zeros((height + 2, width + 2), np.int32)  # OpenCV takes seeds at the border of a picture for lines
    row = np.arange(rows)[:, None] * side + flattest // side
    column = np.arange(columns) * side + flattest % side
    marks[1 + row, 1 + column] = np.arange(1, rows * columns + 1).reshape(rows, columns)
    cv2.watershed(cv2.copyMakeBorder(smooth, 1, 1, 1, 1, cv2.BORDER_REPLICATE), marks)
    return _in_order(_without_lines(marks, lab), rows * columns)


def _without_lines(marks: NDArray[np.int32], lab: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Give the lines between basins to the neighbour of the nearest colour.

    Args:
        marks: (h + 2, w + 2) basins from 1, as OpenCV leaves them; the outermost pixels are none's.
        lab: (h, w, 3) the picture.

    Returns:
        (h, w) int32 basins from 0.
    """
    width = marks.shape[1]
    across, down = np.zeros((2, *marks.shape), np.uint8)  # how far each pixel is from the next one, and the one below
    across[1:-1, 1:-2], down[1:-2, 1:-1] = _steps(lab[:, 1:], lab[:, :-1]), _steps(lab[1:], lab[:-1])
    lines = marks <= 0
    lines[[0, -1]] = lines[:, [0, -1]] = False
    found, at = marks.ravel(), np.flatnonzero(lines)
    while len(at):
        chosen, least = np.zeros(len(at), np.int32), np.full(len(at), 255, np.uint8)
        for beside, steps in ((-1, across), (1, across), (-width, down), (width, down)):
            basin, step = found[at + beside], steps.ravel()[at + min(beside, 0)]
            nearer = (basin > 0) & (step <= least)
            np.copyto(chosen, basin, where=nearer)
            np.copyto(least, step, where=nearer)
        found[at] = chosen
        at = at[chosen == 0]
    return found.reshape(marks.shape)[1:-1, 1:-1] - 1


def _steps(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(h, w) uint8, the difference of colours (h, w, 3) in the channel where it is greatest."""
    return _greatest(np.asarray(cv2.absdiff(one, other), np.uint8))


def _greatest(channels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    first, second, third = cv2.split(channels)
    return np.asarray(cv2.max(cv2.max(first, second), third), np.uint8)


def _shrunk_mask(valid: NDArray[np.bool_], size: tuple[int, int]) -> NDArray[np.bool_]:
    """(h, w), where at least half of the pixels are valid, or the most where that is nowhere, if any are."""
    shares = np.asarray(shrunk(valid.astype(np.float32), size[::-1]))
    return (shares > 0) & (shares >= min(0.5, float(shares.max())))


def _where(basins: NDArray[np.int32], valid: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Basins cut at the border of what is valid, numbered anew; -1 where it is not."""
    parts = number_parts(np.where(valid, basins, -1))
    kept, numbers = np.unique(np.where(valid, parts, -1), return_inverse=True)
    return np.asarray(numbers.reshape(valid.shape) - (kept[0] < 0), np.int32)


def number_parts(numbers: NDArray[np.int32]) -> NDArray[np.int32]:
    """Number the 4-connected parts of equal numbers (h, w), in the order of their first pixels."""
    return parts_between(numbers[:, 1:] == numbers[:, :-1], numbers[1:] == numbers[:-1])


def parts_between(across: NDArray[np.bool_], down: NDArray[np.bool_]) -> NDArray[np.int32]:
    """The parts of a picture that hang together, from where neighbours do.

    Args:
        across: (h, w - 1), whether each pixel and the one to its right are of one part.
        down: (h - 1, w), whether each pixel and the one below it are.

    Returns:
        (h, w) int32 from 0, in the order of their first pixels, row by row.
    """
    height, width = across.shape[0], down.shape[1]
    grid = np.zeros((2 * height - 1, 2 * width - 1), np.uint8)
    grid[::2, ::2] = 1
    grid[::2, 1::2] = across
    grid[1::2, ::2] = down
    count, parts = cv2.connectedComponents(grid, connectivity=4)
    return _in_order(np.ascontiguousarray(parts[::2, ::2]) - 1, count - 1)


def _in_order(numbers: NDArray[np.int32], count: int) -> NDArray[np.int32]:
    """Number 0..count - 1 anew, in the order of the first pixels, row by row; numbers without a pixel are gone."""
    first = CellRuns.of(numbers).first_pixels(count)  # those without a pixel come last
    place = np.empty(count, np.int32)
    place[np.argsort(first, kind="stable")] = np.arange(count, dtype=np.int32)
    return np.asarray(place[numbers], np.int32)


def nearest_known(known: NDArray[np.bool_]) -> NDArray[np.intp]:
    """(h, w) row-major index of the pixel nearest to each one that is known, (h, w) with at least one of them."""
    from scipy.ndimage import distance_transform_edt

    rows, columns = distance_transform_edt(~known, return_distances=False, return_indices=True)
    return np.asarray(rows * known.shape[1] + columns, np.intp)
