"""A process of its own that finds regions: the interpreter's lock lets threads of one process hardly work side by side.

It is a Python that runs `serve` and is spoken to through its standard input and output. So nothing of the program that
starts it is run again, whatever that is, and when the program ends in whatever way, its input does, and so does the
worker. It loads no torch: what the backbone computed stays with the program, which is asked for means over cells.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import CellConfig
from acseg_core.proposals.margins import NO_MARGINS, Margins
from acseg_core.proposals.segmentation import EncodedSegmentation

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from acseg_core.proposals.cell_partition import CellPartition, SeenCells

_CODE = "from acseg_core.workflows.partition_worker import serve; serve()"

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""Variables that keep the products of a worker to its own core."""

_PIPE_BYTES = 1 << 20
"""Bytes that wait in a pipe, where that can be chosen: a picture then takes a few switches between the processes."""

_PATIENCE_S = 5.0
"""Seconds that a worker has to end once its input did."""


class WorkerLostError(Exception):
    """A worker process is gone, or does not answer as it should; what it was asked for is not done."""


class PartitionWorker:
    """The program's end of a worker; for one thread at a time.

    Args:
        config: How images are divided into cells.

    Raises:
        OSError: It cannot be started.
    """

    def __init__(self, config: CellConfig) -> None:
        paths = (path or str(Path.cwd()) for path in sys.path)
        settings = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **dict.fromkeys(_ONE_THREAD, "1")}
        self._config = config
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _CODE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=settings,
            **_apart(),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to: IO[bytes] = self._process.stdin
        self._back: IO[bytes] = self._process.stdout
        for pipe in (self._to, self._back):
            _widen(pipe)

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    def poll(self) -> int | None:
        """How it ended, None while it is there."""
        return self._process.poll()

    def begin(
        self,
        image: NDArray[np.uint8],
        grid: tuple[int, int],
        *,
        valid: NDArray[np.bool_] | None = None,
        margins: Margins = NO_MARGINS,
    ) -> csr_array:
        """Let it find the cells of an image, which it keeps; see `CellPartition`.

        Returns:
            (n, h * w) float32, sparse: weights of the patches of a grid (h, w) in each cell.

        Raises:
            WorkerLostError: It is gone.
        """
        found: csr_array = self._ask("begin", image, self._config, valid, margins, grid)
        return found

    def finish(self, seen: SeenCells, granularity: float) -> EncodedSegmentation:
        """Let it grow the tree of the image that it began last, and cut it.

        Raises:
            WorkerLostError: It is gone.
            ValueError: The granularity is outside 0..1.
        """
        found: EncodedSegmentation = self._ask("finish", seen, self._config, granularity)
        return found

    def _ask(self, *question: Any) -> Any:
        try:
            _send(self._to, question)
            fine, answer = pickle.load(self._back)
        except (OSError, EOFError, ValueError, pickle.UnpicklingError) as error:
            raise WorkerLostError(f"worker {self.pid} is gone: {str(error) or type(error).__name__}") from error
        if not fine:
            raise answer
        return answer

    def close(self) -> None:
        """End it; what it is doing is dropped."""
        with contextlib.suppress(OSError):
            self._to.close()
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._back.close()


def can_start() -> bool:
    """Whether there is a Python to run workers with; not in a program that was packed with its interpreter."""
    return bool(sys.executable) and not getattr(sys, "frozen", False)


def _apart() -> dict[str, Any]:
    """Options that keep Ctrl+C and windows of the terminal from a worker: the program decides when it ends."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"process_group": 0}  # a session of its own would get a share of the processor beside the program's


def _widen(pipe: IO[bytes]) -> None:
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _send(file: IO[bytes], content: object) -> None:
    pickle.dump(content, file, protocol=5)
    file.flush()


def serve() -> None:
    """Answer what comes on standard input until it ends: what the worker's process runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # so that whatever a library prints is no answer
    import cv2

    cv2.setNumThreads(1)
    partition: CellPartition | None = None
    while True:
        try:
            kind, *question = pickle.load(questions)
        except (EOFError, OSError, pickle.UnpicklingError):
            return
        try:
            partition, answer = _answer(partition, kind, question)
            reply = True, answer
        except Exception as error:  # the program's to deal with, as if it had happened there
            partition, reply = None, (False, _sendable(error))
        try:
            _send(answers, reply)
        except OSError:
            return


def _answer(partition: CellPartition | None, kind: str, question: list[Any]) -> tuple[CellPartition | None, object]:
    from acseg_core.proposals.cell_partition import CellPartition

    if kind == "begin":
        image, config, valid, margins, grid = question
        begun = CellPartition.begin(image, config, valid=valid, margins=margins)
        return begun, begun.patches_under(image, grid)
    if partition is None:
        raise RuntimeError("no image was begun")
    seen, config, granularity = question
    return None, EncodedSegmentation.of_cut(partition.tree(seen, config), granularity)


def _sendable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
