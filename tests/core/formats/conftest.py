"""A small project whose masks are known pixel by pixel."""

import hashlib
import shutil
from pathlib import Path

import hard_project
import numpy as np
import pytest

from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, open_project, queries
from acseg_core.store.edits import ingest, review, runs
from acseg_core.store.edits.label_list import delete_label
from acseg_core.store.edits.labels import create_label
from acseg_core.types import ImageInfo, RegionProposal, RunInfo

LABEL_MAPS = {
    "a photo.jpg": ["000001111", "003301111", "003301111", "000001111", "222222222"],  # 0 has a hole, 1 and 3 have none
    "empty.jpg": [],
    "sub/b.png": ["0011", "0122", "2200"],
    "sub/ü10.png": ["0"],
}
RUN = RunInfo(
    backbone="b", backbone_sha256="0" * 64, generator="g", generator_sha256="1" * 64, config_json="{}", version="0"
)


def label_map(path: str) -> np.ndarray:
    return np.array([[int(digit) for digit in row] for row in LABEL_MAPS[path]], np.uint8)


def info(path: str, *, height: int, width: int) -> ImageInfo:
    return ImageInfo(
        path=path,
        sha256=hashlib.sha256(path.encode()).hexdigest(),
        file_size=9,
        mtime_ns=9,
        stored_width=width,
        stored_height=height,
        width=width,
        height=height,
    )


def proposals(labels: np.ndarray) -> list[RegionProposal]:
    return [
        RegionProposal(
            node=node,
            mask=rle,
            bbox=masks.bounding_box(rle),
            area=masks.area(rle),
            descriptor=np.eye(1, 8, node % 8, dtype=np.float16)[0],
        )
        for node, rle in masks.encode_label_map(labels).items()
    ]


def propose(project: Project, path: str, labels: np.ndarray) -> None:
    run_id = runs.begin_run(project, RUN)
    record = queries.image_by_path(project, path)
    assert record is not None
    runs.save_proposals(project, run_id, record.id, proposals(labels))
    runs.finish_run(project, run_id)


def region_id(project: Project, path: str, node: int) -> int:
    record = queries.image_by_path(project, path)
    assert record is not None
    return next(region.id for region in queries.regions(project, record.id) if region.node == node)


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    root: Path = tmp_path_factory.mktemp("template")
    (root / "images").mkdir()
    with create_project(root / "project", image_root=root / "images", name="Golden") as project:
        shapes = {path: label_map(path).shape if rows else (5, 7) for path, rows in LABEL_MAPS.items()}
        ingest.add_images(project, [info(path, height=h, width=w) for path, (h, w) in shapes.items()])
        for path, rows in LABEL_MAPS.items():
            if rows:
                propose(project, path, label_map(path))
        sky, _ = create_label(project, "Sky", supercategory="stuff", is_thing=False)
        tree, _ = create_label(project, "tree", is_thing=True)
        create_label(project, "unused")
        review.name_regions(project, [region_id(project, "a photo.jpg", 0), region_id(project, "sub/b.png", 1)], sky.id)
        review.name_regions(project, [region_id(project, "a photo.jpg", 3)], tree.id)
        review.reject_regions(project, [region_id(project, "a photo.jpg", 2)])
    return root


@pytest.fixture
def project(template: Path, tmp_path: Path):
    """Four images, one without regions; labels "Sky" (twice), "tree", "unused"; one region rejected, six unnamed."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    with open_project(tmp_path / "project") as project:
        yield project


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """Many images, each with the same 64 regions."""
    root = tmp_path_factory.mktemp("crowded")
    (root / "images").mkdir()
    with create_project(root / "project", image_root=root / "images") as project:
        paths = [f"{number:04}.jpg" for number in range(80)]
        ingest.add_images(project, [info(path, height=64, width=64) for path in paths])
        blocks = np.arange(64, dtype=np.uint8).reshape(8, 8).repeat(8, axis=0).repeat(8, axis=1)
        regions = proposals(blocks)
        run_id = runs.begin_run(project, RUN)
        for image_id in queries.image_ids(project):
            runs.save_proposals(project, run_id, image_id, regions)
        runs.finish_run(project, run_id)
        yield project


@pytest.fixture
def street() -> np.ndarray:
    """0 is sky in two parts, 1 cars in three parts, one of them touching in a corner only, and dirt; 2 is the rest."""
    label_map = np.full((200, 300), 2, np.uint8)
    label_map[:40, :120] = label_map[:40, 150:] = 0
    label_map[60:100, 20:90] = 1
    label_map[70:80, 30:40] = 2  # a window
    label_map[120:160, 100:160] = 1
    label_map[160:180, 160:200] = 1  # joined across a corner
    label_map[110:150, 240:300] = 1
    label_map[105:110, 260:264] = 1  # an aerial
    label_map[102:104, 20:24] = 1  # 8 pixels of dirt
    return label_map


@pytest.fixture
def streets(tmp_path, street):
    """A project of that image; sky and cars are named."""
    root = tmp_path / "street photos"
    root.mkdir()
    with create_project(tmp_path / "street", image_root=root) as project:
        ingest.add_images(project, [info("a.jpg", height=200, width=300)])
        propose(project, "a.jpg", street)
        sky, _ = create_label(project, "sky", is_thing=False)
        car, _ = create_label(project, "car")
        for node, label in enumerate((sky, car)):
            review.name_regions(project, [region_id(project, "a.jpg", node)], label.id)
        yield project


@pytest.fixture(scope="session")
def hard_folder(tmp_path_factory) -> Path:
    """The hard project on disk; not to be changed."""
    return hard_project.make_hard_project(tmp_path_factory.mktemp("hard"))


@pytest.fixture
def hard(hard_folder):
    """The hard project, open to be read."""
    with open_project(hard_folder, read_only=True) as project:
        yield project


@pytest.fixture(scope="session")
def few_folder(hard_folder, tmp_path_factory) -> Path:
    """The hard project with its first 31 labels only; not to be changed."""
    folder = tmp_path_factory.mktemp("few")
    shutil.copytree(hard_folder.parent, folder, symlinks=True, dirs_exist_ok=True)
    with open_project(folder / "project") as project:
        for label in queries.labels(project)[31:]:
            delete_label(project, label.id)
    return folder / "project"


@pytest.fixture
def few(few_folder):
    """The hard project with few labels, open to be read."""
    with open_project(few_folder, read_only=True) as project:
        yield project


@pytest.fixture
def tiles(tmp_path):
    """A project of one image with three hundred regions of one label, two by two pixels each."""
    (tmp_path / "photos").mkdir()
    with create_project(tmp_path / "tiles", image_root=tmp_path / "photos") as project:
        ingest.add_images(project, [info("a.jpg", height=30, width=40)])
        tiles = np.arange(300, dtype=np.uint16).reshape(15, 20).repeat(2, axis=0).repeat(2, axis=1)
        propose(project, "a.jpg", tiles)
        label, _ = create_label(project, "car")
        review.name_regions(project, [region_id(project, "a.jpg", node) for node in range(300)], label.id)
        yield project
