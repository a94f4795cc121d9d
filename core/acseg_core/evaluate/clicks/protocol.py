"""The protocol `acseg eval clicks`: how many simulated clicks things take until they are as good as wanted."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from acseg_core.config import SegmenterConfig
from acseg_core.errors import AcsegError, ImageError
from acseg_core.evaluate.clicks.annotator import Picker, ious_by_click
from acseg_core.evaluate.clicks.report import ClicksReport, ClicksRow
from acseg_core.evaluate.clicks.ways import by_grabcut, by_patches, by_tree
from acseg_core.evaluate.regions.protocol import spread
from acseg_core.evaluate.truth.ground_truth import open_truth
from acseg_core.evaluate.truth.truth_set import TruthKind
from acseg_core.images.files import load_image
from acseg_core.proposals.picking import Picks
from acseg_core.proposals.tokens import tokens_of
from acseg_core.types import Progress, SkippedFile

OURS, PATCHES, GRABCUT = "ours (concept tree)", "patches alone", "GrabCut"


class ClicksError(AcsegError):
    """The set does not allow what is asked."""


@dataclass(frozen=True, slots=True)
class ClicksConfig:
    """What is asked.

    Attributes:
        limit: Images, at most, spread evenly over the set; None takes all.
        goal: IoU wanted.
        clicks: Numbers of clicks to look at, ascending.
        least_share: Of the image that an instance has to cover.
        segmenter: Backbone, generator, edges and tree.
    """

    limit: int | None = None
    goal: float = 0.8
    clicks: tuple[int, ...] = (1, 2, 3, 5)
    least_share: float = 0.002
    segmenter: SegmenterConfig = field(default_factory=SegmenterConfig)

    def __post_init__(self) -> None:
        if not self.clicks or min(self.clicks) < 1 or list(self.clicks) != sorted(set(self.clicks)):
            raise ValueError("--clicks must be ascending numbers from 1, such as 1,2,3,5")
        if not 0 < self.goal <= 1:
            raise ValueError(f"--iou must be above 0 and at most 1, got {self.goal}")
        if not 0 <= self.least_share < 1:
            raise ValueError(f"--least-share must be from 0 to below 1, got {self.least_share}")


def evaluate_clicks(folder: Path, config: ClicksConfig | None = None) -> Generator[Progress, None, ClicksReport]:
    """Let a simulated annotator click every instance, in every way; closing the generator cancels.

    Args:
        folder: Holds ``images/`` and COCO instances.
        config: What is asked; the defaults if left out.

    Yields:
        A tick for each image.

    Returns:
        Every figure.

    Raises:
        TruthError: The instances are missing, broken, or do not fit their images.
        ClicksError: No instance is large enough.
        ModelError: Backbone or generator cannot be had.
    """
    from acseg_core.proposals.segmenter import Segmenter

    config = config or ClicksConfig()
    start = time.perf_counter()
    truth = open_truth(folder, TruthKind.COCO)
    names = spread(truth.images, config.limit)
    segmenter = Segmenter(config.segmenter)
    skipped: list[SkippedFile] = []
    judged: list[str] = []
    ious: dict[str, list[list[float]]] = {way: [] for way in (OURS, PATCHES, GRABCUT)}
    spent: dict[str, list[float]] = {way: [] for way in ious}
    yield Progress(0, len(names))
    for done, name in enumerate(names, 1):
        try:
            image = load_image(folder / "images" / name)
        except ImageError as error:
            skipped.append(SkippedFile(name, str(error)))
            continue
        (features,) = segmenter.backbone.features([image])
        tree, tokens = segmenter.concept_tree(image, features), tokens_of(features)
        pickers = {OURS: by_tree(image, tree), PATCHES: by_patches(image, tokens), GRABCUT: by_grabcut(image)}
        for instance in _instances(truth.read(name, image.shape[:2]).regions[0], config.least_share):
            for way, picker in pickers.items():
                timed = _timed(picker, spent[way])
                ious[way].append(ious_by_click(instance, timed, clicks=config.clicks[-1]))
        judged.append(name)
        yield Progress(done, len(names), name)
    if not ious[OURS]:
        raise ClicksError(f"{folder}: no instance covers {config.least_share:.2%} of its image; lower --least-share")
    return ClicksReport(
        folder=str(folder),
        images=tuple(judged),
        skipped=(*truth.skipped, *skipped),
        instances=len(ious[OURS]),
        least_share=config.least_share,
        goal=config.goal,
        clicks=config.clicks,
        rows=tuple(_row(way, np.array(found), spent[way], config) for way, found in ious.items()),
        run=segmenter.run_info,
        seconds=time.perf_counter() - start,
    )


def _instances(regions: NDArray[np.int32], least_share: float) -> list[NDArray[np.bool_]]:
    """The instances of an image as far as they are seen, each (H, W) bool, that are large enough."""
    areas = np.bincount(regions[regions > 0], minlength=1)
    return [regions == number for number in np.flatnonzero(areas >= max(1, least_share * regions.size)) if number]


def _timed(picker: Picker, seconds: list[float]) -> Callable[[Picks], NDArray[np.bool_]]:
    def find(picks: Picks) -> NDArray[np.bool_]:
        start = time.perf_counter()
        found = picker(picks)
        seconds.append(time.perf_counter() - start)
        return found

    return find


def _row(way: str, ious: NDArray[np.float64], seconds: list[float], config: ClicksConfig) -> ClicksRow:
    """The figures of one way; (n, clicks) IoU of each instance after each click."""
    best = np.maximum.accumulate(ious, axis=1)
    reached = tuple(float((best[:, clicks - 1] >= config.goal).mean()) for clicks in config.clicks)
    miou = tuple(float(ious[:, clicks - 1].mean()) for clicks in config.clicks)
    return ClicksRow(way, reached, miou, 1000 * float(np.median(seconds)))
