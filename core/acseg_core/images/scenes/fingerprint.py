"""Which file a scene is, without reading all of it: a gigabyte takes seconds to minutes to be hashed."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from acseg_core.types import Tile

_PIECE = 1 << 20
_PIECES = 16


def fingerprint_of(file: BinaryIO) -> str:
    """Hex digest of a file's size, its first and last bytes, and some between them, evenly spread.

    Args:
        file: Open for reading at any place.
    """
    size = file.seek(0, 2)
    digest = hashlib.sha256(str(size).encode())
    if size <= _PIECE * _PIECES:
        file.seek(0)
        digest.update(file.read())
        return digest.hexdigest()
    for number in range(_PIECES):
        file.seek((size - _PIECE) * number // (_PIECES - 1))
        digest.update(file.read(_PIECE))
    return digest.hexdigest()


def tile_hash(fingerprint: str, tile: Tile, width: int, height: int) -> str:
    """Hex digest of a tile, from its scene's fingerprint and its place.

    Args:
        fingerprint: Of the scene's file.
        tile: Its place.
        width: Of the tile in pixels.
        height: Likewise.
    """
    return hashlib.sha256(f"{fingerprint}#{tile.left},{tile.top},{width},{height}".encode()).hexdigest()
