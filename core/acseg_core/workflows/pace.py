"""How long proposals take for an image on this computer, measured on one of a project before there are any."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import TYPE_CHECKING

from acseg_core.errors import ImageError
from acseg_core.images.files import load_added
from acseg_core.nets.halo import see
from acseg_core.proposals.segmentation import EncodedSegmentation
from acseg_core.proposals.tree import DEFAULT_GRANULARITY
from acseg_core.store import Project, queries
from acseg_core.types import Progress

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter

_BESIDE = 1.15
"""What a run takes beside the slower of its two halves, as they share the processor: measured for 64 photos."""

_TRIED = 5
"""Images whose file is tried before there is nothing to measure."""


def measure_pace(project: Project, segmenter: Segmenter) -> Generator[Progress, None, float | None]:
    """Time the model on the first image that can be read; nothing is saved.

    Args:
        project: With images.
        segmenter: The model, loaded: loading happens once in a run, and does not count.

    Yields:
        Ticks, as places to stop.

    Returns:
        Seconds for an image in a run of many; None where no image can be read.

    Raises:
        ModelError: Memory runs out for a single image.
    """
    for image_id in queries.image_ids(project)[:_TRIED]:
        try:
            photo = load_added(project.image_root, queries.image(project, image_id).info, with_halo=True)
            break
        except ImageError:
            yield Progress(0, 3)
    else:
        return None
    batch = [photo] * segmenter.backbone.batch
    yield Progress(0, 3)
    see(segmenter.backbone, batch[:1])  # the first run waits for what is prepared once
    yield Progress(1, 3)
    start = time.perf_counter()
    seen = see(segmenter.backbone, batch)
    looked = time.perf_counter()
    yield Progress(2, 3)
    cut = time.perf_counter()
    EncodedSegmentation.of_cut(segmenter.tree_of(seen[0]), DEFAULT_GRANULARITY)
    partitioning = time.perf_counter() - cut
    return _BESIDE * max((looked - start) / len(batch), partitioning)
