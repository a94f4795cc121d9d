"""Brush masks of Label Studio: packed here by a slow writer of its documented form, and by hand."""

import time

import numpy as np
import pytest
from label_studio_results import packed

from acseg_core.formats.label_studio_brush import brush_mask
from acseg_core.shapes import masks


def _channels(mask, colors=(0, 0, 0), opacity=255):
    pixels = np.zeros((*mask.shape, 4), int)
    pixels[mask] = (*colors, opacity)
    return pixels.ravel().tolist()


@pytest.mark.parametrize("literal", [False, True])
@pytest.mark.parametrize("colors", [(0, 0, 0), (255, 255, 255), (0, 255, 0)])
@pytest.mark.parametrize("opacity", [1, 100, 255])
def test_opacity_says_what_is_inside(literal, colors, opacity):
    random = np.random.default_rng(3)
    mask = random.random((7, 11)) < 0.4
    content = packed(_channels(mask, colors, opacity), literal=literal)
    assert np.array_equal(masks.decode(brush_mask(content, height=7, width=11)), mask)


@pytest.mark.parametrize("word", [1, 2, 8, 9, 32])
@pytest.mark.parametrize("widths", [(3, 4, 8, 16), (1, 1, 1, 1), (16, 8, 4, 2), (5, 6, 7, 9)])
@pytest.mark.parametrize("literal", [False, True])
def test_any_width_of_values_and_lengths_is_read(word, widths, literal):
    mask = np.random.default_rng(5).random((9, 5)) < 0.5
    content = packed(_channels(mask, (1, 1, 1), 1), word=word, widths=widths, literal=literal)
    assert np.array_equal(masks.decode(brush_mask(content, height=9, width=5)), mask)


def test_a_mask_written_by_hand():
    # 8 values of 8 bits, lengths of 3, 4, 8, 16 bits; a run of 4 zeros, 3 literal ones, and a run of one 255.
    bits = (
        "00000000000000000000000000001000" "00111" "0010" "0011" "0111" "1111"
        "1" "00" "011" "00000000"
        "0" "00" "010" "00000001" "00000001" "00000001"
        "1" "00" "000" "11111111"
    )  # fmt: skip
    bits += "0" * (-len(bits) % 8)
    content = bytes(int(bits[n : n + 8], 2) for n in range(0, len(bits), 8))
    assert masks.decode(brush_mask(content, height=1, width=2)).tolist() == [[False, True]]
    assert masks.decode(brush_mask(content, height=2, width=1)).tolist() == [[False], [True]]


def test_what_is_damaged_or_of_another_size_is_none():
    mask = np.eye(6, 8, dtype=bool)
    content = packed(_channels(mask))
    assert brush_mask(content, height=6, width=8) is not None
    assert brush_mask(content, height=8, width=8) is None
    assert brush_mask(content, height=0, width=8) is None
    assert brush_mask(content, height=10**6, width=10**6) is None
    assert all(brush_mask(content[:count], height=6, width=8) is None for count in range(len(content) - 1))
    literal = packed(_channels(mask), literal=True)
    assert all(brush_mask(literal[:count], height=6, width=8) is None for count in range(len(literal) - 1))
    longer = packed([255] * 200)[4:]
    assert brush_mask((192).to_bytes(4, "big") + longer, height=6, width=8) is None  # a run past the end


def test_a_large_mask_is_unpacked_at_once():
    mask = np.zeros((1000, 1500), bool)
    mask[100:900, 200:1300] = True
    content = packed(_channels(mask, (255, 255, 255)))
    began = time.process_time()
    found = brush_mask(content, height=1000, width=1500)
    assert time.process_time() - began < 1
    assert masks.area(found) == 800 * 1100
