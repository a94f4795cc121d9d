"""Files with labels for the photos of the tests, as other tools write them."""

import json
from pathlib import Path

SQUARES = ((4, 4, 40, 28), (50, 6, 90, 30), (6, 36, 44, 60))
"""Left, top, right and bottom of what each image shows, in photos of 96 x 64 pixels."""


def write_coco(path: Path, images, labels=("kitty", "person"), *, size=(96, 64), boxes=0) -> Path:
    """A COCO file of images by their names: in each a square of every label in turn, three in all.

    Args:
        path: Where it goes.
        images: As the file is to name them.
        labels: All names of the file.
        size: Width and height that the file says.
        boxes: Annotations with a box but no outline.
    """
    annotations = [
        {"image_id": number, "category_id": place % len(labels), "segmentation": [_ring(*square)]}
        for number, _ in enumerate(images)
        for place, square in enumerate(SQUARES)
    ]
    annotations += [{"image_id": 0, "category_id": 0, "segmentation": []}] * boxes
    content = {
        "images": [
            {"id": number, "file_name": name, "width": size[0], "height": size[1]} for number, name in enumerate(images)
        ],
        "categories": [{"id": number, "name": name} for number, name in enumerate(labels)],
        "annotations": annotations,
    }
    path.write_text(json.dumps(content))
    return path


def write_covered(path: Path, image: str) -> Path:
    """A COCO file in which a large shape lies on a small one, and on nothing else."""
    write_coco(path, [image])
    content = json.loads(path.read_text())
    content["annotations"] = [
        {"image_id": 0, "category_id": place, "segmentation": [_ring(*square)]}
        for place, square in enumerate([(10, 10, 30, 30), (4, 4, 60, 50)])
    ]
    path.write_text(json.dumps(content))
    return path


def _ring(left, top, right, bottom):
    return [left, top, right, top, right, bottom, left, bottom]
