"""Arrays read back from a cache: a file may claim to hold far more than it does, so its size is looked at first.

What `atomic_write.keep` writes is never compressed. So no array is larger than its file; one that says so is damaged.
"""

from __future__ import annotations

import contextlib
import math
import os
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from acseg_core.errors import StorageError

_HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def next_array(file: IO[bytes]) -> NDArray[Any]:
    """Read the next array of a file that `numpy.save` wrote to, once or several times.

    Raises:
        ValueError: It is damaged.
    """
    start = file.tell()
    read = _HEADERS.get(npy.read_magic(file))
    if read is None:
        raise ValueError("an array of another version of NumPy")
    shape, _, dtype = read(file)
    left = os.fstat(file.fileno()).st_size - file.tell()
    if dtype.hasobject or math.prod(shape) * dtype.itemsize > left:
        raise ValueError(f"an array of shape {shape} is not there")
    file.seek(start)
    return np.asarray(np.load(file, allow_pickle=False))


def named_arrays(path: Path) -> Mapping[str, NDArray[Any]]:
    """Read all arrays of a file that `numpy.savez` wrote.

    Raises:
        FileNotFoundError: There is none.
        ValueError: It is damaged, or compressed.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        with zipfile.ZipFile(file) as archive:
            if sum(member.file_size for member in archive.infolist()) > size:
                raise ValueError("it holds more than its size")
        file.seek(0)
        with np.load(file, allow_pickle=False) as stored:
            return {name: np.asarray(stored[name]) for name in stored.files}


@contextlib.contextmanager
def needed(path: Path, *, remedy: str) -> Iterator[None]:
    """Read a file that cannot be made again here: whatever is wrong with it becomes one line.

    Args:
        path: The file.
        remedy: What a person can do, as the end of that line.

    Raises:
        StorageError: It is gone or damaged.
    """
    try:
        yield
    except Exception as error:  # NumPy has many ways to say that a file is damaged
        raise StorageError(f"{path}: this file was deleted or damaged while it was in use; {remedy}") from error
