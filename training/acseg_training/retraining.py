"""The protocol `acseg eval retrain`: is a model of one half of a labelled set better on the other half?

For each seed the set is parted in two by content, near-duplicates on one side. A model is trained on one side without
its labels; then it and the bundled model divide the images of the other, on the same backbone pass, and both are judged
by the ground truth at equal numbers of regions. Beside that stands what the comparison without labels says, so that one
sees whether it can be trusted. Some images of the side that is trained on may count as accepted, with their true
classes: then the weights of merges are chosen by them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import ImageError, ImagesNotFoundError
from acseg_core.evaluate.regions.equal_counts import common_height
from acseg_core.evaluate.regions.protocol import spread
from acseg_core.evaluate.regions.scores import Judge, Scores, Totals
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.evaluate.truth.truth_set import TruthKind, TruthSet
from acseg_core.output.atomic_write import write_aside
from acseg_core.output.kept_arrays import named_arrays, needed
from acseg_core.proposals.segmenter import Segmenter
from acseg_core.proposals.tree import DEFAULT_THRESHOLD, ConceptTree
from acseg_core.types import Progress, RunInfo, SkippedFile
from acseg_training.accepted import Accepted
from acseg_training.comparing import Comparison, compare
from acseg_training.corpus import Corpus, CorpusImage
from acseg_training.dividing import dividers
from acseg_training.holding_out import holding_out
from acseg_training.progress import TrainingTick
from acseg_training.settings import PRESETS, TrainingConfig
from acseg_training.training import TrainingReport, train

FORMAT = 1
"""Version of the JSON file."""

DEFAULT = "default"
"""Name of the default cut among the numbers of regions."""

_SIDES = ("before", "after")


@dataclass(frozen=True, slots=True)
class RetrainConfig:
    """What is compared.

    Attributes:
        truth: Form of the ground truth.
        limit: Images, at most, spread evenly over the set; None takes all.
        counts: Mean numbers of regions at which the models are judged; the default cut is added.
        seeds: Ways to part the set, each with a training of its own.
        seed: The first one.
        training: Settings; what it holds out is half of the images.
        accepted: Images, of those trained on, that count as accepted with their true classes.

    Raises:
        ValueError: A number is out of range.
    """

    truth: TruthKind = TruthKind.AUTO
    limit: int | None = None
    counts: tuple[int, ...] = (4, 8, 16, 32)
    seeds: int = 3
    seed: int = 0
    training: TrainingConfig = field(default_factory=lambda: PRESETS["quick"])
    accepted: int = 0

    def __post_init__(self) -> None:
        if not self.counts or min(self.counts) < 1 or len(set(self.counts)) < len(self.counts):
            raise ValueError("counts must be different numbers from 1 on")
        if self.seeds < 1 or (self.limit is not None and self.limit < 2):
            raise ValueError("there must be 1 seed and 2 images or more")
        if self.accepted and not self.training.fewest_accepted <= self.accepted <= self.training.weighed:
            least, most = self.training.fewest_accepted, self.training.weighed
            raise ValueError(f"accepted must be 0, or from {least} to {most}, got {self.accepted}")

    def of_seed(self, number: int) -> TrainingConfig:
        """Settings of one training: however few images there are, a projection is fitted to them."""
        return replace(self.training, seed=self.seed + number, hold_out=0.5, fewest=1, compared=0)


@dataclass(frozen=True, slots=True)
class RetrainRow:
    """One way to part the set.

    Attributes:
        seed: Of the parts and the training.
        trained: Images trained on.
        judged: Images judged.
        seconds: The training took.
        before: Scores of the bundled model, by the number of regions or "default".
        after: Of the model that was trained.
        outcome: What the comparison without labels says: "better", "worse", "level" or "too few".
        figures: Of that comparison.
        merges: Weights that were taken by accepted images: fields of `CellConfig`.
        merges_told: The same in words; "" where nothing was accepted.
    """

    seed: int
    trained: int
    judged: int
    seconds: float
    before: Mapping[str, Scores]
    after: Mapping[str, Scores]
    outcome: str
    figures: Mapping[str, float]
    merges: Mapping[str, float] = field(default_factory=dict)
    merges_told: str = ""

    def gain(self, target: str) -> float:
        """By how much the trained model is better at a number of regions: in mIoU, or in covering without classes."""
        return quality(self.after[target]) - quality(self.before[target])


@dataclass(frozen=True, slots=True)
class RetrainReport:
    """Outcome of `evaluate_retraining`. The fields are the keys of the JSON file, which scripts read.

    Attributes:
        folder: The set.
        kind: Form of its ground truth.
        images: Those that were parted.
        skipped: Those that were not, and why.
        counts: Numbers of regions; the default cut comes last in the rows.
        accepted: Images of each training, at most, that counted as accepted.
        rows: One for each seed.
        run: Provenance of the last model that was trained.
        settings: Of the training.
        seconds: The whole run took.
    """

    folder: str
    kind: str
    images: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    counts: tuple[int, ...]
    accepted: int
    rows: tuple[RetrainRow, ...]
    run: RunInfo
    settings: Mapping[str, object]
    seconds: float

    @property
    def targets(self) -> tuple[str, ...]:
        """Names of the numbers of regions, the default cut last."""
        return (*map(str, self.counts), DEFAULT)

    @property
    def mean_gain(self) -> float:
        """Mean over seeds and numbers of regions, without the default cut, where the numbers of regions differ."""
        return float(np.mean([row.gain(str(count)) for row in self.rows for count in self.counts]))

    def to_json(self) -> str:
        """Everything, as indented JSON."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False, allow_nan=False)


