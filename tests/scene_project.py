"""Projects of one scene: a smooth raster in tiles, and regions in them."""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.shapes import masks
from acseg_core.store import Project, create_project
from acseg_core.store.edits import runs
from acseg_core.store.queries import scene_queries
from acseg_core.types import ImageRecord, RegionProposal, RunInfo
from acseg_core.workflows.scenes import add_scene

RUN = RunInfo("test_vit", "0" * 64, "tiny", "1" * 64, "{}", "0.1.0")


def smooth_texture(width: int, height: int) -> NDArray[np.uint8]:
    """(height, width, 3) uint8, soft blots of 64 pixels."""
    small = np.random.default_rng(5).integers(40, 215, (-(-height // 64), -(-width // 64), 3), np.uint8)
    return np.ascontiguousarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def write_raster(path: Path, *, width: int, height: int) -> None:
    """A GeoTIFF in blocks, with a place on the map."""
    import rasterio
    from rasterio.transform import Affine

    pixels = smooth_texture(width, height)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=width,
        height=height,
        count=3,
        dtype="uint8",
        tiled=True,
        blockxsize=256,
        blockysize=256,
        crs="EPSG:32632",
        transform=Affine(0.5, 0.0, 500_000.0, 0.0, -0.5, 5_400_000.0),
    ) as target:
        target.write(np.moveaxis(pixels, 2, 0))


def fields(record: ImageRecord) -> NDArray[np.uint8]:
    """(h, w) uint8: four fields of a tile, 0 1 above 2 3."""
    label_map = np.zeros((record.height, record.width), np.uint8)
    label_map[:, record.width // 2 :] = 1
    label_map[record.height // 2 :] += 2
    return label_map


def propose_fields(project: Project, tiles: list[ImageRecord]) -> None:
    """Store four regions for each tile, as a model would."""
    run_id = runs.begin_run(project, RUN)
    for record in tiles:
        encoded = masks.encode_label_map(fields(record))
        descriptor = np.full(16, 0.25, np.float16)
        proposals = [
            RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), descriptor)
            for node, mask in encoded.items()
        ]
        runs.save_proposals(project, run_id, record.id, proposals)
    runs.finish_run(project, run_id)


def make_scene_project(folder: Path, *, width: int, height: int, side: int, proposed: bool = True) -> Path:
    """A closed project of one scene, "map.tif"."""
    images = folder / "images"
    images.mkdir(parents=True)
    write_raster(images / "map.tif", width=width, height=height)
    with create_project(folder / "project", image_root=images, name="Map") as project:
        add_scene(project, "map.tif", side=side)
        (scene,) = scene_queries.scenes(project)
        if proposed:
            propose_fields(project, scene_queries.tiles_of(project, scene.id))
    return folder / "project"
