"""The model file that a training writes: the parts that were trained, and the card that tells how."""

from __future__ import annotations

import datetime
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import timm
import torch

from acseg_core.nets.backbone import Backbone
from acseg_core.nets.generator import ConceptGenerator
from acseg_core.proposals.model_card import ModelCard, write_model
from acseg_core.version import __version__
from acseg_training.corpus import Corpus
from acseg_training.projection import Fitted
from acseg_training.settings import TrainingConfig


@dataclass(frozen=True, slots=True, eq=False)
class TrainedParts:
    """What was trained; at least one of them.

    Attributes:
        projection: Fitted to the images.
        merges: Fields of `CellConfig`, and their values.
        generator: Trained on the images.
    """

    projection: Fitted | None = None
    merges: Mapping[str, float] | None = None
    generator: ConceptGenerator | None = None


def card_of(
    corpus: Corpus,
    config: TrainingConfig,
    backbone: Backbone,
    *,
    name: str,
    held_out: int = 0,
    curves: Mapping[str, list[list[float]]] | None = None,
    figures: Mapping[str, float] | None = None,
    verdict: str = "",
    seconds: float = 0.0,
) -> ModelCard:
    """The card of a model that was trained now, here.

    Args:
        corpus: The images.
        config: The settings.
        backbone: The frozen backbone.
        name: Of the model.
        held_out: Images that it is judged by.
        curves: Steps and values, by what they show.
        figures: Of the comparison.
        verdict: Of the comparison.
        seconds: That the training took.
    """
    return ModelCard(
        name=name,
        made_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        version=__version__,
        backbone=backbone.name,
        backbone_sha256=backbone.weights_sha256,
        images=len(corpus),
        data_sha256=corpus.data_sha256,
        held_out=held_out,
        settings=config.note(),
        versions={
            "python": platform.python_version(),
            "torch": torch.__version__,
            "numpy": np.__version__,
            "timm": timm.__version__,
        },
        curves=dict(curves or {}),
        figures=dict(figures or {}),
        verdict=verdict,
        seconds=seconds,
    )


def write_parts(path: Path, parts: TrainedParts, card: ModelCard) -> ModelCard:
    """Write a model file; returns its card, with what it holds.

    Raises:
        StorageError: It cannot be written; an existing one is left as it was.
    """
    fitted, generator = parts.projection, parts.generator
    training: dict[str, object] = {"backbone_sha256": card.backbone_sha256, "version": card.version}
    written = write_model(
        path,
        card=card,
        projection=None if fitted is None else fitted.projection.packed(fitted=fitted.note),
        merges=parts.merges,
        generator=None if generator is None else generator.packed(training=training),
    )
    assert written.card is not None
    return written.card
