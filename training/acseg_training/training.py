"""The trainer: from a corpus to a model file with its card, phase by phase, resumable at any point."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from acseg_core.proposals.model_card import ModelCard
from acseg_core.types import SkippedFile
from acseg_training.comparing import Comparison
from acseg_training.corpus import Corpus
from acseg_training.progress import TrainingTick
from acseg_training.settings import TrainingConfig


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What came of it.

    Attributes:
        path: The model file.
        card: Its card.
        skipped: Images that could not be read, and why.
        comparison: With the bundled model, on the images held out; None where none were.
        steps: Of the generator's training, those before a resume included.
        loss: Of the generator, mean over its last tenth; NaN where none was trained.
        projected: How many images the projection was fitted to; 0 where the model holds none.
    """

    path: Path
    card: ModelCard
    skipped: tuple[SkippedFile, ...]
    comparison: Comparison | None
    steps: int
    loss: float
    projected: int


def train(
    corpus: Corpus,
    out: Path,
    config: TrainingConfig,
    *,
    cache: Path,
    resume: bool = False,
    held_out: Corpus | None = None,
    name: str = "",
    interim: Path | None = None,
) -> Generator[TrainingTick, None, TrainingReport]:
    """Train a model and write it to ``out``; stopping it keeps a checkpoint beside ``out``.

    Args:
        corpus: The images.
        out: The model file to write; its folder exists.
        config: The settings.
        cache: Folder of the feature cache; what is there is used.
        resume: Go on from the checkpoint of an earlier run with the same settings and images, if there is one.
        held_out: Images that the model is judged by and not trained on (`Corpus.hold_out`); None judges it by none.
        name: Of the model; by default that of its file.
        interim: Where to write models of what was learned so far, for `preview`, now and then (`TrainingTick.interim`).

    Yields:
        What was done, how long it will still take, and what the curves gained.

    Raises:
        ImagesNotFoundError: No image can be read, or there are too few.
        ModelError: The backbone cannot be had, or the checkpoint does not fit the settings.
        StorageError: ``out`` or the cache cannot be written; of ``out`` that is known before anything is computed.
    """
    raise NotImplementedError
    yield TrainingTick(0, 0)


def checkpoint_path(out: Path) -> Path:
    """Where a stopped run that was to write ``out`` keeps its checkpoint."""
    return out.parent / f"{out.name}.checkpoint"