def quality(scores: Scores) -> float:
    """Mean IoU, or segmentation covering where there are no classes; 0 where all is void."""
    found = scores.miou if scores.miou is not None else scores.covering
    return 0.0 if found is None else found


def evaluate_retraining(folder: Path, config: RetrainConfig | None = None) -> Generator[Progress, None, RetrainReport]:
    """Train on halves of a labelled set, and judge on the other halves; closing the generator cancels.

    Args:
        folder: Holds ``images/`` and the ground truth; see `open_truth`.
        config: What is compared; the defaults if left out.

    Yields:
        Ticks of the trainings, and one for each image that is judged.

    Raises:
        TruthError: The ground truth is missing, broken, or does not fit its images.
        ImagesNotFoundError: There are too few images, or all of them look alike.
        ModelError: The backbone cannot be had, or the bundled model does not fit it.
    """
    config = config or RetrainConfig()
    start = time.perf_counter()
    truth = open_truth(folder, config.truth)
    names = spread(truth.images, config.limit)
    if len(names) < 2:
        raise ImagesNotFoundError(f"{folder}: one image cannot be parted into two halves; add images with ground truth")
    whole = Corpus(tuple(CorpusImage.of_file((folder / "images" / name).resolve()) for name in names))
    skipped: dict[str, SkippedFile] = {}
    rows = []
    with TemporaryDirectory(prefix="acseg-eval-") as scratch:
        for number in range(config.seeds):
            half = _Half(truth, config, Path(scratch), number)
            row, run = yield from half.judged(whole, skipped)
            rows.append(row)
    return RetrainReport(
        folder=str(folder),
        kind=truth.kind,
        images=names,
        skipped=(*truth.skipped, *skipped.values()),
        counts=config.counts,
        accepted=config.accepted,
        rows=tuple(rows),
        run=run,
        settings=config.of_seed(0).note(),
        seconds=time.perf_counter() - start,
    )


