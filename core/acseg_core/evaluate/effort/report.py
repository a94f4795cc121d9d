"""Report of the simulated annotator: the figures of one run, and their form as JSON.

The fields are the keys of the JSON file, which scripts read: they keep their names.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from acseg_core.evaluate.effort.costs import COSTS
from acseg_core.evaluate.effort.score_table import Point
from acseg_core.types import RunInfo, SkippedFile

FORMAT = 2
"""Version of the JSON file."""

GOAL = 0.9
"""Pixel accuracy that every strategy is timed to."""

MILESTONES = (5, 10, 20, 40)
"""Seconds per image at which strategies are compared."""

POLYGON, ASSISTED, BY_HAND = 80.0, 14.0, 19 * 60.0
"""Seconds per polygon mask (COCO), per mask drawn with SAM's help, and per image labelled all over (COCO-Stuff)."""

_MOST_POINTS = 300


@dataclass(frozen=True, slots=True)
class StrategyCurve:
    """One strategy from nothing to the last stroke of the brush.

    Attributes:
        strategy: Its name.
        named: When everything had a name for the first time, before anything was checked.
        checked: When every image had been viewed and every region had its best name.
        end: At the end.
        milestones: After each of `MILESTONES` seconds per image.
        goal: The first point at `GOAL`, or None when it is not reached.
        points: Some of the curve.
    """

    strategy: str
    named: Point
    checked: Point
    end: Point
    milestones: tuple[Point, ...]
    goal: Point | None
    points: tuple[Point, ...]

    @classmethod
    def of(cls, strategy: str, curve: Sequence[Point], images: int) -> StrategyCurve:
        """Read a whole curve."""
        named = max(index for index, point in enumerate(curve) if point.stage == "names")
        checked = max(index for index, point in enumerate(curve) if point.stage in ("names", "checks"))
        goal = next((index for index, point in enumerate(curve) if point.accuracy >= GOAL), None)
        shown = {*range(0, len(curve), max(1, -(-len(curve) // _MOST_POINTS))), named, checked, len(curve) - 1}
        return cls(
            strategy=strategy,
            named=curve[named],
            checked=curve[checked],
            end=curve[-1],
            milestones=tuple(_at(curve, seconds * images) for seconds in MILESTONES),
            goal=None if goal is None else curve[goal],
            points=tuple(curve[index] for index in sorted(shown)),
        )


@dataclass(frozen=True, slots=True)
class ClusterShare:
    """What naming so many clusters reaches of naming every region.

    Attributes:
        names: Clusters, each named once.
        splits: Of mixed clusters, before they were named.
        looks: Views of doubtful names, one by one, after all had been named.
        renamed: Regions that got another name then; without views, all at once those whose other name was sure.
        seconds: All that took.
        of_names: As a share of the regions.
        accuracy: Of all known pixels.
        miou: Mean IoU.
        of_accuracy: As a share of the accuracy of naming every region.
        of_miou: Likewise.
    """

    names: int
    splits: int
    looks: int
    renamed: int
    seconds: float
    of_names: float
    accuracy: float
    miou: float
    of_accuracy: float
    of_miou: float


@dataclass(frozen=True, slots=True)
class Propagation:
    """Dense propagation to the remaining images, over several choices of the images that are accepted.

    Attributes:
        accepted: How many there are.
        taught: "named regions" or "true maps": the labels that were learned from.
        chosen: "by the queue" or "at random": which images are accepted.
        accuracy: Pixel accuracy on the remaining images for each choice.
        miou: Mean IoU for each choice.
    """

    accepted: int
    taught: str
    chosen: str
    accuracy: tuple[float, ...]
    miou: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class EffortReport:
    """Outcome of `acseg_core.evaluate.effort.protocol.evaluate_effort`.

    Attributes:
        folder: The set.
        kind: Form of its ground truth.
        images: Those that were labelled.
        skipped: Those that were not, and why.
        class_names: By class; may be empty.
        granularity: Of the cut.
        regions: Of all images together.
        instances: What a person would outline in all images.
        curves: One for each strategy.
        clusters: Naming by cluster against naming every region.
        propagation: Dense propagation.
        seed: Of everything random.
        run: Provenance.
        seconds: The simulation took.
    """

    folder: str
    kind: str
    images: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    class_names: tuple[str, ...]
    granularity: float
    regions: int
    instances: int
    curves: tuple[StrategyCurve, ...]
    clusters: tuple[ClusterShare, ...]
    propagation: tuple[Propagation, ...]
    seed: int
    run: RunInfo
    seconds: float

    @property
    def references(self) -> dict[str, float]:
        """Seconds that the whole set takes in other ways, from published times per mask and image."""
        return {
            "polygons, 80 s per mask": POLYGON * self.instances,
            "SAM-assisted masks, 14 s each": ASSISTED * self.instances,
            "every pixel by hand, 19 min per image": BY_HAND * len(self.images),
        }

    def to_json(self) -> str:
        """Everything, as indented JSON."""
        assumed = {"costs": COSTS, "goal": GOAL, "milestones": MILESTONES, "references": self.references}
        return json.dumps({"format": FORMAT, **assumed, **asdict(self)}, indent=1, ensure_ascii=False, allow_nan=False)


def _at(curve: Sequence[Point], seconds: float) -> Point:
    """The state after so many seconds: the last point that is not later."""
    return [point for point in curve if point.seconds <= seconds][-1]
