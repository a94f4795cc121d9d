"""Several processes train the model of one, and stop together; a single one needs none of it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from safetensors import safe_open
from tiny_model import TINY_BACKBONE, tiny_weights

from acseg_core.errors import CancelledError
from acseg_core.proposals.model_card import read_model
from acseg_core.types import Progress
from acseg_training.__main__ import main
from acseg_training.processes import ALONE, Processes, joined_processes, run_together


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_one_alone_has_all_the_work_and_waits_for_nobody() -> None:
    with joined_processes("cpu") as processes:
        assert processes == ALONE
    assert ALONE.share([1, 2, 3]) == [1, 2, 3]
    assert ALONE.gather("a") == ["a"]
    tensor = torch.ones(2)
    assert ALONE.add_up(tensor) is tensor


def test_shares_are_all_of_the_work_and_none_twice() -> None:
    shares = [Processes(rank, 3).share(range(8)) for rank in range(3)]
    assert sorted(number for share in shares for number in share) == list(range(8))
    assert Processes(0, 3).rounds(8) == 3 == max(map(len, shares))


def test_a_signal_ends_the_work_after_the_tick() -> None:
    closed = []

    def work():  # type: ignore[no-untyped-def]
        try:
            for number in range(5):
                yield Progress(number, 5)
            return "done"
        finally:
            closed.append(number)

    ticks: list[int] = []

    def on_tick(tick: Progress) -> None:
        ticks.append(tick.done)
        if tick.done == 2 and stopping:
            signal.raise_signal(signal.SIGTERM)

    stopping = False
    before = signal.getsignal(signal.SIGTERM)
    assert run_together(work(), ALONE, on_tick) == "done"
    stopping = True
    ticks.clear()
    with pytest.raises(CancelledError):
        run_together(work(), ALONE, on_tick)
    assert ticks == [0, 1, 2]
    assert closed == [4, 2]
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.timeout(1800)
def test_two_processes_train_the_model_of_one(tmp_path: Path) -> None:
    """`torchrun`, as a person starts it: 21 images, which two cannot share evenly."""
    photos = tmp_path / "photos"
    photos.mkdir()
    random = np.random.default_rng(0)
    for number in range(21):
        image = np.zeros((40, 48, 3), np.uint8)
        image[:, : 4 + 2 * number] = random.integers(0, 256, 3)
        cv2.imwrite(str(photos / f"{number}.png"), image)
    shared = [str(photos), "--steps", "30", "--views", "1", "--prototypes", "3", "--hold-out", "0", "--device", "cpu"]
    shared += ["--backbone", TINY_BACKBONE, "--weights", str(tiny_weights(tmp_path)), "--input-size", "64"]
    one, two = tmp_path / "one.safetensors", tmp_path / "two.safetensors"
    launcher = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2"]
    launcher += ["--master-addr", "127.0.0.1", "--master-port", str(free_port()), "-m", "acseg_training"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    command = [*launcher, *shared, "--cache", str(tmp_path / "c2"), "--out", str(two)]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("generator trained in 30 steps") == 1, "only the first one tells"
    assert main([*shared, "--cache", str(tmp_path / "c1"), "--out", str(one)]) == 0
    assert sorted(path.name for path in (tmp_path / "c1").glob("*.npy")) == sorted(
        path.name for path in (tmp_path / "c2").glob("*.npy")
    )
    with safe_open(one, framework="pt") as alone, safe_open(two, framework="pt") as together:
        assert set(alone.keys()) == set(together.keys())
        for name in alone.keys():  # noqa: SIM118 - no dict
            first, second = alone.get_tensor(name).float(), together.get_tensor(name).float()
            assert (first - second).abs().max() <= 2e-3 * max(1.0, float(first.abs().max())), name
    assert read_model(two).holds == ("projection", "generator")
    cards = [read_model(path).card for path in (one, two)]
    assert cards[0] is not None
    assert cards[1] is not None
    losses = [np.array(card.curves["loss"])[:, 1] for card in cards if card is not None]
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-3)
