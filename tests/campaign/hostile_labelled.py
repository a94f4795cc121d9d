"""Labelled images to mutate: small sound files of every format that is read, of photos of 8 x 6 pixels."""

import base64
import json
import random
import re
from functools import cache
from pathlib import Path

import numpy as np
from campaign.hostile_lists import other_value
from campaign.mutations import mutated
from image_bytes import encoded
from label_studio_results import SQUARE, box, brush, polygon
from PIL import Image

PHOTOS = ("a.jpg", "sub/b.jpg", "c_leftImg8bit.png")
SIZE = 6, 8
"""Height and width of the photos."""

_TEXT_SUFFIXES = (".json", ".xml", ".yaml", ".txt")
_VALUES = ("nan", "-inf", "1e308", "-1", "0", "9" * 400, "", "x", "1,2;3", "../../x", "\N{ARABIC-INDIC DIGIT THREE}")


def write_labelled(key: str, folder: Path, chance: random.Random) -> Path:
    """Write a data set of a format with one of its files mutated; returns what is to be read.

    Args:
        key: Of the format.
        folder: A new folder for it.
        chance: What is drawn from.
    """
    files = dict(labelled()[key])
    name = chance.choice(sorted(files))
    data = files[name]
    if name.endswith(".json") and chance.random() < 0.6:
        data = other_value(data, chance)
    elif name.endswith((".xml", ".yaml", ".txt")) and chance.random() < 0.6:
        data = _other_words(data, chance)
    else:
        data = mutated(data, chance, text=name.endswith(_TEXT_SUFFIXES))
    files[name] = data
    if chance.random() < 0.05:
        files.pop(chance.choice(sorted(files)))
    write_files(folder, files)
    single = folder / name
    return single if len(files) == 1 and single.is_file() and chance.random() < 0.9 else folder


