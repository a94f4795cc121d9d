"""Leaves of pixels: what is stored comes back exactly, looks the same everywhere, and damage is told in one line."""

from __future__ import annotations

import struct
import tracemalloc
import zlib
from fractions import Fraction

import cv2
import numpy as np
import pytest
from cell_trees import texture
from hypothesis import given, settings
from hypothesis import strategies as st

from acseg_core.proposals.cells import find_cells, number_parts
from acseg_core.proposals.leaf_map import OUTSIDE, LeafMap, is_of_cells
from acseg_core.types import MAX_PIXELS

HEAD = struct.Struct("<8sIIIIIIII")
"""What a stored map of cells begins with: its name, six sizes of pictures and cells, and three of sections."""


def random_parts(seed: int, height: int, width: int, kinds: int = 3) -> np.ndarray:
    return number_parts(np.random.default_rng(seed).integers(0, kinds, (height, width)).astype(np.int32))


def random_valid(seed: int, height: int, width: int, share: float) -> np.ndarray:
    random = np.random.default_rng(seed)
    valid = cv2.resize(random.random((4, 4)), (width, height)).reshape(height, width) < share
    valid[random.integers(height), random.integers(width)] = True
    return valid


def slowly_enlarged(leaves: np.ndarray, height: int, width: int) -> np.ndarray:
    """For every pixel the weights of the four samples around its centre, in fractions; the first one of equals wins."""

    def around(place: int, pixels: int, count: int) -> tuple[int, int, Fraction]:
        centre = Fraction(2 * place + 1, 2 * pixels) * count - Fraction(1, 2)
        centre = min(max(centre, Fraction(0)), Fraction(count - 1))
        before = int(centre)
        return before, min(before + 1, count - 1), centre - before

    found = np.zeros((height, width), np.uint16)
    for y, x in np.ndindex(height, width):
        top, bottom, down = around(y, height, leaves.shape[0])
        left, right, across = around(x, width, leaves.shape[1])
        totals: dict[int, Fraction] = {}
        for row, column, weight in (
            (top, left, (1 - down) * (1 - across)),
            (top, right, (1 - down) * across),
            (bottom, left, down * (1 - across)),
            (bottom, right, down * across),
        ):
            leaf = int(leaves[row, column])
            totals[leaf] = totals.get(leaf, Fraction(0)) + weight
        found[y, x] = max(totals, key=totals.__getitem__)
    return found


sizes = st.tuples(st.integers(1, 12), st.integers(1, 12))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), sizes, st.tuples(st.integers(0, 20), st.integers(0, 20)), st.integers(2, 4))
def test_pixels_belong_to_the_leaf_with_most_of_the_samples_around_them(seed, size, more, kinds):
    numbers = random_parts(seed, *size, kinds)
    height, width = size[0] + more[0], size[1] + more[1]
    found = LeafMap(numbers, np.arange(numbers.max() + 1, dtype=np.uint16), height, width)
    np.testing.assert_array_equal(found.pixels, slowly_enlarged(numbers, height, width))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10_000), sizes, st.tuples(st.integers(0, 20), st.integers(0, 20)), st.none() | st.floats(0.1, 0.95)
)
def test_what_is_stored_comes_back(seed, size, more, share):
    """Of the size that cells were found in and of larger ones; with void pixels and without."""
    height, width = size[0] + more[0], size[1] + more[1]
    valid = None if share is None else random_valid(seed, height, width, share)
    made, _ = LeafMap.of_cells(random_parts(seed, *size), (height, width), valid=valid)
    stored = made.to_bytes()
    assert is_of_cells(stored)
    again = LeafMap.from_bytes(stored)
    np.testing.assert_array_equal(again.pixels, made.pixels)
    np.testing.assert_array_equal(again.numbers, made.numbers)
    np.testing.assert_array_equal(again.leaf_of_cell, made.leaf_of_cell)
    assert again.to_bytes() == stored


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), sizes, st.tuples(st.integers(0, 20), st.integers(0, 20)), st.floats(0.1, 0.95))
def test_void_pixels_are_of_no_leaf_all_others_of_one_and_every_leaf_has_one(seed, size, more, share):
    height, width = size[0] + more[0], size[1] + more[1]
    valid = random_valid(seed, height, width, share)
    numbers = random_parts(seed, *size)
    made, kept = LeafMap.of_cells(numbers, (height, width), valid=valid)
    np.testing.assert_array_equal(made.pixels == OUTSIDE, ~valid)
    assert np.unique(made.pixels[valid]).tolist() == list(range(len(kept)))
    assert kept.tolist() == sorted(set(kept.tolist()))
    assert set(kept.tolist()) <= set(range(int(numbers.max()) + 1))


