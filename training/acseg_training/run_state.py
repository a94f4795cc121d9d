"""What a training run knows: all that a checkpoint has to hold for the run to go on exactly."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from acseg_core.errors import WeightsMismatchError
from acseg_core.nets.backbone import Backbone
from acseg_core.proposals.projection import Projection
from acseg_core.types import SkippedFile
from acseg_training.checkpoint import Checkpoint, checkpoint_path, damaged, read_checkpoint, write_checkpoint
from acseg_training.corpus import Corpus
from acseg_training.curves import Curves
from acseg_training.generator_run import GeneratorRun
from acseg_training.merges import MergeTrial
from acseg_training.processes import Processes
from acseg_training.projection import Fitted, Scatter
from acseg_training.settings import TrainingConfig

_CHECKPOINT_SECONDS = 30.0
"""Between two checkpoints: what a crash costs, at most."""

_SUMS = ("within", "moment", "leaves")


class RunState:
    """What one run knows.

    Attributes:
        scatter: What the projection is being fitted to; None before and afterwards.
        fitted: The projection, once it is fitted.
        trial: Of weights of merges; None before it begins, and where nobody accepted enough.
        generator: Its training; None where none is wanted.
        views: That the generator is trained on; 0 while that is not known.
        curves: Of the training.
        skipped: Images that could not be read, by path.
        has_begun: Whether there is anything to keep.
    """

    def __init__(
        self,
        corpus: Corpus,
        held_out: Corpus,
        out: Path,
        config: TrainingConfig,
        backbone: Backbone,
        processes: Processes,
    ) -> None:
        self.scatter: Scatter | None = None
        self.fitted: Fitted | None = None
        self.trial: MergeTrial | None = None
        self.generator: GeneratorRun | None = None
        if config.trains("generator"):
            self.generator = GeneratorRun(config, backbone.dim, backbone.device, processes=processes)
        self.views = 0
        self.curves = Curves(config.steps)
        self.skipped: dict[str, SkippedFile] = {}
        self.has_begun = False
        self._path = checkpoint_path(out)
        self._identity = {
            "settings": config.identity(),
            "images": corpus.data_sha256,
            "images held out": held_out.data_sha256,
            "backbone weights": backbone.weights_sha256,
        }
        self._backbone_sha256 = backbone.weights_sha256
        self._processes = processes
        self._before, self._started = 0.0, time.monotonic()
        self._kept_at = time.monotonic()

    @property
    def seconds(self) -> float:
        """That the run has taken, sessions before included."""
        return self._before + time.monotonic() - self._started

    def was_paused(self, seconds: float) -> None:
        """So much of the time was not the run's."""
        self._started += seconds

    def note(self, skipped: tuple[SkippedFile, ...]) -> None:
        """Images could not be read."""
        self.skipped |= {each.path: each for each in skipped}

    def keep_now_and_then(self) -> None:
        """Write a checkpoint if the last one is half a minute old.

        Raises:
            StorageError: It cannot be written.
        """
        if time.monotonic() - self._kept_at >= _CHECKPOINT_SECONDS:
            self.keep()

    def keep(self) -> None:
        """Write a checkpoint, if there is anything to keep.

        Raises:
            StorageError: It cannot be written.
        """
        self._kept_at = time.monotonic()
        if not self.has_begun or not self._processes.is_first:
            return
        facts: dict[str, object] = {
            "seconds": self.seconds,
            "curves": self.curves.told(),
            "waiting": self.curves.waiting,
            "views": self.views,
            "skipped": _told(self.skipped.values()),
        }
        tensors: dict[str, Tensor] = {}
        if self.generator is not None:
            tensors |= self.generator.tensors()
            facts["generator"] = self.generator.facts()
        if self.scatter is not None and self._processes.count == 1:  # else the others hold the rest of it
            sums = self.scatter
            tensors |= {f"scatter.{name}": torch.from_numpy(getattr(sums, name)) for name in _SUMS}
            facts["scatter"] = {"images": sums.images, "place": sums.place, "skipped": _told(sums.skipped)}
        if self.fitted is not None:
            fitted = self.fitted
            tensors["projection"] = torch.from_numpy(np.ascontiguousarray(fitted.projection.matrix))
            projection = fitted.projection
            facts["projection"] = {
                "note": fitted.note,
                "images": fitted.images,
                "numbers": [projection.distance_scale, projection.key_share, projection.value_share],
            }
        if self.trial is not None:
            trial = self.trial
            facts["merges"] = {"places": trial.places, "scores": trial.scores, "skipped": _told(trial.skipped)}
        write_checkpoint(self._path, Checkpoint(facts, tensors), identity=self._identity)

    def restore(self) -> None:
        """Go on from the checkpoint, which the first process reads for all.

        Raises:
            WeightsMismatchError: It is of another version, other settings or other images, or damaged.
            StorageError: It cannot be read.
        """
        found: Checkpoint | WeightsMismatchError | None = None
        if self._processes.is_first:
            try:
                found = read_checkpoint(self._path, identity=self._identity)
            except WeightsMismatchError as error:
                found = error
        found = self._processes.of_first(found)
        if isinstance(found, WeightsMismatchError):
            raise found
        assert found is not None
        try:
            self._take(found)
        except (RuntimeError, LookupError, TypeError, ValueError, AttributeError) as error:
            raise damaged(self._path) from error

    def _take(self, found: Checkpoint) -> None:
        facts, tensors = found.facts, found.tensors
        self._before, self.views = float(facts["seconds"]), int(facts["views"])
        self.curves.restore(facts["curves"], facts.get("waiting", ()))
        self.note(_files(facts["skipped"]))
        if self.generator is not None:
            self.generator.restore(tensors, facts["generator"])
        if "scatter" in facts:
            told = facts["scatter"]
            within, moment, leaves = (tensors[f"scatter.{name}"].numpy() for name in _SUMS)
            skipped = list(_files(told["skipped"]))
            self.scatter = Scatter(within, moment, leaves, int(told["images"]), int(told["place"]), skipped)
        if "projection" in facts:
            told = facts["projection"]
            scale, key_share, value_share = (float(number) for number in told["numbers"])
            matrix = tensors["projection"].numpy()
            projection = Projection(matrix, scale, key_share, value_share, self._backbone_sha256)
            self.fitted = Fitted(projection, dict(told["note"]), int(told["images"]))
        if "merges" in facts:
            told = facts["merges"]
            scores = [[float(value) for value in row] for row in told["scores"]]
            places = tuple(int(place) for place in told["places"])
            self.trial = MergeTrial(places, scores, list(_files(told["skipped"])))
        self.has_begun = True


def _told(skipped: Iterable[SkippedFile]) -> list[list[str]]:
    return [[each.path, each.reason] for each in skipped]


def _files(told: list[list[str]]) -> tuple[SkippedFile, ...]:
    return tuple(SkippedFile(str(path), str(reason)) for path, reason in told)
