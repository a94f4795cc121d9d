"""Checkpoints: exact after SIGKILL, whole or not there, and refused with the remedy where they do not fit."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file
from tiny_model import TINY_BACKBONE, tiny_weights

from acseg_core.errors import WeightsMismatchError
from acseg_training import checkpoint as module
from acseg_training.__main__ import main
from acseg_training.checkpoint import Checkpoint, checkpoint_path, read_checkpoint, write_checkpoint

IDENTITY = {"settings": "a", "images": "b"}

KILLED = """
import sys
from acseg_training import run_state
from acseg_training.__main__ import main
run_state._CHECKPOINT_SECONDS = 0.0
sys.exit(main(sys.argv[1:]))
"""
"""The module, with a checkpoint after every step instead of every half minute."""


def write(path: Path) -> None:
    facts = {"step": 3, "curves": {"loss": [[1.0, 0.1 + 0.2]]}}
    write_checkpoint(path, Checkpoint(facts, {"a": torch.arange(6.0).view(2, 3) / 7}), identity=IDENTITY)


def test_what_was_written_is_read_exactly(tmp_path: Path) -> None:
    path = tmp_path / "c"
    write(path)
    found = read_checkpoint(path, identity=IDENTITY)
    assert found.facts == {"step": 3, "curves": {"loss": [[1.0, 0.1 + 0.2]]}}
    assert torch.equal(found.tensors["a"], torch.arange(6.0).view(2, 3) / 7)
    assert checkpoint_path(tmp_path / "m.safetensors") == tmp_path / "m.safetensors.checkpoint"


def test_another_run_s_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "c")
    with pytest.raises(WeightsMismatchError, match=r"c: .* a run with other images; .* without --resume"):
        read_checkpoint(tmp_path / "c", identity={**IDENTITY, "images": "others"})


def test_another_version_s_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "__version__", "99.1")
    write(tmp_path / "c")
    monkeypatch.undo()
    with pytest.raises(WeightsMismatchError, match=r"made by version 99\.1 .* without --resume, or use that version"):
        read_checkpoint(tmp_path / "c", identity=IDENTITY)


@pytest.mark.parametrize("left", [0, 7, 60, 300, -1])
def test_a_damaged_one_is_refused(tmp_path: Path, left: int) -> None:
    path = tmp_path / "c"
    write(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:left])
    with pytest.raises(WeightsMismatchError, match=r"c: not a checkpoint of a training, or damaged; .* without"):
        read_checkpoint(path, identity=IDENTITY)


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"version": 1}', "[" * 100_000])
def test_one_whose_words_are_others_is_refused(tmp_path: Path, note: str) -> None:
    save_file({"a": torch.zeros(2)}, tmp_path / "c", metadata={"acseg_checkpoint": note})
    with pytest.raises(WeightsMismatchError, match=r"damaged|version"):
        read_checkpoint(tmp_path / "c", identity=IDENTITY)


def test_nothing_in_the_package_is_pickled() -> None:
    """On the code of before, checkpoints were."""
    for file in Path(module.__file__).parent.glob("*.py"):
        text = file.read_text("utf-8")
        assert "torch.save" not in text, file
        assert "torch.load" not in text, file
        assert "import pickle" not in text, file


def steps_in(checkpoint: Path) -> int:
    if not checkpoint.exists():
        return 0
    with safe_open(checkpoint, framework="pt") as file:  # always whole, whenever it is looked at
        facts = json.loads(file.metadata()["acseg_checkpoint"])["facts"]
    return int(facts.get("generator", {}).get("step", 0))


def killed_training(arguments: list[str], checkpoint: Path, *, steps: int) -> None:
    """Train in a process of its own, and kill it once its checkpoint has so many steps."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen([sys.executable, "-c", KILLED, *arguments], env=environment, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 900
    try:
        while process.poll() is None and time.monotonic() < until and steps_in(checkpoint) < steps:
            time.sleep(0.05)
    finally:
        process.kill()
        assert process.wait() == -signal.SIGKILL, "it was still training"


@pytest.mark.timeout(1800)
def test_a_killed_run_goes_on_to_the_same_bits(tmp_path: Path) -> None:
    """SIGKILL at a moment that nobody chose; projection and generator are those of a run that was left alone."""
    photos = tmp_path / "photos"
    photos.mkdir()
    random = np.random.default_rng(0)
    for number in range(20):
        image = np.zeros((40, 48, 3), np.uint8)
        image[:, : 5 + 2 * number] = random.integers(0, 256, 3)
        cv2.imwrite(str(photos / f"{number}.png"), image)
    shared = [str(photos), "--steps", "40", "--views", "2", "--prototypes", "3", "--cache", str(tmp_path / "cache")]
    shared += ["--backbone", TINY_BACKBONE, "--weights", str(tiny_weights(tmp_path)), "--input-size", "64"]
    shared += ["--device", "cpu", "--hold-out", "0"]
    whole, killed = tmp_path / "whole.safetensors", tmp_path / "killed.safetensors"
    killed_training([*shared, "--out", str(killed)], checkpoint_path(killed), steps=5)
    assert 5 <= steps_in(checkpoint_path(killed)) < 40
    assert not killed.exists()
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # as in the process that was killed
    try:
        assert main([*shared, "--out", str(killed), "--resume"]) == 0
        assert main([*shared, "--out", str(whole)]) == 0
    finally:
        torch.set_num_threads(threads)
    with safe_open(whole, framework="pt") as one, safe_open(killed, framework="pt") as other:
        assert set(one.keys()) == set(other.keys())
        for name in one.keys():  # noqa: SIM118 - no dict
            assert torch.equal(one.get_tensor(name), other.get_tensor(name)), name
    assert not checkpoint_path(killed).exists()
