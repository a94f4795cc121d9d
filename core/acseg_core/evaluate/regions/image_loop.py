"""Loops over the images of a set: the model and the trees first, partitions and their scores later.

In between, what the methods need of an image waits in a folder, so memory does not grow with the images.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import SegmenterConfig
from acseg_core.cpu import usable_cores
from acseg_core.errors import ImageError
from acseg_core.evaluate.regions import methods
from acseg_core.evaluate.regions.methods import Method, Survey
from acseg_core.evaluate.regions.recall import MetParts, met_parts
from acseg_core.evaluate.regions.run_grid import Cell
from acseg_core.evaluate.regions.scene import FINE, Scene
from acseg_core.evaluate.regions.scores import ImageScores, Judge
from acseg_core.evaluate.truth.truth_set import Truth, TruthSet
from acseg_core.images.files import load_image
from acseg_core.nets.features import FeatureMap
from acseg_core.types import RunInfo, SkippedFile

_MOST_WORKERS = 4
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, eq=False)
class Surveyed:
    """What the first loop keeps of an image in memory.

    Attributes:
        name: Of the image.
        survey: What settings are chosen from.
        truth_counts: True regions, by each way of counting.
        met: True parts that each method's tree meets; empty where nobody asked.
    """

    name: str
    survey: Survey
    truth_counts: dict[str, float]
    met: dict[str, MetParts] = field(default_factory=dict)


class ImageLoop:
    """The loops over the images: first to survey, then to judge, with a folder in between.

    Attributes:
        segmenter: The model.
        skipped: Images that could not be read.
    """

    def __init__(
        self,
        truth: TruthSet,
        config: SegmenterConfig,
        chosen: Sequence[Method],
        cache: Path,
        *,
        seed: int,
        workers: int | None,
        paper: Path | None = None,
        recall: bool = False,
    ) -> None:
        from acseg_core.proposals.segmenter import Segmenter

        self.segmenter = Segmenter(config)
        self._paper = None if paper is None else self.segmenter.with_generator(paper, kmeans_steps=0)
        self.skipped: list[SkippedFile] = []
        self._truth = truth
        self._config = config
        self._seed = seed
        self._cache = cache
        self._methods = chosen
        self._recall = recall
        trees = {name for method in self._methods for name in (method.tree, *method.needs) if name}
        self._wanted = sorted(trees, key=lambda name: (name == FINE, name))  # FINE asks for our tree
        self._workers = workers or min(_MOST_WORKERS, usable_cores())

    @property
    def paper_info(self) -> RunInfo | None:
        """Provenance of the paper's configuration, if it is judged."""
        return None if self._paper is None else self._paper.run_info

    def survey(self, names: Sequence[str]) -> Generator[Surveyed | None, None, None]:
        """First loop; None for an image that cannot be read, which is listed as skipped."""
        return in_threads(self._survey_one, self.with_features(names), self._workers)

    def judge(
        self, found: Sequence[Surveyed], cells: Sequence[Cell]
    ) -> Generator[list[tuple[ImageScores, float]], None, None]:
        """Later loops: the scores of every cell, and the seconds it took."""
        items = [(image.name, index, cells) for index, image in enumerate(found)]
        return in_threads(self._judge_one, items, self._workers)

    def nothing_left(self) -> ImageError:
        """Why there is no image to judge."""
        first = self.skipped[0]
        return ImageError(self._truth.folder / "images" / first.path, f"{first.reason}, and no other image can be used")

    def with_features(self, names: Sequence[str]) -> Iterator[tuple[str, NDArray[np.uint8] | None, FeatureMap | None]]:
        """Images with what the backbone computes on them; both None for one that cannot be read."""
        batch = self._config.backbone.batch
        for at in range(0, len(names), batch):
            chunk = {name: self._load(name) for name in names[at : at + batch]}
            readable = {name: image for name, image in chunk.items() if image is not None}
            features = dict(zip(readable, self.segmenter.backbone.features(list(readable.values())), strict=True))
            for name, image in chunk.items():
                yield name, image, features.get(name)

    def _load(self, name: str) -> NDArray[np.uint8] | None:
        try:
            return load_image(self._truth.folder / "images" / name)
        except ImageError as error:
            self.skipped.append(SkippedFile(name, error.reason))
            return None

    def _survey_one(self, item: tuple[str, NDArray[np.uint8] | None, FeatureMap | None]) -> Surveyed | None:
        name, image, features = item
        if image is None or features is None:
            return None
        truth = self._truth.read(name, (image.shape[0], image.shape[1]))
        scene = Scene.of(image, features, self.segmenter, self._wanted, seed=self._seed, paper=self._paper)
        survey = methods.survey_scene(scene, self._methods)
        scene.save(self._place(name))
        return Surveyed(name, survey, self._truth.region_counts(truth), self._met(scene, truth))

    def _met(self, scene: Scene, truth: Truth) -> dict[str, MetParts]:
        """What each of the methods' trees meets of the truth."""
        if not self._recall:
            return {}
        walked = {method.name: method.walked(scene) for method in self._methods if method.walked is not None}
        return {name: met_parts(each.tree.merges, each.leaf_map, truth) for name, each in walked.items()}

    def _judge_one(self, item: tuple[str, int, Sequence[Cell]]) -> list[tuple[ImageScores, float]]:
        name, index, cells = item
        image = load_image(self._truth.folder / "images" / name)
        judge = Judge(self._truth.read(name, (image.shape[0], image.shape[1])), self._truth.class_count)
        scene = Scene.load(self._place(name), image, self._config.refine, seed=self._seed)
        results = []
        for cell in cells:
            label_map, seconds = methods.timed_partition(cell.method, scene, float(cell.settings[index]))
            results.append((judge.score(label_map), seconds))
        return results

    def _place(self, name: str) -> Path:
        """File of an image's scene."""
        return self._cache / f"{self._truth.images.index(name)}.npz"


def in_threads(
    work: Callable[[_Item], _Result], items: Iterable[_Item], workers: int
) -> Generator[_Result, None, None]:
    """Results in order; few items are under way at a time, and closing the iterator drops those not begun."""
    waiting: list[Future[_Result]] = []
    with ThreadPoolExecutor(workers, "evaluate") as pool:
        try:
            for item in items:
                waiting.append(pool.submit(work, item))
                if len(waiting) > 2 * workers:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
