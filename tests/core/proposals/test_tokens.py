"""The cache of patch tokens: found by image and by who computed them, bounded, and never a fault."""

import hashlib
import os
from dataclasses import replace

import numpy as np
import pytest

from acseg_core.names.dense import AUGMENTATIONS
from acseg_core.proposals.tokens import PatchTokens, TokenCache

IMAGE, OTHER = "a" * 64, "b" * 64


def some(seed=0, *, keys=True):
    random = np.random.default_rng(seed)
    tokens, theirs = (random.normal(size=(3, 4, 8)).astype(np.float16) for _ in range(2))
    return PatchTokens(tokens, theirs if keys else None)


def test_all_depths_come_back_and_regions_are_described_by_the_upper_one(tmp_path):
    parts = [np.full((2, 3, 4), number, np.float16) for number in range(4)]
    cache = TokenCache(tmp_path, "vit")
    cache.put(IMAGE, PatchTokens(*parts))
    found = cache.get(IMAGE)
    for part, there in zip(parts, (found.tokens, found.keys, found.middle, found.upper), strict=True):
        np.testing.assert_array_equal(part, there)
    np.testing.assert_array_equal(found.description_tokens, parts[3])
    np.testing.assert_array_equal(PatchTokens(parts[0]).description_tokens, parts[0])


def test_the_multi_crop_view_is_read_only_where_it_is_asked_for(tmp_path):
    cache = TokenCache(tmp_path, "vit")
    crops = np.random.default_rng(0).normal(size=(4, 6, 4)).astype(np.float16)
    cache.put(IMAGE, replace(some(), multi_crop=crops))
    assert cache.get(IMAGE).multi_crop is None
    np.testing.assert_array_equal(cache.get(IMAGE, multi_crop=True).multi_crop, crops)
    cache.put(OTHER, some())
    assert cache.get(OTHER, multi_crop=True).multi_crop is None


def test_each_augmentation_is_kept_for_itself(tmp_path):
    cache = TokenCache(tmp_path, "vit")
    cache.put(IMAGE, some(1), augmentation="gamma 2")
    assert cache.get(IMAGE) is None
    assert cache.get(IMAGE, augmentation="gamma 3") is None
    cache.put(IMAGE, some(0))
    np.testing.assert_array_equal(cache.get(IMAGE, augmentation="gamma 2").tokens, some(1).tokens)
    np.testing.assert_array_equal(cache.get(IMAGE).tokens, some(0).tokens)


def test_files_keep_their_names_so_that_what_was_computed_is_found_again(tmp_path):
    """Named as by the versions that made them; another name would leave gigabytes behind, never read."""
    cache = TokenCache(tmp_path, "vit")
    cache.put(IMAGE, some())
    for augmentation in AUGMENTATIONS:
        cache.put(IMAGE, some(), augmentation=augmentation.key)
    found = {path.name for path in tmp_path.iterdir()}
    by_whom = ("vit", "vit gamma 1.8 mirrored", "vit gamma 0.6 mirrored")
    assert found == {f"{IMAGE}-{hashlib.sha256(each.encode()).hexdigest()[:16]}.tokens" for each in by_whom}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache" / "tokens"


def test_tokens_come_back_exactly(folder):
    cache = TokenCache(folder, "vit 448")
    assert cache.get(IMAGE) is None
    cache.put(IMAGE, some())
    cache.put(OTHER, some(1, keys=False))
    found = TokenCache(folder, "vit 448").get(IMAGE)
    np.testing.assert_array_equal(found.tokens, some().tokens)
    np.testing.assert_array_equal(found.keys, some().keys)
    assert found.tokens.dtype == np.float16
    assert cache.get(OTHER).keys is None


def archived(folder, cache, image, **parts):
    """Keep tokens as caches did before."""
    cache.put(image, some())
    (now,) = folder.glob(f"{image}*")
    now.unlink()
    np.savez(now.with_suffix(".npz"), **parts)
    return now.with_suffix(".npz")


def test_the_archives_of_before_are_read(folder):
    cache = TokenCache(folder, "vit 448")
    tokens, upper, crops = (np.full((2, 3, 4), number, np.float16) for number in range(3))
    archived(folder, cache, IMAGE, tokens=tokens, upper=upper, closer=crops)
    found = cache.get(IMAGE)
    np.testing.assert_array_equal(found.tokens, tokens)
    np.testing.assert_array_equal(found.upper, upper)
    assert found.keys is found.middle is found.multi_crop is None
    np.testing.assert_array_equal(cache.get(IMAGE, multi_crop=True).multi_crop, crops)
    cache.put(IMAGE, some())
    np.testing.assert_array_equal(cache.get(IMAGE).tokens, some().tokens)


def test_the_archives_of_before_count_and_go_first(folder):
    cache = TokenCache(folder, "vit")
    old = archived(folder, cache, IMAGE, tokens=some().tokens)
    os.utime(old, ns=(1, 1))
    cache.put(OTHER, some())
    (new,) = folder.glob(f"{OTHER}*")
    TokenCache(folder, "vit", limit_bytes=2 * new.stat().st_size).put("c" * 64, some())
    assert not old.exists()
    assert cache.get(OTHER) is not None


def test_another_image_or_backbone_finds_nothing(folder):
    TokenCache(folder, "vit 448").put(IMAGE, some())
    assert TokenCache(folder, "vit 448").get(OTHER) is None
    assert TokenCache(folder, "vit 672").get(IMAGE) is None


def test_the_folder_is_bounded_and_the_oldest_go_first(folder):
    TokenCache(folder, "vit").put(IMAGE, some())
    (only,) = folder.iterdir()
    size = only.stat().st_size
    os.utime(only, ns=(0, 0))
    cache = TokenCache(folder, "vit", limit_bytes=3 * size + size // 2)
    names = [character * 64 for character in "bcdefg"]
    for age, name in enumerate(names, start=1):
        cache.put(name, some())
        for path in folder.glob(f"{name}*"):
            os.utime(path, ns=(age, age))
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 3.5 * size
    assert [name for name in names if cache.get(name) is not None] == names[-3:]


def test_what_is_used_stays(folder):
    cache = TokenCache(folder, "vit")
    cache.put(IMAGE, some())
    (first,) = folder.iterdir()
    os.utime(first, ns=(1, 1))
    small = TokenCache(folder, "vit", limit_bytes=2 * first.stat().st_size)
    small.put(OTHER, some())
    (second,) = set(folder.iterdir()) - {first}
    os.utime(second, ns=(2, 2))
    assert small.get(IMAGE) is not None
    small.put("c" * 64, some())
    assert small.get(IMAGE) is not None
    assert small.get(OTHER) is None


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 nonsense", b"x" * 1000])
def test_a_damaged_file_is_as_good_as_none(folder, damage):
    cache = TokenCache(folder, "vit")
    cache.put(IMAGE, some())
    (file,) = folder.iterdir()
    file.write_bytes(damage)
    assert cache.get(IMAGE) is None
    cache.put(IMAGE, some())
    assert cache.get(IMAGE) is not None


def test_a_file_that_was_cut_off_is_as_good_as_none(folder):
    cache = TokenCache(folder, "vit")
    cache.put(IMAGE, some())
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    for size in (len(whole) // 4, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:size])
        assert cache.get(IMAGE, multi_crop=True) is None


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path):
    (tmp_path / "cache").write_text("in the way")
    cache = TokenCache(tmp_path / "cache" / "tokens", "vit")
    cache.put(IMAGE, some())
    assert cache.get(IMAGE) is None
