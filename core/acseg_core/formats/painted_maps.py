"""Maps of labels painted and saved as PNG: every pixel the number of what it is, 0 where nothing is named.

Numbers of up to 8 bits have a palette, so that a map can be looked at; it says nothing else. PNG has none for 16 bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from acseg_core.formats.dataset import ExportedImage
from acseg_core.output.folders import OutputFolder
from acseg_core.shapes import masks

Palette = NDArray[np.uint8]
"""(256, 3) uint8 red, green and blue of each number."""


def paint(image: ExportedImage, numbers: Sequence[int], void: int = 0) -> NDArray[np.uint32]:
    """(H, W) uint32 numbers of an image.

    Args:
        image: Whose shapes do not overlap.
        numbers: Of its shapes, one each.
        void: Number of what is to be ignored.
    """
    shapes = [shape.mask for shape in image.shapes]
    values = [*numbers]
    if image.void is not None:
        shapes.append(image.void)
        values.append(void)
    painted = masks.paint_label_map(shapes, height=image.size[0], width=image.size[1])
    table = np.array([*values, 0], np.uint32)  # -1, nothing, is the last
    return table[painted]


def save_numbers(folder: OutputFolder, name: str, numbers: NDArray[np.uint32], palette: Palette | None = None) -> None:
    """Save (H, W) numbers: in 8 bits with a palette or as greys, or in 16 bits.

    Args:
        folder: Of the export.
        name: Of the file.
        numbers: Up to 255, or up to 65535 in 16 bits.
        palette: Means 8 bits; without, 8 bits are taken if they are enough.

    Raises:
        StorageError: It cannot be written.
    """
    is_deep = palette is None and bool(numbers.max(initial=0) > 255)
    picture = Image.fromarray(numbers.astype(np.uint16 if is_deep else np.uint8))
    if palette is not None:
        picture.putpalette(palette.ravel().tolist())
    _save(folder, name, picture)


def save_deep_numbers(folder: OutputFolder, name: str, numbers: NDArray[np.uint32]) -> None:
    """Save (H, W) numbers in 16 bits, however small they are.

    Raises:
        StorageError: It cannot be written.
    """
    _save(folder, name, Image.fromarray(numbers.astype(np.uint16)))


def save_colors(folder: OutputFolder, name: str, colors: NDArray[np.uint8]) -> None:
    """Save (H, W, 3) red, green and blue.

    Raises:
        StorageError: It cannot be written.
    """
    _save(folder, name, Image.fromarray(colors))


def palette_of(colors: Mapping[int, str]) -> Palette:
    """The palette of colours "#rrggbb" by number; black for the others."""
    palette = np.zeros((256, 3), np.uint8)
    for number, color in colors.items():
        palette[number] = list(bytes.fromhex(color[1:]))
    return palette


def _save(folder: OutputFolder, name: str, picture: Image.Image) -> None:
    with folder.open(name) as file:
        picture.save(file, format="PNG")
