"""Choose the weights by which cells are merged, from what people accepted in a few images.

A few settings are tried, each of which moves one weight. What an image's cells are and what the backbone sees in them
is found once; then a tree is grown with each setting, cut at several numbers of regions, and each cut is judged by the
best that naming its regions could do: the mean IoU with the accepted labels. A setting is taken if it is better than
the usual one by `LEAST_GAIN` on average, and on so many more images than it is worse that chance is unlikely. Without
labels nothing tells which setting a set of images wants (docs/research/projection.md).
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import BackboneConfig, CellConfig, TreeConfig
from acseg_core.errors import ImageError
from acseg_core.evaluate.metrics import ClassCounts, contingency, mean_iou, oracle_confusion
from acseg_core.nets.backbone import Backbone
from acseg_core.nets.features import FeatureMap
from acseg_core.proposals.cell_describer import CellDescriber
from acseg_core.proposals.cell_partition import CellPartition
from acseg_core.proposals.projection import Projection
from acseg_core.types import Progress, SkippedFile
from acseg_training.accepted import Accepted
from acseg_training.comparing import CHANCE, NOTICED, by_chance
from acseg_training.corpus import Corpus, sampled
from acseg_training.dividing import reduced
from acseg_training.judging import MET_COUNTS
from acseg_training.settings import TrainingConfig

CANDIDATES: tuple[Mapping[str, float], ...] = (
    {},
    {"colour": 0.035},
    {"colour": 0.14},
    {"colour": 0.28},
    {"size_exponent": 0.4},
    {"size_exponent": 0.65},
    {"surroundings": 0.0},
    {"saliency": 0.6},
)
"""Fields of `CellConfig` that are tried, the usual ones first: those that research chose from, and no others."""

LEAST_GAIN = 0.005
"""By how much the mean over the images has to be better: smaller differences are chance."""

Picture = NDArray[np.uint8]


@dataclass(slots=True)
class MergeTrial:
    """How well each candidate does, image by image.

    Attributes:
        places: Of the images in the corpus, fixed when the trial began.
        scores: A row for each image that was tried, with a value for each candidate; an empty one where an image tells
            nothing.
        skipped: Images that could not be read, and why.
    """

    places: tuple[int, ...]
    scores: list[list[float]] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether all images were tried."""
        return len(self.scores) >= len(self.places)

    @property
    def gains(self) -> NDArray[np.float64]:
        """(images, candidates) by how much each candidate is better than the usual weights."""
        known = [row for row in self.scores if row]
        values = np.array(known, np.float64).reshape(len(known), len(CANDIDATES))
        return values - values[:, :1]

    def best_so_far(self) -> dict[str, float]:
        """The mean gain of the best candidate, for a curve; nothing while there is none."""
        gains = self.gains
        return {"merges": float(gains.mean(axis=0).max())} if len(gains) else {}


@dataclass(frozen=True, slots=True)
class ChosenMerges:
    """The candidate that is best on the accepted images, and whether it is worth taking.

    Attributes:
        weights: Of the merges: fields of `CellConfig`; empty where none is better than the usual ones.
        images: That it was chosen by.
        before: Mean IoU over these images with the usual weights; NaN without images.
        after: With those that were taken.
        better: Images on which the taken ones are better.
        worse: Images on which they are worse.
    """

    weights: Mapping[str, float]
    images: int
    before: float
    after: float
    better: int = 0
    worse: int = 0

    @property
    def told(self) -> str:
        """The same in words."""
        count = f"{self.images} accepted image{'' if self.images == 1 else 's'}"
        if not self.weights:
            return f"no other weights of merges are better on {count}"
        named = ", ".join(f"{name} {value:g}" for name, value in self.weights.items())
        return f"weights of merges: {named}, better on {self.better} and worse on {self.worse} of {count}"

    def figures(self) -> dict[str, float]:
        """For the card of a model; the weights, too, where they were taken."""
        if not self.images:
            return {}
        found = {"merges_images": self.images, "merges_better": self.better, "merges_worse": self.worse}
        means = {"before_merges": self.before, "after_merges": self.after}
        return {**found, **means, **{f"merges_{name}": float(value) for name, value in self.weights.items()}}


def places_to_weigh(corpus: Corpus, accepted: Accepted | None, config: TrainingConfig) -> tuple[int, ...]:
    """Places of the images that weights of merges are chosen by; none where there are too few of them."""
    if accepted is None or not config.trains("merges"):
        return ()
    places = tuple(sampled(accepted.places(corpus), config.weighed, config.seed))
    return places if len(places) >= config.fewest_accepted else ()


