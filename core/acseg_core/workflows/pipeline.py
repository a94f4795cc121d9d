"""Proposing regions for a project's images: decode, backbone and partition side by side, saved image by image.

Every function is a generator: each ``yield`` is a progress tick and a place to stop; what was finished by then is
committed and stays. Importing this module loads no torch.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from acseg_core.config import SegmenterConfig
from acseg_core.errors import ImageError
from acseg_core.proposals.segmentation import EncodedSegmentation
from acseg_core.proposals.tokens import TokenCache
from acseg_core.proposals.tree import DEFAULT_GRANULARITY, threshold_of
from acseg_core.reports import ProposeReport
from acseg_core.store import Project, queries
from acseg_core.store.edits import ingest, runs, surroundings
from acseg_core.store.edits.starting_cuts import follow_default, note_use
from acseg_core.store.queries.default_granularity import default_granularity
from acseg_core.store.queries.image_list import images_by_id
from acseg_core.types import ImageRecord, ImageStatus, Progress, SkippedFile
from acseg_core.workflows.attention_cache import keep_attention
from acseg_core.workflows.calibrating import calibrate, wants_calibration
from acseg_core.workflows.describing import describe_named, undescribed
from acseg_core.workflows.engine import Engine
from acseg_core.workflows.local_engine import LocalEngine, load_segmenter
from acseg_core.workflows.models import with_own_model

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter


def propose(
    project: Project,
    config: SegmenterConfig,
    *,
    image_ids: Sequence[int] | None = None,
    only_new: bool = False,
    replace: bool = False,
    fill: bool = True,
    granularity: float | None = None,
    segmenter: Segmenter | None = None,
    workers: int | None = None,
    engine: Engine | None = None,
) -> Generator[Progress, None, ProposeReport]:
    """Propose regions for images, one transaction per image and one undo step for all.

    Images whose proposals a person has worked on are kept as they are unless ``replace`` is set; those that somebody
    labelled before there were proposals get them around this work. Images that cannot be read, or whose file has
    changed, are listed and passed over.

    Without a granularity, trees are cut at the project's default one. A project that has none of its own yet is
    calibrated at the end, on the trees that were found, and images that nobody has touched follow; that is part of the
    same undo step.

    At the end, named regions that came from elsewhere are described, in images that are done, too: nothing of them
    changes, but suggestions learn from their names.

    Args:
        project: Open for writing.
        config: Settings; ignored but for the batch when a segmenter is given.
        image_ids: Which images; all if left out.
        only_new: Only images without proposals: goes on where an earlier run was stopped.
        replace: Propose anew even where a person has worked; undo brings the work back.
        fill: Propose around the work in images that have no proposals.
        granularity: Where the concept trees are cut, 0 (coarse) to 1 (fine); the project's default if left out.
        segmenter: One that is loaded already.
        workers: Processes that find regions beside this one; if left out, as many as pay (`workers_for`). What is found
            is the same whatever their number.
        engine: What finds the regions, instead of a segmenter in this process; with the same settings.

    Yields:
        One tick per image, named by its path; its regions are committed by then. Images that are only described
            come last, with counts of their own; before them, those that follow a calibration.

    Raises:
        ModelError: The model cannot be had, or memory runs out for a single image.
        StorageError: The disk is full; the images before are kept.
        ValueError: The granularity is outside 0..1.
    """
    follows = granularity is None and config.method == "tree"  # ACSeg's own count is that of its concepts
    cut = default_granularity(project).granularity if follows else granularity
    cut = DEFAULT_GRANULARITY if cut is None else cut
    threshold_of(cut)
    started = time.perf_counter()
    rooms = surroundings.images_with_room(project) if fill and not replace else set()
    asked = _asked(project, image_ids)
    wanted = [record for record in asked if not only_new or record.status is ImageStatus.NEW or record.id in rooms]
    chosen = _without_user_work(project, wanted, replace=replace, but=rooms)
    if not chosen and not undescribed(project, asked):
        return ProposeReport(kept=len(wanted), done=_done(wanted))
    yield Progress(0, len(chosen), "loading the model")
    engine = engine or LocalEngine(segmenter or load_segmenter(with_own_model(project, config)), workers=workers)
    run_id = runs.begin_run(project, engine.run_info)
    try:
        if follows:
            note_use(project, cut)
        rooms &= surroundings.images_with_room(project) if rooms else set()
        chosen = _without_user_work(project, chosen, replace=replace, but=rooms)  # somebody may have worked meanwhile
        there = images_by_id(project, [record.id for record in chosen])  # or removed images
        chosen = [record for record in chosen if record.id in there]
        kept = len(wanted) - len(chosen)
        done = _done(wanted) - _done(chosen)
        made = yield from propose_each(project, engine, run_id, chosen, rooms=rooms, granularity=cut)
        regions = made.regions
        if follows and made.images and wants_calibration(project):
            regions += yield from _calibrate(project)
    finally:
        runs.finish_run(project, run_id)
    skipped = made.skipped
    if nameless := undescribed(project, asked):
        skipped += yield from describe_named(project, nameless, engine.segmenter)
    seconds = time.perf_counter() - started
    kept += made.kept
    return ProposeReport(made.images, regions, kept, tuple(skipped), seconds, done=done, filled=made.filled)


@dataclass(slots=True)
class Proposed:
    """What came of going through images.

    Attributes:
        images: That were proposed.
        regions: In them.
        filled: Images among them with work that the proposals went around.
        kept: Images that a person edited meanwhile.
        skipped: Files that cannot be used.
    """

    images: int = 0
    regions: int = 0
    filled: int = 0
    kept: int = 0
    skipped: list[SkippedFile] = field(default_factory=list)


def propose_each(
    project: Project,
    engine: Engine,
    run_id: int,
    chosen: Sequence[ImageRecord],
    *,
    granularity: float,
    rooms: Collection[int] = (),
    own: Mapping[int, float] = MappingProxyType({}),
) -> Generator[Progress, None, Proposed]:
    """Propose regions for these images as part of a run, one transaction each.

    Args:
        project: Open for writing.
        engine: What finds the regions.
        run_id: From `runs.begin_run`.
        chosen: The images.
        granularity: Where the concept trees are cut.
        rooms: Images whose work is gone around.
        own: Granularities of images that somebody cut otherwise.

    Yields:
        One tick per image, named by its path; its regions are committed by then.
    """
    made = Proposed()
    cache = TokenCache(project.cache_dir / "tokens", engine.token_identity)  # for edits of shapes, and suggestions
    found = engine.find(project, chosen, granularity=granularity)
    for ticks, (record, outcome) in enumerate(found, start=1):
        if isinstance(outcome, ImageError):
            made.skipped.append(SkippedFile(record.path, outcome.reason))
            ingest.mark_problems(project, {record.path: outcome.reason})
        else:
            cache.put(record.info.shown_as, outcome.tokens)
            if outcome.attention is not None:
                keep_attention(project.cache_dir, record.info.shown_as, outcome.attention)
            cut = own.get(record.id, granularity)
            partition = _cut_at(outcome.found, cut, but=granularity)
            around = record.id in rooms
            saved, count = _save(project, run_id, record.id, partition, around=around, granularity=cut)
            made.images += saved
            made.filled += saved and around
            made.kept += not saved  # a person edited it while the run went on
            made.regions += count
        yield Progress(ticks, len(chosen), record.path)
    return made


def _cut_at(found: EncodedSegmentation, granularity: float, *, but: float) -> EncodedSegmentation:
    """The same tree cut elsewhere, unless that is where it was cut."""
    if granularity == but:
        return found
    tree = found.tree.parts.read()
    return EncodedSegmentation(tree.regions(tree.tree.cut(threshold_of(granularity))), found.tree)


def _calibrate(project: Project) -> Generator[Progress, None, int]:
    """Calibrate the project, and let images follow; returns how many more regions there are than before."""
    calibrate(project)
    before = queries.summary(project).regions
    changes = yield from follow_default(project)
    return queries.summary(project).regions - before if changes.verb else 0


def _save(
    project: Project, run_id: int, image_id: int, found: EncodedSegmentation, *, around: bool, granularity: float
) -> tuple[bool, int]:
    """Store what was found in an image: whether that was possible, and how many regions were made."""
    if around:
        count, changes = surroundings.save_around(
            project, run_id, image_id, found.tree.parts.read(), granularity=granularity
        )
        return bool(changes.image_ids), count
    changes = runs.save_proposals(project, run_id, image_id, found.regions, tree=found.tree, granularity=granularity)
    saved = bool(changes.image_ids)
    return saved, len(found.regions) if saved else 0


def _done(records: Sequence[ImageRecord]) -> int:
    return sum(record.status is ImageStatus.DONE for record in records)


def _asked(project: Project, image_ids: Sequence[int] | None) -> list[ImageRecord]:
    records = queries.images(project)
    if image_ids is None:
        return records
    asked = set(image_ids)
    return [record for record in records if record.id in asked]


def _without_user_work(
    project: Project, records: list[ImageRecord], *, replace: bool, but: Collection[int]
) -> list[ImageRecord]:
    """Images that nobody has worked on, and some others."""
    if replace:
        return records
    kept = ingest.images_with_user_work(project) - set(but)
    return [record for record in records if record.id not in kept]
