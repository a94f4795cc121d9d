"""Images of a project shown otherwise: each stretched by its own values, tiles by their scene's; tokens go along."""

import dataclasses

import numpy as np
import pytest
from image_bytes import encoded, picture
from PIL import Image
from rasters import WIDTH, collar, ground, write_raster
from tiny_model import tiny_config

from acseg_core.images.band_choice import BandChoice
from acseg_core.images.files import ensure_thumbnail, load_added
from acseg_core.images.pixels import VOID_COLOR
from acseg_core.images.rendering import from_text
from acseg_core.interruptible import run_to_end
from acseg_core.proposals.segmenter import Segmenter
from acseg_core.proposals.tokens import TokenCache
from acseg_core.store import create_project, queries
from acseg_core.store.edits import history
from acseg_core.store.edits.describing import cached_tokens
from acseg_core.store.edits.renderings import choose_for_new_images
from acseg_core.workflows import scanning
from acseg_core.workflows.attention_cache import has_attention
from acseg_core.workflows.pipeline import propose
from acseg_core.workflows.renderings import Previews, bands_of, change_renderings
from acseg_core.workflows.scenes import add_scene


def finished(work):
    return run_to_end(work, lambda tick: None)


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    bands = ground(4)
    write_raster(folder / "a.tif", np.where(collar()[..., None], 0, bands).astype(np.uint16), nodata=0)
    write_raster(folder / "b.tif", (bands * 9).astype(np.uint16), colors=("red", "green", "blue", "nir"))
    exif = Image.Exif()
    exif[0x0112] = 6
    (folder / "c.jpg").write_bytes(encoded(Image.fromarray(picture(60, 80)), "JPEG", exif=exif))
    return folder


@pytest.fixture
def project(photos, tmp_path):
    with create_project(tmp_path / "project", image_root=photos) as project:
        finished(scanning.scan_images(project))
        yield project


def shown(project):
    return {record.path: from_text(record.info.rendering) for record in queries.images(project)}


def test_each_image_is_stretched_by_its_own_values_and_what_has_no_such_band_is_left(project):
    before = shown(project)
    report = finished(change_renderings(project, BandChoice("nir")))
    assert report.changes.image_ids == {1, 2}
    assert [(each.path, each.reason) for each in report.left_out] == [
        ("c.jpg", "there is no near infrared among 3 bands; choose the bands by their numbers")
    ]
    near = shown(project)
    assert near["a.tif"].bands == near["b.tif"].bands == (4, 1, 2)
    assert near["c.jpg"] is None
    assert near["b.tif"].stretches[0].white > 8 * near["a.tif"].stretches[0].white
    finished(change_renderings(project, BandChoice(low=10, high=90), [1]))
    assert shown(project)["a.tif"].bands == (4, 1, 2), "the bands stay where none are given"
    assert shown(project)["a.tif"].stretches[0].white < near["a.tif"].stretches[0].white
    assert shown(project)["b.tif"] == near["b.tif"]
    history.undo(project)
    history.undo(project)
    assert shown(project) == before


def test_back_to_how_they_were_added(project):
    before = shown(project)
    finished(change_renderings(project, BandChoice("2", values=(0, 500))))
    assert all(each.bands == (2,) for each in shown(project).values())
    finished(change_renderings(project, None))
    assert shown(project) == before


def test_a_scan_keeps_how_images_are_shown_and_gives_new_ones_what_is_wanted(project, photos):
    choose_for_new_images(project, BandChoice("nir"))
    finished(change_renderings(project, BandChoice("3"), [1]))
    before = shown(project)
    (photos / "a.tif").touch()
    write_raster(photos / "d.tif", ground(4).astype(np.uint16))
    (photos / "e.jpg").write_bytes(encoded(picture(30, 30), "JPEG"))
    finished(scanning.scan_images(project))
    after = shown(project)
    assert {path: after[path] for path in before} == before
    assert after["d.tif"].bands == (4, 1, 2)
    assert after["e.jpg"] is None


