"""Rasters through GDAL: what their headers say, and parts of them at any size; never the whole of a large one.

rasterio is loaded at first use. GDAL keeps at most `CACHE_MEGABYTES` of what it has read.
"""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import ExtraMissingError, ImageError
from acseg_core.images.geo_systems import CoordinateSystem, system_of_wkt
from acseg_core.images.georef import GeoReference
from acseg_core.images.pixels import VOID_COLOR, Picture
from acseg_core.images.rendering import Rendering
from acseg_core.images.scenes.mosaics import stray_source
from acseg_core.images.world_files import names_beside, read_system_beside

if TYPE_CHECKING:
    import rasterio.io

logger = logging.getLogger(__name__)

INSTALL_HINT = 'pip install "acseg-desktop[geo]"'

CACHE_MEGABYTES = 128

PALETTE = "palette"
"""What GDAL calls a band of numbers of colours."""

_SETTINGS = {"GDAL_CACHEMAX": CACHE_MEGABYTES, "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "none of them"}
"""Nothing is fetched from the network; see also `mosaics`."""

_DRIVERS = ("GTiff", "JP2OpenJPEG", "JP2KAK", "JP2ECW", "VRT", "HFA", "PNG", "JPEG", "BMP", "WEBP")
"""What a file may be, by its content; GDAL would read many other things than pictures."""

_IDENTITY = (0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
_opening = threading.Lock()


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a raster.

    Attributes:
        left: First column, from 0.
        top: First row.
        width: Columns.
        height: Rows.
    """

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class RasterHeader:
    """What the header of a raster says.

    Attributes:
        driver: GDAL's name of the format, such as "GTiff".
        width: Pixels per row.
        height: Rows.
        dtypes: NumPy's name of each band's number type.
        colors: GDAL's interpretation of each band, such as "red", "gray", "alpha", "undefined".
        descriptions: Names of the bands; "" of one without.
        reference: Where on a map it lies, or None.
        has_void: Whether there may be pixels without data.
        overviews: By how much its overviews are smaller, such as 2, 4, 8.
        is_inverted: Of grey, zero is white.
    """

    driver: str
    width: int
    height: int
    dtypes: tuple[str, ...]
    colors: tuple[str, ...]
    descriptions: tuple[str, ...]
    reference: GeoReference | None
    has_void: bool
    overviews: tuple[int, ...]
    is_inverted: bool = False


def read_header(path: Path) -> RasterHeader:
    """Read the header of a raster of any format that GDAL reads.

    Raises:
        ImageError: It is none, or cannot be read.
        ExtraMissingError: rasterio is not installed.
    """
    with opened(path) as source:
        if not source.count:
            raise ImageError(path, "holds no raster of its own; give one of the files it is made of")
        if any(np.dtype(each).kind == "c" for each in map(str, source.dtypes)):
            raise ImageError(path, "complex numbers are not supported; save their magnitude")
        return RasterHeader(
            driver=source.driver,
            width=source.width,
            height=source.height,
            dtypes=tuple(map(str, source.dtypes)),
            colors=tuple(each.name for each in source.colorinterp),
            descriptions=tuple(each or "" for each in source.descriptions),
            reference=_reference(source),
            has_void=not all(map(_is_all_valid, source.mask_flag_enums)) or _is_float(source.dtypes),
            overviews=tuple(source.overviews(1)),
            is_inverted=source.tags(ns="IMAGE_STRUCTURE").get("MINISWHITE") == "YES",
        )


def read_picture(path: Path, box: Box, rendering: Rendering, *, size: tuple[int, int] | None = None) -> Picture:
    """Read a part of a raster as it is shown.

    Args:
        path: Of the raster.
        box: Which part, inside of it.
        rendering: Which bands, and how.
        size: Width and height to read it at, by overviews where there are some; its own if left out.

    Raises:
        ImageError: It cannot be read.
        ExtraMissingError: rasterio is not installed.
    """
    with opened(path) as source:
        return picture_of(source, box, rendering, size=size)


def read_samples(
    path: Path, box: Box, bands: tuple[int, ...], *, size: tuple[int, int] | None = None
) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """Read samples of a part of a raster, and which of them are valid.

    A pixel is valid unless the file's mask or opacity says otherwise, or all of these bands have its value for no data,
    or are no numbers.

    Args:
        path: Of the raster.
        box: Which part, inside of it.
        bands: Which bands, from 1.
        size: Width and height to read it at; its own if left out.

    Returns:
        (h, w, bands) samples; (h, w) bool, or None where all are valid.

    Raises:
        ImageError: It cannot be read, or has no such band.
        ExtraMissingError: rasterio is not installed.
    """
    with opened(path) as source:
        return samples_of(source, box, bands, size=size)


def picture_of(
    source: rasterio.io.DatasetReader, box: Box, rendering: Rendering, *, size: tuple[int, int] | None = None
) -> Picture:
    """The same as `read_picture`, of a raster that is open."""
    samples, valid = samples_of(source, box, rendering.bands, size=size)
    palette = _palette(source, rendering.bands)
    rgb = rendering.rgb(samples) if palette is None else palette[samples[..., 0]]
    if valid is not None:
        rgb[~valid] = VOID_COLOR
    return Picture(rgb, valid)


def _palette(source: rasterio.io.DatasetReader, bands: tuple[int, ...]) -> NDArray[np.uint8] | None:
    """(numbers, 3), the colours of what a single band has; None where it has no table of them."""
    if len(bands) > 1 or source.colorinterp[bands[0] - 1].name != PALETTE:
        return None
    colors = source.colormap(bands[0])
    table = np.zeros((np.iinfo(source.dtypes[bands[0] - 1]).max + 1, 3), np.uint8)
    for number, color in colors.items():
        table[number] = color[:3]
    return table


def samples_of(
    source: rasterio.io.DatasetReader, box: Box, bands: tuple[int, ...], *, size: tuple[int, int] | None = None
) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """The same as `read_samples`, of a raster that is open."""
    if max(bands) > source.count:
        raise ImageError(Path(source.name), f"has no band {max(bands)}; choose among its {source.count} bands")
    where = ((box.top, box.top + box.height), (box.left, box.left + box.width))
    shape = (box.height, box.width) if size is None else (size[1], size[0])
    samples = source.read(list(bands), window=where, out_shape=(len(bands), *shape))
    valid = _valid(source, samples, bands, where, shape)
    return np.moveaxis(samples, 0, 2), None if valid is None or valid.all() else valid


def _valid(
    source: rasterio.io.DatasetReader, samples: NDArray[Any], bands: tuple[int, ...], where: Any, shape: tuple[int, int]
) -> NDArray[np.bool_] | None:
    """(h, w); None where nothing in the file could make a pixel void."""
    flags = [source.mask_flag_enums[band - 1] for band in bands]
    is_float = samples.dtype.kind == "f"
    if all(_is_all_valid(each) for each in flags) and not is_float:
        return None
    masks = source.read_masks(list(bands), window=where, out_shape=(len(bands), *shape)) > 0
    valid = np.asarray(masks.any(axis=0))
    if is_float:
        valid &= np.isfinite(samples).any(axis=0)
    return valid


def _is_all_valid(flags: Any) -> bool:
    return any(flag.name == "all_valid" for flag in flags)


@contextmanager
def opened(path: Path) -> Iterator[rasterio.io.DatasetReader]:
    """A raster, open; whatever GDAL has against it becomes our error.

    Raises:
        ImageError: It is no raster, damaged, or of a kind that GDAL here does not read.
        ExtraMissingError: rasterio is not installed.
    """
    rasterio = load_rasterio()
    stray = stray_source(path)
    if stray:
        raise ImageError(path, f"a mosaic of what is no file here ({stray[:80]}); save it as GeoTIFF")
    said = rasterio._err.CPLE_BaseError  # what GDAL says, where rasterio makes nothing of it
    try:
        with rasterio.Env(**_SETTINGS), _opened_quietly(rasterio, path) as source:
            if source.driver not in _DRIVERS:
                raise ImageError(path, f"GDAL takes it for {source.driver}, which is not read; save it as GeoTIFF")
            with contextlib.suppress(said):
                _ = source.colorinterp  # gets what GDAL has against a coordinate system, which harms no pixel
            yield source
    except (rasterio.errors.RasterioError, said) as error:
        if not path.exists():
            raise ImageError(path, "missing") from error
        raise ImageError(path, f"GDAL cannot read it: {_one_line(error)}; save it anew as GeoTIFF") from error


def has_rasterio() -> bool:
    """Whether it is installed; it is not loaded."""
    return importlib.util.find_spec("rasterio") is not None


def load_rasterio() -> Any:
    """The module. What GDAL has to say about a file is said by our errors, so that its log is quiet.

    Raises:
        ExtraMissingError: It is not installed.
    """
    try:
        import rasterio
        import rasterio.errors
    except ModuleNotFoundError as error:
        raise ExtraMissingError(
            f"scenes need rasterio, which is not installed ({error.name}); install it with: {INSTALL_HINT}"
        ) from error
    logging.getLogger("rasterio").setLevel(logging.CRITICAL + 1)
    return rasterio


def _opened_quietly(rasterio: Any, path: Path) -> Any:
    """Python's warning filters are global, and rasters may be opened in several threads."""
    with _opening, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return rasterio.open(path)


def _reference(source: rasterio.io.DatasetReader) -> GeoReference | None:
    transform = tuple(map(float, source.transform.to_gdal()))
    if transform == _IDENTITY:
        return None
    is_beside = any(Path(file).name in _beside(source.name) for file in source.files[1:])
    return GeoReference(transform, _system(source), _nodata(source), is_beside=is_beside)  # type: ignore[arg-type]


def _beside(name: str) -> tuple[str, ...]:
    return tuple(names_beside(Path(name).name))


def _nodata(source: rasterio.io.DatasetReader) -> float | None:
    return None if source.nodata is None else float(source.nodata)


def _system(source: rasterio.io.DatasetReader) -> CoordinateSystem | None:
    crs = source.crs
    if crs is None:
        return read_system_beside(Path(source.name))
    wkt = crs.to_wkt()
    found = system_of_wkt(wkt)
    name, unit, metres = ("", "", None) if found is None else (found.name, found.unit, found.metres)
    return CoordinateSystem(crs.to_epsg(), wkt, name, unit, metres)


def _is_float(dtypes: tuple[str, ...]) -> bool:
    return any(np.dtype(each).kind == "f" for each in dtypes)


def _one_line(error: BaseException) -> str:
    """What GDAL said first; what rasterio says of that is that there was something."""
    while error.__cause__ is not None:
        error = error.__cause__
    return " ".join(str(error).split())
