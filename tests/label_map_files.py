"""Small data sets of every format whose labels are in PNG files, in the form that its tool documents.

A map is (H, W) numbers: 0 where nothing is labelled, 1 and 2 for the two classes of its form.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

VOC_PALETTE = [
    sum((number >> (3 * place + channel) & 1) << (7 - place) for place in range(8))
    for number in range(256)
    for channel in range(3)
]

Maps = Mapping[str, np.ndarray]


def save(path: Path, pixels: np.ndarray, palette: list[int] | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = Image.fromarray(pixels)
    if palette is not None:
        picture = Image.fromarray(pixels, "L") if pixels.ndim == 2 else picture
        picture.putpalette(palette)
    picture.save(path)
    return path


def id_colors(numbers: np.ndarray) -> np.ndarray:
    """The pixels of COCO panoptic: red is what counts least."""
    return np.stack((numbers % 256, numbers // 256 % 256, numbers // 65536), axis=-1).astype(np.uint8)


def ade_colors(classes: np.ndarray, objects: np.ndarray) -> np.ndarray:
    """The pixels of ADE20K: ten times the class's hundreds (of 256) in red, the rest in green, the object in blue."""
    return np.stack((classes // 256 * 10, classes % 256, objects), axis=-1).astype(np.uint8)


def write_panoptic(root: Path, maps: Maps) -> Path:
    ids = np.array([0, 0x030201, 0x00FF00])
    images, annotations = [], []
    for number, (name, labels) in enumerate(maps.items(), 5):
        save(root / "pan" / f"{name}.png", id_colors(ids[labels]))
        height, width = labels.shape
        images.append({"id": number, "file_name": f"{name}.jpg", "height": height, "width": width})
        segments = [{"id": int(ids[each]), "category_id": 90 * each} for each in (1, 2) if (labels == each).any()]
        annotations.append({"image_id": number, "file_name": f"{name}.png", "segments_info": segments})
    categories = [{"id": 90, "name": "cat", "isthing": 1}, {"id": 180, "name": "sky", "isthing": 0}]
    content = {"images": images, "annotations": annotations, "categories": categories}
    (root / "pan.json").write_text(json.dumps(content))
    return root / "pan.json"


def write_cityscapes(root: Path, maps: Maps) -> Path:
    for name, labels in maps.items():
        start = root / "gtFine" / "train" / f"{name}_gtFine_"
        save(Path(f"{start}labelIds.png"), np.array([0, 26, 23], np.uint8)[labels])
        save(Path(f"{start}instanceIds.png"), np.array([0, 26001, 23], np.uint16)[labels])
    return root


def write_challenge(root: Path, maps: Maps) -> Path:
    (root / "objectInfo150.txt").write_text(
        "Idx\tRatio\tTrain\tVal\tStuff\tName\n1\t0.1\t9\t9\t1\twall\n2 \t0.1\t9\t9\t0\tbed \n"
    )
    for name, labels in maps.items():
        save(root / "annotations" / "training" / f"{name}.png", labels.astype(np.uint8))
    return root


def write_ade20k(root: Path, maps: Maps) -> Path:
    numbers, names = (0, 2420, 300), ("", "sky", "building, edifice")
    for name, labels in maps.items():
        classes = np.array(numbers)[labels]
        save(root / "images" / "training" / f"{name}_seg.png", ade_colors(classes, np.where(labels > 0, 7, 0)))
        objects = [{"id": n, "name": names[n], "name_ndx": numbers[n], "raw_name": "x"} for n in (1, 2)]
        content = {"annotation": {"filename": f"{name}.jpg", "imsize": [*labels.shape, 3], "object": objects}}
        (root / "images" / "training" / f"{name}.json").write_text(json.dumps(content))
    return root


def write_numbers(root: Path, maps: Maps) -> Path:
    (root / "classes.txt").write_text("background\ncat\nsky\n")
    for name, labels in maps.items():
        save(root / "masks" / f"{name}.png", labels.astype(np.uint8))
    return root


def write_voc(root: Path, maps: Maps) -> Path:
    for name, labels in maps.items():
        save(root / "SegmentationClass" / f"{name}.png", np.array([0, 8, 12], np.uint8)[labels], VOC_PALETTE)
        save(root / "SegmentationObject" / f"{name}.png", labels.astype(np.uint8), VOC_PALETTE)
    return root


@dataclass(frozen=True)
class Form:
    """A form of a data set: its format's key, who writes it, the names of classes 1 and 2, and how photos are named."""

    key: str
    write: Callable[[Path, Maps], Path]
    names: tuple[str, str]
    photo: str = "{}.jpg"
    takes_colors: bool = False


FORMS = {
    "panoptic": Form("panoptic", write_panoptic, ("cat", "sky"), takes_colors=True),
    "cityscapes": Form("cityscapes", write_cityscapes, ("car", "sky"), "{}_leftImg8bit.png"),
    "challenge": Form("ade20k", write_challenge, ("wall", "bed")),
    "ade20k": Form("ade20k", write_ade20k, ("sky", "building, edifice"), takes_colors=True),
    "png": Form("png", write_numbers, ("cat", "sky")),
    "voc": Form("voc", write_voc, ("cat", "dog")),
}
