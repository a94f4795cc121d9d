"""Small real projects: a few images of 8 x 6 pixels, partitioned at random."""

import itertools
import os
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cell_trees import texture, tree_of_cells
from clustered_project import save

from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.tree import ConceptTree, threshold_of
from acseg_core.shapes import masks
from acseg_core.store import Project, create_project, open_project, queries
from acseg_core.store.edits import history, ingest, runs
from acseg_core.types import ImageInfo, RegionProposal, RunInfo

HEIGHT, WIDTH = 6, 8
RUN = RunInfo("vit", "b" * 64, "acg.safetensors", "a" * 64, '{"kmeans_steps": 5}', "0.1.0")


def random_tree(*, leaves: int, seed: int, height: int = HEIGHT, width: int = WIDTH) -> ImageTree:
    """Random merges of random leaves; the heights go evenly from fine to coarse on the scale of granularities."""
    random = np.random.default_rng(seed)
    leaf_map = random.integers(0, leaves, (height, width)).astype(np.uint8)
    leaf_map.ravel()[:leaves] = np.arange(leaves)
    alive, merges = list(range(leaves)), []
    for number in range(leaves - 1):
        first, second = random.choice(len(alive), 2, replace=False)
        merges.append((alive[first], alive[second]))
        alive = [node for node in alive if node not in merges[-1]] + [leaves + number]
    heights = np.array([threshold_of(1 - (n + 0.5) / (leaves - 1)) for n in range(leaves - 1)], np.float32)
    tree = ConceptTree(np.array(merges, np.int32).reshape(-1, 2), heights)
    return ImageTree.of(tree, leaf_map, random.normal(size=(leaves, 8)).astype(np.float16))


def random_tree_of_cells(*, seed: int, height: int = HEIGHT, width: int = WIDTH, cells: int = 12) -> ImageTree:
    """A tree in the form that proposals have now."""
    return tree_of_cells(texture(height, width, seed), count=cells, seed=seed)


