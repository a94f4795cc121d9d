"""Two models compared on images that neither was trained on: what people see before they adopt one."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from acseg_core.errors import ImageError, ImagesNotFoundError
from acseg_core.nets.features import FeatureMap
from acseg_core.proposals.image_tree import ImageTree
from acseg_core.proposals.segmenter import Segmenter
from acseg_core.proposals.tree import DEFAULT_GRANULARITY, threshold_of
from acseg_core.store import Project, queries
from acseg_core.types import Progress
from acseg_training.accepted import accepted_masks
from acseg_training.corpus import Corpus, CorpusImage
from acseg_training.dividing import dividers, reduced, regions_at
from acseg_training.holding_out import holding_out, usual_share
from acseg_training.judging import how_well_met, steadiness
from acseg_training.settings import FEWEST_COMPARED, TrainingConfig

NOTICED = 0.005
"""By how much an image has to be better or worse to count."""

CHANCE = 0.1
"""How likely so many better ones may be by chance (sign test), at most, for a verdict."""

Outcome = Literal["better", "worse", "level", "too few"]


@dataclass(frozen=True, slots=True, eq=False)
class ComparedImage:
    """One image as two models divide it.

    Attributes:
        image: The image.
        regions_before: Regions at the default cut.
        regions_after: Likewise with the other model.
        steadiness_before: How far partitions of the image, its mirror image and a crop agree (adjusted Rand index,
            mean over several counts of regions); no labels are needed.
        steadiness_after: Likewise.
        agreement_before: Mean IoU of the accepted regions, each met by those regions of a cut that fit it best (mean
            over several counts); None where nobody accepted any.
        agreement_after: Likewise.
        map_before: (h, w) uint16, region of every pixel at the default cut; of the image made smaller, if it is large.
        map_after: Likewise.
        picture: (h, w, 3) uint8 RGB, the image at the size of the maps.
    """

    image: CorpusImage
    regions_before: int
    regions_after: int
    steadiness_before: float
    steadiness_after: float
    agreement_before: float | None
    agreement_after: float | None
    map_before: NDArray[np.uint16]
    map_after: NDArray[np.uint16]
    picture: NDArray[np.uint8]

    def gain(self, *, by_labels: bool) -> float:
        """By how much the second model is better: in what people accepted, or in steadiness."""
        if by_labels and self.agreement_before is not None and self.agreement_after is not None:
            return self.agreement_after - self.agreement_before
        return self.steadiness_after - self.steadiness_before


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison on images held out found.

    Attributes:
        images: Those that could be read.
    """

    images: tuple[ComparedImage, ...]

    @property
    def labelled(self) -> int:
        """Images in which people accepted regions."""
        return sum(image.agreement_before is not None for image in self.images)

    @property
    def by_labels(self) -> bool:
        """Whether it is judged by what people accepted, on these images; else by steadiness, on all."""
        return self.labelled >= FEWEST_COMPARED

    @property
    def gains(self) -> tuple[float, ...]:
        """By how much the second model is better, of the images that count."""
        judged = [image for image in self.images if not self.by_labels or image.agreement_before is not None]
        return tuple(image.gain(by_labels=self.by_labels) for image in judged)

    @property
    def better(self) -> int:
        """Images on which the second model is better."""
        return sum(gain > NOTICED for gain in self.gains)

    @property
    def worse(self) -> int:
        """Images on which it is worse."""
        return sum(gain < -NOTICED for gain in self.gains)

    @property
    def outcome(self) -> Outcome:
        """What follows, for whoever says it in another language."""
        if len(self.gains) < FEWEST_COMPARED:
            return "too few"
        mean = float(np.mean(self.gains))
        if mean > 0 and by_chance(self.better, self.worse) <= CHANCE:
            return "better"
        if mean < 0 and by_chance(self.worse, self.better) <= CHANCE:
            return "worse"
        return "level"

    @property
    def verdict(self) -> str:
        """What follows, as a plain sentence."""
        count = len(self.gains)
        match self.outcome:
            case "better":
                return f"Better on {self.better} of {count} images."
            case "worse":
                return f"Worse on {self.worse} of {count} images: keep the bundled model."
            case "too few":
                return f"Too few images to tell ({count})."
        return "No gain here: keep the bundled model."

    def figures(self) -> dict[str, float]:
        """Means over the images, "before_..." and "after_...", for the card of a model."""
        if not self.images:
            return {}
        found = {"better": float(self.better), "worse": float(self.worse), "compared": float(len(self.gains))}
        for side in ("before", "after"):
            for figure in ("regions", "steadiness", "agreement"):
                values = [getattr(image, f"{figure}_{side}") for image in self.images]
                known = [value for value in values if value is not None]
                if known:
                    found[f"{side}_{figure}"] = float(np.mean(known))
        return found


