"""Arrays of a cache: read as they were written, and never larger than their file."""

import io

import numpy as np
import pytest

from acseg_core.errors import StorageError
from acseg_core.output.kept_arrays import named_arrays, needed, next_array


def test_arrays_come_back(tmp_path):
    one, two = np.arange(6, dtype=np.float16).reshape(2, 3), np.zeros((0, 4))
    with (tmp_path / "a.npy").open("wb") as file:
        np.save(file, one)
        np.save(file, two)
    with (tmp_path / "a.npy").open("rb") as file:
        assert np.array_equal(next_array(file), one)
        assert next_array(file).shape == (0, 4)
    np.savez(tmp_path / "b.npz", one=one, two=two)
    found = named_arrays(tmp_path / "b.npz")
    assert list(found) == ["one", "two"]
    assert np.array_equal(found["one"], one)
    with pytest.raises(FileNotFoundError):
        named_arrays(tmp_path / "none.npz")


@pytest.mark.parametrize("shape", ["(100000000000,)", "(4611686018427387904,)", "(7,)"])
def test_an_array_that_is_not_there_is_refused_before_there_is_room_made(tmp_path, shape):
    out = io.BytesIO()
    np.save(out, np.zeros(6, np.float16))
    file = tmp_path / "a.npy"
    content = out.getvalue()
    file.write_bytes(content.replace(b"(6,), }" + b" " * (len(shape) - 4), shape.encode() + b", }", 1))
    with file.open("rb") as opened, pytest.raises(ValueError, match="is not there"):
        next_array(opened)


def test_a_compressed_file_could_hold_anything(tmp_path):
    """A megabyte that becomes a gigabyte; nothing that we keep is compressed."""
    np.savez_compressed(tmp_path / "b.npz", zeros=np.zeros(10**6))
    with pytest.raises(ValueError, match="more than its size"):
        named_arrays(tmp_path / "b.npz")


def test_what_is_wrong_with_a_needed_file_is_one_line_with_the_remedy(tmp_path):
    path = tmp_path / "a.npy"
    for content in (None, b"", b"no array", b"\x93NUMPY\x01\x00\xff\xff"):
        if content is not None:
            path.write_bytes(content)
        with (
            pytest.raises(StorageError, match=r"a\.npy: this file was deleted or damaged .*; run it again$"),
            needed(path, remedy="run it again"),
            path.open("rb") as file,
        ):
            next_array(file)
