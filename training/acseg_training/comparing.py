"""Two models compared on images that neither was trained on: what people see before they adopt one."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from acseg_core.store import Project
from acseg_core.types import Progress
from acseg_training.corpus import Corpus, CorpusImage
from acseg_training.settings import TrainingConfig


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

    @property
    def gain(self) -> float:
        """By how much the second model is better: in what people accepted, where there is any, else in steadiness."""
        if self.agreement_before is not None and self.agreement_after is not None:
            return self.agreement_after - self.agreement_before
        return self.steadiness_after - self.steadiness_before


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a comparison on images held out found.

    Attributes:
        images: Those that could be read.
        labelled: On how many of them it is judged by what people accepted.
    """

    images: tuple[ComparedImage, ...]

    @property
    def better(self) -> int:
        """Images on which the second model is better."""
        raise NotImplementedError

    @property
    def worse(self) -> int:
        """Images on which it is worse."""
        raise NotImplementedError

    @property
    def labelled(self) -> int:
        """Images that are judged by what people accepted in them."""
        raise NotImplementedError

    @property
    def outcome(self) -> Literal["better", "worse", "level", "too few"]:
        """What follows, for whoever says it in another language."""
        raise NotImplementedError

    @property
    def verdict(self) -> str:
        """What follows, as a plain sentence."""
        raise NotImplementedError

    def figures(self) -> dict[str, float]:
        """Means over the images, "before_..." and "after_...", for the card of a model."""
        raise NotImplementedError


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
        ImagesNotFoundError: None of the images can be read.
        ModelError: A model cannot be used.
    """
    raise NotImplementedError
    yield Progress(0, 0)
