"""Mosaics (.vrt): XML that names the files which a raster is made of; and what they may name.

A mosaic may come from somebody else, so none that names anything but files is opened: GDAL would fetch it from the
network.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

_HEAD_BYTES = 4096
_MOST_BYTES = 1 << 24
_MOST_NESTED = 8
_SOURCE = re.compile(r"<Source(?:Filename|Dataset)\b[^>]*>([^<\0]*)<")
_NO_FILE = re.compile(r"://|^\s*<|/vsi(?!zip/|tar/|gzip/)|^[A-Za-z]\w+:")
"""Addresses, descriptions of services, file systems that are somewhere else, and names with a driver before them."""


def sources_of(mosaic: Path) -> set[Path]:
    """The files that a mosaic is made of, as far as it names files; none of any other file."""
    return {mosaic.parent.joinpath(name).resolve() for name in _names(mosaic) if not _NO_FILE.search(name)}


def stray_source(path: Path, *, nested: int = 0) -> str:
    """The first source of a mosaic, or of one in it, that is no file; "" of all else."""
    names = _names(path)
    stray = next((name for name in names if _NO_FILE.search(name)), "")
    if stray or not names:
        return stray
    if nested == _MOST_NESTED:
        return str(path)
    return next(filter(None, (stray_source(path.parent / name, nested=nested + 1) for name in names)), "")


def _names(path: Path) -> list[str]:
    """What a file names as sources, if it is a mosaic by its content; "" is no name."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            if b"<VRTDataset" not in head:
                return []
            text = (head + file.read(_MOST_BYTES)).decode("utf-8", "replace")
    except OSError:  # who reads it tells why
        return []
    names = [html.unescape(name.strip()) for name in _SOURCE.findall(text)]
    return [name for name in names if name]
