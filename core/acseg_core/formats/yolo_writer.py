"""YOLO segmentation: `data.yaml` with the names, and beside each image's folder one of labels, as Ultralytics reads it.

A line of a label file is one shape: the number of its class and the corners of one ring, as shares of the image's size,
with so many digits that every corner is read back to a thousandth of a pixel. Shapes of several parts and holes are one
ring by bridges; whoever fills that by the even-odd rule at the centres of pixels has the mask again. Ultralytics fills
with OpenCV, which cuts coordinates to whole pixels and draws the line, too. Therefore outlines lie inside of the pixels
along the border, not on their edges (`inwards`): it then fills the mask, and bridges between parts. An empty file says
that there is nothing to see. Classes count from 0 in the order of their ids.

`data.yaml` names no `path`: without, Ultralytics takes the folder that the file is in, wherever that is moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.formats.dataset import Dataset, ExportedImage, ExportedShape
from acseg_core.output.folders import OutputFolder
from acseg_core.shapes import masks
from acseg_core.shapes.joining import one_ring

WHOLE = "train"
"""The folder of all images where the data set is not split."""

_ALIASES = {"train": ("train", "training"), "val": ("val", "valid", "validation"), "test": ("test", "testing")}
"""What splits may be called, by the key of `data.yaml`."""

_TRAINED = 640
"""Pixels of the longer side of what Ultralytics trains on, unless somebody says otherwise."""
_MOST_INWARDS = 0.45
"""Pixels; from half of one on, the rule of centres would not fill the mask any more."""

_READ = frozenset({".bmp", ".dng", ".heic", ".jpeg", ".jpg", ".mpo", ".pfm", ".png", ".tif", ".tiff", ".webp"})
"""Endings of the image files that Ultralytics looks at."""
_LEAST_SIDE = 10
"""Pixels; Ultralytics passes by smaller images."""


def write_yolo(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write `data.yaml` and the label files; images go to `image_name`."""
    with folder.open("data.yaml") as file:
        file.write(_description(dataset).encode())
    for image in dataset.images():
        lines = [(shape.category.number, _corners(dataset, image, shape)) for shape in image.shapes]
        with folder.open(label_name(image_name(image))) as file:
            file.write("".join(f"{number} {corners}\n" for number, corners in lines).encode("ascii"))
        _note(dataset, image)
        yield image


def image_name(image: ExportedImage) -> str:
    """Where the file of an image is in the folder."""
    return f"images/{image.split or WHOLE}/{image.name}"


def label_name(image: str) -> str:
    """Where Ultralytics looks for the labels of an image: the last folder "images" of its path is "labels" there."""
    path = PurePosixPath(image)
    parts = list(path.parts)
    last = max(number for number, part in enumerate(parts[:-1]) if part == "images")
    parts[last] = "labels"
    return str(PurePosixPath(*parts).with_suffix(".txt"))


def _description(dataset: Dataset) -> str:
    """The text of `data.yaml`: train and val, which Ultralytics insists on, the other splits, and the names."""
    import yaml

    content: dict[str, Any] = {}
    splits = [name for name in dataset.splits if name is not None and dataset.ids(name)] or [WHOLE]
    for key, names in _ALIASES.items():
        found = next((split for split in splits if split.casefold() in names), None)
        if found is None and key != "test":
            found = splits[0]
            dataset.notes.add("split is missing, and means the same images as another until there is one", key)
        if found is not None:
            content[key] = f"images/{found}"
    content |= {split: f"images/{split}" for split in splits if f"images/{split}" not in content.values()}
    content["names"] = {category.number: category.name for category in dataset.in_order}
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=_ONE_LINE))


_ONE_LINE = 1_000_000


def _corners(dataset: Dataset, image: ExportedImage, shape: ExportedShape) -> str:
    found = dataset.shapes.polygons(
        shape.mask, region_id=shape.region.id, path=image.record.path, inwards=inwards(image.size)
    )
    ring = one_ring([np.array(flat, np.float64).reshape(-1, 2) for flat in found.rings])
    height, width = image.size
    return " ".join(chain.from_iterable(zip(shares(ring[:, 0], width), shares(ring[:, 1], height), strict=True)))


def inwards(size: tuple[int, int]) -> float:
    """How far outlines lie inside of the true ones, in pixels of an image of a (height, width).

    OpenCV fills half a pixel more all round, of the picture that is trained on; so far inwards is right, as far as the
    mask stays what it is. Figures for this and for other choices are in docs/formats.md.
    """
    return min(_MOST_INWARDS, max(size) / _TRAINED / 2)


def shares(values: NDArray[np.float64], size: int) -> list[str]:
    """Coordinates as shares of the width or height, to a thousandth of a pixel."""
    digits = len(str(size)) + 3
    single, places = np.unique(values, return_inverse=True)
    texts = [f"{value / size:.{digits}f}".rstrip("0").rstrip(".") for value in single.tolist()]
    return [texts[place] for place in places.ravel().tolist()]


def _note(dataset: Dataset, image: ExportedImage) -> None:
    """Say what of an image Ultralytics will not read as it is meant."""
    notes, record = dataset.notes, image.record
    boxes = [(shape.category.number, masks.bounding_box(shape.mask)) for shape in image.shapes]
    for _ in range(len(boxes) - len(set(boxes))):
        notes.add("shapes of the class and the box of another, of which Ultralytics takes one", record.path)
    if min(image.size) < _LEAST_SIDE:
        notes.add("images of less than 10 pixels a side, which Ultralytics passes by", record.path)
    if PurePosixPath(image.name).suffix.lower() not in _READ:
        notes.add("images of a kind that Ultralytics does not read", record.path)
