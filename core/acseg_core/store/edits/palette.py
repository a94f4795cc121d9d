"""Colours for labels nobody chose a colour for: apart from each other first, then as far as hues go."""

from __future__ import annotations

import colorsys
import json
from collections.abc import Collection, Sequence

from acseg_resources import resource_path

PALETTE: tuple[str, ...] = tuple(json.loads(resource_path("palettes", "labels.json").read_text("utf-8"))["colors"])
"""Colours of labels, "#rrggbb". The first seven differ with any colour vision (Okabe and Ito); the file says how the
rest was found."""

_GOLDEN_TURN = 0.618033988749895
_TURNS = 50
"""Hues tried for one that no label has."""


def next_color(used: Collection[str], *, palette: Sequence[str] = PALETTE) -> str:
    """The first colour of the palette not in use; when all are, a new one by turning the hue.

    Thousands of labels have colours that nobody tells apart: then one is in use already.
    """
    free = next((color for color in palette if color not in used), None)
    if free is not None:
        return free
    turned = (_turned(len(used) + turn) for turn in range(_TURNS))
    return next((color for color in turned if color not in used), _turned(len(used)))


def _turned(turn: int) -> str:
    lightness, saturation = (0.45, 0.6, 0.72)[turn % 3], (0.9, 0.65)[turn % 2]
    channels = colorsys.hls_to_rgb(turn * _GOLDEN_TURN % 1.0, lightness, saturation)
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)
