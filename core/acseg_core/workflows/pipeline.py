"""Proposing regions for a project's images: decode, backbone and partition side by side, saved image by image.

Every function is a generator: each ``yield`` is a progress tick and a place to stop; what was finished by then is
committed and stays. Importing this module loads no torch.
"""

from __future__ import annotations

import collections
import contextlib
import functools
import logging
import time
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from acseg_core.config import SegmenterConfig
from acseg_core.cpu import hold_blas, when_all_end
from acseg_core.errors import ImageError
from acseg_core.images.files import load_added
from acseg_core.images.photos import Photo
from acseg_core.nets.halo import Seen, see
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
from acseg_core.workflows.models import with_own_model
from acseg_core.workflows.partitioning import Partitioned, Partitioning, workers_for

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter

_log = logging.getLogger(__name__)

_Decoded = Photo | ImageError
"""An image, or why it cannot be had."""

_Begun: TypeAlias = "tuple[ImageRecord, Future[Partitioned] | ImageError]"

_PIXELS_AT_ONCE = 40_000_000
"""Decoded pixels that wait for the backbone together, unless one image alone has more."""


def load_segmenter(config: SegmenterConfig) -> Segmenter:
    """Load backbone and generator; slow the first time, as it imports torch.

    Raises:
        ModelError: One of them cannot be had.
    """
    from acseg_core.proposals.segmenter import Segmenter

    return Segmenter(config)


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
    segmenter = segmenter or load_segmenter(with_own_model(project, config))
    run_id = runs.begin_run(project, segmenter.run_info)
    try:
        if follows:
            note_use(project, cut)
        rooms &= surroundings.images_with_room(project) if rooms else set()
        chosen = _without_user_work(project, chosen, replace=replace, but=rooms)  # somebody may have worked meanwhile
        there = images_by_id(project, [record.id for record in chosen])  # or removed images
        chosen = [record for record in chosen if record.id in there]
        kept = len(wanted) - len(chosen)
        done = _done(wanted) - _done(chosen)
        made = yield from propose_each(
            project, segmenter, run_id, chosen, rooms=rooms, granularity=cut, workers=workers
        )
        regions = made.regions
        if follows and made.images and wants_calibration(project):
            regions += yield from _calibrate(project)
    finally:
        runs.finish_run(project, run_id)
    skipped = made.skipped + (yield from describe_named(project, undescribed(project, asked), segmenter))
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
    segmenter: Segmenter,
    run_id: int,
    chosen: Sequence[ImageRecord],
    *,
    granularity: float,
    rooms: Collection[int] = (),
    own: Mapping[int, float] = MappingProxyType({}),
    workers: int | None = None,
) -> Generator[Progress, None, Proposed]:
    """Propose regions for these images as part of a run, one transaction each.

    Args:
        project: Open for writing.
        segmenter: The model.
        run_id: From `runs.begin_run`.
        chosen: The images.
        granularity: Where the concept trees are cut.
        rooms: Images whose work is gone around.
        own: Granularities of images that somebody cut otherwise.
        workers: See `propose`.

    Yields:
        One tick per image, named by its path; its regions are committed by then.
    """
    made = Proposed()
    cache = TokenCache(project.cache_dir / "tokens", segmenter.token_identity)  # for edits of shapes, and suggestions
    decoded = _decoded(project, chosen, most=segmenter.backbone.batch)
    workers = workers_for(segmenter, len(chosen)) if workers is None else workers
    ticks = 0
    for chunk in _partitioned(segmenter, decoded, granularity=granularity, workers=workers) if chosen else ():
        for record, outcome in chunk:
            if isinstance(outcome, ImageError):
                made.skipped.append(SkippedFile(record.path, outcome.reason))
                ingest.mark_problems(project, {record.path: outcome.reason})
            else:
                partitioned = outcome.result()
                cache.put(record.info.shown_as, partitioned.tokens)
                if partitioned.attention is not None:
                    keep_attention(project.cache_dir, record.info.shown_as, partitioned.attention)
                found = _cut_at(partitioned.found, own.get(record.id, granularity), but=granularity)
                around = record.id in rooms
                cut = own.get(record.id, granularity)
                saved, count = _save(project, run_id, record.id, found, around=around, granularity=cut)
                made.images += saved
                made.filled += saved and around
                made.kept += not saved  # a person edited it while the run went on
                made.regions += count
            ticks += 1
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


