"""Lists of labels, of classes, and ground truth to mutate: every format that is read."""

import io
import json
import random
from functools import cache
from pathlib import Path

import numpy as np
from campaign.mutations import mutated
from image_bytes import encoded
from PIL import Image

_NAMES = ("car", "Straße", "猫", "tree, tall", "véhicule", "می‌خواهم", "a" * 80, "42", "no", "__ignore__")
TRUTH_SIZE = 12, 16
"""Height and width of the images that the ground truth is of."""


def hostile_list(chance: random.Random) -> tuple[str, bytes]:
    """A name, and the bytes of a mutated list of labels or classes."""
    files = lists()
    name = chance.choice(sorted(files))
    data = files[name]
    if name.endswith(".json") and chance.random() < 0.5:
        data = other_value(data, chance)
    else:
        data = mutated(data, chance, text=True)
    if chance.random() < 0.2:
        name = f"{name.rsplit('.', 1)[0]}.{chance.choice(('txt', 'json', 'yaml', 'csv', 'xml', 'names', 'YML'))}"
    return name, data


@cache
def lists() -> dict[str, bytes]:
    """Small files, by name."""
    ours = [
        {"name": name, "color": f"#{60 + number:02x}80a0", "key": str(number % 9 + 1), "kind": "thing", "void": False}
        for number, name in enumerate(_NAMES)
    ]
    coco = [{"id": number, "name": name, "supercategory": "x", "isthing": 1} for number, name in enumerate(_NAMES)]
    cvat = [{"name": name, "color": "#ff00ff", "type": "any", "attributes": []} for name in _NAMES]
    texts = {
        "ours.json": json.dumps({"format": "acseg-labels", "version": 1, "labels": ours}, ensure_ascii=False, indent=1),
        "coco.json": json.dumps({"images": [], "annotations": [], "categories": coco}),
        "cvat.json": json.dumps(cvat),
        "names.json": json.dumps(list(_NAMES)),
        "plain.txt": "\n".join(_NAMES),
        "labelme.txt": "\n".join(("__ignore__", "_background_", *_NAMES)),
        "data.yaml": "train: ../images\nnc: 3\nnames:\n  0: car\n  1: 'tree: tall'\n  2: no\n",
        "short.yaml": 'names: [car, tree, 猫, "a b"]\n',
        "table.csv": "id,name,color\n1,car,#ff0000\n2,tree,#00ff00\n",
        "tabs.tsv": "name\tid\ncar\t1\n",
        "cvat.xml": "<?xml version='1.0'?><annotations><label><name>car</name></label></annotations>",
        "classes.txt": "car|van, road\nsky, tree|bush|hedge\n",
    }
    found = {name: text.encode() for name, text in texts.items()}
    return found | {"marked.txt": b"\xef\xbb\xbfcar\nvan\n", "wide.txt": "car\nvan\n".encode("utf-16")}


def other_value(data: bytes, chance: random.Random) -> bytes:
    """A value of another kind somewhere in JSON, which stays JSON."""
    content = json.loads(data)
    value = chance.choice(
        (
            None,
            True,
            -1,
            10**400,
            1e308,
            float("nan"),
            "",
            "\0",
            "\ud800",
            "x" * 100_000,
            [],
            {},
            [[[]]],
            {"name": {}},
            "\n",
        )
    )
    here = content
    for _ in range(chance.randrange(1, 6)):
        inside = here if isinstance(here, list) else list(here)
        key = chance.randrange(len(inside)) if isinstance(here, list) else chance.choice(inside)
        below = here[key]
        if not isinstance(below, list | dict) or not below or chance.random() < 0.2:
            here[key] = value
            break
        here = below
    return json.dumps(content, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def write_truth(folder: Path, chance: random.Random) -> None:
    """A folder as `acseg eval` takes it, with one mutated file of ground truth in it."""
    (folder / "images").mkdir(parents=True)
    (folder / "images" / "one.png").write_bytes(encoded(np.zeros((*TRUTH_SIZE, 3), np.uint8), "PNG"))
    name, data = chance.choice(sorted(truths().items()))
    if name.endswith(".json"):
        data = other_value(data, chance) if chance.random() < 0.7 else mutated(data, chance, text=True)
    else:
        data = mutated(data, chance)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    if name == "classes.json":
        (folder / "labels").mkdir()
        (folder / "labels" / "one.png").write_bytes(truths()["labels/one.png"])


@cache
def truths() -> dict[str, bytes]:
    """Files of ground truth, by their place in the folder."""
    from scipy.io import savemat

    height, width = TRUTH_SIZE
    shapes = [
        {"size": [height, width], "counts": [20, 30, height * width - 50]},
        {"size": [height, width], "counts": "0;4n40000"},
        [[1, 1, 9, 1, 9, 8, 1.5, 8]],
        [2, 2, 8, 2, 8, 8],
    ]
    coco = {
        "images": [{"id": 7, "file_name": "one.png", "height": height, "width": width}],
        "categories": [{"id": 3, "name": "car"}, {"id": 9, "name": "sky"}],
        "annotations": [
            {"id": number, "image_id": 7, "category_id": 3, "segmentation": shape, "area": 30, "bbox": [0, 0, 5, 6]}
            for number, shape in enumerate(shapes)
            if number != 1
        ],
    }
    indices = (np.arange(height * width).reshape(height, width) // 40).astype(np.uint8)
    archive, matlab = io.BytesIO(), io.BytesIO()
    np.savez(archive, a=indices, b=indices.T.reshape(height, width))
    people = np.empty((1, 2), object)
    for person in range(2):
        people[0, person] = {"Segmentation": indices.astype(np.uint16), "Boundaries": indices > 1}
    savemat(matlab, {"groundTruth": people}, do_compression=True)
    return {
        "instances.json": json.dumps(coco).encode(),
        "labels/one.png": encoded(Image.fromarray(indices), "PNG"),
        "classes.json": json.dumps({"classes": ["a", "b", "c", "d", "e"], "void": [255]}).encode(),
        "segmentations/one.npz": archive.getvalue(),
        "segmentations/one.mat": matlab.getvalue(),
    }
