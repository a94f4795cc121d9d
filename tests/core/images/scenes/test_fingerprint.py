"""Fingerprints tell files apart without reading all of a large one."""

import io

from acseg_core.images.scenes import fingerprint
from acseg_core.images.scenes.fingerprint import fingerprint_of, tile_hash
from acseg_core.types import Tile


def test_every_byte_of_a_small_file_counts():
    assert fingerprint_of(io.BytesIO(b"abc")) != fingerprint_of(io.BytesIO(b"abd"))
    assert fingerprint_of(io.BytesIO(b"abc")) == fingerprint_of(io.BytesIO(b"abc"))


def test_of_a_large_file_size_ends_and_samples_count(monkeypatch):
    monkeypatch.setattr(fingerprint, "_PIECE", 16)
    monkeypatch.setattr(fingerprint, "_PIECES", 4)
    content = bytes(range(256)) * 8
    whole = fingerprint_of(io.BytesIO(content))
    assert fingerprint_of(io.BytesIO(content + b"\0")) != whole
    for place in (0, len(content) - 1, (len(content) - 16) // 3):
        changed = bytearray(content)
        changed[place] ^= 1
        assert fingerprint_of(io.BytesIO(changed)) != whole, place


def test_tiles_differ_by_place_size_and_scene():
    tile = Tile(1, 2, 64, 0)
    hashes = {
        tile_hash("a", tile, 64, 64),
        tile_hash("b", tile, 64, 64),
        tile_hash("a", Tile(1, 2, 72, 0), 64, 64),
        tile_hash("a", tile, 64, 56),
    }
    assert len(hashes) == 4
    assert tile_hash("a", Tile(7, 7, 64, 0, halo=8), 64, 64) in hashes  # what it shows is the same