class World:
    """Makes projects in one temporary folder and looks into their databases behind the store's back."""

    height, width, run = HEIGHT, WIDTH, RUN
    random_tree = staticmethod(random_tree)
    random_tree_of_cells = staticmethod(random_tree_of_cells)

    def __init__(self, root: Path) -> None:
        self.root = root
        self.images = root / "images"
        self.images.mkdir()
        self.folder = root / "project"
        self._opened: list[Project] = []

    def info(self, path: str, *, sha256: str = "0" * 64, **changes: Any) -> ImageInfo:
        values = {
            "path": path,
            "sha256": sha256,
            "file_size": 100,
            "mtime_ns": 1,
            "stored_width": WIDTH,
            "stored_height": HEIGHT,
            "width": WIDTH,
            "height": HEIGHT,
        }
        return ImageInfo(**(values | changes))

    def create(self, *, images: int = 0, regions: int = 0, folder: Path | None = None) -> Project:
        """A new project with images, each with that many regions."""
        project = self._keep(create_project(folder or self.folder, image_root=self.images))
        if images:
            ingest.add_images(project, [self.info(f"{n:03d}.jpg", sha256=f"{n:064x}") for n in range(images)])
        if regions:
            self.propose(project, queries.image_ids(project), regions=regions)
        return project

    def open(self, folder: Path | None = None, *, read_only: bool = False) -> Project:
        return self._keep(open_project(folder or self.folder, read_only=read_only))

    def propose(self, project: Project, image_ids: Sequence[int], *, regions: int = 4, seed: int = 0) -> int:
        """One finished run over some images."""
        run_id = runs.begin_run(project, RUN)
        for image_id in image_ids:
            record = queries.image(project, image_id)
            proposals = self.proposals(regions=regions, seed=seed + image_id, height=record.height, width=record.width)
            runs.save_proposals(project, run_id, image_id, proposals)
        runs.finish_run(project, run_id)
        return run_id

    def propose_tree(
        self, project: Project, image_ids: Sequence[int], *, leaves: int = 6, granularity: float = 0.5
    ) -> list[ImageTree]:
        """One finished run that stores a random tree for each image, and a cut of it."""
        run_id, trees = runs.begin_run(project, RUN), []
        for image_id in image_ids:
            record = queries.image(project, image_id)
            tree = random_tree(leaves=leaves, seed=image_id, height=record.height, width=record.width)
            regions = tree.regions(tree.tree.cut(threshold_of(granularity)))
            runs.save_proposals(project, run_id, image_id, regions, tree=tree, granularity=granularity)
            trees.append(tree)
        runs.finish_run(project, run_id)
        return trees

    def proposals(
        self, *, regions: int = 4, seed: int = 0, height: int = HEIGHT, width: int = WIDTH
    ) -> list[RegionProposal]:
        """A random partition into exactly ``regions`` masks."""
        random = np.random.default_rng(seed)
        label_map = random.integers(0, regions, (height, width), dtype=np.uint8)
        label_map.flat[:regions] = np.arange(regions)
        descriptors = random.normal(size=(regions, 8))
        descriptors /= np.linalg.norm(descriptors, axis=1, keepdims=True)
        return [
            RegionProposal(
                node=node,
                mask=mask,
                bbox=masks.bounding_box(mask),
                area=masks.area(mask),
                descriptor=descriptors[node].astype(np.float16),
            )
            for node, mask in masks.encode_label_map(label_map).items()
        ]

    def draw(self, project: Project, image_id: int, picture: str) -> dict[str, int]:
        """Propose regions of a picture like "aab aab": a letter for each pixel. Returns the letters' regions."""
        rows = np.array([list(row) for row in picture.split()])
        letters = sorted(set(rows.ravel()))
        random = np.random.default_rng(7)
        proposals = []
        for node, letter in enumerate(letters):
            mask = masks.encode(rows == letter)
            descriptor = random.normal(size=8)
            descriptor = (descriptor / np.linalg.norm(descriptor)).astype(np.float16)
            proposals.append(RegionProposal(node, mask, masks.bounding_box(mask), masks.area(mask), descriptor))
        run_id = runs.begin_run(project, RUN)
        runs.save_proposals(project, run_id, image_id, proposals)
        runs.finish_run(project, run_id)
        ids = {region.node: region.id for region in queries.regions(project, image_id)}
        return {letter: ids[node] for node, letter in enumerate(letters)}

    def picture(self, project: Project, image_id: int, names: dict[str, int]) -> str:
        """The way back from `draw`: "." for pixels of no region, "?" for those of a region without a letter."""
        record = queries.image(project, image_id)
        letters = {region_id: letter for letter, region_id in names.items()}
        rows = np.full((record.height, record.width), ".")
        for region in queries.regions(project, image_id):
            mask = masks.decode(region.mask)
            assert (rows[mask] == ".").all(), "regions overlap"
            assert region.area == mask.sum() > 0
            assert region.bbox == masks.bounding_box(region.mask)
            rows[mask] = letters.get(region.id, "?")
        return " ".join("".join(row) for row in rows)

    def assert_partition(self, project: Project, image_id: int) -> None:
        """The image's regions cover every pixel exactly once, and say so themselves."""
        record = queries.image(project, image_id)
        covered = np.zeros((record.height, record.width), np.int64)
        for region in queries.regions(project, image_id):
            mask = masks.decode(region.mask)
            assert mask.any()
            assert region.area == mask.sum()
            assert region.bbox == masks.bounding_box(region.mask)
            covered += mask
        assert (covered == 1).all()

    def rows(self, folder: Path | None = None) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of what can be undone, with every column and blob."""
        with closing(sqlite3.connect((folder or self.folder) / "project.db")) as connection:
            return {
                table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
                for table in ("image", "region", "label")
            }

    def assert_one_step(self, project: Project, before: dict[str, list[tuple[Any, ...]]], verb: str) -> None:
        """The last edit was one operation, and undo and redo are exact."""
        after = self.rows()
        assert after != before
        assert history.state(project).undo == verb
        history.undo(project)
        assert self.rows() == before
        history.redo(project)
        assert self.rows() == after

    def sql(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Run one statement on the database behind the store's back."""
        with closing(sqlite3.connect(self.folder / "project.db", isolation_level=None)) as connection:
            return connection.execute(statement, parameters).fetchall()

    def close(self) -> None:
        for project in self._opened:
            project.close()

    def _keep(self, project: Project) -> Project:
        self._opened.append(project)
        return project


@pytest.fixture
def world(tmp_path: Path):
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture
def new_world():
    """For tests that need a fresh folder for each of many examples; in memory where that is possible."""
    memory = Path("/dev/shm")
    place = memory if os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="acseg-", dir=place, ignore_cleanup_errors=True) as root:
        numbers = itertools.count()

        def make() -> World:
            folder = Path(root) / str(next(numbers))
            folder.mkdir()
            return World(folder)

        yield make


@pytest.fixture
def clustered(world):
    """Three images with four regions each, 1..12, in clusters of 5, 4, 2 and 1."""
    project = world.create(images=3, regions=4)
    changes = save(project, [[1, 2, 3, 4, 5], [6, 7, 8, 9], [10, 11], [12]])
    assert (changes.verb, changes.image_ids) == ("Cluster regions", {1, 2, 3})
    return project
