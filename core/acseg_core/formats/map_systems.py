"""Coordinate systems of maps, and the way from one to another (extra ``geo``: PROJ, which comes with rasterio)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.images.geo_systems import CoordinateSystem
from acseg_core.images.scenes.raster import load_rasterio

if TYPE_CHECKING:
    from rasterio.crs import CRS

logger = logging.getLogger(__name__)


def system_of(known: CoordinateSystem | None) -> CRS | None:
    """The system of an image; None where its file does not say enough.

    Raises:
        ExtraMissingError: rasterio is not installed.
    """
    if known is None:
        return None
    found = system_called(f"EPSG:{known.epsg}") if known.epsg is not None else None
    return found or system_called(known.wkt)


def system_called(text: str) -> CRS | None:
    """The system of a text, such as "EPSG:32633" or WKT; None where PROJ knows none.

    Raises:
        ExtraMissingError: rasterio is not installed.
    """
    if not text:
        return None
    rasterio = load_rasterio()
    from rasterio._err import CPLE_BaseError
    from rasterio.crs import CRS

    try:
        return CRS.from_user_input(text)
    except (rasterio.errors.CRSError, CPLE_BaseError):
        logger.debug("a coordinate system is not known to PROJ: %s", " ".join(text.split())[:100])
        return None


def short_name(system: CRS | None) -> str:
    """What a message calls a system."""
    if system is None:
        return "no coordinate system"
    epsg = system.to_epsg()
    return f"EPSG:{epsg}" if epsg is not None else "a coordinate system without a number"


class Way:
    """From coordinates of one system to those of another; where one of the two is unknown, they are the same.

    Attributes:
        is_same: Whether coordinates stay as they are.
    """

    def __init__(self, source: CRS | None, target: CRS | None) -> None:
        self.is_same = source is None or target is None or source == target
        self._source: Any = source
        self._target: Any = target

    def __call__(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 2) coordinates there of (n, 2) here; infinite where there are none."""
        if self.is_same or not len(points):
            return points
        load_rasterio()
        from rasterio._err import CPLE_BaseError
        from rasterio.warp import transform

        try:
            x, y = transform(self._source, self._target, points[:, 0].tolist(), points[:, 1].tolist())
        except CPLE_BaseError as error:  # of one of them, and then there are none of the others either
            if len(points) == 1:
                logger.debug("a place is not in another coordinate system: %s", error)
                return np.full_like(points, np.inf)
            middle = len(points) // 2
            return np.concatenate((self(points[:middle]), self(points[middle:])))
        return np.stack((np.asarray(x, np.float64), np.asarray(y, np.float64)), axis=1)


class Systems:
    """Coordinate systems and the ways between them, each made once."""

    def __init__(self) -> None:
        self._known: dict[CoordinateSystem | None, CRS | None] = {}
        self._ways: dict[tuple[int, int], Way] = {}

    def of(self, known: CoordinateSystem | None) -> CRS | None:
        """The system of an image; see `system_of`."""
        if known not in self._known:
            self._known[known] = system_of(known)
        return self._known[known]

    def way(self, source: CRS | None, target: CRS | None) -> Way:
        """The way from one to another; both must live as long as this does."""
        key = id(source), id(target)
        if key not in self._ways:
            self._ways[key] = Way(source, target)
        return self._ways[key]
