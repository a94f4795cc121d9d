"""The partition kept by every edit of shapes: pixels change hands in this one way, so that regions never overlap.

What follows for the regions it touches:

- one without pixels is deleted;
- one that *gained* pixels, or that the person worked on, is drawn from now on, whatever its origin was: a new cut of
  the tree leaves it exactly as it is;
- one that only *lost* pixels keeps its origin. If it is still a proposal, a new cut may divide it again: what it lost
  belongs to a region that a new cut leaves alone, and there every node is clipped. So a brush stroke over a proposal
  does not freeze the proposal, and what was painted stays painted;
- area, box and descriptor are found anew, and the image is in review. What was suggested, declined or confirmed ends
  but for a region that was merely grazed, which gained nothing and lost less than a tenth.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, and_, or_, select

from acseg_core.errors import EditError
from acseg_core.shapes import masks
from acseg_core.shapes.outlines import NOBODY, OPEN, nearest_owners
from acseg_core.shapes.run_lengths import decode_box, difference, is_empty, patch_rle
from acseg_core.store.database import among
from acseg_core.store.edits.describing import Describer
from acseg_core.store.edits.recorder import Edit
from acseg_core.store.edits.reshaping import APART, DRAWN, begin_review, shape_values
from acseg_core.store.edits.stored_regions import StoredRegion, find_region, require_region, stored_regions
from acseg_core.store.edits.void import void_pixels
from acseg_core.store.project import Project
from acseg_core.store.queries.region_queries import require_regions
from acseg_core.store.schema import IMAGE, REGION
from acseg_core.store.statuses import UNJUDGED, status_of
from acseg_core.types import Box, PixelPatch, Rle

_MARGIN = 32
"""Pixels around what is given away that are looked at first for other regions."""

_GRAZED = 0.1
"""Share of its pixels that a region may lose and still be what its name was suggested for."""

_DISTANCE_ERROR = 1.05
"""Factor by which the distances of `nearest_owners` may be too small."""


class Transfer:
    """Pixels of one image on their way from regions to others, in one edit.

    Args:
        project: Open for writing.
        recording: The edit.
        image_id: The image.

    Attributes:
        height: Of the image.
        width: Of the image.

    Raises:
        EditError: There is no such image.
    """

    def __init__(self, project: Project, recording: Edit, image_id: int) -> None:
        self.height, self.width = image_size(recording.connection, image_id)
        self._recording, self._image_id = recording, image_id
        self._is_in_review = False
        self._describer = Describer(project, recording.connection, image_id)

    @property
    def whole(self) -> Box:
        """The box of the whole image."""
        return 0, 0, self.width, self.height

    def pixels(self, patch: PixelPatch) -> Rle | None:
        """The pixels of a patch that are in the image, or None."""
        return patch_rle(patch, height=self.height, width=self.width)

    def require(self, region_id: int) -> StoredRegion:
        """A region of this image.

        Raises:
            EditError: It is gone, or in another image.
        """
        region = require_region(self._recording.connection, region_id)
        if region.image_id != self._image_id:
            raise EditError(f"region {region_id} is in another image")
        return region

    def find(self, region_id: int) -> StoredRegion | None:
        """A region of this image, if it is still there."""
        region = find_region(self._recording.connection, region_id)
        return region if region is not None and region.image_id == self._image_id else None

    def regions(self, box: Box, *, others: ColumnElement[bool] | None = None) -> list[StoredRegion]:
        """The regions whose boxes meet a box, and others that are asked for; in the order they were made."""
        wanted = _meets(box) if others is None else or_(_meets(box), others)
        return stored_regions(self._recording.connection, and_(REGION.c.image_id == self._image_id, wanted))

    def owners(self, box: Box, *, without: Collection[int] = ()) -> NDArray[np.int64]:
        """Whose every pixel in a box is.

        Args:
            box: Of whole pixels in the image.
            without: Regions that do not count.

        Returns:
            (h, w) int64 ids of regions, `OPEN` where there is none, `NOBODY` where one is that does not count.
        """
        left, top, width, height = (int(value) for value in box)
        owners = np.full((height, width), OPEN, np.int64)
        for region in self.regions(box):
            x, y, w, h = common_box(box, region.box)
            part = owners[y - top : y - top + h, x - left : x - left + w]
            part[decode_box(region.mask, (x, y, w, h))] = NOBODY if region.id in without else region.id
        return owners

    def move(self, gains: Mapping[int, Rle], *, dropped: Rle | None = None, shaped: Collection[int] = ()) -> None:
        """Give pixels to regions, or to none, from whichever have them.

        Args:
            gains: For each region of the image the pixels it gets; they do not overlap. Those it has already are no
                gain.
            dropped: Pixels that then belong to no region.
            shaped: Regions that the person worked on, whatever happens to them.
        """
        if not gains and dropped is None:
            return
        moved = masks.union([*gains.values(), *([] if dropped is None else [dropped])])
        for region in self.regions(masks.bounding_box(moved), others=REGION.c.id.in_(among(gains))):
            before = region.mask
            is_touched = masks.intersection_area(before, moved) > 0
            if not is_touched and region.id not in gains:
                continue
            kept = difference(before, moved) if is_touched else before
            after = masks.union([kept, gains[region.id]]) if region.id in gains else kept
            if after.counts == before.counts:
                continue
            self._begin_review(region.id)
            this = REGION.c.id == region.id
            if is_empty(after):
                self._recording.delete(REGION, this)
                continue
            has_gained = region.id in gains and not is_empty(difference(gains[region.id], before))
            is_made = region.id in shaped or has_gained
            values = (dict(DRAWN) if is_made else {}) | self.shape(after, region.descriptor)
            if not is_made and masks.area(after) > (1 - _GRAZED) * masks.area(before):
                values = {name: value for name, value in values.items() if name not in UNJUDGED}
            # Each column is a statement: those that stay as they are would double the price of a stroke.
            differing = {name: value for name, value in values.items() if getattr(region, name) != value}
            self._recording.update(REGION, this, differing)

    def add(self, pixels: Rle, *, like: Mapping[str, Any]) -> int:
        """Make a region of pixels, taken from whichever regions have them.

        Args:
            pixels: At least one.
            like: Its columns besides those that follow from its pixels.

        Returns:
            Its id.
        """
        descriptor = like.get("descriptor") or self._descriptor_of_losers(pixels)
        fresh = {"image_id": self._image_id, **DRAWN, **like, **self.shape(pixels, descriptor)}
        (region_id,) = self._recording.insert(REGION, [fresh])
        self.move({region_id: pixels})
        self._begin_review(region_id)
        return region_id

    def split(self, region: StoredRegion, parts: Sequence[Rle]) -> list[int]:
        """Make regions like one of its parts; the largest part keeps its id.

        Args:
            region: Of this image.
            parts: Together its pixels; they do not overlap.

        Returns:
            Ids of all the parts, the largest first.
        """
        largest, *others = sorted(parts, key=masks.area, reverse=True)
        this = REGION.c.id == region.id
        self._begin_review(region.id)
        self._recording.update(REGION, this, {**DRAWN, **APART, **self.shape(largest, region.descriptor)})
        fresh = [region.values() | {**DRAWN, **APART, **self.shape(part, region.descriptor)} for part in others]
        return [region.id, *self._recording.insert(REGION, fresh)]

    def give_to_nearest(self, pixels: Rle, *, without: Collection[int], drop: bool = False) -> None:
        """Move pixels, each to the region that has the nearest pixel, or to none if that pixel is of none.

        Void, where nobody painted, takes nothing: what is beside it would be lost to it. The part of the image that is
        looked at grows until nothing outside it can be nearer.

        Args:
            pixels: At least one.
            without: Regions that get none, such as the ones that have the pixels now; a person worked on them.
            drop: Where there is nothing else in the image, they then belong to none; else they stay where they are.
        """
        inner = masks.bounding_box(pixels)
        margin = _MARGIN
        while True:
            box = self.widened(inner, margin)
            wanted = decode_box(pixels, box)
            owners, distances = nearest_owners(self._takers(box, without=without), wanted)
            if box == self.whole or distances.max() * _DISTANCE_ERROR < margin:
                break
            margin *= 3
        gains = {int(owner): self._part(box, wanted, owners == owner) for owner in np.unique(owners) if owner > NOBODY}
        nobodys = (owners == OPEN) | (drop & (owners == NOBODY))
        self.move(gains, dropped=self._part(box, wanted, nobodys) if nobodys.any() else None, shaped=without)

    def _takers(self, box: Box, *, without: Collection[int]) -> NDArray[np.int64]:
        """The owners of pixels that can take others; of void without a region it is `NOBODY`."""
        owners = self.owners(box, without=without)
        void = self._void
        if void is not None:
            left, top, width, height = (int(value) for value in box)
            owners[void[top : top + height, left : left + width] & (owners == OPEN)] = NOBODY
        return owners

    @functools.cached_property
    def _void(self) -> NDArray[np.bool_] | None:
        return void_pixels(self._recording.connection, self._image_id)

    def widened(self, box: Box, margin: int) -> Box:
        """A box with so many pixels more on each side, as far as the image goes."""
        x, y, width, height = box
        return common_box(self.whole, (x - margin, y - margin, width + 2 * margin, height + 2 * margin))

    def _begin_review(self, region_id: int) -> None:
        if not self._is_in_review:
            begin_review(self._recording, REGION.c.id == region_id)
            self._is_in_review = True

    def _part(self, box: Box, wanted: NDArray[np.bool_], chosen: NDArray[np.bool_]) -> Rle:
        """The pixels wanted in a box that are also chosen, of which there is one."""
        part = np.zeros_like(wanted)
        part[wanted] = chosen
        found = self.pixels(PixelPatch(int(box[0]), int(box[1]), part))
        assert found is not None
        return found

    def shape(self, mask: Rle, descriptor: bytes | None = None) -> dict[str, Any]:
        """Columns of a region that has these pixels now; its old descriptor is kept where there can be no new one."""
        return shape_values(mask, self._describer.describe(mask) or descriptor)

    def _descriptor_of_losers(self, pixels: Rle) -> bytes | None:
        """Of the region that has most of the pixels."""
        shares = [
            (masks.intersection_area(region.mask, pixels), region.descriptor)
            for region in self.regions(masks.bounding_box(pixels))
        ]
        area, descriptor = max(shares, key=lambda share: share[0], default=(0, None))
        return descriptor if area else None


def image_size(connection: Connection, image_id: int) -> tuple[int, int]:
    """Height and width of an image.

    Raises:
        EditError: It is not there.
    """
    row = connection.execute(select(IMAGE.c.height, IMAGE.c.width).where(IMAGE.c.id == image_id)).one_or_none()
    if row is None:
        raise EditError(f"image {image_id} is not in the project")
    return row.height, row.width


def require_image_of(connection: Connection, region_ids: Collection[int]) -> tuple[int, int, int]:
    """The one image that regions are in: its id, height and width.

    Raises:
        EditError: None is given, one is gone, or they are of different images.
    """
    require_regions(connection, region_ids)
    images = select(REGION.c.image_id).where(REGION.c.id.in_(among(region_ids))).distinct()
    found = connection.execute(images).scalars().all()
    if len(found) > 1:
        raise EditError("these regions are in different images; select regions in one image")
    return found[0], *image_size(connection, found[0])


def drawn_values(label_id: int | None) -> dict[str, Any]:
    """The columns of a region that a person drew, besides those that follow from its pixels."""
    return {"run_id": None, "label_id": label_id, "status": status_of(label_id).value}


def common_box(first: Box, second: Box) -> tuple[int, int, int, int]:
    """What two boxes of whole pixels share; width and height 0 when that is nothing."""
    left, top = max(first[0], second[0]), max(first[1], second[1])
    right, bottom = min(first[0] + first[2], second[0] + second[2]), min(first[1] + first[3], second[1] + second[3])
    return int(left), int(top), int(max(0, right - left)), int(max(0, bottom - top))


def _meets(box: Box) -> ColumnElement[bool]:
    x, y, width, height = box
    return and_(
        REGION.c.box_x < x + width,
        REGION.c.box_x + REGION.c.box_width > x,
        REGION.c.box_y < y + height,
        REGION.c.box_y + REGION.c.box_height > y,
    )
