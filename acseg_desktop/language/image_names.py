"""What images are called in the window: by their paths, and tiles by their places in the scene."""

from __future__ import annotations

from acseg_core.images.image_paths import file_of_tile
from acseg_core.types import ImageRecord
from acseg_desktop.language.words import Words, number

tr = Words("Images")


def image_name(record: ImageRecord, *, short: bool = False) -> str:
    """The path, or of a tile the name of its scene with its row and column.

    Args:
        record: The image.
        short: Leave the folder out, and say the place as paths of tiles do.
    """
    path = record.path if record.info.tile is None else file_of_tile(record.path)
    if short:
        path = path.rpartition("/")[2]
    tile = record.info.tile
    if tile is None:
        return path
    scene = path.rpartition(".")[0] or path
    if short:
        return f"{scene} · r{tile.row} c{tile.column}"
    place = tr("row {row}, column {column}").format(row=number(tile.row), column=number(tile.column))
    return f"{scene} · {place}"