def write_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write files by their place in a folder."""
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _other_words(data: bytes, chance: random.Random) -> bytes:
    """Other values in the place of some, so that the form around them stays sound: what stands in quotes, or words."""
    text = data.decode()
    for _ in range(chance.choice((1, 1, 2))):
        found = list(re.finditer(r'(?<==")[^"]*(?=")', text)) or list(re.finditer(r"[^\s:,]+", text))
        if found:
            place = chance.choice(found)
            old = place.group().split(chance.choice((" ", ",", ";")))
            old[chance.randrange(len(old))] = chance.choice(_VALUES)
            text = text[: place.start()] + chance.choice((" ", ",", ";")).join(old) + text[place.end() :]
    return text.encode()


@cache
def labelled() -> dict[str, dict[str, bytes]]:
    """The files of one sound data set for each format, by its key, by their place in its folder."""
    height, width = SIZE
    numbers = np.zeros(SIZE, np.uint8)
    numbers[2:5, 1:4], numbers[0, 5:] = 1, 2
    maps = {f"{Path(name).with_suffix('.png')}": encoded(Image.fromarray(numbers), "PNG") for name in PHOTOS[:2]}
    ring = [value for point in SQUARE for value in point]
    shares = " ".join(f"{value / (width, height)[n % 2]:.4f}" for n, value in enumerate(ring))
    return {
        "coco": {"instances.json": json.dumps(_coco(ring)).encode()},
        "yolo": {
            "data.yaml": b"names:\n  0: cat\n  1: 'tree: tall'\n",
            "labels/a.txt": f"0 {shares}\n1 {shares}\n1 0.5 0.5 0.1 0.1\n".encode(),
            "labels/sub/b.txt": b"",
        },
        "labelme": {f"{Path(name).stem}.json": json.dumps(_labelme(name)).encode() for name in PHOTOS[:2]},
        "cvat": {"annotations.xml": _cvat().encode()},
        "labelstudio": {"export.json": json.dumps(_label_studio()).encode()},
        "isat": {
            "isat.yaml": b"label:\n- color: '#ff0000'\n  name: cat\n- color: '#000000'\n  name: __background__\n",
            **{f"{Path(name).stem}.json": json.dumps(_isat(name)).encode() for name in PHOTOS[:2]},
        },
        "voc": {
            "labelmap.txt": b"background:0,0,0::\ncat:128,0,0::\ndog:0,128,0::\n",
            **{f"SegmentationClass/{name}": data for name, data in maps.items()},
            **{f"SegmentationObject/{name}": data for name, data in maps.items()},
        },
        "png": {"classes.json": b'{"0": "background", "1": "cat", "2": "dog"}', **maps},
        "panoptic": {
            "panoptic.json": json.dumps(_panoptic()).encode(),
            **{f"panoptic/{name}": encoded(Image.fromarray(numbers).convert("RGB"), "PNG") for name in maps},
        },
        "cityscapes": {
            "gtFine/train/x/c_gtFine_labelIds.png": encoded(Image.fromarray(numbers + 24), "PNG"),
            "gtFine/train/x/c_gtFine_instanceIds.png": encoded(
                Image.fromarray(numbers.astype(np.uint16) * 1001 + 24_000), "PNG"
            ),
        },
        "ade20k": {
            "objectInfo150.txt": b"Idx\tRatio\tTrain\tVal\tName\n1\t.1\t1\t2\twall\n2\t.1\t6\t7\tbed, couch\n",
            **{f"annotations/training/{name}": data for name, data in maps.items()},
        },
    }


def _coco(ring: list[float]) -> dict[str, object]:
    height, width = SIZE
    shapes = [
        [ring],
        [ring, [0, 0, 2, 0, 2, 2]],
        {"size": [height, width], "counts": [5, 9, height * width - 14]},
        {"size": [height, width], "counts": "59R1"},
    ]
    return {
        "images": [{"id": n, "file_name": name, "height": height, "width": width} for n, name in enumerate(PHOTOS[:2])],
        "categories": [{"id": 3, "name": "cat", "supercategory": "animal"}, {"id": 9, "name": "sky", "isthing": 0}],
        "annotations": [
            {"id": n, "image_id": n % 2, "category_id": 3, "segmentation": shape, "iscrowd": 0}
            for n, shape in enumerate(shapes)
        ],
    }


def _panoptic() -> dict[str, object]:
    """Grey is red, green and blue alike: the number of the segment that is 1 or 2 in each channel."""
    images = [{"id": n, "file_name": name, "height": SIZE[0], "width": SIZE[1]} for n, name in enumerate(PHOTOS[:2])]
    segments = [{"id": n * (1 + 256 + 65536), "category_id": n, "area": 9, "bbox": [1, 2, 3, 3]} for n in (1, 2)]
    annotations = [
        {"image_id": n, "file_name": f"{Path(name).with_suffix('.png')}", "segments_info": segments}
        for n, name in enumerate(PHOTOS[:2])
    ]
    categories = [{"id": n, "name": f"class {n}", "isthing": n % 2} for n in (1, 2)]
    return {"images": images, "annotations": annotations, "categories": categories}


def _labelme(name: str) -> dict[str, object]:
    mask = base64.b64encode(encoded(Image.fromarray(np.full((3, 3), 255, np.uint8)), "PNG")).decode()
    shapes = [
        {"label": "cat", "points": SQUARE, "shape_type": "polygon", "group_id": 1},
        {"label": "cat", "points": [[5, 0], [7, 2]], "shape_type": "rectangle", "group_id": None},
        {"label": "dog", "points": [[4, 3], [6, 3]], "shape_type": "circle", "group_id": 1},
        {"label": "dog", "points": [[1, 2], [3, 4]], "shape_type": "mask", "mask": mask},
    ]
    return {"version": "5.5.0", "shapes": shapes, "imagePath": name, "imageHeight": SIZE[0], "imageWidth": SIZE[1]}


def _cvat() -> str:
    points = ";".join(f"{x},{y}" for x, y in SQUARE)
    shapes = (
        f'<polygon label="cat" occluded="0" points="{points}" z_order="1" group_id="2"/>'
        f'<polygon label="background" points="2,3;3,3;3,4;2,4" z_order="2"/>'
        '<mask label="dog" rle="1, 3, 2" left="5" top="1" width="2" height="3" z_order="0"></mask>'
        '<box label="cat" xtl="2.00" ytl="2.00" xbr="6.00" ybr="4.00" rotation="30.00" group_id="2"/>'
        '<ellipse label="dog" cx="4" cy="3" rx="2" ry="1"/><tag label="good"/>'
    )
    images = "".join(
        f'<image id="{n}" name="{name}" width="{SIZE[1]}" height="{SIZE[0]}">{shapes}</image>\n'
        for n, name in enumerate(PHOTOS[:2])
    )
    labels = "<labels><label><name>cat</name><color>#ff0000</color></label><label><name>dog</name></label></labels>"
    head = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<annotations><version>1.1</version><meta><task>{labels}</task></meta>'
    )
    return f"{head}\n{images}</annotations>"


def _label_studio() -> list[dict[str, object]]:
    mask = np.eye(*SIZE, dtype=bool)
    results = [polygon(*SQUARE), brush(mask, labels=("dog",)), box(1, 2, 3, 3, rotation=20)]
    fields = {"was_cancelled": False, "updated_at": "2024-05-01T10:00:00Z", "ground_truth": True}
    addresses = f"/data/upload/1/0a1b2c3d-{PHOTOS[0]}", f"/data/local-files/?d=photos/{PHOTOS[1]}"
    return [
        {
            "id": n,
            "data": {"image": address},
            "annotations": [{"result": results, **fields}, {"result": [], "was_cancelled": True}],
            "predictions": [],
        }
        for n, address in enumerate(addresses)
    ]


def _isat(name: str) -> dict[str, object]:
    info = {"description": "ISAT", "folder": "x", "name": name, "width": SIZE[1], "height": SIZE[0], "note": ""}
    given = [("cat", 1, 1.0), ("dog", 2, 2.0), ("cat", 1, 3.0), ("__background__", 0, 4.0)]
    objects = [
        {"category": label, "group": group, "segmentation": [[x + group, y] for x, y in SQUARE], "layer": layer}
        for label, group, layer in given
    ]
    return {"info": info, "objects": objects}
