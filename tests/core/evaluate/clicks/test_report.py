"""The report's JSON: complete, and readable by strict readers."""

import json

from acseg_core.evaluate.clicks.report import ClicksReport, ClicksRow
from acseg_core.types import RunInfo


def test_the_json_holds_every_figure():
    run = RunInfo("b", "0", "g", "1", "{}", "0")
    row = ClicksRow("ours", (0.25, 0.5), (0.4, 0.6), 12.0)
    report = ClicksReport("set", ("a.jpg",), (), 8, 0.002, 0.8, (1, 3), (row,), run, 2.0)
    written = json.loads(report.to_json())
    assert written["rows"][0] == {"method": "ours", "reached": [0.25, 0.5], "miou": [0.4, 0.6], "milliseconds": 12.0}
    assert written["instances"] == 8
    assert report.kind == "coco"
