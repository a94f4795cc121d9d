"""Longitude and latitude of positions on a map, as the GeoJSON of today wants them (RFC 7946)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import ExportError
from acseg_core.images.georef import GeoReference
from acseg_core.images.scenes.raster import load_rasterio

WGS84 = 4326
PLACES = 9
"""Decimals of a degree: a tenth of a millimetre."""


def degrees_of(reference: GeoReference, path: str) -> Callable[[NDArray[Any]], NDArray[np.float64]]:
    """What makes longitude and latitude on WGS 84 of positions in an image, both (n, 2).

    Args:
        reference: Where the image lies.
        path: Of it, for errors.

    Raises:
        ExportError: Its coordinate system is not known.
        ExtraMissingError: rasterio is not installed.
    """
    rasterio = load_rasterio()
    import rasterio.warp as warp
    from rasterio._err import CPLE_BaseError  # what it raises of positions has no public name

    system = reference.system
    text = "" if system is None else system.wkt if system.epsg is None else f"EPSG:{system.epsg}"
    try:
        if not text:
            raise rasterio.errors.CRSError("none")
        source = rasterio.CRS.from_user_input(text)
    except rasterio.errors.CRSError as error:
        raise ExportError(
            f"{path}: its coordinate system is not known, so neither is its longitude; export its own coordinates"
        ) from error

    def to_degrees(points: NDArray[Any]) -> NDArray[np.float64]:
        x, y = reference.to_map(points).T
        nowhere = ExportError(f"{path}: a part of it has no longitude and latitude; export its own coordinates")
        try:
            found = np.array(warp.transform(source, f"EPSG:{WGS84}", x.tolist(), y.tolist())).T
        except CPLE_BaseError as error:
            raise nowhere from error
        if not np.isfinite(found).all():
            raise nowhere
        return found

    return to_degrees
