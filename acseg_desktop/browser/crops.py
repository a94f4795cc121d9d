"""Crops, small pictures of regions: cut out off the GUI thread, newest request first, a bounded number kept.

A crop is made from the image's thumbnail at once; where that is too coarse for the region, it is made again from the
image itself, on the lane for slow reading. Regions of one image that are wanted together cost one decoding.
"""

from __future__ import annotations

import logging
import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from acseg_core.errors import AcsegError
from acseg_core.images.files import ensure_thumbnail, load_added, load_image
from acseg_core.shapes import masks
from acseg_core.store import Project, queries
from acseg_core.types import ImageRecord, OpChanges, Region
from acseg_core.verbs import Verb
from acseg_desktop.jobs import Lane
from acseg_desktop.session import Session

logger = logging.getLogger(__name__)

SIDE = 192
"""Pixels of a crop's side; crops are square."""

_KEPT = 1200
_WAITING = 240
_BATCH = 24
"""Crops made by one job, so that what is looked at next need not wait for long."""
_AROUND = 0.18
"""Margin that is shown around a region's box, as a part of the box's longer side."""
_COARSE = 0.5
"""Pixels of the thumbnail per pixel of the crop below which the image itself is read."""
_DIMMED = 0.38
_DARK = 110
"""Luma that the lightest parts of a region stay below when it is shown lighter than it is."""
_LIGHT = 200
"""Luma that they get."""
_MOST_GAIN = 8.0
_PERCENTILE = 80
"""Pixels at the edge are mixed with what is beyond: the lightest fifth does not count."""

_Key = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """One finished crop.

    Attributes:
        image: `SIDE` x `SIDE`, or a null image when there is none to be had.
        is_coarse: It was made from too few pixels.
    """

    image: QImage
    is_coarse: bool = False


class CropCache(QObject):
    """Pixmaps by region and mask: a region whose pixels change gets a new one.

    Signals:
        loaded(): Crops that were asked for are there.
    """

    loaded = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pixmaps: OrderedDict[_Key, QPixmap] = OrderedDict()
        self._wanted: OrderedDict[_Key, Region] = OrderedDict()
        self._coarse: OrderedDict[_Key, Region] = OrderedDict()
        self._busy: set[Lane] = set()
        session.closing.connect(self._forget)
        session.changed.connect(self._on_changed)

    def get(self, region: Region) -> QPixmap | None:
        """The crop, or None while it is made; a null pixmap when there is none to be had."""
        key = _key(region)
        pixmap = self._pixmaps.get(key)
        if pixmap is not None:
            self._pixmaps.move_to_end(key)
            return pixmap
        self._wanted[key] = region
        self._wanted.move_to_end(key)
        while len(self._wanted) > _WAITING:
            self._wanted.popitem(last=False)
        self._make_next(Lane.READ)
        return None

    def _make_next(self, lane: Lane) -> None:
        waiting = self._wanted if lane is Lane.READ else self._coarse
        if lane in self._busy or not waiting or not self._session.is_open:
            return
        self._busy.add(lane)
        batch = _newest_of_one_image(waiting) if lane is Lane.DISK else _newest(waiting)
        for region in batch:
            waiting.pop(_key(region))
        work = read_crops if lane is Lane.DISK else read_quick_crops
        job = self._session.read(lambda project: work(project, batch), lane=lane, priority=8)
        job.on_error(lambda error: logger.info("no crops: %s", error), of=AcsegError)
        job.succeeded.connect(lambda crops: self._on_made(batch, crops))
        job.finished.connect(lambda: self._on_finished(lane))

    def _on_made(self, batch: Sequence[Region], crops: Sequence[Crop]) -> None:
        for region, crop in zip(batch, crops, strict=True):
            key = _key(region)
            self._pixmaps[key] = QPixmap.fromImage(crop.image)
            self._pixmaps.move_to_end(key)
            if crop.is_coarse:
                self._coarse[key] = region
        while len(self._pixmaps) > _KEPT:
            self._pixmaps.popitem(last=False)
        while len(self._coarse) > _WAITING:
            self._coarse.popitem(last=False)
        self.loaded.emit()

    def _on_finished(self, lane: Lane) -> None:
        self._busy.discard(lane)
        self._make_next(Lane.READ)
        self._make_next(Lane.DISK)

    def _on_changed(self, changes: OpChanges) -> None:
        """Images may be shown otherwise now; one that could not be read may be back, or found elsewhere."""
        if changes.verb == Verb.CHANGE_BANDS:
            self._forget()
            self.loaded.emit()
            return
        if not changes.images or changes.image_ids:
            return
        missing = [key for key, pixmap in self._pixmaps.items() if pixmap.isNull()]
        for key in missing:
            del self._pixmaps[key]
        if missing:
            self.loaded.emit()

    def _forget(self) -> None:
        self._pixmaps.clear()
        self._wanted.clear()
        self._coarse.clear()


