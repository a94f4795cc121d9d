"""A process that finds regions: the same as this one would, and never there without its program."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest
from cell_trees import texture

from acseg_core.config import CellConfig
from acseg_core.images.void_filling import without_void
from acseg_core.proposals.cell_merging import CellFeatures
from acseg_core.proposals.cell_partition import CellPartition, SeenCells
from acseg_core.proposals.segmentation import EncodedSegmentation
from acseg_core.workflows.partition_worker import PartitionWorker, WorkerLostError, can_start

CONFIG = CellConfig(count=200)
GRID = (9, 12)


@pytest.fixture
def worker() -> Generator[PartitionWorker, None, None]:
    started = PartitionWorker(CONFIG)
    yield started
    started.close()


def seen(under) -> SeenCells:
    looks = under @ np.random.default_rng(1).normal(size=(under.shape[1], 8)).astype(np.float32)
    return SeenCells(CellFeatures(looks, steps=1.1), looks)


def told(found: EncodedSegmentation) -> object:
    """All that a partition says, in parts that can be compared."""
    regions = [(each.node, each.mask, each.bbox, each.area, each.descriptor.tobytes()) for each in found.regions]
    return regions, found.tree


def found_here(image: np.ndarray, valid: np.ndarray | None = None) -> EncodedSegmentation:
    image = without_void(image, valid)
    begun = CellPartition.begin(image, CONFIG, valid=valid)
    return EncodedSegmentation.of_cut(begun.tree(seen(begun.patches_under(image, GRID)), CONFIG), 0.6)


def is_there(pid: int) -> bool:
    """Whether a process runs: one that waits for its parent to take notice does not."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    return False


def wait_until_gone(pid: int) -> None:
    deadline = time.monotonic() + 60
    while is_there(pid):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_it_finds_what_this_process_would_find(worker: PartitionWorker) -> None:
    valid = np.ones((120, 160), bool)
    valid[:30] = False
    for number, mask in enumerate((None, valid)):
        image = texture(120, 160, seed=number)
        found = worker.finish(seen(worker.begin(image, GRID, valid=mask)), 0.6)
        assert told(found) == told(found_here(image, mask))


def test_what_goes_wrong_in_it_is_raised_here_and_it_goes_on(worker: PartitionWorker) -> None:
    image = texture(120, 160)
    under = worker.begin(image, GRID)
    with pytest.raises(ValueError, match="granularity must be between 0 and 1, got 2"):
        worker.finish(seen(under), 2)
    with pytest.raises(RuntimeError, match="no image was begun"):
        worker.finish(seen(under), 0.6)
    assert told(worker.finish(seen(worker.begin(image, GRID)), 0.6)) == told(found_here(image))


def test_one_that_was_killed_is_lost(worker: PartitionWorker) -> None:
    under = worker.begin(texture(120, 160), GRID)
    os.kill(worker.pid, signal.SIGTERM)
    with pytest.raises(WorkerLostError, match=f"worker {worker.pid} is gone"):
        worker.finish(seen(under), 0.6)


def test_it_has_ended_when_it_was_closed(worker: PartitionWorker) -> None:
    worker.begin(texture(40, 50), GRID)
    worker.close()
    assert not is_there(worker.pid)


PROGRAM = """
import time
from acseg_core.config import CellConfig
from acseg_core.images.void_filling import without_void
from acseg_core.workflows.partition_worker import PartitionWorker
print(" ".join(str(PartitionWorker(CellConfig()).pid) for _ in range(2)), flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs a system that lists its processes")
def test_workers_end_when_their_program_is_killed() -> None:
    """The script that starts them has no `if __name__ == "__main__"`: nothing of it is run again."""
    program = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    with program:
        pids = [int(word) for word in program.stdout.readline().split()]
        assert len(pids) == 2
        assert all(map(is_there, pids))
        program.kill()
    for pid in pids:
        wait_until_gone(pid)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs a system that lists what a process loads")
def test_it_loads_no_torch(worker: PartitionWorker) -> None:
    worker.finish(seen(worker.begin(texture(120, 160), GRID)), 0.6)
    loaded = Path(f"/proc/{worker.pid}/maps").read_text()
    assert "numpy" in loaded
    assert "torch" not in loaded
    assert "PySide6" not in loaded


def test_a_program_that_was_packed_with_its_interpreter_starts_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert can_start()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert not can_start()
