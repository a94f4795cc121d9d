"""What a generator is trained on: photos, not the label maps beside them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from rasters import ground, write_raster

from acseg_core.errors import ImagesNotFoundError, StorageError
from acseg_core.images.band_choice import BandChoice
from acseg_core.images.files import inspect_image
from acseg_core.store import create_project, queries
from acseg_core.store.edits import ingest
from acseg_core.workflows import scanning
from acseg_core.workflows.renderings import change_renderings
from acseg_core.workflows.scenes import add_scene
from acseg_training.__main__ import main
from acseg_training.corpus import Corpus


def data_set(folder):
    for place in ("images", "labels"):
        (folder / place).mkdir(parents=True)
    for number in range(3):
        noise = np.random.default_rng(number).integers(0, 256, (40, 60, 3), np.uint8)
        Image.fromarray(noise).save(folder / f"images/{number}.jpg")
        Image.fromarray(noise[..., 0] // 32).save(folder / f"labels/{number}.png")


def names(paths):
    return [f"{path.parent.name}/{path.name}" for path in paths]


def test_label_maps_are_left_out_unless_asked_for(tmp_path):
    data_set(tmp_path)
    corpus = Corpus.from_folders([tmp_path])
    assert names(corpus.paths) == ["images/0.jpg", "images/1.jpg", "images/2.jpg"]
    assert names(corpus.left_out) == ["labels/0.png", "labels/1.png", "labels/2.png"]
    assert len(Corpus.from_folders([tmp_path], label_maps=True).paths) == 6
    assert len(Corpus.from_folders([tmp_path / "labels"]).paths) == 3


def test_a_sample_is_drawn_from_photos_only(tmp_path):
    data_set(tmp_path)
    corpus = Corpus.from_folders([tmp_path], most=2)
    assert {path.parent.name for path in corpus.paths} == {"images"}
    assert len(corpus.left_out) == 3


def test_the_shell_tells_how_many(tmp_path, capsys):
    data_set(tmp_path)
    out = tmp_path / "model.safetensors"
    assert main([str(tmp_path), "--out", str(out), "--backbone", "no_such_vit", "--steps", "1"]) == 1
    assert "3 label maps left out; --label-maps treats them as photos" in capsys.readouterr().err


def test_images_of_a_project_are_trained_on_as_it_shows_them(tmp_path: Path) -> None:
    folder = tmp_path / "maps"
    folder.mkdir()
    write_raster(folder / "a.tif", ground(4).astype(np.uint16))
    write_raster(folder / "map.tif", ground(4).astype(np.uint16))
    with create_project(tmp_path / "project", image_root=folder) as project:
        ingest.add_images(project, [inspect_image(folder, "a.tif")])
        add_scene(project, "map.tif", side=64)
        before = Corpus.from_project(project)
        for _ in change_renderings(project, BandChoice("4"), [1]):
            pass
        after = Corpus.from_project(project)
    assert after.images[0].sha256 == before.images[0].sha256
    assert after.images[0].shown_as != before.images[0].shown_as
    assert after.data_sha256 != before.data_sha256
    grey = after.images[0].load()
    assert np.ptp(grey.astype(int), axis=2).max() == 0
    assert np.ptp(before.images[0].load().astype(int), axis=2).max() > 0
    tile = after.images[1]
    assert tile.load().shape == (tile.info.height, tile.info.width, 3)
    assert tile.file == folder / "map.tif"
    assert len(set(after.paths)) == len(after)
    (folder / "map.tif").write_bytes(b"no picture any more")
    with pytest.raises(StorageError, match="the training reads this file"):
        after.check_output(folder / "map.tif", weights=None)


def test_what_the_training_reads_is_not_written_over(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    photos.mkdir()
    Image.new("RGB", (9, 9)).save(photos / "a.png")
    corpus = Corpus.from_folders([photos])
    (photos / "a.png").write_bytes(b"no picture any more")
    weights = tmp_path / "weights.safetensors"
    weights.write_bytes(b"weights")
    for out in (photos / "a.png", weights):
        with pytest.raises(StorageError, match="the training reads this file; choose another one"):
            corpus.check_output(out, weights=weights)
    corpus.check_output(weights, weights=None)
    corpus.check_output(tmp_path / "new.safetensors", weights=weights)


def test_patterns_leave_images_out(tmp_path):
    data_set(tmp_path)
    assert names(Corpus.from_folders([tmp_path], exclude=["*/1.*", "labels/*"]).paths) == [
        "images/0.jpg",
        "images/2.jpg",
    ]
    with pytest.raises(ImagesNotFoundError):
        Corpus.from_folders([tmp_path], exclude=["*"])


def test_a_project_s_images_are_those_that_can_be_used(tmp_path: Path) -> None:
    data_set(tmp_path / "set")
    with create_project(tmp_path / "project", image_root=tmp_path / "set" / "images") as project:
        for _ in scanning.scan_images(project):
            pass
        corpus = Corpus.from_project(project)
        ids = queries.image_ids(project)
        assert [image.image_id for image in corpus.images] == ids
        assert names(corpus.paths) == ["images/0.jpg", "images/1.jpg", "images/2.jpg"]
        assert corpus.project is project
        assert names(Corpus.from_project(project, ids[1:]).paths) == ["images/1.jpg", "images/2.jpg"]
        assert names(Corpus.from_project(project, exclude=["0*"]).paths) == ["images/1.jpg", "images/2.jpg"]
        assert len(Corpus.from_project(project, most=2, seed=1)) == 2
        from_folder = Corpus.from_folders([tmp_path / "set" / "images"])
        assert corpus.data_sha256 == from_folder.data_sha256
        corpus.paths[0].unlink()
        for _ in scanning.scan_images(project):
            pass
        assert names(Corpus.from_project(project).paths) == ["images/1.jpg", "images/2.jpg"]
        with pytest.raises(ImagesNotFoundError, match="no image is left to train on"):
            Corpus.from_project(project, [])


def test_the_fingerprint_is_of_contents_and_neither_of_names_nor_of_order(tmp_path: Path) -> None:
    data_set(tmp_path)
    before = Corpus.from_folders([tmp_path / "images"]).data_sha256
    (tmp_path / "images" / "0.jpg").rename(tmp_path / "images" / "9.jpg")
    assert Corpus.from_folders([tmp_path / "images"]).data_sha256 == before
    (tmp_path / "images" / "9.jpg").unlink()
    assert Corpus.from_folders([tmp_path / "images"]).data_sha256 != before
