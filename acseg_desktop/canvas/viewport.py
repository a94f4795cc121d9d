"""The viewport, where the picture lies on the screen: zoom, offset, fit, pan, and sampling positions. No Qt, no pixels.

Screen coordinates are *device* pixels of the widget, from its top left corner; image coordinates are pixels of the
displayed image, pixel (i, j) covering [i, i+1) x [j, j+1). Zoom is device pixels per image pixel, so that 1.0 shows
one image pixel as exactly one pixel of the screen on any display.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MAX_ZOOM = 64.0
_MOST_COVERED = 0.15
"""Rows of a fitted picture that bars may cover, as a share of the widget's height."""
KEEP_VISIBLE = 48
"""Device pixels of the picture that panning leaves in sight."""


class Rect(NamedTuple):
    """Half-open rectangle of whole pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Never negative."""
        return max(0, self.right - self.left)

    @property
    def height(self) -> int:
        """Never negative."""
        return max(0, self.bottom - self.top)

    @property
    def is_empty(self) -> bool:
        """It covers no pixel."""
        return self.right <= self.left or self.bottom <= self.top

    def intersected(self, other: Rect) -> Rect:
        """The common part, possibly empty."""
        return Rect(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def united(self, other: Rect) -> Rect:
        """The smallest rectangle around both; empty ones do not count."""
        if self.is_empty:
            return other
        if other.is_empty:
            return self
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def grown(self, margin: int) -> Rect:
        """Larger by ``margin`` on every side."""
        return Rect(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)


class Viewport:
    """The mapping between image and screen.

    Attributes:
        image_width: Pixels per row of the picture; 0 when there is none.
        image_height: Rows of the picture.
        width: Of the widget in device pixels.
        height: Of the widget in device pixels.
        zoom: Device pixels per image pixel.
        fitted: The picture follows the widget's size, until somebody zooms or pans.
        margin: Device pixels left free around a fitted picture.
        reserve: Device pixels at the top that a bar may take yet: a fitted picture is no higher than what is left then.
        ground: Image pixels among which one moves; those of the picture, or of the scene that it is a tile of.
    """

    def __init__(self) -> None:
        self.image_width = 0
        self.image_height = 0
        self.width = 1
        self.height = 1
        self.zoom = 1.0
        self.fitted = True
        self.margin = 0
        self.reserve = 0
        self.ground = Rect(0, 0, 0, 0)
        self._x = 0.0
        self._y = 0.0

    @property
    def left(self) -> int:
        """Screen column of the picture's left edge; whole, so that panning moves whole pixels."""
        return round(self._x)

    @property
    def top(self) -> int:
        """Screen row of the picture's top edge."""
        return round(self._y)

    @property
    def picture(self) -> Rect:
        """Screen pixels whose centres lie in the picture, also those out of sight."""
        return Rect(
            self.left,
            self.top,
            self.left + max(1, round(self.image_width * self.zoom)),
            self.top + max(1, round(self.image_height * self.zoom)),
        )

    @property
    def ground_on_screen(self) -> Rect:
        """Screen pixels whose centres lie on the ground, also those out of sight."""
        return self.on_screen(self.ground)

    def on_screen(self, pixels: Rect) -> Rect:
        """Screen pixels whose centres lie in a rectangle of image pixels, which may be beside the picture."""
        left, top = round(pixels.left * self.zoom), round(pixels.top * self.zoom)
        right, bottom = max(left + 1, round(pixels.right * self.zoom)), max(top + 1, round(pixels.bottom * self.zoom))
        return Rect(self.left + left, self.top + top, self.left + right, self.top + bottom)

    def of(self, pixels: Rect, *, width: int, height: int) -> Viewport:
        """The viewport of another picture that lies on a rectangle of image pixels, and is so large itself."""
        other, place = Viewport(), self.on_screen(pixels)
        other.image_width, other.image_height = width, height
        other.width, other.height = self.width, self.height
        other.zoom = self.zoom * pixels.width / width
        other._x, other._y = float(place.left), float(place.top)
        return other

    def show(self, *, width: int, height: int, keep: bool, ground: Rect | None = None) -> None:
        """Take a picture of another size; ``keep`` keeps the zoom and the relative place looked at."""
        was_empty = self.image_width == 0
        centre = self.to_image(self.width / 2, self.height / 2)
        relative = centre[0] / max(1, self.image_width), centre[1] / max(1, self.image_height)
        self.image_width, self.image_height = width, height
        self.ground = ground or Rect(0, 0, width, height)
        if was_empty or not keep or self.fitted:
            self.fit()
        else:
            self.centre_on(relative[0] * width, relative[1] * height)

    def show_beside(self, across: int, down: int, *, width: int, height: int, ground: Rect) -> None:
        """Take another tile, which begins so many pixels from where this one does; what is in sight stays there."""
        self._x = float(self.left + round(across * self.zoom))
        self._y = float(self.top + round(down * self.zoom))
        self.image_width, self.image_height, self.ground = width, height, ground
        self.fitted = False

    def resize(self, *, width: int, height: int, scale: float = 1.0) -> None:
        """The widget changed; ``scale`` is the new device pixel ratio over the old."""
        centre = self.to_image(self.width / 2, self.height / 2)
        self.width, self.height = max(1, width), max(1, height)
        if self.fitted:
            self.fit()
        else:
            self.zoom = self._clamped_zoom(self.zoom * scale)
            self.centre_on(*centre)

    def cover(self, above: int) -> None:
        """A bar took the upper ``above`` rows of the widget, or gave -``above`` back: the picture stays where it was.

        A fitted one is fitted anew if much of it would be under bars.
        """
        self.height = max(1, self.height - above)
        self._y -= above
        if self.fitted and above > 0 and -self._y > self.height * _MOST_COVERED:
            self.fit()
        else:
            self._clamp_offset()

    def fit(self) -> None:
        """Show the whole picture, as large as it goes."""
        self.fitted = True
        if self.image_width == 0:
            return
        self.zoom = self._fitting_zoom()
        self._x = (self.width - self.image_width * self.zoom) / 2
        height = self.image_height * self.zoom
        above, below = (self.height - height) / 2, self.height - self._margin - height
        self._y = min(max(above, self.reserve + self._margin), max(above, below))

    def fit_ground(self) -> None:
        """Show all of the ground."""
        if self.image_width == 0:
            return
        left, top, right, bottom = self.ground
        self.zoom = self._zoom_fitting(self.ground)
        self.centre_on((left + right) / 2, (top + bottom) / 2)

    def zoom_to(self, zoom: float, *, x: float, y: float) -> None:
        """Set the zoom, keeping the image point under screen point (x, y) there."""
        zoom = self._clamped_zoom(zoom)
        self.fitted = False
        ratio = zoom / self.zoom
        self._x = x - (x - self._x) * ratio
        self._y = y - (y - self._y) * ratio
        self.zoom = zoom
        self._clamp_offset()

    def pan(self, dx: float, dy: float) -> None:
        """Move the picture by screen pixels."""
        self.fitted = False
        self._x += dx
        self._y += dy
        self._clamp_offset()

    def centre_on(self, x: float, y: float) -> None:
        """Bring image point (x, y) to the middle of the widget."""
        self.fitted = False
        self._x = self.width / 2 - x * self.zoom
        self._y = self.height / 2 - y * self.zoom
        self._clamp_offset()

    def to_image(self, x: float, y: float) -> tuple[float, float]:
        """Image point under a screen point; may lie outside the picture."""
        return (x - self.left) / self.zoom, (y - self.top) / self.zoom

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        """Screen point of an image point."""
        return self.left + x * self.zoom, self.top + y * self.zoom

    def columns(self, rect: Rect) -> NDArray[np.intp]:
        """Image column at the centre of each screen column of ``rect``, which must lie inside `picture`."""
        return _sampled(rect.left - self.left, rect.width, self.zoom, self.image_width)

    def rows(self, rect: Rect) -> NDArray[np.intp]:
        """Image row at the centre of each screen row of ``rect``, which must lie inside `picture`."""
        return _sampled(rect.top - self.top, rect.height, self.zoom, self.image_height)

    @property
    def _margin(self) -> int:
        return min(self.margin, self.width // 8, self.height // 8)

    def _fitting_zoom(self) -> float:
        return self._zoom_fitting(Rect(0, 0, self.image_width, self.image_height))

    def _zoom_fitting(self, pixels: Rect) -> float:
        margin = self._margin
        height = self.height - 2 * margin - min(self.reserve, self.height // 8)
        zoom = min((self.width - 2 * margin) / pixels.width, height / pixels.height)
        return min(MAX_ZOOM, max(zoom, 1e-4))

    def _clamped_zoom(self, zoom: float) -> float:
        if not self.image_width:
            return zoom
        return min(MAX_ZOOM, max(zoom, min(1.0, self._zoom_fitting(self.ground)) / 4))

    def _clamp_offset(self) -> None:
        left, top = self.ground.left * self.zoom, self.ground.top * self.zoom
        self._x = _kept_in_sight(self._x + left, self.ground.width * self.zoom, self.width) - left
        self._y = _kept_in_sight(self._y + top, self.ground.height * self.zoom, self.height) - top


def _sampled(start: int, count: int, zoom: float, length: int) -> NDArray[np.intp]:
    positions: NDArray[np.intp] = np.floor((np.arange(start, start + count) + 0.5) / zoom).astype(np.intp)
    np.clip(positions, 0, length - 1, out=positions)
    return positions


def _kept_in_sight(offset: float, size: float, room: int) -> float:
    keep = min(KEEP_VISIBLE, size, room)
    return min(max(offset, keep - size), room - keep)
