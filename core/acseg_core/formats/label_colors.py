"""Colours as files of labels write them: #rgb, #rrggbb, with or without opacity, rgb(), rgba(), CSS names, numbers."""

from __future__ import annotations

import re

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.ASCII)
_FUNCTION = re.compile(
    r"rgba?\(\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*[,\s]\s*(\d{1,3})\s*(?:[,/]\s*[\d.]+%?\s*)?\)", re.ASCII
)


def read_color(value: object) -> str | None:
    """A colour as "#rrggbb", without its opacity; None if it is none.

    Args:
        value: A text, or a list of three or four numbers of 0 to 255.
    """
    if isinstance(value, str):
        return _from_text(value.strip().lower())
    if isinstance(value, list | tuple) and len(value) in (3, 4):
        return _from_channels(value)
    return None


def _from_text(text: str) -> str | None:
    if (found := _HEX.fullmatch(text)) is not None:
        digits = found[1] if len(found[1]) > 4 else "".join(2 * digit for digit in found[1])
        return f"#{digits[:6]}"
    if (found := _FUNCTION.fullmatch(text)) is not None:
        return _from_channels([int(channel) for channel in found.groups()])
    return _named(text)


def _from_channels(channels: list[object] | list[int] | tuple[object, ...]) -> str | None:
    whole = [each for each in channels if isinstance(each, int) and not isinstance(each, bool) and 0 <= each < 256]
    if len(whole) < len(channels):
        return None
    return "#{:02x}{:02x}{:02x}".format(*whole[:3])


def _named(text: str) -> str | None:
    from PIL.ImageColor import colormap

    found: str | tuple[int, ...] | None = colormap.get(text)
    # Pillow puts channels in the place of the text once somebody has used the colour.
    return _from_channels(found[:3]) if isinstance(found, tuple) else found
