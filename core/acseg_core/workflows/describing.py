"""Descriptors of named regions that came before the model: labels from elsewhere teach suggestions like any others.

An image that was imported with all its labels is done, and nothing is proposed in it. Its names are worth as much as
those that somebody gave to proposals, but a name can only be learned once it is known what its region looks like.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from acseg_core.proposals.tokens import PatchTokens
from acseg_core.shapes.run_lengths import cell_areas
from acseg_core.store import Project
from acseg_core.store.edits import surroundings
from acseg_core.types import DescriptorTable, ImageRecord, Progress, Rle, SkippedFile
from acseg_core.workflows.token_reader import TokenReader

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter


def undescribed(project: Project, records: Sequence[ImageRecord]) -> list[ImageRecord]:
    """Those of some images that `describe_named` has something to do in."""
    ids = surroundings.undescribed_images(project)
    return [record for record in records if record.id in ids]


def describe_named(
    project: Project, records: Sequence[ImageRecord], segmenter: Segmenter
) -> Generator[Progress, None, list[SkippedFile]]:
    """Find what named regions look like; neither pixels nor names nor statuses change, and there is nothing to undo.

    Args:
        project: Open for writing.
        records: Images, from `undescribed`.
        segmenter: Its backbone looks at images whose tokens are not in the cache.

    Yields:
        One tick per image that could be read, named by its path; its descriptors are stored by then.

    Returns:
        Images that could not be read, and why.
    """
    reader = TokenReader(project, segmenter, multi_crop=False)
    for record, _, tokens in reader.read(records, with_pixels=False):
        regions = surroundings.undescribed_regions(project, record.id)
        if regions:
            surroundings.save_descriptors(project, _described(regions, tokens))
        yield Progress(len(records) - reader.left, len(records), record.path)
    return reader.skipped


def _described(regions: dict[int, Rle], tokens: PatchTokens) -> DescriptorTable:
    """The mean token under each region, of length one."""
    vectors = np.stack([_mean(mask, tokens.description_tokens.astype(np.float32)) for mask in regions.values()])
    return DescriptorTable(np.array(list(regions), np.int64), vectors.astype(np.float16))


def _mean(mask: Rle, tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    rows, columns, dim = tokens.shape
    total = cell_areas(mask, rows, columns).ravel().astype(np.float32) @ tokens.reshape(-1, dim)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-12), np.float32)
