"""Regions found in this process: decode, backbone and partition side by side, a few images at a time.

Importing it loads no torch.
"""

from __future__ import annotations

import collections
import contextlib
import functools
import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from acseg_core.config import SegmenterConfig
from acseg_core.cpu import hold_blas, when_all_end
from acseg_core.errors import ImageError
from acseg_core.images.files import load_added
from acseg_core.images.photos import Photo
from acseg_core.nets.halo import Seen, see
from acseg_core.store import Project
from acseg_core.types import ImageRecord, RunInfo
from acseg_core.workflows.engine import Found
from acseg_core.workflows.partitioning import Partitioned, Partitioning, workers_for

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter

_log = logging.getLogger(__name__)

Decoded = Photo | ImageError
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


class LocalEngine:
    """Finds regions in this process.

    Args:
        segmenter: The model.
        workers: Processes that find regions beside this one; if left out, as many as pay (`workers_for`).
    """

    def __init__(self, segmenter: Segmenter, *, workers: int | None = None) -> None:
        self.segmenter = segmenter
        self._workers = workers

    @property
    def run_info(self) -> RunInfo:
        """See `Engine`."""
        return self.segmenter.run_info

    @property
    def token_identity(self) -> str:
        """See `Engine`."""
        return self.segmenter.token_identity

    def find(self, project: Project, records: Sequence[ImageRecord], *, granularity: float) -> Iterator[Found]:
        """Find the regions of images, in their order; see `Engine`."""
        if not records:
            return
        workers = workers_for(self.segmenter, len(records)) if self._workers is None else self._workers
        chunks = decoded(project.image_root, records, most=self.segmenter.backbone.batch)
        for chunk in partitioned(self.segmenter, chunks, granularity=granularity, workers=workers):
            for record, outcome in chunk:
                yield record, outcome if isinstance(outcome, ImageError) else outcome.result()


def decoded(root: Path, records: Sequence[ImageRecord], *, most: int) -> Iterator[list[tuple[ImageRecord, Decoded]]]:
    """Decode images a few at a time: at most ``most``, and no more pixels than fit comfortably.

    Args:
        root: The image folder.
        records: The images.
        most: Images at a time.
    """
    chunk: list[tuple[ImageRecord, Decoded]] = []
    pixels = 0
    for record in records:
        size = _seen_pixels(record)
        if chunk and (len(chunk) >= most or pixels + size > _PIXELS_AT_ONCE):
            yield chunk
            chunk, pixels = [], 0
        try:
            chunk.append((record, load_added(root, record.info, with_halo=True)))
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


def partitioned(
    segmenter: Segmenter, chunks: Iterator[list[tuple[ImageRecord, Decoded]]], *, granularity: float, workers: int
) -> Generator[list[_Begun], None, None]:
    """Keep the backbone busy: while it computes one chunk, the next is decoded and the last one gets its regions.

    What is yielded is stored by the caller while the backbone computes the next chunk. Where there are worker
    processes, one more chunk waits for them, so that they have something to do meanwhile.
    """
    import scipy.linalg  # noqa: F401 - a BLAS of its own, which can be limited once it is there

    def begin(chunk: Sequence[tuple[ImageRecord, Decoded]], seen: Iterator[Seen]) -> list[_Begun]:
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
