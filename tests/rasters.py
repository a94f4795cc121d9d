"""Rasters as surveys and satellites deliver them, written by rasterio, and what rasterio reads of them."""

import warnings
from pathlib import Path

import numpy as np
import rasterio
from image_bytes import picture
from rasterio.enums import ColorInterp
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import Affine

HEIGHT, WIDTH = 96, 128
NODATA = -9999


def write_raster(path: Path, bands: np.ndarray, *, colors: tuple[str, ...] = (), placed: bool = True, **how) -> Path:
    """Write (H, W, bands) as a GeoTIFF.

    Args:
        path: Of the file.
        bands: The samples.
        colors: GDAL's words for the bands.
        placed: With a coordinate system and a transform.
        how: Options of rasterio, such as ``nodata`` and ``compress``.
    """
    where = {"crs": "EPSG:32632", "transform": Affine(0.2, 0, 500_000, 0, -0.2, 5_400_000)} if placed else {}
    height, width, count = bands.shape
    shape = {"width": width, "height": height, "count": count, "dtype": bands.dtype.name}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path, "w", driver="GTiff", **shape, **where, **how) as file:
            if colors:
                file.colorinterp = [ColorInterp[color] for color in colors]
            file.write(np.moveaxis(bands, 2, 0))
    return path


def read_raster(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """(H, W, bands) samples and (H, W) bool of the valid pixels, as rasterio sees them; what is no number is void."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path) as file:
            samples, valid = np.moveaxis(file.read(), 0, 2), file.dataset_mask() > 0
    return samples, valid & ~np.isnan(samples.astype(float)).all(axis=2)


def ground(count: int = 3, *, low: float = 300, high: float = 3000) -> np.ndarray:
    """(H, W, count) float64, smooth, each band with a range of its own."""
    planes = np.dstack([picture(HEIGHT, WIDTH, seed=seed) for seed in range(-(-count // 3))])[..., :count] / 255
    return np.asarray(low * (1 + np.arange(count)) + planes * (high - low))


def collar() -> np.ndarray:
    """(H, W) bool, True where a survey has no data: around it, slanted, and two holes in it."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    outside = (x + y / 4 < 18) | (x - y / 3 > 112) | (y < 7)
    return np.asarray(outside | ((x - 60) ** 2 + (y - 50) ** 2 < 81) | ((x > 90) & (x < 95) & (y > 60) & (y < 63)))
