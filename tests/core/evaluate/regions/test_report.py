"""The report of regions: what is written is read again, and what is broken is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from acseg_core.config import SegmenterConfig
from acseg_core.evaluate.regions import protocol as protocol
from acseg_core.evaluate.regions.protocol import RegionsConfig, evaluate_regions
from acseg_core.evaluate.regions.report import RegionsReport, ReportError
from acseg_core.interruptible import run_to_end
from acseg_core.types import Progress

LabelledSet = Callable[[str], Path]


def evaluate(folder: Path, config: RegionsConfig) -> tuple[RegionsReport, list[Progress]]:
    ticks: list[Progress] = []
    return run_to_end(evaluate_regions(folder, config), ticks.append), ticks


def test_reports_of_before_recall_and_ceilings_load(labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig) -> None:
    config = RegionsConfig(counts=(2,), peers=(), segmenter=tiny_segmenter)
    report, _ = evaluate(labelled_set("png"), config)
    content = json.loads(report.to_json())
    assert content.pop("recall")
    content["rows"] = [row for row in content["rows"] if row["group"] != "ceilings"]
    old = RegionsReport.from_json(json.dumps(content))
    assert old.recall == ()
    assert old.rows == tuple(row for row in report.rows if row.group != "ceilings")


def test_json_round_trip(labelled_set: LabelledSet, tiny_segmenter: SegmenterConfig) -> None:
    report, _ = evaluate(labelled_set("bsds"), RegionsConfig(counts=(2,), peers=("slic",), segmenter=tiny_segmenter))
    assert RegionsReport.from_json(report.to_json()) == report
    for broken in ("", "{}", "[]", report.to_json().replace('"format": 1', '"format": 99')):
        with pytest.raises(ReportError, match="run the evaluation again"):
            RegionsReport.from_json(broken)
