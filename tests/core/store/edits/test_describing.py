"""Descriptors after an edit of shapes: from cached tokens, from the stored tree, or from where the pixels came."""

import numpy as np
import pytest

from acseg_core.proposals.tokens import PatchTokens, TokenCache, identity_of
from acseg_core.shapes import masks
from acseg_core.store import queries
from acseg_core.store.edits import painting, runs
from acseg_core.types import PixelPatch, RunInfo

START = "aaaabbbb aaaabbbb aaaabbbb ccccbbbb ccccdddd ccccdddd"


@pytest.fixture
def project(world):
    return world.create(images=2)


@pytest.fixture
def names(world, project):
    return world.draw(project, 1, START)


def patch(left, top, *rows):
    return PixelPatch(left, top, np.array([[letter == "#" for letter in row] for row in rows]))


def region(project, region_id):
    return queries.regions_by_id(project, [region_id])[region_id]


def descriptor(world, region_id):
    ((blob,),) = world.sql("SELECT descriptor FROM region WHERE id = ?", region_id)
    return None if blob is None else np.frombuffer(blob, "<f2").astype(np.float32)


def test_descriptors_follow_the_pixels_by_the_stored_tree(world):
    project = world.create(images=1)
    (tree,) = world.propose_tree(project, [1])
    first, *_ = queries.regions(project, 1)
    painting.paint(project, 1, PixelPatch(0, 0, np.ones((3, 5), bool)), region_id=first.id)
    for each in queries.regions(project, 1):
        counts = np.bincount(tree.leaf_map[masks.decode(each.mask)], minlength=6)
        np.testing.assert_allclose(descriptor(world, each.id), tree.descriptor(counts).astype(np.float32), atol=2e-3)


def test_descriptors_follow_the_pixels_by_cached_tokens(world):
    project = world.create(images=1)
    world.run = RunInfo("vit", "b" * 64, "acg.safetensors", "a" * 64, '{"backbone": {"input_size": 448}}', "0.1.0")
    run_id = runs.begin_run(project, world.run)
    runs.save_proposals(project, run_id, 1, world.proposals())
    runs.finish_run(project, run_id)
    tokens = np.random.default_rng(1).normal(size=(3, 4, 8)).astype(np.float16)
    for precision, known in (("torch.float32", tokens), ("torch.bfloat16", -tokens)):
        identity = identity_of(backbone="vit", weights_sha256="b" * 64, input_size=448, precision=precision)
        TokenCache(project.cache_dir / "tokens", identity).put(
            queries.image(project, 1).info.sha256, PatchTokens(known, None)
        )
    first, *_ = queries.regions(project, 1)
    painting.paint(project, 1, PixelPatch(0, 0, np.ones((2, 3), bool)), region_id=first.id)
    mask = masks.decode(region(project, first.id).mask)
    expected = sum(tokens[y // 2, x // 2].astype(np.float32) for y, x in zip(*np.nonzero(mask), strict=True))
    np.testing.assert_allclose(descriptor(world, first.id), expected / np.linalg.norm(expected), atol=2e-3)


def test_without_tokens_or_tree_descriptors_stay_and_new_regions_take_their_largest_source(world, project, names):
    before = {letter: descriptor(world, id_) for letter, id_ in names.items()}
    painting.paint(project, 1, patch(4, 0, "#"), region_id=names["a"])
    np.testing.assert_array_equal(descriptor(world, names["a"]), before["a"])
    (new,) = painting.paint_new(project, 1, patch(2, 2, "##", "##", "##"), label_id=None).region_ids
    np.testing.assert_array_equal(descriptor(world, new), before["c"])
    (alone,) = painting.paint_new(project, 2, patch(0, 0, "#"), label_id=None).region_ids
    assert descriptor(world, alone) is None