def by_chance(better: int, worse: int) -> float:
    """How likely so many better ones are, or more, where better and worse are equally likely."""
    count = better + worse
    return float(sum(math.comb(count, number) for number in range(better, count + 1)) / 2**count)


def compare(
    source: Project | Corpus, before: Path | None, after: Path | None, *, config: TrainingConfig
) -> Generator[Progress, None, Comparison]:
    """Compare two models on images held out.

    Args:
        source: A project, whose held-out side (by the share and seed of the settings) is taken; or the images held out.
        before: Model file; None is the bundled model.
        after: Likewise.
        config: Of the training: its backbone, and how many images are compared at most.

    Yields:
        A tick per image.

    Raises:
        ImagesNotFoundError: None of the images can be read, or the project has so few that a training holds out none.
        ModelError: A model cannot be used.
    """
    if isinstance(source, Corpus):
        corpus = source
    else:
        corpus = yield from _held_out_of(source, config)
    corpus = corpus.sample(max(1, config.compared), seed=config.seed)
    segmenters = dividers(config.backbone, [before, after])
    threshold = threshold_of(_granularity(corpus))
    compared = []
    for number, image in enumerate(corpus.images):
        yield Progress(number, len(corpus), f"comparing on {image.path.name}")
        try:
            compared.append(_compared(corpus, image, segmenters, threshold))
        except ImageError:
            continue
    if not compared:
        raise ImagesNotFoundError("none of the images held out can be read; there is nothing to compare on")
    yield Progress(len(corpus), len(corpus), "comparing")
    return Comparison(tuple(compared))


def _held_out_of(project: Project, config: TrainingConfig) -> Generator[Progress, None, Corpus]:
    """The images of a project that a training with these settings holds out.

    Raises:
        ImagesNotFoundError: There are so few images that it holds out none: the model learned from all of them.
    """
    corpus = Corpus.from_project(project)
    share = usual_share(len(corpus), config.hold_out)
    if not share:
        raise ImagesNotFoundError(
            f"{project.folder}: with {len(corpus)} images none is held out, and images that a model learned from tell "
            "nothing about it; add images"
        )
    _, held_out = yield from holding_out(corpus, share, seed=config.seed)
    return held_out


def _compared(corpus: Corpus, image: CorpusImage, segmenters: Sequence[Segmenter], threshold: float) -> ComparedImage:
    """One image, divided by both.

    Raises:
        ImageError: It cannot be read.
    """
    pixels = image.load()
    picture = reduced(pixels)
    seen = _Seen(segmenters[0])
    grow = [partial(seen.tree_by, segmenter) for segmenter in segmenters]
    trees = [grown_by(picture) for grown_by in grow]
    seed = int(image.sha256[:8] or "0", 16)
    steady = steadiness(picture, trees, grow, seed=seed)
    accepted = _accepted(corpus, image, (picture.shape[0], picture.shape[1]))
    met = [how_well_met(tree, accepted) if accepted else None for tree in trees]
    maps = [regions_at(tree, tree.tree.cut(threshold)) for tree in trees]
    counts = [_count(tree, threshold) for tree in trees]
    return ComparedImage(
        image,
        regions_before=counts[0],
        regions_after=counts[1],
        steadiness_before=steady[0],
        steadiness_after=steady[1],
        agreement_before=met[0],
        agreement_after=met[1],
        map_before=maps[0],
        map_after=maps[1],
        picture=picture,
    )


class _Seen:
    """What the backbone sees in pictures, each of which it is asked for by every model in turn."""

    def __init__(self, segmenter: Segmenter) -> None:
        self._backbone = segmenter.backbone
        self._found: dict[tuple[tuple[int, ...], bytes], FeatureMap] = {}

    def tree_by(self, segmenter: Segmenter, picture: NDArray[np.uint8]) -> ImageTree:
        """The tree of a picture, (H, W, 3) uint8 RGB, by one of the models."""
        key = picture.shape, picture[::8, ::8].tobytes()
        if key not in self._found:
            self._found[key] = self._backbone.features([picture])[0]
        return segmenter.concept_tree(picture, self._found[key])


def _count(tree: ImageTree, threshold: float) -> int:
    return len(np.unique(tree.tree.cut(threshold)))


def _granularity(corpus: Corpus) -> float:
    return DEFAULT_GRANULARITY if corpus.project is None else queries.default_granularity(corpus.project).granularity


def _accepted(corpus: Corpus, image: CorpusImage, size: tuple[int, int]) -> list[NDArray[np.bool_]]:
    """(h, w) masks of the regions that people accepted in an image; those of void labels not."""
    if corpus.project is None or image.image_id is None:
        return []
    return [mask for _, mask in accepted_masks(corpus.project, image.image_id, size)]
