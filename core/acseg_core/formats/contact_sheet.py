"""A contact sheet: photos with their regions in colour, side by side in one PNG, to judge proposals at a glance."""

from __future__ import annotations

import colorsys
from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from acseg_core.errors import ImageError
from acseg_core.formats.selection import reason_of
from acseg_core.images.files import load_added, problem_of_added
from acseg_core.images.shrinking import shrunk
from acseg_core.output.protected import write_output
from acseg_core.reports import ExportReport, LeftOut
from acseg_core.shapes import masks
from acseg_core.store import Project, queries
from acseg_core.store.inputs import refuse_inputs
from acseg_core.types import ImageRecord, Label, Progress, Region

_TILE_WIDTH, _TILE_HEIGHT = 320, 240
_CAPTION = 22
_GAP = 16
_BACKGROUND, _INK = (250, 250, 250), (60, 64, 70)
_STRENGTH = 0.5
"""Share of the region's colour in a pixel, the rest being the photo's."""
_GOLDEN_TURN = 0.618033988749895


def export_contact_sheet(
    project: Project, out: Path, *, most: int = 24, columns: int = 2
) -> Generator[Progress, None, ExportReport]:
    """Draw the first images that have regions: photo on the left, regions on the right.

    Images whose file is missing, or not the one that the regions were made on, are left out and counted.

    Args:
        project: Open, read-only will do.
        out: PNG file to write.
        most: Images on the sheet, at most.
        columns: Pairs side by side.

    Yields:
        One tick per image.

    Raises:
        StorageError: ``out`` cannot be written, or is a photo; an existing file is left as it was.
    """
    refuse_inputs(out, project)
    labels = {label.id: label for label in queries.labels(project)}
    left_out: dict[LeftOut, tuple[int, ...]] = {}
    shown = list(islice(_usable(project, left_out), most))
    rows = max(1, -(-len(shown) // columns))
    tile_width, tile_height = 2 * _TILE_WIDTH + _GAP // 2, _TILE_HEIGHT + _CAPTION
    sheet = Image.new("RGB", (columns * (tile_width + _GAP) + _GAP, rows * (tile_height + _GAP) + _GAP), _BACKGROUND)
    for number, (record, regions) in enumerate(shown):
        left = _GAP + number % columns * (tile_width + _GAP)
        top = _GAP + number // columns * (tile_height + _GAP)
        _draw_pair(sheet, left, top, project.image_root, record, regions, labels)
        yield Progress(number + 1, len(shown), record.path)
    with write_output(out, picture=True) as file:
        sheet.save(file, format="PNG")
    drawn = sum(len(regions) for _, regions in shown)
    return ExportReport(out, len(shown), drawn, len(labels), regions=drawn, left_out=left_out)


def _usable(project: Project, left_out: dict[LeftOut, tuple[int, ...]]) -> Iterator[tuple[ImageRecord, list[Region]]]:
    """Images with regions that are theirs; the others are added to those left out."""
    for record, regions in queries.image_regions(project):
        problem = record.problem or (problem_of_added(project.image_root, record.info) if regions else "")
        if problem and regions:
            reason = reason_of(problem)
            left_out[reason] = (*left_out.get(reason, ()), record.id)
        elif regions:
            yield record, regions


def _draw_pair(
    sheet: Image.Image,
    left: int,
    top: int,
    root: Path,
    record: ImageRecord,
    regions: Sequence[Region],
    labels: Mapping[int, Label],
) -> None:
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(13)
    named = sum(region.label_id is not None for region in regions)
    caption = f"{record.path}  ·  {len(regions)} regions" + (f", {named} named" if named else "")
    draw.text((left, top + _TILE_HEIGHT + 4), _fitted(caption, font, 2 * _TILE_WIDTH), fill=_INK, font=font)
    try:
        photo = load_added(root, record.info).rgb
    except ImageError as error:
        draw.text((left, top), error.reason, fill=_INK, font=font)
        return
    scale = min(_TILE_WIDTH / record.width, _TILE_HEIGHT / record.height)
    size = max(1, round(record.width * scale)), max(1, round(record.height * scale))
    small = shrunk(photo, size)
    label_map = masks.paint_label_map(
        [region.mask for region in regions], height=record.height, width=record.width
    ).astype(np.int16)
    small_map = np.asarray(cv2.resize(label_map, size, interpolation=cv2.INTER_NEAREST), dtype=np.int16)
    sheet.paste(Image.fromarray(small), (left, top))
    overlay = _overlaid(small, small_map, _colors(regions, labels))
    sheet.paste(Image.fromarray(overlay), (left + _TILE_WIDTH + _GAP // 2, top))


def _overlaid(photo: NDArray[np.uint8], label_map: NDArray[np.int16], colors: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Tint (H, W, 3) by region, and draw a white line where regions meet; ``colors`` is (R, 3)."""
    inside = label_map >= 0
    tinted = photo.astype(np.float32)
    tinted[inside] += _STRENGTH * (colors[label_map[inside]] - tinted[inside])
    border = np.zeros(label_map.shape, bool)
    border[:, 1:] |= label_map[:, 1:] != label_map[:, :-1]
    border[1:] |= label_map[1:] != label_map[:-1]
    tinted[border] = 255
    return tinted.astype(np.uint8)


def _colors(regions: Sequence[Region], labels: Mapping[int, Label]) -> NDArray[np.uint8]:
    """(R, 3): the label's colour, or hues far apart for what has no name."""
    colors = []
    for index, region in enumerate(regions):
        if region.label_id is not None:
            value = labels[region.label_id].color
            colors.append([int(value[start : start + 2], 16) for start in (1, 3, 5)])
        else:
            hue = colorsys.hsv_to_rgb(index * _GOLDEN_TURN % 1, 0.75, 1.0)
            colors.append([round(255 * channel) for channel in hue])
    return np.array(colors, dtype=np.uint8)


def _fitted(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> str:
    """Cut ``text`` in the front, where folders are, until it fits."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"…{text}") > width:
        text = text[1:]
    return f"…{text}"
