"""Finding the regions of images beside the backbone: on threads, which may have a worker process each.

Importing it loads no torch.
"""

from __future__ import annotations

import collections
import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from acseg_core.cpu import half_the_cores, usable_cores
from acseg_core.nets.halo import Seen
from acseg_core.proposals.margins import margins_of
from acseg_core.proposals.segmentation import EncodedSegmentation
from acseg_core.proposals.tokens import PatchTokens, tokens_of
from acseg_core.workflows.partition_worker import PartitionWorker, WorkerLostError, can_start

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter

_log = logging.getLogger(__name__)

_LEAST_THREADS, _MOST_THREADS = 2, 8
"""Threads that find regions while the backbone computes. A chunk of images has bounded pixels, so more threads need no
more memory."""

_MOST_WORKERS = 8
"""Worker processes, at most: one thread saves what they find, and would be behind."""

_LEAST_IMAGES = 24
"""Images for which workers are started: they take a second each to be there."""

_CORES_A_WORKER = 8
"""Cores for each worker where the backbone computes on the processor: it needs eight times what all else does."""


def workers_for(segmenter: Segmenter, images: int) -> int:
    """Worker processes that pay for so many images: 0 where threads are as fast, or where there can be none.

    Where the backbone computes on the processor it needs most of all cores, and workers only where there are so many
    that the threads' share of them is more than one. Elsewhere all else decides how long an image takes.
    """
    from_cells = segmenter.config.method == "tree" and segmenter.config.tree.fine == "cells"
    if not from_cells or images < _LEAST_IMAGES or not can_start():
        return 0
    on_cpu = segmenter.backbone.device.type == "cpu"
    cores = usable_cores()
    found = cores // _CORES_A_WORKER if on_cpu else cores
    return min(_MOST_WORKERS, found) if found > 1 else 0


@dataclass(frozen=True, slots=True, eq=False)
class Partitioned:
    """What is stored of an image.

    Attributes:
        found: Its regions and tree.
        tokens: For the cache.
        attention: (h, w) float32, of the CLS token, or None.
    """

    found: EncodedSegmentation
    tokens: PatchTokens
    attention: NDArray[np.float32] | None


class Partitioning:
    """Threads that find regions, each with a worker process if there are to be any; to be used by `with`.

    A thread whose worker is lost finds the regions itself from then on, that image's too.

    Args:
        segmenter: The model.
        granularity: Where trees are cut.
        workers: Worker processes; without any it is half the cores' number of threads.
    """

    def __init__(self, segmenter: Segmenter, *, granularity: float, workers: int) -> None:
        self._segmenter, self._granularity = segmenter, granularity
        self._mine = threading.local()
        self._started: list[PartitionWorker] = []
        self._free: collections.deque[PartitionWorker] = collections.deque()
        self._start(workers)
        threads = len(self._started) or half_the_cores(least=_LEAST_THREADS, most=_MOST_THREADS)
        self._pool = ThreadPoolExecutor(threads, "partition", self._begin_thread)

    @property
    def workers(self) -> list[int]:
        """Numbers of the processes that were started."""
        return [worker.pid for worker in self._started]

    def submit(self, seen: Seen) -> Future[Partitioned]:
        """Find the regions of an image when there is a thread for it."""
        return self._pool.submit(self._partition, seen)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Drop what has not begun, and wait for the rest."""
        self._pool.shutdown(cancel_futures=True)
        for worker in self._started:
            worker.close()

    def _start(self, workers: int) -> None:
        for _ in range(workers):
            try:
                self._started.append(PartitionWorker(self._segmenter.config.cells))
            except OSError as error:
                _log.warning("no worker process can be started, going on without: %s", error)
                break
        self._free.extend(self._started)

    def _begin_thread(self) -> None:
        from acseg_core.nets.backbone import limit_threads

        limit_threads(1)  # for the little that torch does here
        self._mine.worker = self._free.popleft() if self._free else None

    def _partition(self, seen: Seen) -> Partitioned:
        own = seen.own
        attention = own.cls_attention
        return Partitioned(
            self._by_worker(seen) or self._here(seen),
            tokens_of(own),
            None if attention is None else attention.cpu().numpy(),
        )

    def _by_worker(self, seen: Seen) -> EncodedSegmentation | None:
        """None where there is none, or none any more."""
        worker: PartitionWorker | None = self._mine.worker
        if worker is None:
            return None
        try:
            view = seen.view
            under = worker.begin(view.pixels, view.grid, valid=view.valid, margins=margins_of(view))
            return worker.finish(self._segmenter.seen_in(seen.features, under), self._granularity)
        except WorkerLostError as error:
            _log.warning("%s; its images are found without it", error)
            self._mine.worker = None
            return None

    def _here(self, seen: Seen) -> EncodedSegmentation:
        return EncodedSegmentation.of_cut(self._segmenter.tree_of(seen), self._granularity)
