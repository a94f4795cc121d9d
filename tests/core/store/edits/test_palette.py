"""Colours of labels: told apart by anybody, those of the palette first, then others that nobody has."""

import itertools
import re

import numpy as np
import pytest

from acseg_core.store.edits.palette import PALETTE, next_color

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
VISIONS = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
RGB_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(color: str) -> np.ndarray:
    channels = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    ratios = RGB_TO_XYZ @ np.clip(rgb, 0, 1) / RGB_TO_XYZ.sum(axis=1)
    x, y, z = np.where(ratios > 216 / 24389, np.cbrt(ratios), (841 / 108) * ratios + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(first: str, second: str) -> float:
    low, high = sorted(float(linear(color) @ RGB_TO_XYZ[1]) for color in (first, second))
    return (high + 0.05) / (low + 0.05)


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
    third, fourth = (next_color(["x"] * count, palette=()) for count in (2, 3))
    assert next_color(["x", third], palette=()) == fourth != third


def test_the_palette_is_long_enough_and_starts_with_okabe_and_ito():
    assert list(PALETTE[:7]) == ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"]
    assert len(set(PALETTE)) == len(PALETTE) >= 20
    assert all(re.fullmatch("#[0-9a-f]{6}", color) for color in PALETTE)


@pytest.mark.parametrize("vision", VISIONS)
def test_label_colours_are_told_apart(vision):
    seen = [lab(VISIONS[vision] @ linear(color)) for color in PALETTE]
    distances = [float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen[:12], 2)]
    assert min(distances) > (25 if vision == "normal" else 11)
    assert min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(seen, 2)) > (
        15 if vision == "normal" else 8
    )


def test_label_colours_show_on_light_and_on_dark():
    for color in PALETTE:
        assert contrast(color, "#ffffff") >= 1.25
        assert contrast(color, "#1e1e1e") >= 1.85