def read_quick_crops(project: Project, regions: Sequence[Region]) -> list[Crop]:
    """Crops from thumbnails; null where an image cannot be used."""
    photos: dict[int, NDArray[np.uint8] | None] = {}
    for region in regions:
        if region.image_id not in photos:
            photos[region.image_id] = _thumbnail(project, queries.image(project, region.image_id))
    return [_crop_or_nothing(photos[region.image_id], region) for region in regions]


def read_crops(project: Project, regions: Sequence[Region]) -> list[Crop]:
    """Crops from the images themselves, which are all they can be; null where an image cannot be used."""
    photos: dict[int, NDArray[np.uint8] | None] = {}
    for region in regions:
        if region.image_id not in photos:
            photos.clear()
            photos[region.image_id] = _photo(project, queries.image(project, region.image_id))
    return [Crop(_crop_or_nothing(photos[region.image_id], region).image) for region in regions]


def make_crop(photo: NDArray[np.uint8], region: Region) -> Crop:
    """Cut a region out of a photo: the region bright with a thin outline, what is around it dim.

    Where the region is dark, the crop is made lighter, so that one sees what it is; the photo stays as it is.

    Args:
        photo: (H, W, 3) uint8 RGB, the region's image at any scale.
        region: Its mask and box count pixels of the full image.

    Returns:
        A square crop; parts beyond the image are transparent.
    """
    left, top, side = _frame(region)
    scale = photo.shape[1] / region.mask.width
    ratio = SIDE / side
    shift = np.array([[ratio / scale, 0, -left * ratio], [0, ratio / scale, -top * ratio]])
    # OpenCV counts from the middle of pixels, and its area filter is not offered here: shrink first where needed.
    photo, shift = _shrunk(photo, shift)
    color = _placed(photo, shift, cv2.INTER_LINEAR)
    there = _placed(np.full(photo.shape[:2], 255, np.uint8), shift, cv2.INTER_NEAREST)
    inside = _placed_mask(region, left=left, top=top, side=side)
    color = _stretched(color, inside)
    light = (_DIMMED + (1 - _DIMMED) * inside)[..., None]
    gray = color.mean(axis=2, keepdims=True)
    shown = (gray + (color - gray) * (0.35 + 0.65 * inside[..., None])) * light
    edge = _edge(inside)[..., None]
    shown = shown * (1 - edge) + 255 * edge
    canvas = np.dstack([np.clip(shown, 0, 255), there]).astype(np.uint8)
    image = QImage(canvas.tobytes(), SIDE, SIDE, SIDE * 4, QImage.Format.Format_RGBA8888)
    return Crop(image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied), is_coarse=scale / ratio < _COARSE)


def _key(region: Region) -> _Key:
    return region.id, hash(region.mask.counts)


def _newest(waiting: OrderedDict[_Key, Region]) -> list[Region]:
    return list(waiting.values())[-_BATCH:][::-1]


def _newest_of_one_image(waiting: OrderedDict[_Key, Region]) -> list[Region]:
    newest = next(reversed(waiting.values()))
    return [region for region in waiting.values() if region.image_id == newest.image_id]


def _thumbnail(project: Project, record: ImageRecord) -> NDArray[np.uint8] | None:
    try:
        path = ensure_thumbnail(project.image_root, record.info, thumbnails=project.thumbnails_dir)
        return load_image(path)
    except AcsegError as error:
        logger.info("no crop of %s: %s", record.path, error)
        return None


def _photo(project: Project, record: ImageRecord) -> NDArray[np.uint8] | None:
    try:
        return load_added(project.image_root, record.info).rgb
    except AcsegError:
        return _thumbnail(project, record)


def _crop_or_nothing(photo: NDArray[np.uint8] | None, region: Region) -> Crop:
    return Crop(QImage()) if photo is None else make_crop(photo, region)


