"""Small partitions and photos with known pixels."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from acseg_core.types import Label, Region, RegionOrigin, RegionStatus, Rle

LABELS = {1: Label(1, "sky", "#0072b2"), 2: Label(2, "a longer name", "#d55e00")}


def region_of(
    label_map: NDArray[np.int32],
    index: int,
    *,
    label_id: int | None = None,
    status: RegionStatus = RegionStatus.PROPOSED,
    suggestion_id: int | None = None,
) -> Region:
    """Region ``index`` of the map, with id 10 * (index + 1)."""
    rows, columns = np.nonzero(label_map == index)
    box = (
        float(columns.min()),
        float(rows.min()),
        float(np.ptp(columns)) + 1,
        float(np.ptp(rows)) + 1,
    )
    mask = Rle(b"", *label_map.shape)
    id_, area, origin = 10 * (index + 1), len(rows), RegionOrigin.CUT
    return Region(id_, 1, 1, index, mask, box, area, status, label_id, suggestion_id, origin=origin)


def regions_of(label_map: NDArray[np.int32], label_ids: Sequence[int | None] = ()) -> list[Region]:
    """All regions of the map, those with a label accepted."""
    count = int(label_map.max()) + 1
    ids = [*label_ids, *[None] * (count - len(label_ids))]
    status = {True: RegionStatus.PROPOSED, False: RegionStatus.ACCEPTED}
    return [region_of(label_map, i, label_id=ids[i], status=status[ids[i] is None]) for i in range(count)]


def quarters(height: int = 200, width: int = 300) -> NDArray[np.int32]:
    """Four rectangles: 0 1 above 2 3; 0 is the largest, 3 the smallest."""
    label_map = np.zeros((height, width), np.int32)
    top, left = height * 3 // 5, width * 3 // 5
    label_map[:top, left:] = 1
    label_map[top:, :left] = 2
    label_map[top:, left:] = 3
    return label_map


def flat_photo(height: int = 200, width: int = 300, color: tuple[int, int, int] = (100, 120, 140)) -> NDArray[np.uint8]:
    return np.full((height, width, 3), color, np.uint8)


def noise_photo(height: int, width: int) -> NDArray[np.uint8]:
    return np.random.default_rng(7).integers(0, 256, (height, width, 3), np.uint8)
