"""Regions found by the workers of a Ray cluster, or of one started on this machine; this process alone writes them.

Images go out in small shards, a bounded number at a time, and what is found comes back in the order in which it is
ready. Whatever is lost on the way (a worker, its machine) is handed out again, in ever smaller shards, so that an image
that ends every worker is found out and passed over. Nothing is kept anywhere but in the project: a run that was stopped
or killed goes on with the images that have no proposals yet.

It is tested with Ray's own local cluster; ray is loaded at first use.
"""

from __future__ import annotations

import collections
import contextlib
import functools
import json
import logging
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from acseg_core.config import SegmenterConfig
from acseg_core.errors import EngineError, ImageError
from acseg_core.store import Project
from acseg_core.types import ImageRecord, Progress, RunInfo
from acseg_core.version import __version__
from acseg_core.workflows.engine import Found
from acseg_core.workflows.local_engine import load_segmenter
from acseg_core.workflows.ray_cluster import ClusterOptions, join_cluster, load_ray
from acseg_core.workflows.ray_worker import RayWorker, Task, WorkerFacts, packed

if TYPE_CHECKING:
    from acseg_core.proposals.segmenter import Segmenter

logger = logging.getLogger(__name__)

SHARD = 8
"""Images that are handed out together: their results come back at once, and are lost at once."""

_IN_FLIGHT = 2
"""Shards a worker has: the next is there when it has finished one."""

_MOST_TRIES = 3
"""Times that an image may end a worker before it is passed over."""

_MOST_LOSSES = 6
"""Workers lost in a row, with nothing found between them, before the cluster is given up."""

_CORES_A_WORKER = 4
"""Where nobody says how many workers there are to be."""

_START_S = 300.0
"""Seconds that the first worker has to be there with its model."""


@dataclass(frozen=True, slots=True)
class _Shard:
    """Images that go out together, and how often they did."""

    records: tuple[ImageRecord, ...]
    tries: int = 0


