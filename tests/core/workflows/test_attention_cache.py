"""The cache of attention: relative values in half precision; what is damaged, or cannot be written, is no fault."""

import logging

import numpy as np
import pytest

from acseg_core.workflows.attention_cache import has_attention, keep_attention, read_attention

IMAGE = "ab" * 32


def attention(seed):
    """(4, 6) float32, as small as that of a thousand patches."""
    return np.random.default_rng(100 + seed).random((4, 6)).astype(np.float32) ** 4 / 1000


def test_what_was_kept_comes_back_relative_to_its_mean(tmp_path):
    assert not has_attention(tmp_path, IMAGE)
    assert read_attention(tmp_path, IMAGE) is None
    keep_attention(tmp_path, IMAGE, attention(0) / 1e4)
    assert has_attention(tmp_path, IMAGE)
    found = read_attention(tmp_path, IMAGE)
    np.testing.assert_allclose(found, attention(0) / attention(0).mean(), rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("content", [b"", b"no array", b"\x93NUMPY\x01\x00v\x00"])
def test_a_damaged_file_is_as_good_as_none(tmp_path, content, caplog):
    keep_attention(tmp_path, IMAGE, attention(0))
    (file,) = (tmp_path / "attention").rglob("*.npy")
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert read_attention(tmp_path, IMAGE) is None
    assert "not readable" in caplog.text


def test_a_place_that_cannot_be_written_is_no_fault(tmp_path, caplog):
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    with caplog.at_level(logging.WARNING):
        keep_attention(tmp_path / "cache", IMAGE, attention(0))
    assert "not kept" in caplog.text
