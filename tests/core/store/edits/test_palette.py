"""Colours of new labels: those of the palette first, then others that nobody has."""

import re

from acseg_core.store.edits.palette import PALETTE, next_color


def test_the_palette_is_of_different_colours_as_the_store_writes_them():
    assert len(set(PALETTE)) == len(PALETTE) >= 7
    assert all(re.fullmatch(r"#[0-9a-f]{6}", color) for color in PALETTE)


def test_the_first_free_colour_is_taken():
    assert next_color([]) == PALETTE[0]
    assert next_color(PALETTE[:2]) == PALETTE[2]
    assert next_color([PALETTE[0], PALETTE[2]]) == PALETTE[1]
    assert next_color({"#000000"}, palette=("#000000", "#ffffff")) == "#ffffff"


def test_beyond_the_palette_every_colour_is_new_and_always_the_same():
    used = list(PALETTE)
    for _ in range(300):
        color = next_color(used)
        assert re.fullmatch(r"#[0-9a-f]{6}", color)
        assert color not in used
        assert color == next_color(used)
        used.append(color)


def test_a_turned_hue_that_is_in_use_is_passed_by():
    second = next_color(["#000000"], palette=("#000000",))
    assert next_color(["#000000", second], palette=("#000000",)) != second
    shifted = next_color([second], palette=())
    assert shifted != second
