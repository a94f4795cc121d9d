"""The report of classes as scripts read it."""

import json

from acseg_core.evaluate.classes.report import ClassesReport, ClassesRow
from acseg_core.types import RunInfo, SkippedFile


def test_the_keys_of_the_file_are_the_fields() -> None:
    report = ClassesReport(
        folder="sét",
        kind="png",
        images=("a.png", "b.png"),
        skipped=(SkippedFile("c.png", "truncated"),),
        classes=3,
        occurring=2,
        rows=(ClassesRow("ours", 4.5, (0.5, 0.25), (0.75, 0.5)),),
        seed=7,
        run=RunInfo("vit", "b" * 64, "acg", "a" * 64, "{}", "0.1.0"),
        seconds=1.5,
    )
    text = report.to_json()
    assert "sét" in text
    content = json.loads(text)
    assert content["format"] == 1
    assert content["rows"] == [{"method": "ours", "parts": 4.5, "miou": [0.5, 0.25], "accuracy": [0.75, 0.5]}]
    assert content["skipped"] == [{"path": "c.png", "reason": "truncated"}]
    assert (content["classes"], content["occurring"], content["run"]["backbone"]) == (3, 2, "vit")
