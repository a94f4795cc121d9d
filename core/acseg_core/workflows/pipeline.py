"""Scanning a project's image folder, relocating it, and proposing regions for its images.

Every function is a generator: each ``yield`` is a progress tick and a place to stop; what was finished by then is
committed and stays. Importing this module loads no torch.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import time
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from acseg_core.config import SegmenterConfig
from acseg_core.cpu import half_the_cores, hold_blas, when_all_end
from acseg_core.errors import ImageError, ImagesNotFoundError
from acseg_core.images.files import find_images, inspect_image, load_added
from acseg_core.images.label_maps import LABEL_MAP, LabelMaps
from acseg_core.images.left_out import OTHER_FOLDER, OTHER_KIND, is_about_pages, is_in_other_folder, pages_left_out
from acseg_core.images.pages import located, page_path, with_pages
from acseg_core.images.photos import Photo
from acseg_core.nets.features import FeatureMap
from acseg_core.proposals.segmentation import Segmentation
from acseg_core.proposals.tokens import PatchTokens, TokenCache, tokens_of
from acseg_core.proposals.tree import DEFAULT_GRANULARITY, threshold_of
from acseg_core.reports import ImageCount, ProposeReport, ScanReport
from acseg_core.store import Project, queries
from acseg_core.store.edits import ingest, runs
from acseg_core.types import ImageInfo, ImageRecord, ImageStatus, Progress, SkippedFile
from acseg_core.workflows.attention_cache import keep_attention

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter

_log = logging.getLogger(__name__)

_Decoded = Photo | ImageError
"""An image, or why it cannot be had."""

_Found: TypeAlias = "Future[tuple[Segmentation, PatchTokens]]"
_Begun: TypeAlias = "tuple[ImageRecord, _Found | ImageError]"

MISSING = "missing"
"""Problem of an image whose file is gone."""

_ADDED_AT_ONCE = 200
_COUNTED_A_TICK = 32
_LEAST_PARTITIONERS, _MOST_PARTITIONERS = 2, 8
"""Threads that find regions while the backbone computes; NumPy, SciPy and OpenCV let go of the interpreter's lock. A
chunk of images has bounded pixels, so more threads need no more memory."""

_PIXELS_AT_ONCE = 40_000_000
"""Decoded pixels that wait for the backbone together, unless one image alone has more."""


def count_images(root: Path) -> Generator[Progress, None, ImageCount]:
    """Count photos and label maps below a folder, as a scan tells them apart; no file is checked otherwise.

    Yields:
        A tick every few files.

    Raises:
        ImagesNotFoundError: The folder is missing, is not a folder, or may not be read.
    """
    listed = find_images(root)
    paths = listed.paths
    maps, found = LabelMaps(root, paths), 0
    for number, path in enumerate(paths):
        found += path in maps
        if number % _COUNTED_A_TICK == 0:
            yield Progress(number, len(paths), path)
    reasons = Counter(file.reason for file in listed.skipped)
    return ImageCount(len(paths) - found, found, reasons[OTHER_KIND], reasons[OTHER_FOLDER])


def scan_images(
    project: Project,
    *,
    label_maps: bool | None = None,
    all_folders: bool | None = None,
    all_pages: bool = False,
) -> Generator[Progress, None, ScanReport]:
    """Bring the project's list of images up to date with its folder.

    New files are added; files with the recorded size and time are taken as unchanged; files with other content keep
    their regions but are marked as changed, files that are gone as missing. A folder whose files are all back loses
    its marks. New label maps of photos (`acseg_core.images.label_maps`) are left out, and reported as skipped, and so
    are folders that hold no photos and all pages of a file but the first (`acseg_core.images.left_out`).

    Args:
        project: Open for writing.
        label_maps: Take new label maps, too, as if they were photos; if left out, where the project has some already.
        all_folders: Search all folders; if left out, where the project has images of such a folder already.
        all_pages: Take all pages of a file (`acseg_core.images.pages`), not only where the project has some already.

    Raises:
        ImagesNotFoundError: The folder is missing, or a new project's folder holds no image that can be read.
    """
    root = project.image_root
    known = ingest.known_files(project)
    if all_folders is None:
        all_folders = any(map(is_in_other_folder, known))
    found = find_images(root, all_folders=all_folders)
    paths = with_pages(root, found.paths, known=known, everywhere=all_pages)
    named = frozenset(paths)
    told = {file.path: file for file in queries.summary(project).skipped if is_about_pages(file.reason)}
    left_out = LabelMaps(root, found.paths)
    if label_maps is None:
        label_maps = any(path in left_out for path in known)
    skipped = list(found.skipped)
    problems = dict.fromkeys(known.keys() - named, MISSING)
    inspected: list[ImageInfo] = []
    added = unchanged = 0
    try:
        for number, path in enumerate(paths):
            before = known.get(path)
            try:
                if before is not None and _untouched(located(root, path)[0], before):
                    problems[path] = ""
                    unchanged += 1
                    skipped += [told[path]] if path in told and page_path(path, 2) not in named else []
                elif before is None and not label_maps and path in left_out:
                    skipped.append(SkippedFile(path, LABEL_MAP))
                else:
                    info = inspect_image(root, path, thumbnails=project.thumbnails_dir)
                    inspected.append(info)
                    skipped += _pages_not_taken(root, info, named)
                    added += before is None
                    unchanged += before is not None and before.sha256 == info.sha256
            except ImageError as error:
                if before is None:
                    skipped.append(SkippedFile(path, error.reason))
                else:
                    problems[path] = error.reason
            if len(inspected) >= _ADDED_AT_ONCE:
                ingest.add_images(project, inspected)
                inspected.clear()
            yield Progress(number + 1, len(paths), path)
    except GeneratorExit:
        ingest.add_images(project, inspected)
        raise
    ingest.add_images(project, inspected)
    ingest.replace_skipped(project, skipped)
    ingest.mark_problems(project, problems)
    if not known and not added:
        reason = f" (first: {skipped[0].path}: {skipped[0].reason})" if skipped else ""
        raise ImagesNotFoundError(f"{root}: no image in it can be read{reason}; choose a folder of photos")
    return _report(project, added=added, unchanged=unchanged, skipped=skipped)


def relocate_images(project: Project, new_root: Path) -> Generator[Progress, None, ScanReport]:
    """Tell the project that its images are now below ``new_root``.

    Every file is compared by hash with the one that was added, so that no label lands on another image; those that
    are missing or differ are marked.

    Raises:
        ImagesNotFoundError: The folder is missing, or not one of the project's images is there.
    """
    new_root = new_root.resolve()
    if not new_root.is_dir():
        raise ImagesNotFoundError(f"{new_root}: no such folder; choose the folder the images are in now")
    known = ingest.known_files(project)
    problems: dict[str, str] = {}
    unchanged = 0
    for number, (path, before) in enumerate(known.items()):
        try:
            same = inspect_image(new_root, path).sha256 == before.sha256
            problems[path] = "" if same else ingest.CHANGED
            unchanged += same
        except ImageError as error:
            problems[path] = error.reason
        yield Progress(number + 1, len(known), path)
    if known and not unchanged:
        raise ImagesNotFoundError(
            f"{new_root}: none of the project's images is there; choose the folder that holds {next(iter(known))}"
        )
    ingest.relocate(project, new_root)
    ingest.mark_problems(project, problems)
    return _report(project, added=0, unchanged=unchanged, skipped=())


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
    granularity: float = DEFAULT_GRANULARITY,
    segmenter: Segmenter | None = None,
) -> Generator[Progress, None, ProposeReport]:
    """Propose regions for images, one transaction per image and one undo step for all.

    Images that a person has worked on are kept as they are unless ``replace`` is set; images that cannot be read, or
    whose file has changed, are listed and passed over.

    Args:
        project: Open for writing.
        config: Settings; ignored but for the batch when a segmenter is given.
        image_ids: Which images; all if left out.
        only_new: Only images without proposals: goes on where an earlier run was stopped.
        replace: Propose anew even where a person has worked; undo brings the work back.
        granularity: Where the concept trees are cut, 0 (coarse) to 1 (fine).
        segmenter: One that is loaded already.

    Yields:
        One tick per image, named by its path; its regions are committed by then.

    Raises:
        ModelError: The model cannot be had, or memory runs out for a single image.
        StorageError: The disk is full; the images before are kept.
        ValueError: The granularity is outside 0..1.
    """
    threshold_of(granularity)
    started = time.perf_counter()
    wanted = _wanted(project, image_ids, only_new=only_new)
    chosen = _without_user_work(project, wanted, replace=replace)
    if not chosen:
        return ProposeReport(kept=len(wanted))
    yield Progress(0, len(chosen), "loading the model")
    segmenter = segmenter or load_segmenter(config)
    skipped: list[SkippedFile] = []
    images = regions = ticks = 0
    cache = TokenCache(project.cache_dir / "tokens", segmenter.token_identity)  # for edits of shapes, and suggestions
    run_id = runs.begin_run(project, segmenter.run_info)
    try:
        chosen = _without_user_work(project, chosen, replace=replace)  # somebody may have worked while it loaded
        kept = len(wanted) - len(chosen)
        decoded = _decoded(project, chosen, most=segmenter.backbone.batch)
        for chunk in _partitioned(segmenter, decoded, granularity=granularity):
            for record, outcome in chunk:
                if isinstance(outcome, ImageError):
                    skipped.append(SkippedFile(record.path, outcome.reason))
                    ingest.mark_problems(project, {record.path: outcome.reason})
                else:
                    segmentation, tokens = outcome.result()
                    cache.put(record.info.sha256, tokens)
                    attention = segmentation.features.cls_attention
                    if attention is not None:
                        keep_attention(project.cache_dir, record.info.sha256, attention.cpu().numpy())
                    saved = runs.save_proposals(
                        project,
                        run_id,
                        record.id,
                        segmentation.regions,
                        tree=segmentation.tree,
                        granularity=granularity,
                    )
                    images += bool(saved.image_ids)
                    kept += not saved.image_ids  # a person edited it while the run went on
                    regions += len(segmentation.regions) if saved.image_ids else 0
                ticks += 1
                yield Progress(ticks, len(chosen), record.path)
    finally:
        runs.finish_run(project, run_id)
    return ProposeReport(images, regions, kept, tuple(skipped), time.perf_counter() - started)


def _report(project: Project, *, added: int, unchanged: int, skipped: Iterable[SkippedFile]) -> ScanReport:
    problems = {record.path: record.problem for record in queries.images(project) if record.problem}
    return ScanReport(
        added=added,
        unchanged=unchanged,
        changed=tuple(path for path, problem in problems.items() if problem == ingest.CHANGED),
        missing=tuple(path for path, problem in problems.items() if problem == MISSING),
        unreadable=tuple(
            SkippedFile(path, problem) for path, problem in problems.items() if problem not in (ingest.CHANGED, MISSING)
        ),
        skipped=tuple(skipped),
    )


def _pages_not_taken(root: Path, info: ImageInfo, named: Collection[str]) -> list[SkippedFile]:
    """What is to be told of a file whose other pages are no images of the project."""
    is_file = located(root, info.path)[1] == 1
    if info.pages > 1 and is_file and page_path(info.path, 2) not in named:
        return [SkippedFile(info.path, pages_left_out(info.pages))]
    return []


def _wanted(project: Project, image_ids: Sequence[int] | None, *, only_new: bool) -> list[ImageRecord]:
    records = queries.images(project)
    if image_ids is not None:
        asked = set(image_ids)
        records = [record for record in records if record.id in asked]
    return [record for record in records if not only_new or record.status is ImageStatus.NEW]


def _without_user_work(project: Project, records: list[ImageRecord], *, replace: bool) -> list[ImageRecord]:
    if replace:
        return records
    worked_on = ingest.images_with_user_work(project)
    return [record for record in records if record.id not in worked_on]


def _decoded(
    project: Project, records: Sequence[ImageRecord], *, most: int
) -> Iterator[list[tuple[ImageRecord, _Decoded]]]:
    """Decode images a few at a time: at most ``most``, and no more pixels than fit comfortably."""
    chunk: list[tuple[ImageRecord, _Decoded]] = []
    pixels = 0
    for record in records:
        size = record.width * record.height
        if chunk and (len(chunk) >= most or pixels + size > _PIXELS_AT_ONCE):
            yield chunk
            chunk, pixels = [], 0
        try:
            chunk.append((record, load_added(project.image_root, record.info)))
        except ImageError as error:
            _log.warning("%s", error)
            chunk.append((record, error))
        pixels += size
    if chunk:
        yield chunk


def _partitioned(
    segmenter: Segmenter, chunks: Iterator[list[tuple[ImageRecord, _Decoded]]], *, granularity: float
) -> Generator[list[_Begun], None, None]:
    """Keep the backbone busy: while it computes one chunk, the next is decoded and the last one gets its regions.

    What is yielded is stored by the caller while the backbone computes the next chunk.
    """
    import scipy.linalg  # noqa: F401 - a BLAS of its own, which can be limited once it is there

    from acseg_core.nets.backbone import limit_threads

    def find_regions(image: Photo, features: FeatureMap) -> tuple[Segmentation, PatchTokens]:
        found = segmenter.partition(image.rgb, features, granularity=granularity, valid=image.valid)
        return found, tokens_of(features)

    def begin(chunk: Sequence[tuple[ImageRecord, _Decoded]], features: Iterator[FeatureMap]) -> list[_Begun]:
        return [
            (record, image)
            if isinstance(image, ImageError)
            else (record, partitioning.submit(find_regions, image, next(features)))
            for record, image in chunk
        ]

    partitioners = half_the_cores(least=_LEAST_PARTITIONERS, most=_MOST_PARTITIONERS)
    one_thread = functools.partial(limit_threads, 1)  # as in `_on_one_thread_each`, for the little that torch does here
    with (
        _threads(1, "decode") as decoding,
        _threads(1, "backbone") as computing,
        _threads(partitioners, "partition", begin=one_thread) as partitioning,
    ):
        last: list[_Begun] = []
        ahead = decoding.submit(next, chunks, None)
        while (chunk := ahead.result()) is not None:
            images = [image.rgb for _, image in chunk if not isinstance(image, ImageError)]
            computed = computing.submit(segmenter.backbone.features, images)
            ahead = decoding.submit(next, chunks, None)
            if last:
                yield last
            last = _on_one_thread_each(functools.partial(begin, chunk, iter(computed.result())))
        yield last


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
def _threads(count: int, name: str, *, begin: Callable[[], object] | None = None) -> Iterator[ThreadPoolExecutor]:
    """A pool that drops what it has not begun when it is left; each thread begins with a call."""
    pool = ThreadPoolExecutor(count, name, begin)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _untouched(path: Path, before: ImageInfo) -> bool:
    """True when size and time of the file are those recorded."""
    try:
        stat = path.stat()
    except OSError as error:
        raise ImageError(path, error.strerror or "cannot be read") from error
    return stat.st_size == before.file_size and stat.st_mtime_ns == before.mtime_ns
