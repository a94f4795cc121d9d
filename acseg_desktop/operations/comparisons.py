"""Comparisons of two models as the window shows them: figures and pictures of each image, made off the GUI thread."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from acseg_core.config import BackboneConfig
from acseg_core.types import Progress
from acseg_desktop.canvas.partition_picture import partition_picture
from acseg_desktop.jobs import Job, Lane
from acseg_desktop.language.words import Words
from acseg_desktop.session import Session

if TYPE_CHECKING:
    from acseg_training.comparing import ComparedImage, Comparison

tr = Words("Work")


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One image that neither model learned from.

    Attributes:
        name: Of its file.
        regions: Before and after.
        agreement: With what people accepted there, 0..1, before and after; None where nobody accepted anything.
        steadiness: Of the partition under mirroring and cropping, 0..1, before and after.
        change: 1 where the new model is better, -1 where it is worse, 0 where there is no telling, None where the image
            does not count, as nobody has accepted regions in it but in others.
        before: How the model of before divides it.
        after: How the new one does.
    """

    name: str
    regions: tuple[int, int]
    agreement: tuple[float, float] | None
    steadiness: tuple[float, float]
    change: int | None
    before: QImage
    after: QImage


@dataclass(frozen=True, slots=True)
class ShownComparison:
    """All that is shown of a comparison.

    Attributes:
        outcome: "better", "worse", "level" or "too few".
        better: On so many images the new model is better.
        worse: On so many it is worse.
        counted: Of so many images.
        by_labels: Whether it is judged by what people accepted, and not by how steady the regions are.
        rows: The images.
    """

    outcome: str
    better: int
    worse: int
    counted: int
    by_labels: bool
    rows: tuple[ComparedRow, ...]


def shown(comparison: Comparison) -> ShownComparison:
    """Make the pictures of a comparison."""
    gains = sorted(comparison.gains)
    best = gains[len(gains) - comparison.better] if comparison.better else math.inf
    worst = gains[comparison.worse - 1] if comparison.worse else -math.inf
    by_labels = comparison.by_labels

    def change(image: ComparedImage) -> int | None:
        if by_labels and image.agreement_before is None:
            return None
        gain = image.gain(by_labels=by_labels)
        return int(gain >= best) - int(gain <= worst)

    rows = tuple(_row(image, change(image)) for image in comparison.images)
    outcome, better, worse = comparison.outcome, comparison.better, comparison.worse
    return ShownComparison(outcome, better, worse, len(gains), by_labels, rows)


def compare(session: Session, model: Path, name: str, *, backbone: BackboneConfig) -> Job:
    """Compare a model with the bundled one again; the result is a `ShownComparison`."""
    project = session.require()

    def work() -> Generator[Progress, None, ShownComparison]:
        from acseg_training.comparing import compare as compare_models
        from acseg_training.settings import TrainingConfig

        yield Progress(0, 0, "loading the model")
        config = TrainingConfig(backbone=backbone)
        return shown((yield from compare_models(project, None, model, config=config)))

    return session.jobs.submit(Lane.COMPUTE, work, title=tr("Comparing “{name}”").format(name=name))


def _row(image: ComparedImage, change: int | None) -> ComparedRow:
    before, after = image.agreement_before, image.agreement_after
    return ComparedRow(
        name=image.image.path.name,
        regions=(image.regions_before, image.regions_after),
        agreement=None if before is None or after is None else (before, after),
        steadiness=(image.steadiness_before, image.steadiness_after),
        change=change,
        before=partition_picture(image.picture, image.map_before),
        after=partition_picture(image.picture, image.map_after),
    )
