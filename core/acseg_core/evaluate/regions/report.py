"""Report of `acseg eval regions`: the figures of one run, and their form as JSON.

The fields are the keys of the JSON file, which scripts read: they keep their names.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from acseg_core.errors import AcsegError
from acseg_core.evaluate.regions.paired_bootstrap import PairedDifference
from acseg_core.evaluate.regions.recall import TreeRecall, recall_from
from acseg_core.evaluate.regions.scores import Scores
from acseg_core.evaluate.truth.truth_set import first_line
from acseg_core.output.atomic_write import storage_error
from acseg_core.output.protected import write_output
from acseg_core.types import RunInfo, SkippedFile

FORMAT = 1
"""Version of the JSON file."""


class ReportError(AcsegError):
    """A report file does not read."""


class Report(Protocol):
    """Figures of any protocol."""

    def to_json(self) -> str:
        """Everything, as indented JSON."""
        ...


@dataclass(frozen=True, slots=True)
class Row:
    """One method at one mean number of regions.

    Attributes:
        group: "methods", "ablation", "edges" or "ceilings".
        method: Its name.
        target: The number of regions asked for, or "default" for that of our default cut; "ceiling" for ceilings, and
            "paper" for the paper's configuration.
        scores: Quality, and the count that was measured.
        counts: Regions of every image.
        settings: Heights, cluster counts or scales that were used, ascending.
        seconds: Per image, without the backbone; measured while other images were worked on.
    """

    group: str
    method: str
    target: str
    scores: Scores
    counts: tuple[int, ...]
    settings: tuple[float, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class CountCorrelation:
    """How well a method's count follows the scene.

    Attributes:
        method: Its name, at the default cut's mean count.
        truth: The way the true regions are counted.
        spearman: Rank correlation over the images; None when one of both never varies.
    """

    method: str
    truth: str
    spearman: float | None


@dataclass(frozen=True, slots=True)
class RegionsReport:
    """Outcome of `acseg_core.evaluate.regions.protocol.evaluate_regions`.

    Attributes:
        folder: The set.
        kind: Form of its ground truth: "coco", "png" or "bsds".
        images: Those judged, relative to the set's ``images``.
        skipped: Those that were not, and why.
        class_names: By class; empty for a set without classes, or without names.
        truth_counts: True regions of every image, by each way of counting.
        rows: Every method at every target.
        correlations: Of counts with true counts.
        counts: Targets asked for.
        limit: Images asked for, or None.
        seed: Of everything random.
        run: Provenance: model files, all settings of the segmenter, version.
        seconds: The whole run took.
        paper: Provenance of the paper's configuration where it was judged.
        leads: Of ours over the others at every target; empty in reports of versions that did not compute them.
        recall: True parts met by each tree; empty where nobody asked, and in reports of older versions.
    """

    folder: str
    kind: str
    images: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    class_names: tuple[str, ...]
    truth_counts: dict[str, tuple[float, ...]]
    rows: tuple[Row, ...]
    correlations: tuple[CountCorrelation, ...]
    counts: tuple[int, ...]
    limit: int | None
    seed: int
    run: RunInfo
    seconds: float
    paper: RunInfo | None = None
    leads: tuple[PairedDifference, ...] = ()
    recall: tuple[TreeRecall, ...] = ()

    @property
    def has_classes(self) -> bool:
        """Whether there are class figures."""
        return self.kind != "bsds"

    def to_json(self) -> str:
        """Everything, as indented JSON; what is not a number is null."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False, allow_nan=False)

    @classmethod
    def from_json(cls, text: str) -> RegionsReport:
        """Read what `to_json` wrote.

        Raises:
            ReportError: It is no report, or of another format.
        """
        try:
            content: dict[str, Any] = json.loads(text)
            if content.pop("format") != FORMAT:
                raise ReportError("the report is of another version of ACSeg Desktop; run the evaluation again")
            rows = tuple(_row(row) for row in content.pop("rows"))
            paper = content.pop("paper", None)
            leads = tuple(PairedDifference(**each) for each in content.pop("leads", ()))
            recall = tuple(recall_from(each) for each in content.pop("recall", ()))
            return cls(
                rows=rows,
                leads=leads,
                recall=recall,
                images=tuple(content.pop("images")),
                skipped=tuple(SkippedFile(**file) for file in content.pop("skipped")),
                class_names=tuple(content.pop("class_names")),
                truth_counts={kind: tuple(counts) for kind, counts in content.pop("truth_counts").items()},
                correlations=tuple(CountCorrelation(**each) for each in content.pop("correlations")),
                counts=tuple(content.pop("counts")),
                run=RunInfo(**content.pop("run")),
                paper=None if paper is None else RunInfo(**paper),
                **content,
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ReportError(
                f"not a report of `acseg eval regions` ({first_line(error)}); run the evaluation again"
            ) from error


def save_report(report: Report, path: Path) -> None:
    """Write a report as JSON; its folder is made.

    Raises:
        StorageError: The place cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(path, error) from error
    with write_output(path) as file:
        file.write(report.to_json().encode("utf-8"))


def _row(content: dict[str, Any]) -> Row:
    return Row(
        **{
            **content,
            "scores": Scores(**content["scores"]),
            "counts": tuple(content["counts"]),
            "settings": tuple(content["settings"]),
        }
    )
