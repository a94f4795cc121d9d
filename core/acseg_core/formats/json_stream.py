"""Lists of objects out of JSON files of any size, in flat memory.

ijson parses; what it would not survive is found before: a file of nothing but brackets makes it take all memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from acseg_core.errors import LabelFileError
from acseg_core.output.atomic_write import storage_error

DEEPEST = 64
"""Brackets inside of each other that a file of labels may have; the formats that are read need six."""

_CHUNK_BYTES = 2**17
_QUOTE, _BACKSLASH = 0x22, 0x5C


def items(path: Path, key: str = "") -> Iterator[dict[str, Any] | Any]:
    """The elements of the list that the outermost object of a file has under a key; none where it has no such list.

    Args:
        path: The file, of which `check_depth` was told.
        key: Of the list; empty where the whole file is the list.

    Raises:
        LabelFileError: It is no sound JSON.
        StorageError: It cannot be read.
    """
    import ijson  # here, as `acseg --help` needs none

    try:
        with path.open("rb") as file:
            yield from ijson.items(file, f"{key}.item" if key else "item", use_float=True)
    except OSError as error:
        raise storage_error(path, error) from error
    except (ijson.JSONError, ValueError, RecursionError, OverflowError) as error:
        raise LabelFileError(f"{path}: this is not valid JSON ({_reason(error)}); export it again") from error


def has_keys(path: Path, wanted: set[str], *, in_list: bool = False) -> bool:
    """Whether a file is JSON whose outermost object has all these keys; it is read until they are found.

    Args:
        path: The file.
        wanted: The keys.
        in_list: The object meant is the first one of a list, which is the whole file.
    """
    import ijson

    missing = set(wanted)
    place = "item" if in_list else ""
    try:
        check_depth(path)
        with path.open("rb") as file:
            events = ijson.parse(file)
            if in_list and next(events)[1] != "start_array":
                return False
            for prefix, event, value in events:
                if prefix == place and event == "map_key":
                    missing.discard(value)
                if not missing:
                    return True
                if prefix == place and event not in ("start_map", "map_key"):
                    return False
    except (LabelFileError, ijson.JSONError, StopIteration, ValueError, RecursionError, OverflowError):
        return False
    return False


def check_depth(path: Path, most: int = DEEPEST) -> None:
    """Refuse a file with more brackets inside of each other than any file of labels has.

    Raises:
        LabelFileError: It is too deep.
        StorageError: It cannot be read.
    """
    depth, in_text, backslashes = 0, False, 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                depth, in_text, backslashes, deepest = _scan(chunk, depth, in_text, backslashes)
                if deepest > most:
                    raise LabelFileError(
                        f"{path}: brackets are nested {most} deep and more, so this is not a label file; choose "
                        "another file"
                    )
    except OSError as error:
        raise storage_error(path, error) from error


def _scan(chunk: bytes, depth: int, in_text: bool, backslashes: int) -> tuple[int, bool, int, int]:
    """Go on through a file: depth, whether inside of a text, backslashes at the end, and the greatest depth met."""
    values = np.frombuffer(chunk, np.uint8)
    places = np.arange(len(values))
    others = values != _BACKSLASH
    last_other = np.maximum.accumulate(np.where(others, places, -1 - backslashes))
    is_escaped = np.zeros(len(values), bool)
    before = np.concatenate(([backslashes], places[:-1] - last_other[:-1]))
    is_escaped[:] = before % 2 == 1
    quotes = (values == _QUOTE) & ~is_escaped
    texts = (np.cumsum(quotes) + in_text) % 2 == 1
    steps = np.isin(values, _OPENING).astype(np.int64) - np.isin(values, _CLOSING)
    steps[texts] = 0
    depths = depth + np.cumsum(steps)
    return int(depths[-1]), bool(texts[-1]), int(places[-1] - last_other[-1]), int(depths.max())


_OPENING = np.frombuffer(b"[{", np.uint8)
_CLOSING = np.frombuffer(b"]}", np.uint8)


def _reason(error: Exception) -> str:
    """The first line of a parser's message, without the piece of the file that it shows."""
    text = str(error).strip().splitlines()
    return text[0].strip()[:120] if text else type(error).__name__
