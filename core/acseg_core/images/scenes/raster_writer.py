"""Rasters of one band of numbers, written as GeoTIFF from top to bottom, so that none is ever whole in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import StorageError
from acseg_core.images.georef import GeoReference
from acseg_core.images.scenes.raster import CACHE_MEGABYTES, load_rasterio

_BLOCK = 256
_SMALLEST_OVERVIEW = 512
"""Pixels of the longer side that an overview may have; smaller ones are of no use."""


@dataclass(frozen=True, slots=True)
class NumberRaster:
    """What a raster of numbers is like.

    Attributes:
        width: Pixels per row.
        height: Rows.
        reference: Where on a map it lies; None if nobody knows.
        nodata: The number of what is to be ignored.
        palette: (256, 3) uint8 colours of the numbers, which means 8 bits; without there are 16.
    """

    width: int
    height: int
    reference: GeoReference | None
    nodata: int
    palette: NDArray[np.uint8] | None = None


@contextmanager
def number_raster(path: Path, raster: NumberRaster, *, shown: Path | None = None) -> Iterator[Callable[..., None]]:
    """Write a raster in compressed blocks, with overviews; as BigTIFF where it needs that.

    Args:
        path: Of the file, which is made.
        raster: What it is like.
        shown: What errors call the file.

    Yields:
        Writes ``(top, numbers)``: (h, `width`) numbers from a row on.

    Raises:
        ExtraMissingError: rasterio is not installed.
        StorageError: It cannot be written.
    """
    rasterio = load_rasterio()
    try:
        with rasterio.Env(GDAL_CACHEMAX=CACHE_MEGABYTES, GDAL_PAM_ENABLED=False):
            with rasterio.open(path, "w", **_profile(rasterio, raster)) as target:
                if raster.palette is not None:
                    target.write_colormap(1, {number: (*color, 255) for number, color in enumerate(_colors(raster))})

                def write(top: int, numbers: NDArray[Any]) -> None:
                    where = ((top, top + len(numbers)), (0, raster.width))
                    target.write(numbers, 1, window=where)

                yield write
            _add_overviews(rasterio, path, raster)
    except rasterio.errors.RasterioError as error:
        reason = " ".join(str(error).split())
        raise StorageError(f"{shown or path}: GDAL cannot write it: {reason}; look whether the disk is full") from error


def _profile(rasterio: Any, raster: NumberRaster) -> dict[str, Any]:
    profile: dict[str, Any] = {"driver": "GTiff", "width": raster.width, "height": raster.height, "count": 1}
    profile |= {"dtype": "uint16" if raster.palette is None else "uint8", "nodata": raster.nodata}
    profile |= {"tiled": True, "blockxsize": _BLOCK, "blockysize": _BLOCK, "compress": "deflate", "bigtiff": "IF_SAFER"}
    reference = raster.reference
    if reference is not None:
        profile["transform"] = rasterio.Affine.from_gdal(*reference.transform)
        system = reference.system
        if system is not None and (system.wkt or system.epsg is not None):
            profile["crs"] = system.wkt or f"EPSG:{system.epsg}"
    return profile


def _colors(raster: NumberRaster) -> list[list[int]]:
    assert raster.palette is not None
    colors: list[list[int]] = raster.palette.tolist()
    return colors


def _add_overviews(rasterio: Any, path: Path, raster: NumberRaster) -> None:
    """Every other pixel as it is, and so on: numbers of classes have no mean."""
    factors: list[int] = []
    longer = max(raster.width, raster.height)
    while longer / (2 << len(factors)) >= _SMALLEST_OVERVIEW:
        factors.append(2 << len(factors))
    if factors:
        with rasterio.open(path, "r+") as target:
            target.build_overviews(factors, rasterio.enums.Resampling.nearest)