class _Half:
    """One way to part the set: a training, and its judgement."""

    def __init__(self, truth: TruthSet, config: RetrainConfig, scratch: Path, number: int) -> None:
        self._truth, self._config, self._scratch = truth, config, scratch
        self._settings = config.of_seed(number)
        self._model = scratch / f"{number}.safetensors"

    def judged(
        self, whole: Corpus, skipped: dict[str, SkippedFile]
    ) -> Generator[Progress, None, tuple[RetrainRow, RunInfo]]:
        """Train on one side, and judge on the other; with the provenance of the model."""
        trained_on, judged_on = yield from holding_out(whole, 0.5, seed=self._settings.seed)
        report = yield from self._trained(trained_on)
        skipped.update({each.path: each for each in report.skipped})
        comparison = yield from self._compared(judged_on)
        segmenters = dividers(self._settings.backbone, [None, self._model])
        heights = yield from self._grown(judged_on, segmenters, skipped)
        before, after = yield from self._scored(judged_on, heights)
        row = RetrainRow(
            seed=self._settings.seed,
            trained=len(trained_on) - len(report.skipped),
            judged=len(heights),
            seconds=report.card.seconds,
            before=before,
            after=after,
            outcome=comparison.outcome,
            figures=comparison.figures(),
            merges=report.merges.weights if report.merges else {},
            merges_told=self._told(report),
        )
        return row, segmenters[1].run_info

    def _trained(self, images: Corpus) -> Generator[Progress, None, TrainingReport]:
        chosen = images.sample(self._config.accepted, seed=self._settings.seed) if self._config.accepted else None
        accepted = None if chosen is None else AcceptedTruth(self._truth, frozenset(chosen.paths))
        cache = self._scratch / "features"
        work = train(images, self._model, self._settings, cache=cache, name="retrained", accepted=accepted)
        report = yield from _without_details(work)
        return report

    def _told(self, report: TrainingReport) -> str:
        if report.merges is not None:
            return report.merges.told
        few = f"fewer than {self._settings.fewest_accepted} images to choose weights of merges by"
        return few if self._config.accepted else ""

    def _compared(self, images: Corpus) -> Generator[Progress, None, Comparison]:
        settings = replace(self._settings, compared=len(images))
        comparison = yield from compare(images, None, self._model, config=settings)
        return comparison

    def _grown(
        self, images: Corpus, segmenters: Sequence[Segmenter], skipped: dict[str, SkippedFile]
    ) -> Generator[Progress, None, dict[str, list[NDArray[np.float32]]]]:
        """Heights of the trees of every image by each model; the trees themselves wait in the scratch folder."""
        heights: dict[str, list[NDArray[np.float32]]] = {}
        for number, image in enumerate(images.images):
            yield Progress(number, len(images), f"dividing {image.path.name}")
            try:
                pixels = image.load()
            except ImageError as error:
                skipped[str(image.path)] = SkippedFile(str(image.path), error.reason)
                continue
            features = segmenters[0].backbone.features([pixels])[0]
            trees = [segmenter.concept_tree(pixels, features) for segmenter in segmenters]
            arrays: dict[str, NDArray[np.generic]] = {}
            for side, tree in zip(_SIDES, trees, strict=True):
                arrays[f"{side}/merges"], arrays[f"{side}/heights"] = tree.tree.merges, tree.tree.heights
                arrays[f"{side}/leaves"] = tree.leaf_map
            with write_aside(self._place(image), durable=False) as file:
                np.savez(file, **arrays)  # type: ignore[arg-type]  # NumPy's stub takes the names for its own options
            heights[image.path.as_posix()] = [tree.tree.heights for tree in trees]
        if not heights:
            raise ImagesNotFoundError("none of the images held out can be read; there is nothing to judge by")
        return heights

    def _scored(
        self, images: Corpus, heights: Mapping[str, Sequence[NDArray[np.float32]]]
    ) -> Generator[Progress, None, list[dict[str, Scores]]]:
        """Scores of both models, by the number of regions."""
        cuts = [self._cuts([each[side] for each in heights.values()]) for side in range(len(_SIDES))]
        totals = [{target: Totals() for target in cut} for cut in cuts]
        known = [image for image in images.images if image.path.as_posix() in heights]
        for number, image in enumerate(known):
            yield Progress(number, len(known), f"judging {image.path.name}")
            with needed(self._place(image), remedy="run the evaluation again"):
                arrays = named_arrays(self._place(image))
            leaves = [arrays[f"{side}/leaves"] for side in _SIDES]
            judge = Judge(self._truth.read(_name_in(self._truth, image), leaves[0].shape), self._truth.class_count)
            for side, leaf_map, cut, total in zip(_SIDES, leaves, cuts, totals, strict=True):
                tree = ConceptTree(arrays[f"{side}/merges"], arrays[f"{side}/heights"])
                for target, height in cut.items():
                    numbers = np.unique(tree.cut(height), return_inverse=True)[1]
                    total[target].add(judge.score(numbers[leaf_map]), 0.0)
        return [{target: each.scores() for target, each in total.items()} for total in totals]

    def _cuts(self, heights: Sequence[NDArray[np.float32]]) -> dict[str, float]:
        """For each number of regions the height at which all trees of one model are cut."""
        cuts = {str(count): common_height(heights, count) for count in self._config.counts}
        return {**cuts, DEFAULT: DEFAULT_THRESHOLD}

    def _place(self, image: CorpusImage) -> Path:
        """Where the trees of an image wait."""
        return self._scratch / f"{image.shown_as}.npz"


class AcceptedTruth(Accepted):
    """Images that count as accepted, with the true classes; where a set has none, with the regions of one annotator."""

    def __init__(self, truth: TruthSet, paths: frozenset[Path]) -> None:
        self._truth, self._paths = truth, paths

    def places(self, corpus: Corpus) -> tuple[int, ...]:
        """Places of these images."""
        return tuple(place for place, image in enumerate(corpus.images) if image.path in self._paths)

    def classes(self, image: CorpusImage, size: tuple[int, int]) -> NDArray[np.int32] | None:
        """The truth, at another size if the image was made smaller; None where it is all void."""
        pixels = image.load()
        truth = self._truth.read(_name_in(self._truth, image), (pixels.shape[0], pixels.shape[1]))
        found = truth.regions[0] if truth.classes is None else truth.classes
        if found.shape != size:
            found = cv2.resize(found, (size[1], size[0]), interpolation=cv2.INTER_NEAREST)
        return np.asarray(found, np.int32) if int(found.max()) >= 0 else None


def _name_in(truth: TruthSet, image: CorpusImage) -> str:
    """What a set calls one of its images."""
    return image.path.relative_to((truth.folder / "images").resolve()).as_posix()


def _without_details(
    work: Generator[TrainingTick, None, TrainingReport],
) -> Generator[Progress, None, TrainingReport]:
    """A training, told like any long work."""
    while True:
        try:
            tick = next(work)
        except StopIteration as end:
            report: TrainingReport = end.value
            return report
        yield Progress(tick.done, tick.total, tick.message)


def mean_and_spread(values: Iterable[float]) -> tuple[float, float]:
    """Mean and standard deviation."""
    found = np.array(list(values))
    return float(found.mean()), float(found.std())
