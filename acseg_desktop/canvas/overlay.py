"""Regions in colour: tables from slot to colour, and painting a part of the screen with them. No Qt.

Colours are looked up for the pixels of the screen, not of the photo: the cost is that of the window, whatever the
size of the photo, and outlines are one device pixel wide at every zoom.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_desktop.canvas.slots import Slots
from acseg_desktop.canvas.viewport import Rect

MAX_STROKE = 6
"""Device pixels that a selected region's outline reaches beyond the region, at most."""
WHITE = 0xFFFFFFFF
DARK = 0xE6101418


@dataclass(frozen=True, slots=True)
class RegionLook:
    """How one region looks when nothing is done to it.

    Attributes:
        color: "#rrggbb".
        strength: Opacity as a part of the overlay's, 0..1.
        hatched: Striped dark, because it was rejected.
        dashed: Striped bright, with a dashed outline, because its name is only suggested.
    """

    color: str
    strength: float = 1.0
    hatched: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class OverlayStyle:
    """What the user set.

    Attributes:
        opacity: Of named regions, 0..1.
        visible: Fills and thin outlines are drawn; the outline of the selection always is.
        outlines: Thin outlines are drawn.
        stroke: Width of a one-pixel line at the screen's scale, in device pixels, from 1.
    """

    opacity: float = 0.45
    visible: bool = True
    outlines: bool = True
    stroke: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Looked up by slot (0 = no region).

    Attributes:
        fill: (n + 1,) uint32 premultiplied ARGB.
        line: (n + 1,) uint32 premultiplied ARGB, of the thin outline; 0 where there is none.
        stripe: (n + 1,) uint32 premultiplied ARGB, every other stripe of hatched regions.
        hatched: (n + 1,) bool.
        dashed: (n + 1,) bool, which of the hatched ones have a dashed outline.
        selected: (n + 1,) uint8, 1 where selected.
        stroke: Device pixels of a line of nominal width 1.
    """

    fill: NDArray[np.uint32]
    line: NDArray[np.uint32]
    stripe: NDArray[np.uint32]
    hatched: NDArray[np.bool_]
    dashed: NDArray[np.bool_]
    selected: NDArray[np.uint8]
    stroke: int

    @property
    def reach(self) -> int:
        """Device pixels around a region that its looks may touch."""
        return min(MAX_STROKE, 3 * self.stroke)


def make_tables(
    looks: Sequence[RegionLook],
    style: OverlayStyle,
    *,
    selected: Collection[int] = (),
    hidden: Collection[int] = (),
    highlighted: Collection[int] = (),
) -> Tables:
    """Tables for the regions as they are now; the collections hold indices into ``looks``."""
    count = len(looks)
    rgb = np.zeros((count + 1, 3))
    alpha = np.zeros(count + 1)
    hatched, dashed = np.zeros(count + 1, np.bool_), np.zeros(count + 1, np.bool_)
    for slot, look in enumerate(looks, start=1):
        rgb[slot] = [int(look.color[i : i + 2], 16) for i in (1, 3, 5)]
        alpha[slot] = look.strength
        hatched[slot], dashed[slot] = look.hatched or look.dashed, look.dashed
    chosen = np.zeros(count + 1, np.uint8)
    chosen[[index + 1 for index in selected]] = 1
    shown = np.ones(count + 1)
    shown[[0, *(index + 1 for index in hidden)]] = 0
    chosen[shown == 0] = 0

    alpha *= style.opacity * style.visible
    alpha = np.where(chosen == 1, np.minimum(0.85, np.maximum(alpha, 0.6 * style.opacity * style.visible) * 1.5), alpha)
    bright = [index + 1 for index in highlighted]
    rgb[bright] += (255 - rgb[bright]) * 0.3
    alpha[bright] = np.minimum(0.9, alpha[bright] + 0.1)
    line_rgb = rgb + (255 - rgb) * 0.35
    line_alpha = np.where(hatched & ~dashed, 0.5, 0.9) * (style.outlines and style.visible)
    line_rgb[bright], line_alpha[bright] = 255, 0.95
    stripe_rgb = np.where(dashed[:, None], rgb, rgb * 0.25)
    stripe_alpha = np.where(dashed, np.minimum(0.9, alpha + 0.3 * style.visible), np.minimum(1.0, alpha * 1.2))
    return Tables(
        fill=_premultiplied(rgb, alpha * shown),
        line=_premultiplied(line_rgb, line_alpha * shown),
        stripe=_premultiplied(stripe_rgb, stripe_alpha * shown),
        hatched=hatched,
        dashed=dashed,
        selected=chosen,
        stroke=style.stroke,
    )


def joined(parts: Sequence[tuple[int, Tables]]) -> Tables:
    """One table of several.

    Args:
        parts: Each with the slot that its first region has; the first with 1. The slots between them are of no
            region.
    """
    first, count = parts[0][1], max(start + len(tables.fill) - 1 for start, tables in parts)
    names = ("fill", "line", "stripe", "hatched", "dashed", "selected")
    whole = {name: np.zeros(count, getattr(first, name).dtype) for name in names}
    for start, tables in parts:
        for name, target in whole.items():
            target[start : start + len(tables.fill) - 1] = getattr(tables, name)[1:]
    return Tables(**whole, stroke=first.stroke)


def paint(
    slots: Slots, tables: Tables, *, margin: int, picture: Rect, origin: tuple[int, int], out: NDArray[np.uint32]
) -> None:
    """Paint one rectangle of the screen.

    Args:
        slots: (h + 2 * margin, w + 2 * margin), the rectangle and ``margin`` pixels around it; 0 off the picture.
        tables: The looks.
        margin: At least ``tables.reach``.
        picture: Where the picture lies, counted from the rectangle's top left corner.
        origin: Column and row of the rectangle's corner, counted from that of the picture (stripes stand on it).
        out: (h, w) uint32 to write premultiplied ARGB to.
    """
    height, width = out.shape
    inner = slots[margin : margin + height, margin : margin + width]
    np.take(tables.fill, inner, out=out, mode="clip")
    if tables.hatched.any():
        _paint_stripes(inner, tables, origin, out)
    on_picture = picture.intersected(Rect(0, 0, width, height))
    if tables.line.any() and not on_picture.is_empty:
        _paint_lines(slots, tables, margin, on_picture, picture, out, origin)
    if tables.selected.any():
        _paint_selection(slots, tables, margin, out)


def _paint_stripes(inner: Slots, tables: Tables, origin: tuple[int, int], out: NDArray[np.uint32]) -> None:
    where = tables.hatched[inner]
    if not where.any():
        return
    period = 8 * tables.stroke
    columns = np.arange(origin[0], origin[0] + out.shape[1])
    rows = np.arange(origin[1], origin[1] + out.shape[0])
    where &= (columns[None, :] + rows[:, None]) % period < period // 4
    out[where] = tables.stripe[inner[where]]


def _paint_lines(
    slots: Slots,
    tables: Tables,
    margin: int,
    rect: Rect,
    picture: Rect,
    out: NDArray[np.uint32],
    origin: tuple[int, int],
) -> None:
    """A line runs along the last pixels left of or above a change of region, inside the picture."""
    top, left = margin + rect.top, margin + rect.left
    bottom, right = margin + rect.bottom, margin + rect.right
    here = slots[top:bottom, left:right]
    edge = np.zeros(here.shape, np.bool_)
    across = right + (rect.right < picture.right) - left - 1  # the pixel beyond the rectangle counts if it is picture
    down = bottom + (rect.bottom < picture.bottom) - top - 1
    np.not_equal(here[:, :across], slots[top:bottom, left + 1 : left + 1 + across], out=edge[:, :across])
    edge[:down] |= here[:down] != slots[top + 1 : top + 1 + down, left:right]
    rows, columns = np.nonzero(edge)
    mine = here[rows, columns]
    colors = tables.line[mine]
    if tables.dashed.any():
        place = rows + columns + rect.top + rect.left + origin[0] + origin[1]
        gap = tables.dashed[mine] & (place % (10 * tables.stroke) >= 6 * tables.stroke)
        rows, columns, mine, colors = rows[~gap], columns[~gap], mine[~gap], colors[~gap]
    # Where this side has no line (hidden, or no region), the other side's is drawn in its place.
    bare = np.flatnonzero(colors == 0)
    if bare.size:
        y, x = top + rows[bare], left + columns[bare]
        colors[bare] = np.maximum(
            np.where(columns[bare] < across, tables.line[slots[y, x + 1]], 0),
            np.where(rows[bare] < down, tables.line[slots[y + 1, x]], 0),
        )
        drawn = colors != 0
        rows, columns, colors = rows[drawn], columns[drawn], colors[drawn]
    out[rect.top + rows, rect.left + columns] = colors


def _paint_selection(slots: Slots, tables: Tables, margin: int, out: NDArray[np.uint32]) -> None:
    """White just inside each selected region, dark just outside: one of them shows on any photo."""
    reach = tables.reach
    height, width = out.shape
    around = slots[margin - reach : margin + height + reach, margin - reach : margin + width + reach]
    chosen = tables.selected[around]
    rows, columns = np.flatnonzero(chosen.any(axis=1)), np.flatnonzero(chosen.any(axis=0))
    if not rows.size:
        return
    # Only where something is selected, in the rectangle's own pixels.
    top, bottom = max(0, int(rows[0]) - 2 * reach), min(height, int(rows[-1]) + 1)
    left, right = max(0, int(columns[0]) - 2 * reach), min(width, int(columns[-1]) + 1)
    part = (slice(top, bottom + 2 * reach), slice(left, right + 2 * reach))
    around, chosen, out = around[part], chosen[part], out[top:bottom, left:right]
    bright, dark = 2 * tables.stroke, min(reach, tables.stroke)
    core = (slice(reach, reach + out.shape[0]), slice(reach, reach + out.shape[1]))
    outside = (cv2.dilate(chosen, _square(dark)) > chosen)[core]
    out[outside] = DARK
    square = _square(bright)
    inside = (cv2.dilate(around, square) != around) | (cv2.erode(around, square) != around)
    out[(inside & (chosen == 1))[core]] = WHITE
    _paint_seams(around, chosen, core, out)


def _paint_seams(around: Slots, chosen: NDArray[np.uint8], core: tuple[slice, slice], out: NDArray[np.uint32]) -> None:
    """A dark line between two selected regions that touch, so that they do not look like one."""
    both = np.zeros(chosen.shape, np.bool_)
    both[:, :-1] |= (around[:, :-1] != around[:, 1:]) & (chosen[:, :-1] & chosen[:, 1:] == 1)
    both[:-1] |= (around[:-1] != around[1:]) & (chosen[:-1] & chosen[1:] == 1)
    out[both[core]] = DARK


def _square(radius: int) -> NDArray[np.uint8]:
    return np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)


def _premultiplied(rgb: NDArray[np.float64], alpha: NDArray[np.float64]) -> NDArray[np.uint32]:
    """Colours (n, 3) in 0..255 with opacity (n,) in 0..1, as Qt's ARGB32_Premultiplied."""
    alpha = np.clip(alpha, 0.0, 1.0)
    channels = np.rint(np.clip(rgb, 0, 255) * alpha[:, None]).astype(np.uint32)
    opaque = np.rint(alpha * 255).astype(np.uint32)
    packed = (opaque << 24) | (channels[:, 0] << 16) | (channels[:, 1] << 8) | channels[:, 2]
    return packed.astype(np.uint32)