def test_in_its_own_size_every_cell_is_a_leaf_with_the_pixels_it_had():
    numbers = find_cells(texture(60, 80), 50).numbers
    made, kept = LeafMap.of_cells(numbers, (60, 80))
    np.testing.assert_array_equal(made.pixels, numbers)
    assert kept.tolist() == list(range(50))
    assert made.pixels.dtype == np.uint16


def test_void_pixels_of_the_smaller_picture_go_to_the_nearest_cell():
    """A pixel that is not void, where the smaller picture says that most is, has the leaf beside it."""
    numbers = np.array([[0, 0, -1, -1], [1, 1, -1, -1]], np.int32)
    valid = np.ones((4, 8), bool)
    valid[:, 5:] = False
    made, kept = LeafMap.of_cells(numbers, (4, 8), valid=valid)
    assert kept.tolist() == [0, 1]
    assert made.pixels[:, 4].tolist() == [0, 0, 1, 1]
    assert (made.pixels[:, 5:] == OUTSIDE).all()


def test_a_cell_all_of_whose_pixels_are_void_is_no_leaf():
    numbers = np.array([[0, 1, 2]], np.int32)
    made, kept = LeafMap.of_cells(numbers, (1, 3), valid=np.array([[True, False, True]]))
    assert kept.tolist() == [0, 2]
    assert made.pixels.tolist() == [[0, OUTSIDE, 1]]


@given(st.integers(0, 10_000), sizes, st.sampled_from([3, 254, 255, 256, 3000]))
def test_other_maps_are_a_png_of_8_or_16_bits(seed, size, leaves):
    random = np.random.default_rng(seed)
    pixels = random.integers(0, leaves, size).astype(np.uint16)
    pixels[random.random(size) < 0.2] = OUTSIDE
    stored = LeafMap.of(pixels).to_bytes()
    assert stored[:4] == b"\x89PNG"
    assert not is_of_cells(stored)
    inside = pixels[pixels != OUTSIDE]
    assert stored[24] == (8 if inside.max(initial=0) < 255 else 16)
    again = LeafMap.from_bytes(stored)
    np.testing.assert_array_equal(again.pixels, pixels)
    assert again.leaf_of_cell is None


def test_pngs_of_older_versions_are_read():
    """Eight bits a pixel, 255 where the image is void."""
    old = np.array([[0, 1, 255], [2, 254, 255]], np.uint8)
    read = LeafMap.from_bytes(cv2.imencode(".png", old)[1].tobytes())
    assert read.pixels.tolist() == [[0, 1, OUTSIDE], [2, 254, OUTSIDE]]