def test_what_is_shown_otherwise_has_other_tokens_attention_and_thumbnail(project, tmp_path):
    config = tiny_config(tmp_path)
    finished(propose(project, config))
    first = queries.image(project, 1)
    cache = TokenCache(project.cache_dir / "tokens", Segmenter(config).token_identity)
    old = cache.get(first.info.shown_as)
    thumbnail = ensure_thumbnail(project.image_root, first.info, thumbnails=project.thumbnails_dir)
    finished(change_renderings(project, BandChoice("4"), [1]))
    now = queries.image(project, 1)
    assert now.info.sha256 == first.info.sha256
    assert cache.get(now.info.shown_as) is None, "the tokens of what was seen before"
    assert not has_attention(project.cache_dir, now.info.shown_as)
    with project.read() as connection:
        assert cached_tokens(project, connection, 1) is None, "nor for regions that are drawn now"
        assert cached_tokens(project, connection, 2) is not None
    assert ensure_thumbnail(project.image_root, now.info, thumbnails=project.thumbnails_dir) != thumbnail
    finished(propose(project, config, image_ids=[1]))
    assert not np.allclose(cache.get(now.info.shown_as).description_tokens, old.description_tokens, atol=0.05)
    history.undo(project)
    history.undo(project)
    assert cache.get(queries.image(project, 1).info.shown_as) is not None


def test_tiles_of_a_scene_are_shown_alike(tmp_path):
    folder = tmp_path / "scenes"
    folder.mkdir()
    bands = ground(4)
    bands[:, WIDTH // 2 :] += 3000
    write_raster(folder / "map.tif", bands.astype(np.uint16), colors=("red", "green", "blue", "nir"))
    with create_project(tmp_path / "scene", image_root=folder) as project:
        add_scene(project, "map.tif", side=48)
        tiles = queries.images(project)
        assert len(tiles) > 3
        before = shown(project)
        report = finished(change_renderings(project, BandChoice("nir"), [tiles[0].id]))
        assert report.changes.image_ids == {tile.id for tile in tiles}
        assert len({record.info.rendering for record in queries.images(project)}) == 1
        rendering = from_text(queries.images(project)[0].info.rendering)
        low, high = np.percentile(bands.astype(np.uint16)[..., 3], (2, 98))
        assert rendering.bands == (4, 1, 2)
        assert abs(rendering.stretches[0].black - low) < 30
        assert abs(rendering.stretches[0].white - high) < 30
        history.undo(project)
        assert shown(project) == before
        assert bands_of(project, tiles[0]).names == ("red", "green", "blue", "nir")
        assert Previews(project, tiles[0]).of(BandChoice("2"), side=64).rgb.shape == (48, 64, 3), "all of the scene"


def test_a_preview_is_what_comes(project):
    for record in queries.images(project):
        previews = Previews(project, record)
        for choice in (BandChoice("2,1,3", 5, 95), BandChoice("1", values=(0, 4000)), None):
            found = previews.of(choice, side=WIDTH)
            info = dataclasses.replace(record.info, rendering=found.rendering)
            photo = load_added(project.image_root, info)
            assert np.array_equal(found.rgb, photo.rgb)
            if choice is not None:
                finished(change_renderings(project, choice, [record.id]))
                assert queries.image(project, record.id).info.rendering == found.rendering
                history.undo(project)
        assert max(previews.of(BandChoice("1"), side=40).rgb.shape) == 40
    assert (Previews(project, queries.image(project, 1)).of(BandChoice("nir"), side=WIDTH).rgb[0] == VOID_COLOR).all()


def test_nothing_is_changed_where_it_is_stopped(project):
    work = change_renderings(project, BandChoice("2"))
    next(work)
    next(work)
    work.close()
    assert history.state(project).undo is None
