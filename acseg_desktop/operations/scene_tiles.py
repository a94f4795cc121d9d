"""What belongs together over the seams of a scene's tiles: pixels that were drawn, and regions that are linked."""

from __future__ import annotations

from acseg_core.store import Project, queries
from acseg_core.store.queries import scene_queries
from acseg_core.types import PixelPatch
from acseg_core.workflows import links


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


def goes_on_in(project: Project, image_id: int, region_id: int) -> dict[int, int]:
    """By tile the region that a region of a scene goes on in over the seams, the largest of several.

    Args:
        project: With the image.
        image_id: The region's image.
        region_id: The region; it is not among them.
    """
    scene = scene_queries.scene_of(project, queries.image(project, image_id))
    component = {} if scene is None else links.links_of(project, scene.id)
    thing = component.get(region_id)
    ids = [id_ for id_, other in component.items() if other == thing and id_ != region_id]
    others = sorted(queries.regions_by_id(project, ids).values(), key=lambda region: region.area)
    return {region.image_id: region.id for region in others if region.image_id != image_id}
