"""Report of how many clicks things take: the figures, and their form as JSON, whose keys keep their names."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from acseg_core.types import RunInfo, SkippedFile

FORMAT = 1
"""Version of the JSON file."""


@dataclass(frozen=True, slots=True)
class ClicksRow:
    """One way to find things by clicks.

    Attributes:
        method: Its name.
        reached: For each number of clicks of the report, the share of the instances that are as good as wanted by then.
        miou: For each of them, the mean IoU after that click.
        milliseconds: One click takes, median.
    """

    method: str
    reached: tuple[float, ...]
    miou: tuple[float, ...]
    milliseconds: float


@dataclass(frozen=True, slots=True)
class ClicksReport:
    """Outcome of `acseg_core.evaluate.clicks.protocol.evaluate_clicks`.

    Attributes:
        folder: The set.
        images: Those judged.
        skipped: Those that were not, and why.
        instances: Things that were clicked.
        least_share: Of the image that an instance covered at least.
        goal: IoU wanted.
        clicks: Numbers of clicks at which it was looked at.
        rows: One for each way.
        run: Provenance.
        seconds: The whole run took.
    """

    folder: str
    images: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    instances: int
    least_share: float
    goal: float
    clicks: tuple[int, ...]
    rows: tuple[ClicksRow, ...]
    run: RunInfo
    seconds: float

    @property
    def kind(self) -> str:
        """Form of the ground truth."""
        return "coco"

    def to_json(self) -> str:
        """Everything, as indented JSON."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False, allow_nan=False)
