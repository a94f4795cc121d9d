"""labelme: a JSON file for each image, beside it, and the names in `labels.txt` (`labelme FOLDER --labels labels.txt`).

Shapes are polygons, those of several parts one for each, held together by their group; or masks, which labelme shows
from 5.3 on, but has no corners to draw for. A file without shapes says that there is nothing to see. The picture itself
is not in the file: `imagePath` leads to the copy beside it, or, where no images come along, to the photo.

labelme fills polygons with Pillow, and others with OpenCV; both draw the outline, too. Therefore it lies inside of the
pixels along the border (`acseg_core.shapes.insets`), which leaves the mask as it is by the rule of pixel centres.
"""

from __future__ import annotations

import base64
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from PIL import Image

from acseg_core.formats.dataset import Dataset, ExportedImage, ExportedShape
from acseg_core.formats.file_names import stem_of
from acseg_core.formats.image_files import ImageFiles
from acseg_core.output.folders import OutputFolder
from acseg_core.shapes.masks import bounding_box
from acseg_core.shapes.run_lengths import decode_box
from acseg_core.types import Rle

_VERSION = "5.5.0"
"""The version of labelme whose form this is; it warns of files of another first number."""

_INWARDS = 0.25
"""Pixels that outlines lie inside of the true ones; with any number between 0 and a half, Pillow fills the mask."""


def write_labelme(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write the files; images go to `image_name`."""
    with folder.open("labels.txt") as file:
        file.write("".join(f"{category.name}\n" for category in dataset.in_order).encode())
    for image in dataset.images():
        name = image_name(image)
        file_name = f"{stem_of(name)}.json"
        content: dict[str, Any] = {
            "version": _VERSION,
            "flags": {},
            "imagePath": _path_to(dataset, image, folder.target / file_name),
            "imageData": None,
            "imageHeight": image.size[0],
            "imageWidth": image.size[1],
        }
        shapes = ",\n".join(_line(shape) for shape in _shapes(dataset, image))
        with folder.open(file_name) as file:
            file.write(f'{_line(content)[:-1]}, "shapes": [\n{shapes}\n]}}\n'.encode())
        yield image


def image_name(image: ExportedImage) -> str:
    """Where the file of an image is in the folder."""
    return f"{image.split}/{image.name}" if image.split else image.name


def _path_to(dataset: Dataset, image: ExportedImage, file: Path) -> str:
    """Where the picture is, as seen from its JSON file."""
    if dataset.settings.image_files is not ImageFiles.NONE or image.pixels is not None:
        return PurePosixPath(image.name).name
    source = Path(os.path.abspath(image.source))  # noqa: PTH100  # links of the source are kept
    try:
        return Path(os.path.relpath(source, os.path.realpath(file.parent))).as_posix()
    except ValueError:  # another drive
        return source.as_posix()


def _line(content: dict[str, Any]) -> str:
    """One line of JSON: ten times as fast as an indented one."""
    return json.dumps(content, ensure_ascii=False)


def _shapes(dataset: Dataset, image: ExportedImage) -> Iterator[dict[str, Any]]:
    groups = 0
    for shape in image.shapes:
        if not dataset.shapes.options.polygons:
            yield _mask(shape)
            continue
        rings = dataset.shapes.polygons(
            shape.mask, region_id=shape.region.id, path=image.record.path, inwards=_INWARDS
        ).rings
        groups += len(rings) > 1
        for ring in rings:
            points = [list(pair) for pair in zip(ring[::2], ring[1::2], strict=True)]
            yield _shape(shape, "polygon", points, group=groups if len(rings) > 1 else None)


def _mask(shape: ExportedShape) -> dict[str, Any]:
    """The pixels in a box, both of whose corners are pixels in it."""
    left, top, width, height = (int(value) for value in bounding_box(shape.mask))
    points: list[list[float]] = [[left, top], [left + width - 1, top + height - 1]]
    return _shape(shape, "mask", points, mask=_png(shape.mask))


def _png(mask: Rle) -> str:
    out = io.BytesIO()
    Image.fromarray(decode_box(mask, bounding_box(mask)).view("uint8")).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode("ascii")


def _shape(
    shape: ExportedShape, kind: str, points: list[list[float]], *, group: int | None = None, mask: str | None = None
) -> dict[str, Any]:
    return {
        "label": shape.category.name,
        "points": points,
        "group_id": group,
        "description": "",
        "shape_type": kind,
        "flags": {},
        "mask": mask,
    }
