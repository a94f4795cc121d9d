"""What one tool reads in a folder that we wrote; runs in the environment of the tools, without any of our code.

`python reading.py TOOL FORMAT FOLDER EXPECTED.npz` prints one line of JSON.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

Shape = tuple[str, np.ndarray | None]
"""The name of a class, and the mask, (h, w) bool; None where the tool has no mask."""

Read = Iterator[tuple[str, list[Shape]]]
"""Images as the tool calls them, with their shapes."""


def datumaro(name: str) -> Callable[[Path], Read]:
    def read(folder: Path) -> Read:
        from datumaro import AnnotationType, Dataset
        from pycocotools import mask as coco

        found = Dataset.import_from(str(folder), name)
        labels = [label.name for label in found.categories()[AnnotationType.label]]
        for item in found:
            size = item.media.size if item.media is not None else None
            shapes: list[Shape] = []
            for each in item.annotations:
                if each.type is AnnotationType.mask:
                    mask = np.asarray(each.image, bool)
                elif each.type is AnnotationType.polygon:
                    rles = coco.frPyObjects([list(map(float, each.points))], *map(int, size))
                    mask = coco.decode(coco.merge(rles)).astype(bool)
                else:
                    mask = None
                shapes.append((labels[each.label], mask))
            yield item.id, shapes

    return read


def supervision(how: str) -> Callable[[Path], Read]:
    def read(folder: Path) -> Read:
        from supervision import DetectionDataset

        if how == "coco":
            found = DetectionDataset.from_coco(
                str(folder / "images"), str(folder / "annotations" / "instances_train.json"), force_masks=True
            )
        elif how == "yolo":
            images, labels = folder / "images" / "train", folder / "labels" / "train"
            found = DetectionDataset.from_yolo(str(images), str(labels), str(folder / "data.yaml"), force_masks=True)
        else:
            found = DetectionDataset.from_labelme(str(folder), str(folder), force_masks=True)
        root = {"coco": folder / "images", "yolo": folder / "images" / "train"}.get(how, folder)
        for path, _, shapes in found:
            masks = [None] * len(shapes) if shapes.mask is None else shapes.mask
            name = os.path.relpath(path, root)
            yield name, [(found.classes[int(c)], m) for c, m in zip(shapes.class_id, masks, strict=True)]

    return read


def ultralytics(folder: Path) -> Read:
    """As it trains: polygons are filled by OpenCV, which draws the outline, too."""
    from ultralytics.data.dataset import YOLODataset
    from ultralytics.data.utils import check_det_dataset, polygon2mask

    data = check_det_dataset(str(folder / "data.yaml"), autodownload=False)
    found = YOLODataset(img_path=data["train"], data=data, task="segment", imgsz=640)
    for label in found.labels:
        height, width = label["shape"]
        shapes: list[Shape] = []
        for number, ring in zip(label["cls"].ravel(), label["segments"], strict=True):
            mask = polygon2mask((height, width), [(ring * [width, height]).reshape(-1)]).astype(bool)
            shapes.append((data["names"][int(number)], mask))
        yield os.path.relpath(label["im_file"], data["train"]), shapes


def torchvision(folder: Path) -> Read:
    """VOC as segmentation: it looks for the folder inside of VOCdevkit/VOC2012."""
    from torchvision.datasets import VOCSegmentation

    root = folder.parent / f"{folder.name}-devkit"
    (root / "VOCdevkit").mkdir(parents=True, exist_ok=True)
    link = root / "VOCdevkit" / "VOC2012"
    if not link.exists():
        link.symlink_to(folder)
    found = VOCSegmentation(str(root), year="2012", image_set="train", download=False)
    names = [line.split(":")[0] for line in (folder / "labelmap.txt").read_text().splitlines() if line[:1] != "#"]
    for number, path in enumerate(found.images):
        yield os.path.relpath(path, folder / "JPEGImages"), list(_classes(np.asarray(found[number][1]), names))


def torchvision_cityscapes(folder: Path) -> Read:
    """Instances as torchvision gives them: class * 1000 + instance, or the class alone; the names are ours."""
    from torchvision.datasets import Cityscapes

    found = Cityscapes(str(folder), split="train", mode="fine", target_type="instance")
    classes = json.loads((folder / "classes.json").read_text())
    names = {each["number"]: each["name"] for each in classes["classes"]}
    for number, path in enumerate(found.images):
        city, name = Path(path).parts[-2:]
        place = "" if city == "images" else city.replace("+", "/") + "/"
        numbers = np.asarray(found[number][1])
        shapes = []
        for value in np.unique(numbers):
            label = int(value // 1000 if value >= 1000 else value)
            if label:
                shapes.append((names[label], numbers == value))
        yield place + name.removesuffix("_leftImg8bit.png"), shapes


def hugging_face(folder: Path) -> Read:
    from datasets import load_dataset

    found = load_dataset("imagefolder", data_dir=str(folder), split="train", cache_dir=str(folder.parent / "cache"))
    classes = json.loads((folder / "classes.json").read_text())
    names = {each["number"]: each["name"] for each in classes["classes"]}
    lines = [json.loads(line) for line in (next(folder.rglob("metadata.jsonl"))).read_text().splitlines()]
    for line, row in zip(lines, found, strict=True):
        yield line["file_name"].removeprefix("images/"), list(_classes(np.asarray(row["mask"]), names))


def _classes(numbers: np.ndarray, names: Any) -> Iterator[Shape]:
    ignored = 255 if numbers.dtype == np.uint8 else 65535
    for number in np.unique(numbers):
        if number not in (0, ignored):
            yield names[int(number)], numbers == number


READERS: dict[tuple[str, str], Callable[[Path], Read]] = {
    ("datumaro", "coco"): datumaro("coco_instances"),
    ("datumaro", "cvat"): datumaro("cvat"),
    ("datumaro", "voc"): datumaro("voc_segmentation"),
    ("datumaro", "panoptic"): datumaro("coco_panoptic"),
    ("datumaro", "cityscapes"): datumaro("cityscapes"),
    ("supervision", "coco"): supervision("coco"),
    ("supervision", "yolo"): supervision("yolo"),
    ("supervision", "labelme"): supervision("labelme"),
    ("ultralytics-opencv-headless", "yolo"): ultralytics,
    ("torchvision", "voc"): torchvision,
    ("torchvision", "cityscapes"): torchvision_cityscapes,
    ("datasets", "png"): hugging_face,
}


def _key(name: str, known: dict[str, str]) -> str | None:
    """The image that a tool means, by its name with or without the ending and folders."""
    name = name.replace(os.sep, "/")
    for each in (name, str(Path(name).with_suffix("")), Path(name).name, Path(name).stem):
        if each in known:
            return known[each]
    return None


def compare(read: Read, expected: Path) -> dict[str, Any]:
    """Counts, names and masks of classes beside what they should be."""
    with np.load(expected, allow_pickle=False) as stored:
        index = json.loads(str(stored["index"]))
        truth = {(image, name): stored[str(number)] for number, (image, name) in enumerate(index["masks"])}
    counts = Counter(str(Path(image).with_suffix("")) for image in index["images"])
    bases = Counter(Path(image).name for image in index["images"])
    stems = Counter(Path(image).stem for image in index["images"])
    known = {Path(image).stem: image for image in index["images"] if stems[Path(image).stem] == 1}
    known |= {Path(image).name: image for image in index["images"] if bases[Path(image).name] == 1}
    known |= {str(Path(i).with_suffix("")): i for i in index["images"] if counts[str(Path(i).with_suffix(""))] == 1}
    known |= {image: image for image in index["images"]}
    found: dict[tuple[str, str], np.ndarray] = {}
    images, shapes, without, unknown = set(), 0, 0, []
    for name, theirs in read:
        image = _key(name, known)
        if image is None:
            unknown.append(name)
            continue
        images.add(image)
        for label, mask in theirs:
            if mask is None:  # such as the boxes that datumaro makes beside masks
                without += 1
                continue
            shapes += 1
            key = (image, label)
            found[key] = found[key] | mask if key in found else mask
    ious = []
    for key, mask in truth.items():
        other = found.get(key)
        sized = other is not None and other.shape == mask.shape
        ious.append((mask & other).sum() / (mask | other).sum() if sized else 0.0)
    extra = [key for key in found if key not in truth]
    return {
        "images": [len(images), len(index["images"])],
        "shapes": [shapes, index["shapes"]],
        "without": without,
        "unknown": unknown[:3],
        "extra": extra[:3],
        "missing": [key for key in truth if key not in found][:3],
        "names": [len({k[1] for k in truth} & {k[1] for k in found}), len({k[1] for k in truth})],
        "pairs": [sum(bool(iou == 1) for iou in ious), len(ious)],
        "least": min(ious, default=0.0),
        "mean": float(np.mean(ious or [0])),
    }


def main() -> None:
    tool, format_, folder, expected = sys.argv[1:]
    result: dict[str, Any] = {"version": version(tool)}
    try:
        result |= compare(READERS[tool, format_](Path(folder)), Path(expected))
    except Exception as error:  # the tool's word on our files is what is wanted
        result["error"] = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
    print("\n" + json.dumps(result, default=float))


if __name__ == "__main__":
    main()
