"""Projects of one scene: a raster made of coloured grounds, or of given pixels, cut into tiles."""

from pathlib import Path

import numpy as np

from acseg_core.images.scenes.raster import load_rasterio
from acseg_core.store import Project, create_project
from acseg_core.workflows.scenes import add_scene


def write_raster(path: Path, pixels: np.ndarray, *, valid: np.ndarray | None = None) -> Path:
    """A GeoTIFF of (h, w, 3) uint8 pixels; where ``valid`` is False all bands are 0, which is marked as no data."""
    rasterio = load_rasterio()
    height, width = pixels.shape[:2]
    bands = np.moveaxis(pixels if valid is None else np.where(valid[..., None], np.maximum(pixels, 1), 0), 2, 0)
    place = rasterio.Affine(0.5, 0, 500_000, 0, -0.5, 5_000_000)
    nodata = None if valid is None else 0
    kept = {"driver": "GTiff", "width": width, "height": height, "count": 3, "dtype": "uint8"}
    with rasterio.open(path, "w", **kept, crs="EPSG:32633", transform=place, nodata=nodata) as file:
        file.write(bands)
    return path


def grounds(height: int, width: int, *, seed: int = 0, count: int = 6) -> np.ndarray:
    """(h, w, 3) uint8, so many grounds of a colour each, which go on over wherever the tiles end."""
    random = np.random.default_rng(seed)
    middles = random.uniform(0, 1, (count, 2)) * (height, width)
    colours = random.integers(40, 255, (count, 3))
    places = np.stack(np.mgrid[:height, :width], axis=2)[:, :, None]
    nearest = ((places - middles) ** 2).sum(axis=3).argmin(axis=2)
    noise = random.integers(-6, 7, (height, width, 3))
    return np.clip(colours[nearest] + noise, 1, 255).astype(np.uint8)


def scene_project(folder: Path, pixels: np.ndarray, *, side: int, valid: np.ndarray | None = None) -> Project:
    """A new project, open for writing, of one scene "map.tif"; nothing is proposed yet."""
    photos = folder / "photos"
    photos.mkdir(parents=True)
    write_raster(photos / "map.tif", pixels, valid=valid)
    project = create_project(folder / "project", image_root=photos)
    add_scene(project, "map.tif", side=side)
    return project
