"""What belongs together over the seams of a scene's tiles: pixels that were drawn, and regions that are linked."""

from __future__ import annotations

from collections.abc import Collection

from acseg_core.store import Project, queries
from acseg_core.store.queries import scene_queries
from acseg_core.types import PixelPatch


def patches_by_tile(project: Project, image_id: int, patch: PixelPatch) -> dict[int, PixelPatch]:
    """What of the pixels drawn on an image is in which tile of its scene, by the tile's image; its own comes first.

    Args:
        project: With the image.
        image_id: The image.
        patch: In its pixels; may reach beyond it. What is in no image of the project is left out.
    """
    record = queries.image(project, image_id)
    height, width = patch.mask.shape
    reaches = min(patch.left, patch.top) < 0 or patch.left + width > record.width or patch.top + height > record.height
    scene = scene_queries.scene_of(project, record) if reaches else None
    here = record.info.tile
    if scene is None or here is None:
        return {image_id: patch}
    found = {image_id: patch}
    for other in scene_queries.tiles_of(project, scene.id):
        tile = other.info.tile
        if tile is None or other.id == image_id:
            continue
        left, top = patch.left + here.left - tile.left, patch.top + here.top - tile.top
        rows = slice(max(0, -top), max(0, other.height - top))
        columns = slice(max(0, -left), max(0, other.width - left))
        if patch.mask[rows, columns].any():
            found[other.id] = PixelPatch(left, top, patch.mask)
    return found


def linked_regions(_project: Project, region_ids: Collection[int]) -> set[int]:
    """These regions, and those that go on from them in other tiles."""
    return set(region_ids)
