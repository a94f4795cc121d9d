"""Report of classes found without labels: the figures, and their form as JSON.

The fields are the keys of the JSON file, which scripts read: they keep their names.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from acseg_core.types import RunInfo, SkippedFile

FORMAT = 1
"""Version of the JSON file."""


@dataclass(frozen=True, slots=True)
class ClassesRow:
    """One method to make the regions that are clustered.

    Attributes:
        method: Its name.
        parts: Regions (or patches) per image, mean.
        miou: Mean IoU for each seed.
        accuracy: Pixel accuracy for each seed.
    """

    method: str
    parts: float
    miou: tuple[float, ...]
    accuracy: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ClassesReport:
    """Outcome of `acseg_core.evaluate.classes.protocol.evaluate_classes`.

    Attributes:
        folder: The set.
        kind: Form of its ground truth.
        images: Those judged.
        skipped: Those that were not, and why.
        classes: C, clusters that were made.
        occurring: Classes that occur in the truth.
        rows: One for each method.
        seed: The first one.
        run: Provenance.
        seconds: The whole run took.
    """

    folder: str
    kind: str
    images: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    classes: int
    occurring: int
    rows: tuple[ClassesRow, ...]
    seed: int
    run: RunInfo
    seconds: float

    def to_json(self) -> str:
        """Everything, as indented JSON."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False, allow_nan=False)
