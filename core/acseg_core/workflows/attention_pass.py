"""Another look at images whose attention is not known: their cache was deleted, or nobody proposed regions for them.

Nothing but the attention is computed, and nothing but the cache is written: regions stay as they are.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from acseg_core.config import SegmenterConfig
from acseg_core.errors import ImageError, ModelError
from acseg_core.images.files import load_added
from acseg_core.store import Project, queries
from acseg_core.store.edits import ingest
from acseg_core.types import ImageRecord, Progress, SkippedFile
from acseg_core.workflows.pipeline import load_segmenter
from acseg_core.workflows.salience import Salience, has_attention, keep_attention

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter


def unattended(project: Project, known: Salience) -> list[ImageRecord]:
    """Images with regions of which nobody knows whether they are in the foreground, for want of attention.

    Args:
        project: Any.
        known: Up to date (`acseg_core.workflows.salience.find_salience`).
    """
    told = set(known.region_ids.tolist())
    areas = queries.region_areas(project)
    return [
        record
        for record in queries.images(project)
        if not record.problem
        and not told.issuperset(areas.get(record.id, {}))
        and not has_attention(project.cache_dir, record.info.sha256)
    ]


def attend(
    project: Project, config: SegmenterConfig, known: Salience, *, segmenter: Segmenter | None = None
) -> Generator[Progress, None, tuple[SkippedFile, ...]]:
    """Find out and keep the attention to the images that are `unattended`.

    Args:
        project: Open for writing, as images that cannot be read are marked.
        config: Settings; ignored but for the name of the backbone when a segmenter is given.
        known: What is known so far.
        segmenter: One that is loaded already.

    Yields:
        One tick per image, named by its path; its attention is kept by then.

    Returns:
        Files that could not be read.

    Raises:
        ModelError: The model cannot be had, or has no attention to tell.
    """
    wanted, skipped = unattended(project, known), []
    if not wanted:
        return ()
    yield Progress(0, len(wanted), "loading the model")
    backbone = (segmenter or load_segmenter(config)).backbone
    step = max(1, backbone.batch)
    for start in range(0, len(wanted), step):
        images = {}
        for record in wanted[start : start + step]:
            try:
                images[record] = load_added(project.image_root, record.info).rgb
            except ImageError as error:
                skipped.append(SkippedFile(record.path, error.reason))
                ingest.mark_problems(project, {record.path: error.reason})
        done = len(wanted[: start + step]) - len(images)  # what cannot be read is done with
        for number, (record, seen) in enumerate(zip(images, backbone.features(list(images.values())), strict=True)):
            if seen.cls_attention is None:
                raise ModelError(f"{config.backbone.name}: cannot tell the foreground; choose another model")
            keep_attention(project.cache_dir, record.info.sha256, seen.cls_attention.cpu().numpy())
            yield Progress(done + number + 1, len(wanted), record.path)
    return tuple(skipped)
