"""Mutated lists of labels and classes, and ground truth: read, or refused in one line."""

import shutil
import sys

import pytest
from campaign.hostile_lists import TRUTH_SIZE, hostile_list, write_truth
from campaign.hostile_reader import Figures

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is measured and bounded by /proc"),
]
_KINDS = ("", "", "", "acseg", "text", "coco", "cvat", "labelme", "yolo")


def test_mutated_lists_of_labels(campaign, reader, tmp_path):
    reader.ask(do="prepare", folder=str(tmp_path / "sample"), seconds=120)
    figures = Figures()
    for number, chance in campaign.cases("labels", 150):
        name, data = hostile_list(chance)
        (tmp_path / name).write_bytes(data)
        if name.startswith("classes") and chance.random() < 0.5:
            answer = reader.ask(do="classes", path=str(tmp_path / name))
        else:
            project = str(tmp_path / "sample" / "project")
            answer = reader.ask(do="labels", path=str(tmp_path / name), kind=chance.choice(_KINDS), project=project)
        reader.note(figures, f"case {number} ({name}, {len(data)} bytes)", answer)
        (tmp_path / name).unlink()
    campaign.judge("lists of labels", figures)


def test_mutated_ground_truth(campaign, reader, tmp_path):
    figures = Figures()
    for number, chance in campaign.cases("truth", 100):
        write_truth(tmp_path / "set", chance)
        answer = reader.ask(do="truth", folder=str(tmp_path / "set"), size=list(TRUTH_SIZE))
        reader.note(figures, f"case {number}", answer)
        shutil.rmtree(tmp_path / "set")
    campaign.judge("ground truth", figures)
