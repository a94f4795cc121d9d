"""The feature cache: announced, whole or computed again, and one clear error where the disk says no."""

import io
import logging
import os
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tiny_model import TINY_BACKBONE, tiny_weights

from acseg_core.config import BackboneConfig
from acseg_core.errors import ImageError, StorageError
from acseg_core.nets.backbone import Backbone
from acseg_training.corpus import Corpus, CorpusImage
from acseg_training.features import CachePlan, FeatureFiles, bytes_of_view, cache_features, load_tokens


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


def fill(corpus: Corpus, backbone: Backbone, folder: Path, *, views: int = 2, budget: int = 2**40) -> FeatureFiles:
    work = cache_features(corpus, backbone, folder, views=views, input_size=128, budget=budget)
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
    number_of_file = paths[0].stat().st_ino
    damaged = (b"", whole[2][:40], whole[3][:-1], whole[4] + b"0", bytes(len(whole[5])))
    for number, damage in enumerate(damaged, start=1):
        paths[number].write_bytes(damage)
    assert fill(corpus, backbone, tmp_path / "cache").paths == paths
    assert [path.read_bytes() for path in paths] == whole
    assert paths[0].stat().st_ino == number_of_file, "it was not written again"
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == [
        f"{path}: damaged, computed again" for path in paths[1:]
    ]


def test_damage_found_too_late_is_computed_again(
    corpus: Corpus, backbone: Backbone, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """On the code of before it ended the training."""
    view = fill(corpus, backbone, tmp_path / "cache", views=3).views[2]
    assert view.file is not None
    whole, tokens = view.file.read_bytes(), load_tokens(view, backbone)
    flat = io.BytesIO()
    np.save(flat, np.ones(24, np.float16))
    for damage in (b"", whole[:50], whole[:-1], b"x" * len(whole), flat.getvalue()):
        view.file.write_bytes(damage)
        np.testing.assert_array_equal(load_tokens(view, backbone), tokens)
    view.file.unlink()
    np.testing.assert_array_equal(load_tokens(view, backbone), tokens)
    assert caplog.text.count("gone or damaged, computed again") == 6
    view.image.path.write_bytes(b"another file")
    with pytest.raises(ImageError, match="changed since"):
        load_tokens(view, backbone)


def test_views_are_the_image_its_mirror_and_crops(corpus: Corpus, backbone: Backbone, tmp_path: Path) -> None:
    views = fill(corpus, backbone, tmp_path / "cache", views=3).views
    assert [view.number for view in views] == [0, 1, 2] * 3
    image, mirrored, crop = (load_tokens(view, backbone) for view in views[:3])
    assert image.dtype == np.float16
    assert image.shape[2] == backbone.dim
    assert image.shape == mirrored.shape
    assert not np.array_equal(image, mirrored)
    assert not np.array_equal(image, crop)


def test_a_file_that_moved_is_not_computed_again(corpus: Corpus, backbone: Backbone, tmp_path: Path) -> None:
    before = fill(corpus, backbone, tmp_path / "cache").paths
    moved = corpus.paths[0].parent.rename(tmp_path / "moved")
    assert sorted(fill(Corpus.from_folders([moved]), backbone, tmp_path / "cache").paths) == sorted(before)


def test_a_budget_makes_fewer_views_then_fewer_images_and_says_so() -> None:
    assert CachePlan.of(10, views=4, view_bytes=100, budget=4000).views == 4
    fewer = CachePlan.of(10, views=4, view_bytes=100, budget=3999)
    assert (fewer.views, fewer.kept, fewer.need) == (3, 10, 3000)
    assert fewer.told.startswith("3 of 4 views an image fit into the feature cache's")
    anew = CachePlan.of(10, views=4, view_bytes=100, budget=650)
    assert (anew.views, anew.kept, anew.need) == (1, 6, 600)
    assert "hold 6 of 10 images; the rest is computed anew each time" in anew.told


def test_what_does_not_fit_is_computed_whenever_it_is_wanted(
    corpus: Corpus, backbone: Backbone, tmp_path: Path
) -> None:
    one = bytes_of_view(backbone, 128)
    small = fill(corpus, backbone, tmp_path / "small", budget=one)
    assert [view.file is None for view in small.views] == [False, True, True]
    assert len(list((tmp_path / "small").iterdir())) == 1
    large = fill(corpus, backbone, tmp_path / "large", views=1)
    for kept, computed in zip(large.views, small.views, strict=True):
        np.testing.assert_array_equal(load_tokens(kept, backbone), load_tokens(computed, backbone))


def test_what_is_of_another_corpus_goes_first_the_longest_unused_before(
    corpus: Corpus, backbone: Backbone, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    paths = fill(corpus, backbone, cache, views=1).paths
    for age, path in zip((300, 100, 200), paths, strict=True):
        os.utime(path, (1e9 - age, 1e9 - age))
    (cache / "note.txt").write_text("no token")
    Image.new("RGB", (80, 60), (9, 99, 199)).save(tmp_path / "other.png")
    other = Corpus((CorpusImage.of_file(tmp_path / "other.png"),))
    size = paths[0].stat().st_size
    (own,) = fill(other, backbone, cache, views=1, budget=bytes_of_view(backbone, 128) + size).paths
    assert sorted(cache.iterdir()) == sorted([own, paths[1], cache / "note.txt"])


def test_what_the_disk_must_hold_is_said_first(
    corpus: Corpus, backbone: Backbone, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one = np.load(fill(corpus, backbone, tmp_path / "cache").paths[0]).nbytes
    large = Corpus(corpus.images * 20_000)
    caplog.set_level(logging.INFO)
    caplog.clear()
    work = cache_features(large, backbone, tmp_path / "cache", views=2, input_size=128)
    first = next(work)
    work.close()
    said = re.search(r"up to ([\d.]+) GB of disk", first.message)
    assert said is not None
    assert 0 <= float(said[1]) * 1024**3 / (one * 2 * 60_000) - 1 < 0.1
    assert (first.done, first.total) == (0, 60_000)
    assert first.message in caplog.text


def test_an_image_that_cannot_be_reached_is_skipped(corpus: Corpus, backbone: Backbone, tmp_path: Path) -> None:
    gone, unreachable = tmp_path / "gone.jpg", tmp_path / ("x" * 300) / "a.jpg"
    images = (CorpusImage.of_file(unreachable), *corpus.images, CorpusImage.of_file(gone))
    files = fill(Corpus(images), backbone, tmp_path / "cache")
    assert len(files.paths) == 6
    assert [skipped.path for skipped in files.skipped] == [str(unreachable), str(gone)]
    assert "too long" in files.skipped[0].reason
    assert files.skipped[1].reason == "missing"


def test_a_cache_that_cannot_be_made_is_the_disk_s_fault(corpus: Corpus, backbone: Backbone, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "cache"):
        with pytest.raises(StorageError, match="file"):
            fill(corpus, backbone, folder)