class RayEngine:
    """Finds regions on the workers of a cluster; to be used by `with`, and started before it is asked.

    Args:
        config: Settings, with the project's own model if it has one.
        options: Which cluster.

    Raises:
        ExtraMissingError: Ray is not installed.
    """

    def __init__(self, config: SegmenterConfig, options: ClusterOptions) -> None:
        self._ray = load_ray()
        self._config, self._options = config, options
        self._workers: dict[Any, WorkerFacts] = {}
        self._starting: dict[Any, Any] = {}
        self._flying: dict[Any, tuple[Any, _Shard]] = {}
        self._losses, self._joined, self._token_identity = 0, False, ""
        self.refused: list[str] = []
        """Workers that were not taken, and why; a line each."""

    def __enter__(self) -> Self:
        """Nothing yet: `start` shows progress."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let the workers go, and the cluster if it was started here."""
        for actor in (*self._workers, *self._starting.values()):
            with contextlib.suppress(Exception):
                self._ray.kill(actor)
        if self._joined:
            self._ray.shutdown()

    @functools.cached_property
    def segmenter(self) -> Segmenter:
        """The same model in this process; see `Engine`."""
        return load_segmenter(self._config)

    @property
    def run_info(self) -> RunInfo:
        """See `Engine`."""
        return self.segmenter.run_info

    @property
    def token_identity(self) -> str:
        """See `Engine`; of the workers, which may compute in another precision than this machine."""
        assert self._token_identity, "it has been started"
        return self._token_identity

    @property
    def workers(self) -> tuple[WorkerFacts, ...]:
        """Those that are there."""
        return tuple(self._workers.values())

    def start(self) -> Generator[Progress, None, None]:
        """Join or start the cluster, and wait until its workers have loaded the model.

        Raises:
            EngineError: There is no such cluster, or none of its workers can be used.
            ModelError: The model cannot be had here.
        """
        yield Progress(0, 0, "loading the model")
        assert self.segmenter is not None  # what the workers are compared with
        self._joined = join_cluster(self._ray, self._options.address)
        wanted = self._wanted()
        yield Progress(0, wanted, "starting workers")
        for _ in range(wanted):
            self._start_worker(wanted)
        deadline = time.monotonic() + _START_S
        while self._starting and (time.monotonic() < deadline):
            self._admit(timeout=1.0)
            yield Progress(len(self._workers), wanted, "starting workers")
        if not self._workers:
            told = self.refused[0] if self.refused else "no worker started; see that the cluster has free cores"
            raise EngineError(told)

    def find(self, project: Project, records: Sequence[ImageRecord], *, granularity: float) -> Iterator[Found]:
        """Find the regions of images, in the order in which they are ready; see `Engine`."""
        waiting = collections.deque(_shards(records))
        while waiting or self._flying:
            self._admit(timeout=0.0)
            yield from self._hand_out(project.image_root, waiting, granularity)
            if not self._flying and not self._workers and not self._starting:
                self._give_up_if_hopeless()
                self._start_worker(1)
            ready, _ = self._ray.wait([*self._flying, *self._starting], num_returns=1, timeout=1.0)
            for ref in ready:
                if ref in self._flying:
                    yield from self._taken(ref, waiting)

    def _give_up_if_hopeless(self) -> None:
        """End where one worker after the other was lost or refused.

        Raises:
            EngineError: That is so.
        """
        if self._losses >= _MOST_LOSSES:
            raise EngineError(self.refused[-1] if self.refused else "no worker can be started any more; see Ray's logs")

    def _wanted(self) -> int:
        """How many workers there are to be."""
        if self._options.workers is not None:
            return self._options.workers
        there = self._ray.cluster_resources()
        if self._options.gpus_per_worker:
            return max(1, int(there.get("GPU", 0) / self._options.gpus_per_worker))
        return max(1, int(there.get("CPU", 1)) // _CORES_A_WORKER)

    def _start_worker(self, wanted: int) -> None:
        cores = max(1, int(self._ray.cluster_resources().get("CPU", 1)) // wanted)
        remote = self._ray.remote(RayWorker).options(
            num_cpus=cores, num_gpus=self._options.gpus_per_worker, max_restarts=0
        )
        actor = remote.remote(replace(self._config, generator=None), self._model)
        self._starting[actor.facts.remote()] = actor

    @functools.cached_property
    def _model(self) -> tuple[str, bytes] | None:
        path = self._config.generator
        return None if path is None else (path.name, path.read_bytes())

    def _admit(self, *, timeout: float) -> None:
        """Take workers that have loaded the model; one that is not as it should be is let go, and named."""
        if not self._starting:
            return
        ready, _ = self._ray.wait(list(self._starting), num_returns=1, timeout=timeout)
        for ref in ready:
            actor = self._starting.pop(ref)
            try:
                facts = self._ray.get(ref)
            except self._ray.exceptions.RayError as error:
                self._refuse(f"a worker could not be started: {_cause(error)}")
                continue
            problem = self._problem_of(facts)
            if problem:
                self._refuse(problem)
                self._ray.kill(actor)
            else:
                self._workers[actor] = facts
                self._token_identity = facts.token_identity

    def _refuse(self, why: str) -> None:
        logger.warning("%s", why)
        self.refused.append(why)
        self._losses += 1

    def _problem_of(self, facts: WorkerFacts) -> str:
        """Why what a worker finds would not be what is found here, or ""."""
        where = f"{facts.host}: this worker"
        if facts.version != __version__:
            return (
                f"{where} has version {facts.version} of ACSeg Desktop, and this program is {__version__}; install the "
                "same version on both"
            )
        if _without_paths(facts.run_info) != _without_paths(self.run_info):
            return f"{where} has other weights or settings than this program; install the same weights on both"
        if self._token_identity not in ("", facts.token_identity):
            return f"{where} computes in another precision than the others; give `--device cpu`, or cards of one kind"
        return ""

    def _hand_out(
        self, root: Path, waiting: collections.deque[_Shard], granularity: float
    ) -> Iterator[tuple[ImageRecord, ImageError]]:
        """Give every worker as much as it may have; images that cannot even be sent are told."""
        for actor in list(self._workers):
            busy = sum(their is actor for their, _ in self._flying.values())
            for _ in range(_IN_FLIGHT - busy):
                if not waiting:
                    return
                shard = waiting.popleft()
                tasks, unusable = self._tasks(root, shard.records)
                yield from unusable
                sent = _Shard(tuple(record for record, _ in tasks), shard.tries)
                if sent.records:
                    ref = actor.find.remote([task for _, task in tasks], granularity)
                    self._flying[ref] = actor, sent

    def _tasks(
        self, root: Path, records: Sequence[ImageRecord]
    ) -> tuple[list[tuple[ImageRecord, Task]], list[tuple[ImageRecord, ImageError]]]:
        tasks: list[tuple[ImageRecord, Task]] = []
        unusable: list[tuple[ImageRecord, ImageError]] = []
        for record in records:
            try:
                ship = self._options.ship_images
                tasks.append((record, packed(root, record.info) if ship else Task(record.info, str(root))))
            except ImageError as error:
                unusable.append((record, error))
        return tasks, unusable

    def _taken(self, ref: Any, waiting: collections.deque[_Shard]) -> Iterator[Found]:
        """What came of a shard: results, or its images again.

        Raises:
            EngineError: Workers are lost one after the other.
            ModelError: Memory runs out for a single image.
        """
        actor, shard = self._flying[ref]
        errors = self._ray.exceptions
        try:
            outcomes = self._ray.get(ref)
        except errors.RayTaskError as error:
            raise error.as_instanceof_cause() from None
        except errors.RayError as error:
            yield from self._lost(actor, error, waiting)
            return
        del self._flying[ref]
        self._losses = 0
        for record, outcome in zip(shard.records, outcomes, strict=True):
            yield record, ImageError(Path(record.path), outcome) if isinstance(outcome, str) else outcome

    def _lost(self, actor: Any, error: Exception, waiting: collections.deque[_Shard]) -> Iterator[Found]:
        """A worker is gone: another takes its place, and what it had goes out again.

        It worked on the first shard that it had not finished, whose images go out one by one.
        """
        facts = self._workers.pop(actor)
        self._losses += 1
        why = _cause(error)
        logger.warning("worker %d on %s is lost (%s); its images go to others", facts.pid, facts.host, why)
        if self._losses >= _MOST_LOSSES:
            raise EngineError(f"{facts.host}: workers end one after the other ({why}); see Ray's logs there")
        self._start_worker(len(self._workers) + len(self._starting) + 1)
        theirs = [ref for ref, (their, _) in self._flying.items() if their is actor]
        is_found = False
        for ref in theirs:
            if not is_found and self._is_there(ref):
                yield from self._taken(ref, waiting)
                continue
            _, shard = self._flying.pop(ref)
            if is_found:
                waiting.appendleft(shard)
            else:
                yield from self._again(shard, waiting)
            is_found = True

    def _is_there(self, ref: Any) -> bool:
        """Whether a shard was finished before its worker was lost."""
        try:
            self._ray.get(ref, timeout=0)
        except self._ray.exceptions.RayTaskError:
            return True
        except self._ray.exceptions.RayError:
            return False
        return True

    def _again(self, shard: _Shard, waiting: collections.deque[_Shard]) -> Iterator[Found]:
        """Hand out the images of a shard one by one, or give one up."""
        for record in reversed(shard.records):
            if shard.tries + 1 < _MOST_TRIES:
                waiting.appendleft(_Shard((record,), shard.tries + 1))
            else:
                yield record, ImageError(Path(record.path), "every worker that looked at it ended; save it anew")


def _shards(records: Sequence[ImageRecord]) -> Iterator[_Shard]:
    for first in range(0, len(records), SHARD):
        yield _Shard(tuple(records[first : first + SHARD]))


def _without_paths(info: RunInfo) -> RunInfo:
    """Files have other places on other machines; what is in them is compared by hashes."""
    settings = json.loads(info.config_json)
    settings.pop("generator", None)
    settings.get("backbone", {}).pop("weights", None)
    return replace(info, config_json=json.dumps(settings, sort_keys=True))


def _cause(error: Exception) -> str:
    """What happened, of the many lines that Ray says: the last one of an error in a worker, else the first."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    place = -1 if any(line.startswith("Traceback") for line in lines) or "ray::" in str(error) else 0
    return lines[place][:200] if lines else type(error).__name__