def made_map(*, void: bool = True, merged: bool = True) -> LeafMap:
    numbers = find_cells(texture(30, 40), 25).numbers
    valid = np.ones((45, 60), bool)
    valid[:5, :7] = not void
    made, _ = LeafMap.of_cells(numbers, (45, 60), valid=valid)
    if merged:
        assert made.leaf_of_cell is not None
        leaf_of_cell = (made.leaf_of_cell // 2).astype(np.uint16)
        return LeafMap(made.numbers, leaf_of_cell, 45, 60, made.void)
    return made


MAPS = {
    "cells": lambda: made_map(void=False, merged=False).to_bytes(),
    "cells, joined and void": lambda: made_map().to_bytes(),
    "png": lambda: LeafMap.of(made_map().pixels).to_bytes(),
    "png of 16 bits": lambda: LeafMap.of(made_map().pixels.astype(np.int32) + 300).to_bytes(),
}


@pytest.mark.parametrize("kind", MAPS)
def test_a_map_that_is_cut_off_or_goes_on_is_refused(kind):
    stored = MAPS[kind]()
    LeafMap.from_bytes(stored)
    for length in {*range(60), *range(0, len(stored), 7), len(stored) - 1}:
        with pytest.raises(ValueError, match="leaf map"):
            LeafMap.from_bytes(stored[:length])
    if is_of_cells(stored):
        with pytest.raises(ValueError, match="cut off"):
            LeafMap.from_bytes(stored + b"\0")


@pytest.mark.parametrize("kind", MAPS)
def test_every_changed_byte_is_refused_or_makes_another_map_that_can_be_used(kind):
    """Where nothing tells that a byte is wrong (a size of the image), what is read still hangs together."""
    stored = MAPS[kind]()
    refused = 0
    for place in range(len(stored)):
        for change in (1, 128):
            odd = stored[:place] + bytes([stored[place] ^ change]) + stored[place + 1 :]
            try:
                read = LeafMap.from_bytes(odd)
            except ValueError as error:
                refused += str(error).isprintable()
                continue
            assert 0 < read.height * read.width <= MAX_PIXELS
            if read.height * read.width <= 300_000:
                assert read.pixels.shape == (read.height, read.width)
    assert refused > 1.9 * len(stored) - 40


def with_head(stored: bytes, **changes: int) -> bytes:
    """The same map, that says other sizes of itself."""
    names = ("signature", "height", "width", "rows", "columns", "cells", "borders", "leaves", "void")
    values = dict(zip(names, HEAD.unpack_from(stored), strict=True)) | changes
    return HEAD.pack(*values.values()) + stored[HEAD.size :]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"height": 0}, "would have"),
        ({"height": 2**32 - 1, "width": 2**32 - 1}, "would have"),
        ({"width": MAX_PIXELS}, "would have"),
        ({"rows": 46}, "would have"),
        ({"columns": 0}, "would have"),
        ({"rows": 29}, "another size"),
        ({"cells": 0}, "cut off"),
        ({"cells": 2**32 - 1}, "cut off"),
        ({"cells": 24}, "cells instead of 24"),
        ({"borders": 2**32 - 1}, "cut off"),
        ({"leaves": 1}, "cut off"),
    ],
)
def test_sizes_that_do_not_fit_are_refused(changes, message):
    stored = made_map(void=False, merged=False).to_bytes()
    assert with_head(stored) == stored
    with pytest.raises(ValueError, match=message):
        LeafMap.from_bytes(with_head(stored, **changes))


def sections(head: tuple[int, ...], *parts: bytes) -> bytes:
    packed = [zlib.compress(part, 9) if part else b"" for part in parts]
    return HEAD.pack(b"ACSEGCM1", *head, *map(len, packed)) + b"".join(packed)


BOMBS = {
    "borders of a picture of all the pixels there may be": lambda: sections(
        (10_000, 12_000, 10_000, 12_000, 1), bytes([255]) * 30_000_000, b"", b""
    ),
    "borders that unpack to more than they should": lambda: sections(
        (4, 4, 4, 4, 1), bytes([255]) * 50_000_000, b"", b""
    ),
    "leaves that unpack to more than they should": lambda: sections(
        (4, 4, 4, 4, 1), bytes([255]) * 4, b"\0" * 50_000_000, b""
    ),
    "void pixels that unpack to more than there are": lambda: sections(
        (4, 4, 4, 4, 1), bytes([255]) * 4, b"", b"0" * 50_000_000
    ),
    "void pixels of a large picture": lambda: sections(
        (5_000, 6_000, 4, 4, 1), bytes([255]) * 4, b"", b"0" * 241_000_000
    ),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_small_map_that_unpacks_to_gigabytes_is_refused_before(kind):
    stored = BOMBS[kind]()
    assert len(stored) < 2_000_000
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match="leaf map"):
            LeafMap.from_bytes(stored)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_a_large_map_takes_little_more_room_than_its_pixels():
    """A photograph of 12 megapixels: of 24 MB."""
    numbers = find_cells(texture(120, 160), 200).numbers
    made, _ = LeafMap.of_cells(numbers, (120, 160))
    large = LeafMap(made.numbers, made.leaf_of_cell, 3000, 4000)
    tracemalloc.start()
    try:
        assert large.pixels.shape == (3000, 4000)
        assert tracemalloc.get_traced_memory()[1] < 4 * large.pixels.nbytes
    finally:
        tracemalloc.stop()


def test_pngs_that_are_none_are_refused():
    colour = cv2.imencode(".png", np.zeros((3, 4, 3), np.uint8))[1].tobytes()
    for stored in (b"", b"no png", colour, b"\x89PNG\r\n\x1a\n" + bytes(40)):
        with pytest.raises(ValueError, match="leaf map"):
            LeafMap.from_bytes(stored)
    png = bytearray(LeafMap.of(np.zeros((3, 4), np.uint16)).to_bytes())
    png[16:24] = struct.pack(">II", 60_000, 60_000)
    with pytest.raises(ValueError, match="60000 x 60000"):
        LeafMap.from_bytes(bytes(png))
