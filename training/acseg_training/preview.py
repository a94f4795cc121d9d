"""How a model divides a few sample images: the pictures beside a training that runs."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import BackboneConfig
from acseg_core.types import Progress
from acseg_training.corpus import CorpusImage


@dataclass(frozen=True, slots=True, eq=False)
class SamplePartition:
    """How a model divides an image.

    Attributes:
        image: The image.
        picture: (h, w, 3) uint8 RGB, made smaller if it is large.
        regions: (h, w) uint16, region of every pixel.
        count: Regions.
    """

    image: CorpusImage
    picture: NDArray[np.uint8]
    regions: NDArray[np.uint16]
    count: int


def sample_partitions(
    images: Sequence[CorpusImage], model: Path | None, *, backbone: BackboneConfig
) -> Generator[Progress, None, tuple[SamplePartition, ...]]:
    """Divide images at the default cut; those that cannot be read are left out.

    Args:
        images: A few.
        model: Model file, such as `TrainingTick.interim`; None is the bundled model.
        backbone: Of the training.

    Yields:
        A tick per image.

    Raises:
        ModelError: The model cannot be used.
    """
    raise NotImplementedError
    yield Progress(0, 0)
