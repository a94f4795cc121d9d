"""The feature cache: announced, whole or computed again, and one clear error where the disk says no."""

import io
import logging
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tiny_model import TINY_BACKBONE, tiny_weights

from acseg_core.config import BackboneConfig
from acseg_core.errors import StorageError
from acseg_core.nets.backbone import Backbone
from acseg_training.corpus import Corpus
from acseg_training.features import FeatureFiles, cache_features, load_tokens


@pytest.fixture(scope="module")
def backbone(tmp_path_factory: pytest.TempPathFactory) -> Backbone:
    weights = tiny_weights(tmp_path_factory.mktemp("weights"))
    return Backbone(
        BackboneConfig(name=TINY_BACKBONE, weights=weights, input_size=128, device="cpu", precision="float32")
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    random = np.random.default_rng(0)
    (tmp_path / "photos").mkdir()
    for number in range(3):
        Image.fromarray(random.integers(0, 256, (60, 80, 3), np.uint8)).save(tmp_path / "photos" / f"{number}.png")
    return Corpus.from_folders([tmp_path / "photos"])


def fill(corpus: Corpus, backbone: Backbone, folder: Path) -> FeatureFiles:
    work = cache_features(corpus, backbone, folder, views=2, input_size=128)
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def test_damaged_files_are_computed_again_and_whole_ones_are_not(
    corpus: Corpus, backbone: Backbone, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    paths = fill(corpus, backbone, tmp_path / "cache").paths
    whole = [path.read_bytes() for path in paths]
    changed = paths[0].stat().st_mtime_ns
    damaged = (b"", whole[2][:40], whole[3][:-1], whole[4] + b"0", bytes(len(whole[5])))
    for number, damage in enumerate(damaged, start=1):
        paths[number].write_bytes(damage)
    assert fill(corpus, backbone, tmp_path / "cache").paths == paths
    assert [path.read_bytes() for path in paths] == whole
    assert paths[0].stat().st_mtime_ns == changed
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == [
        f"{path}: damaged, computed again" for path in paths[1:]
    ]


def test_damage_found_too_late_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "x.npy"
    np.save(path, np.ones((2, 3, 4), np.float16))
    whole = path.read_bytes()
    assert load_tokens(path).shape == (2, 3, 4)
    flat = io.BytesIO()
    np.save(flat, np.ones(24, np.float16))
    larger = whole.replace(b"(2, 3, 4)", b"(2, 3, 9)")  # of before: NumPy's own words, or memory for what is not there
    for damage in (b"", whole[:50], whole[:-1], b"x" * len(whole), larger, flat.getvalue()):
        path.write_bytes(damage)
        with pytest.raises(StorageError, match=r"x\.npy: .* --resume"):
            load_tokens(path)
    path.unlink()
    with pytest.raises(StorageError):
        load_tokens(path)


def test_what_the_disk_must_hold_is_said_first(
    corpus: Corpus, backbone: Backbone, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = np.load(fill(corpus, backbone, tmp_path / "cache").paths[0]).nbytes
    large = Corpus(corpus.paths * 100_000)
    caplog.set_level(logging.INFO)
    caplog.clear()
    work = cache_features(large, backbone, tmp_path / "cache", views=2, input_size=128)
    first = next(work)
    work.close()
    said = re.search(r"up to ([\d.]+) GB of disk", first.message)
    assert said is not None
    assert 0 <= float(said[1]) * 1024**3 / (one * 2 * 300_000) - 1 < 0.1
    assert (first.done, first.total) == (0, 300_000)
    assert first.message in caplog.text


def test_an_image_that_cannot_be_reached_is_skipped(corpus: Corpus, backbone: Backbone, tmp_path: Path) -> None:
    gone, unreachable = tmp_path / "gone.jpg", tmp_path / ("x" * 300) / "a.jpg"
    files = fill(Corpus((unreachable, *corpus.paths, gone)), backbone, tmp_path / "cache")
    assert len(files.paths) == 6
    assert [skipped.path for skipped in files.skipped] == [str(unreachable), str(gone)]
    assert "too long" in files.skipped[0].reason
    assert "no such file" in files.skipped[1].reason


def test_a_cache_that_cannot_be_made_is_the_disk_s_fault(corpus: Corpus, backbone: Backbone, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "cache"):
        with pytest.raises(StorageError, match="file"):
            fill(corpus, backbone, folder)
