"""What a training will cost, from rates measured on this machine: those of the last run, or on one image."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from acseg_core.types import Progress
from acseg_training.corpus import Corpus
from acseg_training.settings import TrainingConfig


@dataclass(frozen=True, slots=True)
class Rates:
    """Seconds and bytes on this machine.

    Attributes:
        seconds: A unit of each phase: "features" a view, "projection" an image, "generator" a step, "comparing" an
            image.
        view_bytes: Of a view in the feature cache.
    """

    seconds: dict[str, float]
    view_bytes: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a training will cost.

    Attributes:
        seconds: In all.
        disk_bytes: Of the feature cache.
        phases: Seconds of each phase.
    """

    seconds: float
    disk_bytes: int
    phases: dict[str, float]


def estimate(count: int, config: TrainingConfig, *, rates: Rates, held_out: int | None = None) -> Estimate:
    """What a training on so many images takes.

    Args:
        count: Images, those held out counted.
        config: The settings.
        rates: Of this machine.
        held_out: Images held out; by the settings' share if left out.
    """
    raise NotImplementedError


def last_rates(cache: Path, config: TrainingConfig) -> Rates | None:
    """What the last run with such settings measured; None where there was none."""
    raise NotImplementedError


def measure_rates(corpus: Corpus, config: TrainingConfig) -> Generator[Progress, None, Rates]:
    """Measure on one image and one step: some seconds.

    Yields:
        A tick per phase.

    Raises:
        ImagesNotFoundError: No image can be read.
        ModelError: The backbone cannot be had.
    """
    raise NotImplementedError
    yield Progress(0, 0)
