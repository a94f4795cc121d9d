"""Several processes that train one model together, as `torchrun` starts them; or one that is alone.

Each takes its share of the images and of every batch, and what they find is added up; so all hold the same weights, and
these are those of one process, but for rounding. Gradients are added up by hand, not by torch's wrapper for
that: a process whose memory runs out makes its share in smaller parts, and the wrapper would count them.
"""

from __future__ import annotations

import datetime
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import torch
import torch.distributed as dist
from torch import Tensor

from acseg_core.errors import CancelledError
from acseg_core.types import Progress

Item = TypeVar("Item")
Result = TypeVar("Result")

_PATIENCE = datetime.timedelta(hours=2)
"""How long one waits for the others, which may be computing; `torchrun` ends all at once if one of them dies."""


@dataclass(frozen=True, slots=True)
class Processes:
    """The processes of a training, as one of them sees it.

    Attributes:
        rank: Of this one; the first, 0, is the only one that writes.
        count: Of all.
    """

    rank: int = 0
    count: int = 1

    @property
    def is_first(self) -> bool:
        """Whether this one writes and tells."""
        return self.rank == 0

    def share(self, items: Sequence[Item]) -> list[Item]:
        """Every ``count``-th item: this one's part of the work."""
        return list(items[self.rank :: self.count])

    def rounds(self, count: int) -> int:
        """How often all processes together have to take an item each, until so many are done."""
        return -(-count // self.count)

    def add_up(self, tensor: Tensor) -> Tensor:
        """The sum of the tensors that all processes hold, on the tensor's device; in its place."""
        if self.count == 1:
            return tensor
        if dist.get_backend() == "nccl" and not tensor.is_cuda:  # it knows no other memory
            there = tensor.cuda()
            dist.all_reduce(there)
            return tensor.copy_(there)
        dist.all_reduce(tensor)
        return tensor

    def gather(self, value: Item) -> list[Item]:
        """What each process has, in their order."""
        if self.count == 1:
            return [value]
        found: list[Any] = [None] * self.count
        dist.all_gather_object(found, value)
        return found

    def of_first(self, value: Item) -> Item:
        """What the first process has."""
        return self.gather(value)[0]


ALONE = Processes()
"""One process."""


@contextmanager
def joined_processes(device: str) -> Iterator[Processes]:
    """Meet the other processes that `torchrun` started, or be alone.

    Args:
        device: That the training runs on: "auto", "cpu", "cuda" or "mps".
    """
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        yield ALONE
        return
    on_cuda = device in ("auto", "cuda") and torch.cuda.is_available()
    if on_cuda:
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")) % torch.cuda.device_count())
    dist.init_process_group("nccl" if on_cuda else "gloo", timeout=_PATIENCE)
    try:
        yield Processes(dist.get_rank(), dist.get_world_size())
    finally:
        dist.destroy_process_group()


def run_together(
    work: Generator[Progress, None, Result], processes: Processes, on_tick: Callable[[Progress], object]
) -> Result:
    """Run work that ticks alike in all processes; a signal to any of them stops all after the same tick.

    Raises:
        CancelledError: A signal stopped it.
    """
    stop = threading.Event()
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    found: list[Result] = []
    try:
        with closing(work):
            while True:  # one that is done waits for the others, which ask it whether to go on
                asked = processes.gather((stop.is_set(), bool(found)))
                if all(done for _, done in asked):
                    return found[0]
                if any(stopped for stopped, _ in asked):
                    break
                if not found:
                    try:
                        on_tick(next(work))
                    except StopIteration as end:
                        found.append(end.value)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    raise CancelledError("stopped; what was finished is kept")
