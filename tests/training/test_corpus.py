"""What a generator is trained on: photos, not the label maps beside them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from acseg_core.errors import StorageError
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