def _frame(region: Region) -> tuple[float, float, float]:
    """Left, top and side of the square that is shown, in pixels of the image."""
    x, y, width, height = region.bbox
    side = max(width, height, 1.0) * (1 + 2 * _AROUND)
    side = min(side, float(max(region.mask.width, region.mask.height)))
    left = _kept_inside(x + width / 2 - side / 2, side, region.mask.width)
    top = _kept_inside(y + height / 2 - side / 2, side, region.mask.height)
    return left, top, side


def _kept_inside(start: float, side: float, length: int) -> float:
    """Move the square into the image where it fits; else centre it."""
    return min(max(start, 0.0), length - side) if side <= length else (length - side) / 2


def _shrunk(photo: NDArray[np.uint8], shift: NDArray[np.float64]) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Halve the part of the photo that is shown until no more than two of its pixels make one of the crop."""
    scale = float(shift[0, 0])
    left, top = -shift[0, 2] / scale, -shift[1, 2] / scale
    side = SIDE / scale
    x0, y0 = max(0, math.floor(left) - 2), max(0, math.floor(top) - 2)
    x1, y1 = math.ceil(left + side) + 2, math.ceil(top + side) + 2
    part = photo[y0:y1, x0:x1]
    by = max(1, int(1 / scale))
    if by > 1:
        size = max(1, part.shape[1] // by), max(1, part.shape[0] // by)
        across, down = part.shape[1] / size[0], part.shape[0] / size[1]
        part = cv2.resize(part, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    else:
        across = down = 1.0
    moved = np.array(
        [
            [scale * across, 0, shift[0, 2] + x0 * scale],
            [0, scale * down, shift[1, 2] + y0 * scale],
        ]
    )
    return part, moved


def _placed(picture: NDArray[np.uint8], shift: NDArray[np.float64], how: int) -> NDArray[np.float32]:
    """(SIDE, SIDE) or (SIDE, SIDE, 3) float32, a picture as the crop shows it; black or repeated beyond its border."""
    centred = shift.copy()  # from "pixel edges" to OpenCV's "pixel middles"
    centred[0, 2] += 0.5 * shift[0, 0] - 0.5
    centred[1, 2] += 0.5 * shift[1, 1] - 0.5
    border = cv2.BORDER_REPLICATE if picture.ndim == 3 else cv2.BORDER_CONSTANT
    return np.asarray(cv2.warpAffine(picture, centred, (SIDE, SIDE), flags=how, borderMode=border), np.float32)


def _placed_mask(region: Region, *, left: float, top: float, side: float) -> NDArray[np.float32]:
    """(SIDE, SIDE) float32, how much of each pixel of the crop is the region's."""
    x, y, width, height = (int(value) for value in region.bbox)
    mask = masks.decode(region.mask)[y : y + height, x : x + width].astype(np.uint8) * 255
    ratio = SIDE / side
    mask, shift = _shrunk(
        np.pad(mask, 1), np.array([[ratio, 0, (x - 1 - left) * ratio], [0, ratio, (y - 1 - top) * ratio]])
    )
    how = cv2.INTER_LINEAR if ratio < 4 else cv2.INTER_NEAREST
    return _placed(mask, shift, how) / np.float32(255)


def _stretched(color: NDArray[np.float32], inside: NDArray[np.float32]) -> NDArray[np.float32]:
    """(SIDE, SIDE, 3) float32, the crop, made lighter where the region is dark; what is around it stays in range."""
    luma = color @ np.array([0.299, 0.587, 0.114], np.float32)
    gain = _gain(luma[inside > 0.5], most=_MOST_GAIN)
    around = _gain(luma[inside <= 0.5], most=gain)
    gains = around + (gain - around) * inside[..., None]
    return np.asarray(np.minimum(color * gains, 255), np.float32)


def _gain(luma: NDArray[np.float32], *, most: float) -> float:
    """By how much pixels of these lumas are to be multiplied; 1 where they are light enough."""
    bright = float(np.percentile(luma, _PERCENTILE)) if luma.size else 255.0
    return 1.0 if bright >= _DARK else min(most, _LIGHT / max(bright, 1.0))


def _edge(inside: NDArray[np.float32]) -> NDArray[np.float32]:
    """(SIDE, SIDE) float32, a line along the region's border, 0..0.9, also where the region meets the image's."""
    solid = (inside > 0.5).astype(np.uint8)
    ring = solid - cv2.erode(solid, np.ones((3, 3), np.uint8), borderValue=0)
    soft = cv2.GaussianBlur(ring.astype(np.float32), (3, 3), 0.6)
    return np.asarray(np.clip(soft * 1.5, 0, 0.9), np.float32)
