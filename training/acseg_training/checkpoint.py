"""Checkpoints: all that a run needs to go on exactly, in one safetensors file that is written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save as save_tensors
from torch import Tensor

from acseg_core.errors import StorageError, WeightsMismatchError, quoted
from acseg_core.output.protected import write_output
from acseg_core.version import __version__

_KEY = "acseg_checkpoint"

_AGAIN = "start the training again without --resume"


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """What a run knew when it was stopped.

    Attributes:
        facts: Plain JSON values.
        tensors: By name, on the CPU.
    """

    facts: Mapping[str, Any]
    tensors: Mapping[str, Tensor]


def checkpoint_path(out: Path) -> Path:
    """Where a stopped run that was to write ``out`` keeps its checkpoint."""
    return out.parent / f"{out.name}.checkpoint"


def write_checkpoint(path: Path, checkpoint: Checkpoint, *, identity: Mapping[str, str]) -> None:
    """Write a checkpoint; until it is whole, the one before stays.

    Args:
        path: The file.
        checkpoint: What is known.
        identity: Of the run: what has to be the same for it to go on.

    Raises:
        StorageError: It cannot be written.
    """
    note = {"version": __version__, "identity": dict(identity), "facts": dict(checkpoint.facts)}
    tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in checkpoint.tensors.items()}
    tensors.setdefault("none", torch.zeros(1))  # a file without tensors is not read by all versions of safetensors
    with write_output(path) as file:
        file.write(save_tensors(tensors, metadata={_KEY: json.dumps(note, sort_keys=True)}))


def read_checkpoint(path: Path, *, identity: Mapping[str, str]) -> Checkpoint:
    """Read a checkpoint of the same run.

    Args:
        path: The file.
        identity: Of the run that wants to go on.

    Raises:
        WeightsMismatchError: It is of another version, other settings or other images, or damaged.
        StorageError: It cannot be read.
    """
    try:
        with safe_open(path, framework="pt") as file:
            note = json.loads((file.metadata() or {})[_KEY])
            version, before, facts = str(note["version"]), dict(note["identity"]), dict(note["facts"])
            if version != __version__:
                raise WeightsMismatchError(
                    f"{path}: this checkpoint was made by version {quoted(version)} of ACSeg Desktop, this is "
                    f"{__version__}; {_AGAIN}, or use that version"
                )
            if other := [name for name in identity if before.get(name) != identity[name]]:
                raise WeightsMismatchError(f"{path}: this checkpoint belongs to a run with other {other[0]}; {_AGAIN}")
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no dict
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}; check its permissions") from error
    except (SafetensorError, LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise damaged(path) from error
    return Checkpoint(facts, tensors)


def damaged(path: Path) -> WeightsMismatchError:
    """The error of a checkpoint that does not read."""
    return WeightsMismatchError(f"{path}: not a checkpoint of a training, or damaged; {_AGAIN}")
