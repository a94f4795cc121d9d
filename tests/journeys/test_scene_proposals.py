"""Proposing a scene tile by tile: with what is around a tile, stopped anywhere and gone on, by workers, too."""

import contextlib
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from coloured_photos import finish
from shell import ACSEG, acseg
from tiled_scene import grounds, scene_project
from tiny_model import tiny_config

from acseg_core.images.files import load_added
from acseg_core.nets.halo import features_of
from acseg_core.proposals.tokens import TokenCache, tokens_of
from acseg_core.shapes import masks
from acseg_core.store import open_project, queries
from acseg_core.store.edits.describing import cached_tokens
from acseg_core.types import ImageStatus
from acseg_core.workflows import local_engine, pipeline
from acseg_core.workflows.attention_cache import read_attention
from acseg_core.workflows.token_reader import TokenReader

_PATIENCE_S = 120.0


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    return tiny_config(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def segmenter(config):
    return local_engine.load_segmenter(config)


@pytest.fixture
def project(tmp_path):
    """A scene of two by two tiles of 128 pixels, a corner of it without data."""
    valid = np.ones((256, 256), bool)
    valid[:40, :60] = False
    with scene_project(tmp_path, grounds(256, 256), side=128, valid=valid) as opened:
        yield opened


def without_tokens(project):
    for file in (project.cache_dir / "tokens").rglob("*.tokens"):
        file.unlink()


def test_regions_of_all_tiles_cover_what_is_valid_of_the_scene(project, config, segmenter):
    report = finish(pipeline.propose(project, config, segmenter=segmenter))
    assert (report.images, report.skipped) == (4, ())
    found = np.zeros((256, 256), int)
    for record, regions in queries.image_regions(project):
        for region in regions:
            tile = record.info.tile
            found[tile.top : tile.top + record.height, tile.left : tile.left + record.width] += masks.decode(
                region.mask
            )
    assert (found[:40, :60] == 0).all()
    assert (found == 1).sum() == 256 * 256 - 40 * 60


def test_tokens_are_the_same_whoever_computed_them(project, config, segmenter):
    finish(pipeline.propose(project, config, segmenter=segmenter))
    cache = TokenCache(project.cache_dir / "tokens", segmenter.token_identity)
    records = queries.images(project)
    kept = [cache.get(record.info.shown_as) for record in records]
    without_tokens(project)
    reader = TokenReader(project, segmenter, multi_crop=False)
    again = [tokens for _, _, tokens in reader.read(records, with_pixels=False)]
    for record, first, second in zip(records, kept, again, strict=True):
        np.testing.assert_allclose(first.tokens, second.tokens, rtol=1e-2, atol=1e-2)
        seen = load_added(project.image_root, record.info, with_halo=True)
        (features,) = features_of(segmenter.backbone, [seen])
        np.testing.assert_allclose(first.tokens, tokens_of(features).tokens, rtol=1e-2, atol=1e-2)
        (alone,) = segmenter.backbone.features([seen.rgb])
        assert not np.allclose(first.tokens, tokens_of(alone).tokens, rtol=1e-2, atol=1e-2)
        attention = read_attention(project.cache_dir, record.info.shown_as)
        expected = features.cls_attention.numpy()
        np.testing.assert_allclose(attention, expected / expected.mean(), rtol=1e-2, atol=1e-3)
        with project.read() as connection:
            found = cached_tokens(project, connection, record.id)
        np.testing.assert_array_equal(found.tokens, second.tokens)


def test_worker_processes_find_the_same_regions(tmp_path, config, segmenter):
    found = []
    for workers in (0, 2):
        with scene_project(tmp_path / str(workers), grounds(256, 256), side=128) as project:
            finish(pipeline.propose(project, config, segmenter=segmenter, workers=workers))
            found.append([[region.mask for region in regions] for _, regions in queries.image_regions(project)])
    assert found[0] == found[1]


def proposed(folder):
    """How many tiles have proposals, as another program sees it."""
    with open_project(folder, read_only=True) as project:
        return sum(record.status is not ImageStatus.NEW for record in queries.images(project))


@contextlib.contextmanager
def proposing(folder):
    """`acseg propose --only-new` in a process of its own."""
    command = [*ACSEG, "propose", str(folder), "--only-new", "--device", "cpu", "--input-size", "fast"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
def test_a_run_goes_on_where_it_was_killed_or_stopped(tmp_path):
    """The bundled backbone takes long enough for a tile to be stopped between two of them."""
    with scene_project(tmp_path, grounds(192, 640), side=64) as project:
        folder, tiles = project.folder, len(queries.images(project))
    assert tiles == 30
    before = 0
    for sent in (signal.SIGKILL, signal.SIGINT):
        with proposing(folder) as process:
            begun = time.monotonic()
            while proposed(folder) <= before and process.poll() is None and time.monotonic() - begun < _PATIENCE_S:
                time.sleep(0.02)
            process.send_signal(sent)
            process.wait(_PATIENCE_S)
        now = proposed(folder)
        assert before < now < tiles, "what was finished is kept, and it was not all"
        before = now
    done = acseg("propose", folder, "--only-new", "--device", "cpu", "--input-size", "fast")
    assert f"in {tiles - before} images" in done.stdout, done.stdout
    assert proposed(folder) == tiles