def _decoded(
    project: Project, records: Sequence[ImageRecord], *, most: int
) -> Iterator[list[tuple[ImageRecord, _Decoded]]]:
    """Decode images a few at a time: at most ``most``, and no more pixels than fit comfortably."""
    chunk: list[tuple[ImageRecord, _Decoded]] = []
    pixels = 0
    for record in records:
        size = _seen_pixels(record)
        if chunk and (len(chunk) >= most or pixels + size > _PIXELS_AT_ONCE):
            yield chunk
            chunk, pixels = [], 0
        try:
            chunk.append((record, load_added(project.image_root, record.info, with_halo=True)))
        except ImageError as error:
            _log.warning("%s", error)
            chunk.append((record, error))
        pixels += size
    if chunk:
        yield chunk


def _seen_pixels(record: ImageRecord) -> int:
    """Pixels that are decoded for an image: of a tile, those around it, too."""
    around = 0 if record.info.tile is None else 2 * record.info.tile.halo
    return (record.width + around) * (record.height + around)


def _partitioned(
    segmenter: Segmenter, chunks: Iterator[list[tuple[ImageRecord, _Decoded]]], *, granularity: float, workers: int
) -> Generator[list[_Begun], None, None]:
    """Keep the backbone busy: while it computes one chunk, the next is decoded and the last one gets its regions.

    What is yielded is stored by the caller while the backbone computes the next chunk. Where there are worker
    processes, one more chunk waits for them, so that they have something to do meanwhile.
    """
    import scipy.linalg  # noqa: F401 - a BLAS of its own, which can be limited once it is there

    def begin(chunk: Sequence[tuple[ImageRecord, _Decoded]], seen: Iterator[Seen]) -> list[_Begun]:
        return [
            (record, image) if isinstance(image, ImageError) else (record, partitioning.submit(next(seen)))
            for record, image in chunk
        ]

    most_begun = 2 if workers else 1
    with (
        _threads(1, "decode") as decoding,
        _threads(1, "backbone") as computing,
        Partitioning(segmenter, granularity=granularity, workers=workers) as partitioning,
    ):
        begun: collections.deque[list[_Begun]] = collections.deque()
        ahead = decoding.submit(next, chunks, None)
        while (chunk := ahead.result()) is not None:
            images = [image for _, image in chunk if not isinstance(image, ImageError)]
            computed = computing.submit(see, segmenter.backbone, images)
            ahead = decoding.submit(next, chunks, None)
            if len(begun) == most_begun:
                yield begun.popleft()
            begun.append(_on_one_thread_each(functools.partial(begin, chunk, iter(computed.result()))))
        yield from begun


def _on_one_thread_each(begin: Callable[[], list[_Begun]]) -> list[_Begun]:
    """Begin to find a chunk's regions, with NumPy's products on one thread each until all of them are found.

    More would wait, spinning, for the cores that the backbone uses. It is no matter of who takes the results, or when.
    """
    let_go = hold_blas()
    begun: list[_Begun] = []
    try:
        begun += begin()
    finally:
        when_all_end([found for _, found in begun if isinstance(found, Future)], let_go)
    return begun


@contextlib.contextmanager
def _threads(count: int, name: str) -> Iterator[ThreadPoolExecutor]:
    """A pool that drops what it has not begun when it is left."""
    pool = ThreadPoolExecutor(count, name)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
