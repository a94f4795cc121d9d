"""Mutated image files: pixels, or one line that says why not; no crash, no hang, little memory, nothing on stderr."""

import sys

import pytest
from campaign.hostile_images import hostile_image, samples
from campaign.hostile_reader import Figures

pytestmark = [
    pytest.mark.campaign,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is measured and bounded by /proc"),
]


def test_the_files_are_read_before_they_are_mutated(reader, tmp_path):
    figures = Figures()
    for name, data in samples().items():
        (tmp_path / name).write_bytes(data)
        reader.note(figures, name, reader.ask(do="image", root=str(tmp_path), name=name))
    assert figures.faults == []
    assert figures.fine > 40
    assert len(figures.refused) > 10


def test_mutated_images(campaign, reader, tmp_path):
    figures = Figures()
    for number, chance in campaign.cases("images", 150):
        name, data = hostile_image(chance)
        (tmp_path / name).write_bytes(data)
        answer = reader.ask(do="image", root=str(tmp_path), name=name)
        reader.note(figures, f"case {number} ({name}, {len(data)} bytes)", answer)
        campaign.progress("images", figures)
        (tmp_path / name).unlink()
    campaign.judge("images", figures)
