"""Small JSON files of tools that write one for each image, alone or in folders."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from acseg_core.errors import LabelFileError
from acseg_core.formats.json_stream import check_depth
from acseg_core.output.atomic_write import storage_error


def json_files(folder: Path) -> Iterator[Path]:
    """All of them in a folder and the folders in it, in the order of their names."""
    for place, folders, files in os.walk(folder):
        folders.sort()
        named = (file for file in sorted(files) if file.lower().endswith(".json"))
        yield from (Path(place) / file for file in named)


def read_whole(file: Path, tool: str) -> Any:
    """The content of a file.

    Args:
        file: The file.
        tool: The one that saved it, for the message.

    Raises:
        LabelFileError: It is no sound JSON.
        StorageError: It cannot be read.
    """
    check_depth(file)
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise storage_error(file, error) from error
    except (ValueError, RecursionError) as error:
        raise LabelFileError(f"{file}: this is not valid JSON; save it again with {tool}") from error
