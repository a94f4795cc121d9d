"""Patch tokens of a project's images: from the cache where they are in it, else from the backbone, a few at once."""

import numpy as np
import pytest

from acseg_core.names import dense
from acseg_core.proposals.tokens import TokenCache
from acseg_core.store import queries
from acseg_core.workflows.token_reader import TokenReader


@pytest.fixture
def computed(segmenter, monkeypatch):
    """How many images the backbone was given, each time."""
    calls, features = [], segmenter.backbone.features
    monkeypatch.setattr(
        segmenter.backbone, "features", lambda images, **grids: calls.append(len(images)) or features(images, **grids)
    )
    return calls


@pytest.fixture
def records(project):
    return queries.images(project)


@pytest.fixture
def without_cache(project):
    """As after the cache was deleted to have the space."""
    for file in (project.cache_dir / "tokens").rglob("*"):
        if file.is_file():
            file.unlink()


def test_what_proposing_kept_is_not_computed_again(project, segmenter, records, computed):
    reader = TokenReader(project, segmenter, multi_crop=False)
    found = list(reader.read(records, with_pixels=False))
    assert [record.id for record, _, _ in found] == [1, 2, 3, 4, 5]
    assert all(pixels is None for _, pixels, _ in found)
    assert computed == []
    assert (reader.left, reader.skipped) == (0, [])


def test_pixels_come_with_the_tokens_where_they_are_asked_for(project, segmenter, records):
    reader = TokenReader(project, segmenter, multi_crop=False)
    for record, pixels, tokens in reader.read(records[:2], with_pixels=True):
        assert pixels.shape == (record.height, record.width, 3)
        assert tokens.tokens.ndim == 3


@pytest.mark.usefixtures("without_cache")
def test_what_is_missing_is_computed_batch_by_batch_and_kept(project, segmenter, records, computed):
    reader = TokenReader(project, segmenter, multi_crop=False)
    reading = reader.read(records, with_pixels=False)
    first = next(reading)
    assert computed == [segmenter.backbone.batch]
    assert reader.left == 4
    rest = list(reading)
    assert sum(computed) == 5
    cache = TokenCache(project.cache_dir / "tokens", segmenter.token_identity)
    for record, _, tokens in (first, *rest):
        np.testing.assert_array_equal(cache.get(record.info.sha256).tokens, tokens.tokens)


def test_multi_crop_views_are_made_once(project, segmenter, records, computed):
    for expected in (4 * 2, 0):
        computed.clear()
        reader = TokenReader(project, segmenter, multi_crop=True)
        found = [tokens for _, _, tokens in reader.read(records[:2], with_pixels=False)]
        assert all(tokens.multi_crop is not None for tokens in found)
        assert sum(computed) == expected, "the four quarters of each"


def test_an_image_that_cannot_be_read_is_left_out_and_marked(project, segmenter, records, photos):
    (photos / "1.png").write_bytes(b"no image")
    reader = TokenReader(project, segmenter, multi_crop=False)
    assert [record.id for record, _, _ in reader.read(records, with_pixels=True)] == [1, 3, 4, 5]
    ((path, reason),) = [(file.path, file.reason) for file in reader.skipped]
    assert path == "1.png"
    assert queries.image(project, 2).problem == reason
    assert reader.left == 0


def test_an_image_that_is_gone_still_has_its_tokens(project, segmenter, records, photos):
    (photos / "1.png").unlink()
    reader = TokenReader(project, segmenter, multi_crop=False)
    assert len(list(reader.read(records, with_pixels=False))) == 5
    assert reader.skipped == []


def test_augmented_views_are_kept_each_on_its_own(project, segmenter, records, computed, photos):
    reader = TokenReader(project, segmenter, multi_crop=True)
    views = [reader.read_augmented(records[0], augmentation) for augmentation in dense.AUGMENTATIONS]
    assert sum(computed) == 5 * len(views), "each as a whole and in quarters"
    assert not np.array_equal(views[0].tokens, views[1].tokens)
    (photos / "0.png").unlink()
    for augmentation, view in zip(dense.AUGMENTATIONS, views, strict=True):
        np.testing.assert_array_equal(reader.read_augmented(records[0], augmentation).tokens, view.tokens)
    assert reader.skipped == []
    (photos / "1.png").unlink()
    assert reader.read_augmented(records[1], dense.AUGMENTATIONS[0]) is None
    assert [file.path for file in reader.skipped] == ["1.png"]
