"""Projects of one scene: a raster made of coloured grounds, or of given pixels, cut into tiles."""

from pathlib import Path

import numpy as np

from acseg_core.images.scenes.raster import load_rasterio
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.leaf_map import OUTSIDE
from acseg_core.proposals.tree import ConceptTree
from acseg_core.store import Project, create_project, queries
from acseg_core.store.edits import runs
from acseg_core.types import RunInfo
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


def save_map(project: Project, numbers: np.ndarray, vectors: dict[int, np.ndarray]) -> dict[tuple[int, int], int]:
    """Let a run find in every tile what a map (h, w) of the scene says; -1 is void.

    Args:
        project: Of one scene, without proposals.
        numbers: What is in each pixel.
        vectors: (D,) what that looks like.

    Returns:
        The ids of the regions, by image id and number in the map.
    """
    run = runs.begin_run(project, RunInfo("vit", "a" * 64, "", "", "{}", "1"))
    found = {}
    for record in queries.images(project):
        tile = record.info.tile
        part = numbers[tile.top : tile.top + record.height, tile.left : tile.left + record.width]
        kinds, leaf = np.unique(part[part >= 0], return_inverse=True)
        leaves = np.full(part.shape, OUTSIDE, np.uint16)
        leaves[part >= 0] = leaf
        tokens = np.stack([vectors[number] / np.linalg.norm(vectors[number]) for number in kinds.tolist()])
        tree = ImageTree.of(_one_by_one(len(kinds)), leaves, tokens.astype(np.float16))
        proposals = tree.regions(tree.tree.after(0))
        runs.save_proposals(project, run, record.id, proposals, tree=tree, granularity=1.0)
        by_mask = {region.mask: region.id for region in queries.regions(project, record.id)}
        found |= {(record.id, int(kinds[each.node])): by_mask[each.mask] for each in proposals}
    runs.finish_run(project, run)
    return found


def _one_by_one(leaves: int) -> ConceptTree:
    """A tree in which each leaf joins all those before it."""
    merges = [(max(0, leaves + number - 1) if number else 0, number + 1) for number in range(leaves - 1)]
    return ConceptTree(np.array(merges, np.int32).reshape(-1, 2), np.arange(1, leaves, dtype=np.float32))