def chosen_from(trial: MergeTrial, *, fewest: int) -> ChosenMerges:
    """The best candidate, if it is better by enough and on enough images.

    Args:
        trial: Of some images.
        fewest: Images, at least: fewer tell nothing.
    """
    gains = trial.gains
    if not len(gains):
        return ChosenMerges({}, 0, float("nan"), float("nan"))
    before = float(np.mean([row[0] for row in trial.scores if row]))
    usual = ChosenMerges({}, len(gains), before, before)
    means = gains.mean(axis=0)
    for number in np.argsort(-means, kind="stable"):
        better, worse = int((gains[:, number] > NOTICED).sum()), int((gains[:, number] < -NOTICED).sum())
        if means[number] < LEAST_GAIN or len(gains) < fewest:
            break
        if by_chance(better, worse) <= CHANCE:
            taken = before + float(means[number])
            return replace(usual, weights=CANDIDATES[number], after=taken, better=better, worse=worse)
    return usual


def try_merges(
    corpus: Corpus, accepted: Accepted, trial: MergeTrial, describer: CellDescriber, backbone: Backbone
) -> Generator[Progress, None, None]:
    """Try all candidates on those images of a trial that were not tried yet.

    Args:
        corpus: Whose places the trial speaks of.
        accepted: What people accepted in its images.
        trial: Gains a row for each image.
        describer: With the projection that the model is going to have.
        backbone: The frozen backbone.

    Yields:
        A tick before each image; what the trial holds then is whole.
    """
    for number in range(len(trial.scores), len(trial.places)):
        image = corpus.images[trial.places[number]]
        yield Progress(number, len(trial.places), f"merges: {image.path.name}")
        try:
            picture = reduced(image.load())
        except ImageError as error:
            trial.skipped.append(SkippedFile(str(image.path), error.reason))
            trial.scores.append([])
            continue
        classes = accepted.classes(image, (picture.shape[0], picture.shape[1]))
        if classes is None:
            trial.scores.append([])
        else:
            trial.scores.append(scores_of(picture, classes, backbone.features([picture])[0], describer))
    yield Progress(len(trial.places), len(trial.places), "merges")


def scores_of(
    picture: Picture,
    classes: NDArray[np.int32],
    features: FeatureMap,
    describer: CellDescriber,
    *,
    candidates: Sequence[Mapping[str, float]] = CANDIDATES,
) -> list[float]:
    """How well each candidate does on one image.

    Args:
        picture: (H, W, 3) uint8 RGB.
        classes: (H, W) int32, -1 where nothing is known; some is.
        features: What the backbone computed on the picture.
        describer: How that becomes descriptions of cells.
        candidates: Fields of `CellConfig`.

    Returns:
        Of each the mean IoU over the classes of the image, mean over several numbers of regions.
    """
    usual = CellConfig()
    begun = CellPartition.begin(picture, usual)
    seen = describer.seen_in(features, begun.patches_under(picture, features.grid))
    table: NDArray[np.int64] | None = None
    found = []
    for each in candidates:
        tree = begun.tree(seen, replace(usual, **each))  # type: ignore[arg-type]  # none of them is a whole number
        if table is None:  # the leaves are the same in all trees
            table = contingency(tree.leaf_map, classes)
        found.append(float(np.mean([_oracle_iou(table, tree.tree.cut_to(count)) for count in MET_COUNTS])))
    return found


def _oracle_iou(table: NDArray[np.int64], nodes: NDArray[np.int32]) -> float:
    """Mean IoU of a cut, each of whose regions has the class that most of it is of.

    Args:
        table: (n, C) pixels of each class in each leaf.
        nodes: (n,) node of the cut that each leaf is of.
    """
    region = np.unique(nodes, return_inverse=True)[1]
    by_region = np.zeros((int(region.max()) + 1, table.shape[1]), np.int64)
    np.add.at(by_region, region, table)
    return mean_iou(ClassCounts.of(oracle_confusion(by_region, table.shape[1])))


def describer_of(config: BackboneConfig, projection: Projection | None) -> CellDescriber:
    """How trees of cells see what a backbone computed, with a projection or without one."""
    return CellDescriber(TreeConfig(), projection, config.input_size)
