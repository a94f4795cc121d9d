"""A tiny labelled set in all three forms: blocks of colour on a plain ground, and what they are."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tiny_model import tiny_config

from acseg_core.config import CellConfig, SegmenterConfig, TreeConfig

HEIGHT, WIDTH, IMAGES = 60, 90, 4


def blocks(number: int) -> list[tuple[int, slice, slice]]:
    """Class (1 or 2), rows and columns of the blocks of an image: one to three."""
    places = [(slice(5, 25), slice(5, 40)), (slice(30, 55), slice(50, 85)), (slice(35, 55), slice(5, 30))]
    return [(1 + index % 2, *places[index]) for index in range(1 + number % 3)]


def class_map(number: int) -> np.ndarray:
    classes = np.zeros((HEIGHT, WIDTH), np.uint8)
    for label, rows, columns in blocks(number):
        classes[rows, columns] = label
    return classes


def photo(number: int) -> np.ndarray:
    """Its colours are those of the classes, with some noise."""
    colours = np.array([[90, 120, 90], [220, 40, 30], [30, 60, 230]])[class_map(number)]
    noise = np.random.default_rng(number).normal(0, 12, colours.shape)
    return np.clip(colours + noise, 0, 255).astype(np.uint8)


def _photos(folder: Path) -> list[str]:
    (folder / "images").mkdir(parents=True)
    names = [f"photo{number}.png" for number in range(IMAGES)]
    for number, name in enumerate(names):
        Image.fromarray(photo(number)).save(folder / "images" / name)
    return names


def write_coco(folder: Path) -> Path:
    names = _photos(folder)
    annotations = []
    for number in range(IMAGES):
        for label, rows, columns in blocks(number):
            left, right, top, bottom = columns.start, columns.stop, rows.start, rows.stop
            ring = [left, top, right, top, right, bottom, left, bottom]
            annotations.append(
                {"id": len(annotations) + 1, "image_id": number, "category_id": label * 10, "segmentation": [ring]}
            )
    images = [{"id": number, "file_name": name, "width": WIDTH, "height": HEIGHT} for number, name in enumerate(names)]
    categories = [{"id": 10, "name": "red"}, {"id": 20, "name": "blue"}]
    content = {"images": images, "annotations": annotations, "categories": categories}
    (folder / "instances.json").write_text(json.dumps(content))
    return folder


def write_png(folder: Path) -> Path:
    names = _photos(folder)
    (folder / "labels").mkdir()
    for number, name in enumerate(names):
        Image.fromarray(class_map(number)).save(folder / "labels" / name)
    (folder / "classes.json").write_text('{"classes": ["ground", "red", "blue"], "void": 3}')
    return folder


def write_bsds(folder: Path) -> Path:
    names = _photos(folder)
    (folder / "segmentations").mkdir()
    for number, name in enumerate(names):
        fine = np.zeros((HEIGHT, WIDTH), np.uint16)
        for index, (_, rows, columns) in enumerate(blocks(number)):
            fine[rows, columns] = index + 1
        coarse = (fine > 0).astype(np.uint16)
        np.savez(folder / "segmentations" / f"{Path(name).stem}.npz", fine + 1, coarse + 1)
    return folder


WRITERS = {"coco": write_coco, "png": write_png, "bsds": write_bsds}


@pytest.fixture
def labelled_set(tmp_path: Path) -> Callable[[str], Path]:
    """Writes the set in a form, and returns its folder."""
    return lambda kind: WRITERS[kind](tmp_path / kind)


@pytest.fixture(scope="session")
def tiny_segmenter(tmp_path_factory: pytest.TempPathFactory) -> SegmenterConfig:
    """Settings of a segmenter that takes milliseconds per image, of few leaves."""
    config = tiny_config(tmp_path_factory.mktemp("tiny"))
    return replace(config, tree=TreeConfig(leaves=12), cells=CellConfig(count=24))


@pytest.fixture(scope="session")
def true_classes() -> Callable[[int], np.ndarray]:
    """Class map of an image of the set, by its number."""
    return class_map
