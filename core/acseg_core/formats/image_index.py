"""`images.jsonl` of exports of label maps: which image each map is of, and what people said of that image.

A line for each image: ``{"map": "masks/a/x.png", "image": "a/x.jpg", "done": true}``; "comment" and "reviewed" where
there is one. The name of a map alone does not tell "a/x.jpg" from "a/x.png", and a map without any label may be of an
image with nothing in it, or of one that nobody labelled.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from acseg_core.errors import LabelFileError
from acseg_core.formats.dataset import ExportedImage
from acseg_core.formats.labelled import Unused
from acseg_core.formats.mosaics import Mosaic
from acseg_core.formats.remarks import NO_REMARKS, Remarks, read_remarks, remarks_of
from acseg_core.output.atomic_write import storage_error

INDEX_FILE = "images.jsonl"
_MOST_BYTES = 1_000_000
"""Of a line; comments are shorter."""


@dataclass(frozen=True, slots=True)
class IndexedImage:
    """The image of a map.

    Attributes:
        name: Its path in the project that was exported.
        is_done: Whether somebody said that all of it is labelled.
        remarks: What else people said of it.
    """

    name: str
    is_done: bool
    remarks: Remarks = NO_REMARKS


def add_to_index(file: IO[bytes], image: ExportedImage, map_name: str) -> None:
    """Write the line of an image.

    Args:
        file: The index.
        image: That was written.
        map_name: Of its map, from the folder of the export.
    """
    entry = {"map": map_name, "image": image.record.path, **remarks_of(image.record)}
    file.write(json.dumps(entry).encode("ascii") + b"\n")


def add_scene_to_index(file: IO[bytes], mosaic: Mosaic, map_name: str) -> None:
    """Write the line of a scene, whose map is one of all its tiles that left.

    Args:
        file: The index.
        mosaic: That was written.
        map_name: Of its map, from the folder of the export.
    """
    entry: dict[str, Any] = {"map": map_name, "image": mosaic.path}
    file.write(json.dumps(entry | ({"done": True} if mosaic.is_done else {})).encode("ascii") + b"\n")


def read_index(folder: Path) -> dict[str, IndexedImage]:
    """The images by the names of their maps; none if there is no index.

    Raises:
        LabelFileError: A line makes no sense.
        StorageError: It cannot be read.
    """
    path = folder / INDEX_FILE
    if not path.is_file():
        return {}
    found: dict[str, IndexedImage] = {}
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(_MOST_BYTES + 1):
                number += 1
                name, image = _read(line, f"{path}:{number}")
                if name in found:
                    raise LabelFileError(f'{path}:{number}: the map "{name}" is there twice; export it again')
                found[name] = image
    except OSError as error:
        raise storage_error(path, error) from error
    return found


def tell_missing(index: Mapping[str, IndexedImage], found: Collection[str], left_out: Unused) -> None:
    """Count the maps that an index lists and that are not there."""
    for name in index:
        if name not in found:
            left_out.add(f"maps that {INDEX_FILE} lists and that are not there", name)


def _read(line: bytes, place: str) -> tuple[str, IndexedImage]:
    wrong = LabelFileError(f"{place}: this names no map and image; export it again")
    if len(line) > _MOST_BYTES:
        raise wrong
    try:
        entry: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise wrong from error
    if not isinstance(entry, Mapping):
        raise wrong
    name, image = entry.get("map"), entry.get("image")
    if not isinstance(name, str) or not isinstance(image, str) or not image.strip():
        raise wrong
    return name, IndexedImage(image, entry.get("done") is True, read_remarks(entry))
