"""How a model divides a few sample images: the pictures beside a training that runs."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import BackboneConfig
from acseg_core.errors import ImageError
from acseg_core.proposals.tree import DEFAULT_GRANULARITY, threshold_of
from acseg_core.types import Progress
from acseg_training.corpus import CorpusImage
from acseg_training.dividing import dividers, reduced, regions_at, tree_of


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
    images: Sequence[CorpusImage],
    model: Path | None,
    *,
    backbone: BackboneConfig,
    granularity: float = DEFAULT_GRANULARITY,
) -> Generator[Progress, None, tuple[SamplePartition, ...]]:
    """Divide images; those that cannot be read are left out.

    Args:
        images: A few.
        model: Model file, such as `TrainingTick.interim`; None is the bundled model.
        backbone: Of the training.
        granularity: Where the trees are cut, 0 (coarse) to 1 (fine).

    Yields:
        A tick per image.

    Raises:
        ModelError: The model cannot be used.
    """
    (segmenter,) = dividers(backbone, [model])
    threshold = threshold_of(granularity)
    found = []
    for number, image in enumerate(images):
        yield Progress(number, len(images), image.path.name)
        try:
            picture = reduced(image.load())
        except ImageError:
            continue
        tree = tree_of(segmenter, picture)
        nodes = tree.tree.cut(threshold)
        found.append(SamplePartition(image, picture, regions_at(tree, nodes), len(np.unique(nodes))))
    return tuple(found)
