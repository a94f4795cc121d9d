"""COCO instances: a JSON file with images, categories, and an annotation for each region or each part of a thing.

Ids count from 1: images by their row in the project (so they stay the same when images are added later), categories
by the number that stays with their label for ever, annotations as they come. Masks are compressed RLE or polygons with
``iscrowd`` 0; areas and boxes are taken from the mask. Categories have the extra keys ``isthing`` and ``color``, as in
COCO panoptic. Images without annotations are in it, too. The same project gives the same bytes. An image that is done,
that has a comment, or that a second person found right, says so in the extra keys ``done``, ``comment`` and
``reviewed``: COCO itself cannot tell an image with nothing in it from one that nobody labelled.

Void labels follow the convention of COCO-Stuff and COCO panoptic, where void is what no segment covers: they are no
categories, and their regions no annotations. (``iscrowd`` would not do: COCO's evaluation ignores a crowd for one
category only, and void means that nothing is known.)
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from typing import IO, Any

from acseg_core.formats.dataset import Category, Dataset, ExportedImage, ExportedShape
from acseg_core.formats.remarks import remarks_of
from acseg_core.output.folders import OutputFolder
from acseg_core.shapes import masks
from acseg_core.version import __version__

_SPOOL_BYTES = 16 * 1024**2


def write_coco(dataset: Dataset, folder: OutputFolder) -> Iterator[ExportedImage]:
    """Write a folder of COCO files: ``annotations/instances_train.json`` and so on, or ``instances.json``."""
    for split in dataset.splits:
        with folder.open("instances.json" if split is None else f"annotations/instances_{split}.json") as file:
            yield from write_coco_file(dataset, file, split)


def write_coco_file(dataset: Dataset, file: IO[bytes], split: str | None = None) -> Iterator[ExportedImage]:
    """Write one COCO file with the images of a split, or with all; yields each image when it is written."""
    head = {"description": dataset.title, "version": __version__, "contributor": "ACSeg Desktop"}
    file.write(b'{"info": ' + _line(head) + b',\n"licenses": [],\n"categories": [')
    file.write(b",".join(b"\n" + _line(category_keys(category)) for category in dataset.categories))
    file.write(b'],\n"annotations": [')
    annotations = written = 0
    with tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as image_lines:
        for image in dataset.images(split):
            for shape in image.shapes:
                annotations += 1
                annotation = {"id": annotations, **_annotation(dataset, image, shape)}
                file.write((b",\n" if annotations > 1 else b"\n") + _line(annotation))
            written += 1
            image_lines.write((b",\n" if written > 1 else b"\n") + _line(image_keys(image)))
            yield image
        # Images come last, for they are known only when all has been read from one state of the project.
        file.write(b'],\n"images": [')
        image_lines.seek(0)
        for chunk in image_lines:
            file.write(chunk)
    file.write(b"]}\n")


def category_keys(category: Category) -> dict[str, Any]:
    """An entry of ``categories``: ``isthing`` and ``color`` as COCO panoptic has them, where they are known."""
    keys: dict[str, Any] = {"id": category.id, "name": category.name, "supercategory": category.supercategory}
    if category.is_thing is not None:
        keys |= {"isthing": int(category.is_thing), "color": list(bytes.fromhex(category.color[1:]))}
    return keys


def _annotation(dataset: Dataset, image: ExportedImage, shape: ExportedShape) -> dict[str, Any]:
    """An entry of ``annotations`` without its id; box and area are of the mask, whatever form its outline has."""
    mask, region, writer = shape.mask, shape.region, dataset.shapes
    segmentation: Any = (
        writer.polygons(mask, region_id=region.id, path=image.record.path).rings
        if writer.options.polygons
        else masks.rle_to_coco(mask)
    )
    annotation: dict[str, Any] = {
        "image_id": image.record.id,
        "category_id": shape.category.id,
        "segmentation": segmentation,
        "bbox": [int(value) for value in masks.bounding_box(mask)],
        "area": masks.area(mask),
        "iscrowd": 0,
    }
    if dataset.settings.all_regions:
        annotation |= {"region_id": region.id, "cluster_id": region.cluster_id}
    return annotation


def image_keys(image: ExportedImage) -> dict[str, Any]:
    """An entry of ``images``; what people remarked is in extra keys, where they did."""
    height, width = image.size
    entry: dict[str, Any] = {"id": image.record.id, "file_name": image.name, "width": width, "height": height}
    return entry | remarks_of(image.record)


def _line(value: Mapping[str, Any]) -> bytes:
    """One line of JSON; plain ASCII, since pycocotools opens files in whatever encoding the platform has."""
    return json.dumps(value).encode("ascii")
