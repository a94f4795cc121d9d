"""Small rasters as GDAL writes them, for tests of scenes."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def texture(height: int, width: int, bands: int = 3, *, seed: int = 0) -> NDArray[np.float64]:
    """(bands, height, width) 0..1: fields and fine grain over the whole range, another in each band."""
    random = np.random.default_rng(seed)
    fields = np.kron(random.random((bands, -(-height // 16), -(-width // 16))), np.ones((16, 16)))[:, :height, :width]
    return np.clip(0.85 * fields + 0.15 * random.random((bands, height, width)), 0, 1)


def write_scene(
    path: Path,
    samples: NDArray[Any] | None = None,
    *,
    seed: int = 0,
    valid: NDArray[np.bool_] | None = None,
    **profile: Any,
) -> Path:
    """Write a raster, with map coordinates unless a transform is given.

    Args:
        path: Where.
        samples: (bands, h, w); 8-bit colour of 200 x 300 if left out.
        seed: Of what is in it then.
        valid: (h, w), the raster's mask, or None.
        profile: As of `rasterio.open`; ``colors`` are its interpretations.
    """
    import rasterio
    from rasterio.transform import Affine

    if samples is None:
        samples = (texture(200, 300, seed=seed) * 255).astype(np.uint8)
    colors = profile.pop("colors", None)
    settings = {"driver": "GTiff", "crs": "EPSG:32640", "transform": Affine(0.5, 0, 300_000, 0, -0.5, 2_700_000)}
    bands, height, width = samples.shape
    size = {"count": bands, "height": height, "width": width, "dtype": samples.dtype}
    path.parent.mkdir(parents=True, exist_ok=True)
    chosen = {name: value for name, value in {**settings, **size, **profile}.items() if value is not None}
    with warnings.catch_warnings(action="ignore"), rasterio.open(path, "w", **chosen) as out:  # of one without a place
        out.write(samples)
        if colors:
            out.colorinterp = [rasterio.enums.ColorInterp[each] for each in colors]
        if valid is not None:
            out.write_mask(valid)
    return path
