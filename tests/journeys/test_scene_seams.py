"""Seams of a scene with the bundled model: what is named goes on over them, and tiles that overlap agree."""

import numpy as np
import pytest
from coloured_photos import finish
from tiled_scene import scene_project, tree_of_part

from acseg_core.config import BackboneConfig, SegmenterConfig
from acseg_core.images.files import load_image
from acseg_core.images.shrinking import shrunk
from acseg_core.proposals.seams import linked_by_overlap
from acseg_core.proposals.tree import DEFAULT_THRESHOLD
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.workflows import local_engine, pipeline
from acseg_core.workflows.clustering import cluster_regions
from acseg_resources import resource_path

SIDE = 448


@pytest.fixture(scope="module")
def segmenter():
    return local_engine.load_segmenter(SegmenterConfig(backbone=BackboneConfig(device="cpu")))


def sample(name):
    return load_image(resource_path("samples", name))


def of_scene(project, value):
    """(h, w) what ``value`` says of the region of each pixel of a scene of two by two tiles."""
    found = np.full((2 * SIDE, 2 * SIDE), -1)
    for record, regions in queries.image_regions(project):
        tile = record.info.tile
        part = found[tile.top : tile.top + record.height, tile.left : tile.left + record.width]
        for region in regions:
            part[masks.decode(region.mask)] = value(region)
    return found


def changes_at(classes, place):
    """Share of the pixels along a line at that row and column whose class is another on the other side."""
    across, down = classes[:, place - 1] != classes[:, place], classes[place - 1] != classes[place]
    return float(np.mean([across, down]))


def test_a_photo_named_by_cluster_goes_on_over_the_seams(tmp_path, segmenter):
    """Seams run through the middles of the photos; 200 of 896 pixels away there is none."""
    photo = shrunk(sample("hopper.jpg")[:512], (SIDE, SIDE))
    scene = np.roll(np.tile(photo, (2, 2, 1)), (SIDE // 2, SIDE // 2), (0, 1))
    with scene_project(tmp_path, scene, side=SIDE) as project:
        finish(pipeline.propose(project, segmenter.config, segmenter=segmenter))
        finish(cluster_regions(project, count=5))
        classes = of_scene(project, lambda region: region.cluster_id)
        alone = of_scene(project, lambda region: region.id)
    away = 200 * SIDE // 896
    beside = float(np.mean([changes_at(classes, SIDE + step) for step in (-away, away)]))
    at_seams = changes_at(classes, SIDE)
    print(f"class changes at seams {at_seams:.4f}, beside them {beside:.4f}")
    assert beside > 0
    assert at_seams <= 1.1 * beside
    assert changes_at(alone, SIDE) == 1.0, "no region reaches over a seam by itself"


def test_tiles_that_overlap_agree_once_they_are_linked(segmenter):
    """Two tiles of five eighths of a photo each; independent ones are matched region by region, as well as they can."""
    from scipy.optimize import linear_sum_assignment

    alone, together = [], []
    for name in ("coffee.jpg", "pagoda.jpg", "raccoon.jpg", "dahlia.jpg"):
        pixels = sample(name)
        height, width = pixels.shape[:2]
        wide = round(0.625 * width)
        parts = ((0, 0, wide, height), (width - wide, 0, wide, height))
        maps = [_partition(segmenter, pixels, part) for part in parts]
        first, second = maps[0][:, width - wide :], maps[1][:, : 2 * wide - width]
        shared = np.zeros((first.max() + 1, second.max() + 1), int)
        np.add.at(shared, (first.ravel(), second.ravel()), 1)
        alone.append(shared[linear_sum_assignment(-shared)].sum() / first.size)
        one, other = linked_by_overlap(first, second)
        together.append(float((one[first] == other[second]).mean()))
        assert len(np.unique(one[first])) > 1, "not all is one thing"
    print(f"overlap: {np.mean(alone):.3f} alone, {np.mean(together):.3f} linked")
    assert np.mean(together) > 0.88  # measured on other photos: .93 (docs/research/scenes.md, section 49)
    assert np.mean(together) > np.mean(alone) + 0.03


def _partition(segmenter, pixels, part):
    tree = tree_of_part(segmenter, pixels, part, halo=max(part[2:]) // 8)
    nodes = tree.tree.cut(DEFAULT_THRESHOLD)
    return np.unique(nodes, return_inverse=True)[1][tree.leaf_map]
